// SPDX-License-Identifier: LGPL-2.1
/*
 * The frame around a list in JSON. Each element is on a line of its own unless
 * the layout is for people.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "frame.h"

#define PRETTY_INDENT 2

char *frame_dump(const struct frame *frame, const json_t *element)
{
	size_t flags = JSON_ENCODE_ANY | (frame->sorted ? JSON_SORT_KEYS : 0);
	char *text;

	text = json_dumps(element, flags | (frame->pretty ? JSON_INDENT(PRETTY_INDENT) :
					    JSON_COMPACT));
	/* What is canonical stays as it ever was. */
	return frame->sorted ? text : text_escaped(text);
}

/* Strings hold no line break in JSON: each one is of the layout. */
static void put_indented(FILE *file, const char *text, int indent)
{
	const char *end;

	while ((end = strchr(text, '\n'))) {
		fwrite(text, 1, (size_t)(end - text) + 1, file);
		fprintf(file, "%*s", indent, "");
		text = end + 1;
	}
	fputs(text, file);
}

/* Keys are words of this tool, or of a document that was read: any text. */
static int put_key(const struct frame *frame, const char *key)
{
	json_t *json = json_string(key);
	char *text = json ? frame_dump(frame, json) : NULL;

	json_decref(json);
	if (!text)
		return -ENOMEM;
	fprintf(frame->file, "%s%s%s%s", frame->any ? "," : "", frame->pretty ? "\n  " : "", text,
	       frame->pretty ? ": " : ":");
	free(text);
	return 0;
}

static int put_keys(struct frame *frame, json_t *object)
{
	const char *key;
	json_t *value;
	char *text;

	json_object_foreach(object, key, value) {
		if (put_key(frame, key))
			return -ENOMEM;
		text = frame_dump(frame, value);
		if (!text)
			return -ENOMEM;
		put_indented(frame->file, text, PRETTY_INDENT);
		free(text);
		frame->any = true;
	}
	return 0;
}

int frame_begin(struct frame *frame, json_t *before)
{
	int err;

	fputc('{', frame->file);
	err = put_keys(frame, before);
	if (!err)
		err = put_key(frame, frame->key);
	fputc('[', frame->file);
	frame->any = false;
	return err;
}

void frame_put_text(struct frame *frame, const char *text)
{
	fputs(frame->any ? ",\n" : "\n", frame->file);
	if (frame->pretty)
		fputs("    ", frame->file);
	put_indented(frame->file, text, 2 * PRETTY_INDENT);
	frame->any = true;
}

int frame_put(struct frame *frame, json_t *element)
{
	char *text = frame_dump(frame, element);

	if (!text)
		return -ENOMEM;
	frame_put_text(frame, text);
	free(text);
	return 0;
}

int frame_end(struct frame *frame, json_t *after)
{
	int err;

	fprintf(frame->file, "%s]", !frame->any ? "" : frame->pretty ? "\n  " : "\n");
	frame->any = true;
	err = put_keys(frame, after);
	fputs(frame->pretty ? "\n}\n" : "}\n", frame->file);
	return err;
}
