// SPDX-License-Identifier: GPL-2.0
/*
 * Matrices: what is said of a pair of hosts, which target of a host counts, and how often a
 * finding stands in the way.
 */
#include <vdev/matrix.h>

#include "test.h"

#define MAX 4

static const struct vdev_ident vdpa = { .value = "vdpa-net" }, vfio = { .value = "vfio-pci" };
static const struct vdev_ident model = { .value = "example.com/nic" };

struct endpoint {
	enum vdev_object_kind kind;
	const struct vdev_ident *api;
	uint32_t migration;
	uint64_t queues;
	uint64_t mtu;
};

static struct vdev_declaration *declare(const struct endpoint *endpoint)
{
	struct vdev_param params[] = {
		{
			.name = "mtu", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_EQUAL,
			.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = endpoint->mtu },
		},
		{
			.name = "queues", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_AT_LEAST,
			.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = endpoint->queues },
		},
	};
	struct vdev_draft draft = {
		.kind = endpoint->kind, .migration = endpoint->migration,
		.device_api = endpoint->api, .model = &model, .params = params, .num_params = 2,
	};
	struct vdev_declaration *declaration;

	assert_int_equal(vdev_declaration_new(&draft, sizeof(draft), &declaration, NULL), 0);
	return declaration;
}

#define DEVICE(q, m) { VDEV_OBJECT_DEV, &vdpa, VDEV_MIGRATION_SUPPORTED, q, m }
#define TYPE(q, m) { VDEV_OBJECT_TYPE, &vdpa, VDEV_MIGRATION_SUPPORTED, q, m }
#define OTHER(q, m) { VDEV_OBJECT_DEV, &vfio, VDEV_MIGRATION_SUPPORTED, q, m }
#define UNDECLARED { VDEV_OBJECT_DEV, &vdpa, VDEV_MIGRATION_UNDECLARED, 2, 1500 }
#define UNSUPPORTED { VDEV_OBJECT_DEV, &vdpa, VDEV_MIGRATION_UNSUPPORTED, 2, 1500 }

/* A host of endpoints, which end with one of no queues. */
static struct vdev_document *host(const struct endpoint *endpoints)
{
	struct vdev_document *document = vdev_document_new();

	for (; endpoints->queues; endpoints++) {
		struct vdev_declaration *declaration = declare(endpoints);

		assert_int_equal(vdev_document_add(document, NULL, declaration), 0);
		vdev_declaration_free(declaration);
	}
	return document;
}

#define HOST(...) host((const struct endpoint []){ __VA_ARGS__ { 0 } })

static const struct vdev_document *hosts[MAX];
static struct vdev_matrix *matrix;

static void judge(size_t num)
{
	assert_int_equal(vdev_matrix_new(hosts, num, NULL, 0, &matrix), 0);
}

static void release(size_t num)
{
	vdev_matrix_free(matrix);
	while (num)
		vdev_document_free((struct vdev_document *)hosts[--num]);
}

static const struct vdev_matrix_cell *expect(size_t source, size_t target, uint32_t verdict,
					     size_t num_sources, size_t num_movable)
{
	const struct vdev_matrix_cell *cell = vdev_matrix_cell(matrix, source, target);

	assert_non_null(cell);
	assert_int_equal(cell->verdict, verdict);
	assert_int_equal(cell->num_sources, num_sources);
	assert_int_equal(cell->num_movable, num_movable);
	return cell;
}

static void expect_obstacle(size_t index, uint32_t field, const char *name, uint32_t code,
			    size_t num_pairs, size_t num_sources)
{
	const struct vdev_matrix_finding *obstacle = vdev_matrix_obstacle(matrix, index);

	assert_non_null(obstacle);
	assert_int_equal(obstacle->field, field);
	if (name)
		assert_string_equal(obstacle->name, name);
	else
		assert_null(obstacle->name);
	assert_int_equal(obstacle->code, code);
	assert_int_equal(obstacle->num_pairs, num_pairs);
	assert_int_equal(obstacle->num_sources, num_sources);
}

static void a_host_is_not_judged_against_itself(void **state)
{
	(void)state;
	hosts[0] = HOST(DEVICE(2, 1500),);
	hosts[1] = HOST(DEVICE(4, 1500),);
	judge(2);
	assert_true(expect(0, 0, 0, 0, 0)->self);
	assert_true(expect(1, 1, 0, 0, 0)->self);
	assert_false(expect(0, 1, VDEV_VERDICT_COMPATIBLE, 1, 1)->self);
	assert_int_equal(vdev_matrix_cell(matrix, 0, 1)->obstacle, VDEV_MATRIX_NONE);
	expect(1, 0, VDEV_VERDICT_INCOMPATIBLE, 1, 0);
	assert_int_equal(vdev_matrix_verdict(matrix), VDEV_VERDICT_INCOMPATIBLE);
	assert_null(vdev_matrix_cell(matrix, 2, 0));
	assert_null(vdev_matrix_cell(matrix, 0, 2));
	release(2);
}

static void the_worst_of_the_best_is_the_verdict(void **state)
{
	const struct vdev_matrix_cell *cell;

	(void)state;
	/* The second fits none of three, and lacks least of the third. */
	hosts[0] = HOST(DEVICE(2, 1500), DEVICE(8, 9000), DEVICE(4, 1500),);
	hosts[1] = HOST(OTHER(8, 9000), DEVICE(4, 1500), DEVICE(4, 9000), TYPE(2, 1500),);
	judge(2);
	cell = expect(0, 1, VDEV_VERDICT_INCOMPATIBLE, 3, 2);
	assert_int_equal(cell->source, 1);
	assert_int_equal(cell->target, 2);
	assert_string_equal(vdev_matrix_obstacle(matrix, cell->obstacle)->name, "queues");
	release(2);
}

static void types_are_no_sources_of_a_host(void **state)
{
	(void)state;
	hosts[0] = HOST(TYPE(2, 1500),);
	hosts[1] = HOST(DEVICE(2, 1500),);
	judge(2);
	assert_int_equal(expect(0, 1, 0, 0, 0)->source, VDEV_MATRIX_NONE);
	expect(1, 0, VDEV_VERDICT_IDENTICAL, 1, 1);
	assert_int_equal(vdev_matrix_verdict(matrix), VDEV_VERDICT_IDENTICAL);
	release(2);
}

static void all_endpoints_of_sources_are_moved(void **state)
{
	(void)state;
	hosts[0] = HOST(TYPE(2, 1500), DEVICE(2, 1500),);
	hosts[1] = HOST(DEVICE(2, 1500),);
	assert_int_equal(vdev_matrix_new(hosts, 1, hosts, 2, &matrix), 0);
	assert_false(expect(0, 0, VDEV_VERDICT_IDENTICAL, 2, 2)->self);
	expect(0, 1, VDEV_VERDICT_IDENTICAL, 2, 2);
	assert_null(vdev_matrix_cell(matrix, 1, 0));
	release(2);
}

static void an_empty_host_takes_nothing(void **state)
{
	const struct vdev_matrix_cell *cell;

	(void)state;
	hosts[0] = HOST(DEVICE(2, 1500),);
	hosts[1] = vdev_document_new();
	judge(2);
	cell = expect(0, 1, VDEV_VERDICT_INCOMPATIBLE, 1, 0);
	assert_int_equal(cell->source, 0);
	assert_int_equal(cell->target, VDEV_MATRIX_NONE);
	assert_int_equal(cell->obstacle, VDEV_MATRIX_NONE);
	expect(1, 0, 0, 0, 0);
	assert_int_equal(vdev_matrix_num_obstacles(matrix), 0);
	release(2);
}

static void nothing_is_judged_without_hosts(void **state)
{
	(void)state;
	judge(0);
	assert_int_equal(vdev_matrix_verdict(matrix), 0);
	assert_null(vdev_matrix_cell(matrix, 0, 0));
	assert_null(vdev_matrix_obstacle(matrix, 0));
	release(0);
	vdev_matrix_free(NULL);
}

static void a_finding_counts_once_for_a_pair(void **state)
{
	(void)state;
	/* Of both devices of the first host the queues are too many for either target. */
	hosts[0] = HOST(DEVICE(8, 1500), DEVICE(9, 1500),);
	hosts[1] = HOST(DEVICE(4, 1500),);
	hosts[2] = HOST(DEVICE(4, 9000),);
	judge(3);
	assert_int_equal(vdev_matrix_num_obstacles(matrix), 2);
	/* From the first and the second to the third, and from there to both. */
	expect_obstacle(0, VDEV_FIELD_PARAM, "mtu", VDEV_CODE_VALUE_DIFFERS, 4, 5);
	expect_obstacle(1, VDEV_FIELD_PARAM, "queues", VDEV_CODE_TOO_SMALL, 2, 4);
	assert_null(vdev_matrix_obstacle(matrix, 2));
	assert_int_equal(vdev_matrix_cell(matrix, 0, 1)->obstacle, 1);
	assert_int_equal(vdev_matrix_cell(matrix, 0, 2)->obstacle, 0);
	release(3);
}

/* They are judged once, and counted each; the first one is named. */
static void equal_sources_count_each(void **state)
{
	const struct vdev_matrix_cell *cell;

	(void)state;
	hosts[0] = HOST(DEVICE(2, 1500), DEVICE(8, 1500), DEVICE(2, 1500), DEVICE(8, 1500),
			DEVICE(8, 1500),);
	hosts[1] = HOST(DEVICE(4, 9000), DEVICE(4, 1500), DEVICE(4, 1500),);
	hosts[2] = HOST(DEVICE(8, 1500), DEVICE(8, 1500),);
	judge(3);
	cell = expect(0, 1, VDEV_VERDICT_INCOMPATIBLE, 5, 2);
	assert_int_equal(cell->source, 1);
	assert_int_equal(cell->target, 1);
	expect(0, 2, VDEV_VERDICT_COMPATIBLE, 5, 5);
	expect(1, 2, VDEV_VERDICT_INCOMPATIBLE, 3, 2);
	expect(2, 0, VDEV_VERDICT_IDENTICAL, 2, 2);
	/* Three of the first host and two of the third to the second, none back. */
	expect_obstacle(0, VDEV_FIELD_PARAM, "queues", VDEV_CODE_TOO_SMALL, 2, 5);
	expect_obstacle(1, VDEV_FIELD_PARAM, "mtu", VDEV_CODE_VALUE_DIFFERS, 2, 2);
	release(3);
}

static void what_is_not_declared_stands_in_the_way(void **state)
{
	(void)state;
	hosts[0] = HOST(DEVICE(2, 1500),);
	hosts[1] = HOST(UNDECLARED,);
	hosts[2] = HOST(UNSUPPORTED,);
	judge(3);
	expect(0, 1, VDEV_VERDICT_UNDECLARED, 1, 0);
	expect(0, 2, VDEV_VERDICT_NOT_MIGRATABLE, 1, 0);
	expect(1, 2, VDEV_VERDICT_NOT_MIGRATABLE, 1, 0);
	assert_int_equal(vdev_matrix_verdict(matrix), VDEV_VERDICT_NOT_MIGRATABLE);
	/* What is undeclared does not decide where something fails. */
	assert_int_equal(vdev_matrix_num_obstacles(matrix), 4);
	expect_obstacle(0, VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_SOURCE_UNSUPPORTED, 2, 2);
	expect_obstacle(1, VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_TARGET_UNSUPPORTED, 2, 2);
	expect_obstacle(2, VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_SOURCE_UNDECLARED, 1, 1);
	expect_obstacle(3, VDEV_FIELD_MIGRATION, NULL, VDEV_CODE_TARGET_UNDECLARED, 1, 1);
	release(3);
}

/* Each source against each host, one pair at a time. */
static void the_same_is_said_as_by_single_judgements(void **state)
{
	size_t source, target, i;

	(void)state;
	hosts[0] = HOST(DEVICE(2, 1500), UNDECLARED, DEVICE(2, 1500),);
	hosts[1] = HOST(DEVICE(4, 1500), OTHER(2, 1500), TYPE(8, 9000),);
	hosts[2] = HOST(TYPE(2, 9000), UNSUPPORTED,);
	hosts[3] = HOST(UNDECLARED, DEVICE(4, 9000),);
	assert_int_equal(vdev_matrix_new(hosts, 4, hosts, 4, &matrix), 0);
	for (source = 0; source < 4; source++)
		for (target = 0; target < 4; target++) {
			uint32_t worst = 0;

			for (i = 0; i < vdev_document_num_endpoints(hosts[source]); i++) {
				struct vdev_ranking *ranking;
				uint32_t best;

				assert_int_equal(vdev_ranking_new(
					vdev_document_declaration(hosts[source], i),
					&hosts[target], 1, 0, &ranking), 0);
				best = vdev_judgement_verdict(
					vdev_ranking_get(ranking, 0)->judgement);
				worst = best > worst ? best : worst;
				vdev_ranking_free(ranking);
			}
			assert_int_equal(vdev_matrix_cell(matrix, source, target)->verdict, worst);
		}
	release(4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_host_is_not_judged_against_itself),
		cmocka_unit_test(the_worst_of_the_best_is_the_verdict),
		cmocka_unit_test(types_are_no_sources_of_a_host),
		cmocka_unit_test(all_endpoints_of_sources_are_moved),
		cmocka_unit_test(an_empty_host_takes_nothing),
		cmocka_unit_test(nothing_is_judged_without_hosts),
		cmocka_unit_test(a_finding_counts_once_for_a_pair),
		cmocka_unit_test(equal_sources_count_each),
		cmocka_unit_test(what_is_not_declared_stands_in_the_way),
		cmocka_unit_test(the_same_is_said_as_by_single_judgements),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
