// SPDX-License-Identifier: GPL-2.0
/*
 * From words to rows and columns. A host is a file or this host; a source is one endpoint, and
 * of a file with several each; a target is one endpoint, or all of a file.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/naming.h"
#include "cli/progress.h"
#include "declared.h"
#include "fetch.h"
#include "matrix_words.h"
#include "operand.h"

#define FIRST_ROOM 16

static int side_make_room(struct matrix_side *side)
{
	size_t room = side->room ? 2 * side->room : FIRST_ROOM;
	struct matrix_entry *list;

	if (side->num < side->room)
		return 0;
	list = realloc(side->list, room * sizeof(*list));
	if (!list)
		return -ENOMEM;
	side->list = list;
	side->room = room;
	return 0;
}

/* Complains; returns an exit status. */
static int side_add(const struct command *command, struct matrix_side *side,
		    const struct vdev_document *content, struct vdev_document *made,
		    const char *label)
{
	struct matrix_entry *entry;

	if (side_make_room(side))
		return complain_memory(command);
	entry = &side->list[side->num];
	*entry = (struct matrix_entry){ .content = content, .label = strdup(label), .made = made };
	if (!entry->label)
		return complain_memory(command);
	side->num++;
	return EXIT_DONE;
}

/* The same of what was made, which is taken over, also if that fails. */
static int side_add_made(const struct command *command, struct matrix_side *side,
			 struct vdev_document *made, const char *label)
{
	int status = side_add(command, side, made, made, label);

	if (status)
		vdev_document_free(made);
	return status;
}

/* Add an endpoint alone. */
static int side_add_one(const struct command *command, struct matrix_side *side,
			const char *handle, const struct vdev_declaration *declaration,
			const char *label)
{
	struct vdev_document *made = vdev_document_new();

	if (!made)
		return complain_memory(command);
	if (vdev_document_add(made, handle, declaration)) {
		vdev_document_free(made);
		return complain_memory(command);
	}
	return side_add_made(command, side, made, label);
}

static void side_free(struct matrix_side *side)
{
	while (side->num) {
		side->num--;
		free(side->list[side->num].label);
		vdev_document_free(side->list[side->num].made);
	}
	free(side->list);
}

static struct document *find_read(const struct matrix_words *words, const char *word, size_t len)
{
	size_t i;

	for (i = 0; i < words->num_documents; i++)
		if (strlen(words->documents[i]->name) == len &&
		    strncmp(words->documents[i]->name, word, len) == 0)
			return words->documents[i];
	return NULL;
}

static bool took_stdin(const struct matrix_words *words)
{
	size_t i;

	for (i = 0; i < words->num_documents; i++)
		if (naming_is_stdin(words->documents[i]->name))
			return true;
	return false;
}

/* A file or a token, unless it was read before. Complains and returns NULL if that fails. */
static struct document *read_document(struct matrix_words *words, const char *word,
				      const char **handle, int *status)
{
	size_t len = naming_is_token(word) ? strlen(word) : naming_file(word);
	struct document *document = find_read(words, word, len);

	*handle = word[len] ? word + len + 1 : NULL;
	/* Two endpoints of one document have handles. */
	if (!(document && *handle) && naming_is_stdin(word) && took_stdin(words)) {
		*status = complain_usage(words->command, STDIN_TWICE, word);
		return NULL;
	}
	if (document)
		return document;
	document = operand_read(words->command, word, handle, status);
	if (!document)
		return NULL;
	words->documents[words->num_documents++] = document;
	document_report(words->command, document, CONSEQUENCE("not judged"));
	return document;
}

static void note_rejected(struct matrix_words *words, const struct vdev_document *content)
{
	words->rejected |= vdev_document_num_rejected(content) != 0;
}

static int add_object(const struct vdev_object *object, void *arg)
{
	return declared_add(arg, object);
}

/* The devices of this host, and the types to which others can move theirs. */
static struct vdev_document *read_this_host(struct matrix_words *words, int *status)
{
	struct declared declared = {
		.command = words->command, .document = vdev_document_new(), .whole = true,
	};
	int err = declared.document ? 0 : -ENOMEM;

	words->live = true;
	if (!err)
		err = vdev_dev_dump(words->sock, NULL, add_object, &declared);
	if (!err)
		err = vdev_type_dump(words->sock, NULL, add_object, &declared);
	words->rejected |= declared.status != EXIT_DONE;
	if (!err)
		return declared.document;
	*status = fetch_status(words->command, words->sock, MATRIX_THIS_HOST, err);
	vdev_document_free(declared.document);
	return NULL;
}

static bool is_this_host(const char *word)
{
	return strcmp(word, MATRIX_THIS_HOST) == 0;
}

static bool is_declared(const char *word)
{
	size_t len = naming_file(word);

	return naming_is_token(word) || (len && naming_exists(word, len));
}

static int add_host(struct matrix_words *words, const char *word)
{
	struct matrix_side *side = &words->sources;
	char buffer[LABEL_SIZE];
	struct document *document;
	struct vdev_document *made;
	const char *handle;
	int status = EXIT_DONE;

	if (is_this_host(word)) {
		made = read_this_host(words, &status);
		return made ? side_add_made(words->command, side, made, word) : status;
	}
	if (!naming_is_token(word) && !naming_file(word))
		return complain_usage(words->command, "'%s' is neither a file (./NAME or NAME.json) "
				      "nor " MATRIX_THIS_HOST, word);
	document = read_document(words, word, &handle, &status);
	if (!document)
		return status;
	if (handle)
		return complain_usage(words->command, "%s: a matrix without -- is of whole hosts",
				      word);
	note_rejected(words, document->content);
	return side_add(words->command, side, document->content, NULL,
			document_label_nth(document->name, words->number, buffer));
}

static int add_endpoint(struct matrix_words *words, struct matrix_side *side, const char *label,
			const struct vdev_document *content, size_t index)
{
	char *text = document_endpoint_label(label, content, index);
	int status;

	if (!text)
		return complain_memory(words->command);
	status = side_add_one(words->command, side, vdev_document_handle(content, index),
			      vdev_document_declaration(content, index), text);
	free(text);
	return status;
}

/* Each endpoint of a document alone. */
static int add_each(struct matrix_words *words, struct matrix_side *side, const char *label,
		    const struct vdev_document *content, bool devices)
{
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; !status && i < vdev_document_num_endpoints(content); i++)
		if (!devices || vdev_declaration_kind(vdev_document_declaration(content, i)) ==
				VDEV_OBJECT_DEV)
			status = add_endpoint(words, side, label, content, i);
	return status;
}

static int add_document(struct matrix_words *words, struct matrix_side *side, const char *word)
{
	char buffer[LABEL_SIZE];
	const struct vdev_document *content;
	struct document *document;
	const char *handle, *label;
	int status = EXIT_DONE;
	size_t index;

	document = read_document(words, word, &handle, &status);
	if (!document)
		return status;
	content = document->content;
	label = document_label_nth(document->name, words->number, buffer);
	if (handle) {
		status = operand_choose(words->command, document, handle, &index);
		return status ? status :
		       side_add_one(words->command, side, vdev_document_handle(content, index),
				    vdev_document_declaration(content, index), word);
	}
	note_rejected(words, content);
	if (side == &words->sources && vdev_document_num_endpoints(content) > 1)
		return add_each(words, side, label, content, false);
	return side_add(words->command, side, content, NULL, label);
}

/* The devices of this host as sources, or all of it as a target. */
static int add_this_host(struct matrix_words *words, struct matrix_side *side)
{
	int status = EXIT_DONE;
	struct vdev_document *made = read_this_host(words, &status);

	if (!made)
		return status;
	if (side == &words->targets)
		return side_add_made(words->command, side, made, MATRIX_THIS_HOST);
	status = add_each(words, side, MATRIX_THIS_HOST, made, true);
	vdev_document_free(made);
	return status;
}

static int add_live(struct matrix_words *words, struct matrix_side *side, const char *word)
{
	struct document_cache cache = { 0 };
	struct operand operand = { 0 };
	int status;

	words->live = true;
	status = operand_parse(words->command, words->sock, &cache, word, &operand);
	if (!status)
		status = operand_fetch(words->command, words->sock, &operand);
	if (!status)
		status = side_add_one(words->command, side, NULL, operand.declaration,
				      operand.label);
	operand_free(&operand);
	document_cache_free(&cache);
	return status;
}

static int add_operand(struct matrix_words *words, struct matrix_side *side, const char *word)
{
	if (is_this_host(word))
		return add_this_host(words, side);
	return is_declared(word) ? add_document(words, side, word) : add_live(words, side, word);
}

int matrix_words_read(struct matrix_words *words, int num_sources, int argc, char **argv)
{
	int status = EXIT_DONE;
	int i;

	words->documents = calloc((size_t)argc, sizeof(struct document *));
	if (!words->documents)
		return complain_memory(words->command);
	progress_begin("reading", (size_t)argc);
	for (i = 0; !status && i < argc; i++) {
		progress_step();
		words->number = (size_t)i + 1;
		status = num_sources < 0 ? add_host(words, argv[i]) :
			 add_operand(words, i < num_sources ? &words->sources : &words->targets,
				     argv[i]);
	}
	progress_end();
	return status;
}

void matrix_words_free(struct matrix_words *words)
{
	side_free(&words->sources);
	side_free(&words->targets);
	while (words->num_documents)
		document_free(words->documents[--words->num_documents]);
	free(words->documents);
}
