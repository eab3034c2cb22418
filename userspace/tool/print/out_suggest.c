// SPDX-License-Identifier: GPL-2.0
/* Commands that would do something, on stdout. */
#include <errno.h>

#include "answer_json.h"
#include "cli/text.h"
#include "common/frame.h"
#include "common/json.h"
#include "out_suggest.h"

static json_t *build_before(const struct answer *answer)
{
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);

	if (answer)
		put(&builder, json, "judgement", answer_json(answer));
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}

static int print_json(const struct command_line *lines, size_t num, const struct answer *answer,
		      bool pretty)
{
	struct frame frame = { .file = stdout, .key = "commands", .pretty = pretty };
	json_t *before = build_before(answer);
	int err = before ? frame_begin(&frame, before) : -ENOMEM;
	size_t i;

	for (i = 0; i < num && !err; i++) {
		struct builder builder = { 0 };
		json_t *json = build_object(&builder);

		put_string(&builder, json, "command", lines[i].text);
		err = builder.broken ? -ENOMEM : frame_put(&frame, json);
		json_decref(json);
	}
	json_decref(before);
	return err ? err : frame_end(&frame, NULL);
}

int out_commands(const struct command_line *lines, size_t num, const struct answer *answer,
		 const struct options *options)
{
	size_t i;
	int err = 0;

	for (i = 0; i < num; i++)
		if (lines[i].broken)
			return -ENOMEM;
	if (options->json)
		err = print_json(lines, num, answer, options->pretty);
	for (i = 0; i < num && !options->json; i++) {
		text_put(stdout, lines[i].text);
		putchar('\n');
	}
	return !err && ferror(stdout) ? -EIO : err;
}
