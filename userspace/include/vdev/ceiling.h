/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The ceilings of this host: what the administrator lets its types offer, of what their
 * drivers do.
 */
#ifndef VDEV_CEILING_H
#define VDEV_CEILING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <vdev/object.h>
#include <vdev/request.h>
#include <vdev/sock.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * vdev_type_set() - give a type a ceiling, or take it away
 * @sock: the socket
 * @type: the type, by its names; it need not be there
 * @ceiling: the ceiling, in the place of the one that the type has; NULL for none
 * @size: sizeof(*ceiling); what the caller does not know is no limit
 * @expect: the type must not have changed after this generation; 0 to let it
 * @instance: the instance of the family that @expect was read from; ignored if that is 0
 * @dry_run: the kernel checks all of it, and changes nothing
 * @object: where to put the type with its ceiling, which the caller frees with
 *	vdev_object_free(); NULL if the type is not there, so that the ceiling waits for
 *	it, after a dry run, and after a failure. May be NULL.
 *
 * The type and all devices of it have changed when the call returns. Requires
 * CAP_NET_ADMIN.
 *
 * Return: 0 or a negative errno; -ERANGE if the ceiling is no part of what the driver
 * offers, -ESTALE if the type has changed, -ENODEV if a type that is not there has no
 * ceiling to take away or is expected to be unchanged, -EINVAL or -EMSGSIZE if the
 * ceiling is out of its bounds, -ENOSPC if there are as many ceilings as there can be,
 * -EBUSY while a device of the type is being created or configured, -EPERM.
 */
int vdev_type_set(struct vdev_sock *sock, const struct vdev_handle *type,
		  const struct vdev_ceiling *ceiling, size_t size, uint64_t expect,
		  uint32_t instance, bool dry_run, struct vdev_object **object);

/**
 * typedef vdev_ceiling_fn - what is called for each ceiling
 * @type: names of its type; valid during the call, as is all that follows
 * @ceiling: the ceiling
 * @pending: it waits for the type, which is not there
 * @arg: what was passed to the request
 *
 * Return: 0 to go on; anything else ends the request, which returns it.
 */
typedef int vdev_ceiling_fn(const struct vdev_handle *type, const struct vdev_ceiling *ceiling,
			    bool pending, void *arg);

/**
 * vdev_ceiling_dump() - all ceilings of this host, in the order in which they were set first
 * @sock: the socket
 * @fn: called for each, when all are known
 * @arg: for @fn
 *
 * Return: 0, a negative errno, or what @fn returned.
 */
int vdev_ceiling_dump(struct vdev_sock *sock, vdev_ceiling_fn *fn, void *arg);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_CEILING_H */
