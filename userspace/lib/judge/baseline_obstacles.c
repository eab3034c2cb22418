// SPDX-License-Identifier: LGPL-2.1
/*
 * What stays in the way of moving from host to host when types have their ceilings. Types
 * of which the declaration is the same are judged once, as their ceilings are the same too.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/model/check.h"
#include "model/declaration.h"
#include "baseline_obstacles.h"

#define FIRST_ROOM 8

/* Of each source and each target: what was found of the pair. */
struct found {
	uint32_t verdict;
	bool said;
	struct vdev_baseline_obstacle obstacle;
};

struct search {
	struct arena *arena;
	const struct limited *types;
	size_t num;
	/* How many differ, and the first of each. */
	size_t num_distinct;
	const struct limited **distinct;
	struct found *found;
	struct vdev_check check;
	struct obstacles *obstacles;
};

static int compare_bytes(const struct vdev_declaration *a, const struct vdev_declaration *b)
{
	int difference = vdev_compare(a->len, b->len);

	return difference ? difference : memcmp(a->attrs, b->attrs, a->len);
}

/* Then by host. */
static int compare_types(const void *left, const void *right)
{
	const struct limited *a = left, *b = right;
	int difference = compare_bytes(a->member->declaration, b->member->declaration);

	return difference ? difference : vdev_compare(a->member->host, b->member->host);
}

static int note_first(const struct vdev_check *check, const struct vdev_finding *finding)
{
	struct vdev_baseline_obstacle *obstacle = check->arg;

	if (finding->result != VDEV_RESULT_FAIL || obstacle->code)
		return 0;
	obstacle->field = finding->field;
	obstacle->name = finding->name;
	obstacle->code = finding->code;
	return 0;
}

static struct found *judge(struct search *search, const struct limited *source,
			   const struct limited *target)
{
	struct found *found = &search->found[source->number * search->num_distinct + target->number];
	struct vdev_operand from = vdev_declaration_operand(source->member->declaration);
	struct vdev_operand to = vdev_declaration_operand(target->member->declaration);

	if (found->verdict)
		return found;
	from.record = &source->record;
	to.record = &target->record;
	search->check.source = &from;
	search->check.target = &to;
	search->check.report = note_first;
	search->check.arg = &found->obstacle;
	vdev_check_run(&search->check);
	found->verdict = search->check.verdict;
	return found;
}

static int make_room(struct arena *arena, struct obstacles *obstacles)
{
	size_t room = obstacles->room ? 2 * obstacles->room : FIRST_ROOM;
	struct vdev_baseline_obstacle *list;

	if (obstacles->num < obstacles->room)
		return 0;
	list = vdev_arena_alloc(arena, room, sizeof(*list));
	if (!list)
		return -ENOMEM;
	if (obstacles->num)
		memcpy(list, obstacles->list, obstacles->num * sizeof(*list));
	obstacles->list = list;
	obstacles->room = room;
	return 0;
}

static int say(struct search *search, struct found *found, size_t source, size_t target)
{
	struct obstacles *obstacles = search->obstacles;

	if (found->said)
		return 0;
	if (make_room(search->arena, obstacles))
		return -ENOMEM;
	found->said = true;
	found->obstacle.source = source;
	found->obstacle.target = target;
	obstacles->list[obstacles->num++] = found->obstacle;
	return 0;
}

/* Of two that are as good, the type of the same name says more. */
static bool is_better(const struct limited *source, const struct limited *target,
		      const struct found *found, const struct found *best)
{
	if (!best || found->verdict != best->verdict)
		return !best || found->verdict < best->verdict;
	return strcmp(source->type, target->type) == 0;
}

/* The types of a host stand together; @i is set to the first of the next one. */
static int try_host(struct search *search, const struct limited *source,
		    const struct limited *by_host, size_t *i)
{
	size_t host = by_host[*i].member->host;
	struct found *found, *best = NULL;

	for (; *i < search->num && by_host[*i].member->host == host; (*i)++) {
		found = judge(search, source, &by_host[*i]);
		if (is_better(source, &by_host[*i], found, best))
			best = found;
	}
	if (!best || best->verdict <= VDEV_VERDICT_UNDECLARED || host == source->member->host)
		return 0;
	return say(search, best, source->member->host, host);
}

static int compare_hosts(const void *left, const void *right)
{
	const struct limited *a = left, *b = right;
	int difference = vdev_compare(a->member->host, b->member->host);

	return difference ? difference : vdev_compare(a->number, b->number);
}

static int try_all(struct search *search, struct limited *by_host)
{
	size_t d, i;
	int err = 0;

	memcpy(by_host, search->types, search->num * sizeof(*by_host));
	qsort(by_host, search->num, sizeof(*by_host), compare_hosts);
	for (d = 0; !err && d < search->num_distinct; d++)
		for (i = 0; !err && i < search->num;)
			err = try_host(search, search->distinct[d], by_host, &i);
	return err;
}

static void number_types(struct search *search, struct limited *types)
{
	size_t i;

	for (i = 0; i < search->num; i++) {
		if (!i || compare_bytes(types[i - 1].member->declaration, types[i].member->declaration))
			search->distinct[search->num_distinct++] = &types[i];
		types[i].number = search->num_distinct - 1;
	}
}

int baseline_obstacles(struct arena *arena, struct limited *types, size_t num,
		       struct obstacles *obstacles)
{
	struct search *search = calloc(1, sizeof(*search));
	struct limited *by_host = calloc(num + 1, sizeof(*by_host));
	int err = -ENOMEM;

	if (search && by_host) {
		*search = (struct search){
			.arena = arena,
			.types = types,
			.num = num,
			.obstacles = obstacles,
		};
		search->distinct = calloc(num + 1, sizeof(*search->distinct));
	}
	if (search && search->distinct) {
		qsort(types, num, sizeof(*types), compare_types);
		number_types(search, types);
		search->found = calloc(search->num_distinct * search->num_distinct + 1,
				       sizeof(*search->found));
	}
	if (search && search->found)
		err = try_all(search, by_host);
	if (search) {
		free(search->distinct);
		free(search->found);
	}
	free(search);
	free(by_host);
	return err;
}
