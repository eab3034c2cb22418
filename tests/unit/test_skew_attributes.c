// SPDX-License-Identifier: GPL-2.0
/*
 * Attributes of a newer version, in any nest: each is named, carried as it is, judges
 * nothing, and is a finding.
 */
#include "model/declaration.h"
#include "skewed.h"
#include "test.h"

/* Write the attributes again, with one more of that number in the nest of a path. */
static void write_with(struct writer *writer, const struct nlattr *head, int len,
		       const unsigned int *steps, unsigned int extra)
{
	unsigned int index = STEP_INDEX(steps[0]);
	const struct nlattr *pos;
	size_t nest;
	int rem;

	nla_for_each_attr(pos, head, len, rem) {
		if (!steps[0] || (unsigned int)nla_type(pos) != STEP_TYPE(steps[0]) || index--) {
			vdev_writer_put(writer, pos->nla_type, nla_data(pos), (size_t)nla_len(pos));
			continue;
		}
		nest = vdev_writer_begin(writer, (unsigned int)nla_type(pos));
		write_with(writer, nla_data(pos), nla_len(pos), steps + 1, extra);
		vdev_writer_end(writer, nest);
	}
	if (!steps[0])
		vdev_writer_put(writer, extra, "new", 3);
}

static struct vdev_declaration *with_attribute(const unsigned int *steps, unsigned int extra)
{
	struct vdev_declaration *known = skewed_make(&skewed_full), *declaration;
	struct writer writer = { 0 };

	write_with(&writer, known->attrs, (int)known->len, steps, extra);
	declaration = skewed_carry(writer.data, writer.len);
	vdev_writer_free(&writer);
	vdev_declaration_free(known);
	return declaration;
}

struct place {
	unsigned int steps[DEPTH];
	const char *path;
};

static const struct place places[] = {
	{ { 0 }, "attribute-77" },
	{ { STEP(VDEV_A_SOURCE_BLOCKER, 1) }, "blocker[1].attribute-77" },
	{ { VDEV_A_SOURCE_RECORD }, "record.attribute-77" },
	{ RECORD(VDEV_A_RECORD_DEVICE_API), "record.device-api.attribute-77" },
	{ RECORD(VDEV_A_RECORD_MODEL), "record.model.attribute-77" },
	{ RECORD(VDEV_A_RECORD_TYPE), "record.type.attribute-77" },
	{ RECORD(VDEV_A_RECORD_SOFTWARE_VERSION), "record.software-version.attribute-77" },
	{
		IN_RECORD(VDEV_A_RECORD_SOFTWARE_VERSION, VDEV_A_SOFTWARE_VERSION_VALUE),
		"record.software-version.value.attribute-77",
	}, {
		IN_RECORD(VDEV_A_RECORD_SOFTWARE_VERSION, STEP(VDEV_A_SOFTWARE_VERSION_ACCEPT, 1)),
		"record.software-version.accept[1].attribute-77",
	}, {
		{
			VDEV_A_SOURCE_RECORD, VDEV_A_RECORD_SOFTWARE_VERSION,
			STEP(VDEV_A_SOFTWARE_VERSION_ACCEPT, 1), VDEV_A_SEMVER_RANGE_FROM,
		},
		"record.software-version.accept[1].from.attribute-77",
	}, {
		{
			VDEV_A_SOURCE_RECORD, VDEV_A_RECORD_SOFTWARE_VERSION,
			VDEV_A_SOFTWARE_VERSION_ACCEPT, VDEV_A_SEMVER_RANGE_TO,
		},
		"record.software-version.accept[0].to.attribute-77",
	},
	{ RECORD(VDEV_A_RECORD_VERSIONS), "record.versions.attribute-77" },
	{
		IN_RECORD(VDEV_A_RECORD_VERSIONS, STEP(VDEV_A_VERSIONS_ENTRY, 1)),
		"record.versions.entry[1].attribute-77",
	},
	{ RECORD(STEP(VDEV_A_RECORD_FEATURE, 1)), "record.feature[1].attribute-77" },
	{ RECORD(STEP(VDEV_A_RECORD_PARAM, 1)), "record.param[1].attribute-77" },
	{ IN_MTU(VDEV_A_PARAM_VALUE), "record.param[1].value.attribute-77" },
	{ IN_MTU(VDEV_A_PARAM_OFF_VALUE), "record.param[1].off-value.attribute-77" },
	{ IN_MTU(STEP(VDEV_A_PARAM_ALLOWED, 1)), "record.param[1].allowed[1].attribute-77" },
	{
		IN_RECORD(VDEV_A_RECORD_PARAM, STEP(VDEV_A_PARAM_ALLOWED, 1)),
		"record.param[0].allowed[1].attribute-77",
	},
	{ RECORD(VDEV_A_RECORD_AGGREGATION), "record.aggregation.attribute-77" },
};

static void an_attribute_that_is_not_known_is_named(void **state)
{
	struct vdev_declaration *declaration;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(places); i++) {
		declaration = with_attribute(places[i].steps, NEWER);
		skewed_expect(declaration, places[i].path);
		vdev_declaration_free(declaration);
	}
}

/* A source will have more attributes than now, and each has a number of its own. */
static void the_next_attributes_of_a_source_are_free(void **state)
{
	struct vdev_declaration *declaration;
	unsigned int type;
	char path[32];

	(void)state;
	for (type = VDEV_A_SOURCE_MAX + 1; type < 64; type++) {
		declaration = with_attribute(places[0].steps, type);
		snprintf(path, sizeof(path), "attribute-%u", type);
		skewed_expect(declaration, path);
		vdev_declaration_free(declaration);
	}
}

/* Where all of a value or of what is allowed is another attribute. */
static struct vdev_declaration *with_newer(const unsigned int *steps)
{
	struct vdev_declaration *known = skewed_make(&skewed_full), *declaration;
	void *attrs = malloc(known->len);
	struct nlattr *nest, *pos;
	int rem;

	memcpy(attrs, known->attrs, known->len);
	nest = skewed_find(attrs, (int)known->len, steps);
	nla_for_each_nested(pos, nest, rem)
		pos->nla_type = NEWER;
	declaration = skewed_carry(attrs, known->len);
	free(attrs);
	vdev_declaration_free(known);
	return declaration;
}

static void a_newer_kind_of_value_is_no_value(void **state)
{
	static const unsigned int steps[DEPTH] = IN_MTU(VDEV_A_PARAM_VALUE);
	struct vdev_declaration *declaration = with_newer(steps);
	const struct vdev_param *param;

	(void)state;
	skewed_expect(declaration, "record.param[1].value.attribute-77");
	param = vdev_record_param(vdev_declaration_record(declaration), 1);
	assert_int_equal(param->value.type, 0);
	assert_int_equal(param->rule, VDEV_RULE_RANGE);
	vdev_declaration_free(declaration);
}

static void with_some_of_what_is_allowed_nothing_is_judged(void **state)
{
	static const unsigned int of_mtu[DEPTH] = IN_MTU(STEP(VDEV_A_PARAM_ALLOWED, 1));
	static const unsigned int of_link[DEPTH] =
		IN_RECORD(VDEV_A_RECORD_PARAM, STEP(VDEV_A_PARAM_ALLOWED, 1));
	struct vdev_declaration *declaration = with_newer(of_mtu);
	const struct vdev_param *param;

	(void)state;
	assert_int_equal(vdev_declaration_num_unknown(declaration), 3);
	assert_string_equal(vdev_declaration_unknown(declaration, 0),
			    "record.param[1].allowed[1].attribute-77");
	assert_string_equal(vdev_declaration_unknown(declaration, 2), "record.param[1].allowed");
	param = vdev_record_param(vdev_declaration_record(declaration), 1);
	assert_int_equal(param->rule, VDEV_RULE_IGNORE);
	assert_int_equal(param->num_allowed, 0);
	assert_int_equal(param->value.u64, 1500);
	vdev_declaration_free(declaration);

	declaration = with_newer(of_link);
	assert_int_equal(vdev_declaration_num_unknown(declaration), 2);
	assert_string_equal(vdev_declaration_unknown(declaration, 1), "record.param[0].allowed");
	param = vdev_record_param(vdev_declaration_record(declaration), 0);
	assert_int_equal(param->rule, VDEV_RULE_IGNORE);
	assert_int_equal(param->num_allowed, 0);
	vdev_declaration_free(declaration);
}

/* A rule that needs no list stays. */
static void what_is_allowed_does_not_matter_to_other_rules(void **state)
{
	static const unsigned int steps[DEPTH] =
		IN_RECORD(VDEV_A_RECORD_PARAM, STEP(VDEV_A_PARAM_ALLOWED, 1));
	struct vdev_param param = skewed_full.params[1];
	struct vdev_declaration *known, *declaration;
	struct vdev_draft draft = skewed_full;
	struct nlattr *nest, *pos;
	void *attrs;
	int rem;

	(void)state;
	param.rule = VDEV_RULE_AT_LEAST;
	draft.params = &param;
	draft.num_params = 1;
	known = skewed_make(&draft);
	attrs = malloc(known->len);
	memcpy(attrs, known->attrs, known->len);
	nest = skewed_find(attrs, (int)known->len, steps);
	nla_for_each_nested(pos, nest, rem)
		pos->nla_type = NEWER;
	declaration = skewed_carry(attrs, known->len);
	vdev_declaration_free(known);
	assert_int_equal(vdev_record_param(vdev_declaration_record(declaration), 0)->rule,
			 VDEV_RULE_AT_LEAST);
	free(attrs);
	vdev_declaration_free(declaration);
}

static void lists_of_strings_are_known(void **state)
{
	struct vdev_declaration *known = skewed_make(&skewed_full), *declaration;
	const struct vdev_param *param;

	(void)state;
	declaration = skewed_carry(known->attrs, known->len);
	assert_int_equal(vdev_declaration_num_unknown(declaration), 0);
	param = vdev_record_param(vdev_declaration_record(declaration), 0);
	assert_int_equal(param->num_allowed, 2);
	assert_int_equal(param->rule, VDEV_RULE_ONE_OF);
	assert_int_equal(param->allowed[1].low, 0);
	vdev_declaration_free(declaration);
	vdev_declaration_free(known);
}

/* Attributes as they stand, then words by their place in the record, then names. */
static void the_order_is_that_of_the_kernel(void **state)
{
	static const char *const order[] = {
		"record.model.attribute-77", "record.attribute-78", "attribute-80", "endpoint",
		"migration", "record.model.rule", "record.param[0].value-type", "a", "b",
	};
	struct vdev_declaration *declaration;
	struct writer writer = { 0 };
	size_t record, nest, i;

	(void)state;
	vdev_writer_u32(&writer, VDEV_A_SOURCE_MIGRATION, NEWER);
	record = vdev_writer_begin(&writer, VDEV_A_SOURCE_RECORD);
	nest = vdev_writer_begin(&writer, VDEV_A_RECORD_MODEL);
	vdev_writer_string(&writer, VDEV_A_IDENT_VALUE, "m");
	vdev_writer_u32(&writer, VDEV_A_IDENT_RULE, NEWER);
	vdev_writer_put(&writer, NEWER, NULL, 0);
	vdev_writer_end(&writer, nest);
	nest = vdev_writer_begin(&writer, VDEV_A_RECORD_PARAM);
	vdev_writer_string(&writer, VDEV_A_PARAM_NAME, "p");
	vdev_writer_u32(&writer, VDEV_A_PARAM_VALUE_TYPE, NEWER);
	vdev_writer_u32(&writer, VDEV_A_PARAM_RULE, VDEV_RULE_EQUAL);
	vdev_writer_u32(&writer, VDEV_A_PARAM_FLAGS, 0);
	vdev_writer_u32(&writer, VDEV_A_PARAM_ORIGIN, VDEV_ORIGIN_DEFAULT);
	vdev_writer_end(&writer, nest);
	vdev_writer_put(&writer, NEWER + 1, NULL, 0);
	vdev_writer_end(&writer, record);
	vdev_writer_u32(&writer, VDEV_A_SOURCE_ENDPOINT, NEWER);
	vdev_writer_string(&writer, VDEV_A_SOURCE_UNKNOWN, "a");
	vdev_writer_string(&writer, VDEV_A_SOURCE_UNKNOWN, "b");
	vdev_writer_put(&writer, NEWER + 3, NULL, 0);
	declaration = skewed_carry(writer.data, writer.len);
	vdev_writer_free(&writer);
	assert_int_equal(vdev_declaration_num_unknown(declaration), TEST_ARRAY_SIZE(order));
	for (i = 0; i < TEST_ARRAY_SIZE(order); i++)
		assert_string_equal(vdev_declaration_unknown(declaration, (unsigned int)i),
				    order[i]);
	vdev_declaration_free(declaration);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_attribute_that_is_not_known_is_named),
		cmocka_unit_test(the_next_attributes_of_a_source_are_free),
		cmocka_unit_test(a_newer_kind_of_value_is_no_value),
		cmocka_unit_test(with_some_of_what_is_allowed_nothing_is_judged),
		cmocka_unit_test(what_is_allowed_does_not_matter_to_other_rules),
		cmocka_unit_test(lists_of_strings_are_known),
		cmocka_unit_test(the_order_is_that_of_the_kernel),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
