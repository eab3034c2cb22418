// SPDX-License-Identifier: LGPL-2.1
/* What stands in the way in a matrix: each finding once, with how often it was found. */
#include <errno.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"
#include "matrix_obstacles.h"

#define FIRST_ROOM 16

static int compare_names(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) : vdev_compare(!!a, !!b);
}

static int compare_obstacles(const struct vdev_matrix_finding *a,
			     const struct vdev_matrix_finding *b)
{
	return vdev_compare(a->field, b->field) ?:
	       vdev_compare(a->code, b->code) ?:
	       compare_names(a->name, b->name);
}

static int compare_counted(const void *left, const void *right)
{
	return compare_obstacles(&((const struct counted *)left)->obstacle,
				 &((const struct counted *)right)->obstacle);
}

static int make_room(struct matrix_obstacles *obstacles)
{
	size_t room = obstacles->room ? 2 * obstacles->room : FIRST_ROOM;
	struct counted **list;

	if (obstacles->num < obstacles->room)
		return 0;
	list = realloc(obstacles->list, room * sizeof(*list));
	if (!list)
		return -ENOMEM;
	obstacles->list = list;
	obstacles->room = room;
	return 0;
}

static struct counted *add(struct matrix_obstacles *obstacles, const struct counted *wanted)
{
	struct counted *counted = vdev_arena_alloc(&obstacles->arena, 1, sizeof(*counted));

	if (!counted || make_room(obstacles))
		return NULL;
	*counted = *wanted;
	if (!tsearch(counted, &obstacles->tree, compare_counted))
		return NULL;
	obstacles->list[obstacles->num++] = counted;
	return counted;
}

const struct counted *matrix_obstacles_count(struct matrix_obstacles *obstacles, size_t pair,
					     size_t times, const struct vdev_finding *finding)
{
	const struct counted wanted = {
		.obstacle = {
			.field = finding->field, .name = finding->name, .code = finding->code,
		},
	};
	void *found = tfind(&wanted, &obstacles->tree, compare_counted);
	struct counted *counted = found ? *(struct counted **)found : add(obstacles, &wanted);

	if (!counted)
		return NULL;
	if (!counted->obstacle.num_pairs || counted->pair != pair)
		counted->obstacle.num_pairs++;
	counted->obstacle.num_sources += times;
	counted->pair = pair;
	return counted;
}

static int compare_listed(const void *left, const void *right)
{
	const struct vdev_matrix_finding *a = &(*(struct counted *const *)left)->obstacle;
	const struct vdev_matrix_finding *b = &(*(struct counted *const *)right)->obstacle;

	return vdev_compare(b->num_pairs, a->num_pairs) ?:
	       vdev_compare(b->num_sources, a->num_sources) ?:
	       compare_obstacles(a, b);
}

void matrix_obstacles_sort(struct matrix_obstacles *obstacles)
{
	size_t i;

	if (obstacles->num)
		qsort(obstacles->list, obstacles->num, sizeof(*obstacles->list), compare_listed);
	for (i = 0; i < obstacles->num; i++)
		obstacles->list[i]->place = i;
}

static void keep(void *counted)
{
	(void)counted;
}

void matrix_obstacles_free(struct matrix_obstacles *obstacles)
{
	tdestroy(obstacles->tree, keep);
	vdev_arena_free(&obstacles->arena);
	free(obstacles->list);
}
