// SPDX-License-Identifier: GPL-2.0
/*
 * Reading a document of profiles. Nothing of it is sent before all of it, and of
 * all other documents, is known to be within its bounds.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/include/linux/vdev_limits.h"

#include "cli/complain.h"
#include "cli/input.h"
#include "import_document.h"
#include "import_record.h"
#include "import_words.h"
#include "keys.h"
#include "profiles.h"
#include "shape.h"

#define WHITE_SPACE " \t\r\n"

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
	char why[VDEV_WHY_SIZE] = "";
	int err;

	err = vdev_profile_check(draft, sizeof(*draft), sizeof(struct vdev_draft), why);
	if (err == -ENOMEM)
		import->err = err;
	else if (err)
		import_reject(import, node, "%s", why);
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

static void read_all(struct import *import, const struct node *root, struct profiles *profiles)
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
	profiles->drafts = import_alloc(import, num, sizeof(*profiles->drafts));
	if (!profiles->drafts)
		return;
	profiles->num = num;
	for (i = 0; !import->err && i < num; i++) {
		struct node node = node_element(&list, i);

		read_profile(import, &node, &profiles->drafts[i]);
	}
}

static int read_text(const struct command *command, struct profiles *profiles, const char *text,
		     size_t size)
{
	struct import *import = &profiles->import;
	struct node root = { 0 };

	profiles->root = import_parse(command, profiles->file, text, size);
	if (!profiles->root)
		return EXIT_ERROR;
	root.json = profiles->root;
	read_all(import, &root, profiles);
	return import_status(command, profiles->file, import);
}

static struct profiles *new_profiles(const char *file)
{
	struct profiles *profiles = calloc(1, sizeof(*profiles));

	if (profiles)
		profiles->file = strdup(file);
	if (profiles && profiles->file)
		return profiles;
	profiles_free(profiles);
	return NULL;
}

static bool is_empty(const char *text, size_t size)
{
	return strspn(text, WHITE_SPACE) == size;
}

int profiles_read(const struct command *command, const char *file, bool may_be_empty,
		  struct profiles **profiles)
{
	size_t size = 0;
	char *text = input_read(command, file, &size);
	int status;

	*profiles = NULL;
	if (!text)
		return EXIT_ERROR;
	if (is_empty(text, size)) {
		free(text);
		return may_be_empty ? EXIT_DONE : complain(command, "%s: empty", file);
	}
	*profiles = new_profiles(file);
	status = *profiles ? read_text(command, *profiles, text, size) : complain_memory(command);
	free(text);
	if (status) {
		profiles_free(*profiles);
		*profiles = NULL;
	}
	return status;
}

void profiles_free(struct profiles *profiles)
{
	if (!profiles)
		return;
	import_free(&profiles->import);
	json_decref(profiles->root);
	free(profiles->file);
	free(profiles);
}
