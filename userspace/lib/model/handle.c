// SPDX-License-Identifier: LGPL-2.1
/* Handles as people write them. */
#include <errno.h>
#include <string.h>

#include <vdev/request.h>

#include "internal.h"

static int parse_id(const char *text, uint32_t *id)
{
	uint64_t number = 0;

	for (; *text; text++) {
		number = number * 10 + (uint64_t)(*text - '0');
		if (number > UINT32_MAX)
			return -ERANGE;
	}
	*id = (uint32_t)number;
	return number ? 0 : -EINVAL;
}

/* Take a name that ends at @end and is not empty. */
static int take_name(char name[VDEV_HANDLE_NAME_MAX + 1], const char *text, const char *end)
{
	size_t len = (size_t)(end - text);

	if (!len || memchr(text, '/', len))
		return -EINVAL;
	if (len > VDEV_HANDLE_NAME_MAX)
		return -ENAMETOOLONG;
	memcpy(name, text, len);
	name[len] = '\0';
	return 0;
}

VDEV_API int vdev_handle_parse(const char *text, enum vdev_object_kind kind,
			       struct vdev_handle *handle)
{
	bool type = kind == VDEV_OBJECT_TYPE;
	const char *end = text + strlen(text);
	const char *first, *last;
	int err;

	*handle = (struct vdev_handle){ 0 };
	if (*text && strspn(text, "0123456789") == strlen(text))
		return parse_id(text, &handle->id);
	first = strchr(text, '/');
	last = strrchr(text, '/');
	if (!first || (first == last) == type)
		return -EINVAL;
	err = take_name(type ? handle->parent_bus : handle->bus, text, first);
	if (!err && type)
		err = take_name(handle->parent, first + 1, last);
	return err ? err : take_name(handle->name, last + 1, end);
}
