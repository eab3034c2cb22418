// SPDX-License-Identifier: GPL-2.0
/*
 * What must hold for one message: it is refused, or decoded; an object is then
 * printed, a judgement read.
 */
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>

#include "fuzz.h"
#include "judgement.h"
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

static void must_be_same(const char *a, const char *b)
{
	MUST(!a == !b, NULL);
	MUST(!a || !strcmp(a, b), NULL);
}

/* All that a finding points to can be read. */
static void check_finding(const struct vdev_finding *a, const struct vdev_finding *b)
{
	must_be_same(a->name, b->name);
	must_be_same(a->reason, b->reason);
	if (a->source.kind == VDEV_KIND_STRING)
		must_be_same(a->source.string, b->source.string);
	if (a->target.kind == VDEV_KIND_STRING)
		must_be_same(a->target.string, b->target.string);
	MUST(a->missing.num_words == b->missing.num_words, NULL);
	MUST(a->unmet.num_words == b->unmet.num_words, NULL);
	MUST(vdev_bitmap_test(&a->missing, 64 * a->missing.num_words - 1) ==
	     vdev_bitmap_test(&b->missing, 64 * b->missing.num_words - 1), NULL);
	MUST(!vdev_bitmap_test(&a->unmet, 64 * a->unmet.num_words), NULL);
}

static void check_judgement(const struct nlmsghdr *nlh)
{
	struct vdev_judgement judgement = { 0 }, *copy;
	unsigned int i;

	MUST(!vdev_judgement_decode(&judgement, nlh), NULL);
	copy = vdev_judgement_dup(&judgement);
	MUST(vdev_judgement_target(copy), NULL);
	must_be_same(vdev_judgement_target(copy), vdev_judgement_target(&judgement));
	MUST(vdev_judgement_verdict(copy) == vdev_judgement_verdict(&judgement), NULL);
	MUST(vdev_judgement_num_findings(copy) == vdev_judgement_num_findings(&judgement), NULL);
	for (i = 0; i < vdev_judgement_num_findings(copy); i++)
		check_finding(vdev_judgement_finding(copy, i),
			      vdev_judgement_finding(&judgement, i));
	vdev_arena_free(&judgement.arena);
	vdev_judgement_free(copy);
}

static bool is_judgement(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = NLMSG_DATA(nlh);

	return genl->cmd == VDEV_CMD_CHECK || genl->cmd == VDEV_CMD_FIND;
}

void check_message(const struct nlmsghdr *nlh)
{
	struct vdev_object object = { 0 };
	char path[ATTR_PATH_SIZE];
	int err;

	err = is_judgement(nlh) ? vdev_judgement_check(nlh, path) : vdev_object_check(nlh, path);
	if (err) {
		must_be_printable(path, strlen(path));
		return;
	}
	if (is_judgement(nlh)) {
		check_judgement(nlh);
		return;
	}
	MUST(!vdev_object_decode(&object, nlh), NULL);
	check_object(&object);
	vdev_arena_free(&object.arena);
}
