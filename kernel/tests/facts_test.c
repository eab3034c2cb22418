// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the rules for the reported part of an endpoint.
 */
#include <linux/limits.h>

#include "codec/facts.h"
#include "tests.h"

struct facts_case {
	const char *label;
	struct vdev_facts facts;
	int err;
	const char *why;
};

static const struct vdev_blocker two_blockers[] = {
	{ "dma", "a device writes to memory", 0 },
	{ "hw", "no support", VDEV_BLOCKER_FLAG_PERMANENT },
};

static const struct vdev_blocker many_blockers[VDEV_BLOCKERS_MAX + 1];
static const struct vdev_info many_info[VDEV_INFO_MAX + 1];

static const struct facts_case facts_cases[] = {
	{ "nothing reported" },
	{ "everything reported", {
		.driver = "d", .driver_version = "1", .bound_driver = "b",
		.migration = VDEV_MIGRATION_SUPPORTED,
		.capabilities = VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_P2P |
			     VDEV_CAPABILITY_PRE_COPY | VDEV_CAPABILITY_DIRTY_TRACKING |
			     VDEV_CAPABILITY_IOMMU_DIRTY_TRACKING,
		.blockers = two_blockers,
		.num_blockers = ARRAY_SIZE(two_blockers),
		.capacity = { VDEV_CAPACITY_STATE_IMPOSSIBLE, 3, 3 },
		.cost = { S64_MAX, S64_MAX, S64_MAX } } },
	{ "driver", { .driver = "\n" }, -EINVAL,
	  "driver: string has control characters" },
	{ "driver empty", { .driver = "" }, -EINVAL, "driver: string is empty" },
	{ "driver-version", { .driver_version = "\n" }, -EINVAL,
	  "driver-version: string has control characters" },
	{ "bound-driver", { .bound_driver = "\n" }, -EINVAL,
	  "bound-driver: string has control characters" },
	{ "migration", { .migration = VDEV_MIGRATION_SUPPORTED + 1 }, -EINVAL,
	  "migration: 4 is not known" },
	{ "capabilities", { .capabilities = 0x20 }, -EINVAL,
	  "capabilities: flags 0x20 are not known" },
	{ "blockers too many", { .blockers = many_blockers,
				 .num_blockers = ARRAY_SIZE(many_blockers) },
	  -EMSGSIZE, "blockers: more than 16 entries" },
	{ "blockers missing", { .num_blockers = 1 }, -EINVAL,
	  "blockers: list is missing" },
	{ "blocker without name", { .blockers = many_blockers,
				    .num_blockers = 1 },
	  -EINVAL, "blocker: name is empty" },
	{ "blocker without reason",
	  { .blockers = (struct vdev_blocker[]){ { "a" } },
	    .num_blockers = 1 },
	  -EINVAL, "a: string is missing" },
	{ "blocker flags",
	  { .blockers = (struct vdev_blocker[]){ { "a", "r", 2 } },
	    .num_blockers = 1 },
	  -EINVAL, "a: flags 0x2 are not known" },
	{ "blocker twice",
	  { .blockers = (struct vdev_blocker[]){ { "a", "r" }, { "a", "s" } },
	    .num_blockers = 2 },
	  -EINVAL, "blocker a: duplicate" },
	{ "capacity state", { .capacity = { .state = 4 } }, -EINVAL,
	  "capacity: state 4 is not known" },
	{ "capacity without limit",
	  { .capacity = { VDEV_CAPACITY_STATE_SUFFICIENT, U32_MAX, 0 } } },
	{ "capacity above limit",
	  { .capacity = { VDEV_CAPACITY_STATE_SUFFICIENT, 4, 3 } }, -ERANGE,
	  "capacity: available is above the limit" },
	{ "state-size", { .cost = { .state_size = 1ULL << 63 } }, -ERANGE,
	  "state-size: number is above 2^63 - 1" },
	{ "precopy-size", { .cost = { .precopy_size = 1ULL << 63 } }, -ERANGE,
	  "precopy-size: number is above 2^63 - 1" },
	{ "downtime", { .cost = { .downtime = 1ULL << 63 } }, -ERANGE,
	  "downtime: number is above 2^63 - 1" },
	{ "info too many", { .info = many_info,
			     .num_info = ARRAY_SIZE(many_info) },
	  -EMSGSIZE, "info: more than 32 entries" },
	{ "info without name", { .info = many_info, .num_info = 1 }, -EINVAL,
	  "info: name is empty" },
	{ "info without value",
	  { .info = (struct vdev_info[]){ { "a" } }, .num_info = 1 },
	  -EINVAL, "a: value type 0 is not known" },
	{ "info type",
	  { .info = (struct vdev_info[]){ { "a", { VDEV_VALUE_TYPE_BOOL + 1 } } },
	    .num_info = 1 },
	  -EINVAL, "a: value type 4 is not known" },
	{ "info value",
	  { .info = (struct vdev_info[]){ { "a", { VDEV_VALUE_TYPE_STRING } } },
	    .num_info = 1 },
	  -EINVAL, "a: string is missing" },
	{ "info twice",
	  { .info = (struct vdev_info[]){ { "a", { VDEV_VALUE_TYPE_BOOL } },
					  { "a", { VDEV_VALUE_TYPE_U64 } } },
	    .num_info = 2 },
	  -EINVAL, "info a: duplicate" },
	{ "record",
	  { .record = { .model = { .value = "\n" } } }, -EINVAL,
	  "model: string has control characters" },
};

static void facts_label(const struct facts_case *c, char *label)
{
	strscpy(label, c->label, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(facts, facts_cases, facts_label);

static void facts_keep_their_rules(struct kunit *test)
{
	const struct facts_case *c = test->param_value;
	struct vdev_reason reason = { };
	int err;

	err = vdev_facts_check(&reason, &c->facts);
	vdev_expect_verdict(test, &reason, err, c->err, c->why ?: "");
}

static const char *numbered(struct kunit *test, unsigned int i)
{
	char *name = kunit_kzalloc(test, 8, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, name);
	snprintf(name, 8, "n%u", i);
	return name;
}

static void lists_may_be_full(struct kunit *test)
{
	struct vdev_blocker *blockers;
	struct vdev_info *info;
	struct vdev_facts facts = {
		.num_blockers = VDEV_BLOCKERS_MAX,
		.num_info = VDEV_INFO_MAX,
	};
	struct vdev_reason reason = { };
	unsigned int i;
	int err;

	blockers = kunit_kcalloc(test, VDEV_BLOCKERS_MAX, sizeof(*blockers),
				 GFP_KERNEL);
	info = kunit_kcalloc(test, VDEV_INFO_MAX, sizeof(*info), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, blockers);
	KUNIT_ASSERT_NOT_NULL(test, info);
	for (i = 0; i < VDEV_BLOCKERS_MAX; i++) {
		blockers[i].name = numbered(test, i);
		blockers[i].reason = "";
	}
	for (i = 0; i < VDEV_INFO_MAX; i++) {
		info[i].name = numbered(test, i);
		info[i].value.type = VDEV_VALUE_TYPE_BOOL;
	}
	facts.blockers = blockers;
	facts.info = info;

	err = vdev_facts_check(&reason, &facts);
	VDEV_EXPECT_ACCEPTED(test, &reason, err);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(facts_keep_their_rules, facts_gen_params),
	KUNIT_CASE(lists_may_be_full),
	{ }
};

struct kunit_suite vdev_facts_suite = {
	.name = "vdev-facts",
	.test_cases = cases,
};
