// SPDX-License-Identifier: GPL-2.0
/*
 * What a profile declares, laid over what the driver tells. A value or bitmap
 * that the driver tells is a fact, and stays; the profile says how it is
 * judged, and tells what the driver does not. Pure functions, no locks.
 */
#include <linux/string.h>

#include "bounds.h"
#include "merge.h"
#include "parse.h"

static void merge_ident(struct vdev_ident *onto,
			const struct vdev_ident *declared)
{
	const char *told = onto->value;

	if (!declared->value && !declared->rule && !declared->num_accept)
		return;
	/* A rule without anything to judge. */
	if (!told && !declared->value)
		return;
	*onto = *declared;
	if (told)
		onto->value = told;
}

static void merge_software_version(struct vdev_parsed *onto,
				   const struct vdev_software_version *declared)
{
	const struct vdev_software_version *told;
	struct vdev_semver value;

	if (!declared)
		return;
	told = onto->record.software_version;
	value = told ? told->value : declared->value;
	onto->software_version = *declared;
	onto->software_version.value = value;
	onto->record.software_version = &onto->software_version;
}

static void merge_versions(struct vdev_record *onto,
			   const struct vdev_record *declared)
{
	if (declared->versions_rule)
		onto->versions_rule = declared->versions_rule;
	if (onto->num_versions || !declared->num_versions)
		return;
	onto->versions = declared->versions;
	onto->num_versions = declared->num_versions;
	onto->versions_rule = declared->versions_rule;
}

static void merge_feature(struct vdev_feature *onto,
			  const struct vdev_feature *declared)
{
	if (declared->rule)
		onto->rule = declared->rule;
	if (declared->required.words)
		onto->required = declared->required;
	if (onto->supported.words || onto->provisioned.words)
		return;
	onto->supported = declared->supported;
	onto->provisioned = declared->provisioned;
}

static struct vdev_feature *find_feature(struct vdev_parsed *onto,
					 const char *name)
{
	unsigned int i;

	for (i = 0; i < onto->record.num_features; i++) {
		if (!strcmp(onto->features[i].name, name))
			return &onto->features[i];
	}
	return NULL;
}

/* One entry too many is for the bounds to refuse. */
static void merge_features(struct vdev_parsed *onto,
			   const struct vdev_record *declared)
{
	struct vdev_feature *feature;
	unsigned int i;

	for (i = 0; i < declared->num_features; i++) {
		feature = find_feature(onto, declared->features[i].name);
		if (!feature) {
			if (onto->record.num_features == onto->max_features)
				return;
			feature = &onto->features[onto->record.num_features++];
			*feature = (struct vdev_feature) {
				.name = declared->features[i].name,
			};
		}
		merge_feature(feature, &declared->features[i]);
	}
}

static int merge_param(struct vdev_refusal *refusal, struct vdev_param *onto,
		       const struct vdev_param *declared)
{
	if (onto->kind != declared->kind)
		return vdev_refuse(refusal, -EINVAL,
				   "param %s: the driver reports another type of value",
				   onto->name);
	onto->origin = VDEV_ORIGIN_PROFILE;
	if (declared->rule)
		onto->rule = declared->rule;
	if (!onto->value.kind)
		onto->value = declared->value;
	if (declared->off.kind)
		onto->off = declared->off;
	if (declared->num_allowed) {
		onto->allowed = declared->allowed;
		onto->num_allowed = declared->num_allowed;
	}
	return 0;
}

static struct vdev_param *find_param(struct vdev_parsed *onto, const char *name)
{
	unsigned int i;

	for (i = 0; i < onto->record.num_params; i++) {
		if (!strcmp(onto->params[i].name, name))
			return &onto->params[i];
	}
	return NULL;
}

static int merge_params(struct vdev_refusal *refusal, struct vdev_parsed *onto,
			const struct vdev_record *declared)
{
	struct vdev_param *param;
	unsigned int i;
	int err;

	for (i = 0; i < declared->num_params; i++) {
		param = find_param(onto, declared->params[i].name);
		if (!param) {
			if (onto->record.num_params == onto->max_params)
				return 0;
			param = &onto->params[onto->record.num_params++];
			*param = (struct vdev_param) {
				.name = declared->params[i].name,
				.kind = declared->params[i].kind,
				.flags = declared->params[i].flags,
			};
		}
		err = merge_param(refusal, param, &declared->params[i]);
		if (err)
			return err;
	}
	return 0;
}

/* What an instance is made of is declared; how many there are is a fact. */
static void merge_aggregation(struct vdev_aggregation *onto,
			      const struct vdev_aggregation *declared)
{
	const struct vdev_aggregation told = *onto;

	if (!declared->base)
		return;
	*onto = *declared;
	if (told.base)
		onto->count = told.count;
	if (told.limit)
		onto->limit = told.limit;
}

/**
 * vdev_merge() - lay what a profile declares over what the driver tells
 * @refusal: told why, if they do not fit
 * @onto: what the driver tells, and then what is told of the endpoint; left in
 *	any state after a failure
 * @declared: what the profile declares; must outlive @onto
 *
 * What comes out may be out of its bounds.
 *
 * Return: 0, or -EINVAL.
 */
int vdev_merge(struct vdev_refusal *refusal, struct vdev_parsed *onto,
	       const struct vdev_record *declared)
{
	struct vdev_record *record = &onto->record;

	merge_ident(&record->device_api, &declared->device_api);
	merge_ident(&record->model, &declared->model);
	merge_ident(&record->type, &declared->type);
	merge_software_version(onto, declared->software_version);
	merge_versions(record, declared);
	merge_features(onto, declared);
	merge_aggregation(&record->aggregation, &declared->aggregation);
	return merge_params(refusal, onto, declared);
}
