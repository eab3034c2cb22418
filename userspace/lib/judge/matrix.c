// SPDX-License-Identifier: LGPL-2.1
/* The matrix: from the best targets of single endpoints to what is said of pairs of hosts. */
#include <errno.h>
#include <stdlib.h>

#include <vdev/matrix.h>

#include "internal.h"
#include "matrix_best.h"
#include "matrix_obstacles.h"

struct vdev_matrix {
	size_t num_sources;
	size_t num_targets;
	/* Sources and targets are the same hosts. */
	bool same;
	uint32_t verdict;
	/* Row by row. */
	struct vdev_matrix_cell *cells;
	/* The same: the worst finding, until obstacles have their places. */
	const struct counted **worst;
	struct matrix_obstacles obstacles;
};

/* The pair at hand, and the first finding that decides about a source of it. */
struct pair {
	struct matrix_obstacles *obstacles;
	size_t number;
	uint32_t verdict;
	/* How many sources are equal to this one. */
	size_t times;
	const struct counted *first;
};

static bool is_good(uint32_t verdict)
{
	return verdict == VDEV_VERDICT_IDENTICAL || verdict == VDEV_VERDICT_COMPATIBLE;
}

static bool decides(const struct vdev_finding *finding, uint32_t verdict)
{
	if (verdict > VDEV_VERDICT_UNDECLARED)
		return finding->result == VDEV_RESULT_FAIL;
	switch (finding->code) {
	case VDEV_CODE_SOURCE_UNDECLARED:
	case VDEV_CODE_TARGET_UNDECLARED:
	case VDEV_CODE_SOURCE_UNKNOWN:
	case VDEV_CODE_TARGET_UNKNOWN:
		return true;
	}
	return false;
}

static int note_finding(const struct vdev_check *check, const struct vdev_finding *finding)
{
	const struct counted *counted;
	struct pair *pair = check->arg;

	if (!decides(finding, pair->verdict))
		return 0;
	counted = matrix_obstacles_count(pair->obstacles, pair->number, pair->times, finding);
	if (!pair->first)
		pair->first = counted;
	return counted ? 0 : -ENOMEM;
}

static void note_worst(struct vdev_matrix_cell *cell, const struct entry *source,
		       const struct best *best, const struct pair *pair)
{
	cell->verdict = pair->verdict;
	cell->source = source->endpoint;
	cell->target = best->target ? best->target->endpoint : VDEV_MATRIX_NONE;
}

static int add_source(struct vdev_matrix *matrix, struct contest *contest, struct pair *pair,
		      const struct entry *source, const struct best *best)
{
	struct vdev_matrix_cell *cell = &matrix->cells[pair->number];
	int err = 0;

	pair->verdict = best->target ? best->verdict : VDEV_VERDICT_INCOMPATIBLE;
	pair->times = source->times;
	pair->first = NULL;
	cell->num_sources += source->times;
	if (is_good(pair->verdict))
		cell->num_movable += source->times;
	else if (best->target)
		err = contest_judge(contest, source->number, best->target->number, note_finding,
				    pair);
	if (pair->verdict > cell->verdict) {
		note_worst(cell, source, best, pair);
		matrix->worst[pair->number] = pair->first;
	}
	return err;
}

/* The sources of one host, which stand together. */
struct row {
	size_t host;
	const struct entry *sources;
	size_t num;
};

static int fill_cell(struct vdev_matrix *matrix, struct contest *contest, const struct row *row,
		     size_t target)
{
	struct pair pair = {
		.obstacles = &matrix->obstacles,
		.number = row->host * matrix->num_targets + target,
	};
	struct vdev_matrix_cell *cell = &matrix->cells[pair.number];
	size_t i;
	int err = 0;

	*cell = (struct vdev_matrix_cell){
		.self = matrix->same && row->host == target,
		.source = VDEV_MATRIX_NONE,
		.target = VDEV_MATRIX_NONE,
		.obstacle = VDEV_MATRIX_NONE,
	};
	for (i = 0; !err && !cell->self && i < row->num; i++) {
		const struct best *best = contest_best(contest, row->sources[i].number);

		err = best ? add_source(matrix, contest, &pair, &row->sources[i], &best[target]) :
			     -ENOMEM;
	}
	if (cell->verdict > matrix->verdict)
		matrix->verdict = cell->verdict;
	return err;
}

/* Obstacles have places once all are counted. */
static void place_obstacles(struct vdev_matrix *matrix)
{
	size_t i;

	matrix_obstacles_sort(&matrix->obstacles);
	for (i = 0; i < matrix->num_sources * matrix->num_targets; i++)
		if (matrix->worst[i])
			matrix->cells[i].obstacle = matrix->worst[i]->place;
}

static int fill(struct vdev_matrix *matrix, struct contest *contest)
{
	const struct entry *source = contest->sources.list, *end = source + contest->sources.num;
	size_t target, num = matrix->num_sources * matrix->num_targets;
	struct row row;
	int err = 0;

	matrix->cells = calloc(num + 1, sizeof(*matrix->cells));
	matrix->worst = calloc(num + 1, sizeof(const struct counted *));
	if (!matrix->cells || !matrix->worst)
		return -ENOMEM;
	for (row.host = 0; row.host < matrix->num_sources; row.host++) {
		row.sources = source;
		while (source < end && source->host == row.host)
			source++;
		row.num = (size_t)(source - row.sources);
		for (target = 0; !err && target < matrix->num_targets; target++)
			err = fill_cell(matrix, contest, &row, target);
	}
	if (!err)
		place_obstacles(matrix);
	return err;
}

/* What a contest needs is large, and not needed once there is a matrix. */
static int judge_all(struct vdev_matrix *matrix, const struct vdev_document *const *sources,
		     const struct vdev_document *const *targets)
{
	struct contest *contest = calloc(1, sizeof(*contest));
	int err;

	if (!contest)
		return -ENOMEM;
	contest->sources.documents = sources;
	contest->sources.num_hosts = matrix->num_sources;
	contest->targets.documents = targets;
	contest->targets.num_hosts = matrix->num_targets;
	err = contest_begin(contest, matrix->same) ?: fill(matrix, contest);
	contest_end(contest);
	free(contest);
	return err;
}

VDEV_API int vdev_matrix_new(const struct vdev_document *const *sources, size_t num_sources,
			     const struct vdev_document *const *targets, size_t num_targets,
			     struct vdev_matrix **matrix)
{
	struct vdev_matrix *new = calloc(1, sizeof(*new));
	int err = -ENOMEM;

	*matrix = NULL;
	if (new) {
		new->num_sources = num_sources;
		new->num_targets = targets ? num_targets : num_sources;
		new->same = !targets;
		err = judge_all(new, sources, targets ? targets : sources);
	}
	if (!err)
		*matrix = new;
	else
		vdev_matrix_free(new);
	return err;
}

VDEV_API void vdev_matrix_free(struct vdev_matrix *matrix)
{
	if (!matrix)
		return;
	matrix_obstacles_free(&matrix->obstacles);
	free(matrix->cells);
	free(matrix->worst);
	free(matrix);
}

VDEV_API uint32_t vdev_matrix_verdict(const struct vdev_matrix *matrix)
{
	return matrix->verdict;
}

VDEV_API const struct vdev_matrix_cell *vdev_matrix_cell(const struct vdev_matrix *matrix,
							 size_t source, size_t target)
{
	if (source >= matrix->num_sources || target >= matrix->num_targets)
		return NULL;
	return &matrix->cells[source * matrix->num_targets + target];
}

VDEV_API size_t vdev_matrix_num_obstacles(const struct vdev_matrix *matrix)
{
	return matrix->obstacles.num;
}

VDEV_API const struct vdev_matrix_finding *
vdev_matrix_obstacle(const struct vdev_matrix *matrix, size_t index)
{
	return index < matrix->obstacles.num ? &matrix->obstacles.list[index]->obstacle : NULL;
}
