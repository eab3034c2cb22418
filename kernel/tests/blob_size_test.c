// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of how large a serialised endpoint may be, and that every size up to
 * there is whole: its last attribute is there and ends where the blob ends.
 */
#include <linux/slab.h>
#include <net/netlink.h>

#include "tests.h"

static const struct vdev_handle device = { "vdpa", "net0" };

/* What one more string of @len bytes takes, with its name and its headers. */
#define INFO_BYTES(len)	(NLA_HDRLEN + nla_total_size(sizeof("n00")) + \
			 nla_total_size(sizeof(u32)) + NLA_HDRLEN + \
			 nla_total_size((len) + 1))

/* Facts whose size can be chosen. */
struct load {
	struct vdev_facts facts;
	struct vdev_feature features[VDEV_FEATURES_MAX];
	struct vdev_info info[VDEV_INFO_MAX];
	char names[VDEV_INFO_MAX][4];
	u64 words[VDEV_FEATURE_BYTES / sizeof(u64)];
};

static struct load *new_load(struct kunit *test)
{
	struct load *load = kunit_kzalloc(test, sizeof(*load), GFP_KERNEL);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, load);
	for (i = 0; i < VDEV_INFO_MAX; i++)
		snprintf(load->names[i], sizeof(load->names[i]), "n%02u", i);
	for (i = 0; i < VDEV_FEATURES_MAX; i++)
		load->features[i].name = load->names[i];
	load->facts.info = load->info;
	load->facts.record.features = load->features;
	return load;
}

static struct vdev_blob *build(struct load *load, struct vdev_reason *reason)
{
	return vdev_blob_build(reason, "kunit", &device, &load->facts);
}

static u32 size(struct kunit *test, struct load *load)
{
	struct vdev_reason reason = { };
	struct vdev_blob *blob = build(load, &reason);
	u32 len;

	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, blob, "%s", reason.why);
	len = blob->len;
	vdev_blob_put(blob);
	return len;
}

static void add_feature(struct load *load, unsigned int num_words)
{
	unsigned int i = load->facts.record.num_features++;

	load->features[i].supported.words = load->words;
	load->features[i].supported.num_words = num_words;
}

static void add_info(struct kunit *test, struct load *load, unsigned int len)
{
	unsigned int i = load->facts.num_info++;

	load->info[i].name = load->names[i];
	load->info[i].value.type = VDEV_VALUE_TYPE_STRING;
	load->info[i].value.string = vdev_test_string(test, 's', len);
}

/* Fill up to the limit with bitmaps, then strings, to the last 4 bytes. */
static struct load *full_load(struct kunit *test)
{
	struct load *load = new_load(test);
	u32 left;

	while (VDEV_OBJECT_BYTES - size(test, load) > VDEV_FEATURE_BYTES + 64)
		add_feature(load, VDEV_FEATURE_BYTES / sizeof(u64));
	for (;;) {
		left = VDEV_OBJECT_BYTES - size(test, load);
		if (left <= INFO_BYTES(VDEV_STRING_LEN))
			break;
		add_info(test, load, 100);
	}
	add_info(test, load, left - INFO_BYTES(0) + 3);
	return load;
}

static void object_of_the_limit_is_accepted(struct kunit *test)
{
	struct load *load = full_load(test);

	KUNIT_EXPECT_EQ(test, size(test, load), VDEV_OBJECT_BYTES);
}

static void object_over_the_limit_is_rejected(struct kunit *test)
{
	struct load *load = full_load(test);
	struct vdev_reason reason = { };
	struct vdev_blob *blob;

	load->facts.driver = "d";
	blob = build(load, &reason);
	KUNIT_ASSERT_TRUE(test, IS_ERR(blob));
	KUNIT_EXPECT_EQ(test, PTR_ERR(blob), -EMSGSIZE);
	KUNIT_EXPECT_STREQ(test, reason.why, "larger than 24576 bytes");
}

/* All lists full and all strings long: far over what any buffer holds. */
static void largest_facts_are_rejected(struct kunit *test)
{
	struct load *load = new_load(test);
	struct vdev_reason reason = { };
	struct vdev_blob *blob;
	unsigned int i;

	for (i = 0; i < VDEV_FEATURES_MAX; i++)
		add_feature(load, VDEV_FEATURE_BYTES / sizeof(u64));
	for (i = 0; i < VDEV_INFO_MAX; i++)
		add_info(test, load, VDEV_STRING_LEN);
	blob = build(load, &reason);
	KUNIT_ASSERT_TRUE(test, IS_ERR(blob));
	KUNIT_EXPECT_EQ(test, PTR_ERR(blob), -EMSGSIZE);
}

static void expect_whole(struct kunit *test, const struct vdev_blob *blob)
{
	const struct nlattr *attr, *last = NULL;
	int rest;

	nla_for_each_attr(attr, (const struct nlattr *)blob->data, blob->len,
			  rest)
		last = attr;
	KUNIT_EXPECT_EQ(test, rest, 0);
	KUNIT_ASSERT_NOT_NULL(test, last);
	KUNIT_EXPECT_EQ(test, nla_type(last), VDEV_A_RECORD);
	nla_for_each_nested(attr, last, rest)
		KUNIT_EXPECT_EQ(test, nla_type(attr), VDEV_A_RECORD_FEATURE);
	KUNIT_EXPECT_EQ(test, rest, 0);
}

/* The scratch buffer grows in steps: nothing may get lost at one. */
static void every_size_is_whole(struct kunit *test)
{
	struct load *load = new_load(test);
	struct vdev_reason reason = { };
	struct vdev_blob *blob;
	u32 before = 0;

	add_feature(load, 0);
	for (;;) {
		struct vdev_feature *last;

		last = &load->features[load->facts.record.num_features - 1];
		blob = build(load, &reason);
		if (IS_ERR(blob))
			break;
		KUNIT_EXPECT_GT(test, blob->len, before);
		before = blob->len;
		expect_whole(test, blob);
		vdev_blob_put(blob);
		if (last->supported.num_words < ARRAY_SIZE(load->words))
			last->supported.num_words++;
		else
			add_feature(load, 1);
	}
	KUNIT_EXPECT_EQ(test, PTR_ERR(blob), -EMSGSIZE);
	KUNIT_EXPECT_GT(test, before, VDEV_OBJECT_BYTES - 64);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(object_of_the_limit_is_accepted),
	KUNIT_CASE(object_over_the_limit_is_rejected),
	KUNIT_CASE(largest_facts_are_rejected),
	KUNIT_CASE(every_size_is_whole),
	{ }
};

struct kunit_suite vdev_blob_size_suite = {
	.name = "vdev-blob-size",
	.test_cases = cases,
};
