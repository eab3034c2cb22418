// SPDX-License-Identifier: GPL-2.0
/* The compared part of an endpoint as JSON. */
#include <stdlib.h>

#include "json.h"
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
	put_string(builder, json, "value", ident->value);
	put_enum(builder, json, "rule", vdev_rule_name, ident->rule);
	for (i = 0; i < ident->num_accept; i++)
		append_string(builder, accept, ident->accept[i]);
	put_list(builder, json, "accept", accept);
	put(builder, object, key, json);
}

static json_t *build_range(struct builder *builder, const struct vdev_semver_range *range)
{
	json_t *json = build_object(builder);
	char buffer[WORD_SIZE];

	word_semver(&range->from, buffer);
	put_string(builder, json, "from", buffer);
	word_semver(&range->to, buffer);
	if (!range->open)
		put_string(builder, json, "to", buffer);
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
		put_string(builder, json, "value", buffer);
	put_enum(builder, json, "rule", vdev_rule_name, version->rule);
	for (i = 0; i < version->num_accept; i++)
		append(builder, accept, build_range(builder, &version->accept[i]));
	put_list(builder, json, "accept", accept);
	put(builder, object, "software-version", json);
}

static json_t *build_version(struct builder *builder, const struct vdev_version *version)
{
	json_t *json = build_object(builder);

	put_string(builder, json, "name", version->name);
	put_flags(builder, json, "flags", vdev_version_flag_name, version->flags);
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
	put_enum(builder, json, "rule", vdev_rule_name, vdev_record_versions_rule(record));
	for (i = 0; i < num; i++)
		append(builder, list, build_version(builder, vdev_record_version(record, i)));
	put_list(builder, json, "list", list);
	put(builder, object, "versions", json);
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
		{ "supported", &feature->supported },
		{ "provisioned", &feature->provisioned },
		{ "required", &feature->required },
		{ "negotiated", &feature->negotiated },
	};
	json_t *json = build_object(builder);
	size_t i;

	put_string(builder, json, "name", feature->name);
	put_enum(builder, json, "rule", vdev_rule_name, feature->rule);
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
	put_list(builder, object, "features", list);
}

static json_t *build_allowed(struct builder *builder, const struct vdev_allowed *allowed)
{
	json_t *json = build_object(builder);

	if (allowed->string) {
		put_string(builder, json, "string", allowed->string);
		return json;
	}
	if (allowed->low <= allowed->high) {
		put_u64(builder, json, "low", allowed->low);
		put_u64(builder, json, "high", allowed->high);
	}
	return json;
}

static json_t *build_param(struct builder *builder, const struct vdev_param *param)
{
	json_t *json = build_object(builder);
	json_t *allowed = build_array(builder);
	unsigned int i;

	put_string(builder, json, "name", param->name);
	put_enum(builder, json, "value-type", vdev_value_type_name, param->kind);
	put_enum(builder, json, "rule", vdev_rule_name, param->rule);
	put_flags(builder, json, "flags", vdev_param_flag_name, param->flags);
	put_enum(builder, json, "origin", vdev_origin_name, param->origin);
	put_value(builder, json, "value", &param->value);
	put_value(builder, json, "off-value", &param->off);
	for (i = 0; i < param->num_allowed; i++)
		append(builder, allowed, build_allowed(builder, &param->allowed[i]));
	put_list(builder, json, "allowed", allowed);
	return json;
}

static void put_params(struct builder *builder, json_t *object, const struct vdev_record *record)
{
	json_t *list = build_array(builder);
	unsigned int i;

	for (i = 0; i < vdev_record_num_params(record); i++)
		append(builder, list, build_param(builder, vdev_record_param(record, i)));
	put_list(builder, object, "params", list);
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
	put_string(builder, json, "base", aggregation->base);
	put_known(builder, json, "units", aggregation->units);
	put_known(builder, json, "count", aggregation->count);
	put_known(builder, json, "limit", aggregation->limit);
	put_known(builder, json, "total", aggregation->total);
	put_enum(builder, json, "rule", vdev_rule_name, aggregation->rule);
	put(builder, json, "resplit", json_boolean(aggregation->resplit));
	put(builder, object, "aggregation", json);
}

json_t *build_record(struct builder *builder, const struct vdev_record *record)
{
	json_t *json = build_object(builder);

	put_ident(builder, json, "device-api", vdev_record_device_api(record));
	put_ident(builder, json, "model", vdev_record_model(record));
	put_ident(builder, json, "type", vdev_record_type(record));
	put_software_version(builder, json, vdev_record_software_version(record));
	put_versions(builder, json, record);
	put_features(builder, json, record);
	put_params(builder, json, record);
	put_aggregation(builder, json, vdev_record_aggregation(record));
	return json;
}
