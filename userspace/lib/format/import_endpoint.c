// SPDX-License-Identifier: LGPL-2.1
/* Reading JSON of unknown origin: an endpoint of a document, and what of it nobody here knows. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/keys.h"
#include "import_endpoint.h"
#include "import_record.h"
#include "import_words.h"
#include "shape.h"

/* More of an endpoint are of no meaning. */
#define UNKNOWN_MAX 64

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

static const char *read_handle(struct import *import, const struct node *node,
			       enum vdev_object_kind kind)
{
	struct node member = node_member(node, "handle");
	const char *text = NULL;

	import_string(import, node, "handle", &text);
	if (text && !document_takes_handle(kind, text))
		import_reject(import, &member, "is not %s",
			      kind == VDEV_OBJECT_TYPE ? "PARENT-BUS/PARENT/NAME" : "BUS/NAME");
	return text;
}

static void make_declaration(struct import *import, const struct node *node,
			     const struct vdev_draft *draft, struct endpoint *endpoint)
{
	struct vdev_error error;
	int err = vdev_declaration_new(draft, sizeof(*draft), &endpoint->declaration, &error);

	if (err && err != -ENOMEM)
		import_reject(import, node, "%s", error.message);
	else
		import->err = err;
}

static void make_endpoint(struct import *import, const struct node *node, json_t *words,
			  json_t *keys, struct endpoint *endpoint)
{
	struct vdev_draft draft = { 0 };
	const char *handle;

	read_draft(import, node, words, keys, &draft);
	handle = read_handle(import, node, draft.kind);
	if (handle && !import->err) {
		endpoint->handle = strdup(handle);
		import->err = endpoint->handle ? 0 : -ENOMEM;
	}
	if (!import->err)
		make_declaration(import, node, &draft, endpoint);
	if (!import->err)
		return;
	free(endpoint->handle);
	endpoint->handle = NULL;
}

void import_endpoint(struct import *import, const struct node *node, struct endpoint *endpoint)
{
	json_t *words = json_array();
	json_t *keys = json_array();

	if (!words || !keys)
		import->err = -ENOMEM;
	else if (import_is_object(import, node))
		make_endpoint(import, node, words, keys, endpoint);
	json_decref(words);
	json_decref(keys);
}
