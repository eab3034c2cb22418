// SPDX-License-Identifier: LGPL-2.1
/* From its nest to a record, the compared part of an object, and the functions that read it. */
#include <errno.h>

#include "decode.h"
#include "getter.h"
#include "record.h"

static int decode_ident(struct arena *arena, const struct nlattr *nest,
			struct vdev_ident *ident)
{
	const struct nlattr *pos;
	const char **accept;
	int rem;

	if (vdev_decode_list(arena, nla_data(nest), nla_len(nest), VDEV_A_IDENT_ACCEPT,
			     sizeof(*accept), (void **)&accept, &ident->num_accept))
		return -ENOMEM;
	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_IDENT_VALUE:
			ident->value = vdev_decode_string(pos);
			break;
		case VDEV_A_IDENT_RULE:
			ident->rule = vdev_decode_u32(pos);
			break;
		case VDEV_A_IDENT_ACCEPT:
			accept[ident->num_accept++] = vdev_decode_string(pos);
			break;
		}
	}
	ident->accept = accept;
	return 0;
}

static void decode_semver(const struct nlattr *nest, struct vdev_semver *semver)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_SEMVER_MAJOR:
			semver->major = vdev_decode_u32(pos);
			break;
		case VDEV_A_SEMVER_MINOR:
			semver->minor = vdev_decode_u32(pos);
			break;
		case VDEV_A_SEMVER_BUGFIX:
			semver->bugfix = vdev_decode_u32(pos);
			break;
		}
	}
}

static void decode_range(const struct nlattr *nest, struct vdev_semver_range *range)
{
	const struct nlattr *pos;
	int rem;

	range->open = true;
	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_SEMVER_RANGE_FROM:
			decode_semver(pos, &range->from);
			break;
		case VDEV_A_SEMVER_RANGE_TO:
			decode_semver(pos, &range->to);
			range->open = false;
			break;
		}
	}
}

static int decode_software_version(struct arena *arena, const struct nlattr *nest,
				   const struct vdev_software_version **version)
{
	struct vdev_software_version *new = vdev_arena_alloc(arena, 1, sizeof(*new));
	struct vdev_semver_range *accept;
	const struct nlattr *pos;
	int rem;

	if (!new || vdev_decode_list(arena, nla_data(nest), nla_len(nest),
				     VDEV_A_SOFTWARE_VERSION_ACCEPT, sizeof(*accept),
				     (void **)&accept, &new->num_accept))
		return -ENOMEM;
	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_SOFTWARE_VERSION_VALUE:
			decode_semver(pos, &new->value);
			new->has_value = true;
			break;
		case VDEV_A_SOFTWARE_VERSION_RULE:
			new->rule = vdev_decode_u32(pos);
			break;
		case VDEV_A_SOFTWARE_VERSION_ACCEPT:
			decode_range(pos, &accept[new->num_accept++]);
			break;
		}
	}
	new->accept = accept;
	*version = new;
	return 0;
}

static void decode_version(const struct nlattr *nest, struct vdev_version *version)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_VERSION_NAME:
			version->name = vdev_decode_string(pos);
			break;
		case VDEV_A_VERSION_FLAGS:
			version->flags = vdev_decode_u32(pos);
			break;
		}
	}
}

static int decode_versions(struct arena *arena, const struct nlattr *nest,
			   struct vdev_record *record)
{
	struct vdev_version *versions;
	const struct nlattr *pos;
	int rem;

	if (vdev_decode_list(arena, nla_data(nest), nla_len(nest), VDEV_A_VERSIONS_ENTRY,
			     sizeof(*versions), (void **)&versions, &record->num_versions))
		return -ENOMEM;
	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_VERSIONS_RULE:
			record->versions_rule = vdev_decode_u32(pos);
			break;
		case VDEV_A_VERSIONS_ENTRY:
			decode_version(pos, &versions[record->num_versions++]);
			break;
		}
	}
	record->versions = versions;
	return 0;
}

static int decode_feature(struct arena *arena, const struct nlattr *nest,
			  struct vdev_feature *feature)
{
	const struct nlattr *pos;
	int err = 0;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_FEATURE_NAME:
			feature->name = vdev_decode_string(pos);
			break;
		case VDEV_A_FEATURE_RULE:
			feature->rule = vdev_decode_u32(pos);
			break;
		case VDEV_A_FEATURE_SUPPORTED:
			err = vdev_decode_bitmap(arena, pos, &feature->supported);
			break;
		case VDEV_A_FEATURE_PROVISIONED:
			err = vdev_decode_bitmap(arena, pos, &feature->provisioned);
			break;
		case VDEV_A_FEATURE_REQUIRED:
			err = vdev_decode_bitmap(arena, pos, &feature->required);
			break;
		case VDEV_A_FEATURE_NEGOTIATED:
			err = vdev_decode_bitmap(arena, pos, &feature->negotiated);
			break;
		}
		if (err)
			return err;
	}
	return 0;
}

static void decode_allowed(const struct nlattr *nest, struct vdev_allowed *allowed)
{
	const struct nlattr *pos;
	int rem;

	allowed->low = UINT64_MAX;
	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_ALLOWED_LOW:
			allowed->low = vdev_decode_uint(pos);
			break;
		case VDEV_A_ALLOWED_HIGH:
			allowed->high = vdev_decode_uint(pos);
			break;
		case VDEV_A_ALLOWED_STRING:
			allowed->low = 0;
			allowed->string = vdev_decode_string(pos);
			break;
		}
	}
}

static void decode_param_number(const struct nlattr *attr, struct vdev_param *param)
{
	switch (nla_type(attr)) {
	case VDEV_A_PARAM_VALUE_TYPE:
		param->type = vdev_decode_u32(attr);
		break;
	case VDEV_A_PARAM_RULE:
		param->rule = vdev_decode_u32(attr);
		break;
	case VDEV_A_PARAM_FLAGS:
		param->flags = vdev_decode_u32(attr);
		break;
	case VDEV_A_PARAM_ORIGIN:
		param->origin = vdev_decode_u32(attr);
		break;
	}
}

static int decode_param(struct arena *arena, const struct nlattr *nest, struct vdev_param *param)
{
	struct vdev_allowed *allowed;
	const struct nlattr *pos;
	int rem;

	if (vdev_decode_list(arena, nla_data(nest), nla_len(nest), VDEV_A_PARAM_ALLOWED,
			     sizeof(*allowed), (void **)&allowed, &param->num_allowed))
		return -ENOMEM;
	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_PARAM_NAME:
			param->name = vdev_decode_string(pos);
			break;
		case VDEV_A_PARAM_VALUE:
			vdev_decode_value(pos, &param->value);
			break;
		case VDEV_A_PARAM_OFF_VALUE:
			vdev_decode_value(pos, &param->off);
			break;
		case VDEV_A_PARAM_ALLOWED:
			decode_allowed(pos, &allowed[param->num_allowed++]);
			break;
		default:
			decode_param_number(pos, param);
		}
	}
	param->allowed = allowed;
	return 0;
}

static void decode_aggregation(const struct nlattr *nest, struct vdev_aggregation *aggregation)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_AGGREGATION_BASE:
			aggregation->base = vdev_decode_string(pos);
			break;
		case VDEV_A_AGGREGATION_UNITS:
			aggregation->units = vdev_decode_u32(pos);
			break;
		case VDEV_A_AGGREGATION_COUNT:
			aggregation->count = vdev_decode_u32(pos);
			break;
		case VDEV_A_AGGREGATION_LIMIT:
			aggregation->limit = vdev_decode_u32(pos);
			break;
		case VDEV_A_AGGREGATION_TOTAL:
			aggregation->total = vdev_decode_uint(pos);
			break;
		case VDEV_A_AGGREGATION_RULE:
			aggregation->rule = vdev_decode_u32(pos);
			break;
		case VDEV_A_AGGREGATION_RESPLIT:
			aggregation->resplit = true;
			break;
		}
	}
}

struct record_lists {
	struct vdev_feature *features;
	struct vdev_param *params;
};

static int decode_field(struct arena *arena, const struct nlattr *attr,
			struct vdev_record *record, struct record_lists *lists)
{
	switch (nla_type(attr)) {
	case VDEV_A_RECORD_DEVICE_API:
		return decode_ident(arena, attr, &record->device_api);
	case VDEV_A_RECORD_MODEL:
		return decode_ident(arena, attr, &record->model);
	case VDEV_A_RECORD_TYPE:
		return decode_ident(arena, attr, &record->type);
	case VDEV_A_RECORD_SOFTWARE_VERSION:
		return decode_software_version(arena, attr, &record->software_version);
	case VDEV_A_RECORD_VERSIONS:
		return decode_versions(arena, attr, record);
	case VDEV_A_RECORD_FEATURE:
		return decode_feature(arena, attr, &lists->features[record->num_features++]);
	case VDEV_A_RECORD_PARAM:
		return decode_param(arena, attr, &lists->params[record->num_params++]);
	case VDEV_A_RECORD_AGGREGATION:
		decode_aggregation(attr, &record->aggregation);
		break;
	case VDEV_A_RECORD_CEILING:
		record->ceiling = vdev_ceiling_decode(arena, attr);
		return record->ceiling ? 0 : -ENOMEM;
	}
	return 0;
}

struct vdev_record *vdev_record_decode(struct arena *arena, const struct nlattr *nest)
{
	struct vdev_record *record = vdev_arena_alloc(arena, 1, sizeof(*record));
	struct record_lists lists;
	const struct nlattr *pos;
	int rem;

	if (!record ||
	    vdev_decode_list(arena, nla_data(nest), nla_len(nest), VDEV_A_RECORD_FEATURE,
			     sizeof(*lists.features), (void **)&lists.features,
			     &record->num_features) ||
	    vdev_decode_list(arena, nla_data(nest), nla_len(nest), VDEV_A_RECORD_PARAM,
			     sizeof(*lists.params), (void **)&lists.params, &record->num_params))
		return NULL;
	nla_for_each_nested(pos, nest, rem)
		if (decode_field(arena, pos, record, &lists))
			return NULL;
	record->features = lists.features;
	record->params = lists.params;
	return record;
}

VDEV_API const struct vdev_aggregation *
vdev_record_aggregation(const struct vdev_record *record)
{
	const struct vdev_aggregation *aggregation = &record->aggregation;

	return aggregation->base || aggregation->units || aggregation->rule ? aggregation : NULL;
}

VDEV_API bool vdev_bitmap_test(const struct vdev_bitmap *bitmap, unsigned int bit)
{
	return bit / 64 < bitmap->num_words && bitmap->words[bit / 64] >> (bit % 64) & 1;
}

#define IDENT_GETTER(field) \
	VDEV_API const struct vdev_ident *vdev_record_##field(const struct vdev_record *record) \
	{ \
		const struct vdev_ident *ident = &record->field; \
		return ident->value || ident->rule || ident->num_accept ? ident : NULL; \
	}

IDENT_GETTER(device_api)
IDENT_GETTER(model)
IDENT_GETTER(type)
GETTER(const struct vdev_software_version *, record, software_version)
GETTER(uint32_t, record, versions_rule)
GETTER(unsigned int, record, num_versions)
LIST_GETTER(version, record, versions, num_versions)
GETTER(unsigned int, record, num_features)
LIST_GETTER(feature, record, features, num_features)
GETTER(unsigned int, record, num_params)
LIST_GETTER(param, record, params, num_params)
GETTER(const struct vdev_ceiling *, record, ceiling)
