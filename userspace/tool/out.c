// SPDX-License-Identifier: GPL-2.0
/*
 * The frame around the endpoints. Each endpoint is printed and forgotten, so
 * that their number does not matter.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "json.h"
#include "out.h"

#define PRETTY_INDENT 2

void out_begin(const struct output *output)
{
	if (output->options->pretty)
		printf("{\n  \"%s\": [", output->key);
	else if (output->options->json)
		printf("{\"%s\":[", output->key);
}

/* Strings hold no line break in JSON: each one is of the layout. */
static int put_indented(const char *data, size_t size, void *arg)
{
	const char *end;

	(void)arg;
	while ((end = memchr(data, '\n', size))) {
		fwrite(data, 1, (size_t)(end - data) + 1, stdout);
		fputs("    ", stdout);
		size -= (size_t)(end - data) + 1;
		data = end + 1;
	}
	fwrite(data, 1, size, stdout);
	return 0;
}

static int put_json(const struct output *output, const struct vdev_object *object)
{
	json_t *json = json_from_object(object);
	int err;

	if (!json)
		return -ENOMEM;
	if (output->any)
		putchar(',');
	putchar('\n');
	if (output->options->pretty) {
		fputs("    ", stdout);
		err = json_dump_callback(json, put_indented, NULL, JSON_INDENT(PRETTY_INDENT));
	} else {
		err = json_dumpf(json, stdout, JSON_COMPACT);
	}
	json_decref(json);
	return err && !ferror(stdout) ? -ENOMEM : 0;
}

int out_object(const struct vdev_object *object, void *arg)
{
	struct output *output = arg;
	int err = 0;

	if (output->options->json)
		err = put_json(output, object);
	else
		out_text(stdout, object, output->options->details);
	output->any = true;
	output->snapshot = vdev_object_snapshot(object);
	if (err)
		return err;
	return ferror(stdout) ? -EIO : 0;
}

void out_end(const struct output *output)
{
	bool pretty = output->options->pretty;

	if (!output->options->json)
		return;
	printf("%s]", !output->any ? "" : pretty ? "\n  " : "\n");
	if (output->snapshot)
		printf(pretty ? ",\n  \"snapshot\": %" PRIu64 : ",\"snapshot\":%" PRIu64,
		       json_number(output->snapshot));
	puts(pretty ? "\n}" : "}");
}
