// SPDX-License-Identifier: LGPL-2.1
/*
 * Endpoints by what else names them: a device node, a path in sysfs, a UUID, a PCI
 * address. Only names are read; whether the kernel knows the endpoint, a request says.
 */
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "format/path.h"
#include "internal.h"

#define TYPES "mdev_supported_types"
#define UUID "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"
/* Behind the domain, which has at least four digits, or alone, as people write it. */
#define PCI_SHORT "xx:xx.x"
#define DOMAIN_DIGITS_MIN 4
#define DOMAIN_DIGITS_MAX 8

/* Whether the text has a hexadecimal digit at each x, and else what the form has. */
static bool has_form(const char *text, const char *form)
{
	for (; *form; text++, form++)
		if (*form == 'x' ? !isxdigit((unsigned char)*text) : *text != *form)
			return false;
	return !*text;
}

static bool is_pci_address(const char *text)
{
	size_t digits = strspn(text, "0123456789abcdefABCDEF");

	return digits >= DOMAIN_DIGITS_MIN && digits <= DOMAIN_DIGITS_MAX &&
	       text[digits] == ':' && has_form(text + digits + 1, PCI_SHORT);
}

static int set_name(char name[VDEV_HANDLE_NAME_MAX + 1], const char *text)
{
	if (!*text)
		return -EINVAL;
	if (strlen(text) > VDEV_HANDLE_NAME_MAX)
		return -ENAMETOOLONG;
	strcpy(name, text);
	return 0;
}

/* The kernel writes all of these in small letters. */
static bool from_word(const char *word, struct vdev_handle *handle)
{
	bool uuid = has_form(word, UUID);
	bool brief = has_form(word, PCI_SHORT);
	char *pos;

	if (!uuid && !brief && !is_pci_address(word))
		return false;
	strcpy(handle->bus, uuid ? "mdev" : "pci");
	snprintf(handle->name, sizeof(handle->name), "%s%s", brief ? "0000:" : "", word);
	for (pos = handle->name; *pos; pos++)
		*pos = (char)tolower((unsigned char)*pos);
	return true;
}

/* Cut the last part of a path off, and return it; NULL if none is left. */
static char *cut_last(char *path)
{
	char *slash = strrchr(path, '/');

	if (!slash || slash == path)
		return NULL;
	*slash = '\0';
	return slash + 1;
}

/* The last part of where the folder's link "subsystem" leads; *bus is whether that is a bus. */
static bool get_subsystem(const char *folder, char *name, size_t size, bool *bus)
{
	char link[PATH_MAX], target[PATH_MAX];
	char *last, *kind;

	if ((size_t)snprintf(link, sizeof(link), "%s/subsystem", folder) >= sizeof(link) ||
	    !realpath(link, target))
		return false;
	last = cut_last(target);
	kind = last ? cut_last(target) : NULL;
	*bus = kind && strcmp(kind, "bus") == 0;
	return last && (size_t)snprintf(name, size, "%s", last) < size;
}

/* The folder of a type is in one of its parent's, whose bus or class names the parent's. */
static int from_type(char *path, const char *name, struct vdev_handle *handle)
{
	char subsystem[VDEV_HANDLE_NAME_MAX + 1];
	const char *parent;
	bool bus;
	int err;

	if (!cut_last(path) || !get_subsystem(path, subsystem, sizeof(subsystem), &bus))
		return -EINVAL;
	parent = cut_last(path);
	err = parent ? set_name(handle->parent, parent) : -EINVAL;
	if (!err)
		err = set_name(handle->parent_bus, subsystem);
	return err ? err : set_name(handle->name, name);
}

/* The device that is or has what a resolved path in sysfs leads to: the nearest on a bus. */
static int from_sysfs(char *path, enum vdev_object_kind *kind, struct vdev_handle *handle)
{
	char subsystem[VDEV_HANDLE_NAME_MAX + 1];
	char *last;
	bool bus;
	int err;

	do {
		bool found = get_subsystem(path, subsystem, sizeof(subsystem), &bus) && bus;

		last = cut_last(path);
		if (last && found) {
			err = set_name(handle->bus, subsystem);
			return err ? err : set_name(handle->name, last);
		}
		if (last && strlen(path) > strlen(TYPES) &&
		    strcmp(path + strlen(path) - strlen(TYPES), TYPES) == 0) {
			*kind = VDEV_OBJECT_TYPE;
			return from_type(path, last, handle);
		}
	} while (last);
	return -EINVAL;
}

static int resolve(const char *path, enum vdev_object_kind *kind, struct vdev_handle *handle)
{
	char target[PATH_MAX];

	return realpath(path, target) ? from_sysfs(target, kind, handle) : -errno;
}

/* The one device of an IOMMU group, which is what a node in /dev/vfio stands for. */
static int from_group(const char *sysfs, const char *number, enum vdev_object_kind *kind,
		      struct vdev_handle *handle)
{
	char folder[PATH_MAX], path[PATH_MAX + NAME_MAX + 2] = "";
	struct dirent *entry;
	int num = 0;
	DIR *stream;

	snprintf(folder, sizeof(folder), "%s/kernel/iommu_groups/%s/devices", sysfs, number);
	stream = opendir(folder);
	if (!stream)
		return -errno;
	while ((entry = readdir(stream))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		num++;
	}
	closedir(stream);
	if (num != 1)
		return num ? -ENOTUNIQ : -ENODEV;
	return resolve(path, kind, handle);
}

/* A node of the class vfio stands for a group of devices, whose number ends its name. */
static int from_node(const char *sysfs, dev_t number, enum vdev_object_kind *kind,
		     struct vdev_handle *handle)
{
	char link[PATH_MAX], target[PATH_MAX];
	char subsystem[VDEV_HANDLE_NAME_MAX + 1];
	const char *name;
	bool bus;

	snprintf(link, sizeof(link), "%s/dev/char/%u:%u", sysfs, major(number), minor(number));
	if (!realpath(link, target))
		return -errno;
	if (!get_subsystem(target, subsystem, sizeof(subsystem), &bus) || bus ||
	    strcmp(subsystem, "vfio") != 0)
		return from_sysfs(target, kind, handle);
	name = strrchr(target, '/') + 1;
	return from_group(sysfs, name + strcspn(name, "0123456789"), kind, handle);
}

int vdev_path_handle(const char *sysfs, const char *path, const struct stat *status,
		     enum vdev_object_kind *kind, struct vdev_handle *handle)
{
	if (S_ISCHR(status->st_mode))
		return from_node(sysfs, status->st_rdev, kind, handle);
	return resolve(path, kind, handle);
}

VDEV_API int vdev_handle_from_path(const char *path, enum vdev_object_kind *kind,
				   struct vdev_handle *handle)
{
	struct stat status;

	*kind = VDEV_OBJECT_DEV;
	*handle = (struct vdev_handle){ 0 };
	if (from_word(path, handle))
		return 0;
	if (path[0] != '/')
		return -EINVAL;
	if (stat(path, &status))
		return -errno;
	return vdev_path_handle("/sys", path, &status, kind, handle);
}
