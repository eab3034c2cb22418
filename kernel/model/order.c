// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * What is chosen for a device, validated by the record of the type that it is made
 * of, or by its own. Pure functions, no locks, also compiled into libvdev.
 */
#include "check_field.h"
#include "order.h"
#include "parts.h"

/* Who is to blame if what follows is rejected. */
static int order_blame(struct vdev_reason *reason, unsigned int attr, unsigned int index)
{
	reason->attr = attr;
	reason->index = index;
	return 0;
}

/* An empty list may be at no address at all. */
static void order_copy_list(void *to, const void *from, unsigned int num, size_t size)
{
	if (num)
		memcpy(to, from, num * size);
}

static int order_copy(struct vdev_reason *reason, struct vdev_made *made,
		      const struct vdev_record *from)
{
	int err;

	err = vdev_count_check(reason, "versions", from->versions,
			       from->num_versions, VDEV_VERSIONS_MAX) ?:
	      vdev_count_check(reason, "features", from->features,
			       from->num_features, VDEV_FEATURES_MAX) ?:
	      vdev_count_check(reason, "params", from->params, from->num_params,
			       VDEV_PARAMS_MAX);
	if (err)
		return err;
	made->record = *from;
	order_copy_list(made->versions, from->versions, from->num_versions,
			sizeof(*from->versions));
	order_copy_list(made->features, from->features, from->num_features,
			sizeof(*from->features));
	order_copy_list(made->params, from->params, from->num_params, sizeof(*from->params));
	made->record.versions = made->versions;
	made->record.features = made->features;
	made->record.params = made->params;
	return 0;
}

/* One that is current stays so without being created. */
static int order_check_version(struct vdev_reason *reason, const struct vdev_made *made,
			       const char *name)
{
	unsigned int num = made->record.num_versions;
	unsigned int i;
	int err;

	err = vdev_name_check(reason, "version", name);
	if (err)
		return err;
	i = vdev_name_place(name, made->versions, num, sizeof(*made->versions));
	if (i == num)
		return vdev_reject(reason, -ERANGE, "version %s: there is no such version",
				   name);
	if (made->versions[i].flags & (VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_CURRENT))
		return 0;
	return vdev_reject(reason, -ERANGE, "version %s: cannot be created", name);
}

static int order_version(struct vdev_reason *reason, struct vdev_made *made, u32 kind,
			 const char *chosen)
{
	const struct vdev_operand from = { .kind = kind, .record = &made->record };
	const char *name = chosen ?: vdev_version_of_source(&from);
	struct vdev_version *version;
	unsigned int i;
	int err;

	order_blame(reason, VDEV_A_ORDER_VERSION, 0);
	err = chosen ? order_check_version(reason, made, chosen) : 0;
	if (err || !name)
		return err;
	for (i = 0; i < made->record.num_versions; i++) {
		version = &made->versions[i];
		version->flags &= ~VDEV_VERSION_FLAG_CURRENT;
		if (kind == VDEV_ENDPOINT_KIND_TYPE)
			version->flags &= ~VDEV_VERSION_FLAG_DEFAULT;
		if (!strcmp(version->name, name))
			version->flags |= VDEV_VERSION_FLAG_CURRENT;
	}
	return 0;
}

/* What is supported may not be reported; then it is what is provisioned. */
static int order_check_bits(struct vdev_reason *reason, const struct vdev_feature *feature,
			    const struct vdev_bitmap *chosen)
{
	const struct vdev_bitmap *most = feature->supported.words ?
		&feature->supported : &feature->provisioned;
	unsigned int i;

	if (chosen->num_words > VDEV_FEATURE_BYTES / sizeof(u64))
		return vdev_reject(reason, -EMSGSIZE, "feature %s: more than %d bits",
				   feature->name, VDEV_FEATURE_BYTES * 8);
	for (i = 0; i < chosen->num_words; i++) {
		if (chosen->words[i] & ~vdev_bitmap_word(most, i))
			return vdev_reject(reason, -ERANGE,
					   "feature %s: has bits that are not supported",
					   feature->name);
	}
	for (i = 0; i < feature->required.num_words; i++) {
		if (feature->required.words[i] & ~vdev_bitmap_word(chosen, i))
			return vdev_reject(reason, -ERANGE,
					   "feature %s: lacks bits that are required",
					   feature->name);
	}
	return 0;
}

static int order_feature(struct vdev_reason *reason, struct vdev_made *made,
			 const struct vdev_feature *chosen)
{
	struct vdev_feature *feature;
	unsigned int i;
	int err;

	err = vdev_name_check(reason, "feature", chosen->name);
	if (err)
		return err;
	i = vdev_name_place(chosen->name, made->features, made->record.num_features,
			    sizeof(*made->features));
	if (i == made->record.num_features)
		return vdev_reject(reason, -EINVAL, "feature %s: there is no such set",
				   chosen->name);
	feature = &made->features[i];
	if (!chosen->provisioned.words)
		return vdev_reject(reason, -EINVAL, "feature %s: bitmap is missing",
				   chosen->name);
	err = order_check_bits(reason, feature, &chosen->provisioned);
	if (!err)
		feature->provisioned = chosen->provisioned;
	return err;
}

static int order_features(struct vdev_reason *reason, struct vdev_made *made, u32 kind,
			  const struct vdev_choices *choices)
{
	struct vdev_feature *feature;
	unsigned int i;
	int err;

	order_blame(reason, VDEV_A_ORDER_FEATURE, VDEV_FEATURES_MAX);
	err = vdev_count_check(reason, "features", choices->features,
			       choices->num_features, VDEV_FEATURES_MAX);
	for (i = 0; !err && i < choices->num_features; i++) {
		reason->index = i;
		err = order_feature(reason, made, &choices->features[i]);
	}
	if (err)
		return err;
	/* All that is supported is given by a type that says nothing else. */
	for (i = 0; i < made->record.num_features; i++) {
		feature = &made->features[i];
		if (kind == VDEV_ENDPOINT_KIND_TYPE && !feature->provisioned.words)
			feature->provisioned = feature->supported;
	}
	return vdev_unique_check(reason, "feature", choices->features,
				 choices->num_features, sizeof(*choices->features));
}

static int order_check_value(struct vdev_reason *reason, const struct vdev_param *param,
			     const struct vdev_value *value)
{
	int err;

	if (!value->type)
		return vdev_reject(reason, -EINVAL, "%s: value is missing", param->name);
	err = vdev_value_check(reason, param->name, value, param->type);
	if (err || vdev_value_same(value, &param->value))
		return err;
	if (!(param->flags & VDEV_PARAM_FLAG_CONFIGURABLE))
		return vdev_reject(reason, -EINVAL, "%s: cannot be chosen", param->name);
	if (param->num_allowed && !vdev_value_allowed(param, value) &&
	    !vdev_value_same(value, &param->off))
		return vdev_reject(reason, -ERANGE, "%s: value is not allowed",
				   param->name);
	return 0;
}

static int order_param(struct vdev_reason *reason, struct vdev_param *param,
		       const struct vdev_choices *choices)
{
	unsigned int num = choices->num_params;
	const struct vdev_value *value;
	unsigned int i;
	int err;

	i = vdev_name_place(param->name, choices->params, num, sizeof(*choices->params));
	if (i < num) {
		value = &choices->params[i].value;
		order_blame(reason, VDEV_A_ORDER_PARAM, i);
		err = order_check_value(reason, param, value);
		if (err || !(param->flags & VDEV_PARAM_FLAG_CONFIGURABLE))
			return err;
		param->value = *value;
		param->origin = VDEV_ORIGIN_PROVISIONED;
		return 0;
	}
	if (choices->partial || !(param->flags & VDEV_PARAM_FLAG_CONFIGURABLE))
		return 0;
	order_blame(reason, 0, 0);
	if (param->flags & VDEV_PARAM_FLAG_MANDATORY)
		return vdev_reject(reason, -EINVAL, "%s: must be chosen", param->name);
	if (param->off.type && !vdev_value_same(&param->value, &param->off)) {
		param->value = param->off;
		param->origin = VDEV_ORIGIN_DEFAULT;
	}
	return 0;
}

/* All that is chosen is there, and nothing is chosen twice. */
static int order_check_params(struct vdev_reason *reason, const struct vdev_made *made,
			      const struct vdev_choices *choices)
{
	unsigned int num = made->record.num_params;
	const char *name;
	unsigned int i;
	int err;

	order_blame(reason, VDEV_A_ORDER_PARAM, VDEV_PARAMS_MAX);
	err = vdev_count_check(reason, "params", choices->params, choices->num_params,
			       VDEV_PARAMS_MAX);
	for (i = 0; !err && i < choices->num_params; i++) {
		name = choices->params[i].name;
		reason->index = i;
		err = vdev_name_check(reason, "param", name);
		if (!err && vdev_name_place(name, made->params, num, sizeof(*made->params)) == num)
			err = vdev_reject(reason, -EINVAL,
					  "param %s: there is no such parameter", name);
	}
	return err ?: vdev_unique_check(reason, "param", choices->params,
					choices->num_params, sizeof(*choices->params));
}

static int order_params(struct vdev_reason *reason, struct vdev_made *made,
			const struct vdev_choices *choices)
{
	unsigned int i;
	int err;

	err = order_check_params(reason, made, choices);
	for (i = 0; !err && i < made->record.num_params; i++)
		err = order_param(reason, &made->params[i], choices);
	return err;
}

static int order_count(struct vdev_reason *reason, struct vdev_made *made, u32 count)
{
	struct vdev_aggregation *aggregation = &made->record.aggregation;

	order_blame(reason, VDEV_A_ORDER_COUNT, 0);
	if (!count)
		return 0;
	if (!aggregation->base)
		return vdev_reject(reason, -EINVAL, "count: there is no aggregation");
	if (aggregation->limit && count > aggregation->limit)
		return vdev_reject(reason, -ERANGE, "count: above the limit of %u",
				   aggregation->limit);
	aggregation->count = count;
	return vdev_number_check(reason, "count", (u64)aggregation->units * count);
}

/**
 * vdev_order_make() - validate what is chosen, and make the record of it
 * @reason: gets the reason if it is rejected, and what is to blame: the
 *	VDEV_A_ORDER_*, or 0 if that is something that is missing
 * @made: where to put the record
 * @kind: enum vdev_endpoint_kind of the endpoint
 * @from: the record of the type that a device is made of, or of the device that is
 *	configured
 * @choices: what is chosen
 *
 * Return: 0, -EINVAL, -ERANGE, or -EMSGSIZE if a list is too long.
 */
int vdev_order_make(struct vdev_reason *reason, struct vdev_made *made, u32 kind,
		    const struct vdev_record *from,
		    const struct vdev_choices *choices)
{
	order_blame(reason, 0, 0);
	return order_copy(reason, made, from) ?:
	       order_version(reason, made, kind, choices->version) ?:
	       order_features(reason, made, kind, choices) ?:
	       order_params(reason, made, choices) ?:
	       order_count(reason, made, choices->count) ?:
	       vdev_order_limit(reason, made, kind, choices);
}
