// SPDX-License-Identifier: GPL-2.0
/*
 * Handles. The input is a string; what is accepted, as a device or as a type,
 * must be the same when it is written again from its parts.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <vdev/vdev.h>

#include "fuzz.h"

static void write_handle(const struct vdev_handle *handle, enum vdev_object_kind kind,
			 char *text, size_t size)
{
	if (handle->id)
		snprintf(text, size, "%" PRIu32, handle->id);
	else if (kind == VDEV_OBJECT_TYPE)
		snprintf(text, size, "%s/%s/%s", handle->parent_bus, handle->parent, handle->name);
	else
		snprintf(text, size, "%s/%s", handle->bus, handle->name);
}

static void try_kind(const char *text, enum vdev_object_kind kind)
{
	struct vdev_handle handle, again;
	char written[4 * (VDEV_HANDLE_NAME_MAX + 1)];

	if (vdev_handle_parse(text, kind, &handle))
		return;
	write_handle(&handle, kind, written, sizeof(written));
	MUST(handle.id || strcmp(written, text) == 0, written);
	MUST(!vdev_handle_parse(written, kind, &again), written);
	MUST(memcmp(&handle, &again, sizeof(handle)) == 0, written);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);

	if (!text)
		abort();
	try_kind(text, VDEV_OBJECT_DEV);
	try_kind(text, VDEV_OBJECT_TYPE);
	free(text);
	return 0;
}
