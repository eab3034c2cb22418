// SPDX-License-Identifier: GPL-2.0
/*
 * "type load": the ceilings of a file, one a line. Every line is tried: one that is
 * rejected leaves the others as they are. Only where nothing can be set is the rest left.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/ceiling_words.h"
#include "cli/complain.h"
#include "cli/host.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cli/session.h"
#include "cli/split.h"
#include "cmd.h"
#include "fetch.h"

/* Longer than the largest ceiling, and with more words. */
#define LINE_MAX_BYTES 16384
#define WORDS_MAX (2 + 3 * (VDEV_FEATURES_MAX + 1) + 3 * (VDEV_PARAMS_MAX + 1))

struct load {
	const struct command *command;
	const char *file;
	struct vdev_sock *sock;
	unsigned long line;
};

static int complain_line(const struct load *load, const char *why)
{
	return complain(load->command, "%s:%lu: %s", load->file, load->line, why);
}

/* Returns how many words there are; one more than there can be, if there are too many. */
static int split(char *text, char *words[WORDS_MAX])
{
	char *rest = NULL;
	int num = 0;

	for (text = strtok_r(text, " \t", &rest); text; text = strtok_r(NULL, " \t", &rest)) {
		if (num == WORDS_MAX)
			return WORDS_MAX + 1;
		words[num++] = text;
	}
	return num;
}

static int set_words(const struct load *load, const struct ceiling_words *words)
{
	char where[512];
	int err;

	if (!words->ceiling.max_version && !words->ceiling.num_features &&
	    !words->ceiling.num_params)
		return complain_line(load, "a ceiling is missing");
	err = vdev_type_set(load->sock, &words->type, &words->ceiling, sizeof(words->ceiling),
			    0, 0, false, NULL);
	snprintf(where, sizeof(where), "%s:%lu", load->file, load->line);
	return fetch_status(load->command, load->sock, where, err);
}

static int load_words(const struct load *load, int num, char **word)
{
	struct ceiling_words *words = malloc(sizeof(*words));
	char buffer[CEILING_WHY_SIZE];
	const char *why;
	int status;

	if (!words)
		return complain_memory(load->command);
	why = ceiling_words_read(words, num, word, buffer);
	status = why ? complain_line(load, why) : set_words(load, words);
	ceiling_words_free(words);
	free(words);
	return status;
}

/* The line ends in NUL. */
static int load_line(const struct load *load, char *text, size_t len)
{
	const char *why = split_check(text, len, LINE_MAX_BYTES);
	char *words[WORDS_MAX];
	int num;

	if (why)
		return complain_line(load, why);
	num = split(text, words);
	if (!num || strcmp(words[0], "#") == 0)
		return EXIT_DONE;
	if (num > WORDS_MAX)
		return complain_line(load, "the line has too many words");
	return load_words(load, num, words);
}

/* Where the first ceiling cannot be set for want of the module or a permission, none can. */
static int load_lines(struct load *load, char *text, size_t size)
{
	char *end, *stop = text + size;
	int line, status = EXIT_DONE;

	progress_begin("setting ceilings", 0);
	for (; text < stop && status != EXIT_ABSENT; text = end + 1) {
		end = memchr(text, '\n', (size_t)(stop - text));
		if (!end)
			end = stop;
		*end = '\0';
		load->line++;
		progress_step();
		line = load_line(load, text, (size_t)(end - text));
		if (line)
			status = line == EXIT_ABSENT ? EXIT_ABSENT : EXIT_ERROR;
	}
	progress_end();
	return status;
}

static int load_file(struct load *load)
{
	size_t size = 0;
	char *text;
	int status;

	text = input_read(load->command, load->file, &size);
	if (!text)
		return EXIT_ERROR;
	status = load_lines(load, text, size);
	free(text);
	return status;
}

int cmd_type_load(const struct command *command, const struct options *options,
		  int argc, char **argv)
{
	struct load load = { .command = command };
	struct taken taken;
	int status;

	load.sock = session_sock(options->session);
	status = load.sock ? options_take(command, &argc, argv, &taken) : complain_memory(command);
	if (status)
		return status;
	if (argc > 1)
		return complain_usage(command, "'%s' after the file", argv[1]);
	load.file = argc ? argv[0] : host_ceilings;
	return load_file(&load);
}
