/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The family that netlink knows, in a module of its own, so that a dump that somebody has
 * begun and does not read keeps this small module, and not the core.
 */
#ifndef _VDEV_FAMILY_H
#define _VDEV_FAMILY_H

#include <net/genetlink.h>

/* How much of a callback's context is the dump's own, in bytes. */
#define VDEV_FAMILY_CONTEXT	(sizeof_field(struct netlink_callback, ctx) - \
				 sizeof(void *))

/**
 * struct vdev_family_dump - what makes the dump of one operation
 * @cmd: the operation
 * @start: called first; after a failure nothing else is called
 * @dumpit: fills a buffer
 * @done: frees what the dump holds; optional
 *
 * Of cb->ctx the first VDEV_FAMILY_CONTEXT bytes are theirs. No two are called at
 * once for one dump, and none is under way when vdev_family_unregister() has
 * returned.
 */
struct vdev_family_dump {
	u8 cmd;
	int (*start)(struct netlink_callback *cb);
	int (*dumpit)(struct sk_buff *skb, struct netlink_callback *cb);
	int (*done)(struct netlink_callback *cb);
};

/**
 * struct vdev_family_tables - what the core makes the family of
 * @ops: the operations; those that dump have vdev_family_start(),
 *	vdev_family_dumpit() and vdev_family_done()
 * @num_ops: how many they are
 * @dumps: what makes their dumps
 * @num_dumps: how many they are
 * @groups: the multicast groups
 * @num_groups: how many they are
 */
struct vdev_family_tables {
	const struct genl_ops *ops;
	unsigned int num_ops;
	const struct vdev_family_dump *dumps;
	unsigned int num_dumps;
	const struct genl_multicast_group *groups;
	unsigned int num_groups;
};

extern struct genl_family vdev_nl_family;

int vdev_family_register(const struct vdev_family_tables *tables);
void vdev_family_unregister(void);
int vdev_family_start(struct netlink_callback *cb);
int vdev_family_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vdev_family_done(struct netlink_callback *cb);

#endif /* _VDEV_FAMILY_H */
