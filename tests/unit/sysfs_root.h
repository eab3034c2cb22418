/* SPDX-License-Identifier: GPL-2.0 */
/* A folder that stands for sysfs, for the tests of parents and of what is created on them. */
#ifndef SYSFS_ROOT_H
#define SYSFS_ROOT_H

#include "test.h"
#include "fake.h"

extern struct vdev_provisioner *provisioner;
extern struct vdev_parents *parents;

/* @responder is the vdpa family; NULL for none. */
int sysfs_set_up(fake_responder *responder);
int sysfs_tear_down(void **state);

/* Run a command of the shell in it. */
void run(const char *format, ...) __attribute__((format(printf, 1, 2)));

void read_file(const char *name, char text[64]);
void assert_file(const char *name, const char *expected);

/* The parent with this handle, which is read again. */
const struct vdev_parent *parent(const char *handle);
int read_parents(void);

int add(const struct vdev_parent *where, const struct vdev_config *config,
	struct vdev_made **made);
const char *message(void);

#endif /* SYSFS_ROOT_H */
