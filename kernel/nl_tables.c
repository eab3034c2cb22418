// SPDX-License-Identifier: GPL-2.0
/*
 * The tables of the family: policies and operations, in the order of the
 * specification. The policy is the first validator of every request; an
 * attribute that is only ever told is refused by name.
 */
#include <linux/module.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "core.h"

#define NAME_POLICY	{ .type = NLA_NUL_STRING, .len = VDEV_NAME_LEN }
#define STRING_POLICY	{ .type = NLA_NUL_STRING, .len = VDEV_STRING_LEN }
#define TOLD_POLICY	{ \
	.type = NLA_REJECT, \
	.reject_message = "attribute is not part of this request", \
}

const struct nla_policy vdev_nl_filter_policy[VDEV_A_FILTER_MAX + 1] = {
	[VDEV_A_FILTER_BUS] = NAME_POLICY,
	[VDEV_A_FILTER_PARENT_BUS] = NAME_POLICY,
	[VDEV_A_FILTER_PARENT] = NAME_POLICY,
	[VDEV_A_FILTER_TYPE] = STRING_POLICY,
	[VDEV_A_FILTER_MODEL] = STRING_POLICY,
	[VDEV_A_FILTER_DEVICE_API] = STRING_POLICY,
	[VDEV_A_FILTER_MIGRATABLE] = { .type = NLA_FLAG },
	[VDEV_A_FILTER_PAD] = TOLD_POLICY,
	[VDEV_A_FILTER_SINCE] = { .type = NLA_U64 },
};

static const struct nla_policy dev_get_policy[VDEV_A_MAX + 1] = {
	[VDEV_A_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_GENERATION] = TOLD_POLICY,
	[VDEV_A_SNAPSHOT] = TOLD_POLICY,
	[VDEV_A_PAD] = TOLD_POLICY,
	[VDEV_A_BUS] = NAME_POLICY,
	[VDEV_A_NAME] = NAME_POLICY,
	[VDEV_A_PARENT_BUS] = TOLD_POLICY,
	[VDEV_A_PARENT] = TOLD_POLICY,
	[VDEV_A_PROVIDER] = TOLD_POLICY,
	[VDEV_A_DRIVER] = TOLD_POLICY,
	[VDEV_A_DRIVER_VERSION] = TOLD_POLICY,
	[VDEV_A_BOUND_DRIVER] = TOLD_POLICY,
	[VDEV_A_MIGRATION] = TOLD_POLICY,
	[VDEV_A_ABILITIES] = TOLD_POLICY,
	[VDEV_A_BLOCKER] = TOLD_POLICY,
	[VDEV_A_CAPACITY] = TOLD_POLICY,
	[VDEV_A_COST] = TOLD_POLICY,
	[VDEV_A_INFO] = TOLD_POLICY,
	[VDEV_A_RECORD] = TOLD_POLICY,
	[VDEV_A_FILTER] = NLA_POLICY_NESTED(vdev_nl_filter_policy),
};

static const struct nla_policy type_get_policy[VDEV_A_MAX + 1] = {
	[VDEV_A_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_GENERATION] = TOLD_POLICY,
	[VDEV_A_SNAPSHOT] = TOLD_POLICY,
	[VDEV_A_PAD] = TOLD_POLICY,
	[VDEV_A_BUS] = TOLD_POLICY,
	[VDEV_A_NAME] = NAME_POLICY,
	[VDEV_A_PARENT_BUS] = NAME_POLICY,
	[VDEV_A_PARENT] = NAME_POLICY,
	[VDEV_A_PROVIDER] = TOLD_POLICY,
	[VDEV_A_DRIVER] = TOLD_POLICY,
	[VDEV_A_DRIVER_VERSION] = TOLD_POLICY,
	[VDEV_A_BOUND_DRIVER] = TOLD_POLICY,
	[VDEV_A_MIGRATION] = TOLD_POLICY,
	[VDEV_A_ABILITIES] = TOLD_POLICY,
	[VDEV_A_BLOCKER] = TOLD_POLICY,
	[VDEV_A_CAPACITY] = TOLD_POLICY,
	[VDEV_A_COST] = TOLD_POLICY,
	[VDEV_A_INFO] = TOLD_POLICY,
	[VDEV_A_RECORD] = TOLD_POLICY,
	[VDEV_A_FILTER] = NLA_POLICY_NESTED(vdev_nl_filter_policy),
};

/* A plain table: the same on every supported kernel, split ops are not. */
static const struct genl_ops vdev_nl_ops[] = {
	{
		.cmd = VDEV_CMD_DEV_GET,
		.doit = vdev_nl_dev_get_doit,
		.start = vdev_nl_dump_start,
		.dumpit = vdev_nl_dev_get_dumpit,
		.done = vdev_nl_dump_done,
		.policy = dev_get_policy,
		.maxattr = ARRAY_SIZE(dev_get_policy) - 1,
	},
	{
		.cmd = VDEV_CMD_TYPE_GET,
		.doit = vdev_nl_type_get_doit,
		.start = vdev_nl_dump_start,
		.dumpit = vdev_nl_type_get_dumpit,
		.done = vdev_nl_dump_done,
		.policy = type_get_policy,
		.maxattr = ARRAY_SIZE(type_get_policy) - 1,
	},
};

/* Not netnsok: devices belong to the host, not to a network namespace. */
struct genl_family vdev_nl_family __ro_after_init = {
	.name = VDEV_FAMILY_NAME,
	.version = VDEV_FAMILY_VERSION,
	.ops = vdev_nl_ops,
	.n_ops = ARRAY_SIZE(vdev_nl_ops),
	.resv_start_op = VDEV_CMD_DEV_GET,
	.parallel_ops = true,
	.module = THIS_MODULE,
};
