// SPDX-License-Identifier: GPL-2.0
/*
 * What a document has that this version does not know: reported on stderr, so that
 * nobody takes an answer for more than it is.
 */
#include <stdio.h>

#include "cli/complain.h"
#include "import.h"
#include "keys.h"
#include "report.h"
#include "shape.h"

/* More lines than that help nobody. */
#define LINES 20

struct report {
	const struct command *command;
	const char *name;
	const struct consequence *consequence;
	size_t num;
};

static void report_path(struct report *report, const char *path, const char *consequence)
{
	if (report->num++ < LINES)
		complain(report->command, "%s: %s: not known, %s", report->name, path,
			 consequence);
}

static void report_node(const struct node *node, void *arg)
{
	struct report *report = arg;
	char path[IMPORT_WHY_SIZE / 2];

	node_path(node, path, sizeof(path));
	report_path(report, path, node->up->up ? report->consequence->keys :
						 report->consequence->top);
}

/* Which of several tokens it is does not follow from the path. */
static void report_tokens(struct report *report, const struct document *document)
{
	bool several = document->num_endpoints + document->num_unreadable > 1;
	char text[IMPORT_WHY_SIZE];
	unsigned int i;
	size_t t;

	for (t = 0; t < document->num_endpoints; t++) {
		const struct endpoint *endpoint = &document->endpoints[t];

		for (i = 0; i < vdev_declaration_num_unknown(endpoint->declaration); i++) {
			const char *path = vdev_declaration_unknown(endpoint->declaration, i);

			snprintf(text, sizeof(text), "token %zu: %s", endpoint->number, path);
			report_path(report, several ? text : path, report->consequence->words);
		}
	}
}

/* Its keys, and the words of each endpoint, which are listed in it. */
static void report_json(struct report *report, const struct document *document)
{
	struct node root = { .json = document->root };
	size_t read = 0;
	json_t *endpoint, *path;
	char text[IMPORT_WHY_SIZE];
	size_t i, j;

	shape_walk(document_shape, &root, report_node, report);
	json_array_foreach(json_object_get(root.json, "endpoints"), i, endpoint) {
		/* One that could not be read is reported as such. */
		if (read == document->num_endpoints || document->endpoints[read].json != endpoint)
			continue;
		read++;
		json_array_foreach(json_object_get(endpoint, KEY_SOURCE_UNKNOWN), j, path) {
			snprintf(text, sizeof(text), "endpoints[%zu].%s", i,
				 json_string_value(path));
			report_path(report, text, report->consequence->words);
		}
	}
}

static void report_end(const struct report *report)
{
	if (report->num > LINES)
		complain(report->command, "%s: %zu more that are not known", report->name,
			 report->num - LINES);
}

void document_report(const struct command *command, const struct document *document,
		     const struct consequence *consequence)
{
	struct report report = {
		.command = command,
		.name = document_label(document->name),
		.consequence = consequence,
	};

	if (document->root)
		report_json(&report, document);
	else
		report_tokens(&report, document);
	report_end(&report);
}
