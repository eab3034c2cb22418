// SPDX-License-Identifier: GPL-2.0
/*
 * "check": whether the target can load the source's state. The kernel judges
 * its own endpoints, the library what was exported.
 */
#include <errno.h>
#include <stdlib.h>

#include "check_many.h"
#include "cli/complain.h"
#include "cli/options.h"
#include "cli/session.h"
#include "cli/text.h"
#include "cmd.h"
#include "common/frame.h"
#include "operand.h"
#include "pair.h"
#include "print/answer_json.h"
#include "print/answer_table.h"
#include "print/answer_text.h"

enum {
	OPTION_OFFLINE,
	OPTION_BOTH,
	OPTION_GROUP,
	OPTION_ALL,
	OPTION_EXPLAIN,
	OPTION_RAW,
	OPTION_EXPECT,
	OPTION_MAX_AGE,
};

const struct keyword check_options[] = {
	[OPTION_OFFLINE] = { "--offline", NULL, "let the library judge, without any module" },
	[OPTION_BOTH] = { "--both", NULL, "ask the other direction, too" },
	[OPTION_GROUP] = { "--group", NULL,
		"assign each of SOURCES one of TARGETS, which stand after --" },
	[OPTION_ALL] = { "--all", NULL,
		"judge each of SOURCES with each of TARGETS, which stand after --" },
	[OPTION_EXPLAIN] = { "--explain", NULL, "print a table of all findings" },
	[OPTION_RAW] = { "--raw", NULL, "with --explain: print the table alone, for programs" },
	[OPTION_EXPECT] = { "--expect", "GENERATION",
		"fail if TARGET changed after this generation, INSTANCE:NUMBER" },
	[OPTION_MAX_AGE] = MAX_AGE_OPTION,
};

_Static_assert(ARRAY_SIZE(check_options) == NUM_CHECK_OPTIONS, "options are counted");

/* A check in progress. */
struct check {
	const struct command *command;
	const struct options *options;
	struct taken taken;
	struct document_cache cache;
	struct operand operands[2];
	struct vdev_sock *sock;
	struct generation expect;
	/* There and back. */
	struct vdev_judgement *judgements[2];
	unsigned int num;
};

static int parse_operands(struct check *check, char **words)
{
	bool offline = check->taken.value[OPTION_OFFLINE];
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; i < 2 && !status; i++) {
		struct operand *operand = &check->operands[i];

		status = operand_parse(check->command, offline ? NULL : check->sock, &check->cache,
				       words[i], operand);
		if (!status && operand->live && offline)
			status = complain(check->command, OPERAND_NOT_OFFLINE, operand->label);
	}
	return status;
}

/* What makes sense for endpoints of this host alone. */
static int check_live(const struct check *check)
{
	const char *const *value = check->taken.value;

	if (value[OPTION_MAX_AGE] && !check->operands[0].live && !check->operands[1].live)
		return complain_usage(check->command, "--max-age: neither SOURCE nor TARGET is an "
				      "endpoint of this host");
	if (!value[OPTION_EXPECT])
		return EXIT_DONE;
	if (!check->expect.number)
		return complain_usage(check->command, "--expect: generations begin with 1");
	if (!check->operands[1].live)
		return complain_usage(check->command,
				      "--expect: TARGET is not an endpoint of this host");
	return EXIT_DONE;
}

/* Rows for programs have nothing that says of which direction they are. */
static int check_raw(const struct check *check)
{
	const char *const *value = check->taken.value;

	if (!value[OPTION_RAW])
		return EXIT_DONE;
	if (!value[OPTION_EXPLAIN])
		return complain_usage(check->command, "--raw: only with --explain");
	if (value[OPTION_BOTH])
		return complain_usage(check->command, "--raw and --both exclude each other");
	if (check->options->json)
		return complain_usage(check->command, "--raw and JSON exclude each other");
	return EXIT_DONE;
}

static int parse(struct check *check, int argc, char **argv)
{
	const char *expect;
	int status;

	status = check_raw(check);
	if (status)
		return status;
	if (argc < 2)
		return complain_usage(check->command, "%s is missing", argc ? "TARGET" : "SOURCE");
	if (argc > 2)
		return complain_usage(check->command, "'%s' after SOURCE and TARGET", argv[2]);
	expect = check->taken.value[OPTION_EXPECT];
	if (expect)
		status = options_generation(check->command, "--expect", expect, &check->expect);
	if (!status)
		status = options_max_age(check->command, check->taken.value[OPTION_MAX_AGE],
					 check->sock);
	if (!status)
		status = parse_operands(check, argv);
	return status ? status : check_live(check);
}

/* Direction 0 is from SOURCE to TARGET. */
static int ask(struct check *check, unsigned int direction)
{
	struct operand *source = &check->operands[direction];
	struct operand *target = &check->operands[!direction];
	struct vdev_judgement **judgement = &check->judgements[direction];
	static const struct generation any = { 0 };
	int status;

	status = pair_judge(check->command, check->sock, source, target,
			    direction ? &any : &check->expect, judgement);
	if (!status)
		check->num++;
	return status;
}

static void fill_answer(const struct check *check, unsigned int direction, struct answer *answer)
{
	answer_init(answer, check->judgements[direction], check->operands[direction].declaration);
	answer->source = check->operands[direction].label;
	answer->target = check->operands[!direction].label;
	answer->offline = !check->operands[!direction].live;
	answer->strict = check->options->strict;
}

static bool passes(const struct check *check, unsigned int direction)
{
	struct answer answer;

	fill_answer(check, direction, &answer);
	return answer_status(&answer) == EXIT_DONE;
}

static bool one_way(const struct check *check)
{
	return check->num == 2 && passes(check, 0) != passes(check, 1);
}

static void print_one_way(const struct check *check)
{
	bool back = !passes(check, 0);

	fputs("one-way: only from ", stdout);
	text_put(stdout, check->operands[back].label);
	fputs(" to ", stdout);
	text_put(stdout, check->operands[!back].label);
	putchar('\n');
}

/* What is no row is on stderr, and the verdict in the exit status. */
static int print_raw(const struct check *check)
{
	const char *target = check->operands[1].label;
	struct answer answer;

	fill_answer(check, 0, &answer);
	if (vdev_judgement_stale(answer.judgement))
		complain(check->command, "%s: stale: the target does not answer", target);
	if (vdev_judgement_truncated(answer.judgement))
		complain(check->command, "%s: findings are left out", target);
	return answer_table(stdout, &answer, true);
}

static int print_text(const struct check *check)
{
	struct answer answer;
	unsigned int i;
	int err = 0;

	for (i = 0; i < check->num && !err; i++) {
		fill_answer(check, i, &answer);
		answer_verdict(stdout, &answer);
		answer_stale(stdout, &answer);
		if (check->taken.value[OPTION_EXPLAIN])
			err = answer_table(stdout, &answer, false);
		else
			answer_reasons(stdout, &answer);
		if (err)
			continue;
		answer_truncated(stdout, &answer);
		answer_doubt(stdout, &answer);
	}
	if (!err && one_way(check))
		print_one_way(check);
	return err;
}

static int print_json(const struct check *check)
{
	struct frame frame = { .file = stdout, .key = "check", .pretty = check->options->pretty };
	json_t *after = NULL;
	struct answer answer;
	unsigned int i;
	int err;

	err = frame_begin(&frame, NULL);
	for (i = 0; i < check->num && !err; i++) {
		char *text;

		fill_answer(check, i, &answer);
		text = answer_dump(&frame, &answer);
		if (text)
			frame_put_text(&frame, text);
		else
			err = -ENOMEM;
		free(text);
	}
	if (!err && check->num == 2) {
		after = json_pack("{s:b}", "one-way", one_way(check));
		err = after ? 0 : -ENOMEM;
	}
	if (!err)
		err = frame_end(&frame, after);
	json_decref(after);
	return err;
}

static int print(const struct check *check)
{
	if (check->options->json)
		return print_json(check);
	return check->taken.value[OPTION_RAW] ? print_raw(check) : print_text(check);
}

static int answer_check(const struct check *check)
{
	struct verdicts verdicts = { 0 };
	struct answer answer;
	unsigned int i;

	if (print(check))
		return complain_memory(check->command);
	for (i = 0; i < check->num; i++) {
		fill_answer(check, i, &answer);
		verdicts_add(&verdicts, &answer);
	}
	return verdicts_status(&verdicts);
}

static void release(struct check *check)
{
	unsigned int i;

	for (i = 0; i < 2; i++) {
		vdev_judgement_free(check->judgements[i]);
		operand_free(&check->operands[i]);
	}
	document_cache_free(&check->cache);
}

/* What is said of one pair, or of the other direction, is not said of many. */
static int check_alone(const struct check *check, int option)
{
	static const int others[] = {
		OPTION_BOTH, OPTION_EXPLAIN, OPTION_RAW, OPTION_EXPECT, OPTION_GROUP, OPTION_ALL,
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(others); i++)
		if (others[i] != option && check->taken.value[others[i]])
			return complain_usage(check->command, "%s and %s exclude each other",
					      check_options[option].word,
					      check_options[others[i]].word);
	return EXIT_DONE;
}

static int run_many(const struct check *check, int option, int argc, char **argv)
{
	const char *const *value = check->taken.value;
	const struct many_args args = {
		.command = check->command,
		.options = check->options,
		.sock = check->sock,
		.option = check_options[option].word,
		.offline = value[OPTION_OFFLINE],
		.max_age = value[OPTION_MAX_AGE],
		.num_sources = check->taken.num_before,
	};
	int status = check_alone(check, option);

	if (!status)
		status = options_max_age(check->command, value[OPTION_MAX_AGE], check->sock);
	if (status)
		return status;
	return option == OPTION_ALL ? check_all(&args, argc, argv) :
				      check_group(&args, argc, argv);
}

static int run(struct check *check, int argc, char **argv)
{
	const char *const *value = check->taken.value;
	int status;

	if (value[OPTION_GROUP] || value[OPTION_ALL])
		return run_many(check, value[OPTION_GROUP] ? OPTION_GROUP : OPTION_ALL, argc,
				argv);
	status = parse(check, argc, argv);
	if (!status)
		status = ask(check, 0);
	if (!status && check->taken.value[OPTION_BOTH])
		status = ask(check, 1);
	return status ? status : answer_check(check);
}

int cmd_check(const struct command *command, const struct options *options, int argc,
	      char **argv)
{
	struct check check = { .command = command, .options = options };
	int status;

	check.sock = session_sock(options->session);
	status = check.sock ? options_take(command, &argc, argv, &check.taken) :
			      complain_memory(command);
	if (!status)
		status = run(&check, argc, argv);
	release(&check);
	return status;
}
