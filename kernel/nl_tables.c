// SPDX-License-Identifier: GPL-2.0
/*
 * The tables of the family: policies, operations and groups, in the order of the
 * specification. The policy is the first validator of every request; an
 * attribute that is only ever told is refused by name.
 */
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "bounds.h"
#include "core.h"
#include "front.h"
#include "nl.h"
#include "nl_policy.h"
#include "notify.h"

const struct nla_policy vdev_nl_filter_policy[VDEV_A_FILTER_MAX + 1] = {
	[VDEV_A_FILTER_BUS] = VDEV_NAME_POLICY,
	[VDEV_A_FILTER_PARENT_BUS] = VDEV_NAME_POLICY,
	[VDEV_A_FILTER_PARENT] = VDEV_NAME_POLICY,
	[VDEV_A_FILTER_TYPE] = VDEV_STRING_POLICY,
	[VDEV_A_FILTER_MODEL] = VDEV_STRING_POLICY,
	[VDEV_A_FILTER_DEVICE_API] = VDEV_STRING_POLICY,
	[VDEV_A_FILTER_MIGRATABLE] = { .type = NLA_FLAG },
	[VDEV_A_FILTER_SINCE] = VDEV_COMPAT_POLICY_UINT,
	[VDEV_A_FILTER_INSTANCE] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_FILTER_ENDPOINT] =
		NLA_POLICY_RANGE(NLA_U32, VDEV_ENDPOINT_KIND_DEVICE,
				 VDEV_ENDPOINT_KIND_TYPE),
	[VDEV_A_FILTER_AT_LEAST] =
		NLA_POLICY_RANGE(NLA_U32, VDEV_VERDICT_IDENTICAL,
				 VDEV_VERDICT_NOT_MIGRATABLE),
};

/* What only a reply has, whatever was asked about endpoints. */
#define REPLY_ATTRIBUTES	\
	[VDEV_A_GENERATION] = VDEV_REJECT_POLICY, \
	[VDEV_A_SNAPSHOT] = VDEV_REJECT_POLICY, \
	[VDEV_A_PROVIDER] = VDEV_REJECT_POLICY, \
	[VDEV_A_DRIVER] = VDEV_REJECT_POLICY, \
	[VDEV_A_DRIVER_VERSION] = VDEV_REJECT_POLICY, \
	[VDEV_A_BOUND_DRIVER] = VDEV_REJECT_POLICY, \
	[VDEV_A_MIGRATION] = VDEV_REJECT_POLICY, \
	[VDEV_A_CAPABILITIES] = VDEV_REJECT_POLICY, \
	[VDEV_A_BLOCKER] = VDEV_REJECT_POLICY, \
	[VDEV_A_CAPACITY] = VDEV_REJECT_POLICY, \
	[VDEV_A_COST] = VDEV_REJECT_POLICY, \
	[VDEV_A_INFO] = VDEV_REJECT_POLICY, \
	[VDEV_A_RECORD] = VDEV_REJECT_POLICY, \
	[VDEV_A_ENDPOINT] = VDEV_REJECT_POLICY, \
	[VDEV_A_VERDICT] = VDEV_REJECT_POLICY, \
	[VDEV_A_FINDING] = VDEV_REJECT_POLICY, \
	[VDEV_A_RANK] = VDEV_REJECT_POLICY, \
	[VDEV_A_PROFILE] = VDEV_REJECT_POLICY, \
	[VDEV_A_CONFLICT] = VDEV_REJECT_POLICY, \
	[VDEV_A_AGE] = VDEV_REJECT_POLICY, \
	[VDEV_A_STALE] = VDEV_REJECT_POLICY, \
	[VDEV_A_TRUNCATED] = VDEV_REJECT_POLICY

static const struct nla_policy dev_get_policy[VDEV_A_MAX + 1] = {
	REPLY_ATTRIBUTES,
	[VDEV_A_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_INSTANCE] = VDEV_REJECT_POLICY,
	[VDEV_A_BUS] = VDEV_NAME_POLICY,
	[VDEV_A_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_PARENT_BUS] = VDEV_REJECT_POLICY,
	[VDEV_A_PARENT] = VDEV_REJECT_POLICY,
	[VDEV_A_FILTER] = NLA_POLICY_NESTED(vdev_nl_filter_policy),
	[VDEV_A_EXPECT] = VDEV_REJECT_POLICY,
	[VDEV_A_SOURCE] = VDEV_REJECT_POLICY,
	[VDEV_A_MAX_AGE] = { .type = NLA_U32 },
};

static const struct nla_policy type_get_policy[VDEV_A_MAX + 1] = {
	REPLY_ATTRIBUTES,
	[VDEV_A_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_INSTANCE] = VDEV_REJECT_POLICY,
	[VDEV_A_BUS] = VDEV_REJECT_POLICY,
	[VDEV_A_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_PARENT_BUS] = VDEV_NAME_POLICY,
	[VDEV_A_PARENT] = VDEV_NAME_POLICY,
	[VDEV_A_FILTER] = NLA_POLICY_NESTED(vdev_nl_filter_policy),
	[VDEV_A_EXPECT] = VDEV_REJECT_POLICY,
	[VDEV_A_SOURCE] = VDEV_REJECT_POLICY,
	[VDEV_A_MAX_AGE] = { .type = NLA_U32 },
};

static const struct nla_policy check_policy[VDEV_A_MAX + 1] = {
	REPLY_ATTRIBUTES,
	[VDEV_A_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_INSTANCE] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_BUS] = VDEV_NAME_POLICY,
	[VDEV_A_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_PARENT_BUS] = VDEV_NAME_POLICY,
	[VDEV_A_PARENT] = VDEV_NAME_POLICY,
	[VDEV_A_FILTER] = VDEV_REJECT_POLICY,
	[VDEV_A_EXPECT] = VDEV_COMPAT_POLICY_UINT,
	[VDEV_A_SOURCE] = NLA_POLICY_NESTED(vdev_nl_source_policy),
	[VDEV_A_MAX_AGE] = { .type = NLA_U32 },
};

static const struct nla_policy find_policy[VDEV_A_MAX + 1] = {
	REPLY_ATTRIBUTES,
	[VDEV_A_ID] = VDEV_REJECT_POLICY,
	[VDEV_A_INSTANCE] = VDEV_REJECT_POLICY,
	[VDEV_A_BUS] = VDEV_REJECT_POLICY,
	[VDEV_A_NAME] = VDEV_REJECT_POLICY,
	[VDEV_A_PARENT_BUS] = VDEV_REJECT_POLICY,
	[VDEV_A_PARENT] = VDEV_REJECT_POLICY,
	[VDEV_A_FILTER] = NLA_POLICY_NESTED(vdev_nl_filter_policy),
	[VDEV_A_EXPECT] = VDEV_REJECT_POLICY,
	[VDEV_A_SOURCE] = NLA_POLICY_NESTED(vdev_nl_source_policy),
	[VDEV_A_MAX_AGE] = { .type = NLA_U32 },
};

static const struct nla_policy profile_name_policy[VDEV_A_PROFILE_MAX + 1] = {
	[VDEV_A_PROFILE_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_PROFILE_INSTANCE] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_GENERATION] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_SNAPSHOT] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_BUS] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_DRIVER] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_TYPE] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_MIGRATION] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_CAPABILITIES] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_COST] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_RECORD] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_REPLACE] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_CHANGED] = VDEV_REJECT_POLICY,
};

static const struct nla_policy profile_set_policy[VDEV_A_PROFILE_MAX + 1] = {
	[VDEV_A_PROFILE_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_PROFILE_INSTANCE] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_GENERATION] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_SNAPSHOT] = VDEV_REJECT_POLICY,
	[VDEV_A_PROFILE_BUS] = VDEV_NAME_POLICY,
	[VDEV_A_PROFILE_DRIVER] = VDEV_STRING_POLICY,
	[VDEV_A_PROFILE_TYPE] = VDEV_STRING_POLICY,
	[VDEV_A_PROFILE_MIGRATION] =
		NLA_POLICY_RANGE(NLA_U32, VDEV_MIGRATION_UNSUPPORTED,
				 VDEV_MIGRATION_SUPPORTED),
	[VDEV_A_PROFILE_CAPABILITIES] =
		NLA_POLICY_MASK(NLA_U32, VDEV_CAPABILITIES),
	[VDEV_A_PROFILE_COST] = NLA_POLICY_NESTED(vdev_nl_cost_policy),
	[VDEV_A_PROFILE_RECORD] = NLA_POLICY_NESTED(vdev_nl_record_policy),
	[VDEV_A_PROFILE_REPLACE] = { .type = NLA_FLAG },
	[VDEV_A_PROFILE_CHANGED] = VDEV_REJECT_POLICY,
};

static const struct nla_policy stats_policy[VDEV_A_STATS_MAX + 1] = {
	[VDEV_A_STATS_INSTANCE] = VDEV_REJECT_POLICY,
	[VDEV_A_STATS_GENERATION] = VDEV_REJECT_POLICY,
	[VDEV_A_STATS_VERDICTS] = VDEV_REJECT_POLICY,
	[VDEV_A_STATS_EVENTS] = VDEV_REJECT_POLICY,
	[VDEV_A_STATS_EVENTS_LOST] = VDEV_REJECT_POLICY,
	[VDEV_A_STATS_PROVIDER] = VDEV_REJECT_POLICY,
};

/* A plain table: the same on every supported kernel, split ops are not. */
static const struct genl_ops vdev_nl_ops[] = {
	{
		.cmd = VDEV_CMD_DEV_GET,
		.doit = vdev_nl_dev_get_doit,
		.start = vdev_front_start,
		.dumpit = vdev_front_dumpit,
		.done = vdev_front_done,
		.policy = dev_get_policy,
		.maxattr = ARRAY_SIZE(dev_get_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_TYPE_GET,
		.doit = vdev_nl_type_get_doit,
		.start = vdev_front_start,
		.dumpit = vdev_front_dumpit,
		.done = vdev_front_done,
		.policy = type_get_policy,
		.maxattr = ARRAY_SIZE(type_get_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_CHECK,
		.doit = vdev_nl_check_doit,
		.policy = check_policy,
		.maxattr = ARRAY_SIZE(check_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_FIND,
		.doit = vdev_nl_find_doit,
		.start = vdev_front_start,
		.dumpit = vdev_front_dumpit,
		.done = vdev_front_done,
		.policy = find_policy,
		.maxattr = ARRAY_SIZE(find_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_PROFILE_GET,
		.doit = vdev_nl_profile_get_doit,
		.start = vdev_front_start,
		.dumpit = vdev_front_dumpit,
		.done = vdev_front_done,
		.policy = profile_name_policy,
		.maxattr = ARRAY_SIZE(profile_name_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_PROFILE_SET,
		.flags = GENL_ADMIN_PERM,
		.doit = vdev_nl_profile_set_doit,
		.policy = profile_set_policy,
		.maxattr = ARRAY_SIZE(profile_set_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_PROFILE_DEL,
		.flags = GENL_ADMIN_PERM,
		.doit = vdev_nl_profile_del_doit,
		.policy = profile_name_policy,
		.maxattr = ARRAY_SIZE(profile_name_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_STATS_GET,
		.doit = vdev_nl_stats_get_doit,
		.policy = stats_policy,
		.maxattr = ARRAY_SIZE(stats_policy) - 1,
	},
};

static const struct vdev_front_dump vdev_nl_dumps[] = {
	{
		.cmd = VDEV_CMD_DEV_GET,
		.start = vdev_nl_dev_get_start,
		.dumpit = vdev_nl_dev_get_dumpit,
		.done = vdev_nl_get_done,
	},
	{
		.cmd = VDEV_CMD_TYPE_GET,
		.start = vdev_nl_type_get_start,
		.dumpit = vdev_nl_type_get_dumpit,
		.done = vdev_nl_get_done,
	},
	{
		.cmd = VDEV_CMD_FIND,
		.start = vdev_nl_find_start,
		.dumpit = vdev_nl_find_dumpit,
		.done = vdev_nl_find_done,
	},
	{
		.cmd = VDEV_CMD_PROFILE_GET,
		.start = vdev_nl_profile_get_start,
		.dumpit = vdev_nl_profile_get_dumpit,
	},
};

static const struct genl_multicast_group vdev_nl_groups[] = {
	[VDEV_NL_MONITOR] = { .name = VDEV_MCGRP_MONITOR },
};

const struct vdev_front vdev_nl_front = {
	.ops = vdev_nl_ops,
	.num_ops = ARRAY_SIZE(vdev_nl_ops),
	.dumps = vdev_nl_dumps,
	.num_dumps = ARRAY_SIZE(vdev_nl_dumps),
	.groups = vdev_nl_groups,
	.num_groups = ARRAY_SIZE(vdev_nl_groups),
};
