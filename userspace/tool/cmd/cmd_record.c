// SPDX-License-Identifier: GPL-2.0
/* "record show" and "record convert": what was exported, read and written again. */
#include <errno.h>
#include <stdio.h>

#include "cli/complain.h"
#include "cmd.h"
#include "export_options.h"
#include "format/export_json.h"
#include "format/export_traits.h"
#include "format/report.h"
#include "operand.h"
#include "print/out_text.h"

#define PATH_KEPT "only its path is kept"
#define PATH_SHOWN "only its path is shown"
#define NOT_WRITTEN "not written"

/*
 * The one argument: a document, or an endpoint of one. Complains and returns
 * NULL if there is none.
 */
static struct document *parse(const struct command *command, int argc, char **argv,
			      const struct endpoint **chosen)
{
	struct document *document;
	const char *handle = NULL;

	if (argc != 1) {
		if (argc)
			complain_usage(command, "'%s' after the file or token", argv[1]);
		else
			complain_usage(command, "a file or a token is missing");
		return NULL;
	}
	document = operand_read(command, argv[0], &handle);
	if (!document)
		return NULL;
	*chosen = handle ? operand_choose(command, document, handle) : NULL;
	if (!handle || *chosen)
		return document;
	document_free(document);
	return NULL;
}

/* All endpoints, or the chosen one. */
static int add_endpoints(struct export *export, const struct document *document,
			 const struct endpoint *chosen)
{
	size_t i;
	int err = 0;

	for (i = 0; !err && i < document->num_endpoints; i++)
		if (!chosen || chosen == &document->endpoints[i])
			err = export_add(export, &document->endpoints[i]);
	return err;
}

/* The whole was asked for, and some of it could not be read. */
static int whole_status(const struct document *document, const struct endpoint *chosen)
{
	return !chosen && document->num_unreadable ? EXIT_ERROR : EXIT_DONE;
}

/* What the document has beside endpoints stays as it is, but for what is to be left out. */
static int add_keys(struct export *export, const struct document *document)
{
	if (!document->root)
		return 0;
	export->keys = json_copy(document->root);
	if (!export->keys)
		return -ENOMEM;
	json_object_del(export->keys, "endpoints");
	if (export->no_host)
		json_object_del(export->keys, "host");
	return 0;
}

/* Keys have a place in JSON alone, and what a token has of its own in tokens alone. */
static const struct consequence *consequence(const struct export *export,
					     const struct document *document)
{
	static const struct consequence of_json = { "kept", "kept", PATH_KEPT };
	static const struct consequence to_token = { NOT_WRITTEN, PATH_KEPT, PATH_KEPT };
	static const struct consequence of_token = { .words = "kept" };
	static const struct consequence traits = { NOT_WRITTEN, NOT_WRITTEN, NOT_WRITTEN };

	if (export->form == &export_traits)
		return &traits;
	if (export->form == &export_json)
		return &of_json;
	return document->root ? &to_token : &of_token;
}

static int convert(const struct command *command, struct export *export, int argc, char **argv)
{
	const struct endpoint *chosen = NULL;
	struct document *document;
	int err, status;

	document = parse(command, argc, argv, &chosen);
	if (!document)
		return EXIT_ERROR;
	document_report(command, document, consequence(export, document));
	err = add_endpoints(export, document, chosen);
	if (!err)
		err = add_keys(export, document);
	if (!err)
		err = export_print(export);
	status = whole_status(document, chosen);
	document_free(document);
	return err ? complain_memory(command) : status;
}

static void show(const struct options *options, const struct document *document,
		 const struct endpoint *chosen)
{
	size_t i;

	for (i = 0; i < document->num_endpoints; i++)
		if (!chosen || chosen == &document->endpoints[i])
			out_declaration(stdout, document->endpoints[i].handle,
					document->endpoints[i].declaration, options->details);
}

int cmd_record_convert(const struct command *command, const struct options *options,
		       int argc, char **argv)
{
	struct export export = { 0 };
	struct taken taken;
	int status;

	status = options_take(command, &argc, argv, &taken);
	if (!status)
		status = export_init(command, options, &taken, &export);
	if (!status)
		status = convert(command, &export, argc, argv);
	export_free(&export);
	return status;
}

int cmd_record_show(const struct command *command, const struct options *options,
		    int argc, char **argv)
{
	static const struct consequence shown = { "not shown", PATH_SHOWN, PATH_SHOWN };
	const struct endpoint *chosen = NULL;
	struct document *document;
	struct taken taken;
	int status;

	if (options->json)
		return cmd_record_convert(command, options, argc, argv);
	if (options_take(command, &argc, argv, &taken))
		return EXIT_ERROR;
	document = parse(command, argc, argv, &chosen);
	if (!document)
		return EXIT_ERROR;
	document_report(command, document, &shown);
	show(options, document, chosen);
	status = whole_status(document, chosen);
	document_free(document);
	return status;
}
