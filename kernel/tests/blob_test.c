// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that what is told about an endpoint comes back from its serialised
 * form: nothing lost, nothing added, defaults filled in.
 */
#include <linux/limits.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "../compat.h"
#include "tests.h"

static const struct vdev_handle device = { "vdpa", "net0", "pci", "0000:1f.3" };

/* Build, and leave the freeing to the test. */
static const struct vdev_blob *build(struct kunit *test,
				     const struct vdev_handle *handle,
				     const struct vdev_facts *facts)
{
	struct vdev_refusal refusal = { };
	struct vdev_blob *blob, *copy;

	blob = vdev_blob_build(&refusal, "kunit", handle, facts);
	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, blob, "%s", refusal.why);
	copy = kunit_kmalloc(test, struct_size(blob, data, blob->len),
			     GFP_KERNEL);
	if (copy)
		memcpy(copy, blob, struct_size(blob, data, blob->len));
	vdev_blob_put(blob);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	return copy;
}

static const struct nlattr *top(const struct vdev_blob *blob, int type)
{
	return nla_find((const struct nlattr *)blob->data, blob->len, type);
}

static const struct nlattr *inside(struct kunit *test,
				   const struct nlattr *nest, int type)
{
	KUNIT_ASSERT_NOT_NULL(test, nest);
	return nla_find(nla_data(nest), nla_len(nest), type);
}

/* The @index'th attribute of that type, for lists. */
static const struct nlattr *nth(struct kunit *test, const struct nlattr *nest,
				int type, unsigned int index)
{
	const struct nlattr *attr;
	int rest;

	KUNIT_ASSERT_NOT_NULL(test, nest);
	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) == type && !index--)
			return attr;
	}
	return NULL;
}

static unsigned int count(struct kunit *test, const struct nlattr *nest,
			  int type)
{
	unsigned int i = 0;

	while (nth(test, nest, type, i))
		i++;
	return i;
}

static void expect_string(struct kunit *test, const struct nlattr *attr,
			  const char *want)
{
	KUNIT_ASSERT_NOT_NULL(test, attr);
	KUNIT_ASSERT_EQ(test, nla_len(attr), strlen(want) + 1);
	KUNIT_EXPECT_STREQ(test, (const char *)nla_data(attr), want);
}

static void expect_u32(struct kunit *test, const struct nlattr *attr, u32 want)
{
	KUNIT_ASSERT_NOT_NULL(test, attr);
	KUNIT_ASSERT_EQ(test, nla_len(attr), sizeof(u32));
	KUNIT_EXPECT_EQ(test, nla_get_u32(attr), want);
}

/* In as many bytes as it takes. */
static void expect_uint(struct kunit *test, const struct nlattr *attr, u64 want)
{
	int len = want > U32_MAX ? sizeof(u64) : sizeof(u32);

	KUNIT_ASSERT_NOT_NULL(test, attr);
	KUNIT_ASSERT_EQ(test, nla_len(attr), len);
	KUNIT_EXPECT_EQ(test, vdev_compat_get_uint(attr), want);
}

static const struct nlattr *record_of(struct kunit *test,
				      const struct vdev_record *record,
				      int type)
{
	const struct vdev_facts facts = { .record = *record };
	const struct vdev_blob *blob = build(test, &device, &facts);

	return inside(test, top(blob, VDEV_A_RECORD), type);
}

static void nothing_told_is_nothing_put(struct kunit *test)
{
	static const int absent[] = {
		VDEV_A_ID, VDEV_A_GENERATION, VDEV_A_SNAPSHOT, VDEV_A_DRIVER,
		VDEV_A_PARENT_BUS, VDEV_A_PARENT, VDEV_A_DRIVER_VERSION,
		VDEV_A_BOUND_DRIVER, VDEV_A_BLOCKER, VDEV_A_CAPACITY,
		VDEV_A_COST, VDEV_A_INFO, VDEV_A_FILTER,
	};
	const struct vdev_handle handle = { "vdpa", "net0" };
	const struct vdev_facts facts = { };
	const struct vdev_blob *blob = build(test, &handle, &facts);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(absent); i++)
		KUNIT_EXPECT_NULL(test, top(blob, absent[i]));
	expect_string(test, top(blob, VDEV_A_BUS), "vdpa");
	expect_string(test, top(blob, VDEV_A_NAME), "net0");
	expect_string(test, top(blob, VDEV_A_PROVIDER), "kunit");
	expect_u32(test, top(blob, VDEV_A_CAPABILITIES), 0);
	expect_u32(test, top(blob, VDEV_A_MIGRATION),
		   VDEV_MIGRATION_UNDECLARED);
	KUNIT_ASSERT_NOT_NULL(test, top(blob, VDEV_A_RECORD));
	KUNIT_EXPECT_EQ(test, nla_len(top(blob, VDEV_A_RECORD)), 0);
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
	const struct vdev_blob *blob = build(test, &device, &facts);

	expect_string(test, top(blob, VDEV_A_PARENT_BUS), "pci");
	expect_string(test, top(blob, VDEV_A_PARENT), "0000:1f.3");
	expect_string(test, top(blob, VDEV_A_DRIVER), "drv");
	expect_string(test, top(blob, VDEV_A_DRIVER_VERSION), "1.2 beta");
	expect_string(test, top(blob, VDEV_A_BOUND_DRIVER), "vhost_vdpa");
	expect_u32(test, top(blob, VDEV_A_MIGRATION), VDEV_MIGRATION_SUPPORTED);
	expect_u32(test, top(blob, VDEV_A_CAPABILITIES),
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
	const struct vdev_blob *blob = build(test, &device, &facts);
	const struct nlattr *nest = top(blob, VDEV_A_BLOCKER);

	expect_string(test, inside(test, nest, VDEV_A_BLOCKER_NAME), "dma");
	expect_string(test, inside(test, nest, VDEV_A_BLOCKER_REASON),
		      "it writes");
	expect_u32(test, inside(test, nest, VDEV_A_BLOCKER_FLAGS),
		   VDEV_BLOCKER_FLAG_PERMANENT);
	KUNIT_EXPECT_FALSE(test, blob->migratable);
}

static void capacity_and_cost_come_back(struct kunit *test)
{
	const struct vdev_facts facts = {
		.capacity = { VDEV_CAPACITY_STATE_SUFFICIENT, 7, 8 },
		.cost = { .state_size = S64_MAX, .downtime = 1 },
	};
	const struct vdev_blob *blob = build(test, &device, &facts);
	const struct nlattr *capacity = top(blob, VDEV_A_CAPACITY);
	const struct nlattr *cost = top(blob, VDEV_A_COST);

	expect_u32(test, inside(test, capacity, VDEV_A_CAPACITY_STATE),
		   VDEV_CAPACITY_STATE_SUFFICIENT);
	expect_u32(test, inside(test, capacity, VDEV_A_CAPACITY_AVAILABLE), 7);
	expect_u32(test, inside(test, capacity, VDEV_A_CAPACITY_LIMIT), 8);
	expect_uint(test, inside(test, cost, VDEV_A_COST_STATE_SIZE), S64_MAX);
	expect_uint(test, inside(test, cost, VDEV_A_COST_DOWNTIME), 1);
	KUNIT_EXPECT_NULL(test, inside(test, cost, VDEV_A_COST_PRECOPY_SIZE));
}

static void info_of_every_kind_comes_back(struct kunit *test)
{
	const struct vdev_info info[] = {
		{ "n", { VDEV_VALUE_TYPE_U64, { .u64 = 1ULL << 40 } } },
		{ "s", { VDEV_VALUE_TYPE_STRING, { .string = "text" } } },
		{ "b", { VDEV_VALUE_TYPE_BOOL, { .boolean = true } } },
	};
	const struct vdev_facts facts = { .info = info, .num_info = 3 };
	const struct vdev_blob *blob = build(test, &device, &facts);
	const struct nlattr *first = top(blob, VDEV_A_INFO);
	const struct nlattr *second, *third, *value;
	int rest;

	KUNIT_ASSERT_NOT_NULL(test, first);
	rest = blob->len - (int)((const u8 *)first - blob->data);
	second = nla_next(first, &rest);
	third = nla_next(second, &rest);

	value = inside(test, first, VDEV_A_PARAM_VALUE);
	expect_string(test, inside(test, first, VDEV_A_PARAM_NAME), "n");
	expect_u32(test, inside(test, first, VDEV_A_PARAM_VALUE_TYPE), VDEV_VALUE_TYPE_U64);
	expect_uint(test, inside(test, value, VDEV_A_VALUE_U64), 1ULL << 40);
	value = inside(test, second, VDEV_A_PARAM_VALUE);
	expect_string(test, inside(test, second, VDEV_A_PARAM_NAME), "s");
	expect_string(test, inside(test, value, VDEV_A_VALUE_STRING), "text");
	value = inside(test, third, VDEV_A_PARAM_VALUE);
	expect_string(test, inside(test, third, VDEV_A_PARAM_NAME), "b");
	expect_u32(test, inside(test, value, VDEV_A_VALUE_BOOL), 1);
}

static void ident_comes_back_in_order(struct kunit *test)
{
	const char *const accept[] = { "z", "a", "m" };
	const struct vdev_record record = {
		.model = { .value = "m1", .accept = accept, .num_accept = 3 },
	};
	const struct nlattr *nest;
	unsigned int i;

	nest = record_of(test, &record, VDEV_A_RECORD_MODEL);
	expect_string(test, inside(test, nest, VDEV_A_IDENT_VALUE), "m1");
	expect_u32(test, inside(test, nest, VDEV_A_IDENT_RULE),
		   VDEV_RULE_ONE_OF);
	KUNIT_EXPECT_EQ(test, count(test, nest, VDEV_A_IDENT_ACCEPT), 3);
	for (i = 0; i < 3; i++)
		expect_string(test, nth(test, nest, VDEV_A_IDENT_ACCEPT, i),
			      accept[i]);
}

static u32 rule_of_type(struct kunit *test, struct vdev_ident type)
{
	const struct vdev_record record = { .type = type };
	const struct nlattr *nest, *rule;

	nest = record_of(test, &record, VDEV_A_RECORD_TYPE);
	rule = inside(test, nest, VDEV_A_IDENT_RULE);
	KUNIT_ASSERT_NOT_NULL(test, rule);
	return nla_get_u32(rule);
}

static void type_rule_depends_on_what_it_accepts(struct kunit *test)
{
	const char *const accept[] = { "u" };
	struct vdev_ident type = { .value = "t" };

	KUNIT_EXPECT_EQ(test, rule_of_type(test, type), VDEV_RULE_EQUAL);
	type.accept = accept;
	type.num_accept = 1;
	KUNIT_EXPECT_EQ(test, rule_of_type(test, type), VDEV_RULE_ONE_OF);
	type.rule = VDEV_RULE_IGNORE;
	KUNIT_EXPECT_EQ(test, rule_of_type(test, type), VDEV_RULE_IGNORE);
}

static void expect_semver(struct kunit *test, const struct nlattr *nest,
			  const struct vdev_semver *want)
{
	expect_u32(test, inside(test, nest, VDEV_A_SEMVER_MAJOR), want->major);
	expect_u32(test, inside(test, nest, VDEV_A_SEMVER_MINOR), want->minor);
	expect_u32(test, inside(test, nest, VDEV_A_SEMVER_BUGFIX),
		   want->bugfix);
}

static void software_version_comes_back(struct kunit *test)
{
	const struct vdev_semver_range accept[] = {
		{ { 1, 0, 0 }, { 1, 4, U32_MAX } },
		{ { 3, 0, 1 }, { 0, 0, 0 }, true },
	};
	const struct vdev_software_version version = {
		.value = { 1, 2, 3 }, .accept = accept, .num_accept = 2,
	};
	const struct vdev_record record = { .software_version = &version };
	const struct nlattr *nest, *range;

	nest = record_of(test, &record, VDEV_A_RECORD_SOFTWARE_VERSION);
	expect_semver(test, inside(test, nest, VDEV_A_SOFTWARE_VERSION_VALUE),
		      &version.value);
	expect_u32(test, inside(test, nest, VDEV_A_SOFTWARE_VERSION_RULE),
		   VDEV_RULE_SEMVER);
	range = nth(test, nest, VDEV_A_SOFTWARE_VERSION_ACCEPT, 0);
	expect_semver(test, inside(test, range, VDEV_A_SEMVER_RANGE_FROM),
		      &accept[0].from);
	expect_semver(test, inside(test, range, VDEV_A_SEMVER_RANGE_TO),
		      &accept[0].to);
	range = nth(test, nest, VDEV_A_SOFTWARE_VERSION_ACCEPT, 1);
	expect_semver(test, inside(test, range, VDEV_A_SEMVER_RANGE_FROM),
		      &accept[1].from);
	KUNIT_EXPECT_NULL(test, inside(test, range, VDEV_A_SEMVER_RANGE_TO));
}

static void versions_come_back_in_order(struct kunit *test)
{
	const struct vdev_version versions[] = {
		{ "v9", VDEV_VERSION_FLAG_ACCEPT },
		{ "v10", VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_DEFAULT },
	};
	const struct vdev_record record = {
		.versions = versions, .num_versions = 2,
	};
	const struct nlattr *nest, *entry;
	unsigned int i;

	nest = record_of(test, &record, VDEV_A_RECORD_VERSIONS);
	expect_u32(test, inside(test, nest, VDEV_A_VERSIONS_RULE),
		   VDEV_RULE_ONE_OF);
	for (i = 0; i < 2; i++) {
		entry = nth(test, nest, VDEV_A_VERSIONS_ENTRY, i);
		expect_string(test, inside(test, entry, VDEV_A_VERSION_NAME),
			      versions[i].name);
		expect_u32(test, inside(test, entry, VDEV_A_VERSION_FLAGS),
			   versions[i].flags);
	}
	KUNIT_EXPECT_EQ(test, count(test, nest, VDEV_A_VERSIONS_ENTRY), 2);
}

static void expect_bitmap(struct kunit *test, const struct nlattr *nest,
			  int type, const struct vdev_bitmap *want)
{
	const struct nlattr *attr = inside(test, nest, type);

	if (!want->words) {
		KUNIT_EXPECT_NULL(test, attr);
		return;
	}
	KUNIT_ASSERT_NOT_NULL(test, attr);
	KUNIT_ASSERT_EQ(test, nla_len(attr), want->num_words * sizeof(u64));
	KUNIT_EXPECT_MEMEQ(test, nla_data(attr), want->words, nla_len(attr));
}

/* Bitmaps of no word, one, a few and all of them; one that is unknown. */
static void bitmaps_come_back(struct kunit *test)
{
	const unsigned int most = VDEV_FEATURE_BYTES / sizeof(u64);
	struct vdev_feature feature = { .name = "virtio" };
	const struct vdev_record record = {
		.features = &feature, .num_features = 1,
	};
	const struct nlattr *nest;
	unsigned int i;
	u64 *words;

	words = kunit_kcalloc(test, most, sizeof(*words), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, words);
	for (i = 0; i < most; i++)
		words[i] = 0x0123456789abcdefULL * (i + 1);
	feature.supported = (struct vdev_bitmap){ words, most };
	feature.provisioned = (struct vdev_bitmap){ words, 1 };
	feature.required = (struct vdev_bitmap){ words, 0 };

	nest = record_of(test, &record, VDEV_A_RECORD_FEATURE);
	expect_string(test, inside(test, nest, VDEV_A_FEATURE_NAME), "virtio");
	expect_u32(test, inside(test, nest, VDEV_A_FEATURE_RULE),
		   VDEV_RULE_SUBSET);
	expect_bitmap(test, nest, VDEV_A_FEATURE_SUPPORTED, &feature.supported);
	expect_bitmap(test, nest, VDEV_A_FEATURE_PROVISIONED,
		      &feature.provisioned);
	expect_bitmap(test, nest, VDEV_A_FEATURE_REQUIRED, &feature.required);
	expect_bitmap(test, nest, VDEV_A_FEATURE_NEGOTIATED,
		      &feature.negotiated);
}

static void number_param_comes_back(struct kunit *test)
{
	const struct vdev_allowed allowed[] = { { 64, 1500 }, { 9000, 9000 } };
	const struct vdev_param param = {
		.name = "mtu", .kind = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_RANGE,
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE,
		.origin = VDEV_ORIGIN_PROVISIONED,
		.value = { VDEV_VALUE_TYPE_U64, { .u64 = 1500 } },
		.allowed = allowed, .num_allowed = 2,
	};
	const struct vdev_record record = { .params = &param, .num_params = 1 };
	const struct nlattr *nest, *value, *second;

	nest = record_of(test, &record, VDEV_A_RECORD_PARAM);
	expect_string(test, inside(test, nest, VDEV_A_PARAM_NAME), "mtu");
	expect_u32(test, inside(test, nest, VDEV_A_PARAM_VALUE_TYPE), VDEV_VALUE_TYPE_U64);
	expect_u32(test, inside(test, nest, VDEV_A_PARAM_RULE),
		   VDEV_RULE_RANGE);
	expect_u32(test, inside(test, nest, VDEV_A_PARAM_FLAGS),
		   VDEV_PARAM_FLAG_CONFIGURABLE);
	expect_u32(test, inside(test, nest, VDEV_A_PARAM_ORIGIN),
		   VDEV_ORIGIN_PROVISIONED);
	value = inside(test, nest, VDEV_A_PARAM_VALUE);
	expect_uint(test, inside(test, value, VDEV_A_VALUE_U64), 1500);
	KUNIT_EXPECT_NULL(test, inside(test, nest, VDEV_A_PARAM_OFF_VALUE));
	second = nth(test, nest, VDEV_A_PARAM_ALLOWED, 1);
	expect_uint(test, inside(test, second, VDEV_A_ALLOWED_LOW), 9000);
	expect_uint(test, inside(test, second, VDEV_A_ALLOWED_HIGH), 9000);
}

static void string_param_comes_back_with_defaults(struct kunit *test)
{
	const struct vdev_allowed allowed = { .string = "fast" };
	const struct vdev_param param = {
		.name = "mode", .kind = VDEV_VALUE_TYPE_STRING,
		.off = { VDEV_VALUE_TYPE_STRING, { .string = "" } },
		.allowed = &allowed, .num_allowed = 1,
	};
	const struct vdev_record record = { .params = &param, .num_params = 1 };
	const struct nlattr *nest, *off, *first;

	nest = record_of(test, &record, VDEV_A_RECORD_PARAM);
	expect_u32(test, inside(test, nest, VDEV_A_PARAM_RULE),
		   VDEV_RULE_EQUAL);
	expect_u32(test, inside(test, nest, VDEV_A_PARAM_FLAGS), 0);
	expect_u32(test, inside(test, nest, VDEV_A_PARAM_ORIGIN),
		   VDEV_ORIGIN_DEFAULT);
	KUNIT_EXPECT_NULL(test, inside(test, nest, VDEV_A_PARAM_VALUE));
	off = inside(test, nest, VDEV_A_PARAM_OFF_VALUE);
	expect_string(test, inside(test, off, VDEV_A_VALUE_STRING), "");
	first = inside(test, nest, VDEV_A_PARAM_ALLOWED);
	expect_string(test, inside(test, first, VDEV_A_ALLOWED_STRING), "fast");
}

static void aggregation_comes_back(struct kunit *test)
{
	const struct vdev_record record = {
		.aggregation = {
			.base = "quarter", .units = 0x10000, .count = 0x10000,
			.limit = 0x10001, .resplit = true,
		},
	};
	const struct nlattr *nest;

	nest = record_of(test, &record, VDEV_A_RECORD_AGGREGATION);
	expect_string(test, inside(test, nest, VDEV_A_AGGREGATION_BASE),
		      "quarter");
	expect_u32(test, inside(test, nest, VDEV_A_AGGREGATION_UNITS), 0x10000);
	expect_u32(test, inside(test, nest, VDEV_A_AGGREGATION_COUNT), 0x10000);
	expect_u32(test, inside(test, nest, VDEV_A_AGGREGATION_LIMIT), 0x10001);
	expect_uint(test, inside(test, nest, VDEV_A_AGGREGATION_TOTAL),
		    1ULL << 32);
	expect_u32(test, inside(test, nest, VDEV_A_AGGREGATION_RULE),
		   VDEV_RULE_EQUAL);
	KUNIT_EXPECT_NOT_NULL(test, inside(test, nest,
					   VDEV_A_AGGREGATION_RESPLIT));
}

static void same_facts_make_the_same_bytes(struct kunit *test)
{
	const struct vdev_facts facts = {
		.driver = "odd", .cost = { .downtime = 3 },
		.record = { .model = { .value = "odd" } },
	};
	const struct vdev_blob *a = build(test, &device, &facts);
	const struct vdev_blob *b = build(test, &device, &facts);

	KUNIT_ASSERT_EQ(test, a->len, b->len);
	KUNIT_EXPECT_MEMEQ(test, a->data, b->data, a->len);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(nothing_told_is_nothing_put),
	KUNIT_CASE(strings_and_flags_come_back),
	KUNIT_CASE(blocker_comes_back_and_blocks),
	KUNIT_CASE(capacity_and_cost_come_back),
	KUNIT_CASE(info_of_every_kind_comes_back),
	KUNIT_CASE(ident_comes_back_in_order),
	KUNIT_CASE(type_rule_depends_on_what_it_accepts),
	KUNIT_CASE(software_version_comes_back),
	KUNIT_CASE(versions_come_back_in_order),
	KUNIT_CASE(bitmaps_come_back),
	KUNIT_CASE(number_param_comes_back),
	KUNIT_CASE(string_param_comes_back_with_defaults),
	KUNIT_CASE(aggregation_comes_back),
	KUNIT_CASE(same_facts_make_the_same_bytes),
	{ }
};

struct kunit_suite vdev_blob_suite = {
	.name = "vdev-blob",
	.test_cases = cases,
};
