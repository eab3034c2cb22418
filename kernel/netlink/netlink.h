/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the netlink family share.
 */
#ifndef _VDEV_NL_H
#define _VDEV_NL_H

#include <linux/types.h>
#include <net/genetlink.h>
#include <uapi/linux/vdev.h>

#include "family.h"

struct vdev_endpoint;
struct vdev_filter;
struct vdev_view;

/**
 * struct vdev_dump - where a dump stands
 * @filter: which endpoints it wants; NULL if all, or if it is not of endpoints
 * @next: the first that it has not seen
 * @snapshot: of what was read last; 0 before
 * @torn: not all that was read was of one snapshot
 */
struct vdev_dump {
	struct vdev_filter *filter;
	unsigned long next;
	u64 snapshot;
	bool torn;
};

/* The dump's own part of the callback's context, which is zeroed when it begins. */
static inline struct vdev_dump *vdev_nl_dump_of(struct netlink_callback *cb)
{
	BUILD_BUG_ON(sizeof(struct vdev_dump) > VDEV_FAMILY_CONTEXT);
	return (struct vdev_dump *)cb->ctx;
}

/* ops.c */
extern const struct vdev_family_tables vdev_nl_tables;

/* filter.c */
struct vdev_filter *vdev_filter_new(const struct nlattr *attr,
				    struct netlink_ext_ack *extack);
u32 vdev_filter_at_least(const struct vdev_filter *filter);
bool vdev_filter_match(const struct vdev_filter *filter,
		       const struct vdev_endpoint *endpoint,
		       const struct vdev_view *view);

/* dump.c */
void vdev_nl_dump_see(struct netlink_callback *cb, struct vdev_dump *dump,
		      u64 snapshot);
void *vdev_nl_dump_header(struct sk_buff *skb, struct netlink_callback *cb);
int vdev_nl_dump_grow(struct sk_buff *skb, size_t size);

/* generation.c */
int vdev_nl_generation_check(const struct nlattr *nest, struct nlattr **attrs,
			     int type, int instance_type,
			     struct netlink_ext_ack *extack);
int vdev_nl_expect_check(struct nlattr **attrs, u64 generation,
			 struct netlink_ext_ack *extack);

/* ops_get.c */
int vdev_nl_dev_get_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_dev_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vdev_nl_type_get_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_type_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vdev_nl_dev_get_start(struct netlink_callback *cb);
int vdev_nl_type_get_start(struct netlink_callback *cb);

/* ops_dev_stats.c */
int vdev_nl_dev_stats_get_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_dev_stats_get_start(struct netlink_callback *cb);
int vdev_nl_dev_stats_get_dumpit(struct sk_buff *skb,
				 struct netlink_callback *cb);

/* ops_check.c */
int vdev_nl_check_doit(struct sk_buff *skb, struct genl_info *info);

/* ops_find.c */
int vdev_nl_find_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_find_start(struct netlink_callback *cb);
int vdev_nl_find_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vdev_nl_find_done(struct netlink_callback *cb);

/* ops_profile.c */
int vdev_nl_profile_get_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_profile_get_start(struct netlink_callback *cb);
int vdev_nl_profile_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int vdev_nl_profile_set_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_profile_del_doit(struct sk_buff *skb, struct genl_info *info);

/* ops_provision.c */
int vdev_nl_dev_new_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_dev_set_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_dev_del_doit(struct sk_buff *skb, struct genl_info *info);
/* ops_ceiling.c */
int vdev_nl_type_set_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_ceiling_get_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_ceiling_get_start(struct netlink_callback *cb);
int vdev_nl_ceiling_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);

/* ops_stats.c */
int vdev_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info);

#endif /* _VDEV_NL_H */
