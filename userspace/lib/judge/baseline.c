// SPDX-License-Identifier: LGPL-2.1
/*
 * What hosts have in common, model by model: from ranges of candidates to what is reported of
 * them, which is in memory of its own.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include <vdev/baseline.h>

#include "baseline_ceilings.h"
#include "baseline_software.h"
#include "baseline_versions.h"
#include "internal.h"
#include "model/arena.h"

/* Three numbers of 32 bits, and two dots. */
#define SEMVER_SIZE 33

struct vdev_baseline {
	struct arena arena;
	struct vdev_baseline_model *models;
	size_t num;
};

/* The word for a candidate, which has no name if it is of the state stream. */
static int put_word(struct arena *arena, const struct candidate *candidate, const char **word)
{
	const struct vdev_semver *semver;
	char *text;

	if (!candidate) {
		*word = NULL;
		return 0;
	}
	*word = candidate->name;
	if (*word)
		return 0;
	semver = &candidate->semver;
	text = vdev_arena_alloc(arena, 1, SEMVER_SIZE);
	if (!text)
		return -ENOMEM;
	snprintf(text, SEMVER_SIZE, "%" PRIu32 ".%" PRIu32 ".%" PRIu32, semver->major,
		 semver->minor, semver->bugfix);
	*word = text;
	return 0;
}

/* Those that lack the model, or with a range, those that do not take what is nearest. */
static bool is_out(const struct group *group, const struct version_range *range, size_t host)
{
	return range ? !group_takes(group, host, range, range->nearest) : !group_has(group, host);
}

static int list_out(struct arena *arena, const struct group *group,
		    const struct version_range *range, const size_t **list, size_t *num)
{
	size_t i, count = 0;
	size_t *hosts;

	for (i = 0; i < group->hosts->num; i++)
		count += is_out(group, range, i);
	hosts = vdev_arena_alloc(arena, count + 1, sizeof(*hosts));
	if (!hosts)
		return -ENOMEM;
	*list = hosts;
	*num = count;
	for (i = 0; i < group->hosts->num; i++)
		if (is_out(group, range, i))
			*hosts++ = i;
	return 0;
}

static int fill_common(struct arena *arena, const struct group *group,
		       const struct version_range *range, struct vdev_common *common)
{
	int err;

	common->reported = range->num;
	err = put_word(arena, range->oldest, &common->oldest) ?:
	      put_word(arena, range->newest, &common->newest) ?:
	      put_word(arena, range->nearest, &common->nearest) ?:
	      put_word(arena, range->disordered[0], &common->disordered[0]) ?:
	      put_word(arena, range->disordered[1], &common->disordered[1]);
	if (err || !range->num || range->oldest || range->disordered[0])
		return err;
	return list_out(arena, group, range, &common->in_the_way, &common->num_in_the_way);
}

static int fill_range(struct arena *arena, const struct group *group,
		      int (*make)(const struct group *group, struct version_range *range),
		      struct vdev_common *common)
{
	struct version_range range = { 0 };
	int err = make(group, &range);

	if (!err)
		err = fill_common(arena, group, &range, common);
	range_free(&range);
	return err;
}

static bool any_unknown(const struct group *group)
{
	size_t i;

	for (i = 0; i < group->num; i++)
		if (vdev_declaration_num_unknown(group->members[i].declaration))
			return true;
	return false;
}

static bool is_met(const struct vdev_common *common)
{
	return !common->reported || common->oldest;
}

static int fill_ceilings(struct arena *arena, const struct group *group,
			 struct vdev_baseline_model *model)
{
	struct obstacles obstacles = { 0 };
	struct ceilings ceilings = { 0 };
	int err;

	err = baseline_ceilings(arena, group, model->versions.newest, &ceilings, &obstacles);
	model->ceilings = ceilings.list;
	model->num_ceilings = ceilings.num;
	model->obstacles = obstacles.list;
	model->num_obstacles = obstacles.num;
	return err;
}

static int fill_model(struct arena *arena, const struct group *group,
		      struct vdev_baseline_model *model)
{
	int err;

	model->model = group->members[0].model;
	model->unknown = any_unknown(group);
	err = list_out(arena, group, NULL, &model->absent, &model->num_absent) ?:
	      fill_range(arena, group, baseline_versions, &model->versions) ?:
	      fill_range(arena, group, baseline_software, &model->software_version) ?:
	      fill_ceilings(arena, group, model);
	model->common = !model->num_absent && is_met(&model->versions) &&
		is_met(&model->software_version);
	return err;
}

static size_t count_models(const struct hosts *hosts)
{
	size_t i, num = 0;

	for (i = 0; i < hosts->num_members; i += hosts_group(hosts, i).num)
		num++;
	return num;
}

static int fill(struct vdev_baseline *baseline, const struct hosts *hosts)
{
	size_t i = 0;
	int err = 0;

	baseline->models = calloc(count_models(hosts) + 1, sizeof(*baseline->models));
	if (!baseline->models)
		return -ENOMEM;
	while (i < hosts->num_members && !err) {
		struct group group = hosts_group(hosts, i);

		err = fill_model(&baseline->arena, &group, &baseline->models[baseline->num++]);
		i += group.num;
	}
	return err;
}

VDEV_API int vdev_baseline_new(const struct vdev_document *const *documents, size_t num,
			       struct vdev_baseline **baseline)
{
	struct hosts hosts = { .documents = documents, .num = num };
	struct vdev_baseline *new = calloc(1, sizeof(*new));
	int err = new ? hosts_gather(&hosts) : -ENOMEM;

	*baseline = NULL;
	if (!err)
		err = fill(new, &hosts);
	hosts_free(&hosts);
	if (!err)
		*baseline = new;
	else
		vdev_baseline_free(new);
	return err;
}

VDEV_API void vdev_baseline_free(struct vdev_baseline *baseline)
{
	if (!baseline)
		return;
	vdev_arena_free(&baseline->arena);
	free(baseline->models);
	free(baseline);
}

VDEV_API size_t vdev_baseline_num_models(const struct vdev_baseline *baseline)
{
	return baseline->num;
}

VDEV_API const struct vdev_baseline_model *
vdev_baseline_model(const struct vdev_baseline *baseline, size_t index)
{
	return index < baseline->num ? &baseline->models[index] : NULL;
}
