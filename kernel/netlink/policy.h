/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files with policies share.
 */
#ifndef _VDEV_NL_POLICY_H
#define _VDEV_NL_POLICY_H

#include <linux/vdev.h>
#include <net/netlink.h>

#include "compat.h"

#define VDEV_STRING_POLICY(max)	{ \
	.type = NLA_NUL_STRING, \
	.validation_type = NLA_VALIDATE_FUNCTION, \
	.len = (max), \
	.validate = vdev_nl_string_check, \
}

/* An attribute that is not part of the request. */
#define VDEV_REJECT_POLICY	{ \
	.type = NLA_REJECT, \
	.reject_message = "attribute is not part of this request", \
}

/* policy_string.c */
int vdev_nl_string_check(const struct nlattr *attr,
			 struct netlink_ext_ack *extack);

/* policy.c: the policy of each request */
extern const struct nla_policy vdev_nl_dev_get_policy[VDEV_A_MAX + 1];
extern const struct nla_policy vdev_nl_type_get_policy[VDEV_A_MAX + 1];
extern const struct nla_policy vdev_nl_check_policy[VDEV_A_MAX + 1];
extern const struct nla_policy vdev_nl_find_policy[VDEV_A_MAX + 1];
extern const struct nla_policy vdev_nl_dev_stats_get_policy[VDEV_A_MAX + 1];
extern const struct nla_policy vdev_nl_profile_get_policy[VDEV_A_PROFILE_MAX + 1];
extern const struct nla_policy vdev_nl_profile_set_policy[VDEV_A_PROFILE_MAX + 1];
extern const struct nla_policy vdev_nl_profile_del_policy[VDEV_A_PROFILE_MAX + 1];
extern const struct nla_policy vdev_nl_stats_get_policy[VDEV_A_STATS_MAX + 1];
extern const struct nla_policy vdev_nl_dev_new_policy[VDEV_A_MAX + 1];
extern const struct nla_policy vdev_nl_dev_set_policy[VDEV_A_MAX + 1];
extern const struct nla_policy vdev_nl_dev_del_policy[VDEV_A_MAX + 1];
extern const struct nla_policy vdev_nl_type_set_policy[VDEV_A_MAX + 1];
extern const struct nla_policy vdev_nl_ceiling_get_policy[VDEV_A_MAX + 1];

/* And of nests that are validated or walked by themselves. */
extern const struct nla_policy vdev_nl_filter_policy[VDEV_A_FILTER_MAX + 1];
extern const struct nla_policy vdev_nl_source_policy[VDEV_A_SOURCE_MAX + 1];

/**
 * struct vdev_nl_nest - an attribute of a source that is a nest
 * @policy: the policy of the set that it is in
 * @type: its number
 * @name: its name
 * @repeated: there can be several in the set
 */
struct vdev_nl_nest {
	const struct nla_policy *policy;
	int type;
	const char *name;
	bool repeated;
};

/* Only a nest can have something unknown in it. */
extern const struct vdev_nl_nest vdev_nl_nests[];
extern const unsigned int vdev_nl_num_nests;

/* relaxed.c */
int vdev_nl_relaxed_init(void);
void vdev_nl_relaxed_exit(void);
int vdev_nl_relaxed_validate(const struct nlattr *source,
			     struct netlink_ext_ack *extack);

#endif /* _VDEV_NL_POLICY_H */
