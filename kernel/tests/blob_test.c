// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that what is reported of an endpoint comes back from its serialised
 * form: nothing lost, nothing added. The record has tests of its own.
 */
#include <linux/limits.h>
#include <net/netlink.h>

#include "tests.h"

static const struct vdev_handle device = { "vdpa", "net0", "pci", "0000:1f.3" };

static void nothing_reported_is_nothing_put(struct kunit *test)
{
	static const int absent[] = {
		VDEV_A_ID, VDEV_A_GENERATION, VDEV_A_SNAPSHOT, VDEV_A_DRIVER,
		VDEV_A_PARENT_BUS, VDEV_A_PARENT, VDEV_A_DRIVER_VERSION,
		VDEV_A_BOUND_DRIVER, VDEV_A_BLOCKER, VDEV_A_CAPACITY,
		VDEV_A_COST, VDEV_A_INFO, VDEV_A_FILTER,
	};
	const struct vdev_handle handle = { "vdpa", "net0" };
	const struct vdev_facts facts = { };
	const struct vdev_blob *blob = vdev_test_blob(test, &handle, &facts);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(absent); i++)
		KUNIT_EXPECT_NULL(test, vdev_attr(blob, absent[i]));
	vdev_expect_string(test, vdev_attr(blob, VDEV_A_BUS), "vdpa");
	vdev_expect_string(test, vdev_attr(blob, VDEV_A_NAME), "net0");
	vdev_expect_string(test, vdev_attr(blob, VDEV_A_PROVIDER), "kunit");
	vdev_expect_u32(test, vdev_attr(blob, VDEV_A_CAPABILITIES), 0);
	vdev_expect_u32(test, vdev_attr(blob, VDEV_A_MIGRATION), VDEV_MIGRATION_UNDECLARED);
	KUNIT_ASSERT_NOT_NULL(test, vdev_attr(blob, VDEV_A_RECORD));
	KUNIT_EXPECT_EQ(test, nla_len(vdev_attr(blob, VDEV_A_RECORD)), 0);
	KUNIT_EXPECT_FALSE(test, blob->migratable);
}

static void strings_and_flags_come_back(struct kunit *test)
{
	const struct vdev_facts facts = {
		.driver = "drv", .driver_version = "1.2 beta",
		.bound_driver = "vhost_vdpa",
		.migration = VDEV_MIGRATION_SUPPORTED,
		.capabilities = VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_P2P,
	};
	const struct vdev_blob *blob = vdev_test_blob(test, &device, &facts);

	vdev_expect_string(test, vdev_attr(blob, VDEV_A_PARENT_BUS), "pci");
	vdev_expect_string(test, vdev_attr(blob, VDEV_A_PARENT), "0000:1f.3");
	vdev_expect_string(test, vdev_attr(blob, VDEV_A_DRIVER), "drv");
	vdev_expect_string(test, vdev_attr(blob, VDEV_A_DRIVER_VERSION), "1.2 beta");
	vdev_expect_string(test, vdev_attr(blob, VDEV_A_BOUND_DRIVER), "vhost_vdpa");
	vdev_expect_u32(test, vdev_attr(blob, VDEV_A_MIGRATION), VDEV_MIGRATION_SUPPORTED);
	vdev_expect_u32(test, vdev_attr(blob, VDEV_A_CAPABILITIES),
			VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_P2P);
	KUNIT_EXPECT_TRUE(test, blob->migratable);
}

static void blocker_comes_back_and_blocks(struct kunit *test)
{
	const struct vdev_blocker blocker = {
		"dma", "it writes", VDEV_BLOCKER_FLAG_PERMANENT,
	};
	const struct vdev_facts facts = {
		.migration = VDEV_MIGRATION_SUPPORTED,
		.blockers = &blocker, .num_blockers = 1,
	};
	const struct vdev_blob *blob = vdev_test_blob(test, &device, &facts);
	const struct nlattr *nest = vdev_attr(blob, VDEV_A_BLOCKER);

	vdev_expect_string(test, vdev_attr_in(test, nest, VDEV_A_BLOCKER_NAME), "dma");
	vdev_expect_string(test, vdev_attr_in(test, nest, VDEV_A_BLOCKER_REASON), "it writes");
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_BLOCKER_FLAGS),
			VDEV_BLOCKER_FLAG_PERMANENT);
	KUNIT_EXPECT_FALSE(test, blob->migratable);
}

static void capacity_and_cost_come_back(struct kunit *test)
{
	const struct vdev_facts facts = {
		.capacity = { VDEV_CAPACITY_STATE_SUFFICIENT, 7, 8 },
		.cost = { .state_size = S64_MAX, .downtime = 1 },
	};
	const struct vdev_blob *blob = vdev_test_blob(test, &device, &facts);
	const struct nlattr *capacity = vdev_attr(blob, VDEV_A_CAPACITY);
	const struct nlattr *cost = vdev_attr(blob, VDEV_A_COST);

	vdev_expect_u32(test, vdev_attr_in(test, capacity, VDEV_A_CAPACITY_STATE),
			VDEV_CAPACITY_STATE_SUFFICIENT);
	vdev_expect_u32(test, vdev_attr_in(test, capacity, VDEV_A_CAPACITY_AVAILABLE), 7);
	vdev_expect_u32(test, vdev_attr_in(test, capacity, VDEV_A_CAPACITY_LIMIT), 8);
	vdev_expect_uint(test, vdev_attr_in(test, cost, VDEV_A_COST_STATE_SIZE), S64_MAX);
	vdev_expect_uint(test, vdev_attr_in(test, cost, VDEV_A_COST_DOWNTIME), 1);
	KUNIT_EXPECT_NULL(test, vdev_attr_in(test, cost, VDEV_A_COST_PRECOPY_SIZE));
}

static void info_of_every_kind_comes_back(struct kunit *test)
{
	const struct vdev_info info[] = {
		{ "n", { VDEV_VALUE_TYPE_U64, { .u64 = 1ULL << 40 } } },
		{ "s", { VDEV_VALUE_TYPE_STRING, { .string = "text" } } },
		{ "b", { VDEV_VALUE_TYPE_BOOL, { .boolean = true } } },
	};
	const struct vdev_facts facts = { .info = info, .num_info = 3 };
	const struct vdev_blob *blob = vdev_test_blob(test, &device, &facts);
	const struct nlattr *first = vdev_attr(blob, VDEV_A_INFO);
	const struct nlattr *second, *third, *value;
	int rest;

	KUNIT_ASSERT_NOT_NULL(test, first);
	rest = blob->len - (int)((const u8 *)first - blob->data);
	second = nla_next(first, &rest);
	third = nla_next(second, &rest);

	value = vdev_attr_in(test, first, VDEV_A_PARAM_VALUE);
	vdev_expect_string(test, vdev_attr_in(test, first, VDEV_A_PARAM_NAME), "n");
	vdev_expect_u32(test, vdev_attr_in(test, first, VDEV_A_PARAM_VALUE_TYPE),
			VDEV_VALUE_TYPE_U64);
	vdev_expect_uint(test, vdev_attr_in(test, value, VDEV_A_VALUE_U64), 1ULL << 40);
	value = vdev_attr_in(test, second, VDEV_A_PARAM_VALUE);
	vdev_expect_string(test, vdev_attr_in(test, second, VDEV_A_PARAM_NAME), "s");
	vdev_expect_string(test, vdev_attr_in(test, value, VDEV_A_VALUE_STRING), "text");
	value = vdev_attr_in(test, third, VDEV_A_PARAM_VALUE);
	vdev_expect_string(test, vdev_attr_in(test, third, VDEV_A_PARAM_NAME), "b");
	vdev_expect_u32(test, vdev_attr_in(test, value, VDEV_A_VALUE_BOOL), 1);
}

static void same_facts_make_the_same_bytes(struct kunit *test)
{
	const struct vdev_facts facts = {
		.driver = "odd", .cost = { .downtime = 3 },
		.record = { .model = { .value = "odd" } },
	};
	const struct vdev_blob *a = vdev_test_blob(test, &device, &facts);
	const struct vdev_blob *b = vdev_test_blob(test, &device, &facts);

	KUNIT_ASSERT_EQ(test, a->len, b->len);
	KUNIT_EXPECT_MEMEQ(test, a->data, b->data, a->len);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(nothing_reported_is_nothing_put),
	KUNIT_CASE(strings_and_flags_come_back),
	KUNIT_CASE(blocker_comes_back_and_blocks),
	KUNIT_CASE(capacity_and_cost_come_back),
	KUNIT_CASE(info_of_every_kind_comes_back),
	KUNIT_CASE(same_facts_make_the_same_bytes),
	{ }
};

struct kunit_suite vdev_blob_suite = {
	.name = "vdev-blob",
	.test_cases = cases,
};
