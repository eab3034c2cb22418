// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the parser of records: what was serialised comes back, from an
 * endpoint of this host and from a request, however it is aligned; what is
 * missing is named; and the room that was reckoned is enough.
 */
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/skbuff.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "codec/parse.h"
#include "model/skew.h"
#include "tests.h"

static const struct vdev_handle device = { "vdpa", "net0" };

#define WORDS(...)	{ (const u64[]){ __VA_ARGS__ }, \
			  sizeof((const u64[]){ __VA_ARGS__ }) / sizeof(u64) }
#define NUMBER(n)	{ VDEV_VALUE_TYPE_U64, { .u64 = (n) } }
#define TEXT(t)		{ VDEV_VALUE_TYPE_STRING, { .string = (t) } }

static const char *const accepted[] = { "z", "", "an accepted model" };

static const struct vdev_semver_range ranges[] = {
	{ { 1, 0, 0 }, { 1, 4, U32_MAX } },
	{ { 3, 0, 1 }, { 0, 0, 0 }, true },
};

static const struct vdev_software_version software_version = {
	.value = { 1, 2, 3 }, .accept = ranges, .num_accept = 2,
};

static const struct vdev_version versions[] = {
	{ "v9", VDEV_VERSION_FLAG_ACCEPT },
	{ "v10", VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_DEFAULT },
};

static const u64 no_words[] = { 0 };

static const struct vdev_feature features[] = {
	{ "virtio", VDEV_RULE_SUBSET, WORDS(~0ULL, 1, 2), WORDS(~0ULL, 1),
	  WORDS(3), WORDS(1, 0) },
	{ "none" },
	{ "empty", VDEV_RULE_IGNORE, { no_words, 0 } },
};

static const struct vdev_allowed numbers[] = { { 64, 1500 }, { 9000, 9000 } };

static const struct vdev_allowed texts[] = {
	{ .string = "" }, { .string = "fast" },
};

static const struct vdev_param params[] = {
	{ "mtu", VDEV_VALUE_TYPE_U64, VDEV_RULE_RANGE, VDEV_PARAM_FLAG_CONFIGURABLE,
	  VDEV_ORIGIN_PROVISIONED, NUMBER(1500), NUMBER(0), numbers, 2 },
	{ "mode", VDEV_VALUE_TYPE_STRING, VDEV_RULE_ONE_OF, 0, VDEV_ORIGIN_INHERITED,
	  TEXT("fast"), TEXT(""), texts, 2 },
	{ "on", VDEV_VALUE_TYPE_BOOL, 0, 0, 0, { VDEV_VALUE_TYPE_BOOL, { .boolean = 1 } } },
	{ "unset", VDEV_VALUE_TYPE_U64 },
};

static const struct vdev_blocker blockers[] = {
	{ "dma", "it writes", VDEV_BLOCKER_FLAG_PERMANENT }, { "b", "" },
};

/* Records that have one part, none, and all of them. */
static const struct parse_case {
	const char *label;
	struct vdev_record record;
} parse_cases[] = {
	{ "nothing" },
	{ "device-api", { .device_api = { "vfio-pci", VDEV_RULE_IGNORE } } },
	{ "model", { .model = { "m", 0, accepted, 3 } } },
	{ "type", { .type = { "t" } } },
	{ "software-version", { .software_version = &software_version } },
	{ "versions", { .versions = versions, .num_versions = 2 } },
	{ "features", { .features = features, .num_features = 3 } },
	{ "params", { .params = params, .num_params = 4 } },
	{ "aggregation", { .aggregation = { "quarter", 0x10000, 0x10000,
					    0x10001, 0, true } } },
	{ "everything", {
		.device_api = { "vfio-pci" }, .model = { "m", 0, accepted, 3 },
		.type = { "t", VDEV_RULE_ONE_OF, accepted, 1 },
		.software_version = &software_version,
		.versions = versions, .num_versions = 2,
		.versions_rule = VDEV_RULE_EQUAL,
		.features = features, .num_features = 3,
		.params = params, .num_params = 4,
		.aggregation = { "b", 1, 1 },
	} },
};

static void parse_label(const struct parse_case *c, char *label)
{
	strscpy(label, c->label, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(parse, parse_cases, parse_label);

static const struct vdev_record *everything(void)
{
	return &parse_cases[ARRAY_SIZE(parse_cases) - 1].record;
}

static void free_skb(void *skb)
{
	kfree_skb(skb);
}

static void free_parsed(void *parsed)
{
	kvfree(parsed);
}

/* A buffer whose attributes start @skew bytes behind an aligned address. */
static struct sk_buff *buffer(struct kunit *test, unsigned int skew)
{
	struct sk_buff *skb = alloc_skb(65536, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, skb);
	skb_reserve(skb, skew);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, free_skb, skb));
	return skb;
}

static void put_blockers(struct kunit *test, struct sk_buff *skb)
{
	struct nlattr *nest;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(blockers); i++) {
		nest = nla_nest_start(skb, VDEV_A_SOURCE_BLOCKER);
		KUNIT_ASSERT_NOT_NULL(test, nest);
		nla_put_string(skb, VDEV_A_BLOCKER_NAME, blockers[i].name);
		nla_put_string(skb, VDEV_A_BLOCKER_REASON, blockers[i].reason);
		nla_put_u32(skb, VDEV_A_BLOCKER_FLAGS, blockers[i].flags);
		nla_nest_end(skb, nest);
	}
}

/* The source of a request, with that record and the blockers above. */
static struct nlattr *source_of(struct kunit *test, unsigned int skew,
				const struct vdev_record *record)
{
	struct sk_buff *skb = buffer(test, skew);
	struct nlattr *source, *nest;

	source = nla_nest_start(skb, VDEV_A_SOURCE);
	nla_put_u32(skb, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	put_blockers(test, skb);
	nest = (struct nlattr *)skb_tail_pointer(skb);
	KUNIT_ASSERT_EQ(test, 0, vdev_msg_put_record(skb, record));
	nest->nla_type = VDEV_A_SOURCE_RECORD | NLA_F_NESTED;
	nla_nest_end(skb, source);
	return source;
}

static struct vdev_parsed *kept(struct kunit *test, struct vdev_parsed *parsed)
{
	KUNIT_ASSERT_NOT_NULL(test, parsed);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_parsed,
							   parsed));
	return parsed;
}

/* What is not known is no part of what comes back. */
static void ignore(const struct vdev_skew *skew, const char *path)
{
}

static struct vdev_parsed *parse(struct kunit *test,
				 const struct nlattr *source,
				 struct netlink_ext_ack *extack)
{
	const struct vdev_skew skew = { .note = ignore };
	struct nlattr *attrs[VDEV_A_SOURCE_MAX + 1];
	struct vdev_parsed *parsed;
	int err;

	nla_parse_nested_deprecated(attrs, VDEV_A_SOURCE_MAX, source, NULL,
				    NULL);
	parsed = kept(test, vdev_parsed_for(nla_len(source),
					    attrs[VDEV_A_SOURCE_RECORD]));
	err = vdev_parse_declaration(parsed, source, attrs, &skew, extack);
	return err ? ERR_PTR(err) : parsed;
}

/* Serialised again, a record is what it was. */
static void expect_record(struct kunit *test, const struct vdev_record *record,
			  const struct nlattr *want)
{
	struct sk_buff *skb = buffer(test, 0);

	KUNIT_ASSERT_EQ(test, 0, vdev_msg_put_record(skb, record));
	KUNIT_ASSERT_EQ(test, skb->len, (unsigned int)nla_total_size(nla_len(want)));
	KUNIT_EXPECT_MEMEQ(test, skb->data + NLA_HDRLEN, nla_data(want),
			   nla_len(want));
}

static void expect_blockers(struct kunit *test, const struct vdev_operand *operand)
{
	unsigned int i;

	KUNIT_ASSERT_EQ(test, operand->num_blockers, ARRAY_SIZE(blockers));
	for (i = 0; i < ARRAY_SIZE(blockers); i++) {
		KUNIT_EXPECT_STREQ(test, operand->blockers[i].name,
				   blockers[i].name);
		KUNIT_EXPECT_STREQ(test, operand->blockers[i].reason,
				   blockers[i].reason);
		KUNIT_EXPECT_EQ(test, operand->blockers[i].flags,
				blockers[i].flags);
	}
}

static void endpoint_comes_back(struct kunit *test)
{
	const struct parse_case *c = test->param_value;
	const struct vdev_facts facts = {
		.driver = "odd", .migration = VDEV_MIGRATION_UNSUPPORTED,
		.blockers = blockers, .num_blockers = ARRAY_SIZE(blockers),
		.capacity = { VDEV_CAPACITY_STATE_BUSY, 0, 4 },
		.record = c->record,
	};
	struct vdev_reason reason = { };
	struct vdev_parsed *parsed;
	struct vdev_blob *blob;

	blob = vdev_blob_build(&reason, "kunit", &device, &facts);
	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, blob, "%s", reason.why);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_parsed,
							   blob));
	parsed = kept(test, vdev_parsed_for_object(blob->data, blob->len));
	KUNIT_ASSERT_EQ(test, 0, vdev_parse_object(parsed,
						   VDEV_ENDPOINT_KIND_TYPE,
						   blob->data, blob->len));
	KUNIT_EXPECT_EQ(test, parsed->operand.kind, VDEV_ENDPOINT_KIND_TYPE);
	KUNIT_EXPECT_EQ(test, parsed->operand.migration,
			VDEV_MIGRATION_UNSUPPORTED);
	KUNIT_EXPECT_EQ(test, parsed->operand.capacity, VDEV_CAPACITY_STATE_BUSY);
	expect_blockers(test, &parsed->operand);
	expect_record(test, parsed->operand.record,
		      nla_find((const struct nlattr *)blob->data, blob->len,
			       VDEV_A_RECORD));
}

static void source_comes_back(struct kunit *test)
{
	const struct parse_case *c = test->param_value;
	struct netlink_ext_ack extack = { };
	const struct vdev_parsed *parsed;
	const struct nlattr *source;
	unsigned int skew;

	for (skew = 0; skew <= NLA_ALIGNTO; skew += NLA_ALIGNTO) {
		source = source_of(test, skew, &c->record);
		parsed = parse(test, source, &extack);
		KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, parsed, "%s",
						 extack._msg);
		KUNIT_EXPECT_EQ(test, parsed->operand.migration,
				VDEV_MIGRATION_SUPPORTED);
		expect_blockers(test, &parsed->operand);
		expect_record(test, parsed->operand.record,
			      nla_find_nested(source, VDEV_A_SOURCE_RECORD));
	}
}

static void words_are_aligned(struct kunit *test)
{
	const struct vdev_parsed *parsed;
	const struct vdev_bitmap *bitmap;
	unsigned int skew, i;

	for (skew = 0; skew <= NLA_ALIGNTO; skew += NLA_ALIGNTO) {
		parsed = parse(test, source_of(test, skew, everything()), NULL);
		KUNIT_ASSERT_NOT_ERR_OR_NULL(test, parsed);
		for (i = 0; i < parsed->record.num_features; i++) {
			bitmap = &parsed->record.features[i].supported;
			KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)bitmap->words,
							   __alignof__(u64)));
		}
	}
}

/* A bitmap that is known and has no bits is not one that is not known. */
static void bitmap_without_words_is_known(struct kunit *test)
{
	const struct vdev_parsed *parsed;

	parsed = parse(test, source_of(test, 0, everything()), NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, parsed);
	KUNIT_EXPECT_NOT_NULL(test, parsed->record.features[2].supported.words);
	KUNIT_EXPECT_NULL(test, parsed->record.features[1].supported.words);
}

/* The way to an attribute that a record of everything must have. */
struct missing_case {
	int way[5];
};

#define RECORD(part, ...)	\
	{ { VDEV_A_SOURCE_RECORD, VDEV_A_RECORD_##part, __VA_ARGS__ } }

static const struct missing_case missing_cases[] = {
	{ { VDEV_A_SOURCE_RECORD } },
	{ { VDEV_A_SOURCE_BLOCKER, VDEV_A_BLOCKER_NAME } },
	{ { VDEV_A_SOURCE_BLOCKER, VDEV_A_BLOCKER_REASON } },
	RECORD(DEVICE_API, VDEV_A_IDENT_VALUE),
	RECORD(MODEL, VDEV_A_IDENT_VALUE),
	RECORD(TYPE, VDEV_A_IDENT_VALUE),
	RECORD(SOFTWARE_VERSION, VDEV_A_SOFTWARE_VERSION_VALUE),
	RECORD(SOFTWARE_VERSION, VDEV_A_SOFTWARE_VERSION_VALUE,
	       VDEV_A_SEMVER_MAJOR),
	RECORD(SOFTWARE_VERSION, VDEV_A_SOFTWARE_VERSION_VALUE,
	       VDEV_A_SEMVER_MINOR),
	RECORD(SOFTWARE_VERSION, VDEV_A_SOFTWARE_VERSION_VALUE,
	       VDEV_A_SEMVER_BUGFIX),
	RECORD(SOFTWARE_VERSION, VDEV_A_SOFTWARE_VERSION_ACCEPT,
	       VDEV_A_SEMVER_RANGE_FROM),
	RECORD(SOFTWARE_VERSION, VDEV_A_SOFTWARE_VERSION_ACCEPT,
	       VDEV_A_SEMVER_RANGE_TO, VDEV_A_SEMVER_MINOR),
	RECORD(VERSIONS, VDEV_A_VERSIONS_ENTRY, VDEV_A_VERSION_NAME),
	RECORD(FEATURE, VDEV_A_FEATURE_NAME),
	RECORD(PARAM, VDEV_A_PARAM_NAME),
	RECORD(PARAM, VDEV_A_PARAM_VALUE_TYPE),
	RECORD(PARAM, VDEV_A_PARAM_ALLOWED, VDEV_A_ALLOWED_LOW),
	RECORD(PARAM, VDEV_A_PARAM_ALLOWED, VDEV_A_ALLOWED_HIGH),
	RECORD(AGGREGATION, VDEV_A_AGGREGATION_BASE),
	RECORD(AGGREGATION, VDEV_A_AGGREGATION_UNITS),
	RECORD(AGGREGATION, VDEV_A_AGGREGATION_COUNT),
};

static void missing_label(const struct missing_case *c, char *label)
{
	snprintf(label, KUNIT_PARAM_DESC_SIZE, "%d/%d/%d/%d/%d", c->way[0],
		 c->way[1], c->way[2], c->way[3], c->way[4]);
}

KUNIT_ARRAY_PARAM(missing, missing_cases, missing_label);

/* An attribute of another number is in its place: nobody knows that one. */
static void what_is_missing_is_named(struct kunit *test)
{
	const struct missing_case *c = test->param_value;
	struct netlink_ext_ack extack = { };
	struct nlattr *source, *attr, *nest = NULL;
	unsigned int i;

	source = source_of(test, 0, everything());
	attr = source;
	for (i = 0; i < ARRAY_SIZE(c->way) && c->way[i]; i++) {
		nest = attr;
		attr = nla_find_nested(nest, c->way[i]);
		KUNIT_ASSERT_NOT_NULL(test, attr);
	}
	attr->nla_type = (u16)NLA_TYPE_MASK;
	KUNIT_EXPECT_EQ(test, PTR_ERR(parse(test, source, &extack)), -EINVAL);
	KUNIT_EXPECT_EQ(test, extack.miss_type, (u32)c->way[i - 1]);
	KUNIT_EXPECT_PTR_EQ(test, extack.miss_nest, (const void *)nest);
}

static void put_pair(struct sk_buff *skb, int nesttype, int first, int second)
{
	struct nlattr *nest = nla_nest_start(skb, nesttype);

	nla_put_string(skb, first, "");
	if (second)
		nla_put_u32(skb, second, 1);
	nla_nest_end(skb, nest);
}

/* The shortest entries of every list, as many as there can be, and more. */
static struct nlattr *crowded_source(struct kunit *test)
{
	struct sk_buff *skb = buffer(test, NLA_ALIGNTO);
	struct nlattr *source, *record, *nest;
	unsigned int i;

	source = nla_nest_start(skb, VDEV_A_SOURCE);
	for (i = 0; i < 100; i++)
		put_pair(skb, VDEV_A_SOURCE_BLOCKER, VDEV_A_BLOCKER_NAME,
			 VDEV_A_BLOCKER_REASON);
	record = nla_nest_start(skb, VDEV_A_SOURCE_RECORD);
	nest = nla_nest_start(skb, VDEV_A_RECORD_MODEL);
	for (i = 0; i < 100; i++)
		nla_put_string(skb, i ? VDEV_A_IDENT_ACCEPT :
				    VDEV_A_IDENT_VALUE, "");
	nla_nest_end(skb, nest);
	nest = nla_nest_start(skb, VDEV_A_RECORD_VERSIONS);
	for (i = 0; i < 100; i++)
		put_pair(skb, VDEV_A_VERSIONS_ENTRY, VDEV_A_VERSION_NAME, 0);
	nla_nest_end(skb, nest);
	for (i = 0; i < 100; i++) {
		put_pair(skb, VDEV_A_RECORD_FEATURE, VDEV_A_FEATURE_NAME, 0);
		put_pair(skb, VDEV_A_RECORD_PARAM, VDEV_A_PARAM_NAME,
			 VDEV_A_PARAM_VALUE_TYPE);
	}
	nla_nest_end(skb, record);
	nla_nest_end(skb, source);
	return source;
}

static void room_is_enough_for_short_entries(struct kunit *test)
{
	struct netlink_ext_ack extack = { };
	const struct vdev_parsed *parsed;

	parsed = parse(test, crowded_source(test), &extack);
	KUNIT_EXPECT_EQ(test, PTR_ERR(parsed), -EMSGSIZE);
	KUNIT_EXPECT_STREQ(test, extack._msg, "blockers: more than 16 entries");
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(endpoint_comes_back, parse_gen_params),
	KUNIT_CASE_PARAM(source_comes_back, parse_gen_params),
	KUNIT_CASE(words_are_aligned),
	KUNIT_CASE(bitmap_without_words_is_known),
	KUNIT_CASE_PARAM(what_is_missing_is_named, missing_gen_params),
	KUNIT_CASE(room_is_enough_for_short_entries),
	{ }
};

struct kunit_suite vdev_parse_suite = {
	.name = "vdev-parse",
	.test_cases = cases,
};
