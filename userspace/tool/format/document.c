// SPDX-License-Identifier: GPL-2.0
/* Reading what was exported: JSON, or tokens. */
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/input.h"
#include "document.h"
#include "import_document.h"
#include "import_record.h"
#include "import_words.h"
#include "keys.h"
#include "naming.h"
#include "shape.h"

#define WHITE_SPACE " \t\r\n"
/* More of an endpoint are of no meaning. */
#define UNKNOWN_MAX 64

const char *document_label(const char *word)
{
	return naming_is_token(word) ? "token" : word;
}

static void read_blocker(struct import *import, const struct node *node, void *element)
{
	struct vdev_blocker *blocker = element;

	if (!import_is_object(import, node))
		return;
	import_string(import, node, KEY_BLOCKER_NAME, &blocker->name);
	import_string(import, node, KEY_BLOCKER_REASON, &blocker->reason);
	import_flags(import, node, KEY_BLOCKER_FLAGS, vdev_blocker_flag_from_name, &blocker->flags);
}

/* The part of the endpoint that is judged. */
static void read_known(struct import *import, const struct node *node, struct vdev_draft *draft)
{
	struct node kind_node = node_member(node, KEY_ENDPOINT);
	struct node record = node_member(node, KEY_RECORD);
	uint32_t kind = 0;

	import_enum(import, node, KEY_ENDPOINT, vdev_endpoint_kind_from_name, VDEV_ENDPOINT_KIND_DEVICE,
		    &kind);
	if (!kind)
		import_reject(import, &kind_node, "is missing");
	draft->kind = (enum vdev_object_kind)kind;
	import_enum(import, node, KEY_MIGRATION, vdev_migration_from_name, VDEV_MIGRATION_UNDECLARED,
		    &draft->migration);
	import_flags(import, node, KEY_SOURCE_CAPABILITIES, vdev_capability_from_name,
		     &draft->capabilities);
	draft->blockers = import_elements(import, node, KEY_BLOCKER, sizeof(*draft->blockers),
					  read_blocker, &draft->num_blockers);
	import_record(import, &record, draft);
}

static void unknown_key(const struct node *node, void *arg)
{
	import_unknown(arg, node);
}

/* Those that the writer of the document did not know either come first. */
static void join_unknown(struct import *import, const struct node *node, json_t *words)
{
	struct node named = node_member(node, KEY_SOURCE_UNKNOWN);
	size_t num = import_list(import, &named);
	size_t i;

	for (i = 0; i < num; i++) {
		struct node element = node_element(&named, i);

		if (!json_is_string(element.json))
			import_reject(import, &element, "is not a string");
	}
	if (import->err || !json_array_size(words))
		return;
	if (named.json ? json_array_extend(named.json, words) :
			 json_object_set(node->json, KEY_SOURCE_UNKNOWN, words))
		import->err = -ENOMEM;
}

static void add_paths(struct vdev_draft *draft, const char **paths, const json_t *list)
{
	size_t i;

	for (i = 0; i < json_array_size(list) && draft->num_unknown < UNKNOWN_MAX; i++)
		paths[draft->num_unknown++] = json_string_value(json_array_get(list, i));
}

/*
 * What a document says and this program does not understand, nobody judges. Words stay
 * in the document by their path; keys stay where they are.
 */
static void read_draft(struct import *import, const struct node *node, json_t *words,
		       json_t *keys, struct vdev_draft *draft)
{
	const char **paths = import_alloc(import, UNKNOWN_MAX, sizeof(*paths));

	if (!paths)
		return;
	import->unknown = words;
	read_known(import, node, draft);
	join_unknown(import, node, words);
	import->unknown = keys;
	shape_walk(endpoint_shape, node, unknown_key, import);
	if (import->err)
		return;
	draft->unknown = paths;
	add_paths(draft, paths, json_object_get(node->json, KEY_SOURCE_UNKNOWN));
	add_paths(draft, paths, keys);
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
		import_reject(import, &member, "is not %s",
			      kind == VDEV_OBJECT_TYPE ? "PARENT-BUS/PARENT/NAME" : "BUS/NAME");
	*result = text;
}

static void make_declaration(struct import *import, const struct node *node, json_t *words,
			     json_t *keys, struct endpoint *endpoint)
{
	struct vdev_draft draft = { 0 };
	char why[VDEV_WHY_SIZE] = "";
	int err;

	read_draft(import, node, words, keys, &draft);
	read_handle(import, node, draft.kind, &endpoint->handle);
	if (import->err)
		return;
	err = vdev_declaration_new(&draft, sizeof(draft), &endpoint->declaration, why);
	if (err && err != -ENOMEM)
		import_reject(import, node, "%s", why);
	else
		import->err = err;
}

static void read_endpoint(struct import *import, const struct node *node,
			  struct endpoint *endpoint)
{
	json_t *words = json_array();
	json_t *keys = json_array();

	endpoint->json = node->json;
	if (!words || !keys)
		import->err = -ENOMEM;
	else if (import_is_object(import, node))
		make_declaration(import, node, words, keys, endpoint);
	json_decref(words);
	json_decref(keys);
}

/* One that cannot be read is complained about, and harms no other. */
static int add_endpoint(const struct command *command, struct document *document,
			const struct node *node)
{
	struct endpoint *endpoint = &document->endpoints[document->num_endpoints];
	struct import import = { 0 };

	/* One before it that could not be read may have left its handle. */
	*endpoint = (struct endpoint){ 0 };
	read_endpoint(&import, node, endpoint);
	import_free(&import);
	if (import.err == -ENOMEM)
		return complain_memory(command);
	if (!import.err) {
		document->num_endpoints++;
		return EXIT_DONE;
	}
	import_status(command, document->name, &import);
	document->num_unreadable++;
	return EXIT_DONE;
}

/* Room for so many endpoints; complains if there is none. */
static bool prepare(const struct command *command, struct document *document, size_t num)
{
	if (num > DOCUMENT_ENDPOINTS_MAX) {
		complain(command, "%s: has more than %d endpoints", document->name,
			 DOCUMENT_ENDPOINTS_MAX);
		return false;
	}
	document->endpoints = calloc(num + 1, sizeof(*document->endpoints));
	if (!document->endpoints)
		complain_memory(command);
	return document->endpoints;
}

static int read_endpoints(const struct command *command, struct document *document,
			  const struct node *list, size_t num)
{
	int status = EXIT_DONE;
	size_t i;

	if (!prepare(command, document, num))
		return EXIT_ERROR;
	for (i = 0; !status && i < num; i++) {
		struct node node = node_element(list, i);

		status = add_endpoint(command, document, &node);
	}
	return status;
}

static int read_json(const struct command *command, struct document *document,
		     const char *text, size_t size)
{
	struct import import = { 0 };
	struct node root = { 0 }, list;
	size_t num;

	document->root = import_parse(command, document->name, text, size);
	if (!document->root)
		return EXIT_ERROR;
	root.json = document->root;
	import_format(&import, &root);
	num = import_contents(&import, &root, "endpoints", &list);
	if (import.err)
		return import_status(command, document->name, &import);
	return read_endpoints(command, document, &list, num);
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
	struct endpoint *endpoint = &document->endpoints[document->num_endpoints];
	char why[VDEV_WHY_SIZE] = "";
	int err = vdev_declaration_parse(token, &endpoint->declaration, why);

	endpoint->number = document->num_endpoints + document->num_unreadable + 1;
	if (err == -ENOMEM)
		return complain_memory(command);
	if (!err) {
		document->num_endpoints++;
		return EXIT_DONE;
	}
	if (naming_is_token(document->name))
		complain(command, "token: %s", why);
	else
		complain(command, "%s: token %zu: %s", document->name, endpoint->number, why);
	document->num_unreadable++;
	return EXIT_DONE;
}

/* The words of @text are taken apart. */
static int read_tokens(const struct command *command, struct document *document, char *text)
{
	int status = EXIT_DONE;
	char *word, *rest;

	if (!prepare(command, document, count_words(text)))
		return EXIT_ERROR;
	for (word = strtok_r(text, WHITE_SPACE, &rest); word && !status;
	     word = strtok_r(NULL, WHITE_SPACE, &rest))
		status = read_token(command, document, word);
	return status;
}

static int read_text(const struct command *command, struct document *document, char *text,
		     size_t size)
{
	const char *first = text + strspn(text, WHITE_SPACE);

	if (naming_begins_token(first) && strlen(text) == size)
		return read_tokens(command, document, text);
	if (!*first && strlen(text) == size)
		return complain(command, "%s: empty", document->name);
	return read_json(command, document, text, size);
}

static char *get_text(const struct command *command, const char *name, size_t *size)
{
	char *text;

	if (!naming_is_token(name))
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
	if (!status && (document->num_endpoints || !document->num_unreadable))
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
