// SPDX-License-Identifier: LGPL-2.1
/* What an endpoint declares, as JSON: the compared part, and what blocks a migration. */
#include <stdlib.h>

#include "json_record.h"
#include "keys.h"
#include "words.h"

static void put_ident(struct builder *builder, json_t *object, const char *key,
		      const struct vdev_ident *ident)
{
	json_t *json, *accept;
	unsigned int i;

	if (!ident)
		return;
	json = build_object(builder);
	accept = build_array(builder);
	put_string(builder, json, KEY_IDENT_VALUE, ident->value);
	put_enum(builder, json, KEY_IDENT_RULE, vdev_rule_name, ident->rule);
	for (i = 0; i < ident->num_accept; i++)
		append_string(builder, accept, ident->accept[i]);
	put_list(builder, json, KEY_IDENT_ACCEPT, accept);
	put(builder, object, key, json);
}

static json_t *build_range(struct builder *builder, const struct vdev_semver_range *range)
{
	json_t *json = build_object(builder);
	char buffer[WORD_SIZE];

	word_semver(&range->from, buffer);
	put_string(builder, json, KEY_SEMVER_RANGE_FROM, buffer);
	word_semver(&range->to, buffer);
	if (!range->open)
		put_string(builder, json, KEY_SEMVER_RANGE_TO, buffer);
	return json;
}

static void put_software_version(struct builder *builder, json_t *object,
				 const struct vdev_software_version *version)
{
	char buffer[WORD_SIZE];
	json_t *json, *accept;
	unsigned int i;

	if (!version)
		return;
	json = build_object(builder);
	accept = build_array(builder);
	word_semver(&version->value, buffer);
	if (version->has_value)
		put_string(builder, json, KEY_SOFTWARE_VERSION_VALUE, buffer);
	put_enum(builder, json, KEY_SOFTWARE_VERSION_RULE, vdev_rule_name, version->rule);
	for (i = 0; i < version->num_accept; i++)
		append(builder, accept, build_range(builder, &version->accept[i]));
	put_list(builder, json, KEY_SOFTWARE_VERSION_ACCEPT, accept);
	put(builder, object, KEY_RECORD_SOFTWARE_VERSION, json);
}

static json_t *build_version(struct builder *builder, const struct vdev_version *version)
{
	json_t *json = build_object(builder);

	put_string(builder, json, KEY_VERSION_NAME, version->name);
	put_flags(builder, json, KEY_VERSION_FLAGS, vdev_version_flag_name, version->flags);
	return json;
}

static void put_versions(struct builder *builder, json_t *object, const struct vdev_record *record)
{
	unsigned int num = vdev_record_num_versions(record);
	json_t *json, *list;
	unsigned int i;

	if (!num && !vdev_record_versions_rule(record))
		return;
	json = build_object(builder);
	list = build_array(builder);
	put_enum(builder, json, KEY_VERSIONS_RULE, vdev_rule_name,
		 vdev_record_versions_rule(record));
	for (i = 0; i < num; i++)
		append(builder, list, build_version(builder, vdev_record_version(record, i)));
	put_list(builder, json, KEY_VERSIONS_ENTRY, list);
	put(builder, object, KEY_RECORD_VERSIONS, json);
}

struct bit_list {
	struct builder *builder;
	json_t *array;
	const char *set;
	const char *device_api;
};

static void append_bit(unsigned int bit, void *arg)
{
	struct bit_list *list = arg;
	char buffer[WORD_SIZE];

	append_string(list->builder, list->array,
		      word_bit(list->set, list->device_api, bit, buffer));
}

json_t *build_bitmap(struct builder *builder, const char *set, const char *device_api,
		     const struct vdev_bitmap *bitmap)
{
	struct bit_list list = {
		.builder = builder,
		.array = build_array(builder),
		.set = set,
		.device_api = device_api,
	};
	json_t *json = build_object(builder);
	char *hex = word_bitmap(bitmap);

	if (!hex)
		builder->broken = true;
	put_string(builder, json, "hex", hex);
	free(hex);
	each_bit(bitmap, append_bit, &list);
	put(builder, json, "names", list.array);
	return json;
}

static json_t *build_feature(struct builder *builder, const struct vdev_feature *feature,
			     const char *device_api)
{
	const struct {
		const char *key;
		const struct vdev_bitmap *bitmap;
	} bitmaps[] = {
		{ KEY_FEATURE_SUPPORTED, &feature->supported },
		{ KEY_FEATURE_PROVISIONED, &feature->provisioned },
		{ KEY_FEATURE_REQUIRED, &feature->required },
		{ KEY_FEATURE_NEGOTIATED, &feature->negotiated },
	};
	json_t *json = build_object(builder);
	size_t i;

	put_string(builder, json, KEY_FEATURE_NAME, feature->name);
	put_enum(builder, json, KEY_FEATURE_RULE, vdev_rule_name, feature->rule);
	for (i = 0; i < sizeof(bitmaps) / sizeof(bitmaps[0]); i++)
		if (bitmaps[i].bitmap->words)
			put(builder, json, bitmaps[i].key,
			    build_bitmap(builder, feature->name, device_api, bitmaps[i].bitmap));
	return json;
}

static void put_features(struct builder *builder, json_t *object, const struct vdev_record *record)
{
	const struct vdev_ident *api = vdev_record_device_api(record);
	json_t *list = build_array(builder);
	unsigned int i;

	for (i = 0; i < vdev_record_num_features(record); i++)
		append(builder, list, build_feature(builder, vdev_record_feature(record, i),
						    api ? api->value : NULL));
	put_list(builder, object, KEY_RECORD_FEATURE, list);
}

static json_t *build_allowed(struct builder *builder, const struct vdev_allowed *allowed)
{
	json_t *json = build_object(builder);

	if (allowed->string) {
		put_string(builder, json, KEY_ALLOWED_STRING, allowed->string);
		return json;
	}
	if (allowed->low <= allowed->high) {
		put_u64(builder, json, KEY_ALLOWED_LOW, allowed->low);
		put_u64(builder, json, KEY_ALLOWED_HIGH, allowed->high);
	}
	return json;
}

static json_t *build_param(struct builder *builder, const struct vdev_param *param)
{
	json_t *json = build_object(builder);
	json_t *allowed = build_array(builder);
	unsigned int i;

	put_string(builder, json, KEY_PARAM_NAME, param->name);
	put_enum(builder, json, KEY_PARAM_VALUE_TYPE, vdev_value_type_name, param->type);
	put_enum(builder, json, KEY_PARAM_RULE, vdev_rule_name, param->rule);
	put_flags(builder, json, KEY_PARAM_FLAGS, vdev_param_flag_name, param->flags);
	put_enum(builder, json, KEY_PARAM_ORIGIN, vdev_origin_name, param->origin);
	put_value(builder, json, KEY_PARAM_VALUE, &param->value);
	put_value(builder, json, KEY_PARAM_OFF_VALUE, &param->off);
	for (i = 0; i < param->num_allowed; i++)
		append(builder, allowed, build_allowed(builder, &param->allowed[i]));
	put_list(builder, json, KEY_PARAM_ALLOWED, allowed);
	return json;
}

static void put_params(struct builder *builder, json_t *object, const struct vdev_record *record)
{
	json_t *list = build_array(builder);
	unsigned int i;

	for (i = 0; i < vdev_record_num_params(record); i++)
		append(builder, list, build_param(builder, vdev_record_param(record, i)));
	put_list(builder, object, KEY_RECORD_PARAM, list);
}

static void put_known(struct builder *builder, json_t *object, const char *key, uint64_t number)
{
	if (number)
		put_u64(builder, object, key, number);
}

static void put_aggregation(struct builder *builder, json_t *object,
			    const struct vdev_aggregation *aggregation)
{
	json_t *json;

	if (!aggregation)
		return;
	json = build_object(builder);
	put_string(builder, json, KEY_AGGREGATION_BASE, aggregation->base);
	put_known(builder, json, KEY_AGGREGATION_UNITS, aggregation->units);
	put_known(builder, json, KEY_AGGREGATION_COUNT, aggregation->count);
	put_known(builder, json, KEY_AGGREGATION_LIMIT, aggregation->limit);
	put_known(builder, json, KEY_AGGREGATION_TOTAL, aggregation->total);
	put_enum(builder, json, KEY_AGGREGATION_RULE, vdev_rule_name, aggregation->rule);
	put(builder, json, KEY_AGGREGATION_RESPLIT, json_boolean(aggregation->resplit));
	put(builder, object, KEY_RECORD_AGGREGATION, json);
}

static json_t *build_limited_feature(struct builder *builder,
				     const struct vdev_ceiling_feature *feature,
				     const char *device_api)
{
	json_t *json = build_object(builder);

	put_string(builder, json, KEY_CEILING_FEATURE_NAME, feature->name);
	put(builder, json, KEY_CEILING_FEATURE_MASK,
	    build_bitmap(builder, feature->name, device_api, &feature->mask));
	return json;
}

static json_t *build_limited_param(struct builder *builder,
				   const struct vdev_ceiling_param *param)
{
	json_t *json = build_object(builder);

	put_string(builder, json, KEY_CEILING_PARAM_NAME, param->name);
	put_u64(builder, json, KEY_CEILING_PARAM_LOW, param->low);
	put_u64(builder, json, KEY_CEILING_PARAM_HIGH, param->high);
	return json;
}

json_t *build_ceiling(struct builder *builder, const struct vdev_ceiling *ceiling,
		      const char *device_api)
{
	json_t *json = build_object(builder);
	json_t *features = build_array(builder);
	json_t *params = build_array(builder);
	unsigned int i;

	put_string(builder, json, KEY_CEILING_MAX_VERSION, ceiling->max_version);
	for (i = 0; i < ceiling->num_features; i++)
		append(builder, features,
		       build_limited_feature(builder, &ceiling->features[i], device_api));
	put_list(builder, json, KEY_CEILING_FEATURE, features);
	for (i = 0; i < ceiling->num_params; i++)
		append(builder, params, build_limited_param(builder, &ceiling->params[i]));
	put_list(builder, json, KEY_CEILING_PARAM, params);
	return json;
}

json_t *build_record(struct builder *builder, const struct vdev_record *record)
{
	const struct vdev_ceiling *ceiling = vdev_record_ceiling(record);
	const struct vdev_ident *api = vdev_record_device_api(record);
	json_t *json = build_object(builder);

	put_ident(builder, json, KEY_RECORD_DEVICE_API, api);
	put_ident(builder, json, KEY_RECORD_MODEL, vdev_record_model(record));
	put_ident(builder, json, KEY_RECORD_TYPE, vdev_record_type(record));
	put_software_version(builder, json, vdev_record_software_version(record));
	put_versions(builder, json, record);
	put_features(builder, json, record);
	put_params(builder, json, record);
	put_aggregation(builder, json, vdev_record_aggregation(record));
	if (ceiling)
		put(builder, json, KEY_RECORD_CEILING,
		    build_ceiling(builder, ceiling, api ? api->value : NULL));
	return json;
}

json_t *build_blocker(struct builder *builder, const struct vdev_blocker *blocker)
{
	json_t *json = build_object(builder);

	put_string(builder, json, KEY_BLOCKER_NAME, blocker->name);
	put_string(builder, json, KEY_BLOCKER_REASON, blocker->reason);
	put_flags(builder, json, KEY_BLOCKER_FLAGS, vdev_blocker_flag_name, blocker->flags);
	return json;
}
