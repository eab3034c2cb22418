/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One operand of a check, read from attributes: those of a request, which are
 * hostile, or those that the core itself has made of an endpoint.
 */
#ifndef _VDEV_PARSE_H
#define _VDEV_PARSE_H

#include <net/netlink.h>

#include "parsed.h"

struct vdev_choices;
struct vdev_reason;
struct vdev_skew;

/* parse.c */
void vdev_parse_explain(struct netlink_ext_ack *extack, const struct vdev_reason *reason);
int vdev_parse_object(struct vdev_parsed *parsed, u32 kind, const void *data, int len);
int vdev_parse_declaration(struct vdev_parsed *parsed,
			   const struct nlattr *source,
			   struct nlattr **attrs,
			   const struct vdev_skew *skew,
			   struct netlink_ext_ack *extack);
int vdev_parse_size(const struct nlattr *record,
		    struct netlink_ext_ack *extack);
int vdev_parse_bounds(const struct vdev_parsed *parsed,
		      const struct nlattr *nest,
		      struct netlink_ext_ack *extack);

/* parse_order.c */
int vdev_parse_order(struct vdev_parsed *parsed, const struct nlattr *nest,
		     struct vdev_choices *choices, struct netlink_ext_ack *extack);
void vdev_parse_blame_order(const struct nlattr *nest, const struct vdev_reason *reason,
			    struct netlink_ext_ack *extack);

/* parse_declared.c */
int vdev_parse_declared(struct vdev_parsed *parsed, const struct nlattr *record,
			struct netlink_ext_ack *extack);

#endif /* _VDEV_PARSE_H */
