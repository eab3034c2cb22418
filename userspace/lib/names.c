// SPDX-License-Identifier: LGPL-2.1
/* The words of the specification for its numbers. */
#include <stddef.h>

#include <linux/vdev.h>
#include <vdev/names.h>

#include "internal.h"

#define BIT_OF(flag) ((unsigned int)__builtin_ctz(flag))

static const char *const rule_names[] = {
	[VDEV_RULE_EQUAL] = "equal",
	[VDEV_RULE_SUBSET] = "subset",
	[VDEV_RULE_AT_LEAST] = "at-least",
	[VDEV_RULE_AT_MOST] = "at-most",
	[VDEV_RULE_ONE_OF] = "one-of",
	[VDEV_RULE_RANGE] = "range",
	[VDEV_RULE_SEMVER] = "semver",
	[VDEV_RULE_IGNORE] = "ignore",
};

static const char *const kind_names[] = {
	[VDEV_KIND_U64] = "u64",
	[VDEV_KIND_STRING] = "string",
	[VDEV_KIND_BOOL] = "bool",
};

static const char *const origin_names[] = {
	[VDEV_ORIGIN_DEFAULT] = "default",
	[VDEV_ORIGIN_INHERITED] = "inherited",
	[VDEV_ORIGIN_PROVISIONED] = "provisioned",
};

static const char *const migration_names[] = {
	[VDEV_MIGRATION_UNDECLARED] = "undeclared",
	[VDEV_MIGRATION_UNSUPPORTED] = "unsupported",
	[VDEV_MIGRATION_SUPPORTED] = "supported",
};

static const char *const capacity_state_names[] = {
	[VDEV_CAPACITY_STATE_SUFFICIENT] = "sufficient",
	[VDEV_CAPACITY_STATE_BUSY] = "busy",
	[VDEV_CAPACITY_STATE_IMPOSSIBLE] = "impossible",
};

static const char *const version_flag_names[] = {
	[BIT_OF(VDEV_VERSION_FLAG_CREATE)] = "create",
	[BIT_OF(VDEV_VERSION_FLAG_ACCEPT)] = "accept",
	[BIT_OF(VDEV_VERSION_FLAG_DEFAULT)] = "default",
	[BIT_OF(VDEV_VERSION_FLAG_CURRENT)] = "current",
};

static const char *const param_flag_names[] = {
	[BIT_OF(VDEV_PARAM_FLAG_CONFIGURABLE)] = "configurable",
	[BIT_OF(VDEV_PARAM_FLAG_MANDATORY)] = "mandatory",
};

static const char *const ability_names[] = {
	[BIT_OF(VDEV_ABILITY_STOP_COPY)] = "stop-copy",
	[BIT_OF(VDEV_ABILITY_P2P)] = "p2p",
	[BIT_OF(VDEV_ABILITY_PRE_COPY)] = "pre-copy",
	[BIT_OF(VDEV_ABILITY_DIRTY_TRACKING)] = "dirty-tracking",
};

static const char *const blocker_flag_names[] = {
	[BIT_OF(VDEV_BLOCKER_FLAG_PERMANENT)] = "permanent",
};

static const char *look_up(const char *const *names, size_t num, size_t index)
{
	return index < num ? names[index] : NULL;
}

#define NAME_FUNCTION(what, type, arg) \
	VDEV_API const char *vdev_##what##_name(type arg) \
	{ \
		return look_up(what##_names, ARRAY_SIZE(what##_names), arg); \
	}

NAME_FUNCTION(rule, uint32_t, rule)
NAME_FUNCTION(kind, uint32_t, kind)
NAME_FUNCTION(origin, uint32_t, origin)
NAME_FUNCTION(migration, uint32_t, migration)
NAME_FUNCTION(capacity_state, uint32_t, state)
NAME_FUNCTION(version_flag, unsigned int, bit)
NAME_FUNCTION(param_flag, unsigned int, bit)
NAME_FUNCTION(ability, unsigned int, bit)
NAME_FUNCTION(blocker_flag, unsigned int, bit)
