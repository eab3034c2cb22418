// SPDX-License-Identifier: GPL-2.0
/*
 * The lines of a batch. The first byte of the input is how they are run, the rest is the file.
 * What is run is written down for a batch again, each word in quotes, and must be the same words.
 */
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "cli/complain.h"
#include "cli/split.h"
#include "fuzz.h"

enum mode {
	MODE_FORCE = 1,
	MODE_JSON = 2,
	MODE_PRETTY = 4,
};

/* More than a line of an input can have. */
#define MOST (1 << 20)

static unsigned int ran, failed;

static void quote(FILE *file, const char *word)
{
	fputs(" '", file);
	for (; *word; word++)
		if (*word == '\'')
			fputs("'\\''", file);
		else
			fputc(*word, file);
	fputc('\'', file);
}

static void must_be_read_again(int argc, char **argv)
{
	char **words, *text = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&text, &size);
	int i, num;

	if (!file)
		abort();
	for (i = 0; i < argc; i++)
		quote(file, argv[i]);
	fclose(file);
	words = calloc(SPLIT_ROOM(size), sizeof(*words));
	if (!words)
		abort();
	MUST(!split_check(text, size, MOST), text);
	MUST(!split_words(text, words, &num), text);
	MUST(num == argc && !words[num], text);
	for (i = 0; i < num; i++)
		MUST(strcmp(words[i], argv[i]) == 0, argv[i]);
	free(words);
	free(text);
}

/* What is run ends as its first letter says. */
static int note(const struct globals *globals, int argc, char **argv)
{
	int status = argc ? (unsigned char)argv[0][0] % (EXIT_ABSENT + 1) : EXIT_DONE;

	MUST(argc > 0 && !argv[argc], NULL);
	MUST(!globals->batch && globals->options.batch, NULL);
	must_be_read_again(argc, argv);
	ran++;
	if (status == EXIT_DONE || status == EXIT_INCOMPATIBLE || status == EXIT_UNDECLARED)
		return status;
	failed++;
	complain(NULL, "it fails");
	return status;
}

static size_t count_lines(const uint8_t *data, size_t size)
{
	size_t i, num = 1;

	for (i = 0; i < size; i++)
		num += data[i] == '\n';
	return num;
}

static void must_be_objects(char *text)
{
	char *line, *rest;

	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		must_be_json(line, strlen(line));
}

static void check_printed(const struct globals *globals, const struct printed *printed)
{
	bool broken_off = printed->status == 1 || printed->status >= EXIT_STALE;

	MUST(printed->status >= 0 && printed->status <= EXIT_ABSENT, printed->err);
	MUST(!failed || broken_off, printed->err);
	MUST(broken_off == (printed->err_size != 0), printed->err);
	MUST(globals->force || failed <= 1, printed->err);
	must_be_printable(printed->err, printed->err_size);
	MUST(globals->options.json || !printed->out_size, printed->out);
	MUST(!globals->options.json || broken_off == (printed->out_size != 0), printed->out);
	if (globals->options.json && !globals->options.pretty)
		must_be_objects(printed->out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	FILE *old_in = stdin, *old_out = stdout, *old_err = stderr;
	struct globals globals = { .batch = "-" };
	struct printed printed;

	if (size < 2)
		return 0;
	globals.force = data[0] & MODE_FORCE;
	globals.options.json = data[0] & MODE_JSON;
	globals.options.pretty = data[0] & MODE_PRETTY;
	ran = 0;
	failed = 0;
	stdin = fmemopen((void *)(data + 1), size - 1, "r");
	stdout = open_memstream(&printed.out, &printed.out_size);
	stderr = open_memstream(&printed.err, &printed.err_size);
	if (!stdin || !stdout || !stderr)
		abort();
	printed.status = batch_run(&globals, note);
	fclose(stdin);
	fclose(stdout);
	fclose(stderr);
	stdin = old_in;
	stdout = old_out;
	stderr = old_err;
	MUST(ran <= count_lines(data + 1, size - 1), NULL);
	check_printed(&globals, &printed);
	printed_free(&printed);
	return 0;
}
