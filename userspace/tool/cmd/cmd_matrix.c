// SPDX-License-Identifier: GPL-2.0
/*
 * "matrix": whether the devices of each of many hosts can be moved to each of many others, or
 * each of many sources to each of many targets. The library judges what was exported.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli/complain.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cmd.h"
#include "matrix_words.h"
#include "print/matrix.h"

enum {
	OPTION_HTML,
	OPTION_MAX_AGE,
};

const struct keyword matrix_options[] = {
	[OPTION_HTML] = { "--html", NULL, "print one page of HTML, which needs nothing beside it" },
	[OPTION_MAX_AGE] = MAX_AGE_OPTION,
};

_Static_assert(ARRAY_SIZE(matrix_options) == NUM_MATRIX_OPTIONS, "options are counted");

/* What is printed of a side, as the lists that the library takes. */
struct lists {
	const struct vdev_document **contents;
	const char **labels;
};

static int lists_make(const struct matrix_side *side, struct lists *lists)
{
	size_t i;

	lists->contents = calloc(side->num + 1, sizeof(const struct vdev_document *));
	lists->labels = calloc(side->num + 1, sizeof(const char *));
	if (!lists->contents || !lists->labels)
		return -ENOMEM;
	for (i = 0; i < side->num; i++) {
		lists->contents[i] = side->list[i].content;
		lists->labels[i] = side->list[i].label;
	}
	return 0;
}

static void lists_free(const struct lists *lists)
{
	free(lists->contents);
	free(lists->labels);
}

static struct shown_side shown_side(const struct lists *lists, size_t num)
{
	return (struct shown_side){
		.contents = lists->contents, .labels = lists->labels, .num = num,
	};
}

static int print(const struct shown_matrix *shown, const struct options *options, bool html)
{
	if (html)
		return matrix_html(shown);
	return options->json ? matrix_json(shown, options->pretty) :
			       matrix_text(shown, options->details);
}

/* What could not be read is in no verdict. */
static int matrix_status(const struct matrix_words *words, const struct vdev_matrix *matrix)
{
	uint32_t verdict = vdev_matrix_verdict(matrix);

	if (words->rejected)
		return EXIT_ERROR;
	return verdict ? verdict_status(verdict) : EXIT_DONE;
}

static int judge(const struct matrix_words *words, struct shown_matrix *shown, bool same,
		 const struct options *options, bool html)
{
	struct vdev_baseline *baseline = NULL;
	struct vdev_matrix *matrix = NULL;
	int err, status;

	progress_begin("judging", 0);
	err = vdev_matrix_new(shown->sources.contents, shown->sources.num,
			      same ? NULL : shown->targets.contents, shown->targets.num, &matrix) ?:
	      vdev_baseline_new(shown->targets.contents, shown->targets.num, &baseline);
	progress_end();
	if (!err) {
		shown->matrix = matrix;
		shown->baseline = baseline;
		err = print(shown, options, html);
	}
	status = err ? complain_memory(words->command) : matrix_status(words, matrix);
	vdev_baseline_free(baseline);
	vdev_matrix_free(matrix);
	return status;
}

static int judge_words(const struct matrix_words *words, const struct options *options, bool html)
{
	bool same = !words->targets.num;
	struct lists sources = { 0 }, targets = { 0 };
	struct shown_matrix shown;
	int status = EXIT_DONE;

	if (lists_make(&words->sources, &sources) || lists_make(&words->targets, &targets))
		status = complain_memory(words->command);
	if (!status) {
		shown = (struct shown_matrix){
			.sources = shown_side(&sources, words->sources.num),
			.targets = same ? shown_side(&sources, words->sources.num) :
					  shown_side(&targets, words->targets.num),
			.incomplete = words->rejected,
		};
		status = judge(words, &shown, same, options, html);
	}
	lists_free(&sources);
	lists_free(&targets);
	return status;
}

static int check_words(const struct command *command, const struct options *options,
		       const struct taken *taken, int argc)
{
	if (taken->value[OPTION_HTML] && options->json)
		return complain_usage(command, "--html and JSON exclude each other");
	if (taken->num_before < 0)
		return argc ? EXIT_DONE : complain_usage(command, "HOST is missing");
	if (!taken->num_before)
		return complain_usage(command, "SOURCES are missing before '--'");
	if (taken->num_before == argc)
		return complain_usage(command, "TARGETS are missing after '--'");
	return EXIT_DONE;
}

static int check_sides(const struct matrix_words *words, bool max_age)
{
	if (max_age && !words->live)
		return complain_usage(words->command, "--max-age: nothing is of this host");
	if (!words->sources.num)
		return complain(words->command, "there is nothing to move");
	return EXIT_DONE;
}

int cmd_matrix(const struct command *command, const struct options *options, int argc,
	       char **argv)
{
	struct matrix_words words = {
		.command = command, .sock = session_sock(options->session),
	};
	struct taken taken = { 0 };
	int status;

	status = words.sock ? options_take(command, &argc, argv, &taken) :
			      complain_memory(command);
	if (!status)
		status = check_words(command, options, &taken, argc);
	if (!status)
		status = options_max_age(command, taken.value[OPTION_MAX_AGE], words.sock);
	if (!status)
		status = matrix_words_read(&words, taken.num_before, argc, argv);
	if (!status)
		status = check_sides(&words, taken.value[OPTION_MAX_AGE]);
	if (!status)
		status = judge_words(&words, options, taken.value[OPTION_HTML]);
	matrix_words_free(&words);
	return status;
}
