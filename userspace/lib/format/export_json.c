// SPDX-License-Identifier: LGPL-2.1
/*
 * The canonical JSON document: keys are sorted, and lists whose order means
 * nothing, so that equal declarations give equal bytes.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/frame.h"
#include "common/json_record.h"
#include "common/keys.h"
#include "export.h"
#include "shape.h"

#define LIST "endpoints"

static void put_blockers(struct builder *builder, json_t *json,
			 const struct vdev_declaration *declaration)
{
	json_t *list = build_array(builder);
	unsigned int i;

	for (i = 0; i < vdev_declaration_num_blockers(declaration); i++)
		append(builder, list, build_blocker(builder,
						    vdev_declaration_blocker(declaration, i)));
	put_list(builder, json, KEY_BLOCKER, list);
}

static int compare_paths(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Returns how many paths there are; of JSON, keys that are not known stay where they are. */
static size_t get_unknown(const struct endpoint *endpoint, const char **paths)
{
	const json_t *named = json_object_get(endpoint->json, KEY_SOURCE_UNKNOWN);
	size_t num, i;

	num = endpoint->json ? json_array_size(named) :
			       vdev_declaration_num_unknown(endpoint->declaration);
	for (i = 0; paths && i < num; i++)
		paths[i] = endpoint->json ? json_string_value(json_array_get(named, i)) :
			   vdev_declaration_unknown(endpoint->declaration, (unsigned int)i);
	return num;
}

/* What this version does not know, by its path. */
static void put_unknown(struct builder *builder, json_t *json, const struct endpoint *endpoint)
{
	size_t i, num = get_unknown(endpoint, NULL);
	const char **paths = calloc(num + 1, sizeof(*paths));
	json_t *list = build_array(builder);

	if (paths) {
		get_unknown(endpoint, paths);
		qsort(paths, num, sizeof(*paths), compare_paths);
		for (i = 0; i < num; i++)
			append_string(builder, list, paths[i]);
	} else {
		builder->broken = true;
	}
	free(paths);
	put_list(builder, json, KEY_SOURCE_UNKNOWN, list);
}

static json_t *build_endpoint(struct builder *builder, const struct endpoint *endpoint)
{
	const struct vdev_declaration *declaration = endpoint->declaration;
	json_t *json = build_object(builder);

	put_enum(builder, json, KEY_ENDPOINT, vdev_endpoint_kind_name,
		 vdev_declaration_kind(declaration));
	put_string(builder, json, "handle", endpoint->handle);
	put_enum(builder, json, KEY_MIGRATION, vdev_migration_name,
		 vdev_declaration_migration(declaration));
	put_flags(builder, json, KEY_SOURCE_CAPABILITIES, vdev_capability_name,
		  vdev_declaration_capabilities(declaration));
	put_blockers(builder, json, declaration);
	put(builder, json, KEY_RECORD, build_record(builder, vdev_declaration_record(declaration)));
	put_unknown(builder, json, endpoint);
	if (endpoint->json && shape_keep(endpoint_shape, json, endpoint->json))
		builder->broken = true;
	return json;
}

static struct frame get_frame(const struct export *export)
{
	return (struct frame){
		.file = export->file,
		.key = LIST,
		.pretty = export->flags & VDEV_WRITE_PRETTY,
		.sorted = true,
	};
}

static int add_endpoint(struct export *export, const struct endpoint *endpoint)
{
	struct frame frame = get_frame(export);
	struct builder builder = { 0 };
	json_t *json = build_endpoint(&builder, endpoint);
	char *text = builder.broken ? NULL : frame_dump(&frame, json);

	json_decref(json);
	return export_add_text(export, endpoint, text);
}

/* The keys that sort before the list, or those that sort behind it, in order. */
static json_t *some_keys(struct builder *builder, json_t *keys, bool before)
{
	struct listing sorted = { 0 };
	json_t *some = build_object(builder);
	const char *key;
	json_t *value;
	size_t i;

	json_object_foreach(keys, key, value)
		if (before == (strcmp(key, LIST) < 0) && listing_add(&sorted, 0, strdup(key), strdup("")))
			builder->broken = true;
	listing_sort(&sorted);
	for (i = 0; i < sorted.num; i++) {
		key = sorted.entries[i].name;
		put(builder, some, key, json_incref(json_object_get(keys, key)));
	}
	listing_free(&sorted);
	return some;
}

/* What the document has beside endpoints stays as it is, but for what is to be left out. */
static json_t *get_keys(struct builder *builder, const struct export *export)
{
	json_t *keys = export->document->root ? json_copy(export->document->root) : json_object();

	if (!keys)
		builder->broken = true;
	json_object_del(keys, LIST);
	if (export->flags & VDEV_WRITE_NO_HOST)
		json_object_del(keys, "host");
	return keys;
}

static int print_document(struct export *export)
{
	struct frame frame = get_frame(export);
	struct builder builder = { 0 };
	json_t *keys = get_keys(&builder, export);
	json_t *before, *after;
	size_t i;
	int err;

	put(&builder, keys, "format", json_string("vdev"));
	put(&builder, keys, "format-version", json_integer(1));
	before = some_keys(&builder, keys, true);
	after = some_keys(&builder, keys, false);
	err = builder.broken ? -ENOMEM : frame_begin(&frame, before);
	for (i = 0; !err && i < export->listing.num; i++)
		frame_put_text(&frame, export->listing.entries[i].text);
	if (!err)
		err = frame_end(&frame, after);
	json_decref(before);
	json_decref(after);
	json_decref(keys);
	return err;
}

const struct export_form export_json = { add_endpoint, print_document };
