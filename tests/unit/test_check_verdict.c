// SPDX-License-Identifier: GPL-2.0
/*
 * The judgement as a whole: migration support, blockers, capacity, the veto,
 * which verdict goes before which, the rank, and an answer that nobody wants to
 * hear to its end.
 */
#include "test.h"

#include "expect.h"

#define NOTE VDEV_RESULT_NOTE
#define FAIL VDEV_RESULT_FAIL

static void nothing_is_identical_with_nothing(void **state)
{
	(void)state;
	expect_verdict(VDEV_VERDICT_IDENTICAL);
	assert_int_equal(judged.num, 1);
	expect(VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_SAME);
	assert_int_equal(judged.findings[0].rule, 0);
}

static void a_side_without_a_contract_is_noted(void **state)
{
	(void)state;
	source.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_SOURCE_UNDECLARED);
	assert_int_equal(judged.num, 1);
	expect_verdict(VDEV_VERDICT_UNDECLARED);

	source.migration = VDEV_MIGRATION_SUPPORTED;
	target.migration = VDEV_MIGRATION_UNDECLARED;
	expect(VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_TARGET_UNDECLARED);
	assert_int_equal(judged.num, 1);
	expect_verdict(VDEV_VERDICT_UNDECLARED);
}

static void both_sides_without_a_contract_are_noted(void **state)
{
	(void)state;
	source.migration = 0;
	target.migration = 0;
	expect(VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_SOURCE_UNDECLARED);
	assert_int_equal(judged.num, 2);
	assert_int_equal(judged.findings[1].code, VDEV_CODE_TARGET_UNDECLARED);
	expect_verdict(VDEV_VERDICT_UNDECLARED);
}

static void a_side_that_cannot_be_moved_decides(void **state)
{
	(void)state;
	source.migration = VDEV_MIGRATION_UNSUPPORTED;
	expect(VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_SOURCE_UNSUPPORTED);
	expect_verdict(VDEV_VERDICT_NOT_MIGRATABLE);

	source.migration = VDEV_MIGRATION_SUPPORTED;
	target.migration = VDEV_MIGRATION_UNSUPPORTED;
	expect(VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_TARGET_UNSUPPORTED);
	expect_verdict(VDEV_VERDICT_NOT_MIGRATABLE);
}

static void a_declaration_that_is_newer_is_none(void **state)
{
	(void)state;
	target.migration = 77;
	expect(VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_TARGET_UNDECLARED);
}

static void a_blocker_that_passes_does_not_decide(void **state)
{
	static const struct vdev_blocker blocker = { .name = "busy", .reason = "wait a little" };
	const struct vdev_finding *finding;

	(void)state;
	source.blockers = &blocker;
	source.num_blockers = 1;
	finding = expect(VDEV_FIELD_BLOCKER, "busy", VDEV_CODE_SOURCE_BLOCKED);
	assert_int_equal(finding->result, NOTE);
	assert_string_equal(finding->reason, "wait a little");
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

static void a_permanent_blocker_decides(void **state)
{
	static const struct vdev_blocker blocker = {
		.name = "hw",
		.flags = VDEV_BLOCKER_FLAG_PERMANENT,
	};

	(void)state;
	target.blockers = &blocker;
	target.num_blockers = 1;
	assert_int_equal(expect(VDEV_FIELD_BLOCKER, "hw", VDEV_CODE_TARGET_BLOCKED)->result, FAIL);
	expect_verdict(VDEV_VERDICT_NOT_MIGRATABLE);
}

static void blockers_are_reported_by_operand_and_name(void **state)
{
	static const struct vdev_blocker blockers[] = {
		{ .name = "c" }, { .name = "a" }, { .name = "b" },
	};
	static const char *const names[] = { "a", "b", "c", "a", "b", "c" };
	unsigned int i;

	(void)state;
	source.blockers = blockers;
	source.num_blockers = 3;
	target.blockers = blockers;
	target.num_blockers = 3;
	judge();
	assert_int_equal(judged.num, 7);
	for (i = 0; i < 6; i++) {
		assert_string_equal(judged.findings[1 + i].name, names[i]);
		assert_int_equal(judged.findings[1 + i].code,
				 i < 3 ? VDEV_CODE_SOURCE_BLOCKED : VDEV_CODE_TARGET_BLOCKED);
	}
}

static void what_nobody_tracks_is_noted(void **state)
{
	static const struct {
		const char *api;
		uint32_t capabilities;
		bool noted;
	} cases[] = {
		{ "vfio-pci", VDEV_CAPABILITY_STOP_COPY, true },
		{ "vfio-pci", VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_PRE_COPY, true },
		{ "vfio-pci", VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_DIRTY_TRACKING, false },
		{ "vfio-pci", VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_IOMMU_DIRTY_TRACKING,
		  false },
		{ "vfio-pci", 0, false },
		{ "vfio-ap", VDEV_CAPABILITY_STOP_COPY, true },
		{ "vfio", VDEV_CAPABILITY_STOP_COPY, false },
		{ "vdpa-net", VDEV_CAPABILITY_STOP_COPY, false },
		{ NULL, VDEV_CAPABILITY_STOP_COPY, false },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		from.device_api.value = cases[i].api;
		to.device_api.value = cases[i].api;
		source.capabilities = cases[i].capabilities;
		expect_verdict(VDEV_VERDICT_IDENTICAL);
		assert_int_equal(judged.findings[0].code, VDEV_CODE_SAME);
		if (!cases[i].noted) {
			assert_int_equal(judged.num, cases[i].api ? 2 : 1);
			continue;
		}
		assert_int_equal(judged.num, 3);
		assert_int_equal(judged.findings[1].field, VDEV_FIELD_MIGRATION);
		assert_int_equal(judged.findings[1].code, VDEV_CODE_NO_DIRTY_TRACKING);
		assert_int_equal(judged.findings[1].result, NOTE);
	}
}

/* What it writes there is no part of the state that it loads. */
static void what_the_target_tracks_does_not_matter(void **state)
{
	(void)state;
	from.device_api.value = "vfio-pci";
	to.device_api.value = "vfio-pci";
	target.capabilities = VDEV_CAPABILITY_STOP_COPY;
	expect_verdict(VDEV_VERDICT_IDENTICAL);
	assert_int_equal(judged.num, 2);
}

static void only_what_can_never_exist_rejects(void **state)
{
	(void)state;
	target.capacity = VDEV_CAPACITY_STATE_SUFFICIENT;
	expect(VDEV_FIELD_CAPACITY, NULL, 0);
	target.capacity = VDEV_CAPACITY_STATE_BUSY;
	expect(VDEV_FIELD_CAPACITY, NULL, 0);
	expect_verdict(VDEV_VERDICT_IDENTICAL);

	target.capacity = VDEV_CAPACITY_STATE_IMPOSSIBLE;
	expect(VDEV_FIELD_CAPACITY, NULL, VDEV_CODE_RESOURCE_IMPOSSIBLE);
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
}

static void the_room_at_the_source_does_not_matter(void **state)
{
	(void)state;
	source.capacity = VDEV_CAPACITY_STATE_IMPOSSIBLE;
	expect(VDEV_FIELD_CAPACITY, NULL, 0);
	expect_verdict(VDEV_VERDICT_IDENTICAL);
}

static void the_driver_can_reject(void **state)
{
	const struct vdev_finding *finding;

	(void)state;
	judge();
	judged_veto(&judged, "not on a Sunday");
	finding = judged_find(&judged, VDEV_FIELD_VETO, NULL);
	assert_int_equal(finding->code, VDEV_CODE_DRIVER_VETO);
	assert_int_equal(finding->result, FAIL);
	assert_string_equal(finding->reason, "not on a Sunday");
	assert_int_equal(judged.check.verdict, VDEV_VERDICT_INCOMPATIBLE);
}

static void a_rejection_makes_nothing_better(void **state)
{
	(void)state;
	source.migration = VDEV_MIGRATION_UNSUPPORTED;
	judge();
	judged_veto(&judged, NULL);
	assert_int_equal(judged.check.verdict, VDEV_VERDICT_NOT_MIGRATABLE);
	assert_null(judged.findings[judged.num - 1].reason);
}

/* Each verdict with all the milder ones beside it. */
static void the_worst_finding_is_the_verdict(void **state)
{
	static const struct vdev_software_version older = { .value = { 1, 0, 0 } };
	static const struct vdev_software_version newer = { .value = { 1, 1, 0 } };

	(void)state;
	from.model.value = "m";
	to.model.value = "m";
	expect_verdict(VDEV_VERDICT_IDENTICAL);
	from.software_version = &older;
	to.software_version = &newer;
	expect_verdict(VDEV_VERDICT_COMPATIBLE);
	source.migration = VDEV_MIGRATION_UNDECLARED;
	expect_verdict(VDEV_VERDICT_UNDECLARED);
	from.device_api.value = "a";
	to.device_api.value = "b";
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
	target.migration = VDEV_MIGRATION_UNSUPPORTED;
	expect_verdict(VDEV_VERDICT_NOT_MIGRATABLE);
}

static const char *const paths[] = { "record.param[0].rule", "attribute-9", "endpoint" };

static void what_is_not_known_is_never_compatible(void **state)
{
	(void)state;
	from.model.value = "m";
	to.model.value = "m";
	source.unknown = paths;
	source.num_unknown = 1;
	assert_int_equal(expect(VDEV_FIELD_UNKNOWN, paths[0], VDEV_CODE_SOURCE_UNKNOWN)->result,
			 NOTE);
	expect_verdict(VDEV_VERDICT_UNDECLARED);

	source.num_unknown = 0;
	target.unknown = paths + 1;
	target.num_unknown = 1;
	assert_int_equal(expect(VDEV_FIELD_UNKNOWN, paths[1], VDEV_CODE_TARGET_UNKNOWN)->result,
			 NOTE);
	expect_verdict(VDEV_VERDICT_UNDECLARED);
}

static void what_is_not_known_makes_nothing_better(void **state)
{
	(void)state;
	source.unknown = paths;
	source.num_unknown = 1;
	from.device_api.value = "a";
	to.device_api.value = "b";
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
	target.migration = VDEV_MIGRATION_UNSUPPORTED;
	expect_verdict(VDEV_VERDICT_NOT_MIGRATABLE);
}

/* As it was found, and that of the source first. */
static void all_that_is_not_known_is_reported(void **state)
{
	unsigned int i;

	(void)state;
	source.unknown = paths;
	source.num_unknown = 3;
	target.unknown = paths;
	target.num_unknown = 2;
	judge();
	assert_int_equal(judged.num, 1 + 5);
	for (i = 0; i < 5; i++) {
		assert_int_equal(judged.findings[1 + i].code, i < 3 ? VDEV_CODE_SOURCE_UNKNOWN :
				 VDEV_CODE_TARGET_UNKNOWN);
		assert_string_equal(judged.findings[1 + i].name, paths[i % 3]);
	}
}

static void fields_come_in_their_order(void **state)
{
	static const char *const path = "attribute-77";
	static const uint64_t word = 1;
	static const struct vdev_feature feature = { .name = "f", .provisioned = { &word, 1 } };
	static const struct vdev_param param = { .name = "p", .type = VDEV_VALUE_TYPE_BOOL };
	static const struct vdev_software_version software = { .value = { 1, 0, 0 } };
	static const struct vdev_version version = {
		.name = "v",
		.flags = VDEV_VERSION_FLAG_CURRENT,
	};
	unsigned int i;

	(void)state;
	from = (struct vdev_record){
		.device_api = { .value = "a" },
		.model = { .value = "m" },
		.type = { .value = "t" },
		.software_version = &software,
		.versions = &version,
		.num_versions = 1,
		.features = &feature,
		.num_features = 1,
		.params = &param,
		.num_params = 1,
		.aggregation = { .base = "b", .units = 1, .count = 1 },
	};
	to = from;
	source.unknown = &path;
	source.num_unknown = 1;
	target.capacity = VDEV_CAPACITY_STATE_IMPOSSIBLE;
	judge();
	judged_veto(&judged, "no");
	assert_int_equal(judged.num, VDEV_FIELD_VETO - 1);
	for (i = 0; i < judged.num; i++)
		assert_int_equal(judged.findings[i].field,
				 i ? VDEV_FIELD_BLOCKER + i : VDEV_FIELD_MIGRATION);
}

static void a_check_answers_again_each_time(void **state)
{
	(void)state;
	from.model.value = "m";
	to.model.value = "n";
	expect_verdict(VDEV_VERDICT_INCOMPATIBLE);
	to.model.value = "m";
	expect_verdict(VDEV_VERDICT_IDENTICAL);
	assert_int_equal(judged.check.rank.preference, 0);
}

static int report_until(const struct vdev_check *check, const struct vdev_finding *finding)
{
	unsigned int *left = check->arg;

	(void)finding;
	return --*left ? 0 : -E2BIG;
}

/* Each place where a check can be ended; one per finding. */
static void who_hears_enough_ends_the_check(void **state)
{
	static const struct vdev_blocker blockers[] = { { .name = "a" }, { .name = "b" } };
	static const struct vdev_param params[] = {
		{ .name = "p", .type = VDEV_VALUE_TYPE_BOOL },
		{ .name = "q", .type = VDEV_VALUE_TYPE_BOOL },
	};
	unsigned int left, all;

	(void)state;
	source.blockers = blockers;
	source.num_blockers = 2;
	source.migration = VDEV_MIGRATION_UNDECLARED;
	target.migration = VDEV_MIGRATION_UNDECLARED;
	from.params = params;
	from.num_params = 2;
	from.type.value = "t";
	judge();
	all = judged.num;
	assert_int_equal(all, 7);
	for (unsigned int most = 1; most <= all; most++) {
		struct vdev_check check = { .source = &source, .target = &target };

		left = most;
		check.report = report_until;
		check.arg = &left;
		assert_int_equal(vdev_check_run(&check), -E2BIG);
		assert_int_equal(left, 0);
	}
}

static void the_rank_prefers_the_same_version(void **state)
{
	static const struct vdev_software_version version = { .value = { 1, 2, 3 } };
	static const struct vdev_software_version bugfix = { .value = { 1, 2, 9 } };
	static const struct vdev_software_version minor = { .value = { 1, 3, 0 } };

	(void)state;
	judge();
	assert_true(judged.check.rank.same_version);
	to.software_version = &bugfix;
	judge();
	assert_false(judged.check.rank.same_version);
	from.software_version = &version;
	judge();
	assert_true(judged.check.rank.same_version);
	assert_int_equal(judged.check.rank.bugfix, 9);
	to.software_version = &minor;
	judge();
	assert_false(judged.check.rank.same_version);
	assert_int_equal(judged.check.rank.bugfix, 0);
}

static void the_rank_looks_at_the_device_version_too(void **state)
{
	static const struct vdev_version old = { "old", VDEV_VERSION_FLAG_CURRENT };
	static const struct vdev_version both[] = {
		{ "old", VDEV_VERSION_FLAG_ACCEPT }, { "new", VDEV_VERSION_FLAG_CURRENT },
	};

	(void)state;
	from.versions = &old;
	from.num_versions = 1;
	judge();
	assert_false(judged.check.rank.same_version);
	to.versions = both;
	to.num_versions = 2;
	judge();
	assert_false(judged.check.rank.same_version);
	to = from;
	judge();
	assert_true(judged.check.rank.same_version);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		EXPECT_TEST(nothing_is_identical_with_nothing),
		EXPECT_TEST(a_side_without_a_contract_is_noted),
		EXPECT_TEST(both_sides_without_a_contract_are_noted),
		EXPECT_TEST(a_side_that_cannot_be_moved_decides),
		EXPECT_TEST(a_declaration_that_is_newer_is_none),
		EXPECT_TEST(a_blocker_that_passes_does_not_decide),
		EXPECT_TEST(a_permanent_blocker_decides),
		EXPECT_TEST(blockers_are_reported_by_operand_and_name),
		EXPECT_TEST(what_nobody_tracks_is_noted),
		EXPECT_TEST(what_the_target_tracks_does_not_matter),
		EXPECT_TEST(only_what_can_never_exist_rejects),
		EXPECT_TEST(the_room_at_the_source_does_not_matter),
		EXPECT_TEST(the_driver_can_reject),
		EXPECT_TEST(a_rejection_makes_nothing_better),
		EXPECT_TEST(the_worst_finding_is_the_verdict),
		EXPECT_TEST(what_is_not_known_is_never_compatible),
		EXPECT_TEST(what_is_not_known_makes_nothing_better),
		EXPECT_TEST(all_that_is_not_known_is_reported),
		EXPECT_TEST(fields_come_in_their_order),
		EXPECT_TEST(a_check_answers_again_each_time),
		EXPECT_TEST(who_hears_enough_ends_the_check),
		EXPECT_TEST(the_rank_prefers_the_same_version),
		EXPECT_TEST(the_rank_looks_at_the_device_version_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
