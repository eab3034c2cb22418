/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A parameter of a record from attributes.
 */
#ifndef _VDEV_PARSE_PARAM_H
#define _VDEV_PARSE_PARAM_H

struct netlink_ext_ack;
struct nlattr;
struct vdev_parsed;
struct vdev_value;

int vdev_parse_value(const struct nlattr *nest, struct vdev_value *value,
		     struct netlink_ext_ack *extack);
void vdev_parse_value_of(const struct nlattr *record, const char *name,
			 struct vdev_value *value);
int vdev_parse_param(struct vdev_parsed *parsed, const struct nlattr *nest,
		     struct netlink_ext_ack *extack);

#endif /* _VDEV_PARSE_PARAM_H */
