// SPDX-License-Identifier: GPL-2.0
/* "record show" and "record convert": what was exported, read and written again. */
#include <errno.h>
#include <stdio.h>

#include "export.h"
#include "out.h"
#include "side.h"

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
	document = side_read(command, argv[0], &handle);
	if (!document)
		return NULL;
	*chosen = handle ? side_choose(command, document, handle) : NULL;
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
			err = export->add(export, &document->endpoints[i]);
	return err;
}

/* What the document has beside endpoints stays as it is. */
static int add_keys(struct export *export, const struct document *document)
{
	if (!document->root)
		return 0;
	export->keys = json_copy(document->root);
	if (!export->keys)
		return -ENOMEM;
	json_object_del(export->keys, "endpoints");
	return 0;
}

/* Whether what is not known has a place in the form: that in which it came. */
static bool keeps_unknown(const struct export *export, const struct document *document)
{
	if (document->root)
		return export->add == export_add_json;
	return export->add != export_add_json && export->add != export_add_traits;
}

static int convert(const struct command *command, struct export *export, int argc, char **argv)
{
	const struct endpoint *chosen = NULL;
	struct document *document;
	int err;

	document = parse(command, argc, argv, &chosen);
	if (!document)
		return EXIT_ERROR;
	document_report(command, document,
			keeps_unknown(export, document) ? "kept" : "not written");
	err = add_endpoints(export, document, chosen);
	if (!err)
		err = add_keys(export, document);
	if (!err)
		err = export_print(export);
	document_free(document);
	return err ? complain_memory(command) : EXIT_DONE;
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
	const struct endpoint *chosen = NULL;
	struct document *document;
	struct taken taken;

	if (options->json)
		return cmd_record_convert(command, options, argc, argv);
	if (options_take(command, &argc, argv, &taken))
		return EXIT_ERROR;
	document = parse(command, argc, argv, &chosen);
	if (!document)
		return EXIT_ERROR;
	document_report(command, document, "not shown");
	show(options, document, chosen);
	document_free(document);
	return EXIT_DONE;
}
