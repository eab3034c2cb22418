// SPDX-License-Identifier: GPL-2.0
/* Reading documents that were named, and saying what is wrong with them or not known. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "document.h"
#include "input.h"
#include "naming.h"

/* More lines about what is not known help nobody. */
#define LINES 20

const char *document_label(const char *word)
{
	return naming_is_token(word) ? "token" : word;
}

const char *document_label_nth(const char *word, size_t number, char buffer[LABEL_SIZE])
{
	if (!naming_is_token(word))
		return word;
	snprintf(buffer, LABEL_SIZE, "token-%zu", number);
	return buffer;
}

char *document_endpoint_label(const char *label, const struct vdev_document *content,
			      size_t index)
{
	const char *handle = vdev_document_handle(content, index);
	char *text;
	int len;

	if (handle)
		len = asprintf(&text, "%s#%s", label, handle);
	else if (vdev_document_num_endpoints(content) > 1)
		len = asprintf(&text, "%s: endpoint %zu", label, index + 1);
	else
		len = asprintf(&text, "%s", label);
	return len < 0 ? NULL : text;
}

/* Complains; returns 0 or a negative errno. */
static int fail(const struct command *command, const char *name, int err,
		const struct vdev_error *error)
{
	if (err == -ENOMEM)
		complain_memory(command);
	else if (err)
		complain(command, "%s: %s", document_label(name), error->message);
	return err;
}

static int read_token(const struct command *command, struct document *document)
{
	struct vdev_declaration *declaration;
	struct vdev_error error;
	int err;

	err = vdev_declaration_parse(naming_token(document->name), &declaration, &error);
	if (err)
		return fail(command, document->name, err, &error);
	document->content = vdev_document_new();
	err = document->content ? vdev_document_add(document->content, NULL, declaration) : -ENOMEM;
	vdev_declaration_free(declaration);
	return fail(command, document->name, err, NULL);
}

static int read_file(const struct command *command, struct document *document)
{
	struct vdev_error error;
	size_t size = 0, i;
	char *text;
	int err;

	text = input_read(command, document->name, &size);
	if (!text)
		return -EINVAL;
	err = vdev_document_parse(text, size, &document->content, &error);
	free(text);
	if (err)
		return fail(command, document->name, err, &error);
	for (i = 0; i < vdev_document_num_rejected(document->content); i++)
		complain(command, "%s: %s", document->name,
			 vdev_document_rejected(document->content, i));
	return i && !vdev_document_num_endpoints(document->content) ? -EINVAL : 0;
}

struct document *document_read(const struct command *command, const char *name)
{
	struct document *document = calloc(1, sizeof(*document));
	int err;

	if (document)
		document->name = strdup(name);
	if (!document || !document->name) {
		complain_memory(command);
		document_free(document);
		return NULL;
	}
	err = naming_is_token(name) ? read_token(command, document) :
				      read_file(command, document);
	if (!err)
		return document;
	document_free(document);
	return NULL;
}

void document_free(struct document *document)
{
	if (!document)
		return;
	vdev_document_free(document->content);
	free(document->name);
	free(document);
}

struct report {
	const struct command *command;
	const char *name;
	const struct consequence *consequence;
	size_t num;
};

static void report_unknown(enum vdev_unknown_kind kind, const char *path, void *arg)
{
	struct report *report = arg;
	const struct consequence *consequence = report->consequence;

	if (report->num++ < LINES)
		complain(report->command, "%s: %s: not known, %s", report->name, path,
			 kind == VDEV_UNKNOWN_DOCUMENT_KEY ? consequence->top :
			 kind == VDEV_UNKNOWN_KEY ? consequence->keys : consequence->words);
}

void document_report(const struct command *command, const struct document *document,
		     const struct consequence *consequence)
{
	struct report report = {
		.command = command,
		.name = document_label(document->name),
		.consequence = consequence,
	};

	vdev_document_each_unknown(document->content, report_unknown, &report);
	if (report.num > LINES)
		complain(command, "%s: %zu more that are not known", report.name,
			 report.num - LINES);
}
