// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: agree [--wrong] [PAIRS [SEED]]
 *
 * Runs in a guest with the simulator: the kernel and the library must say the
 * same of any two sides. The targets are endpoints of the simulator, changed now
 * and then; the sources are declarations that were tokens, or other endpoints.
 * KTAP; the exit status is 0 only if they agreed each time, and if many PAIRS had
 * every code. With --wrong they are not asked about the same pair, which must be
 * noticed.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <netlink/msg.h>

#include <vdev/vdev.h>

#include "carry.h"
#include "control.h"
#include "declaration.h"
#include "object.h"

#define TARGETS 16
/* Between two changes of the targets, and between two searches. */
#define ROUND 400
#define SEARCH 10
/* As many pairs as are sure to have each code among them. */
#define MANY 20000

enum claim {
	TOLD, CANONICAL, CHECKED, OFFLINE, LOCAL, FOUND, LARGEST, CLAIMS,
};

static const char *const sentences[CLAIMS] = {
	[TOLD] = "an endpoint's declaration is what the simulator was told",
	[CANONICAL] = "a record whose lists are sorted goes over the wire in its canonical form",
	[CHECKED] = "the kernel says of a declaration what the evaluator says",
	[OFFLINE] = "the library says the same of two declarations",
	[LOCAL] = "the kernel says it of two endpoints of its own",
	[FOUND] = "a search says it of all targets, and tells only failures and notes",
	[LARGEST] = "the largest records are judged, too",
};

static unsigned long tried[CLAIMS], failed[CLAIMS], codes[VDEV_CODE_DRIVER_VETO + 1];
static unsigned long pairs;
static bool wrong;

struct target {
	/* As it was made, and as it is told. */
	struct made plain;
	struct made made;
	struct vdev_handle handle;
	enum vdev_object_kind kind;
	struct vdev_declaration *declaration;
};

static struct vdev_sock *sock;
static struct target targets[TARGETS];
static struct random dice;
static struct carry_words words;
static struct judged judged;

static void die(const char *what)
{
	fprintf(stderr, "%s: %s\n", what, vdev_sock_error(sock)->message);
	exit(1);
}

static void claim(enum claim which, bool holds)
{
	tried[which]++;
	if (!holds && !failed[which]++)
		printf("# pair %lu: not so: %s\n", pairs, sentences[which]);
}

static bool is(const struct vdev_declaration *a, const struct vdev_declaration *b)
{
	return a->len == b->len && !memcmp(a->attrs, b->attrs, a->len);
}

static struct vdev_side side_of(const struct vdev_declaration *declaration)
{
	return (struct vdev_side) {
		.kind = declaration->kind,
		.migration = declaration->migration,
		.blockers = declaration->blockers,
		.num_blockers = declaration->num_blockers,
		.record = declaration->record,
	};
}

static struct vdev_object *get(const struct target *target)
{
	struct vdev_object *object;
	int err;

	if (target->kind == VDEV_OBJECT_DEV)
		err = vdev_dev_get(sock, &target->handle, &object);
	else
		err = vdev_type_get(sock, &target->handle, &object);
	if (err)
		die("get");
	return object;
}

/* The bytes of the record, as the kernel sent them. */
static bool same_record(const struct vdev_object *object,
			const struct vdev_declaration *declaration)
{
	const struct nlattr *wire = nla_find(vdev_reply_head(object->msg),
					     vdev_reply_len(object->msg), VDEV_A_RECORD);
	const struct nlattr *own = nla_find(declaration->attrs, (int)declaration->len,
					    VDEV_A_RECORD);

	return wire->nla_len == own->nla_len && !memcmp(wire, own, wire->nla_len);
}

static void compare_with_wire(const struct target *target, bool sorted)
{
	struct vdev_object *object = get(target);
	struct vdev_declaration *told;
	char why[VDEV_WHY_SIZE];

	if (vdev_declaration_of(object, &told, why)) {
		fprintf(stderr, "%s\n", why);
		exit(1);
	}
	claim(TOLD, is(told, target->declaration));
	if (sorted)
		claim(CANONICAL, same_record(object, target->declaration));
	vdev_declaration_free(told);
	vdev_object_free(object);
}

/* A device, or a type of the one parent; with its lists sorted or as they came. */
static void make_target(struct target *target)
{
	unsigned int number = (unsigned int)(target - targets);
	bool sorted = random_one_in(&dice, 2);
	struct vdev_side side;

	made_random(&target->plain, &dice);
	made_copy(&target->made, &target->plain);
	carry_translate(&target->made, &words);
	target->kind = (enum vdev_object_kind)target->made.side.kind;
	if (target->kind == VDEV_OBJECT_DEV)
		target->made.side.capacity = 0;
	vdev_declaration_free(target->declaration);
	target->declaration = carry_declare(&target->made);
	side = sorted ? side_of(target->declaration) : target->made.side;
	side.capacity = target->made.side.capacity;
	target->handle = (struct vdev_handle){ 0 };
	snprintf(target->handle.name, sizeof(target->handle.name), "agree%u", number);
	if (target->kind == VDEV_OBJECT_DEV) {
		strcpy(target->handle.bus, "sim");
		control_facts(&side, "dev add agree%u --", number);
	} else {
		strcpy(target->handle.parent_bus, "sim");
		strcpy(target->handle.parent, "agree");
		control_facts(&side, "type add agree agree%u -type", number);
	}
	compare_with_wire(target, sorted);
}

static void make_targets(void)
{
	struct target *target;

	carry_words_random(&words, &dice);
	for (target = targets; target < targets + TARGETS; target++) {
		if (target->kind == VDEV_OBJECT_DEV)
			control_do("dev del %s", target->handle.name);
		else if (target->kind)
			control_do("type del agree %s", target->handle.name);
		make_target(target);
	}
}

static void count_codes(void)
{
	unsigned int i;

	for (i = 0; i < judged.num; i++)
		codes[judged.findings[i].code]++;
}

static void compare_check(const struct vdev_declaration *source, const struct target *target)
{
	struct vdev_judgement *judgement;

	if (vdev_check(sock, source, target->kind, &target->handle, 0, 0, &judgement))
		die("check");
	claim(CHECKED, same_answer(&judged, judgement, false));
	vdev_judgement_free(judgement);
	/* What can never be made only the kernel knows. */
	if (target->made.side.capacity == VDEV_CAPACITY_STATE_IMPOSSIBLE)
		return;
	judgement = vdev_judge(source, target->declaration);
	claim(OFFLINE, same_answer(&judged, judgement, false));
	vdev_judgement_free(judgement);
}

static void compare_local(const struct target *source, const struct target *target)
{
	struct vdev_judgement *judgement;

	judged_run(&judged, &source->made.side, &target->made.side);
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
	const struct target *target;
	const char *name = strrchr(vdev_judgement_target(judgement), '/') + 1;

	target = &targets[atoi(name + strlen("agree"))];
	judged_run(&judged, &search->source->side, &target->made.side);
	claim(FOUND, target->kind == vdev_judgement_kind(judgement) &&
		     verdict >= search->verdict && same_answer(&judged, judgement, true));
	search->verdict = verdict;
	search->num++;
	return 0;
}

static void compare_search(const struct made *source, const struct vdev_declaration *declaration)
{
	struct search search = { .source = source };

	if (vdev_find(sock, declaration, NULL, compare_found, &search))
		die("find");
	claim(FOUND, search.num == TARGETS);
}

/* Something like the target, or nothing like it. */
static void make_source(struct made *source, const struct target *target)
{
	unsigned int changes = (unsigned int)random_below(&dice, 6);

	if (changes == 5)
		made_random(source, &dice);
	else
		made_copy(source, &target->plain);
	while (changes--)
		made_change(source, &dice);
	carry_translate(source, &words);
}

static void try_pair(const struct target *target)
{
	static struct made source;
	struct vdev_declaration *declaration, *carried;

	make_source(&source, target);
	declaration = carry_declare(&source);
	carried = carry_over(declaration);
	if (wrong)
		made_random(&source, &dice);
	judged_run(&judged, &source.side, &target->made.side);
	count_codes();
	compare_check(carried, target);
	if (pairs % SEARCH == 0)
		compare_search(&source, carried);
	vdev_declaration_free(carried);
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
		params[i] = (struct vdev_param){ .name = names[i], .kind = VDEV_VALUE_TYPE_STRING };
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
	const struct vdev_side side = side_of(target);

	control_facts(&side, "dev add large --");
	if (vdev_check(sock, source, VDEV_OBJECT_DEV, &handle, 0, 0, &got))
		die("check");
	claim(LARGEST, same_judgement(expected, got, false));
	if (vdev_find(sock, source, NULL, keep, &found))
		die("find");
	claim(LARGEST, found && same_judgement(expected, found, true));
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
			make_targets();
		try_pair(&targets[random_below(&dice, TARGETS)]);
		if (pairs % 4 == 0)
			compare_local(&targets[random_below(&dice, TARGETS)],
				      &targets[random_below(&dice, TARGETS)]);
	}
}

static bool every_code_was_given(void)
{
	bool all = true;
	uint32_t i;

	for (i = VDEV_CODE_SAME; i < VDEV_CODE_DRIVER_VETO; i++) {
		if (codes[i])
			continue;
		printf("# %s was never given\n", vdev_code_name(i));
		all = false;
	}
	return all;
}

static bool report_codes(void)
{
	bool all = every_code_was_given();

	printf("%sok %u every code but that of a veto was given\n",
	       all ? "" : "not ", CLAIMS + 1);
	return all;
}

static int report(void)
{
	bool ok = true;
	unsigned int i;

	printf("# %lu pairs\n", pairs);
	for (i = 0; i < CLAIMS; i++) {
		bool holds = tried[i] && !failed[i];

		printf("# tried %lu times\n%sok %u %s\n", tried[i], holds ? "" : "not ", i + 1,
		       sentences[i]);
		ok &= holds;
	}
	if (pairs >= MANY)
		ok &= report_codes();
	return ok ? 0 : 1;
}

int main(int argc, char **argv)
{
	char **args = argv + (argc > 1 && !strcmp(argv[1], "--wrong"));
	int status, num = argc - (int)(args - argv);
	unsigned long number = num > 1 ? strtoul(args[1], NULL, 0) : 25000;
	uint64_t seed = num > 2 ? strtoull(args[2], NULL, 0) : (uint64_t)time(NULL);

	wrong = args != argv;
	printf("TAP version 13\n1..%d\n# seed %llu\n", CLAIMS + (number >= MANY),
	       (unsigned long long)seed);
	random_start(&dice, seed, 0);
	sock = vdev_sock_new();
	if (!sock)
		abort();
	control_do("reset");
	control_do("parent add agree plain");
	try_largest();
	try_pairs(number);
	status = report();
	control_do("reset");
	vdev_sock_free(sock);
	return status;
}
