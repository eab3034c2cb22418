// SPDX-License-Identifier: LGPL-2.1
/* What a document has that this version does not know, with its places. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/keys.h"
#include "model/list.h"
#include "document.h"
#include "import.h"
#include "internal.h"
#include "shape.h"

struct walk {
	vdev_unknown_fn *fn;
	void *arg;
};

static void tell_key(const struct node *node, void *arg)
{
	const struct walk *walk = arg;
	char path[IMPORT_WHY_SIZE / 2];

	node_path(node, path, sizeof(path));
	walk->fn(node->up->up ? VDEV_UNKNOWN_KEY : VDEV_UNKNOWN_DOCUMENT_KEY, path, walk->arg);
}

/* Which of several tokens it is does not follow from the path. */
static void tell_token(const struct walk *walk, const struct endpoint *endpoint, bool several)
{
	const struct vdev_declaration *declaration = endpoint->declaration;
	char text[IMPORT_WHY_SIZE];
	unsigned int i;

	for (i = 0; i < vdev_declaration_num_unknown(declaration); i++) {
		const char *path = vdev_declaration_unknown(declaration, i);

		snprintf(text, sizeof(text), "token %zu: %s", endpoint->number, path);
		walk->fn(VDEV_UNKNOWN_WORD, several ? text : path, walk->arg);
	}
}

/* Words are listed in the endpoint. */
static void tell_words(const struct walk *walk, const json_t *endpoint, size_t index)
{
	char text[IMPORT_WHY_SIZE];
	json_t *path;
	size_t i;

	json_array_foreach(json_object_get(endpoint, KEY_SOURCE_UNKNOWN), i, path) {
		snprintf(text, sizeof(text), "endpoints[%zu].%s", index, json_string_value(path));
		walk->fn(VDEV_UNKNOWN_WORD, text, walk->arg);
	}
}

static void walk_json(const struct walk *walk, const struct vdev_document *document)
{
	struct node root = { .json = document->root };
	json_t *endpoint;
	size_t i, read = 0;

	shape_walk(document_shape, &root, tell_key, (void *)walk);
	json_array_foreach(json_object_get(root.json, "endpoints"), i, endpoint) {
		/* One that could not be read is rejected as such. */
		if (read == document->num_endpoints || document->endpoints[read].json != endpoint)
			continue;
		read++;
		tell_words(walk, endpoint, i);
	}
}

VDEV_API void vdev_document_each_unknown(const struct vdev_document *document,
					 vdev_unknown_fn *fn, void *arg)
{
	const struct walk walk = { .fn = fn, .arg = arg };
	bool several = document->num_endpoints + document->num_rejected > 1;
	size_t i;

	if (document->form == VDEV_FORM_JSON)
		walk_json(&walk, document);
	for (i = 0; i < document->num_endpoints; i++)
		if (!document->endpoints[i].json)
			tell_token(&walk, &document->endpoints[i], several);
}

struct listing {
	struct list list;
	int err;
};

static void free_unknown(void *item)
{
	free(item);
}

/* The path is behind it, in the same memory. */
static void add_unknown(enum vdev_unknown_kind kind, const char *path, void *arg)
{
	struct listing *listing = arg;
	size_t size = strlen(path) + 1;
	struct vdev_unknown *unknown;

	if (listing->err)
		return;
	unknown = malloc(sizeof(*unknown) + size);
	if (unknown)
		*unknown = (struct vdev_unknown){ kind, memcpy(unknown + 1, path, size) };
	listing->err = vdev_list_add(&listing->list, unknown);
}

VDEV_API int vdev_unknown_list(const struct vdev_document *document,
			       struct vdev_unknown ***unknown, size_t *num)
{
	struct listing listing = { .list.free = free_unknown };

	vdev_document_each_unknown(document, add_unknown, &listing);
	if (listing.err)
		vdev_list_clear(&listing.list);
	*unknown = (struct vdev_unknown **)listing.list.items;
	*num = listing.list.num;
	return listing.err;
}

VDEV_API void vdev_unknown_list_free(struct vdev_unknown **unknown, size_t num)
{
	while (num)
		free(unknown[--num]);
	free(unknown);
}
