/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How a request names an endpoint.
 */
#ifndef _VDEV_NL_KEY_H
#define _VDEV_NL_KEY_H

#include <linux/netlink.h>
#include <linux/types.h>

struct vdev_key;

/**
 * struct vdev_key_attrs - the numbers of the attributes that name an endpoint
 * @id: its number
 * @bus: bus of a device
 * @name: name of a device or type
 * @parent_bus: bus of the parent of a type
 * @parent: name of the parent of a type
 */
struct vdev_key_attrs {
	int id;
	int bus;
	int name;
	int parent_bus;
	int parent;
};

/**
 * struct vdev_naming - the part of a request that names an endpoint
 * @numbers: the numbers of the attributes that can
 * @attrs: the attributes by number
 * @nest: what they are in; NULL if it is the request itself
 * @extack: where an error is reported
 */
struct vdev_naming {
	const struct vdev_key_attrs *numbers;
	struct nlattr **attrs;
	const struct nlattr *nest;
	struct netlink_ext_ack *extack;
};

/* Of the request itself, and of its source. */
extern const struct vdev_key_attrs vdev_nl_key_attrs;
extern const struct vdev_key_attrs vdev_nl_source_key_attrs;

bool vdev_key_given(const struct vdev_naming *naming);
int vdev_key_parse(struct vdev_key *key, const struct vdev_naming *naming);
void vdev_key_blame(const struct vdev_naming *naming);
int vdev_key_parse_alone(struct vdev_key *key, const struct vdev_naming *naming, int filter);
int vdev_key_not_found(const struct vdev_naming *naming, const struct vdev_key *key);

#endif /* _VDEV_NL_KEY_H */
