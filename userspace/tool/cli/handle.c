// SPDX-License-Identifier: GPL-2.0
/*
 * The endpoint that a word names: BUS/NAME, PARENT-BUS/PARENT/NAME, a number, or whatever
 * a person has at hand of a device, which the library turns into a handle.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "complain.h"
#include "handle.h"

#define SYSFS "/sys/"

static bool handle_is_node(const char *word)
{
	struct stat status;

	return word[0] == '/' && stat(word, &status) == 0 && S_ISCHR(status.st_mode);
}

bool handle_is_device_name(const char *word)
{
	struct vdev_handle handle;
	enum vdev_object_kind kind;

	if (strncmp(word, SYSFS, strlen(SYSFS)) == 0)
		return true;
	return (word[0] != '/' || handle_is_node(word)) &&
	       vdev_handle_from_path(word, &kind, &handle) == 0;
}

static int handle_complain_path(const struct command *command, const char *word, int err)
{
	switch (err) {
	case -EINVAL:
		return complain_absent(command, "%s: belongs to no device on a bus", word);
	case -ENOTUNIQ:
		return complain_absent(command, "%s: its IOMMU group has several devices; name one of "
				"them", word);
	case -ENODEV:
		return complain_absent(command, "%s: its IOMMU group has no device", word);
	default:
		return complain_absent(command, "%s: %s", word, strerror(-err));
	}
}

static int handle_read_path(const struct command *command, const char *word,
			    enum vdev_object_kind *kind, struct vdev_handle *handle)
{
	enum vdev_object_kind named;
	int err = vdev_handle_from_path(word, &named, handle);

	if (err && err != -ENAMETOOLONG)
		return handle_complain_path(command, word, err);
	if (err)
		return complain(command, "%s: a name is longer than %d bytes", word,
				VDEV_HANDLE_NAME_MAX);
	if (*kind && named != *kind)
		return complain_usage(command, "'%s' is a %s", word,
				      named == VDEV_OBJECT_TYPE ? "type" : "device");
	*kind = named;
	return EXIT_DONE;
}

enum vdev_object_kind handle_kind(const char *word)
{
	const char *slash = strchr(word, '/');

	return slash && strchr(slash + 1, '/') ? VDEV_OBJECT_TYPE : VDEV_OBJECT_DEV;
}

int handle_read(const struct command *command, const char *word, const char *instead,
		enum vdev_object_kind *kind, struct vdev_handle *handle)
{
	int err;

	if (word[0] == '/' || handle_is_device_name(word))
		return handle_read_path(command, word, kind, handle);
	if (!*kind)
		*kind = handle_kind(word);
	err = vdev_handle_parse(word, *kind, handle);
	if (err == -ERANGE)
		return complain_usage(command, "%s: the number is too large", word);
	if (err == -ENAMETOOLONG)
		return complain_usage(command, "%s: a name is longer than %d bytes", word,
				      VDEV_HANDLE_NAME_MAX);
	return err ? complain_usage(command, "'%s' is neither %s", word, instead) : EXIT_DONE;
}
