// SPDX-License-Identifier: GPL-2.0
/* "parent show": where devices can be created, also before there is one. */
#include <errno.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/options.h"
#include "cmd.h"
#include "fetch.h"
#include "print/out_parent.h"
#include "provisioner.h"

static bool is_there(const struct vdev_parents *parents, const char *handle)
{
	size_t i;

	for (i = 0; i < vdev_parents_num(parents); i++)
		if (strcmp(vdev_parents_get(parents, i)->handle, handle) == 0)
			return true;
	return false;
}

int cmd_parent_show(const struct command *command, const struct options *options, int argc,
		    char **argv)
{
	struct vdev_provisioner *provisioner;
	struct vdev_parents *parents = NULL;
	struct taken taken;
	int status = options_take(command, &argc, argv, &taken);

	if (status)
		return status;
	if (argc > 1)
		return complain_usage(command, "'%s' after PARENT", argv[1]);
	provisioner = provisioner_open(command);
	if (!provisioner)
		return EXIT_ERROR;
	status = provisioner_status(command, provisioner, NULL,
				    vdev_parents_read(provisioner, &parents));
	if (!status && argc && !is_there(parents, argv[0]))
		status = complain_absent(command, "%s: no such parent", argv[0]);
	if (!status && out_parents(parents, argc ? argv[0] : NULL, options) == -ENOMEM)
		status = complain_memory(command);
	vdev_parents_free(parents);
	vdev_provisioner_free(provisioner);
	return status;
}
