// SPDX-License-Identifier: GPL-2.0
/* "find": which endpoints of this host can load the source's state, best first. */
#include <errno.h>

#include "cli/args.h"
#include "cli/complain.h"
#include "cli/options.h"
#include "cmd.h"
#include "fetch.h"
#include "common/frame.h"
#include "common/json.h"
#include "common/keys.h"
#include "operand.h"
#include "print/answer_json.h"
#include "print/answer_text.h"
#include "print/out_text.h"

struct find {
	const struct command *command;
	const struct options *options;
	struct vdev_sock *sock;
	struct document_cache cache;
	struct operand source;
	struct frame frame;
	/* The lowest, which is the best, of all verdicts. */
	uint32_t best;
	uint32_t instance;
	uint64_t snapshot;
	bool begun;
};

static void print_rank(const struct vdev_rank *rank)
{
	printf("  rank preference %u", rank->preference);
	if (rank->same_version)
		fputs(" same-version", stdout);
	printf(" bugfix %u surplus %u\n", rank->bugfix, rank->surplus);
}

/* Without details, those that cannot are left out. */
static void print_text(const struct find *find, const struct answer *answer)
{
	const struct vdev_judgement *judgement = answer->judgement;
	bool candidate = vdev_judgement_verdict(judgement) <= VDEV_VERDICT_UNDECLARED;

	if (!candidate && !find->options->details)
		return;
	answer_verdict(stdout, answer);
	answer_stale(stdout, answer);
	text_capacity(stdout, vdev_judgement_capacity(judgement));
	if (candidate && find->options->details)
		print_rank(vdev_judgement_rank(judgement));
	if (find->options->details) {
		answer_reasons(stdout, answer);
		answer_truncated(stdout, answer);
	}
}

static int begin(struct find *find)
{
	if (find->begun || !find->options->json)
		return 0;
	find->begun = true;
	find->frame = (struct frame){ .file = stdout, .key = "find", .pretty = find->options->pretty };
	return frame_begin(&find->frame, NULL);
}

static int print_json(struct find *find, const struct answer *answer)
{
	json_t *json = answer_json(answer);
	int err = json ? begin(find) : -ENOMEM;

	if (!err)
		err = frame_put(&find->frame, json);
	json_decref(json);
	return err;
}

static int take_judgement(const struct vdev_judgement *judgement, void *arg)
{
	struct find *find = arg;
	uint32_t verdict = vdev_judgement_verdict(judgement);
	struct answer answer;
	int err = 0;

	find->instance = vdev_judgement_instance(judgement);
	find->snapshot = vdev_judgement_snapshot(judgement);
	/* A device is not moved to itself. */
	if (find->source.id && vdev_judgement_id(judgement) == find->source.id)
		return 0;
	if (!find->best || verdict < find->best)
		find->best = verdict;
	answer_init(&answer, judgement, find->source.declaration);
	answer.target = vdev_judgement_target(judgement);
	if (!find->options->json) {
		print_text(find, &answer);
	} else {
		answer.source = find->source.label;
		err = print_json(find, &answer);
	}
	if (err)
		return err;
	return ferror(stdout) ? -EIO : 0;
}

static int end(struct find *find)
{
	struct builder builder = { 0 };
	json_t *after;
	int err;

	if (!find->options->json)
		return 0;
	after = build_object(&builder);
	if (find->instance)
		put_u64(&builder, after, KEY_INSTANCE, find->instance);
	if (find->snapshot)
		put_u64(&builder, after, KEY_SNAPSHOT, find->snapshot);
	err = builder.broken ? -ENOMEM : begin(find);
	if (!err)
		err = frame_end(&find->frame, after);
	json_decref(after);
	return err;
}

static int run(struct find *find, const struct show_args *args)
{
	int status;
	int err;

	status = operand_fetch(find->command, find->sock, &find->source);
	if (status)
		return status;
	err = vdev_find(find->sock, find->source.declaration, args->filter, take_judgement, find);
	if (!err)
		err = end(find);
	status = fetch_status(find->command, find->sock, find->source.label, err);
	return status ? status : answer_status(find->best);
}

/* The source is no condition. */
static int parse(struct find *find, int argc, char **argv, struct show_args *args)
{
	struct taken taken;
	int status;

	status = options_take(find->command, &argc, argv, &taken);
	if (!status)
		status = options_max_age(find->command, taken.value[0], find->sock);
	if (status)
		return status;
	if (!argc)
		return complain_usage(find->command, "SOURCE is missing");
	status = args_conditions(find->command, argc - 1, argv + 1, args);
	if (!status)
		status = operand_parse(find->command, find->sock, &find->cache, argv[0],
				       &find->source);
	return status;
}

int cmd_find(const struct command *command, const struct options *options, int argc,
	     char **argv)
{
	struct find find = { .command = command, .options = options };
	struct show_args args = { 0 };
	int status;

	find.sock = vdev_sock_new();
	status = find.sock ? parse(&find, argc, argv, &args) : complain_memory(command);
	if (!status)
		status = run(&find, &args);
	args_free(&args);
	operand_free(&find.source);
	document_cache_free(&find.cache);
	vdev_sock_free(find.sock);
	return status;
}
