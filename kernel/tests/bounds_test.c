// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the bounds: each at its limit, and one over it.
 */
#include <linux/limits.h>

#include "codec/facts.h"
#include "tests.h"

struct string_case {
	const char *label;
	const char *string;
	int err;
};

static void string_label(const struct string_case *c, char *label)
{
	strscpy(label, c->label, KUNIT_PARAM_DESC_SIZE);
}

static const struct string_case name_cases[] = {
	{ "one letter", "a" },
	{ "first printable", "!" },
	{ "last printable", "~" },
	{ "colon and dot", "0000:00:1f.3" },
	{ "missing", NULL, -EINVAL },
	{ "empty", "", -EINVAL },
	{ "space", "a b", -EINVAL },
	{ "slash", "a/b", -EINVAL },
	{ "control", "a\tb", -EINVAL },
	{ "DEL", "a\x7f", -EINVAL },
	{ "not ASCII", "\xc3\xa9", -EINVAL },
};

KUNIT_ARRAY_PARAM(name, name_cases, string_label);

static void name_is_printable_ascii(struct kunit *test)
{
	const struct string_case *c = test->param_value;
	struct vdev_reason reason = { };

	KUNIT_EXPECT_EQ_MSG(test, c->err,
			    vdev_name_check(&reason, "bus", c->string),
			    "%s", reason.why);
}

static void name_has_at_most_63_bytes(struct kunit *test)
{
	char *name = vdev_test_string(test, 'n', VDEV_NAME_LEN + 1);
	struct vdev_reason reason = { };
	int err;

	err = vdev_name_check(&reason, "bus", name);
	vdev_expect_verdict(test, &reason, err, -EINVAL,
			    "bus: name is longer than 63 bytes");
	name[VDEV_NAME_LEN] = '\0';
	err = vdev_name_check(&reason, "bus", name);
	VDEV_EXPECT_ACCEPTED(test, &reason, err);
}

static const struct string_case text_cases[] = {
	{ "empty", "" },
	{ "ASCII", "a b/c~" },
	{ "first after C1 controls", "\xc2\xa0" },
	{ "largest of 2 bytes", "\xdf\xbf" },
	{ "smallest of 3 bytes", "\xe0\xa0\x80" },
	{ "last before surrogates", "\xed\x9f\xbf" },
	{ "first after surrogates", "\xee\x80\x80" },
	{ "largest of 3 bytes", "\xef\xbf\xbf" },
	{ "smallest of 4 bytes", "\xf0\x90\x80\x80" },
	{ "U+10FFFF", "\xf4\x8f\xbf\xbf" },
	{ "missing", NULL, -EINVAL },
	{ "control", "a\nb", -EINVAL },
	{ "last control", "\x1f", -EINVAL },
	{ "DEL", "\x7f", -EINVAL },
	{ "first C1 control", "\xc2\x80", -EINVAL },
	{ "last C1 control", "\xc2\x9f", -EINVAL },
	{ "lone continuation", "\x80", -EINVAL },
	{ "overlong of 2 bytes", "\xc1\xbf", -EINVAL },
	{ "overlong of 3 bytes", "\xe0\x9f\xbf", -EINVAL },
	{ "overlong of 4 bytes", "\xf0\x8f\xbf\xbf", -EINVAL },
	{ "first surrogate", "\xed\xa0\x80", -EINVAL },
	{ "last surrogate", "\xed\xbf\xbf", -EINVAL },
	{ "U+110000", "\xf4\x90\x80\x80", -EINVAL },
	{ "lead byte f5", "\xf5\x80\x80\x80", -EINVAL },
	{ "lead byte ff", "\xff", -EINVAL },
	{ "cut after 1 of 2", "a\xc2", -EINVAL },
	{ "cut after 2 of 3", "a\xe2\x82", -EINVAL },
	{ "cut after 3 of 4", "a\xf0\x90\x80", -EINVAL },
	{ "cut short by ASCII", "\xe2\x82z", -EINVAL },
};

KUNIT_ARRAY_PARAM(text, text_cases, string_label);

static void text_is_utf8_without_controls(struct kunit *test)
{
	const struct string_case *c = test->param_value;
	struct vdev_reason reason = { };

	KUNIT_EXPECT_EQ_MSG(test, c->err,
			    vdev_text_check(&reason, "model", c->string),
			    "%s", reason.why);
}

static void text_has_at_most_255_bytes(struct kunit *test)
{
	char *text = vdev_test_string(test, 't', VDEV_STRING_LEN + 1);
	struct vdev_reason reason = { };
	int err;

	err = vdev_text_check(&reason, "model", text);
	vdev_expect_verdict(test, &reason, err, -EINVAL,
			    "model: string is longer than 255 bytes");
	text[VDEV_STRING_LEN] = '\0';
	err = vdev_text_check(&reason, "model", text);
	VDEV_EXPECT_ACCEPTED(test, &reason, err);
}

static void optional_text_is_missing_or_not_empty(struct kunit *test)
{
	struct vdev_reason reason = { };
	int err;

	err = vdev_optional_text_check(&reason, "driver", NULL);
	VDEV_EXPECT_ACCEPTED(test, &reason, err);
	err = vdev_optional_text_check(&reason, "driver", "\n");
	vdev_expect_verdict(test, &reason, err, -EINVAL,
			    "driver: string has control characters");
	err = vdev_optional_text_check(&reason, "driver", "");
	vdev_expect_verdict(test, &reason, err, -EINVAL,
			    "driver: string is empty");
}

static void number_is_at_most_63_bits(struct kunit *test)
{
	struct vdev_reason reason = { };
	int err;

	err = vdev_number_check(&reason, "downtime", S64_MAX);
	VDEV_EXPECT_ACCEPTED(test, &reason, err);
	err = vdev_number_check(&reason, "downtime", (u64)S64_MAX + 1);
	vdev_expect_verdict(test, &reason, err, -ERANGE,
			    "downtime: number is above 2^63 - 1");
	err = vdev_number_check(&reason, "downtime", U64_MAX);
	KUNIT_EXPECT_EQ(test, err, -ERANGE);
}

/* Rules beyond 31 and 63 would shift out of the mask. */
static void rule_must_fit(struct kunit *test)
{
	static const u32 conflicts[] = {
		VDEV_RULE_SUBSET, VDEV_RULE_IGNORE + 1, 31, 32, 33, 63, 64, 65,
		U32_MAX,
	};
	u32 fitting = BIT(VDEV_RULE_EQUAL) | BIT(VDEV_RULE_IGNORE);
	struct vdev_reason reason = { };
	unsigned int i;

	KUNIT_EXPECT_EQ(test, 0, vdev_rule_check(&reason, "x", 0, fitting));
	KUNIT_EXPECT_EQ(test, 0, vdev_rule_check(&reason, "x",
						 VDEV_RULE_EQUAL, fitting));
	KUNIT_EXPECT_EQ(test, 0, vdev_rule_check(&reason, "x",
						 VDEV_RULE_IGNORE, fitting));
	for (i = 0; i < ARRAY_SIZE(conflicts); i++)
		KUNIT_EXPECT_EQ(test, -EINVAL,
				vdev_rule_check(&reason, "x", conflicts[i],
						fitting));
	KUNIT_EXPECT_STREQ(test, reason.why,
			   "x: rule 4294967295 does not apply");
}

static void flags_must_be_known(struct kunit *test)
{
	struct vdev_reason reason = { };
	int err;

	err = vdev_flags_check(&reason, "capabilities", 0x5, 0x7);
	VDEV_EXPECT_ACCEPTED(test, &reason, err);
	err = vdev_flags_check(&reason, "capabilities", 0x80000009, 0x7);
	vdev_expect_verdict(test, &reason, err, -EINVAL,
			    "capabilities: flags 0x80000008 are not known");
}

static void list_has_its_length_and_exists(struct kunit *test)
{
	struct vdev_reason reason = { };
	int err;

	err = vdev_count_check(&reason, "info", NULL, 0, 4);
	VDEV_EXPECT_ACCEPTED(test, &reason, err);
	err = vdev_count_check(&reason, "info", &err, 4, 4);
	VDEV_EXPECT_ACCEPTED(test, &reason, err);
	err = vdev_count_check(&reason, "info", &err, 5, 4);
	vdev_expect_verdict(test, &reason, err, -EMSGSIZE,
			    "info: more than 4 entries");
	err = vdev_count_check(&reason, "info", NULL, 1, 4);
	vdev_expect_verdict(test, &reason, err, -EINVAL,
			    "info: list is missing");
}

static void names_of_a_list_are_unique(struct kunit *test)
{
	struct vdev_version versions[] = {
		{ .name = "a" }, { .name = "b" }, { .name = "ab" },
	};
	struct vdev_reason reason = { };
	int err;

	err = vdev_unique_check(&reason, "version", versions,
				ARRAY_SIZE(versions), sizeof(versions[0]));
	VDEV_EXPECT_ACCEPTED(test, &reason, err);
	versions[2].name = "a";
	err = vdev_unique_check(&reason, "version", versions,
				ARRAY_SIZE(versions), sizeof(versions[0]));
	vdev_expect_verdict(test, &reason, err, -EINVAL,
			    "version a: duplicate");
	err = vdev_unique_check(&reason, "version", NULL, 0, 1);
	KUNIT_EXPECT_EQ(test, err, 0);
}

struct value_case {
	const char *label;
	struct vdev_value value;
	u32 type;
	int err;
};

static const struct value_case value_cases[] = {
	{ "none", { }, VDEV_VALUE_TYPE_U64 },
	{ "largest number", { VDEV_VALUE_TYPE_U64, { .u64 = S64_MAX } },
	  VDEV_VALUE_TYPE_U64 },
	{ "number too large", { VDEV_VALUE_TYPE_U64, { .u64 = 1ULL << 63 } },
	  VDEV_VALUE_TYPE_U64, -ERANGE },
	{ "string", { VDEV_VALUE_TYPE_STRING, { .string = "s" } },
	  VDEV_VALUE_TYPE_STRING },
	{ "missing string", { VDEV_VALUE_TYPE_STRING }, VDEV_VALUE_TYPE_STRING, -EINVAL },
	{ "bool", { VDEV_VALUE_TYPE_BOOL, { .boolean = true } }, VDEV_VALUE_TYPE_BOOL },
	{ "another type", { VDEV_VALUE_TYPE_BOOL }, VDEV_VALUE_TYPE_U64, -EINVAL },
	{ "unknown type", { VDEV_VALUE_TYPE_BOOL + 1 }, VDEV_VALUE_TYPE_U64, -EINVAL },
};

static void value_label(const struct value_case *c, char *label)
{
	strscpy(label, c->label, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(value, value_cases, value_label);

static void value_is_of_its_kind(struct kunit *test)
{
	const struct value_case *c = test->param_value;
	struct vdev_reason reason = { };

	KUNIT_EXPECT_EQ_MSG(test, c->err,
			    vdev_value_check(&reason, "x", &c->value, c->type),
			    "%s", reason.why);
}

struct handle_case {
	const char *label;
	u32 kind;
	struct vdev_handle handle;
	const char *why;
};

static const struct handle_case handle_cases[] = {
	{ "device", VDEV_ENDPOINT_KIND_DEVICE, { "vdpa", "a" } },
	{ "device with parent", VDEV_ENDPOINT_KIND_DEVICE, { "vdpa", "a", "pci", "p" } },
	{ "parent on no bus", VDEV_ENDPOINT_KIND_DEVICE, { "vdpa", "a", NULL, "p" } },
	{ "type", VDEV_ENDPOINT_KIND_TYPE, { "mdev", "t", "class", "p" } },
	{ "no bus", VDEV_ENDPOINT_KIND_DEVICE, { NULL, "a" }, "bus: name is empty" },
	{ "no name", VDEV_ENDPOINT_KIND_DEVICE, { "vdpa", "" }, "name: name is empty" },
	{ "bad parent", VDEV_ENDPOINT_KIND_DEVICE, { "vdpa", "a", "pci", "" },
	  "parent: name is empty" },
	{ "bad parent-bus", VDEV_ENDPOINT_KIND_DEVICE, { "vdpa", "a", "", "p" },
	  "parent-bus: name is empty" },
	{ "type without parent", VDEV_ENDPOINT_KIND_TYPE, { "mdev", "t", "class" },
	  "parent: name is empty" },
	{ "type without parent-bus", VDEV_ENDPOINT_KIND_TYPE, { "mdev", "t", NULL, "p" },
	  "parent-bus: name is empty" },
};

static void handle_label(const struct handle_case *c, char *label)
{
	strscpy(label, c->label, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(handle, handle_cases, handle_label);

static void handle_is_complete(struct kunit *test)
{
	const struct handle_case *c = test->param_value;
	struct vdev_reason reason = { };
	int err;

	err = vdev_handle_check(&reason, c->kind, &c->handle);
	KUNIT_EXPECT_EQ(test, err, c->why ? -EINVAL : 0);
	KUNIT_EXPECT_STREQ(test, reason.why, c->why ?: "");
}

/* The longest words that a rule can be asked to say must not be cut badly. */
static void rejection_ends_in_nul(struct kunit *test)
{
	char *what = vdev_test_string(test, 'w', 300);
	struct vdev_reason reason;

	memset(&reason, 0xff, sizeof(reason));
	KUNIT_EXPECT_EQ(test, -EINVAL, vdev_name_check(&reason, what, ""));
	KUNIT_EXPECT_EQ(test, strnlen(reason.why, sizeof(reason.why)),
			sizeof(reason.why) - 1);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(name_is_printable_ascii, name_gen_params),
	KUNIT_CASE(name_has_at_most_63_bytes),
	KUNIT_CASE_PARAM(text_is_utf8_without_controls, text_gen_params),
	KUNIT_CASE(text_has_at_most_255_bytes),
	KUNIT_CASE(optional_text_is_missing_or_not_empty),
	KUNIT_CASE(number_is_at_most_63_bits),
	KUNIT_CASE(rule_must_fit),
	KUNIT_CASE(flags_must_be_known),
	KUNIT_CASE(list_has_its_length_and_exists),
	KUNIT_CASE(names_of_a_list_are_unique),
	KUNIT_CASE_PARAM(value_is_of_its_kind, value_gen_params),
	KUNIT_CASE_PARAM(handle_is_complete, handle_gen_params),
	KUNIT_CASE(rejection_ends_in_nul),
	{ }
};

struct kunit_suite vdev_bounds_suite = {
	.name = "vdev-bounds",
	.test_cases = cases,
};
