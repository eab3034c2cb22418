/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What an object is inside the library. Strings point into the message that it
 * was decoded from; lists are in its arena.
 */
#ifndef VDEV_LIB_OBJECT_H
#define VDEV_LIB_OBJECT_H

#include <linux/netlink.h>

#include <vdev/object.h>

#include "arena.h"
#include "attr.h"

struct vdev_object {
	struct arena arena;
	const struct nlmsghdr *msg;
	enum vdev_object_kind kind;
	uint32_t id;
	uint32_t instance;
	uint64_t generation;
	uint64_t snapshot;
	const char *handle;
	const char *bus;
	const char *name;
	const char *parent_bus;
	const char *parent;
	const char *provider;
	const char *driver;
	const char *driver_version;
	const char *bound_driver;
	const char *profile;
	const char *conflict;
	uint32_t migration;
	uint32_t capabilities;
	uint32_t operations;
	uint32_t age;
	bool stale;
	const struct vdev_blocker *blockers;
	unsigned int num_blockers;
	const struct vdev_capacity *capacity;
	const struct vdev_cost *cost;
	const struct vdev_info *info;
	unsigned int num_info;
	const struct vdev_record *record;
};

/*
 * Check a reply in full: after that, decoding it can only fail for want of
 * memory. Returns 0 or -EBADMSG with the path of the bad or missing attribute.
 */
int vdev_object_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE]);

/* The same of a reply to a request that changes a device. */
int vdev_object_check_change(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE]);

/* Decode a checked message, which must outlive the object's use of it. */
int vdev_object_decode(struct vdev_object *object, const struct nlmsghdr *nlh);

/* The same for a new, zeroed object, with a copy of the message of its own. */
int vdev_object_decode_copy(struct vdev_object *object, const struct nlmsghdr *nlh);

#endif /* VDEV_LIB_OBJECT_H */
