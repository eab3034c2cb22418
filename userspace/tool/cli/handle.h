/* SPDX-License-Identifier: GPL-2.0 */
/* Words of the command line that name one endpoint of this host. */
#ifndef VDEVCTL_HANDLE_H
#define VDEVCTL_HANDLE_H

#include <stdbool.h>

#include <vdev/vdev.h>

#include "command.h"

/* Whether it is a device node, a path in sysfs, a UUID or a PCI address of a device. */
bool handle_is_device_name(const char *word);

/* The kind of what a handle names, by its form. */
enum vdev_object_kind handle_kind(const char *word);

/*
 * Read a handle, a number, or what else names a device; a kind of 0 becomes that of what
 * was named. Complains and returns an exit status other than 0 if it is none of these,
 * saying what the command takes instead.
 */
int handle_read(const struct command *command, const char *word, const char *instead,
		enum vdev_object_kind *kind, struct vdev_handle *handle);

#endif /* VDEVCTL_HANDLE_H */
