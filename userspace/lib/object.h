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
#include "record.h"
#include "schema.h"

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

/* Decode a checked message, which must outlive the object's use of it. */
int vdev_object_decode(struct vdev_object *object, const struct nlmsghdr *nlh);

/* The same for a new, zeroed object, with a copy of the message of its own. */
int vdev_object_decode_copy(struct vdev_object *object, const struct nlmsghdr *nlh);

/* The attributes of a reply. */
const struct nlattr *vdev_reply_head(const struct nlmsghdr *nlh);
int vdev_reply_len(const struct nlmsghdr *nlh);

/* Whether they are all there: 0, or -EBADMSG with the name of the first that is not. */
int vdev_reply_needs(const struct nlmsghdr *nlh, const unsigned int *types,
		     char path[ATTR_PATH_SIZE]);

/* The number in a checked message. */
uint32_t vdev_reply_peek_id(const struct nlmsghdr *nlh);

/* The instance of a checked message; 0 if not told. */
uint32_t vdev_reply_peek_instance(const struct nlmsghdr *nlh);

/* Generations in a checked message, of the snapshot and of the object; 0 if not told. */
uint64_t vdev_reply_peek_snapshot(const struct nlmsghdr *nlh);
uint64_t vdev_reply_peek_generation(const struct nlmsghdr *nlh);

/* Decode the nest of a record; NULL if there is no memory. */
const struct vdev_record *vdev_record_decode(struct arena *arena, const struct nlattr *nest);

/* Shared by all decoders. */
const char *vdev_decode_string(const struct nlattr *attr);
uint32_t vdev_decode_u32(const struct nlattr *attr);
uint64_t vdev_decode_uint(const struct nlattr *attr);
void vdev_decode_value(const struct nlattr *nest, struct vdev_value *value);
void vdev_decode_blocker(const struct nlattr *nest, struct vdev_blocker *blocker);
int vdev_decode_bitmap(struct arena *arena, const struct nlattr *attr, struct vdev_bitmap *bitmap);

/* These return NULL if there is no memory. */
const struct vdev_capacity *vdev_decode_capacity(struct arena *arena, const struct nlattr *nest);
const struct vdev_cost *vdev_decode_cost(struct arena *arena, const struct nlattr *nest);
const char *vdev_decode_handle(struct arena *arena, const char *first, const char *parent,
			       const char *name);

/*
 * Make room for as many elements as the nest has attributes of this type.
 * Returns 0 or -ENOMEM; *list is NULL and *num 0 if there are none.
 */
int vdev_decode_list(struct arena *arena, const struct nlattr *head, int len, int type,
		     size_t size, void **list, unsigned int *num);

#endif /* VDEV_LIB_OBJECT_H */
