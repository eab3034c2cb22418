/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What the hosts of a set have in common: the oldest and the newest version of each device
 * model that every one of them can create and accept, or who stands in the way.
 */
#ifndef VDEV_BASELINE_H
#define VDEV_BASELINE_H

#include <stdbool.h>
#include <stddef.h>

#include <vdev/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct vdev_common - the versions that hosts have in common; may grow at its end
 * @reported: whether any host reports a version; if not, all else is empty
 * @oldest: the oldest that every host takes; NULL if there is none
 * @newest: the newest that every host takes; NULL if there is none
 * @nearest: the one that most hosts take
 * @in_the_way: the hosts that do not take @nearest, as indices; of meaning if @oldest is NULL
 * @num_in_the_way: length of @in_the_way
 * @disordered: two versions that hosts list in different orders, for which reason there is
 *	none that is the oldest; NULL if they do not
 *
 * Versions are names, or of the state stream "MAJOR.MINOR.BUGFIX".
 */
struct vdev_common {
	bool reported;
	const char *oldest;
	const char *newest;
	const char *nearest;
	const size_t *in_the_way;
	size_t num_in_the_way;
	const char *disordered[2];
};

/**
 * struct vdev_baseline_ceiling - a ceiling that a type needs; may grow at its end
 * @host: on which host, as an index
 * @handle: the type
 * @ceiling: the ceiling, in the place of the one that it has
 */
struct vdev_baseline_ceiling {
	size_t host;
	const char *handle;
	struct vdev_ceiling ceiling;
};

/**
 * struct vdev_baseline_obstacle - what no ceiling can remove; may grow at its end
 * @source: a host whose type cannot be a source, as an index
 * @target: a host none of whose types can then be the target, as an index
 * @field: what stands in the way first, enum vdev_field
 * @name: name of the feature set, parameter or blocker; else NULL
 * @code: why, enum vdev_code
 */
struct vdev_baseline_obstacle {
	size_t source;
	size_t target;
	uint32_t field;
	const char *name;
	uint32_t code;
};

/**
 * struct vdev_baseline_model - what hosts have in common for a model; may grow at its end
 * @model: the model
 * @absent: the hosts that have no endpoint of it, as indices
 * @num_absent: length of @absent
 * @versions: device versions that a host can create and accept
 * @software_version: versions of the state stream that a host accepts
 * @common: every host has the model, and a version of each kind that is reported
 * @unknown: an endpoint has parts that this library does not know, so that all of it is
 *	what is common by all that is known
 * @ceilings: with these, a device made of a type of one host can move to every other
 *	host, but for what is in @obstacles
 * @num_ceilings: length of @ceilings
 * @obstacles: what stays in the way then, once for hosts of which it is the same
 * @num_obstacles: length of @obstacles
 */
struct vdev_baseline_model {
	const char *model;
	const size_t *absent;
	size_t num_absent;
	struct vdev_common versions;
	struct vdev_common software_version;
	bool common;
	bool unknown;
	const struct vdev_baseline_ceiling *ceilings;
	size_t num_ceilings;
	const struct vdev_baseline_obstacle *obstacles;
	size_t num_obstacles;
};

struct vdev_baseline;

/**
 * vdev_baseline_new() - find what hosts have in common
 * @hosts: what each host exported; must outlive the baseline
 * @num: length of @hosts
 * @baseline: where to put the baseline, which the caller frees with vdev_baseline_free();
 *	NULL after a failure
 *
 * Only endpoints count that can be migrated and report their model. The time grows about as
 * the number of endpoints, and as the square of how many types differ.
 *
 * Return: 0 or -ENOMEM.
 */
int vdev_baseline_new(const struct vdev_document *const *hosts, size_t num,
		      struct vdev_baseline **baseline);

/**
 * vdev_baseline_free() - free a baseline and all that was got from it
 * @baseline: the baseline; may be NULL
 */
void vdev_baseline_free(struct vdev_baseline *baseline);

/**
 * vdev_baseline_num_models() - how many models there are
 * @baseline: the baseline
 *
 * Return: the number.
 */
size_t vdev_baseline_num_models(const struct vdev_baseline *baseline);

/**
 * vdev_baseline_model() - what the hosts have in common for a model
 * @baseline: the baseline
 * @index: from 0 to vdev_baseline_num_models() - 1, in the order of the models' names
 *
 * Return: the model, which belongs to the baseline; NULL if there is none with this index.
 */
const struct vdev_baseline_model *vdev_baseline_model(const struct vdev_baseline *baseline,
						      size_t index);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_BASELINE_H */
