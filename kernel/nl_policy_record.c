// SPDX-License-Identifier: GPL-2.0
/*
 * The policies of what travels between hosts: a source with its record and all
 * that is nested in it, innermost first.
 */
#include <linux/string.h>

#include "nl_policy.h"

#define RULE_POLICY	\
	NLA_POLICY_RANGE(NLA_U32, VDEV_RULE_EQUAL, VDEV_RULE_IGNORE)
#define BITMAP_POLICY	{ .type = NLA_BINARY, .len = VDEV_FEATURE_BYTES }

#define VERSION_FLAGS	(VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT | \
			 VDEV_VERSION_FLAG_DEFAULT | VDEV_VERSION_FLAG_CURRENT)
#define PARAM_FLAGS	(VDEV_PARAM_FLAG_CONFIGURABLE | \
			 VDEV_PARAM_FLAG_MANDATORY)

/**
 * vdev_nl_string_check() - part of a policy: nothing is behind a string
 * @attr: the string, which ends in NUL
 * @extack: where an error is told
 *
 * A profile is told as it was set, in the bytes of the request.
 *
 * Return: 0 or -EINVAL.
 */
int vdev_nl_string_check(const struct nlattr *attr,
			 struct netlink_ext_ack *extack)
{
	if (strlen(nla_data(attr)) + 1 == nla_len(attr))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "string ends before its attribute");
	return -EINVAL;
}

static const struct nla_policy ident_policy[VDEV_A_IDENT_MAX + 1] = {
	[VDEV_A_IDENT_VALUE] = VDEV_STRING_POLICY,
	[VDEV_A_IDENT_RULE] = RULE_POLICY,
	[VDEV_A_IDENT_ACCEPT] = VDEV_STRING_POLICY,
};

static const struct nla_policy semver_policy[VDEV_A_SEMVER_MAX + 1] = {
	[VDEV_A_SEMVER_MAJOR] = { .type = NLA_U32 },
	[VDEV_A_SEMVER_MINOR] = { .type = NLA_U32 },
	[VDEV_A_SEMVER_BUGFIX] = { .type = NLA_U32 },
};

static const struct nla_policy
semver_range_policy[VDEV_A_SEMVER_RANGE_MAX + 1] = {
	[VDEV_A_SEMVER_RANGE_FROM] = NLA_POLICY_NESTED(semver_policy),
	[VDEV_A_SEMVER_RANGE_TO] = NLA_POLICY_NESTED(semver_policy),
};

static const struct nla_policy
software_version_policy[VDEV_A_SOFTWARE_VERSION_MAX + 1] = {
	[VDEV_A_SOFTWARE_VERSION_VALUE] = NLA_POLICY_NESTED(semver_policy),
	[VDEV_A_SOFTWARE_VERSION_RULE] = RULE_POLICY,
	[VDEV_A_SOFTWARE_VERSION_ACCEPT] =
		NLA_POLICY_NESTED(semver_range_policy),
};

static const struct nla_policy version_policy[VDEV_A_VERSION_MAX + 1] = {
	[VDEV_A_VERSION_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_VERSION_FLAGS] = NLA_POLICY_MASK(NLA_U32, VERSION_FLAGS),
};

static const struct nla_policy versions_policy[VDEV_A_VERSIONS_MAX + 1] = {
	[VDEV_A_VERSIONS_RULE] = RULE_POLICY,
	[VDEV_A_VERSIONS_ENTRY] = NLA_POLICY_NESTED(version_policy),
};

static const struct nla_policy feature_policy[VDEV_A_FEATURE_MAX + 1] = {
	[VDEV_A_FEATURE_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_FEATURE_RULE] = RULE_POLICY,
	[VDEV_A_FEATURE_SUPPORTED] = BITMAP_POLICY,
	[VDEV_A_FEATURE_PROVISIONED] = BITMAP_POLICY,
	[VDEV_A_FEATURE_REQUIRED] = BITMAP_POLICY,
	[VDEV_A_FEATURE_NEGOTIATED] = BITMAP_POLICY,
};

static const struct nla_policy value_policy[VDEV_A_VALUE_MAX + 1] = {
	[VDEV_A_VALUE_U64] = VDEV_COMPAT_POLICY_UINT,
	[VDEV_A_VALUE_STRING] = VDEV_STRING_POLICY,
	[VDEV_A_VALUE_BOOL] = NLA_POLICY_MAX(NLA_U32, 1),
};

static const struct nla_policy allowed_policy[VDEV_A_ALLOWED_MAX + 1] = {
	[VDEV_A_ALLOWED_LOW] = VDEV_COMPAT_POLICY_UINT,
	[VDEV_A_ALLOWED_HIGH] = VDEV_COMPAT_POLICY_UINT,
	[VDEV_A_ALLOWED_STRING] = VDEV_STRING_POLICY,
};

static const struct nla_policy param_policy[VDEV_A_PARAM_MAX + 1] = {
	[VDEV_A_PARAM_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_PARAM_VALUE_TYPE] =
		NLA_POLICY_RANGE(NLA_U32, VDEV_VALUE_TYPE_U64, VDEV_VALUE_TYPE_BOOL),
	[VDEV_A_PARAM_RULE] = RULE_POLICY,
	[VDEV_A_PARAM_FLAGS] = NLA_POLICY_MASK(NLA_U32, PARAM_FLAGS),
	[VDEV_A_PARAM_ORIGIN] = NLA_POLICY_RANGE(NLA_U32, VDEV_ORIGIN_DEFAULT,
						 VDEV_ORIGIN_PROFILE),
	[VDEV_A_PARAM_VALUE] = NLA_POLICY_NESTED(value_policy),
	[VDEV_A_PARAM_OFF_VALUE] = NLA_POLICY_NESTED(value_policy),
	[VDEV_A_PARAM_ALLOWED] = NLA_POLICY_NESTED(allowed_policy),
};

static const struct nla_policy
aggregation_policy[VDEV_A_AGGREGATION_MAX + 1] = {
	[VDEV_A_AGGREGATION_BASE] = VDEV_NAME_POLICY,
	[VDEV_A_AGGREGATION_UNITS] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_AGGREGATION_COUNT] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_AGGREGATION_LIMIT] = { .type = NLA_U32 },
	[VDEV_A_AGGREGATION_TOTAL] = VDEV_COMPAT_POLICY_UINT,
	[VDEV_A_AGGREGATION_RULE] = RULE_POLICY,
	[VDEV_A_AGGREGATION_RESPLIT] = { .type = NLA_FLAG },
};

const struct nla_policy vdev_nl_record_policy[VDEV_A_RECORD_MAX + 1] = {
	[VDEV_A_RECORD_DEVICE_API] = NLA_POLICY_NESTED(ident_policy),
	[VDEV_A_RECORD_MODEL] = NLA_POLICY_NESTED(ident_policy),
	[VDEV_A_RECORD_TYPE] = NLA_POLICY_NESTED(ident_policy),
	[VDEV_A_RECORD_SOFTWARE_VERSION] =
		NLA_POLICY_NESTED(software_version_policy),
	[VDEV_A_RECORD_VERSIONS] = NLA_POLICY_NESTED(versions_policy),
	[VDEV_A_RECORD_FEATURE] = NLA_POLICY_NESTED(feature_policy),
	[VDEV_A_RECORD_PARAM] = NLA_POLICY_NESTED(param_policy),
	[VDEV_A_RECORD_AGGREGATION] = NLA_POLICY_NESTED(aggregation_policy),
};

const struct nla_policy vdev_nl_cost_policy[VDEV_A_COST_MAX + 1] = {
	[VDEV_A_COST_STATE_SIZE] = VDEV_COMPAT_POLICY_UINT,
	[VDEV_A_COST_PRECOPY_SIZE] = VDEV_COMPAT_POLICY_UINT,
	[VDEV_A_COST_DOWNTIME] = VDEV_COMPAT_POLICY_UINT,
};

static const struct nla_policy blocker_policy[VDEV_A_BLOCKER_MAX + 1] = {
	[VDEV_A_BLOCKER_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_BLOCKER_REASON] = VDEV_STRING_POLICY,
	[VDEV_A_BLOCKER_FLAGS] =
		NLA_POLICY_MASK(NLA_U32, VDEV_BLOCKER_FLAG_PERMANENT),
};

const struct nla_policy vdev_nl_source_policy[VDEV_A_SOURCE_MAX + 1] = {
	[VDEV_A_SOURCE_ID] = NLA_POLICY_MIN(NLA_U32, 1),
	[VDEV_A_SOURCE_BUS] = VDEV_NAME_POLICY,
	[VDEV_A_SOURCE_NAME] = VDEV_NAME_POLICY,
	[VDEV_A_SOURCE_PARENT_BUS] = VDEV_NAME_POLICY,
	[VDEV_A_SOURCE_PARENT] = VDEV_NAME_POLICY,
	[VDEV_A_SOURCE_MIGRATION] =
		NLA_POLICY_RANGE(NLA_U32, VDEV_MIGRATION_UNDECLARED,
				 VDEV_MIGRATION_SUPPORTED),
	[VDEV_A_SOURCE_BLOCKER] = NLA_POLICY_NESTED(blocker_policy),
	[VDEV_A_SOURCE_RECORD] = NLA_POLICY_NESTED(vdev_nl_record_policy),
};
