// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * What is below the administrator's ceiling. The record beside it stays what the driver
 * reports: so a ceiling only ever takes something away. Pure functions, no locks, also
 * compiled into libvdev.
 */
#include "ceiling.h"
#include "parts.h"

/* Where @name is in the list of versions; their number if it is not there. */
static unsigned int version_place(const struct vdev_record *record, const char *name)
{
	return vdev_name_place(name, record->versions, record->num_versions,
			       sizeof(*record->versions));
}

/* How many of the versions are below the ceiling; they are the first in the list. */
static unsigned int versions_below(const struct vdev_record *record)
{
	const struct vdev_ceiling *ceiling = record->ceiling;
	unsigned int place;

	if (!ceiling || !ceiling->max_version)
		return record->num_versions;
	place = version_place(record, ceiling->max_version);
	return place < record->num_versions ? place + 1 : 0;
}

/**
 * vdev_ceiling_has_version() - is a device version below the ceiling?
 * @record: the record with the versions, and the ceiling
 * @name: the version
 *
 * Return: true if it is, or if versions are not limited; false also if the list has
 * no such version, or not the one that is the newest below the ceiling.
 */
bool vdev_ceiling_has_version(const struct vdev_record *record, const char *name)
{
	if (!record->ceiling || !record->ceiling->max_version)
		return true;
	return version_place(record, name) < versions_below(record);
}

/**
 * vdev_ceiling_default_version() - which version does a device get if nobody chooses?
 * @record: the record of a type, with its ceiling
 *
 * Return: the default of the driver; if that is above the ceiling, the newest version
 * below that can be created and accepted; NULL if there is none.
 */
const char *vdev_ceiling_default_version(const struct vdev_record *record)
{
	const u32 both = VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT;
	unsigned int i, below = versions_below(record);
	const struct vdev_version *versions = record->versions;
	const char *newest = NULL;

	for (i = 0; i < below; i++) {
		if (versions[i].flags & VDEV_VERSION_FLAG_DEFAULT)
			return versions[i].name;
		if ((versions[i].flags & both) == both)
			newest = versions[i].name;
	}
	return below < record->num_versions ? newest : NULL;
}

static const struct vdev_ceiling_feature *
ceiling_feature(const struct vdev_ceiling *ceiling, const char *name)
{
	unsigned int num = ceiling ? ceiling->num_features : 0;
	unsigned int place;

	if (!num)
		return NULL;
	place = vdev_name_place(name, ceiling->features, num, sizeof(*ceiling->features));
	return place < num ? &ceiling->features[place] : NULL;
}

/**
 * vdev_ceiling_word() - the bits of a feature set that are below the ceiling
 * @ceiling: the ceiling; may be NULL
 * @name: name of the set
 * @i: which 64 of the bits
 *
 * Return: the bits, all of them if the set is not limited.
 */
u64 vdev_ceiling_word(const struct vdev_ceiling *ceiling, const char *name, unsigned int i)
{
	const struct vdev_ceiling_feature *feature = ceiling_feature(ceiling, name);

	return feature ? vdev_bitmap_word(&feature->mask, i) : U64_MAX;
}

static const struct vdev_ceiling_param *ceiling_param(const struct vdev_ceiling *ceiling,
						      const char *name)
{
	unsigned int num = ceiling ? ceiling->num_params : 0;
	unsigned int place;

	if (!num)
		return NULL;
	place = vdev_name_place(name, ceiling->params, num, sizeof(*ceiling->params));
	return place < num ? &ceiling->params[place] : NULL;
}

/**
 * vdev_ceiling_has_value() - is the value of a parameter below the ceiling?
 * @ceiling: the ceiling; may be NULL
 * @name: name of the parameter
 * @value: the value
 *
 * Return: true if it is, or if the parameter is not limited.
 */
bool vdev_ceiling_has_value(const struct vdev_ceiling *ceiling, const char *name, u64 value)
{
	const struct vdev_ceiling_param *param = ceiling_param(ceiling, name);

	return !param || (value >= param->low && value <= param->high);
}
