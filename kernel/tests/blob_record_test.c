// SPDX-License-Identifier: GPL-2.0
/*
 * Tests that a record comes back from the serialised form of its endpoint: lists in
 * their order, bitmaps of any length, defaults filled in.
 */
#include <linux/limits.h>
#include <net/netlink.h>

#include "tests.h"

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

static const struct nlattr *record_of(struct kunit *test,
				      const struct vdev_record *record,
				      int type)
{
	const struct vdev_handle handle = { "vdpa", "net0" };
	const struct vdev_facts facts = { .record = *record };
	const struct vdev_blob *blob = vdev_test_blob(test, &handle, &facts);

	return vdev_attr_in(test, vdev_attr(blob, VDEV_A_RECORD), type);
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
	vdev_expect_string(test, vdev_attr_in(test, nest, VDEV_A_IDENT_VALUE), "m1");
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_IDENT_RULE), VDEV_RULE_ONE_OF);
	KUNIT_EXPECT_EQ(test, count(test, nest, VDEV_A_IDENT_ACCEPT), 3);
	for (i = 0; i < 3; i++)
		vdev_expect_string(test, nth(test, nest, VDEV_A_IDENT_ACCEPT, i), accept[i]);
}

static u32 rule_of_type(struct kunit *test, struct vdev_ident type)
{
	const struct vdev_record record = { .type = type };
	const struct nlattr *nest, *rule;

	nest = record_of(test, &record, VDEV_A_RECORD_TYPE);
	rule = vdev_attr_in(test, nest, VDEV_A_IDENT_RULE);
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
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_SEMVER_MAJOR), want->major);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_SEMVER_MINOR), want->minor);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_SEMVER_BUGFIX), want->bugfix);
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
	expect_semver(test, vdev_attr_in(test, nest, VDEV_A_SOFTWARE_VERSION_VALUE),
		      &version.value);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_SOFTWARE_VERSION_RULE),
			VDEV_RULE_SEMVER);
	range = nth(test, nest, VDEV_A_SOFTWARE_VERSION_ACCEPT, 0);
	expect_semver(test, vdev_attr_in(test, range, VDEV_A_SEMVER_RANGE_FROM), &accept[0].from);
	expect_semver(test, vdev_attr_in(test, range, VDEV_A_SEMVER_RANGE_TO), &accept[0].to);
	range = nth(test, nest, VDEV_A_SOFTWARE_VERSION_ACCEPT, 1);
	expect_semver(test, vdev_attr_in(test, range, VDEV_A_SEMVER_RANGE_FROM), &accept[1].from);
	KUNIT_EXPECT_NULL(test, vdev_attr_in(test, range, VDEV_A_SEMVER_RANGE_TO));
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
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_VERSIONS_RULE), VDEV_RULE_ONE_OF);
	for (i = 0; i < 2; i++) {
		entry = nth(test, nest, VDEV_A_VERSIONS_ENTRY, i);
		vdev_expect_string(test, vdev_attr_in(test, entry, VDEV_A_VERSION_NAME),
				   versions[i].name);
		vdev_expect_u32(test, vdev_attr_in(test, entry, VDEV_A_VERSION_FLAGS),
				versions[i].flags);
	}
	KUNIT_EXPECT_EQ(test, count(test, nest, VDEV_A_VERSIONS_ENTRY), 2);
}

static void expect_bitmap(struct kunit *test, const struct nlattr *nest,
			  int type, const struct vdev_bitmap *want)
{
	const struct nlattr *attr = vdev_attr_in(test, nest, type);

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
	vdev_expect_string(test, vdev_attr_in(test, nest, VDEV_A_FEATURE_NAME), "virtio");
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_FEATURE_RULE), VDEV_RULE_SUBSET);
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
		.name = "mtu", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_RANGE,
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE,
		.origin = VDEV_ORIGIN_PROVISIONED,
		.value = { VDEV_VALUE_TYPE_U64, { .u64 = 1500 } },
		.allowed = allowed, .num_allowed = 2,
	};
	const struct vdev_record record = { .params = &param, .num_params = 1 };
	const struct nlattr *nest, *value, *second;

	nest = record_of(test, &record, VDEV_A_RECORD_PARAM);
	vdev_expect_string(test, vdev_attr_in(test, nest, VDEV_A_PARAM_NAME), "mtu");
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_PARAM_VALUE_TYPE),
			VDEV_VALUE_TYPE_U64);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_PARAM_RULE), VDEV_RULE_RANGE);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_PARAM_FLAGS),
			VDEV_PARAM_FLAG_CONFIGURABLE);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_PARAM_ORIGIN),
			VDEV_ORIGIN_PROVISIONED);
	value = vdev_attr_in(test, nest, VDEV_A_PARAM_VALUE);
	vdev_expect_uint(test, vdev_attr_in(test, value, VDEV_A_VALUE_U64), 1500);
	KUNIT_EXPECT_NULL(test, vdev_attr_in(test, nest, VDEV_A_PARAM_OFF_VALUE));
	second = nth(test, nest, VDEV_A_PARAM_ALLOWED, 1);
	vdev_expect_uint(test, vdev_attr_in(test, second, VDEV_A_ALLOWED_LOW), 9000);
	vdev_expect_uint(test, vdev_attr_in(test, second, VDEV_A_ALLOWED_HIGH), 9000);
}

static void string_param_comes_back_with_defaults(struct kunit *test)
{
	const struct vdev_allowed allowed = { .string = "fast" };
	const struct vdev_param param = {
		.name = "mode", .type = VDEV_VALUE_TYPE_STRING,
		.off = { VDEV_VALUE_TYPE_STRING, { .string = "" } },
		.allowed = &allowed, .num_allowed = 1,
	};
	const struct vdev_record record = { .params = &param, .num_params = 1 };
	const struct nlattr *nest, *off, *first;

	nest = record_of(test, &record, VDEV_A_RECORD_PARAM);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_PARAM_RULE), VDEV_RULE_EQUAL);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_PARAM_FLAGS), 0);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_PARAM_ORIGIN), VDEV_ORIGIN_DEFAULT);
	KUNIT_EXPECT_NULL(test, vdev_attr_in(test, nest, VDEV_A_PARAM_VALUE));
	off = vdev_attr_in(test, nest, VDEV_A_PARAM_OFF_VALUE);
	vdev_expect_string(test, vdev_attr_in(test, off, VDEV_A_VALUE_STRING), "");
	first = vdev_attr_in(test, nest, VDEV_A_PARAM_ALLOWED);
	vdev_expect_string(test, vdev_attr_in(test, first, VDEV_A_ALLOWED_STRING), "fast");
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
	vdev_expect_string(test, vdev_attr_in(test, nest, VDEV_A_AGGREGATION_BASE), "quarter");
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_AGGREGATION_UNITS), 0x10000);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_AGGREGATION_COUNT), 0x10000);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_AGGREGATION_LIMIT), 0x10001);
	vdev_expect_uint(test, vdev_attr_in(test, nest, VDEV_A_AGGREGATION_TOTAL), 1ULL << 32);
	vdev_expect_u32(test, vdev_attr_in(test, nest, VDEV_A_AGGREGATION_RULE), VDEV_RULE_EQUAL);
	KUNIT_EXPECT_NOT_NULL(test, vdev_attr_in(test, nest, VDEV_A_AGGREGATION_RESPLIT));
}

static struct kunit_case cases[] = {
	KUNIT_CASE(ident_comes_back_in_order),
	KUNIT_CASE(type_rule_depends_on_what_it_accepts),
	KUNIT_CASE(software_version_comes_back),
	KUNIT_CASE(versions_come_back_in_order),
	KUNIT_CASE(bitmaps_come_back),
	KUNIT_CASE(number_param_comes_back),
	KUNIT_CASE(string_param_comes_back_with_defaults),
	KUNIT_CASE(aggregation_comes_back),
	{ }
};

struct kunit_suite vdev_blob_record_suite = {
	.name = "vdev-blob-record",
	.test_cases = cases,
};
