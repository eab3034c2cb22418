// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The rules that a ceiling must keep: its own bounds, and when an administrator sets it,
 * that it is a part of what the driver offers. Pure functions, no locks, also compiled
 * into libvdev.
 */
#include "bounds.h"
#include "ceiling.h"
#include "parts.h"

static int ceiling_features_check(struct vdev_reason *reason,
				  const struct vdev_ceiling *ceiling)
{
	const struct vdev_ceiling_feature *feature;
	unsigned int i;
	int err;

	err = vdev_count_check(reason, "ceiling features", ceiling->features,
			       ceiling->num_features, VDEV_FEATURES_MAX);
	for (i = 0; !err && i < ceiling->num_features; i++) {
		feature = &ceiling->features[i];
		err = vdev_name_check(reason, "ceiling feature", feature->name) ?:
		      vdev_bitmap_check(reason, feature->name, &feature->mask);
	}
	return err ?: vdev_unique_check(reason, "ceiling feature", ceiling->features,
					ceiling->num_features,
					sizeof(*ceiling->features));
}

static int ceiling_params_check(struct vdev_reason *reason,
				const struct vdev_ceiling *ceiling)
{
	const struct vdev_ceiling_param *param;
	unsigned int i;
	int err;

	err = vdev_count_check(reason, "ceiling params", ceiling->params,
			       ceiling->num_params, VDEV_PARAMS_MAX);
	for (i = 0; !err && i < ceiling->num_params; i++) {
		param = &ceiling->params[i];
		err = vdev_name_check(reason, "ceiling param", param->name) ?:
		      vdev_number_check(reason, param->name, param->high);
		if (!err && param->low > param->high)
			err = vdev_reject(reason, -EINVAL,
					  "ceiling param %s: range ends before it starts",
					  param->name);
	}
	return err ?: vdev_unique_check(reason, "ceiling param", ceiling->params,
					ceiling->num_params, sizeof(*ceiling->params));
}

/**
 * vdev_ceiling_check() - check a ceiling against the rules for ceilings
 * @reason: gets the reason if it is rejected
 * @ceiling: the ceiling
 *
 * Return: 0, -EINVAL, -ERANGE, or -EMSGSIZE if a list is too long.
 */
int vdev_ceiling_check(struct vdev_reason *reason, const struct vdev_ceiling *ceiling)
{
	int err = 0;

	if (ceiling->max_version)
		err = vdev_name_check(reason, "max-version", ceiling->max_version);
	return err ?: ceiling_features_check(reason, ceiling) ?:
		      ceiling_params_check(reason, ceiling);
}

static int version_offer_check(struct vdev_reason *reason, const char *name,
			       const struct vdev_record *record)
{
	unsigned int num = record->num_versions;

	if (!name || vdev_name_place(name, record->versions, num,
				     sizeof(*record->versions)) < num)
		return 0;
	return vdev_reject(reason, -ERANGE, "max-version %s: the type has no such version",
			   name);
}

static unsigned int first_bit(u64 word)
{
	unsigned int bit = 0;

	while (!(word >> bit & 1))
		bit++;
	return bit;
}

static int feature_offer_check(struct vdev_reason *reason,
			       const struct vdev_ceiling_feature *limit,
			       const struct vdev_feature *feature)
{
	unsigned int i;
	u64 mask, word;

	for (i = 0; i < VDEV_FEATURE_BYTES / sizeof(u64); i++) {
		mask = vdev_bitmap_word(&limit->mask, i);
		word = vdev_bitmap_word(&feature->supported, i) |
		       vdev_bitmap_word(&feature->provisioned, i);
		if (mask & ~word)
			return vdev_reject(reason, -ERANGE,
					   "feature %s: the type does not offer bit %u",
					   limit->name, i * 64 + first_bit(mask & ~word));
		if (vdev_bitmap_word(&feature->required, i) & ~mask)
			return vdev_reject(reason, -ERANGE,
					   "feature %s: the driver requires more bits",
					   limit->name);
	}
	return 0;
}

static int features_offer_check(struct vdev_reason *reason,
				const struct vdev_ceiling *ceiling,
				const struct vdev_record *record)
{
	const struct vdev_ceiling_feature *limit;
	unsigned int place;
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < ceiling->num_features; i++) {
		limit = &ceiling->features[i];
		place = vdev_name_place(limit->name, record->features, record->num_features,
					sizeof(*record->features));
		if (place == record->num_features)
			return vdev_reject(reason, -ERANGE,
					   "feature %s: the type has no such set",
					   limit->name);
		err = feature_offer_check(reason, limit, &record->features[place]);
	}
	return err;
}

/* Within the list if there is one, and with one value of it at least. */
static bool is_offered_range(const struct vdev_param *param,
			     const struct vdev_ceiling_param *limit)
{
	const struct vdev_allowed *allowed = param->allowed;
	bool low = false, high = false, any = false;
	unsigned int i;

	for (i = 0; i < param->num_allowed; i++, allowed++) {
		low |= allowed->low <= limit->low;
		high |= allowed->high >= limit->high;
		any |= allowed->low <= limit->high && allowed->high >= limit->low;
	}
	return !param->num_allowed || (low && high && any);
}

static int param_offer_check(struct vdev_reason *reason,
			     const struct vdev_ceiling_param *limit,
			     const struct vdev_param *param)
{
	bool fixed = !(param->flags & VDEV_PARAM_FLAG_CONFIGURABLE);

	if (param->type != VDEV_VALUE_TYPE_U64)
		return vdev_reject(reason, -ERANGE, "param %s: is no number", limit->name);
	if (!is_offered_range(param, limit))
		return vdev_reject(reason, -ERANGE,
				   "param %s: the type does not offer that range",
				   limit->name);
	if (fixed && param->value.type &&
	    (param->value.u64 < limit->low || param->value.u64 > limit->high))
		return vdev_reject(reason, -ERANGE,
				   "param %s: the value cannot be chosen, and is not in that range",
				   limit->name);
	return 0;
}

static int params_offer_check(struct vdev_reason *reason, const struct vdev_ceiling *ceiling,
			      const struct vdev_record *record)
{
	const struct vdev_ceiling_param *limit;
	unsigned int place;
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < ceiling->num_params; i++) {
		limit = &ceiling->params[i];
		place = vdev_name_place(limit->name, record->params, record->num_params,
					sizeof(*record->params));
		if (place == record->num_params)
			return vdev_reject(reason, -ERANGE,
					   "param %s: the type has no such parameter",
					   limit->name);
		err = param_offer_check(reason, limit, &record->params[place]);
	}
	return err;
}

/**
 * vdev_ceiling_offer_check() - is a ceiling a part of what a driver offers?
 * @reason: gets the reason, which names the part, if it is not
 * @ceiling: the ceiling, within its bounds
 * @record: the record of the type, whose own ceiling is of no meaning
 *
 * Return: 0 or -ERANGE.
 */
int vdev_ceiling_offer_check(struct vdev_reason *reason, const struct vdev_ceiling *ceiling,
			     const struct vdev_record *record)
{
	return version_offer_check(reason, ceiling->max_version, record) ?:
	       features_offer_check(reason, ceiling, record) ?:
	       params_offer_check(reason, ceiling, record);
}
