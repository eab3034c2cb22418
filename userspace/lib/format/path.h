/* SPDX-License-Identifier: LGPL-2.1 */
/* Endpoints by what else names them, with another folder in the place of /sys for tests. */
#ifndef VDEV_LIB_PATH_H
#define VDEV_LIB_PATH_H

#include <sys/stat.h>

#include <vdev/request.h>

/* @status is of what @path leads to; @kind and @handle are those of no endpoint. */
int vdev_path_handle(const char *sysfs, const char *path, const struct stat *status,
		     enum vdev_object_kind *kind, struct vdev_handle *handle);

#endif /* VDEV_LIB_PATH_H */
