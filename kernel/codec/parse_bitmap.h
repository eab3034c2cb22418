/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A bitmap from an attribute.
 */
#ifndef _VDEV_PARSE_BITMAP_H
#define _VDEV_PARSE_BITMAP_H

struct netlink_ext_ack;
struct nlattr;
struct vdev_bitmap;
struct vdev_parsed;

int vdev_parse_bitmap(struct vdev_parsed *parsed, const struct nlattr *attr,
		      struct vdev_bitmap *bitmap, struct netlink_ext_ack *extack);

#endif /* _VDEV_PARSE_BITMAP_H */
