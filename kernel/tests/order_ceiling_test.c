// SPDX-License-Identifier: GPL-2.0
/* Tests of what is chosen for a device below an administrator's ceiling. */
#include "model/order.h"
#include "tests.h"

#define BOTH (VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT)
#define U64(number)	{ .type = VDEV_VALUE_TYPE_U64, .u64 = (number) }

static const struct vdev_version versions[] = {
	{ "one", BOTH },
	{ "two", VDEV_VERSION_FLAG_CREATE },
	{ "three", BOTH | VDEV_VERSION_FLAG_DEFAULT },
};

static const u64 supported[] = { 0xff, 1 };
static const u64 mask[] = { 0xf };

static const struct vdev_feature features[] = {
	{ .name = "f", .supported = { supported, 2 } },
};

static const struct vdev_param params[] = {
	{
		.name = "size",
		.type = VDEV_VALUE_TYPE_U64,
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE,
		.value = U64(15),
		.off = U64(0),
	},
};

static const struct vdev_ceiling_feature masks[] = { { .name = "f", .mask = { mask, 1 } } };
static const struct vdev_ceiling_param ranges[] = { { .name = "size", .low = 0, .high = 20 } };

static struct vdev_made *make_of(struct kunit *test, u32 kind, const struct vdev_record *record,
				 const struct vdev_choices *choices, int want, const char *words)
{
	struct vdev_made *made = kunit_kzalloc(test, sizeof(*made), GFP_KERNEL);
	struct vdev_reason reason = { };
	int err;

	KUNIT_ASSERT_NOT_NULL(test, made);
	err = vdev_order_make(&reason, made, kind, record, choices);
	if (want)
		vdev_expect_verdict(test, &reason, err, want, words);
	else
		VDEV_EXPECT_ACCEPTED(test, &reason, err);
	/* A provider that reports what it is asked for reports no ceiling. */
	KUNIT_EXPECT_TRUE(test, err || !made->record.ceiling);
	return made;
}

static struct vdev_made *make(struct kunit *test, u32 kind, const struct vdev_ceiling *ceiling,
			      const struct vdev_choices *choices, int want, const char *words)
{
	const struct vdev_record record = {
		.versions = versions,
		.num_versions = ARRAY_SIZE(versions),
		.features = features,
		.num_features = ARRAY_SIZE(features),
		.params = params,
		.num_params = ARRAY_SIZE(params),
		.ceiling = ceiling,
	};

	return make_of(test, kind, &record, choices, want, words);
}

static void nothing_chosen_is_below(struct kunit *test)
{
	const struct vdev_ceiling ceiling = {
		.max_version = "two",
		.features = masks,
		.num_features = 1,
		.params = ranges,
		.num_params = 1,
	};
	const struct vdev_choices none = { };
	const struct vdev_made *made = make(test, VDEV_ENDPOINT_KIND_TYPE, &ceiling, &none, 0,
					    NULL);

	/* The newest that can be both created and accepted. */
	KUNIT_EXPECT_EQ(test, made->versions[0].flags, BOTH | VDEV_VERSION_FLAG_CURRENT);
	KUNIT_EXPECT_EQ(test, made->versions[2].flags, BOTH);
	KUNIT_ASSERT_EQ(test, made->features[0].provisioned.num_words, 2);
	KUNIT_EXPECT_EQ(test, made->features[0].provisioned.words[0], 0xf);
	KUNIT_EXPECT_EQ(test, made->features[0].provisioned.words[1], 0);
	KUNIT_EXPECT_EQ(test, made->params[0].value.u64, 0);
}

static void version_above_is_rejected(struct kunit *test)
{
	const struct vdev_ceiling ceiling = { .max_version = "one" };
	const struct vdev_ceiling gone = { .max_version = "zero" };
	struct vdev_choices choices = { .version = "two" };

	make(test, VDEV_ENDPOINT_KIND_TYPE, &ceiling, &choices, -ERANGE,
	     "version two: above the ceiling");
	make(test, VDEV_ENDPOINT_KIND_DEVICE, &ceiling, &choices, -ERANGE,
	     "version two: above the ceiling");
	/* The driver no longer has what the ceiling names: nothing is below. */
	choices.version = NULL;
	make(test, VDEV_ENDPOINT_KIND_TYPE, &gone, &choices, -ERANGE,
	     "version three: above the ceiling");
}

/* There is room for as many bits as a record can have. */
static void too_many_bits_are_rejected(struct kunit *test)
{
	static const u64 low[] = { 1 };
	const unsigned int bytes = VDEV_FEATURE_BYTES, num = VDEV_OBJECT_BYTES / bytes + 1;
	u64 *ones = kunit_kzalloc(test, bytes, GFP_KERNEL);
	struct vdev_ceiling_feature *limits = kunit_kcalloc(test, num, sizeof(*limits), GFP_KERNEL);
	struct vdev_feature *many = kunit_kcalloc(test, num, sizeof(*many), GFP_KERNEL);
	struct vdev_made *made = kunit_kzalloc(test, sizeof(*made), GFP_KERNEL);
	const struct vdev_ceiling ceiling = { .features = limits, .num_features = num };
	const struct vdev_record record = {
		.features = many, .num_features = num, .ceiling = &ceiling,
	};
	const struct vdev_choices none = { };
	struct vdev_reason reason = { };
	unsigned int i;
	int err;

	KUNIT_ASSERT_TRUE(test, ones && limits && many && made);
	memset(ones, 0xff, bytes);
	for (i = 0; i < num; i++) {
		many[i].name = vdev_test_string(test, 'a' + i, 1);
		many[i].supported = (struct vdev_bitmap){ ones, bytes / sizeof(*ones) };
		limits[i] = (struct vdev_ceiling_feature){ many[i].name, { low, 1 } };
	}
	err = vdev_order_make(&reason, made, VDEV_ENDPOINT_KIND_TYPE, &record, &none);
	vdev_expect_verdict(test, &reason, err, -EMSGSIZE, "feature m: too many bits");
}

static void feature_above_is_rejected(struct kunit *test)
{
	static const u64 above[] = { 0x1f };
	const struct vdev_ceiling ceiling = { .features = masks, .num_features = 1 };
	const struct vdev_feature chosen = { .name = "f", .provisioned = { above, 1 } };
	const struct vdev_choices choices = { .features = &chosen, .num_features = 1 };

	make(test, VDEV_ENDPOINT_KIND_TYPE, &ceiling, &choices, -ERANGE,
	     "feature f: has bits above the ceiling");
}

static void value_outside_is_rejected(struct kunit *test)
{
	static const struct vdev_ceiling_param high[] = { { .name = "size", .low = 5, .high = 9 } };
	const struct vdev_ceiling ceiling = { .params = ranges, .num_params = 1 };
	const struct vdev_ceiling no_off = { .params = high, .num_params = 1 };
	const struct vdev_param chosen = { .name = "size", .value = U64(21) };
	const struct vdev_choices choices = { .params = &chosen, .num_params = 1 };
	const struct vdev_choices none = { };

	make(test, VDEV_ENDPOINT_KIND_TYPE, &ceiling, &choices, -ERANGE,
	     "size: value is outside of the ceiling");
	make(test, VDEV_ENDPOINT_KIND_TYPE, &no_off, &none, -ERANGE,
	     "size: must be chosen, as what it would be is outside of the ceiling");
}

static void what_is_there_stays(struct kunit *test)
{
	static const struct vdev_ceiling_param low[] = { { .name = "size", .low = 0, .high = 9 } };
	const struct vdev_ceiling ceiling = {
		.max_version = "one",
		.features = masks,
		.num_features = 1,
		.params = low,
		.num_params = 1,
	};
	const struct vdev_choices choices = { .partial = true };

	make(test, VDEV_ENDPOINT_KIND_DEVICE, &ceiling, &choices, 0, NULL);
}

/* What is not chosen becomes neutral, unless it is to stay. */
static void neutral_value_is_no_way_out(struct kunit *test)
{
	static const struct vdev_ceiling_param range[] = {
		{ .name = "size", .low = 5, .high = 9 },
	};
	const struct vdev_ceiling ceiling = { .params = range, .num_params = 1 };
	const struct vdev_choices partial = { .partial = true };
	const struct vdev_choices none = { };
	const struct vdev_made *made;

	make(test, VDEV_ENDPOINT_KIND_DEVICE, &ceiling, &none, -ERANGE,
	     "size: must be chosen, as what it would be is outside of the ceiling");
	made = make(test, VDEV_ENDPOINT_KIND_DEVICE, &ceiling, &partial, 0, NULL);
	KUNIT_EXPECT_EQ(test, made->params[0].value.u64, 15);
}

static void version_not_known_is_rejected(struct kunit *test)
{
	static const struct vdev_version listed[] = {
		{ "one", VDEV_VERSION_FLAG_ACCEPT },
		{ "two", VDEV_VERSION_FLAG_CREATE },
	};
	static const char words[] = "version: must be chosen, as what it would be is not known";
	struct vdev_ceiling ceiling = { .max_version = "one" };
	struct vdev_record record = {
		.versions = listed,
		.num_versions = ARRAY_SIZE(listed),
		.ceiling = &ceiling,
	};
	const struct vdev_choices none = { };

	make_of(test, VDEV_ENDPOINT_KIND_TYPE, &record, &none, -ERANGE, words);
	make_of(test, VDEV_ENDPOINT_KIND_DEVICE, &record, &none, 0, NULL);
	/* All that are listed are below. */
	ceiling.max_version = "two";
	make_of(test, VDEV_ENDPOINT_KIND_TYPE, &record, &none, 0, NULL);
	record.num_versions = 0;
	make_of(test, VDEV_ENDPOINT_KIND_TYPE, &record, &none, -ERANGE, words);
}

static void value_not_known_is_rejected(struct kunit *test)
{
	static const struct vdev_param silent = {
		.name = "size",
		.type = VDEV_VALUE_TYPE_U64,
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE,
	};
	const struct vdev_ceiling ceiling = { .params = ranges, .num_params = 1 };
	const struct vdev_record record = {
		.params = &silent,
		.num_params = 1,
		.ceiling = &ceiling,
	};
	const struct vdev_choices none = { };

	make_of(test, VDEV_ENDPOINT_KIND_TYPE, &record, &none, -ERANGE,
		"size: must be chosen, as what it would be is not known");
	make_of(test, VDEV_ENDPOINT_KIND_DEVICE, &record, &none, 0, NULL);
}

static void bits_not_known_are_none(struct kunit *test)
{
	static const struct vdev_feature silent = { .name = "f" };
	const struct vdev_ceiling ceiling = { .features = masks, .num_features = 1 };
	const struct vdev_record record = {
		.features = &silent,
		.num_features = 1,
		.ceiling = &ceiling,
	};
	const struct vdev_choices none = { };
	const struct vdev_made *made;

	made = make_of(test, VDEV_ENDPOINT_KIND_TYPE, &record, &none, 0, NULL);
	KUNIT_EXPECT_NOT_NULL(test, made->features[0].provisioned.words);
	KUNIT_EXPECT_EQ(test, made->features[0].provisioned.num_words, 0);
}

/* As after an update of the driver. */
static void required_bits_above_are_rejected(struct kunit *test)
{
	static const u64 required[] = { 0x10 };
	static const struct vdev_feature demanding = {
		.name = "f",
		.supported = { supported, 2 },
		.required = { required, 1 },
	};
	const struct vdev_ceiling ceiling = { .features = masks, .num_features = 1 };
	const struct vdev_record record = {
		.features = &demanding,
		.num_features = 1,
		.ceiling = &ceiling,
	};
	const struct vdev_choices none = { };

	make_of(test, VDEV_ENDPOINT_KIND_TYPE, &record, &none, -ERANGE,
		"feature f: requires bits above the ceiling");
	make_of(test, VDEV_ENDPOINT_KIND_DEVICE, &record, &none, 0, NULL);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(nothing_chosen_is_below),
	KUNIT_CASE(version_above_is_rejected),
	KUNIT_CASE(feature_above_is_rejected),
	KUNIT_CASE(too_many_bits_are_rejected),
	KUNIT_CASE(value_outside_is_rejected),
	KUNIT_CASE(what_is_there_stays),
	KUNIT_CASE(neutral_value_is_no_way_out),
	KUNIT_CASE(version_not_known_is_rejected),
	KUNIT_CASE(value_not_known_is_rejected),
	KUNIT_CASE(bits_not_known_are_none),
	KUNIT_CASE(required_bits_above_are_rejected),
	{ }
};

struct kunit_suite vdev_order_ceiling_suite = {
	.name = "vdev-order-ceiling",
	.test_cases = cases,
};
