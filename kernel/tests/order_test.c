// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of what is chosen for a device: the record that comes of it, and what is
 * rejected by the record of the type or device.
 */
#include "model/order.h"
#include "tests.h"

static const struct vdev_version versions[] = {
	{ "old", VDEV_VERSION_FLAG_ACCEPT },
	{ "mid", VDEV_VERSION_FLAG_CREATE },
	{ "new", VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_DEFAULT },
};

static const u64 supported[] = { 0xff, 1 };
static const u64 given[] = { 0x3 };
static const u64 required[] = { 0x1 };

static const struct vdev_feature features[] = {
	{
		.name = "f",
		.supported = { supported, 2 },
		.provisioned = { given, 1 },
		.required = { required, 1 },
	}, {
		.name = "whole",
		.supported = { supported, 2 },
	},
};

static const struct vdev_allowed sizes[] = { { .low = 10, .high = 20 }, { .low = 30, .high = 30 } };

#define U64(number)	{ .type = VDEV_VALUE_TYPE_U64, .u64 = (number) }

static const struct vdev_param params[] = {
	{
		.name = "size",
		.type = VDEV_VALUE_TYPE_U64,
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE,
		.value = U64(15),
		.off = U64(0),
		.allowed = sizes,
		.num_allowed = ARRAY_SIZE(sizes),
	}, {
		.name = "kept",
		.type = VDEV_VALUE_TYPE_U64,
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE,
		.value = U64(7),
	}, {
		.name = "fixed",
		.type = VDEV_VALUE_TYPE_U64,
		.value = U64(3),
		.off = U64(0),
	},
};

static const struct vdev_record record = {
	.versions = versions,
	.num_versions = ARRAY_SIZE(versions),
	.features = features,
	.num_features = ARRAY_SIZE(features),
	.params = params,
	.num_params = ARRAY_SIZE(params),
	.aggregation = { .base = "unit", .units = 2, .count = 1, .limit = 4 },
};

static struct vdev_made *make(struct kunit *test, u32 kind, const struct vdev_choices *choices,
			      int want, const char *words)
{
	struct vdev_made *made = kunit_kzalloc(test, sizeof(*made), GFP_KERNEL);
	struct vdev_reason reason = { };
	int err;

	KUNIT_ASSERT_NOT_NULL(test, made);
	err = vdev_order_make(&reason, made, kind, &record, choices);
	if (want)
		vdev_expect_verdict(test, &reason, err, want, words);
	else
		VDEV_EXPECT_ACCEPTED(test, &reason, err);
	return made;
}

static struct vdev_made *make_device(struct kunit *test, const struct vdev_choices *choices)
{
	return make(test, VDEV_ENDPOINT_KIND_TYPE, choices, 0, NULL);
}

static void reject(struct kunit *test, const struct vdev_choices *choices, int want,
		   const char *words)
{
	make(test, VDEV_ENDPOINT_KIND_TYPE, choices, want, words);
}

static void nothing_is_chosen(struct kunit *test)
{
	const struct vdev_choices none = { };
	const struct vdev_made *made = make_device(test, &none);

	KUNIT_EXPECT_EQ(test, made->versions[1].flags, VDEV_VERSION_FLAG_CREATE);
	KUNIT_EXPECT_EQ(test, made->versions[2].flags,
			VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_CURRENT);
	KUNIT_EXPECT_PTR_EQ(test, made->features[0].provisioned.words, &given[0]);
	KUNIT_EXPECT_PTR_EQ(test, made->features[1].provisioned.words, &supported[0]);
	KUNIT_EXPECT_EQ(test, made->params[0].value.u64, 0);
	KUNIT_EXPECT_EQ(test, made->params[1].value.u64, 7);
	KUNIT_EXPECT_EQ(test, made->params[2].value.u64, 3);
	KUNIT_EXPECT_EQ(test, made->record.aggregation.count, 1);
}

static void everything_is_chosen(struct kunit *test)
{
	static const u64 bits[] = { 0x81, 1 };
	const struct vdev_feature chosen_features[] = {
		{ .name = "f", .provisioned = { bits, 2 } },
	};
	const struct vdev_param chosen_params[] = {
		{ .name = "fixed", .value = U64(3) },
		{ .name = "size", .value = U64(30) },
		{ .name = "kept", .value = U64(7) },
	};
	const struct vdev_choices choices = {
		.version = "mid",
		.features = chosen_features,
		.num_features = 1,
		.params = chosen_params,
		.num_params = 3,
		.count = 4,
	};
	const struct vdev_made *made = make_device(test, &choices);

	KUNIT_EXPECT_EQ(test, made->versions[1].flags,
			VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_CURRENT);
	KUNIT_EXPECT_EQ(test, made->versions[2].flags, VDEV_VERSION_FLAG_CREATE);
	KUNIT_EXPECT_PTR_EQ(test, made->features[0].provisioned.words, &bits[0]);
	KUNIT_EXPECT_EQ(test, made->params[0].value.u64, 30);
	KUNIT_EXPECT_EQ(test, made->params[0].origin, VDEV_ORIGIN_PROVISIONED);
	KUNIT_EXPECT_EQ(test, made->params[1].origin, VDEV_ORIGIN_PROVISIONED);
	KUNIT_EXPECT_EQ(test, made->params[2].origin, 0);
	KUNIT_EXPECT_EQ(test, made->record.aggregation.count, 4);
}

static void partial_leaves_the_rest(struct kunit *test)
{
	const struct vdev_choices choices = { .partial = true };
	const struct vdev_made *made = make(test, VDEV_ENDPOINT_KIND_DEVICE, &choices, 0, NULL);

	KUNIT_EXPECT_EQ(test, made->params[0].value.u64, 15);
	KUNIT_EXPECT_NULL(test, made->features[1].provisioned.words);
}

static void off_value_is_always_allowed(struct kunit *test)
{
	const struct vdev_param off[] = { { .name = "size", .value = U64(0) } };
	const struct vdev_choices choices = { .params = off, .num_params = 1 };

	KUNIT_EXPECT_EQ(test, make_device(test, &choices)->params[0].value.u64, 0);
}

static void param_is_rejected(struct kunit *test)
{
	static const struct {
		struct vdev_param param;
		int err;
		const char *words;
	} wrong[] = {
		{ { "size", .value = U64(9) }, -ERANGE, "size: value is not allowed" },
		{ { "size", .value = U64(21) }, -ERANGE, "size: value is not allowed" },
		{ { "size" }, -EINVAL, "size: value is missing" },
		{ { "size", .value = { .type = VDEV_VALUE_TYPE_BOOL } }, -EINVAL,
		  "size: value is of another type" },
		{ { "fixed", .value = U64(0) }, -EINVAL, "fixed: cannot be chosen" },
		{ { "none", .value = U64(0) }, -EINVAL,
		  "param none: there is no such parameter" },
		{ { "a/b", .value = U64(0) }, -EINVAL,
		  "param: name is not printable ASCII without space and slash" },
	};
	struct vdev_choices choices = { .num_params = 1 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		choices.params = &wrong[i].param;
		reject(test, &choices, wrong[i].err, wrong[i].words);
	}
}

static void nothing_is_chosen_twice(struct kunit *test)
{
	const struct vdev_param twice[] = {
		{ .name = "kept", .value = U64(1) }, { .name = "kept", .value = U64(2) },
	};
	const struct vdev_choices choices = { .params = twice, .num_params = 2 };

	reject(test, &choices, -EINVAL, "param kept: duplicate");
}

static void version_is_rejected(struct kunit *test)
{
	struct vdev_choices choices = { .version = "old" };

	reject(test, &choices, -ERANGE, "version old: cannot be created");
	choices.version = "none";
	reject(test, &choices, -ERANGE, "version none: there is no such version");
}

static void feature_is_rejected(struct kunit *test)
{
	static const u64 beyond[] = { 1, 2 }, lacks[] = { 2 };
	struct vdev_feature feature = { .name = "f", .provisioned = { beyond, 2 } };
	const struct vdev_choices choices = { .features = &feature, .num_features = 1 };

	reject(test, &choices, -ERANGE, "feature f: has bits that are not supported");
	feature.provisioned = (struct vdev_bitmap) { lacks, 1 };
	reject(test, &choices, -ERANGE, "feature f: lacks bits that are required");
	feature.provisioned = (struct vdev_bitmap) { };
	reject(test, &choices, -EINVAL, "feature f: bitmap is missing");
	feature.name = "none";
	reject(test, &choices, -EINVAL, "feature none: there is no such set");
}

static void count_is_rejected(struct kunit *test)
{
	struct vdev_choices choices = { .count = 5 };

	reject(test, &choices, -ERANGE, "count: above the limit of 4");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(nothing_is_chosen),
	KUNIT_CASE(everything_is_chosen),
	KUNIT_CASE(partial_leaves_the_rest),
	KUNIT_CASE(off_value_is_always_allowed),
	KUNIT_CASE(param_is_rejected),
	KUNIT_CASE(nothing_is_chosen_twice),
	KUNIT_CASE(version_is_rejected),
	KUNIT_CASE(feature_is_rejected),
	KUNIT_CASE(count_is_rejected),
	{ }
};

struct kunit_suite vdev_order_suite = {
	.name = "vdev-order",
	.test_cases = cases,
};
