// SPDX-License-Identifier: GPL-2.0
/*
 * The words of the specification for what is reported as numbers and flags; those that
 * only a profile reports are among them, since commands may say anything.
 * scripts/generate.py writes this file from the specification.
 */
#include <linux/log2.h>
#include <linux/vdev.h>

#include "names.h"

const char *const sim_rule_names[] = {
	[0] = "unset",
	[VDEV_RULE_EQUAL] = "equal",
	[VDEV_RULE_SUBSET] = "subset",
	[VDEV_RULE_AT_LEAST] = "at-least",
	[VDEV_RULE_AT_MOST] = "at-most",
	[VDEV_RULE_ONE_OF] = "one-of",
	[VDEV_RULE_RANGE] = "range",
	[VDEV_RULE_SEMVER] = "semver",
	[VDEV_RULE_IGNORE] = "ignore",
	NULL
};

const char *const sim_value_type_names[] = {
	[0] = "unset",
	[VDEV_VALUE_TYPE_U64] = "u64",
	[VDEV_VALUE_TYPE_STRING] = "string",
	[VDEV_VALUE_TYPE_BOOL] = "bool",
	NULL
};

const char *const sim_origin_names[] = {
	[0] = "unset",
	[VDEV_ORIGIN_DEFAULT] = "default",
	[VDEV_ORIGIN_INHERITED] = "inherited",
	[VDEV_ORIGIN_PROVISIONED] = "provisioned",
	[VDEV_ORIGIN_PROFILE] = "profile",
	NULL
};

const char *const sim_migration_names[] = {
	[0] = "unset",
	[VDEV_MIGRATION_UNDECLARED] = "undeclared",
	[VDEV_MIGRATION_UNSUPPORTED] = "unsupported",
	[VDEV_MIGRATION_SUPPORTED] = "supported",
	NULL
};

const char *const sim_capacity_state_names[] = {
	[0] = "unset",
	[VDEV_CAPACITY_STATE_SUFFICIENT] = "sufficient",
	[VDEV_CAPACITY_STATE_BUSY] = "busy",
	[VDEV_CAPACITY_STATE_IMPOSSIBLE] = "impossible",
	NULL
};

const char *const sim_version_flag_names[] = {
	[const_ilog2(VDEV_VERSION_FLAG_CREATE)] = "create",
	[const_ilog2(VDEV_VERSION_FLAG_ACCEPT)] = "accept",
	[const_ilog2(VDEV_VERSION_FLAG_DEFAULT)] = "default",
	[const_ilog2(VDEV_VERSION_FLAG_CURRENT)] = "current",
	NULL
};

const char *const sim_param_flag_names[] = {
	[const_ilog2(VDEV_PARAM_FLAG_CONFIGURABLE)] = "configurable",
	[const_ilog2(VDEV_PARAM_FLAG_MANDATORY)] = "mandatory",
	NULL
};

const char *const sim_operation_names[] = {
	[const_ilog2(VDEV_OPERATION_CREATE)] = "create",
	[const_ilog2(VDEV_OPERATION_CONFIGURE)] = "configure",
	[const_ilog2(VDEV_OPERATION_REMOVE)] = "remove",
	NULL
};

const char *const sim_capability_names[] = {
	[const_ilog2(VDEV_CAPABILITY_STOP_COPY)] = "stop-copy",
	[const_ilog2(VDEV_CAPABILITY_P2P)] = "p2p",
	[const_ilog2(VDEV_CAPABILITY_PRE_COPY)] = "pre-copy",
	[const_ilog2(VDEV_CAPABILITY_DIRTY_TRACKING)] = "dirty-tracking",
	[const_ilog2(VDEV_CAPABILITY_IOMMU_DIRTY_TRACKING)] = "iommu-dirty-tracking",
	NULL
};

const char *const sim_blocker_flag_names[] = {
	[const_ilog2(VDEV_BLOCKER_FLAG_PERMANENT)] = "permanent",
	NULL
};
