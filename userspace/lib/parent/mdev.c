// SPDX-License-Identifier: LGPL-2.1
/* Parents of mediated devices, as sysfs shows them. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "parents.h"
#include "sysfs.h"

/* A parent that is read. */
struct reading {
	struct vdev_provisioner *provisioner;
	struct vdev_parents *parents;
	char folder[PATH_MAX];
};

/* What goes while it is read is not there, and no error. */
static int unless_gone(struct vdev_provisioner *provisioner, int err)
{
	if (err != -ENOENT && err != -ENODEV)
		return err;
	vdev_error_reset(&provisioner->error);
	return 0;
}

/* A text of a type; *value stays NULL if there is none. */
static int read_text(struct reading *reading, const char *folder, const char *name,
		     const char **value)
{
	char text[SYSFS_TEXT_SIZE];
	int err = vdev_sysfs_read(reading->provisioner, folder, name, text);

	if (err)
		return unless_gone(reading->provisioner, err);
	if (!*text)
		return 0;
	*value = vdev_parents_string(reading->provisioner, reading->parents, text);
	return *value ? 0 : -ENOMEM;
}

static int read_type(const char *name, void *arg)
{
	struct reading *reading = arg;
	struct vdev_parent_type *type;
	char folder[PATH_MAX];
	uint32_t available;
	int err;

	if ((size_t)snprintf(folder, sizeof(folder), "%s/%s", reading->folder, name) >=
	    sizeof(folder))
		return vdev_error_say(&reading->provisioner->error, -ENAMETOOLONG,
				      "a path in sysfs is too long");
	err = vdev_sysfs_number(reading->provisioner, folder, "available_instances", &available);
	if (err)
		return unless_gone(reading->provisioner, err);
	type = vdev_parents_type(reading->provisioner, reading->parents, name);
	if (!type)
		return -reading->provisioner->error.code;
	type->available = available;
	err = read_text(reading, folder, "device_api", &type->device_api);
	return err ? err : read_text(reading, folder, "description", &type->description);
}

static int read_parent(const char *name, void *arg)
{
	struct reading *reading = arg;
	struct vdev_provisioner *provisioner = reading->provisioner;
	char word[NAME_MAX + 1];
	struct vdev_parent *parent;
	bool on_bus;
	int err;

	err = vdev_sysfs_path(provisioner, reading->folder, "class/mdev_bus/%s", name);
	if (err)
		return err;
	on_bus = !vdev_sysfs_link(reading->folder, "subsystem", word);
	parent = vdev_parents_add(provisioner, reading->parents, VDEV_PARENT_MDEV,
				  on_bus ? word : NULL, name);
	if (!parent)
		return -provisioner->error.code;
	if (!vdev_sysfs_link(reading->folder, "driver", word)) {
		parent->driver = vdev_parents_string(provisioner, reading->parents, word);
		if (!parent->driver)
			return -ENOMEM;
	}
	err = vdev_sysfs_path(provisioner, reading->folder,
			      "class/mdev_bus/%s/mdev_supported_types", name);
	return err ? err : vdev_sysfs_each(provisioner, reading->folder, read_type, reading);
}

int vdev_parents_read_mdev(struct vdev_provisioner *provisioner, struct vdev_parents *parents)
{
	struct reading reading = { .provisioner = provisioner, .parents = parents };
	char folder[PATH_MAX];
	int err = vdev_sysfs_path(provisioner, folder, "class/mdev_bus");

	return err ? err : vdev_sysfs_each(provisioner, folder, read_parent, &reading);
}
