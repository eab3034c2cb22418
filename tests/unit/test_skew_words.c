// SPDX-License-Identifier: GPL-2.0
/* Words and flags of a newer version: each is named, carried as it is, and judges nothing. */
#include "model/declaration.h"
#include "skewed.h"
#include "test.h"

/* The full declaration, with another number for one of its words. */
static struct vdev_declaration *with_number(const unsigned int *steps, uint32_t number)
{
	struct vdev_declaration *known = skewed_make(&skewed_full), *declaration;
	void *attrs = malloc(known->len);

	memcpy(attrs, known->attrs, known->len);
	memcpy(nla_data(skewed_find(attrs, (int)known->len, steps)), &number, sizeof(number));
	declaration = skewed_carry(attrs, known->len);
	free(attrs);
	vdev_declaration_free(known);
	return declaration;
}

typedef uint32_t number_fn(const struct vdev_declaration *declaration);

#define NUMBER(name, expression)							\
	static uint32_t name(const struct vdev_declaration *declaration)		\
	{										\
		const struct vdev_record *record = vdev_declaration_record(declaration);	\
											\
		(void)record;								\
		return expression;							\
	}

NUMBER(kind, (uint32_t)vdev_declaration_kind(declaration))
NUMBER(migration, vdev_declaration_migration(declaration))
NUMBER(capabilities, vdev_declaration_capabilities(declaration))
NUMBER(blocker_flags, vdev_declaration_blocker(declaration, 0)->flags)
NUMBER(device_api_rule, vdev_record_device_api(record)->rule)
NUMBER(model_rule, vdev_record_model(record)->rule)
NUMBER(type_rule, vdev_record_type(record)->rule)
NUMBER(software_rule, vdev_record_software_version(record)->rule)
NUMBER(versions_rule, vdev_record_versions_rule(record))
NUMBER(version_flags, vdev_record_version(record, 1)->flags)
NUMBER(feature_rule, vdev_record_feature(record, 1)->rule)
NUMBER(param_rule, vdev_record_param(record, 1)->rule)
NUMBER(param_kind, vdev_record_param(record, 1)->type)
NUMBER(param_flags, vdev_record_param(record, 1)->flags)
NUMBER(param_origin, vdev_record_param(record, 1)->origin)
NUMBER(aggregation_rule, vdev_record_aggregation(record)->rule)

/* A word, a number for it, and what is reported in its place. */
struct word {
	unsigned int steps[DEPTH];
	uint32_t number;
	const char *path;
	number_fn *reported;
	uint32_t otherwise;
};

static const struct word words[] = {
	{ { VDEV_A_SOURCE_ENDPOINT }, NEWER, "endpoint", kind, VDEV_OBJECT_DEV },
	{
		{ VDEV_A_SOURCE_MIGRATION }, NEWER, "migration", migration,
		VDEV_MIGRATION_UNDECLARED,
	}, {
		{ VDEV_A_SOURCE_CAPABILITIES }, NEWER_FLAG | VDEV_CAPABILITY_P2P, "capabilities",
		capabilities, VDEV_CAPABILITY_P2P,
	}, {
		{ VDEV_A_SOURCE_BLOCKER, VDEV_A_BLOCKER_FLAGS },
		NEWER_FLAG | VDEV_BLOCKER_FLAG_PERMANENT, "blocker[0].flags",
		blocker_flags, VDEV_BLOCKER_FLAG_PERMANENT,
	}, {
		IN_RECORD(VDEV_A_RECORD_DEVICE_API, VDEV_A_IDENT_RULE), NEWER,
		"record.device-api.rule", device_api_rule, VDEV_RULE_IGNORE,
	}, {
		IN_RECORD(VDEV_A_RECORD_MODEL, VDEV_A_IDENT_RULE), NEWER,
		"record.model.rule", model_rule, VDEV_RULE_IGNORE,
	}, {
		IN_RECORD(VDEV_A_RECORD_TYPE, VDEV_A_IDENT_RULE), NEWER,
		"record.type.rule", type_rule, VDEV_RULE_IGNORE,
	}, {
		IN_RECORD(VDEV_A_RECORD_SOFTWARE_VERSION, VDEV_A_SOFTWARE_VERSION_RULE), NEWER,
		"record.software-version.rule", software_rule, VDEV_RULE_IGNORE,
	}, {
		IN_RECORD(VDEV_A_RECORD_VERSIONS, VDEV_A_VERSIONS_RULE), NEWER,
		"record.versions.rule", versions_rule, VDEV_RULE_IGNORE,
	}, {
		{
			VDEV_A_SOURCE_RECORD, VDEV_A_RECORD_VERSIONS,
			STEP(VDEV_A_VERSIONS_ENTRY, 1), VDEV_A_VERSION_FLAGS,
		},
		NEWER_FLAG | VDEV_VERSION_FLAG_CREATE, "record.versions.entry[1].flags",
		version_flags, VDEV_VERSION_FLAG_CREATE,
	}, {
		IN_RECORD(STEP(VDEV_A_RECORD_FEATURE, 1), VDEV_A_FEATURE_RULE), NEWER,
		"record.feature[1].rule", feature_rule, VDEV_RULE_IGNORE,
	}, {
		IN_MTU(VDEV_A_PARAM_RULE), NEWER, "record.param[1].rule", param_rule,
		VDEV_RULE_IGNORE,
	}, {
		IN_MTU(VDEV_A_PARAM_VALUE_TYPE), NEWER, "record.param[1].value-type", param_kind,
		VDEV_VALUE_TYPE_U64,
	}, {
		IN_MTU(VDEV_A_PARAM_FLAGS), NEWER_FLAG | VDEV_PARAM_FLAG_CONFIGURABLE,
		"record.param[1].flags", param_flags, VDEV_PARAM_FLAG_CONFIGURABLE,
	}, {
		IN_MTU(VDEV_A_PARAM_ORIGIN), NEWER, "record.param[1].origin", param_origin,
		VDEV_ORIGIN_DEFAULT,
	}, {
		IN_RECORD(VDEV_A_RECORD_AGGREGATION, VDEV_A_AGGREGATION_RULE), NEWER,
		"record.aggregation.rule", aggregation_rule, VDEV_RULE_IGNORE,
	},
};

static void a_word_that_is_not_known_judges_nothing(void **state)
{
	struct vdev_declaration *known = skewed_make(&skewed_full), *declaration;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(words); i++) {
		declaration = with_number(words[i].steps, words[i].number);
		skewed_expect(declaration, words[i].path);
		assert_int_equal(words[i].reported(declaration), words[i].otherwise);
		vdev_declaration_free(declaration);
	}
	assert_int_equal(vdev_declaration_num_unknown(known), 0);
	vdev_declaration_free(known);
}

/* The largest number is one of no other meaning. */
static void a_word_can_have_any_number(void **state)
{
	struct vdev_declaration *declaration;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(words); i++) {
		declaration = with_number(words[i].steps, UINT32_MAX);
		assert_string_equal(vdev_declaration_unknown(declaration, 0), words[i].path);
		vdev_declaration_free(declaration);
	}
}

static void a_value_of_a_type_that_is_not_known_is_none(void **state)
{
	static const unsigned int steps[DEPTH] = IN_MTU(VDEV_A_PARAM_VALUE_TYPE);
	struct vdev_declaration *declaration = with_number(steps, NEWER);
	const struct vdev_param *param;

	(void)state;
	param = vdev_record_param(vdev_declaration_record(declaration), 1);
	assert_string_equal(param->name, "mtu");
	assert_int_equal(param->rule, VDEV_RULE_IGNORE);
	assert_int_equal(param->value.type, 0);
	assert_int_equal(param->off.type, 0);
	assert_int_equal(param->num_allowed, 0);
	vdev_declaration_free(declaration);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_word_that_is_not_known_judges_nothing),
		cmocka_unit_test(a_word_can_have_any_number),
		cmocka_unit_test(a_value_of_a_type_that_is_not_known_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
