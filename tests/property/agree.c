// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: agree [--wrong] [PAIRS [SEED]]
 *
 * Runs in a guest with the simulator: the kernel and the library must say the
 * same of any two sides. The targets are endpoints of the simulator, changed now
 * and then; the sources are declarations that were tokens, or other endpoints.
 * KTAP; the exit status is 0 only if they agreed each time, and if many PAIRS had
 * every code. With --wrong they are not asked about the same pair, which must be
 * detected.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <vdev/vdev.h>

#include "carry.h"
#include "claims.h"
#include "control.h"
#include "newer.h"
#include "targets.h"

/* Between two changes of the targets, and between two searches. */
#define ROUND 400
#define SEARCH 10

static bool wrong;
static struct random dice;
static struct judged judged;

static void count_codes(void)
{
	unsigned int i;

	for (i = 0; i < judged.num; i++)
		claims_count_code(judged.findings[i].code);
}

static void compare_check(const struct vdev_declaration *source, const struct target *target)
{
	struct vdev_judgement *judgement;

	if (vdev_check(sock, source, target->kind, &target->handle, 0, 0, &judgement))
		die("check");
	claim(CHECKED, same_answer(&judged, judgement, false));
	vdev_judgement_free(judgement);
	/* What can never be made only the kernel knows. */
	if (target->made.operand.capacity == VDEV_CAPACITY_STATE_IMPOSSIBLE)
		return;
	judgement = vdev_judge(source, target->declaration);
	claim(OFFLINE, same_answer(&judged, judgement, false));
	vdev_judgement_free(judgement);
}

static void compare_local(const struct target *source, const struct target *target)
{
	struct vdev_judgement *judgement;

	judged_run(&judged, &source->made.operand, &target->made.operand);
	count_codes();
	if (vdev_check_local(sock, source->kind, &source->handle, target->kind, &target->handle,
			     0, 0, &judgement))
		die("check");
	claim(LOCAL, same_answer(&judged, judgement, false));
	vdev_judgement_free(judgement);
}

struct search {
	const struct made *source;
	unsigned int num;
	uint32_t verdict;
};

static int compare_found(const struct vdev_judgement *judgement, void *arg)
{
	struct search *search = arg;
	uint32_t verdict = vdev_judgement_verdict(judgement);
	const struct target *target = target_of(judgement);

	judged_run(&judged, &search->source->operand, &target->made.operand);
	claim(FOUND, target->kind == vdev_judgement_kind(judgement) &&
		     verdict >= search->verdict && same_answer(&judged, judgement, true));
	search->verdict = verdict;
	search->num++;
	return 0;
}

static void compare_search(const struct made *source, const struct vdev_declaration *declaration)
{
	struct search search = { .source = source };

	target_leave_and_return(&dice);
	if (vdev_find(sock, declaration, NULL, compare_found, &search))
		die("find");
	claim(FOUND, search.num == TARGETS);
}

static void try_pair(const struct target *target)
{
	static struct made source;
	struct vdev_declaration *declaration, *carried;

	target_make_source(target, &source, &dice);
	declaration = carry_declare(&source);
	carried = carry_over(declaration);
	if (wrong)
		made_random(&source, &dice);
	judged_run(&judged, &source.operand, &target->made.operand);
	count_codes();
	compare_check(carried, target);
	if (pairs % SEARCH == 0)
		compare_search(&source, carried);
	vdev_declaration_free(carried);
	vdev_declaration_free(declaration);
}

static void count_reported(const struct vdev_judgement *judgement)
{
	unsigned int i;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++)
		claims_count_code(vdev_judgement_finding(judgement, i)->code);
}

/* How many findings of that code there are, each with a path. */
static unsigned int count_unknown(const struct vdev_judgement *judgement, uint32_t code)
{
	const struct vdev_finding *finding;
	unsigned int i, num = 0;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++) {
		finding = vdev_judgement_finding(judgement, i);
		num += finding->field == VDEV_FIELD_UNKNOWN && finding->code == code &&
		       finding->result == VDEV_RESULT_NOTE && finding->name;
	}
	return num;
}

/* What is newer is reported as often as it is there, and makes the verdict undeclared at best. */
static bool reports_newer(const struct vdev_judgement *judgement, uint32_t code, unsigned int num)
{
	if (num > VDEV_UNKNOWN_MAX)
		num = VDEV_UNKNOWN_MAX;
	return count_unknown(judgement, code) == num &&
	       (!num || vdev_judgement_verdict(judgement) >= VDEV_VERDICT_UNDECLARED);
}

static int compare_newer_found(const struct vdev_judgement *found, void *arg)
{
	const struct vdev_declaration *source = arg;
	const struct target *target = target_of(found);
	struct vdev_judgement *expected;

	if (target->made.operand.capacity == VDEV_CAPACITY_STATE_IMPOSSIBLE)
		return 0;
	expected = vdev_judge(source, target->declaration);
	claim(NEWER_FOUND, same_report(expected, found, true));
	vdev_judgement_free(expected);
	return 0;
}

static void compare_newer(const struct vdev_declaration *source, unsigned int num,
			  const struct target *target)
{
	struct vdev_judgement *expected = vdev_judge(source, target->declaration), *got;

	claim(NEWER_REPORTED, reports_newer(expected, VDEV_CODE_SOURCE_UNKNOWN, num));
	if (vdev_check(sock, source, target->kind, &target->handle, 0, 0, &got))
		die("check of a newer source");
	count_reported(got);
	claim(NEWER_REPORTED, vdev_judgement_truncated(got) ||
			  reports_newer(got, VDEV_CODE_SOURCE_UNKNOWN, num));
	/* What can never be made only the kernel knows. */
	if (target->made.operand.capacity != VDEV_CAPACITY_STATE_IMPOSSIBLE)
		claim(NEWER, same_report(expected, got, false));
	vdev_judgement_free(got);
	vdev_judgement_free(expected);
	if (pairs % SEARCH == 0 && vdev_find(sock, source, NULL, compare_newer_found,
					     (void *)source))
		die("find of a newer source");
}

/* The library alone judges one that was exported. */
static void compare_newer_target(const struct vdev_declaration *source,
				 const struct target *target)
{
	struct vdev_declaration *newer;
	struct vdev_judgement *judgement;
	unsigned int num;

	newer = newer_of(target->declaration, &dice, &num);
	judgement = vdev_judge(source, newer);
	count_reported(judgement);
	claim(NEWER_TARGET, reports_newer(judgement, VDEV_CODE_TARGET_UNKNOWN, num));
	vdev_judgement_free(judgement);
	vdev_declaration_free(newer);
}

static void try_newer(const struct target *target)
{
	struct vdev_declaration *declaration, *newer, *carried;
	static struct made source;
	unsigned int num;

	target_make_source(target, &source, &dice);
	source.operand.num_unknown = 0;
	declaration = carry_declare(&source);
	newer = newer_of(declaration, &dice, &num);
	carried = carry_over(newer);
	compare_newer(carried, num, target);
	compare_newer_target(declaration, target);
	vdev_declaration_free(carried);
	vdev_declaration_free(newer);
	vdev_declaration_free(declaration);
}

/* As much as there can be in a record, and all of it to be found. */
static struct vdev_declaration *make_large(char initial)
{
	static char names[VDEV_PARAMS_MAX][VDEV_NAME_LEN + 1], text[VDEV_STRING_LEN + 1];
	static struct vdev_blocker blockers[VDEV_BLOCKERS_MAX];
	static struct vdev_param params[VDEV_PARAMS_MAX];
	struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .migration = VDEV_MIGRATION_SUPPORTED,
		.blockers = blockers, .params = params, .num_params = VDEV_PARAMS_MAX,
	};
	struct vdev_declaration *declaration;
	unsigned int i;

	memset(text, initial, VDEV_STRING_LEN);
	for (i = 0; i < VDEV_PARAMS_MAX; i++) {
		snprintf(names[i], sizeof(names[i]), "%02u%061d", i, initial);
		params[i] = (struct vdev_param){ .name = names[i], .type = VDEV_VALUE_TYPE_STRING };
		params[i].value = (struct vdev_value){ VDEV_VALUE_TYPE_STRING, { .string = text } };
	}
	/* Those of an endpoint of this host count as part of it. */
	draft.num_blockers = initial == 's' ? VDEV_BLOCKERS_MAX : 2;
	for (i = 0; i < draft.num_blockers; i++)
		blockers[i] = (struct vdev_blocker){ names[i], text, 0 };
	if (vdev_declaration_new(&draft, sizeof(draft), &declaration, NULL))
		abort();
	return declaration;
}

static int keep(const struct vdev_judgement *judgement, void *arg)
{
	struct vdev_judgement **kept = arg;

	if (!strcmp(vdev_judgement_target(judgement), "sim/large"))
		*kept = vdev_judgement_dup(judgement);
	return 0;
}

static void try_largest(void)
{
	struct vdev_declaration *source = make_large('s'), *target = make_large('t');
	struct vdev_judgement *expected = vdev_judge(source, target), *got, *found = NULL;
	struct vdev_handle handle = { .bus = "sim", .name = "large" };
	const struct vdev_operand operand = operand_of(target);

	control_facts(&operand, "dev add large --");
	if (vdev_check(sock, source, VDEV_OBJECT_DEV, &handle, 0, 0, &got))
		die("check");
	claim(LARGEST, same_report(expected, got, false));
	if (vdev_find(sock, source, NULL, keep, &found))
		die("find");
	claim(LARGEST, found && same_report(expected, found, true));
	vdev_judgement_free(expected);
	vdev_judgement_free(found);
	vdev_judgement_free(got);
	vdev_declaration_free(source);
	vdev_declaration_free(target);
	control_do("dev del large");
}

static void try_pairs(unsigned long number)
{
	for (; pairs < number; pairs++) {
		if (pairs % ROUND == 0)
			targets_make(&dice);
		try_pair(&targets[random_below(&dice, TARGETS)]);
		if (!wrong)
			try_newer(&targets[random_below(&dice, TARGETS)]);
		if (pairs % 4 == 0)
			compare_local(&targets[random_below(&dice, TARGETS)],
				      &targets[random_below(&dice, TARGETS)]);
	}
}

int main(int argc, char **argv)
{
	char **args = argv + (argc > 1 && !strcmp(argv[1], "--wrong"));
	int status, num = argc - (int)(args - argv);
	unsigned long number = num > 1 ? strtoul(args[1], NULL, 0) : 25000;
	uint64_t seed = num > 2 ? strtoull(args[2], NULL, 0) : (uint64_t)time(NULL);

	wrong = args != argv;
	printf("TAP version 13\n1..%d\n# seed %llu\n", claims_num_results(number),
	       (unsigned long long)seed);
	random_start(&dice, seed, 0);
	sock = vdev_sock_new();
	if (!sock)
		abort();
	control_do("reset");
	control_do("parent add agree plain");
	try_largest();
	try_pairs(number);
	status = claims_report() ? 0 : 1;
	control_do("reset");
	vdev_sock_free(sock);
	return status;
}
