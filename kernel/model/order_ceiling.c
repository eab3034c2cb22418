// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * What is chosen for a device, held against the administrator's ceiling. Of what a type
 * gives if nobody chooses, a new device gets what is below. A device that is configured
 * keeps what does not change. Pure functions, no locks, also compiled into libvdev.
 */
#include "ceiling.h"
#include "check_field.h"
#include "order.h"
#include "parts.h"

/* It may be any that the driver lists. */
static bool is_any_version_below(const struct vdev_record *record)
{
	unsigned int num = record->num_versions;

	if (!record->ceiling->max_version)
		return true;
	return num && vdev_ceiling_has_version(record, record->versions[num - 1].name);
}

static int limit_version(struct vdev_reason *reason, const struct vdev_made *made, bool new,
			 const char *chosen)
{
	const struct vdev_record *record = &made->record;
	const char *name = chosen ?: new ? vdev_version_in_use(record) : NULL;

	reason->attr = VDEV_A_ORDER_VERSION;
	reason->index = 0;
	if (name && !vdev_ceiling_has_version(record, name))
		return vdev_reject(reason, -ERANGE, "version %s: above the ceiling", name);
	if (!name && new && !is_any_version_below(record))
		return vdev_reject(reason, -ERANGE,
				   "version: must be chosen, as what it would be is not known");
	return 0;
}

/* Bits that are not known may be any. */
static bool is_above(const struct vdev_made *made, const struct vdev_feature *feature)
{
	const struct vdev_bitmap *bits = &feature->provisioned;
	unsigned int num = bits->words ? bits->num_words : VDEV_FEATURE_BYTES / sizeof(u64);
	unsigned int i;
	u64 word;

	for (i = 0; i < num; i++) {
		word = bits->words ? bits->words[i] : U64_MAX;
		if (word & ~vdev_ceiling_word(made->record.ceiling, feature->name, i))
			return true;
	}
	return false;
}

/* Give the feature set words of its own, which are below the ceiling. */
static int mask_feature(struct vdev_reason *reason, struct vdev_made *made,
			struct vdev_feature *feature, unsigned int *used)
{
	struct vdev_bitmap *bits = &feature->provisioned;
	u64 *words = made->words + *used;
	unsigned int i;

	if (bits->num_words > ARRAY_SIZE(made->words) - *used)
		return vdev_reject(reason, -EMSGSIZE, "feature %s: too many bits",
				   feature->name);
	for (i = 0; i < bits->num_words; i++) {
		words[i] = bits->words[i] &
			   vdev_ceiling_word(made->record.ceiling, feature->name, i);
		if (vdev_bitmap_word(&feature->required, i) & ~words[i])
			return vdev_reject(reason, -ERANGE,
					   "feature %s: requires bits above the ceiling",
					   feature->name);
	}
	bits->words = words;
	*used += bits->num_words;
	return 0;
}

static int limit_features(struct vdev_reason *reason, struct vdev_made *made, bool new,
			  const struct vdev_choices *choices)
{
	struct vdev_feature *feature;
	unsigned int place, used = 0;
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < made->record.num_features; i++) {
		feature = &made->features[i];
		place = vdev_name_place(feature->name, choices->features,
					choices->num_features,
					sizeof(*choices->features));
		if (!is_above(made, feature))
			continue;
		if (place < choices->num_features) {
			reason->attr = VDEV_A_ORDER_FEATURE;
			reason->index = place;
			err = vdev_reject(reason, -ERANGE,
					  "feature %s: has bits above the ceiling",
					  feature->name);
		} else if (new) {
			reason->attr = 0;
			err = mask_feature(reason, made, feature, &used);
		}
	}
	return err;
}

/* A number that is not known may be any. */
static bool is_within(const struct vdev_made *made, const struct vdev_param *param)
{
	const struct vdev_ceiling *ceiling = made->record.ceiling;

	if (param->type != VDEV_VALUE_TYPE_U64)
		return true;
	if (param->value.type)
		return vdev_ceiling_has_value(ceiling, param->name, param->value.u64);
	return vdev_ceiling_has_value(ceiling, param->name, 0) &&
	       vdev_ceiling_has_value(ceiling, param->name, S64_MAX);
}

static int limit_param(struct vdev_reason *reason, const struct vdev_param *param, bool changes,
		       const struct vdev_choices *choices)
{
	unsigned int place = vdev_name_place(param->name, choices->params, choices->num_params,
					     sizeof(*choices->params));

	if (place < choices->num_params) {
		reason->attr = VDEV_A_ORDER_PARAM;
		reason->index = place;
		return vdev_reject(reason, -ERANGE, "%s: value is outside of the ceiling",
				   param->name);
	}
	reason->attr = 0;
	if (!changes)
		return 0;
	return vdev_reject(reason, -ERANGE, "%s: must be chosen, as what it would be is %s",
			   param->name,
			   param->value.type ? "outside of the ceiling" : "not known");
}

/* What is not chosen may become neutral, also of a device that there is. */
static int limit_params(struct vdev_reason *reason, const struct vdev_made *made, bool new,
			const struct vdev_record *from, const struct vdev_choices *choices)
{
	const struct vdev_param *param;
	unsigned int i;
	bool changes;
	int err = 0;

	for (i = 0; !err && i < made->record.num_params; i++) {
		param = &made->params[i];
		changes = new || (param->value.type &&
				  !vdev_value_same(&param->value, &from->params[i].value));
		if (!is_within(made, param))
			err = limit_param(reason, param, changes, choices);
	}
	return err;
}

/**
 * vdev_order_limit() - hold what is chosen against the ceiling
 * @reason: gets the reason if it is rejected, and what is to blame, as vdev_order_make()
 *	has it
 * @made: the record that the device is to have, with the ceiling of what it is made of;
 *	features that are not chosen are limited, and the ceiling is taken off, as no
 *	device reports one
 * @kind: enum vdev_endpoint_kind of the endpoint
 * @from: the record of the endpoint, of which @made is
 * @choices: what is chosen
 *
 * Return: 0, -ERANGE, or -EMSGSIZE.
 */
int vdev_order_limit(struct vdev_reason *reason, struct vdev_made *made, u32 kind,
		     const struct vdev_record *from, const struct vdev_choices *choices)
{
	bool new = kind == VDEV_ENDPOINT_KIND_TYPE;
	int err;

	if (!made->record.ceiling)
		return 0;
	err = limit_version(reason, made, new, choices->version) ?:
	      limit_features(reason, made, new, choices) ?:
	      limit_params(reason, made, new, from, choices);
	made->record.ceiling = NULL;
	return err;
}
