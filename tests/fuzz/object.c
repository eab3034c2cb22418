// SPDX-License-Identifier: GPL-2.0
/* What must hold for one message: it is refused, or decoded and printed. */
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "object.h"
#include "out.h"

static char *as_text(const struct vdev_object *object, bool details)
{
	size_t size;
	char *text;
	FILE *file = open_memstream(&text, &size);

	out_text(file, object, details);
	fclose(file);
	must_be_printable(text, size);
	return text;
}

static char *as_json(const struct vdev_object *object)
{
	json_t *json = json_from_object(object);
	char *text = json_dumps(json, JSON_COMPACT);

	MUST(text, NULL);
	must_be_json(text, strlen(text));
	json_decref(json);
	return text;
}

/* A copy that outlives its original is printed alike. */
static void check_object(struct vdev_object *object)
{
	struct vdev_object *copy = vdev_object_dup(object);
	char *text[] = { as_text(object, true), as_text(copy, true) };
	char *json[] = { as_json(object), as_json(copy) };

	free(as_text(object, false));
	vdev_object_free(copy);
	MUST(strcmp(text[0], text[1]) == 0, text[1]);
	MUST(strcmp(json[0], json[1]) == 0, json[1]);
	free(text[0]);
	free(text[1]);
	free(json[0]);
	free(json[1]);
}

void check_message(const struct nlmsghdr *nlh)
{
	struct vdev_object object = { 0 };
	char path[ATTR_PATH_SIZE];

	if (vdev_object_check(nlh, path)) {
		must_be_printable(path, strlen(path));
		return;
	}
	MUST(!vdev_object_decode(&object, nlh), NULL);
	check_object(&object);
	vdev_arena_free(&object.arena);
}
