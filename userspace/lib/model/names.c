// SPDX-License-Identifier: LGPL-2.1
/*
 * The words of the specification for its numbers. scripts/generate.py writes this
 * file from the specification.
 */
#include <stddef.h>
#include <string.h>

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

static const char *const value_type_names[] = {
	[VDEV_VALUE_TYPE_U64] = "u64",
	[VDEV_VALUE_TYPE_STRING] = "string",
	[VDEV_VALUE_TYPE_BOOL] = "bool",
};

static const char *const origin_names[] = {
	[VDEV_ORIGIN_DEFAULT] = "default",
	[VDEV_ORIGIN_INHERITED] = "inherited",
	[VDEV_ORIGIN_PROVISIONED] = "provisioned",
	[VDEV_ORIGIN_PROFILE] = "profile",
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

static const char *const operation_names[] = {
	[BIT_OF(VDEV_OPERATION_CREATE)] = "create",
	[BIT_OF(VDEV_OPERATION_CONFIGURE)] = "configure",
	[BIT_OF(VDEV_OPERATION_REMOVE)] = "remove",
};

static const char *const capability_names[] = {
	[BIT_OF(VDEV_CAPABILITY_STOP_COPY)] = "stop-copy",
	[BIT_OF(VDEV_CAPABILITY_P2P)] = "p2p",
	[BIT_OF(VDEV_CAPABILITY_PRE_COPY)] = "pre-copy",
	[BIT_OF(VDEV_CAPABILITY_DIRTY_TRACKING)] = "dirty-tracking",
	[BIT_OF(VDEV_CAPABILITY_IOMMU_DIRTY_TRACKING)] = "iommu-dirty-tracking",
};

static const char *const blocker_flag_names[] = {
	[BIT_OF(VDEV_BLOCKER_FLAG_PERMANENT)] = "permanent",
};

static const char *const endpoint_kind_names[] = {
	[VDEV_ENDPOINT_KIND_DEVICE] = "device",
	[VDEV_ENDPOINT_KIND_TYPE] = "type",
};

static const char *const verdict_names[] = {
	[VDEV_VERDICT_IDENTICAL] = "identical",
	[VDEV_VERDICT_COMPATIBLE] = "compatible",
	[VDEV_VERDICT_UNDECLARED] = "undeclared",
	[VDEV_VERDICT_INCOMPATIBLE] = "incompatible",
	[VDEV_VERDICT_NOT_MIGRATABLE] = "not-migratable",
};

static const char *const field_names[] = {
	[VDEV_FIELD_MIGRATION] = "migration",
	[VDEV_FIELD_BLOCKER] = "blocker",
	[VDEV_FIELD_DEVICE_API] = "device-api",
	[VDEV_FIELD_MODEL] = "model",
	[VDEV_FIELD_TYPE] = "type",
	[VDEV_FIELD_SOFTWARE_VERSION] = "software-version",
	[VDEV_FIELD_VERSION] = "version",
	[VDEV_FIELD_FEATURE] = "feature",
	[VDEV_FIELD_PARAM] = "param",
	[VDEV_FIELD_AGGREGATION] = "aggregation",
	[VDEV_FIELD_CAPACITY] = "capacity",
	[VDEV_FIELD_UNKNOWN] = "unknown",
	[VDEV_FIELD_VETO] = "veto",
};

static const char *const result_names[] = {
	[VDEV_RESULT_OK] = "ok",
	[VDEV_RESULT_FAIL] = "fail",
	[VDEV_RESULT_SKIPPED] = "skipped",
	[VDEV_RESULT_NOTE] = "note",
};

static const char *const code_names[] = {
	[VDEV_CODE_SAME] = "same",
	[VDEV_CODE_ACCEPTED] = "accepted",
	[VDEV_CODE_IGNORED] = "ignored",
	[VDEV_CODE_NOT_IN_EFFECT] = "not-in-effect",
	[VDEV_CODE_OTHER_MODEL] = "other-model",
	[VDEV_CODE_NOT_REPORTED] = "not-reported",
	[VDEV_CODE_MISSING] = "missing",
	[VDEV_CODE_SOURCE_UNDECLARED] = "source-undeclared",
	[VDEV_CODE_TARGET_UNDECLARED] = "target-undeclared",
	[VDEV_CODE_SOURCE_UNSUPPORTED] = "source-unsupported",
	[VDEV_CODE_TARGET_UNSUPPORTED] = "target-unsupported",
	[VDEV_CODE_SOURCE_BLOCKED] = "source-blocked",
	[VDEV_CODE_TARGET_BLOCKED] = "target-blocked",
	[VDEV_CODE_DEVICE_API] = "device-api",
	[VDEV_CODE_MODEL] = "model",
	[VDEV_CODE_TYPE] = "type",
	[VDEV_CODE_VERSION_DIFFERS] = "version-differs",
	[VDEV_CODE_VERSION_MAJOR] = "version-major",
	[VDEV_CODE_VERSION_MINOR] = "version-minor",
	[VDEV_CODE_VERSION_RANGE] = "version-range",
	[VDEV_CODE_VERSION_NOT_ACCEPTED] = "version-not-accepted",
	[VDEV_CODE_FEATURE_MISSING] = "feature-missing",
	[VDEV_CODE_FEATURE_REQUIRED] = "feature-required",
	[VDEV_CODE_FEATURE_DIFFERS] = "feature-differs",
	[VDEV_CODE_VALUE_TYPE_DIFFERS] = "value-type-differs",
	[VDEV_CODE_VALUE_DIFFERS] = "value-differs",
	[VDEV_CODE_VALUE_NOT_ALLOWED] = "value-not-allowed",
	[VDEV_CODE_TOO_SMALL] = "too-small",
	[VDEV_CODE_TOO_LARGE] = "too-large",
	[VDEV_CODE_PARAM_UNKNOWN] = "param-unknown",
	[VDEV_CODE_AGGREGATION_BASE] = "aggregation-base",
	[VDEV_CODE_AGGREGATION_TOTAL] = "aggregation-total",
	[VDEV_CODE_AGGREGATION_SPLIT] = "aggregation-split",
	[VDEV_CODE_AGGREGATION_LIMIT] = "aggregation-limit",
	[VDEV_CODE_RESOURCE_IMPOSSIBLE] = "resource-impossible",
	[VDEV_CODE_SOURCE_UNKNOWN] = "source-unknown",
	[VDEV_CODE_TARGET_UNKNOWN] = "target-unknown",
	[VDEV_CODE_DRIVER_VETO] = "driver-veto",
	[VDEV_CODE_NO_DIRTY_TRACKING] = "no-dirty-tracking",
};

static const char *look_up(const char *const *names, size_t num, size_t index)
{
	return index < num ? names[index] : NULL;
}

/* Where the name is, or behind all. */
static size_t find(const char *const *names, size_t num, const char *name)
{
	size_t i;

	for (i = 0; i < num; i++)
		if (names[i] && name && strcmp(names[i], name) == 0)
			break;
	return i;
}

#define NUMBER_FUNCTIONS(what) \
	VDEV_API const char *vdev_##what##_name(uint32_t number) \
	{ \
		return look_up(what##_names, ARRAY_SIZE(what##_names), number); \
	} \
	VDEV_API uint32_t vdev_##what##_from_name(const char *name) \
	{ \
		size_t number = find(what##_names, ARRAY_SIZE(what##_names), name); \
		return number < ARRAY_SIZE(what##_names) ? (uint32_t)number : 0; \
	}

#define FLAG_FUNCTIONS(what) \
	VDEV_API const char *vdev_##what##_name(unsigned int bit) \
	{ \
		return look_up(what##_names, ARRAY_SIZE(what##_names), bit); \
	} \
	VDEV_API uint32_t vdev_##what##_from_name(const char *name) \
	{ \
		size_t bit = find(what##_names, ARRAY_SIZE(what##_names), name); \
		return bit < ARRAY_SIZE(what##_names) ? 1U << bit : 0; \
	}

NUMBER_FUNCTIONS(rule)
NUMBER_FUNCTIONS(value_type)
NUMBER_FUNCTIONS(origin)
NUMBER_FUNCTIONS(migration)
NUMBER_FUNCTIONS(capacity_state)
FLAG_FUNCTIONS(version_flag)
FLAG_FUNCTIONS(param_flag)
FLAG_FUNCTIONS(operation)
FLAG_FUNCTIONS(capability)
FLAG_FUNCTIONS(blocker_flag)
NUMBER_FUNCTIONS(endpoint_kind)
NUMBER_FUNCTIONS(verdict)
NUMBER_FUNCTIONS(field)
NUMBER_FUNCTIONS(result)
NUMBER_FUNCTIONS(code)
