// SPDX-License-Identifier: GPL-2.0
/*
 * What a document says that this version does not know: told on stderr, so that
 * nobody takes an answer for more than it is.
 */
#include "document.h"
#include "import.h"
#include "shape.h"

/* More lines than that help nobody. */
#define LINES 20

struct report {
	const struct command *command;
	const char *name;
	const char *consequence;
	size_t num;
};

static void report_path(struct report *report, const char *path)
{
	if (report->num++ < LINES)
		complain(report->command, "%s: %s: not known, %s", report->name, path,
			 report->consequence);
}

static void report_node(const struct node *node, void *arg)
{
	char path[IMPORT_WHY_SIZE / 2];

	node_path(node, path, sizeof(path));
	report_path(arg, path);
}

static void report_declaration(struct report *report, const struct vdev_declaration *declaration)
{
	unsigned int i;

	for (i = 0; i < vdev_declaration_num_unknown(declaration); i++)
		report_path(report, vdev_declaration_unknown(declaration, i));
}

static void report_end(const struct report *report)
{
	if (report->num > LINES)
		complain(report->command, "%s: %zu more that are not known", report->name,
			 report->num - LINES);
}

void document_report(const struct command *command, const struct document *document,
		     const char *consequence)
{
	struct report report = {
		.command = command,
		.name = document_label(document->name),
		.consequence = consequence,
	};
	struct node root = { .json = document->root };
	size_t i;

	shape_walk(document_shape, &root, report_node, &report);
	for (i = 0; i < document->num_endpoints; i++)
		report_declaration(&report, document->endpoints[i].declaration);
	report_end(&report);
}

void report_keys(const struct command *command, const char *name, const struct shape *shape,
		 json_t *json, const char *consequence)
{
	struct report report = {
		.command = command,
		.name = name,
		.consequence = consequence,
	};
	struct node root = { .json = json };

	shape_walk(shape, &root, report_node, &report);
	report_end(&report);
}
