// SPDX-License-Identifier: GPL-2.0
/* "record show" and "record convert": what was exported, read and written again. */
#include <stdio.h>

#include "cli/complain.h"
#include "cmd.h"
#include "export_options.h"
#include "operand.h"
#include "print/out_text.h"

#define PATH_KEPT "only its path is kept"
#define PATH_SHOWN "only its path is shown"
#define NOT_WRITTEN "not written"

/* Keys have a place in JSON alone, and what a token has of its own in tokens alone. */
static const struct consequence *of_form(enum vdev_form form, const struct document *document)
{
	static const struct consequence of_json = { "kept", "kept", PATH_KEPT };
	static const struct consequence to_token = { NOT_WRITTEN, PATH_KEPT, PATH_KEPT };
	static const struct consequence of_token = { .words = "kept" };
	static const struct consequence traits = { NOT_WRITTEN, NOT_WRITTEN, NOT_WRITTEN };

	if (form == VDEV_FORM_TRAITS || form == VDEV_FORM_NOVA_PROVIDER || form == VDEV_FORM_NFD)
		return &traits;
	if (form == VDEV_FORM_JSON)
		return &of_json;
	return vdev_document_form(document->content) == VDEV_FORM_JSON ? &to_token : &of_token;
}

/*
 * The one argument: a document, or an endpoint of one, which then is all that is left of it.
 * Complains and returns NULL if there is none; *status is the exit status then.
 */
static struct document *parse(const struct command *command, int argc, char **argv,
			      enum vdev_form form, const struct consequence *consequence,
			      int *status)
{
	const char *handle = NULL;
	struct document *document;
	size_t index = 0;

	if (argc != 1) {
		*status = argc ? complain_usage(command, "'%s' after the file or token", argv[1]) :
				 complain_usage(command, "a file or a token is missing");
		return NULL;
	}
	document = operand_read(command, argv[0], &handle, status);
	if (!document)
		return NULL;
	*status = handle ? operand_choose(command, document, handle, &index) : EXIT_DONE;
	if (*status) {
		document_free(document);
		return NULL;
	}
	document_report(command, document, consequence ? consequence : of_form(form, document));
	if (handle)
		vdev_document_choose(document->content, index);
	return document;
}

/* All of it was asked for, and some of it could not be read. */
static int status_of(const struct document *document)
{
	return vdev_document_num_rejected(document->content) ? EXIT_ERROR : EXIT_DONE;
}

static int convert(const struct command *command, const struct export_choice *choice, int argc,
		   char **argv)
{
	struct document *document;
	int status;

	document = parse(command, argc, argv, choice->form, NULL, &status);
	if (!document)
		return status;
	status = export_write(command, document->content, choice, status_of(document));
	document_free(document);
	return status;
}

int cmd_record_convert(const struct command *command, const struct options *options,
		       int argc, char **argv)
{
	struct export_choice choice;
	struct taken taken;
	int status;

	status = options_take(command, &argc, argv, &taken);
	if (!status)
		status = export_choose(command, options, &taken, &choice);
	return status ? status : convert(command, &choice, argc, argv);
}

static void show(const struct options *options, const struct vdev_document *content)
{
	size_t i;

	for (i = 0; i < vdev_document_num_endpoints(content); i++)
		out_declaration(stdout, vdev_document_handle(content, i),
				vdev_document_declaration(content, i), options->details);
}

int cmd_record_show(const struct command *command, const struct options *options,
		    int argc, char **argv)
{
	static const struct consequence shown = { "not shown", PATH_SHOWN, PATH_SHOWN };
	struct document *document;
	struct taken taken;
	int status;

	if (options->json)
		return cmd_record_convert(command, options, argc, argv);
	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	document = parse(command, argc, argv, 0, &shown, &status);
	if (!document)
		return status;
	show(options, document->content);
	status = status_of(document);
	document_free(document);
	return status;
}
