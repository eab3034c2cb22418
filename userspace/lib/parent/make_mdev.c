// SPDX-License-Identifier: LGPL-2.1
/* Mediated devices: created, changed and removed by the files of the mdev bus. */
#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>

#include "attribute.h"
#include "config.h"

#define WHAT "a mediated device"
#define UUID_SIZE 37

/* As text, of version 4. */
static int random_uuid(struct vdev_provisioner *provisioner, char uuid[UUID_SIZE])
{
	unsigned char b[16];

	if (getrandom(b, sizeof(b), 0) != sizeof(b))
		return vdev_error_errno(&provisioner->error, errno);
	b[6] = (unsigned char)((b[6] & 0x0f) | 0x40);
	b[8] = (unsigned char)((b[8] & 0x3f) | 0x80);
	snprintf(uuid, UUID_SIZE,
		 "%02x%02x%02x%02x-%02x%02x-%02x%02x-%02x%02x-%02x%02x%02x%02x%02x%02x",
		 b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7], b[8], b[9], b[10], b[11], b[12],
		 b[13], b[14], b[15]);
	return 0;
}

/* The kernel writes it in small letters. */
static int take_uuid(struct vdev_provisioner *provisioner, const char *name,
		     char uuid[UUID_SIZE])
{
	static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
	size_t i;
	bool valid = strlen(name) == sizeof(form) - 1;

	for (i = 0; valid && form[i]; i++) {
		valid = form[i] == 'x' ? isxdigit((unsigned char)name[i]) != 0 : name[i] == '-';
		uuid[i] = (char)tolower((unsigned char)name[i]);
	}
	uuid[UUID_SIZE - 1] = '\0';
	return valid ? 0 : vdev_error_say(&provisioner->error, -EINVAL,
					  "'%.64s' is not a UUID, which names " WHAT, name);
}

static int device_folder(struct vdev_provisioner *provisioner, const char *uuid,
			 char folder[PATH_MAX])
{
	return vdev_sysfs_path(provisioner, folder, "bus/mdev/devices/%s", uuid);
}

static bool is_there(struct vdev_provisioner *provisioner, const char *uuid)
{
	char folder[PATH_MAX], last[NAME_MAX + 1];

	return !vdev_sysfs_path(provisioner, folder, "bus/mdev/devices") &&
	       !vdev_sysfs_link(folder, uuid, last);
}

/* Before 6.2 the driver says it in words of its own, and the mdev core in these since. */
static int create(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		  const struct vdev_parent_type *type, const char *uuid)
{
	char folder[PATH_MAX];
	int err = vdev_sysfs_path(provisioner, folder,
				  "class/mdev_bus/%s/mdev_supported_types/%s", parent->name,
				  type->name);

	if (!err)
		err = vdev_sysfs_write(provisioner, folder, "create", uuid);
	if (err == -EUSERS || err == -ENOSPC)
		err = vdev_error_say(&provisioner->error, -ENOSPC,
				     "%s/%s: no instance is left", parent->handle, type->name);
	if (err == -EEXIST)
		err = vdev_error_say(&provisioner->error, -EEXIST,
				     "mdev/%s: there is one already", uuid);
	return err;
}

static int remove_device(struct vdev_provisioner *provisioner, const char *uuid)
{
	char folder[PATH_MAX];
	int err = device_folder(provisioner, uuid, folder);

	return err ? err : vdev_sysfs_write(provisioner, folder, "remove", "1");
}

/* What is half made goes, and the error stays. */
static int configure(struct vdev_provisioner *provisioner, const char *uuid,
		     const struct vdev_config *config)
{
	char folder[PATH_MAX];
	struct vdev_error error;
	int err = device_folder(provisioner, uuid, folder);
	int undone;

	if (!err)
		err = vdev_attributes_write(provisioner, folder, config, false);
	if (!err)
		return 0;
	error = provisioner->error;
	undone = remove_device(provisioner, uuid);
	provisioner->error = error;
	if (undone)
		vdev_provisioner_half(provisioner, uuid, undone);
	return err;
}

static int add(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
	       const struct vdev_parent_type *type, const struct vdev_config *config,
	       struct vdev_made *made)
{
	char uuid[UUID_SIZE];
	int err = vdev_config_check(provisioner, config,
				    CONFIG_NAME | CONFIG_PARAMS | CONFIG_AGGREGATION, WHAT);

	if (!err)
		err = vdev_attributes_check(provisioner, config);
	if (!err)
		err = config->name ? take_uuid(provisioner, config->name, uuid) :
				     random_uuid(provisioner, uuid);
	if (!err && is_there(provisioner, uuid))
		err = vdev_error_say(&provisioner->error, -EEXIST,
				     "mdev/%s: there is one already", uuid);
	if (!err && !type->available)
		err = vdev_error_say(&provisioner->error, -ENOSPC,
				     "%s/%s: no instance is left", parent->handle, type->name);
	if (err || !made)
		return err;
	err = vdev_made_add(provisioner, made, "mdev", uuid);
	if (!err)
		err = create(provisioner, parent, type, uuid);
	return err ? err : configure(provisioner, uuid, config);
}

static int check_device(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
			char uuid[UUID_SIZE])
{
	int err = take_uuid(provisioner, handle->name, uuid);

	if (!err && !is_there(provisioner, uuid))
		err = vdev_error_say(&provisioner->error, -ENODEV, "mdev/%s: no such device",
				     uuid);
	return err;
}

static int set(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
	       const struct vdev_config *config, bool dry_run)
{
	char uuid[UUID_SIZE], folder[PATH_MAX];
	int err = vdev_config_check(provisioner, config, CONFIG_PARAMS | CONFIG_AGGREGATION, WHAT
				    " that exists");

	if (!err)
		err = vdev_attributes_check(provisioner, config);
	if (!err)
		err = check_device(provisioner, handle, uuid);
	if (!err)
		err = device_folder(provisioner, uuid, folder);
	return err ? err : vdev_attributes_write(provisioner, folder, config, dry_run);
}

static int del(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
	       bool dry_run)
{
	char uuid[UUID_SIZE];
	int err = check_device(provisioner, handle, uuid);

	return err || dry_run ? err : remove_device(provisioner, uuid);
}

static int undo(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		const struct vdev_made *made)
{
	size_t i;
	int err = 0;

	(void)parent;
	for (i = 0; i < made->num && !err; i++)
		err = remove_device(provisioner, made->handles[i].name);
	return err;
}

const struct maker vdev_maker_mdev = { .add = add, .set = set, .del = del, .undo = undo };
