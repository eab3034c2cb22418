/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * The matrix: whether the devices of each of many hosts can be moved to each of many others,
 * by what these hosts exported. A cell is a pair of hosts.
 */
#ifndef VDEV_MATRIX_H
#define VDEV_MATRIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <vdev/check.h>
#include <vdev/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/* In the place of an endpoint or an obstacle: there is none. */
#define VDEV_MATRIX_NONE SIZE_MAX

struct vdev_matrix;

/**
 * struct vdev_matrix_cell - whether what is on one host can be moved to another; may grow at
 *	its end
 * @verdict: the worst verdict of a source on its best target, enum vdev_verdict; 0 if there is
 *	nothing to move, or if @self
 * @self: source and target are the same host, which is not judged
 * @num_sources: how many endpoints would be moved
 * @num_movable: how many of them have a target that is identical or compatible. Each is judged
 *	alone: it is not said that each has one of its own, as vdev_plan_new() does
 * @source: the first source that has @verdict, as the index of an endpoint of the source host;
 *	VDEV_MATRIX_NONE if nothing was judged
 * @target: its best target, as the index of an endpoint of the target host; VDEV_MATRIX_NONE
 *	if that has no endpoint, for which the verdict is VDEV_VERDICT_INCOMPATIBLE
 * @obstacle: the worst finding about the two, as an index for vdev_matrix_obstacle();
 *	VDEV_MATRIX_NONE if @verdict is identical or compatible, or @target is none
 *
 * vdev_judge() has all that is found about @source and @target.
 */
struct vdev_matrix_cell {
	uint32_t verdict;
	bool self;
	size_t num_sources;
	size_t num_movable;
	size_t source;
	size_t target;
	size_t obstacle;
};

/**
 * struct vdev_matrix_finding - a finding that stands in the way; may grow at its end
 * @field: what it is about, enum vdev_field
 * @name: name of the feature set, parameter or blocker; else NULL
 * @code: why, enum vdev_code
 * @num_pairs: of how many pairs of hosts
 * @num_sources: of how many sources, each counted once for each target host
 */
struct vdev_matrix_finding {
	uint32_t field;
	const char *name;
	uint32_t code;
	size_t num_pairs;
	size_t num_sources;
};

/**
 * vdev_matrix_new() - judge each host against each other
 * @sources: what each source host exported; must outlive the matrix
 * @num_sources: length of @sources
 * @targets: what each target host exported; must outlive the matrix. NULL if the sources are
 *	the targets, too: then only their devices are moved, to the devices and types of the other
 *	hosts. Else all endpoints of @sources are moved, also types
 * @num_targets: length of @targets; ignored if that is NULL
 * @matrix: where to put the matrix, which the caller frees with vdev_matrix_free(); NULL after
 *	a failure
 *
 * For each source the best endpoint of each target host is found: by verdict; if none is
 * identical, compatible or undeclared, by how few findings are failures, those about the
 * interface, the model and the type first; then by struct vdev_rank; then the first one.
 *
 * What is declared in the same way is judged once. The time grows about as the number of
 * sources that differ times that of targets that differ.
 *
 * Return: 0 or -ENOMEM.
 */
int vdev_matrix_new(const struct vdev_document *const *sources, size_t num_sources,
		    const struct vdev_document *const *targets, size_t num_targets,
		    struct vdev_matrix **matrix);

/**
 * vdev_matrix_free() - free a matrix and all that was got from it
 * @matrix: the matrix; may be NULL
 */
void vdev_matrix_free(struct vdev_matrix *matrix);

/**
 * vdev_matrix_verdict() - whether everything can be moved
 * @matrix: the matrix
 *
 * Return: the worst verdict of all cells, enum vdev_verdict; 0 if nothing was judged.
 */
uint32_t vdev_matrix_verdict(const struct vdev_matrix *matrix);

/**
 * vdev_matrix_cell() - a pair of hosts
 * @matrix: the matrix
 * @source: index of the source host
 * @target: index of the target host
 *
 * Return: the cell, which belongs to the matrix; NULL if there is no such source or target.
 */
const struct vdev_matrix_cell *vdev_matrix_cell(const struct vdev_matrix *matrix, size_t source,
						size_t target);

/**
 * vdev_matrix_num_obstacles() - how many different findings stand in the way
 * @matrix: the matrix
 *
 * Return: the number.
 */
size_t vdev_matrix_num_obstacles(const struct vdev_matrix *matrix);

/**
 * vdev_matrix_obstacle() - what stands in the way
 * @matrix: the matrix
 * @index: from 0 to vdev_matrix_num_obstacles() - 1, that of most pairs first
 *
 * It is found about sources and their best targets where the verdict is neither identical nor
 * compatible: each failure, or if there is none, what is undeclared or not known.
 *
 * Return: the obstacle, which belongs to the matrix; NULL if there is none with this index.
 */
const struct vdev_matrix_finding *vdev_matrix_obstacle(const struct vdev_matrix *matrix,
							size_t index);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_MATRIX_H */
