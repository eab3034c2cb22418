// SPDX-License-Identifier: GPL-2.0
/*
 * Commands from a file. A line is run as soon as it is read, and what it prints is written before
 * the next one is read, so that a program can write a command and read the answer.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "batch.h"
#include "cli/complain.h"
#include "cli/input.h"
#include "cli/naming.h"
#include "cli/split.h"
#include "cli/stop.h"
#include "common/frame.h"
#include "common/json.h"

/* More than a hundred of the longest tokens. */
#define LINE_BYTES (1 << 20)

struct batch {
	const struct globals *globals;
	/* For each line: as they were given, but for what asked for the batch. */
	struct globals inner;
	const char *name;
	FILE *file;
	/* The first line of what is run, and the next one in the file. */
	unsigned long line;
	unsigned long next;
	char *text;
	size_t room;
	char **words;
	/* Of the first line that failed, and of the worst answer. */
	int failure;
	int answer;
};

static bool is_failure(int status)
{
	return status != EXIT_DONE && status != EXIT_INCOMPATIBLE && status != EXIT_UNDECLARED;
}

static int batch_grow(struct batch *batch, size_t len)
{
	size_t room = batch->room ? 2 * batch->room : BUFSIZ;
	char *text;

	if (len + 1 < batch->room)
		return 0;
	text = realloc(batch->text, room);
	if (!text)
		return -ENOMEM;
	batch->text = text;
	batch->room = room;
	return 0;
}

/*
 * Read a line, with those that it goes on in: the backslash at its end is none that another one
 * stands before. What is longer than a line can be is skipped. Returns its length, or -1 at the
 * end, and if there is no more of it because reading fails; or -2 if there is no memory.
 */
static ssize_t batch_read(struct batch *batch)
{
	bool backslash = false;
	size_t len = 0;
	int letter;

	batch->line = batch->next + 1;
	for (;;) {
		letter = getc(batch->file);
		if (letter == EOF && (!len || ferror(batch->file)))
			return -1;
		if (letter == '\n' || letter == EOF)
			batch->next++;
		if (letter == '\n' && len <= LINE_BYTES && backslash) {
			backslash = false;
			len--;
			continue;
		}
		if (batch_grow(batch, len))
			return -2;
		if (letter == '\n' || letter == EOF)
			break;
		backslash = letter == '\\' && !backslash;
		if (len <= LINE_BYTES)
			batch->text[len++] = (char)letter;
	}
	batch->text[len] = '\0';
	return (ssize_t)len;
}

static int batch_line(struct batch *batch, size_t len, batch_fn *fn)
{
	const char *why = split_check(batch->text, len, LINE_BYTES);
	char **words = reallocarray(batch->words, SPLIT_ROOM(len), sizeof(*words));
	int num = 0;

	if (!words)
		return complain_memory(NULL);
	batch->words = words;
	if (!why)
		why = split_words(batch->text, words, &num);
	if (why)
		return complain_usage(NULL, "%s", why);
	return num ? fn(&batch->inner, num, words) : EXIT_DONE;
}

/* So that there is an object for each command, also where that printed nothing. */
static int batch_report(const struct batch *batch, int status)
{
	const struct frame layout = { .pretty = batch->globals->options.pretty };
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	json_t *error = build_object(&builder);
	char *text;

	put_string(&builder, error, "file", batch->name);
	put_u64(&builder, error, "line", batch->line);
	put_u64(&builder, error, "status", (uint64_t)status);
	put_string(&builder, error, "message", complain_last());
	put(&builder, json, "error", error);
	text = builder.broken ? NULL : frame_dump(&layout, json);
	json_decref(json);
	if (!text)
		return complain_memory(NULL);
	puts(text);
	free(text);
	return status;
}

/* Why that fails is only known here. */
static bool batch_flush(struct batch *batch)
{
	int failed = ferror(stdout);

	errno = 0;
	if (!fflush(stdout) && !failed)
		return true;
	complain_place(NULL, 0);
	batch->failure = complain_output(errno);
	/* So that it is not said again when it is closed. */
	if (!freopen("/dev/null", "w", stdout))
		batch->failure = EXIT_ERROR;
	return false;
}

/* Whether to go on after a line that ended so. */
static bool batch_note(struct batch *batch, int status)
{
	bool failed = is_failure(status);

	if (failed && batch->globals->options.json)
		status = batch_report(batch, status);
	if (failed && !batch->failure)
		batch->failure = status;
	if (!failed && status > batch->answer)
		batch->answer = status;
	return batch_flush(batch) && !stop_wanted() && (!failed || batch->globals->force);
}

static int batch_lines(struct batch *batch, batch_fn *fn)
{
	ssize_t len;

	do {
		len = batch_read(batch);
		if (len < 0)
			break;
		complain_place(batch->name, batch->line);
	} while (batch_note(batch, batch_line(batch, (size_t)len, fn)));
	complain_place(NULL, 0);
	if (len == -2)
		return complain_memory(NULL);
	if (ferror(batch->file) && !stop_wanted())
		return complain(NULL, "%s: %s", batch->name, strerror(errno));
	return batch->failure ? batch->failure : batch->answer;
}

static FILE *batch_open(const char *name)
{
	if (naming_is_stdin(name))
		input_take_stdin();
	return strcmp(name, "-") == 0 ? stdin : fopen(naming_path(name), "re");
}

int batch_run(const struct globals *globals, batch_fn *fn)
{
	struct batch batch = { .globals = globals, .inner = *globals, .name = globals->batch };
	int status;

	batch.inner.batch = NULL;
	batch.inner.force = false;
	batch.inner.options.batch = true;
	batch.file = batch_open(batch.name);
	if (!batch.file)
		return complain(NULL, "%s: %s", batch.name, strerror(errno));
	status = batch_lines(&batch, fn);
	if (batch.file != stdin)
		fclose(batch.file);
	free(batch.words);
	free(batch.text);
	return status;
}
