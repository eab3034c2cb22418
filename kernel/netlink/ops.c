// SPDX-License-Identifier: GPL-2.0
/*
 * The tables of the family: operations and groups, in the order of the
 * specification.
 */
#include <linux/module.h>
#include <net/genetlink.h>

#include "family.h"
#include "netlink.h"
#include "notify.h"
#include "policy.h"
#include "walk.h"

/* A plain table: the same on every supported kernel, split ops are not. */
static const struct genl_ops vdev_nl_ops[] = {
	{
		.cmd = VDEV_CMD_DEV_GET,
		.doit = vdev_nl_dev_get_doit,
		.start = vdev_family_start,
		.dumpit = vdev_family_dumpit,
		.done = vdev_family_done,
		.policy = vdev_nl_dev_get_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_dev_get_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_TYPE_GET,
		.doit = vdev_nl_type_get_doit,
		.start = vdev_family_start,
		.dumpit = vdev_family_dumpit,
		.done = vdev_family_done,
		.policy = vdev_nl_type_get_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_type_get_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_CHECK,
		.doit = vdev_nl_check_doit,
		.policy = vdev_nl_check_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_check_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_FIND,
		.doit = vdev_nl_find_doit,
		.start = vdev_family_start,
		.dumpit = vdev_family_dumpit,
		.done = vdev_family_done,
		.policy = vdev_nl_find_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_find_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_PROFILE_GET,
		.doit = vdev_nl_profile_get_doit,
		.start = vdev_family_start,
		.dumpit = vdev_family_dumpit,
		.done = vdev_family_done,
		.policy = vdev_nl_profile_get_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_profile_get_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_PROFILE_SET,
		.flags = GENL_ADMIN_PERM,
		.doit = vdev_nl_profile_set_doit,
		.policy = vdev_nl_profile_set_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_profile_set_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_PROFILE_DEL,
		.flags = GENL_ADMIN_PERM,
		.doit = vdev_nl_profile_del_doit,
		.policy = vdev_nl_profile_del_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_profile_del_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_STATS_GET,
		.doit = vdev_nl_stats_get_doit,
		.policy = vdev_nl_stats_get_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_stats_get_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_DEV_NEW,
		.flags = GENL_ADMIN_PERM,
		.doit = vdev_nl_dev_new_doit,
		.policy = vdev_nl_dev_new_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_dev_new_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_DEV_SET,
		.flags = GENL_ADMIN_PERM,
		.doit = vdev_nl_dev_set_doit,
		.policy = vdev_nl_dev_set_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_dev_set_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_DEV_DEL,
		.flags = GENL_ADMIN_PERM,
		.doit = vdev_nl_dev_del_doit,
		.policy = vdev_nl_dev_del_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_dev_del_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_TYPE_SET,
		.flags = GENL_ADMIN_PERM,
		.doit = vdev_nl_type_set_doit,
		.policy = vdev_nl_type_set_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_type_set_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_CEILING_GET,
		.doit = vdev_nl_ceiling_get_doit,
		.start = vdev_family_start,
		.dumpit = vdev_family_dumpit,
		.done = vdev_family_done,
		.policy = vdev_nl_ceiling_get_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_ceiling_get_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_DEV_STATS_GET,
		.doit = vdev_nl_dev_stats_get_doit,
		.start = vdev_family_start,
		.dumpit = vdev_family_dumpit,
		.done = vdev_family_done,
		.policy = vdev_nl_dev_stats_get_policy,
		.maxattr = ARRAY_SIZE(vdev_nl_dev_stats_get_policy) - 1,
	},
};

static const struct vdev_family_dump vdev_nl_dumps[] = {
	{
		.cmd = VDEV_CMD_DEV_GET,
		.start = vdev_nl_dev_get_start,
		.dumpit = vdev_nl_dev_get_dumpit,
		.done = vdev_nl_walk_done,
	},
	{
		.cmd = VDEV_CMD_TYPE_GET,
		.start = vdev_nl_type_get_start,
		.dumpit = vdev_nl_type_get_dumpit,
		.done = vdev_nl_walk_done,
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
	{
		.cmd = VDEV_CMD_CEILING_GET,
		.start = vdev_nl_ceiling_get_start,
		.dumpit = vdev_nl_ceiling_get_dumpit,
	},
	{
		.cmd = VDEV_CMD_DEV_STATS_GET,
		.start = vdev_nl_dev_stats_get_start,
		.dumpit = vdev_nl_dev_stats_get_dumpit,
		.done = vdev_nl_walk_done,
	},
};

static const struct genl_multicast_group vdev_nl_groups[] = {
	[VDEV_NL_MONITOR] = { .name = VDEV_MCGRP_MONITOR },
};

const struct vdev_family_tables vdev_nl_tables = {
	.ops = vdev_nl_ops,
	.num_ops = ARRAY_SIZE(vdev_nl_ops),
	.dumps = vdev_nl_dumps,
	.num_dumps = ARRAY_SIZE(vdev_nl_dumps),
	.groups = vdev_nl_groups,
	.num_groups = ARRAY_SIZE(vdev_nl_groups),
};
