// SPDX-License-Identifier: GPL-2.0
/* Reading what was exported: JSON, or tokens. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "import.h"
#include "input.h"
#include "shape.h"

#define WHITE_SPACE " \t\r\n"
#define MARK "vdev"

bool document_is_token(const char *word)
{
	size_t version;

	if (strncmp(word, MARK, strlen(MARK)) != 0)
		return false;
	word += strlen(MARK);
	version = strspn(word, "0123456789");
	return version && word[version] == '.';
}

const char *document_label(const char *word)
{
	return document_is_token(word) ? "token" : word;
}

static void read_blocker(struct import *import, const struct node *node, void *element)
{
	struct vdev_blocker *blocker = element;

	if (!import_is_object(import, node))
		return;
	import_string(import, node, "name", &blocker->name);
	import_string(import, node, "reason", &blocker->reason);
	import_flags(import, node, "flags", vdev_blocker_flag_name, &blocker->flags);
}

static void read_draft(struct import *import, const struct node *node, struct vdev_draft *draft)
{
	struct node kind_node = node_member(node, "kind");
	struct node record = node_member(node, "record");
	uint32_t kind = 0;

	import_enum(import, node, "kind", vdev_endpoint_kind_name, &kind);
	if (!kind)
		import_refuse(import, &kind_node, "is missing");
	draft->kind = (enum vdev_object_kind)kind;
	import_enum(import, node, "migration", vdev_migration_name, &draft->migration);
	draft->blockers = import_elements(import, node, "blockers", sizeof(*draft->blockers),
					  read_blocker, &draft->num_blockers);
	import_record(import, &record, draft);
}

/* As the kernel's handles are; it is a part of command lines. */
static void read_handle(struct import *import, const struct node *node, enum vdev_object_kind kind,
			const char **result)
{
	struct node member = node_member(node, "handle");
	struct vdev_handle handle;
	const char *text = NULL;
	const char *pos;

	import_string(import, node, "handle", &text);
	if (!text)
		return;
	for (pos = text; *pos > 0x20 && *pos < 0x7f; pos++)
		;
	if (*pos || vdev_handle_parse(text, kind, &handle) || handle.id)
		import_refuse(import, &member, "is not %s",
			      kind == VDEV_OBJECT_TYPE ? "PARENT-BUS/PARENT/NAME" : "BUS/NAME");
	*result = text;
}

static void read_endpoint(struct import *import, const struct node *node,
			  struct endpoint *endpoint)
{
	struct vdev_draft draft = { 0 };
	char why[VDEV_WHY_SIZE] = "";
	int err;

	if (!import_is_object(import, node))
		return;
	endpoint->json = node->json;
	read_draft(import, node, &draft);
	read_handle(import, node, draft.kind, &endpoint->handle);
	if (import->err)
		return;
	err = vdev_declaration_new(&draft, sizeof(draft), &endpoint->declaration, why);
	if (err && err != -ENOMEM)
		import_refuse(import, node, "%s", why);
	else
		import->err = err;
}

static void read_document(struct import *import, const struct node *root,
			  struct document *document)
{
	struct node list;
	size_t num, i;

	import_format(import, root);
	num = import_contents(import, root, "endpoints", &list);
	if (import->err)
		return;
	document->endpoints = calloc(num + 1, sizeof(*document->endpoints));
	if (!document->endpoints) {
		import->err = -ENOMEM;
		return;
	}
	document->num_endpoints = num;
	for (i = 0; !import->err && i < num; i++) {
		struct node node = node_element(&list, i);

		read_endpoint(import, &node, &document->endpoints[i]);
		import_free(import);
	}
}

static int read_json(const struct command *command, struct document *document,
		     const char *text, size_t size)
{
	struct import import = { 0 };
	struct node root = { 0 };

	document->root = import_parse(command, document->name, text, size);
	if (!document->root)
		return EXIT_ERROR;
	root.json = document->root;
	read_document(&import, &root, document);
	import_free(&import);
	return import_status(command, document->name, &import);
}

/* How many words there are. */
static size_t count_words(const char *text)
{
	size_t num = 0;

	while (*(text += strspn(text, WHITE_SPACE))) {
		text += strcspn(text, WHITE_SPACE);
		num++;
	}
	return num;
}

static int read_token(const struct command *command, struct document *document,
		      const char *token)
{
	size_t number = document->num_endpoints + 1;
	char why[VDEV_WHY_SIZE] = "";
	int err = vdev_declaration_parse(token, &document->endpoints[number - 1].declaration, why);

	if (err == -ENOMEM)
		return complain_memory(command);
	if (err && document_is_token(document->name))
		return complain(command, "token: %s", why);
	if (err)
		return complain(command, "%s: token %zu: %s", document->name, number, why);
	document->num_endpoints = number;
	return EXIT_DONE;
}

/* The words of @text are taken apart. */
static int read_tokens(const struct command *command, struct document *document, char *text)
{
	int status = EXIT_DONE;
	char *word, *rest;

	document->endpoints = calloc(count_words(text) + 1, sizeof(*document->endpoints));
	if (!document->endpoints)
		return complain_memory(command);
	for (word = strtok_r(text, WHITE_SPACE, &rest); word && !status;
	     word = strtok_r(NULL, WHITE_SPACE, &rest))
		status = read_token(command, document, word);
	return status;
}

static int read_text(const struct command *command, struct document *document, char *text,
		     size_t size)
{
	const char *first = text + strspn(text, WHITE_SPACE);

	if (document_is_token(first) && strlen(text) == size)
		return read_tokens(command, document, text);
	if (!*first && strlen(text) == size)
		return complain(command, "%s: empty", document->name);
	return read_json(command, document, text, size);
}

static char *get_text(const struct command *command, const char *name, size_t *size)
{
	char *text;

	if (!document_is_token(name))
		return input_read(command, name, size);
	text = strdup(name);
	if (!text)
		complain_memory(command);
	*size = strlen(name);
	return text;
}

struct document *document_read(const struct command *command, const char *name)
{
	struct document *document = calloc(1, sizeof(*document));
	size_t size = 0;
	char *text;
	int status = EXIT_ERROR;

	if (document)
		document->name = strdup(name);
	if (!document || !document->name) {
		complain_memory(command);
		document_free(document);
		return NULL;
	}
	text = get_text(command, name, &size);
	if (text)
		status = read_text(command, document, text, size);
	free(text);
	if (!status)
		return document;
	document_free(document);
	return NULL;
}

void document_free(struct document *document)
{
	size_t i;

	if (!document)
		return;
	for (i = 0; i < document->num_endpoints; i++)
		vdev_declaration_free(document->endpoints[i].declaration);
	free(document->endpoints);
	json_decref(document->root);
	free(document->name);
	free(document);
}
