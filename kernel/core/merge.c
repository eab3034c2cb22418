// SPDX-License-Identifier: GPL-2.0
/*
 * What a profile declares, merged into what the driver reports. A value or
 * bitmap that the driver reports is a fact, and stays; the profile says how it
 * is judged, and declares what the driver does not report. Pure functions, no
 * locks.
 */
#include <linux/string.h>

#include "codec/parse.h"
#include "merge.h"
#include "model/bounds.h"

static void merge_ident(struct vdev_ident *onto,
			const struct vdev_ident *declared)
{
	const char *reported = onto->value;

	if (!declared->value && !declared->rule && !declared->num_accept)
		return;
	/* A rule without anything to judge. */
	if (!reported && !declared->value)
		return;
	*onto = *declared;
	if (reported)
		onto->value = reported;
}

static void merge_software_version(struct vdev_parsed *onto,
				   const struct vdev_software_version *declared)
{
	const struct vdev_software_version *reported;
	struct vdev_semver value;

	if (!declared)
		return;
	reported = onto->record.software_version;
	value = reported ? reported->value : declared->value;
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

static struct vdev_feature *merge_find_feature(struct vdev_parsed *onto,
					       const char *name)
{
	unsigned int i;

	for (i = 0; i < onto->record.num_features; i++) {
		if (!strcmp(onto->features[i].name, name))
			return &onto->features[i];
	}
	return NULL;
}

/* The check of the bounds rejects one entry too many. */
static void merge_features(struct vdev_parsed *onto,
			   const struct vdev_record *declared)
{
	struct vdev_feature *feature;
	unsigned int i;

	for (i = 0; i < declared->num_features; i++) {
		feature = merge_find_feature(onto, declared->features[i].name);
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

static int merge_param(struct vdev_reason *reason, struct vdev_param *onto,
		       const struct vdev_param *declared)
{
	if (onto->type != declared->type)
		return vdev_reject(reason, -EINVAL,
				   "param %s: the driver reports another type of value",
				   onto->name);
	onto->origin = VDEV_ORIGIN_PROFILE;
	if (declared->rule)
		onto->rule = declared->rule;
	if (!onto->value.type)
		onto->value = declared->value;
	if (declared->off.type)
		onto->off = declared->off;
	if (declared->num_allowed) {
		onto->allowed = declared->allowed;
		onto->num_allowed = declared->num_allowed;
	}
	return 0;
}

static struct vdev_param *merge_find_param(struct vdev_parsed *onto, const char *name)
{
	unsigned int i;

	for (i = 0; i < onto->record.num_params; i++) {
		if (!strcmp(onto->params[i].name, name))
			return &onto->params[i];
	}
	return NULL;
}

static int merge_params(struct vdev_reason *reason, struct vdev_parsed *onto,
			const struct vdev_record *declared)
{
	struct vdev_param *param;
	unsigned int i;
	int err;

	for (i = 0; i < declared->num_params; i++) {
		param = merge_find_param(onto, declared->params[i].name);
		if (!param) {
			if (onto->record.num_params == onto->max_params)
				return 0;
			param = &onto->params[onto->record.num_params++];
			*param = (struct vdev_param) {
				.name = declared->params[i].name,
				.type = declared->params[i].type,
				.flags = declared->params[i].flags,
			};
		}
		err = merge_param(reason, param, &declared->params[i]);
		if (err)
			return err;
	}
	return 0;
}

/* What an instance is made of is declared; how many there are is a fact. */
static void merge_aggregation(struct vdev_aggregation *onto,
			      const struct vdev_aggregation *declared)
{
	const struct vdev_aggregation reported = *onto;

	if (!declared->base)
		return;
	*onto = *declared;
	if (reported.base)
		onto->count = reported.count;
	if (reported.limit)
		onto->limit = reported.limit;
}

/**
 * vdev_merge() - merge what a profile declares into what the driver reports
 * @reason: gets the reason if they conflict
 * @onto: what the driver reports, and then what is published of the endpoint;
 *	left in any state after a failure
 * @declared: what the profile declares; must outlive @onto
 *
 * What comes out may be out of its bounds.
 *
 * Return: 0, or -EINVAL.
 */
int vdev_merge(struct vdev_reason *reason, struct vdev_parsed *onto,
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
	return merge_params(reason, onto, declared);
}
