// SPDX-License-Identifier: LGPL-2.1
/*
 * Reading a document of profiles: all of it is held against the bounds of the kernel, so that
 * nothing of it has to be sent before the rest is known to be right.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/include/linux/vdev_limits.h"

#include <vdev/document.h>
#include <vdev/profile_document.h>

#include "common/keys.h"
#include "import_document.h"
#include "import_record.h"
#include "import_words.h"
#include "internal.h"
#include "model/error.h"
#include "shape.h"

#define WHITE_SPACE " \t\r\n"

struct vdev_profile_document {
	json_t *root;
	/* Has the memory of the drafts; their strings are in the JSON. */
	struct import import;
	struct vdev_profile_draft *drafts;
	size_t num;
};

static void read_declared(struct import *import, const struct node *node,
			  struct vdev_profile_draft *draft)
{
	struct node record = node_member(node, KEY_PROFILE_RECORD);
	struct vdev_draft *declared;

	if (!record.json)
		return;
	declared = import_alloc(import, 1, sizeof(*declared));
	if (!declared)
		return;
	import_record(import, &record, declared);
	draft->declared = declared;
}

static void read_cost(struct import *import, const struct node *node,
		      struct vdev_profile_draft *draft)
{
	struct node member = node_member(node, KEY_PROFILE_COST);
	struct vdev_cost *cost;

	if (!member.json || !import_is_object(import, &member))
		return;
	cost = import_alloc(import, 1, sizeof(*cost));
	if (!cost)
		return;
	*cost = (struct vdev_cost){ VDEV_UNKNOWN64, VDEV_UNKNOWN64, VDEV_UNKNOWN64 };
	import_number(import, &member, KEY_COST_STATE_SIZE, INT64_MAX, &cost->state_size);
	import_number(import, &member, KEY_COST_PRECOPY_SIZE, INT64_MAX, &cost->precopy_size);
	import_number(import, &member, KEY_COST_DOWNTIME, INT64_MAX, &cost->downtime);
	draft->cost = cost;
}

static void check_bounds(struct import *import, const struct node *node,
			 const struct vdev_profile_draft *draft)
{
	struct vdev_error error;
	int err;

	err = vdev_profile_check(draft, sizeof(*draft), sizeof(struct vdev_draft), &error);
	if (err == -ENOMEM)
		import->err = err;
	else if (err)
		import_reject(import, node, "%s", error.message);
}

static void read_profile(struct import *import, const struct node *node,
			 struct vdev_profile_draft *draft)
{
	struct node name = node_member(node, KEY_PROFILE_NAME);
	struct node migration = node_member(node, KEY_PROFILE_MIGRATION);
	const char *comment = NULL;

	if (!import_is_object(import, node))
		return;
	import_string(import, node, KEY_PROFILE_NAME, &draft->name);
	import_string(import, node, "comment", &comment);
	import_string(import, node, KEY_PROFILE_BUS, &draft->bus);
	import_string(import, node, KEY_PROFILE_DRIVER, &draft->driver);
	import_string(import, node, KEY_PROFILE_TYPE, &draft->type);
	import_enum(import, node, KEY_PROFILE_MIGRATION, vdev_migration_from_name, 0, &draft->migration);
	import_flags(import, node, KEY_PROFILE_CAPABILITIES, vdev_capability_from_name,
		     &draft->capabilities);
	read_cost(import, node, draft);
	if (!name.json)
		import_reject(import, &name, "is missing");
	if (!migration.json)
		import_reject(import, &migration, "is missing");
	read_declared(import, node, draft);
	if (!import->err)
		check_bounds(import, node, draft);
}

/* Who declares something that is not understood declares something else. */
static void reject_key(const struct node *node, void *arg)
{
	import_reject(arg, node, "is not a key that this version knows");
}

static void read_all(struct import *import, const struct node *root,
		     struct vdev_profile_document *document)
{
	struct node list;
	size_t num, i;

	import_format(import, root);
	num = import_contents(import, root, "profiles", &list);
	if (num > VDEV_PROFILES_MAX)
		import_reject(import, &list, "are more than %d", VDEV_PROFILES_MAX);
	if (!import->err)
		shape_walk(profiles_shape, root, reject_key, import);
	if (import->err)
		return;
	document->drafts = import_alloc(import, num, sizeof(*document->drafts));
	if (!document->drafts)
		return;
	document->num = num;
	for (i = 0; !import->err && i < num; i++) {
		struct node node = node_element(&list, i);

		read_profile(import, &node, &document->drafts[i]);
	}
}

static int read_json(struct vdev_profile_document *document, const char *text, size_t size,
		     struct vdev_error *error)
{
	struct node root = { 0 };
	int err = import_parse(text, size, &document->root, error);

	if (err)
		return err;
	root.json = document->root;
	read_all(&document->import, &root, document);
	return import_result(&document->import, error);
}

static bool is_empty(const char *text, size_t size)
{
	size_t i;

	for (i = 0; i < size; i++)
		if (!text[i] || !strchr(WHITE_SPACE, text[i]))
			return false;
	return true;
}

static int read_text(struct vdev_profile_document *document, const char *text, size_t size,
		     struct vdev_error *error)
{
	if (size > VDEV_DOCUMENT_SIZE_MAX)
		return vdev_error_say(error, -EFBIG, "larger than %u MiB",
				   VDEV_DOCUMENT_SIZE_MAX >> 20);
	import_skip_mark(&text, &size);
	if (is_empty(text, size))
		return vdev_error_say(error, -ENODATA, "empty");
	return read_json(document, text, size, error);
}

VDEV_API int vdev_profile_document_parse(const char *text, size_t size,
					 struct vdev_profile_document **document,
					 struct vdev_error *error)
{
	struct vdev_profile_document *new = calloc(1, sizeof(*new));
	int err = new ? read_text(new, text, size, error) : -ENOMEM;

	*document = NULL;
	if (!err)
		*document = new;
	else
		vdev_profile_document_free(new);
	return err == -ENOMEM ? vdev_error_errno(error, ENOMEM) : err;
}

VDEV_API void vdev_profile_document_free(struct vdev_profile_document *document)
{
	if (!document)
		return;
	import_free(&document->import);
	json_decref(document->root);
	free(document);
}

VDEV_API size_t vdev_profile_document_num(const struct vdev_profile_document *document)
{
	return document->num;
}

VDEV_API const struct vdev_profile_draft *
vdev_profile_document_draft(const struct vdev_profile_document *document, size_t index)
{
	return index < document->num ? &document->drafts[index] : NULL;
}
