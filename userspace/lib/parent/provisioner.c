// SPDX-License-Identifier: LGPL-2.1
/* The life of a provisioner, its errors, and the list of what was created. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "provisioner.h"

VDEV_API struct vdev_provisioner *vdev_provisioner_new(void)
{
	struct vdev_provisioner *provisioner = calloc(1, sizeof(*provisioner));

	if (provisioner)
		strcpy(provisioner->sysfs, "/sys");
	return provisioner;
}

VDEV_API void vdev_provisioner_free(struct vdev_provisioner *provisioner)
{
	if (!provisioner)
		return;
	vdev_sock_free(provisioner->vdpa);
	free(provisioner);
}

VDEV_API int vdev_provisioner_set_sysfs(struct vdev_provisioner *provisioner, const char *folder)
{
	if (strlen(folder) >= sizeof(provisioner->sysfs))
		return vdev_error_say(&provisioner->error, -ENAMETOOLONG,
				      "the path of sysfs is too long");
	strcpy(provisioner->sysfs, folder);
	return 0;
}

VDEV_API const struct vdev_error *
vdev_provisioner_error(const struct vdev_provisioner *provisioner)
{
	return &provisioner->error;
}

int vdev_provisioner_memory(struct vdev_provisioner *provisioner)
{
	return vdev_error_errno(&provisioner->error, ENOMEM);
}

void vdev_provisioner_half(struct vdev_provisioner *provisioner, const char *what, int err)
{
	size_t len = strlen(provisioner->error.message);

	snprintf(provisioner->error.message + len, sizeof(provisioner->error.message) - len,
		 "; %s could not be removed again: %s", what, strerror(-err));
}

int vdev_made_add(struct vdev_provisioner *provisioner, struct vdev_made *made,
		  const char *bus, const char *name)
{
	struct vdev_handle *handles = realloc(made->handles,
					      (made->num + 1) * sizeof(*handles));

	if (!handles)
		return vdev_provisioner_memory(provisioner);
	made->handles = handles;
	handles[made->num] = (struct vdev_handle){ 0 };
	snprintf(handles[made->num].bus, sizeof(handles->bus), "%s", bus);
	snprintf(handles[made->num].name, sizeof(handles->name), "%s", name);
	made->num++;
	return 0;
}

VDEV_API void vdev_made_free(struct vdev_made *made)
{
	if (!made)
		return;
	free(made->handles);
	free(made);
}
