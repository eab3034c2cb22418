// SPDX-License-Identifier: GPL-2.0
/* From endpoints of this host to a document of what they declare. */
#include <errno.h>

#include "cli/complain.h"
#include "declared.h"

/* One of all is left out; of the only one, the failure is that of the command. */
static int leave_out(struct declared *declared, const char *handle, int err, const char *why)
{
	declared->status = complain(declared->command, "%s: %s%s", handle,
				    declared->whole ? "left out: " : "", why);
	return declared->whole ? 0 : err;
}

int declared_add(struct declared *declared, const struct vdev_object *object)
{
	const char *handle = vdev_object_handle(object);
	struct vdev_declaration *declaration;
	struct vdev_error error;
	int err;

	err = vdev_declaration_of(object, &declaration, &error);
	if (err)
		return err == -ENOMEM ? err : leave_out(declared, handle, err, error.message);
	err = vdev_document_add(declared->document, handle, declaration);
	vdev_declaration_free(declaration);
	if (err == -EINVAL)
		return leave_out(declared, handle, err, "no document can have that handle");
	if (err == -E2BIG)
		return leave_out(declared, handle, err, "the document is full");
	return err;
}
