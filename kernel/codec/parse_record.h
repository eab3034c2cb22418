/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A record from attributes.
 */
#ifndef _VDEV_PARSE_RECORD_H
#define _VDEV_PARSE_RECORD_H

struct netlink_ext_ack;
struct nlattr;
struct vdev_bitmap;
struct vdev_parsed;

int vdev_parse_bitmap(struct vdev_parsed *parsed, const struct nlattr *attr,
		      struct vdev_bitmap *bitmap, struct netlink_ext_ack *extack);
int vdev_parse_record(struct vdev_parsed *parsed, const struct nlattr *nest,
		      struct netlink_ext_ack *extack);

#endif /* _VDEV_PARSE_RECORD_H */
