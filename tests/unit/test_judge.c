// SPDX-License-Identifier: GPL-2.0
/*
 * The judgement of two declarations: that what the evaluator says arrives. What
 * it says of which records is tested with the evaluator.
 */
#include "test.h"

static const uint64_t source_bits[] = { 0x28, 1 }, target_bits[] = { 0x48, 0 };
static const struct vdev_ident model = { .value = "example.org/nic" };
static const struct vdev_software_version version = {
	.value = { 2, 1, 3 }, .has_value = true,
};

static const struct vdev_blocker blocker = {
	"pinned", "a peer maps its memory", VDEV_BLOCKER_FLAG_PERMANENT,
};

static const struct vdev_feature source_feature = {
	.name = "virtio", .supported = { source_bits, 2 },
};

static const struct vdev_feature target_feature = {
	.name = "virtio", .supported = { target_bits, 2 }, .required = { target_bits, 1 },
};

static struct vdev_declaration *declare(const struct vdev_feature *feature,
					const struct vdev_blocker *reason)
{
	struct vdev_draft draft = {
		.kind = VDEV_OBJECT_TYPE, .migration = VDEV_MIGRATION_SUPPORTED,
		.blockers = reason, .num_blockers = !!reason,
		.model = &model, .software_version = &version,
		.features = feature, .num_features = 1,
	};
	struct vdev_declaration *declaration;

	assert_int_equal(vdev_declaration_new(&draft, sizeof(draft), &declaration, NULL), 0);
	return declaration;
}

/* Frees the declarations; the caller frees the judgement. */
static struct vdev_judgement *judge(struct vdev_declaration *source,
				    struct vdev_declaration *target)
{
	struct vdev_judgement *judgement = vdev_judge(source, target);

	assert_non_null(judgement);
	vdev_declaration_free(source);
	vdev_declaration_free(target);
	return judgement;
}

static void a_declaration_is_identical_to_itself(void **state)
{
	struct vdev_judgement *judgement = judge(declare(&source_feature, NULL),
						 declare(&source_feature, NULL));

	(void)state;
	assert_int_equal(vdev_judgement_verdict(judgement), VDEV_VERDICT_IDENTICAL);
	assert_true(vdev_judgement_rank(judgement)->same_version);
	assert_int_equal(vdev_judgement_rank(judgement)->bugfix, 3);
	assert_int_equal(vdev_judgement_num_findings(judgement), 4);
	vdev_judgement_free(judgement);
}

static void a_target_that_was_declared_has_no_name(void **state)
{
	struct vdev_judgement *judgement = judge(declare(&source_feature, NULL),
						 declare(&source_feature, NULL));

	(void)state;
	assert_int_equal(vdev_judgement_kind(judgement), VDEV_OBJECT_TYPE);
	assert_null(vdev_judgement_target(judgement));
	assert_int_equal(vdev_judgement_id(judgement), 0);
	assert_int_equal(vdev_judgement_generation(judgement), 0);
	assert_int_equal(vdev_judgement_snapshot(judgement), 0);
	assert_null(vdev_judgement_capacity(judgement));
	vdev_judgement_free(judgement);
}

static void check_findings(const struct vdev_judgement *judgement)
{
	const struct vdev_finding *finding = vdev_judgement_finding(judgement, 1);

	assert_int_equal(vdev_judgement_verdict(judgement), VDEV_VERDICT_NOT_MIGRATABLE);
	assert_int_equal(finding->field, VDEV_FIELD_BLOCKER);
	assert_int_equal(finding->result, VDEV_RESULT_FAIL);
	assert_int_equal(finding->code, VDEV_CODE_SOURCE_BLOCKED);
	assert_string_equal(finding->name, "pinned");
	assert_string_equal(finding->reason, "a peer maps its memory");
	finding = vdev_judgement_finding(judgement, 3);
	assert_int_equal(finding->field, VDEV_FIELD_SOFTWARE_VERSION);
	assert_string_equal(finding->source.string, "2.1.3");
	finding = vdev_judgement_finding(judgement, 4);
	assert_int_equal(finding->field, VDEV_FIELD_FEATURE);
	assert_int_equal(finding->code, VDEV_CODE_FEATURE_MISSING);
	assert_int_equal(finding->missing.num_words, 2);
	assert_int_equal(finding->missing.words[0], 0x20);
	assert_int_equal(finding->missing.words[1], 1);
	assert_int_equal(finding->unmet.words[0], 0x40);
	assert_null(vdev_judgement_finding(judgement, 5));
}

static void findings_own_their_memory(void **state)
{
	struct vdev_judgement *judgement = judge(declare(&source_feature, &blocker),
						 declare(&target_feature, NULL));
	struct vdev_judgement *copy = vdev_judgement_dup(judgement);

	(void)state;
	check_findings(judgement);
	vdev_judgement_free(judgement);
	check_findings(copy);
	vdev_judgement_free(copy);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_declaration_is_identical_to_itself),
		cmocka_unit_test(a_target_that_was_declared_has_no_name),
		cmocka_unit_test(findings_own_their_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
