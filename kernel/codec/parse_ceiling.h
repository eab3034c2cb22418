/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A ceiling from attributes.
 */
#ifndef _VDEV_PARSE_CEILING_H
#define _VDEV_PARSE_CEILING_H

struct netlink_ext_ack;
struct nlattr;
struct vdev_ceiling;
struct vdev_parsed;

int vdev_parse_ceiling(struct vdev_parsed *parsed, const struct nlattr *nest,
		       struct vdev_ceiling *ceiling, struct netlink_ext_ack *extack);

#endif /* _VDEV_PARSE_CEILING_H */
