// SPDX-License-Identifier: GPL-2.0
/*
 * Plans: what can be assigned, what devices need that are moved together, and what is said
 * where there is no target.
 */
#include "judge/judgement.h"
#include "test.h"

#define MAX 3
#define P2P (VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_P2P)

static const struct vdev_ident vfio = { .value = "vfio-pci" }, vdpa = { .value = "vdpa-net" };

/* A device with a number of queues, of which a target needs at least as many. */
static struct vdev_declaration *declare(const struct vdev_ident *api, uint32_t capabilities,
					uint32_t migration, uint64_t queues)
{
	struct vdev_param param = {
		.name = "queues", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_AT_LEAST,
		.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = queues },
	};
	struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .migration = migration, .device_api = api,
		.params = &param, .num_params = 1, .capabilities = capabilities,
	};
	struct vdev_declaration *declaration;

	assert_int_equal(vdev_declaration_new(&draft, sizeof(draft), &declaration, NULL), 0);
	return declaration;
}

static struct vdev_declaration *nic(uint64_t queues)
{
	return declare(&vdpa, 0, VDEV_MIGRATION_SUPPORTED, queues);
}

static struct vdev_declaration *vf(uint32_t capabilities, uint64_t queues)
{
	return declare(&vfio, capabilities, VDEV_MIGRATION_SUPPORTED, queues);
}

/* Two lists of declarations that end with NULL, and the plan for them. */
struct made {
	const struct vdev_declaration *sources[MAX + 1];
	const struct vdev_declaration *targets[MAX + 1];
	struct vdev_plan *plan;
};

static unsigned int length(const struct vdev_declaration *const *list)
{
	unsigned int num = 0;

	while (list[num])
		num++;
	return num;
}

static void make(struct made *made)
{
	struct vdev_error error = { 0 };
	int err = vdev_plan_new(made->sources, length(made->sources), made->targets,
				length(made->targets), NULL, &made->plan, &error);

	assert_string_equal(error.message, "");
	assert_int_equal(err, 0);
}

static void release(struct made *made)
{
	unsigned int i;

	vdev_plan_free(made->plan);
	for (i = 0; i < MAX; i++) {
		vdev_declaration_free((struct vdev_declaration *)made->sources[i]);
		vdev_declaration_free((struct vdev_declaration *)made->targets[i]);
	}
}

static void expect(const struct made *made, unsigned int source, uint32_t target, uint32_t reason)
{
	const struct vdev_assignment *assignment = vdev_plan_assignment(made->plan, source);

	assert_int_equal(assignment->target, target);
	assert_int_equal(assignment->reason, reason);
}

static void each_source_has_a_target_of_its_own(void **state)
{
	struct made made = {
		.sources = { nic(2), nic(4) },
		/* Both fit the first source, which leaves the larger one to the second. */
		.targets = { nic(8), nic(2) },
	};

	(void)state;
	make(&made);
	expect(&made, 0, 1, VDEV_PLAN_REASON_NONE);
	expect(&made, 1, 0, VDEV_PLAN_REASON_NONE);
	assert_int_equal(vdev_plan_num_assigned(made.plan), 2);
	assert_int_equal(vdev_plan_verdict(made.plan), VDEV_VERDICT_COMPATIBLE);
	assert_false(vdev_plan_needs_p2p(made.plan));
	assert_null(vdev_plan_assignment(made.plan, 2));
	assert_null(vdev_plan_pair(made.plan, 2, 0));
	assert_null(vdev_plan_pair(made.plan, 0, 2));
	release(&made);
}

static void the_better_verdict_comes_first(void **state)
{
	struct made made = {
		.sources = { nic(2), nic(2) }, .targets = { nic(4), nic(2), nic(2) },
	};

	(void)state;
	make(&made);
	expect(&made, 0, 1, VDEV_PLAN_REASON_NONE);
	expect(&made, 1, 2, VDEV_PLAN_REASON_NONE);
	assert_int_equal(vdev_plan_verdict(made.plan), VDEV_VERDICT_IDENTICAL);
	release(&made);
}

static void who_contends_for_what_is_said(void **state)
{
	struct made made = {
		.sources = { nic(4), nic(1), nic(3) }, .targets = { nic(4), nic(1), nic(2) },
	};
	const struct vdev_assignment *assignment;

	(void)state;
	make(&made);
	expect(&made, 0, 0, VDEV_PLAN_REASON_NONE);
	expect(&made, 1, 1, VDEV_PLAN_REASON_NONE);
	expect(&made, 2, VDEV_PLAN_NONE, VDEV_PLAN_REASON_TAKEN);
	assignment = vdev_plan_assignment(made.plan, 2);
	assert_int_equal(assignment->num_sources, 2);
	assert_int_equal(assignment->sources[0], 0);
	assert_int_equal(assignment->sources[1], 2);
	assert_int_equal(assignment->num_targets, 1);
	assert_int_equal(assignment->targets[0], 0);
	assert_int_equal(vdev_plan_num_assigned(made.plan), 2);
	assert_int_equal(vdev_plan_verdict(made.plan), VDEV_VERDICT_INCOMPATIBLE);
	assert_string_equal(vdev_plan_reason_name(VDEV_PLAN_REASON_TAKEN), "taken");
	release(&made);
}

static void what_is_undeclared_is_not_assigned(void **state)
{
	struct made made = {
		.sources = { nic(2), nic(9) },
		.targets = { declare(&vdpa, 0, VDEV_MIGRATION_UNDECLARED, 9), nic(2) },
	};

	(void)state;
	make(&made);
	expect(&made, 0, 1, VDEV_PLAN_REASON_NONE);
	expect(&made, 1, VDEV_PLAN_NONE, VDEV_PLAN_REASON_UNDECLARED);
	assert_int_equal(vdev_plan_verdict(made.plan), VDEV_VERDICT_UNDECLARED);
	assert_string_equal(vdev_plan_reason_name(VDEV_PLAN_REASON_UNDECLARED), "undeclared");
	release(&made);
}

static void the_reason_is_the_one_that_is_nearest(void **state)
{
	struct made made = {
		.sources = { nic(9), declare(&vdpa, 0, VDEV_MIGRATION_UNSUPPORTED, 1) },
		.targets = { declare(&vdpa, 0, VDEV_MIGRATION_UNSUPPORTED, 9), nic(2) },
	};

	(void)state;
	make(&made);
	expect(&made, 0, VDEV_PLAN_NONE, VDEV_PLAN_REASON_INCOMPATIBLE);
	expect(&made, 1, VDEV_PLAN_NONE, VDEV_PLAN_REASON_NOT_MIGRATABLE);
	assert_int_equal(vdev_plan_verdict(made.plan), VDEV_VERDICT_NOT_MIGRATABLE);
	assert_string_equal(vdev_plan_reason_name(VDEV_PLAN_REASON_INCOMPATIBLE), "incompatible");
	assert_string_equal(vdev_plan_reason_name(VDEV_PLAN_REASON_NOT_MIGRATABLE),
			    "not-migratable");
	assert_null(vdev_plan_reason_name(VDEV_PLAN_REASON_NONE));
	assert_null(vdev_plan_reason_name(99));
	release(&made);
}

static void one_vfio_device_needs_no_p2p(void **state)
{
	struct made made = {
		.sources = { vf(VDEV_CAPABILITY_STOP_COPY, 1), nic(1) },
		.targets = { vf(VDEV_CAPABILITY_STOP_COPY, 1), nic(1) },
	};

	(void)state;
	make(&made);
	assert_false(vdev_plan_needs_p2p(made.plan));
	assert_int_equal(vdev_plan_verdict(made.plan), VDEV_VERDICT_IDENTICAL);
	release(&made);
}

static void several_need_it_on_both_hosts(void **state)
{
	struct made made = {
		.sources = { vf(P2P, 1), vf(VDEV_CAPABILITY_STOP_COPY, 1), nic(1) },
		.targets = { vf(VDEV_CAPABILITY_STOP_COPY, 1), vf(P2P, 1), nic(1) },
	};
	const struct vdev_plan_pair *pair;

	(void)state;
	make(&made);
	assert_true(vdev_plan_needs_p2p(made.plan));
	expect(&made, 0, 1, VDEV_PLAN_REASON_NONE);
	expect(&made, 1, VDEV_PLAN_NONE, VDEV_PLAN_REASON_P2P);
	/* It is no VFIO device, and needs none. */
	expect(&made, 2, 2, VDEV_PLAN_REASON_NONE);
	pair = vdev_plan_pair(made.plan, 1, 0);
	assert_true(pair->source_lacks_p2p && pair->target_lacks_p2p);
	assert_int_equal(pair->verdict, VDEV_VERDICT_NOT_MIGRATABLE);
	assert_int_equal(vdev_judgement_verdict(pair->judgement), VDEV_VERDICT_IDENTICAL);
	pair = vdev_plan_pair(made.plan, 0, 0);
	assert_false(pair->source_lacks_p2p);
	assert_true(pair->target_lacks_p2p);
	assert_int_equal(vdev_plan_verdict(made.plan), VDEV_VERDICT_NOT_MIGRATABLE);
	assert_string_equal(vdev_plan_reason_name(VDEV_PLAN_REASON_P2P), "p2p");
	release(&made);
}

static void the_kernels_judgement_counts(void **state)
{
	struct made made = { .sources = { nic(1) }, .targets = { nic(1), nic(1) } };
	struct vdev_judgement first = {
		.kind = VDEV_OBJECT_DEV, .id = 7, .verdict = VDEV_VERDICT_INCOMPATIBLE,
	};
	struct vdev_judgement same = first;
	const struct vdev_judgement *judgements[] = { &first, NULL };
	struct vdev_error error = { 0 };

	(void)state;
	assert_int_equal(vdev_plan_new(made.sources, 1, made.targets, 2, judgements, &made.plan,
				       &error), 0);
	expect(&made, 0, 1, VDEV_PLAN_REASON_NONE);
	assert_ptr_equal(vdev_plan_pair(made.plan, 0, 0)->judgement, &first);
	vdev_plan_free(made.plan);
	/* It has two names. */
	judgements[1] = &same;
	assert_int_equal(vdev_plan_new(made.sources, 1, made.targets, 2, judgements, &made.plan,
				       &error), -EEXIST);
	assert_string_equal(error.message, "targets 0 and 1 are the same device");
	assert_null(made.plan);
	/* Of a type there can be two. */
	first.kind = VDEV_OBJECT_TYPE;
	same.kind = VDEV_OBJECT_TYPE;
	assert_int_equal(vdev_plan_new(made.sources, 1, made.targets, 2, judgements, &made.plan,
				       &error), 0);
	release(&made);
}

static void numbers_are_bounded(void **state)
{
	struct made made = { .sources = { nic(1) }, .targets = { nic(1) } };
	struct vdev_error error = { 0 };

	(void)state;
	assert_int_equal(vdev_plan_new(made.sources, 0, made.targets, 1, NULL, &made.plan, &error),
			 -EINVAL);
	assert_string_equal(error.message, "there are no sources");
	assert_int_equal(vdev_plan_new(made.sources, 1, made.targets, 0, NULL, &made.plan, NULL),
			 -EINVAL);
	assert_int_equal(vdev_plan_new(made.sources, 1, made.targets, 4096, NULL, &made.plan, &error),
			 -E2BIG);
	assert_string_equal(error.message, "4096 targets: more than 256");
	assert_int_equal(vdev_plan_new(made.sources, 257, made.targets, 1, NULL, &made.plan, &error),
			 -E2BIG);
	assert_string_equal(error.message, "257 sources: more than 256");
	assert_null(made.plan);
	release(&made);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_source_has_a_target_of_its_own),
		cmocka_unit_test(the_better_verdict_comes_first),
		cmocka_unit_test(who_contends_for_what_is_said),
		cmocka_unit_test(what_is_undeclared_is_not_assigned),
		cmocka_unit_test(the_reason_is_the_one_that_is_nearest),
		cmocka_unit_test(one_vfio_device_needs_no_p2p),
		cmocka_unit_test(several_need_it_on_both_hosts),
		cmocka_unit_test(the_kernels_judgement_counts),
		cmocka_unit_test(numbers_are_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
