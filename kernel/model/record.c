// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The rules that the compared part of an endpoint must keep. It is checked
 * once, before it is published; nothing after that distrusts it. Pure
 * functions, no locks, also compiled into libvdev.
 */
#include "bounds.h"
#include "ceiling.h"
#include "parts.h"
#include "semver.h"
#include "words.h"

#define RULES_IDENT	(BIT(VDEV_RULE_EQUAL) | BIT(VDEV_RULE_ONE_OF) | \
			 BIT(VDEV_RULE_IGNORE))
#define RULES_SOFTWARE	(BIT(VDEV_RULE_SEMVER) | BIT(VDEV_RULE_RANGE) | \
			 BIT(VDEV_RULE_EQUAL) | BIT(VDEV_RULE_IGNORE))
#define RULES_VERSIONS	RULES_IDENT
#define RULES_FEATURE	(BIT(VDEV_RULE_SUBSET) | BIT(VDEV_RULE_EQUAL) | \
			 BIT(VDEV_RULE_IGNORE))
#define RULES_PARAM	RULES_IDENT
#define RULES_NUMBER	(RULES_PARAM | BIT(VDEV_RULE_AT_LEAST) | \
			 BIT(VDEV_RULE_AT_MOST) | BIT(VDEV_RULE_RANGE))
#define RULES_AGGREGATE	(BIT(VDEV_RULE_EQUAL) | BIT(VDEV_RULE_IGNORE))

static int ident_check(struct vdev_reason *reason, const char *what,
		       const struct vdev_ident *ident, bool whole)
{
	unsigned int i;
	int err;

	if (whole && !ident->value && ident->num_accept)
		return vdev_reject(reason, -EINVAL,
				   "%s: accepted values without a value", what);
	err = vdev_optional_text_check(reason, what, ident->value) ?:
	      vdev_rule_check(reason, what, ident->rule, RULES_IDENT) ?:
	      vdev_count_check(reason, what, ident->accept, ident->num_accept,
			       VDEV_ACCEPT_MAX);
	if (err)
		return err;

	for (i = 0; i < ident->num_accept; i++) {
		err = vdev_text_check(reason, what, ident->accept[i]);
		if (err)
			return err;
	}
	return vdev_unique_check(reason, what, ident->accept, ident->num_accept,
				 sizeof(*ident->accept));
}

static int software_version_check(struct vdev_reason *reason,
				  const struct vdev_software_version *version)
{
	static const char what[] = "software-version";
	const struct vdev_semver_range *range;
	unsigned int i;
	int err;

	if (!version)
		return 0;
	err = vdev_rule_check(reason, what, version->rule, RULES_SOFTWARE) ?:
	      vdev_count_check(reason, what, version->accept, version->num_accept,
			       VDEV_ACCEPT_MAX);
	if (err)
		return err;
	if (version->rule == VDEV_RULE_RANGE && !version->num_accept)
		return vdev_reject(reason, -EINVAL,
				   "%s: rule range without a range", what);

	for (i = 0; i < version->num_accept; i++) {
		range = &version->accept[i];
		if (!range->open && vdev_semver_compare(&range->from, &range->to) > 0)
			return vdev_reject(reason, -EINVAL,
					   "%s: range ends before it starts",
					   what);
	}
	return 0;
}

static int version_check(struct vdev_reason *reason,
			 const struct vdev_version *version)
{
	int err;

	err = vdev_name_check(reason, "version", version->name) ?:
	      vdev_flags_check(reason, version->name, version->flags,
			       VDEV_VERSION_FLAG_MASK);
	if (err)
		return err;
	if ((version->flags & VDEV_VERSION_FLAG_DEFAULT) &&
	    !(version->flags & VDEV_VERSION_FLAG_CREATE))
		return vdev_reject(reason, -EINVAL,
				   "version %s: default but cannot be created",
				   version->name);
	return 0;
}

static int versions_check(struct vdev_reason *reason,
			  const struct vdev_record *record)
{
	u32 singles = VDEV_VERSION_FLAG_DEFAULT | VDEV_VERSION_FLAG_CURRENT;
	u32 seen = 0;
	unsigned int i;
	int err;

	err = vdev_rule_check(reason, "versions", record->versions_rule,
			      RULES_VERSIONS) ?:
	      vdev_count_check(reason, "versions", record->versions,
			       record->num_versions, VDEV_VERSIONS_MAX);
	if (err)
		return err;

	for (i = 0; i < record->num_versions; i++) {
		err = version_check(reason, &record->versions[i]);
		if (err)
			return err;
		if (seen & record->versions[i].flags)
			return vdev_reject(reason, -EINVAL,
					   "version %s: a second default or current version",
					   record->versions[i].name);
		seen |= record->versions[i].flags & singles;
	}
	return vdev_unique_check(reason, "version", record->versions,
				 record->num_versions, sizeof(*record->versions));
}

/* What is required is what a source must have of what is offered. */
static int required_check(struct vdev_reason *reason,
			  const struct vdev_feature *feature)
{
	const struct vdev_bitmap *required = &feature->required;
	const struct vdev_bitmap *offered = feature->provisioned.words ?
		&feature->provisioned : &feature->supported;
	unsigned int i;

	for (i = 0; i < required->num_words; i++) {
		if (required->words[i] & ~vdev_bitmap_word(offered, i))
			return vdev_reject(reason, -EINVAL,
					   "feature %s: requires what it does not offer",
					   feature->name);
	}
	return 0;
}

/* What is offered is not known if neither bitmap is. */
static bool is_offered(const struct vdev_feature *feature)
{
	return feature->supported.words || feature->provisioned.words;
}

static int features_check(struct vdev_reason *reason,
			  const struct vdev_record *record, bool whole)
{
	const struct vdev_feature *feature;
	unsigned int i;
	int err;

	reason->index = VDEV_FEATURES_MAX;
	err = vdev_count_check(reason, "features", record->features,
			       record->num_features, VDEV_FEATURES_MAX);
	if (err)
		return err;

	for (i = 0; i < record->num_features; i++) {
		feature = &record->features[i];
		reason->index = i;
		err = vdev_name_check(reason, "feature", feature->name) ?:
		      vdev_rule_check(reason, feature->name, feature->rule,
				      RULES_FEATURE) ?:
		      vdev_bitmap_check(reason, feature->name,
					&feature->supported) ?:
		      vdev_bitmap_check(reason, feature->name,
					&feature->provisioned) ?:
		      vdev_bitmap_check(reason, feature->name,
					&feature->required) ?:
		      vdev_bitmap_check(reason, feature->name,
					&feature->negotiated);
		if (!err && (whole || is_offered(feature)))
			err = required_check(reason, feature);
		if (err)
			return err;
	}
	return vdev_unique_check(reason, "feature", record->features,
				 record->num_features, sizeof(*record->features));
}

static int allowed_check(struct vdev_reason *reason,
			 const struct vdev_param *param,
			 const struct vdev_allowed *allowed)
{
	if (param->type == VDEV_VALUE_TYPE_STRING)
		return vdev_text_check(reason, param->name, allowed->string);
	if (allowed->low > allowed->high)
		return vdev_reject(reason, -EINVAL,
				   "%s: allowed range ends before it starts",
				   param->name);
	return vdev_number_check(reason, param->name, allowed->high);
}

static int param_allowed_check(struct vdev_reason *reason,
			       const struct vdev_param *param)
{
	unsigned int i;
	int err;

	err = vdev_count_check(reason, param->name, param->allowed,
			       param->num_allowed, VDEV_ALLOWED_MAX);
	if (err)
		return err;
	if (param->type == VDEV_VALUE_TYPE_BOOL && param->num_allowed)
		return vdev_reject(reason, -EINVAL,
				   "%s: a bool with allowed values",
				   param->name);
	if ((param->rule == VDEV_RULE_RANGE ||
	     param->rule == VDEV_RULE_ONE_OF) && !param->num_allowed)
		return vdev_reject(reason, -EINVAL,
				   "%s: rule without allowed values",
				   param->name);

	for (i = 0; i < param->num_allowed; i++) {
		err = allowed_check(reason, param, &param->allowed[i]);
		if (err)
			return err;
	}
	return 0;
}

static int param_check(struct vdev_reason *reason,
		       const struct vdev_param *param)
{
	u32 rules = param->type == VDEV_VALUE_TYPE_U64 ? RULES_NUMBER : RULES_PARAM;
	int err;

	err = vdev_name_check(reason, "param", param->name);
	if (err)
		return err;
	if (!param->type || param->type > VDEV_VALUE_TYPE_MAX)
		return vdev_reject(reason, -EINVAL,
				   "%s: value type %u is not known",
				   param->name, param->type);
	if (param->origin > VDEV_ORIGIN_MAX)
		return vdev_reject(reason, -EINVAL,
				   "%s: origin %u is not known", param->name,
				   param->origin);
	if (param->flags == VDEV_PARAM_FLAG_MANDATORY)
		return vdev_reject(reason, -EINVAL,
				   "%s: mandatory but not configurable",
				   param->name);
	return vdev_flags_check(reason, param->name, param->flags,
				VDEV_PARAM_FLAG_MASK) ?:
	       vdev_rule_check(reason, param->name, param->rule, rules) ?:
	       vdev_value_check(reason, param->name, &param->value, param->type) ?:
	       vdev_value_check(reason, param->name, &param->off, param->type) ?:
	       param_allowed_check(reason, param);
}

static int params_check(struct vdev_reason *reason,
			const struct vdev_record *record)
{
	unsigned int i;
	int err;

	reason->index = VDEV_PARAMS_MAX;
	err = vdev_count_check(reason, "params", record->params,
			       record->num_params, VDEV_PARAMS_MAX);
	if (err)
		return err;

	for (i = 0; i < record->num_params; i++) {
		reason->index = i;
		err = param_check(reason, &record->params[i]);
		if (err)
			return err;
	}
	return vdev_unique_check(reason, "param", record->params,
				 record->num_params, sizeof(*record->params));
}

static int aggregation_check(struct vdev_reason *reason,
			     const struct vdev_aggregation *aggregation)
{
	static const char what[] = "aggregation";
	int err;

	if (!aggregation->base)
		return 0;
	err = vdev_name_check(reason, what, aggregation->base) ?:
	      vdev_rule_check(reason, what, aggregation->rule, RULES_AGGREGATE);
	if (err)
		return err;
	if (!aggregation->units || !aggregation->count)
		return vdev_reject(reason, -EINVAL,
				   "%s: units and count start at 1", what);
	if (aggregation->limit && aggregation->limit < aggregation->count)
		return vdev_reject(reason, -ERANGE,
				   "%s: count is above the limit", what);
	return vdev_number_check(reason, what,
				 (u64)aggregation->units * aggregation->count);
}

static int record_ceiling_check(struct vdev_reason *reason,
				const struct vdev_ceiling *ceiling, bool whole)
{
	if (!ceiling)
		return 0;
	if (!whole)
		return vdev_reject(reason, -EINVAL, "ceiling: a profile has none");
	return vdev_ceiling_check(reason, ceiling);
}

/* The part that is checked next is the one to blame. */
static int record_blame(struct vdev_reason *reason, unsigned int attr)
{
	reason->attr = attr;
	reason->index = 0;
	return 0;
}

static int record_check(struct vdev_reason *reason,
			const struct vdev_record *record, bool whole)
{
	return record_blame(reason, VDEV_A_RECORD_DEVICE_API) ?:
	       ident_check(reason, "device-api", &record->device_api, whole) ?:
	       record_blame(reason, VDEV_A_RECORD_MODEL) ?:
	       ident_check(reason, "model", &record->model, whole) ?:
	       record_blame(reason, VDEV_A_RECORD_TYPE) ?:
	       ident_check(reason, "type", &record->type, whole) ?:
	       record_blame(reason, VDEV_A_RECORD_SOFTWARE_VERSION) ?:
	       software_version_check(reason, record->software_version) ?:
	       record_blame(reason, VDEV_A_RECORD_VERSIONS) ?:
	       versions_check(reason, record) ?:
	       record_blame(reason, VDEV_A_RECORD_FEATURE) ?:
	       features_check(reason, record, whole) ?:
	       record_blame(reason, VDEV_A_RECORD_PARAM) ?:
	       params_check(reason, record) ?:
	       record_blame(reason, VDEV_A_RECORD_AGGREGATION) ?:
	       aggregation_check(reason, &record->aggregation) ?:
	       record_blame(reason, VDEV_A_RECORD_CEILING) ?:
	       record_ceiling_check(reason, record->ceiling, whole);
}

/**
 * vdev_record_check() - check a record against the rules for records
 * @reason: gets the reason, and which part is to blame, if it is rejected
 * @record: the record
 *
 * Return: 0, -EINVAL, -ERANGE, or -EMSGSIZE if a list is too long.
 */
int vdev_record_check(struct vdev_reason *reason,
		      const struct vdev_record *record)
{
	return record_check(reason, record, true);
}

/**
 * vdev_declared_check() - check what a profile declares against the same rules
 * @reason: gets the reason, and which part is to blame, if it is rejected
 * @declared: parts of a record; what a driver has to report for the profile to
 *	match is taken for granted
 *
 * Return: 0, -EINVAL, -ERANGE, or -EMSGSIZE if a list is too long.
 */
int vdev_declared_check(struct vdev_reason *reason,
			const struct vdev_record *declared)
{
	return record_check(reason, declared, false);
}
