/* SPDX-License-Identifier: LGPL-2.1 */
/* Files of sysfs, which are read with a bound and never waited for. */
#ifndef VDEV_LIB_SYSFS_H
#define VDEV_LIB_SYSFS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "provisioner.h"

/* No attribute has more; sysfs itself bounds them by a page. */
#define SYSFS_TEXT_SIZE 4096

/* A path below sysfs. Returns 0, or -ENAMETOOLONG with the error set. */
int vdev_sysfs_path(struct vdev_provisioner *provisioner, char path[PATH_MAX],
		    const char *format, ...) __attribute__((format(printf, 3, 4)));

/* @folder/@name is there, and no link if it is a file. */
bool vdev_sysfs_has(const char *folder, const char *name);

/*
 * The text of @folder/@name without the newline at its end. Returns 0 or a negative errno, with
 * the error set: -EFBIG if it is longer than any, -EBADMSG if it has a NUL, and -EINVAL if the
 * name leads to no plain file.
 */
int vdev_sysfs_read(struct vdev_provisioner *provisioner, const char *folder, const char *name,
		    char text[SYSFS_TEXT_SIZE]);

/* The same as a number; -EINVAL if it is none. */
int vdev_sysfs_number(struct vdev_provisioner *provisioner, const char *folder,
		      const char *name, uint32_t *number);

/* Write a text. Returns 0 or what the kernel said, with the error set. */
int vdev_sysfs_write(struct vdev_provisioner *provisioner, const char *folder, const char *name,
		     const char *text);

/*
 * Where the link @folder/@name leads to: the last part of it. Returns 0 or a negative errno,
 * without an error; -ENOENT without a link.
 */
int vdev_sysfs_link(const char *folder, const char *name, char last[NAME_MAX + 1]);

/*
 * Call @fn for the name of each entry, until it returns something else than 0, which is
 * returned. A folder that is not there is empty; one that cannot be read is an error, which
 * is set.
 */
typedef int sysfs_fn(const char *name, void *arg);
int vdev_sysfs_each(struct vdev_provisioner *provisioner, const char *folder, sysfs_fn *fn,
		    void *arg);

#endif /* VDEV_LIB_SYSFS_H */
