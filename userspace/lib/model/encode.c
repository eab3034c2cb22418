// SPDX-License-Identifier: LGPL-2.1
/*
 * From structs to attributes, as the kernel does it. What is written has passed
 * the bounds; lists are written in the order that they have.
 */
#include <endian.h>
#include <string.h>

#include "encode.h"

/* What is judged by a rule of 0 is judged by the fallback. */
static void put_rule(struct writer *writer, unsigned int type, uint32_t rule, uint32_t fallback)
{
	if (rule || !writer->partial)
		vdev_writer_u32(writer, type, rule ? rule : fallback);
}

void vdev_encode_string(struct writer *writer, unsigned int type, const char *string)
{
	if (string)
		vdev_writer_string(writer, type, string);
}

static void put_ident(struct writer *writer, unsigned int type, const struct vdev_ident *ident,
		      uint32_t fallback)
{
	unsigned int i;
	size_t nest;

	if (!ident->value && (!writer->partial || (!ident->rule && !ident->num_accept)))
		return;
	nest = vdev_writer_begin(writer, type);
	vdev_encode_string(writer, VDEV_A_IDENT_VALUE, ident->value);
	put_rule(writer, VDEV_A_IDENT_RULE, ident->rule, fallback);
	for (i = 0; i < ident->num_accept; i++)
		vdev_writer_string(writer, VDEV_A_IDENT_ACCEPT, ident->accept[i]);
	vdev_writer_end(writer, nest);
}

static void put_semver(struct writer *writer, unsigned int type, const struct vdev_semver *version)
{
	size_t nest = vdev_writer_begin(writer, type);

	vdev_writer_u32(writer, VDEV_A_SEMVER_MAJOR, version->major);
	vdev_writer_u32(writer, VDEV_A_SEMVER_MINOR, version->minor);
	vdev_writer_u32(writer, VDEV_A_SEMVER_BUGFIX, version->bugfix);
	vdev_writer_end(writer, nest);
}

static void put_range(struct writer *writer, const struct vdev_semver_range *range)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_SOFTWARE_VERSION_ACCEPT);

	put_semver(writer, VDEV_A_SEMVER_RANGE_FROM, &range->from);
	if (!range->open)
		put_semver(writer, VDEV_A_SEMVER_RANGE_TO, &range->to);
	vdev_writer_end(writer, nest);
}

static void put_software_version(struct writer *writer,
				 const struct vdev_software_version *version)
{
	unsigned int i;
	size_t nest;

	if (!version)
		return;
	nest = vdev_writer_begin(writer, VDEV_A_RECORD_SOFTWARE_VERSION);
	if (version->has_value)
		put_semver(writer, VDEV_A_SOFTWARE_VERSION_VALUE, &version->value);
	put_rule(writer, VDEV_A_SOFTWARE_VERSION_RULE, version->rule, VDEV_RULE_SEMVER);
	for (i = 0; i < version->num_accept; i++)
		put_range(writer, &version->accept[i]);
	vdev_writer_end(writer, nest);
}

static void put_versions(struct writer *writer, const struct vdev_record *record)
{
	size_t versions, entry;
	unsigned int i;

	if (!record->num_versions && (!writer->partial || !record->versions_rule))
		return;
	versions = vdev_writer_begin(writer, VDEV_A_RECORD_VERSIONS);
	put_rule(writer, VDEV_A_VERSIONS_RULE, record->versions_rule, VDEV_RULE_ONE_OF);
	for (i = 0; i < record->num_versions; i++) {
		entry = vdev_writer_begin(writer, VDEV_A_VERSIONS_ENTRY);
		vdev_writer_string(writer, VDEV_A_VERSION_NAME, record->versions[i].name);
		vdev_writer_u32(writer, VDEV_A_VERSION_FLAGS, record->versions[i].flags);
		vdev_writer_end(writer, entry);
	}
	vdev_writer_end(writer, versions);
}

void vdev_encode_bitmap(struct writer *writer, unsigned int type,
			const struct vdev_bitmap *bitmap)
{
	size_t len = bitmap->num_words * sizeof(uint64_t);
	unsigned int i;
	uint64_t word;
	char *bytes;

	if (!bitmap->words)
		return;
	bytes = vdev_writer_bytes(writer, type, len);
	for (i = 0; bytes && i < bitmap->num_words; i++) {
		word = htole64(bitmap->words[i]);
		memcpy(bytes + i * sizeof(word), &word, sizeof(word));
	}
}

static void put_feature(struct writer *writer, const struct vdev_feature *feature)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_RECORD_FEATURE);

	vdev_writer_string(writer, VDEV_A_FEATURE_NAME, feature->name);
	put_rule(writer, VDEV_A_FEATURE_RULE, feature->rule, VDEV_RULE_SUBSET);
	vdev_encode_bitmap(writer, VDEV_A_FEATURE_SUPPORTED, &feature->supported);
	vdev_encode_bitmap(writer, VDEV_A_FEATURE_PROVISIONED, &feature->provisioned);
	vdev_encode_bitmap(writer, VDEV_A_FEATURE_REQUIRED, &feature->required);
	vdev_encode_bitmap(writer, VDEV_A_FEATURE_NEGOTIATED, &feature->negotiated);
	vdev_writer_end(writer, nest);
}

void vdev_encode_value(struct writer *writer, unsigned int type, const struct vdev_value *value)
{
	size_t nest;

	if (!value->type)
		return;
	nest = vdev_writer_begin(writer, type);
	switch (value->type) {
	case VDEV_VALUE_TYPE_U64:
		vdev_writer_uint(writer, VDEV_A_VALUE_U64, value->u64);
		break;
	case VDEV_VALUE_TYPE_STRING:
		vdev_writer_string(writer, VDEV_A_VALUE_STRING, value->string);
		break;
	case VDEV_VALUE_TYPE_BOOL:
		vdev_writer_u32(writer, VDEV_A_VALUE_BOOL, value->boolean);
		break;
	}
	vdev_writer_end(writer, nest);
}

static void put_allowed(struct writer *writer, uint32_t type, const struct vdev_allowed *allowed)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_PARAM_ALLOWED);

	if (type == VDEV_VALUE_TYPE_STRING) {
		vdev_writer_string(writer, VDEV_A_ALLOWED_STRING, allowed->string);
	} else {
		vdev_writer_uint(writer, VDEV_A_ALLOWED_LOW, allowed->low);
		vdev_writer_uint(writer, VDEV_A_ALLOWED_HIGH, allowed->high);
	}
	vdev_writer_end(writer, nest);
}

static void put_param(struct writer *writer, const struct vdev_param *param)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_RECORD_PARAM);
	unsigned int i;

	vdev_writer_string(writer, VDEV_A_PARAM_NAME, param->name);
	vdev_writer_u32(writer, VDEV_A_PARAM_VALUE_TYPE, param->type);
	put_rule(writer, VDEV_A_PARAM_RULE, param->rule, VDEV_RULE_EQUAL);
	vdev_writer_u32(writer, VDEV_A_PARAM_FLAGS, param->flags);
	if (!writer->partial)
		vdev_writer_u32(writer, VDEV_A_PARAM_ORIGIN,
				param->origin ? param->origin : VDEV_ORIGIN_DEFAULT);
	vdev_encode_value(writer, VDEV_A_PARAM_VALUE, &param->value);
	vdev_encode_value(writer, VDEV_A_PARAM_OFF_VALUE, &param->off);
	for (i = 0; i < param->num_allowed; i++)
		put_allowed(writer, param->type, &param->allowed[i]);
	vdev_writer_end(writer, nest);
}

static void put_aggregation(struct writer *writer, const struct vdev_aggregation *aggregation)
{
	uint64_t total = aggregation->total;
	size_t nest;

	if (!aggregation->base)
		return;
	if (!total)
		total = (uint64_t)aggregation->units * aggregation->count;
	nest = vdev_writer_begin(writer, VDEV_A_RECORD_AGGREGATION);
	vdev_writer_string(writer, VDEV_A_AGGREGATION_BASE, aggregation->base);
	vdev_writer_u32(writer, VDEV_A_AGGREGATION_UNITS, aggregation->units);
	vdev_writer_u32(writer, VDEV_A_AGGREGATION_COUNT, aggregation->count);
	if (aggregation->limit)
		vdev_writer_u32(writer, VDEV_A_AGGREGATION_LIMIT, aggregation->limit);
	vdev_writer_uint(writer, VDEV_A_AGGREGATION_TOTAL, total);
	put_rule(writer, VDEV_A_AGGREGATION_RULE, aggregation->rule, VDEV_RULE_EQUAL);
	if (aggregation->resplit)
		vdev_writer_put(writer, VDEV_A_AGGREGATION_RESPLIT, NULL, 0);
	vdev_writer_end(writer, nest);
}

void vdev_encode_record(struct writer *writer, unsigned int type,
			const struct vdev_record *record)
{
	uint32_t type_rule = record->type.num_accept ? VDEV_RULE_ONE_OF : VDEV_RULE_EQUAL;
	size_t nest = vdev_writer_begin(writer, type);
	unsigned int i;

	put_ident(writer, VDEV_A_RECORD_DEVICE_API, &record->device_api, VDEV_RULE_EQUAL);
	put_ident(writer, VDEV_A_RECORD_MODEL, &record->model, VDEV_RULE_ONE_OF);
	put_ident(writer, VDEV_A_RECORD_TYPE, &record->type, type_rule);
	put_software_version(writer, record->software_version);
	put_versions(writer, record);
	for (i = 0; i < record->num_features; i++)
		put_feature(writer, &record->features[i]);
	for (i = 0; i < record->num_params; i++)
		put_param(writer, &record->params[i]);
	put_aggregation(writer, &record->aggregation);
	vdev_writer_end(writer, nest);
}

void vdev_encode_blocker(struct writer *writer, unsigned int type,
			 const struct vdev_blocker *blocker)
{
	size_t nest = vdev_writer_begin(writer, type);

	vdev_writer_string(writer, VDEV_A_BLOCKER_NAME, blocker->name);
	vdev_writer_string(writer, VDEV_A_BLOCKER_REASON, blocker->reason);
	vdev_writer_u32(writer, VDEV_A_BLOCKER_FLAGS, blocker->flags);
	vdev_writer_end(writer, nest);
}

void vdev_encode_finding(struct writer *writer, unsigned int type,
			 const struct vdev_finding *finding)
{
	size_t nest = vdev_writer_begin(writer, type);

	vdev_writer_u32(writer, VDEV_A_FINDING_FIELD, finding->field);
	vdev_encode_string(writer, VDEV_A_FINDING_NAME, finding->name);
	if (finding->rule)
		vdev_writer_u32(writer, VDEV_A_FINDING_RULE, finding->rule);
	vdev_writer_u32(writer, VDEV_A_FINDING_RESULT, finding->result);
	vdev_writer_u32(writer, VDEV_A_FINDING_CODE, finding->code);
	vdev_encode_value(writer, VDEV_A_FINDING_SOURCE, &finding->source);
	vdev_encode_value(writer, VDEV_A_FINDING_TARGET, &finding->target);
	vdev_encode_bitmap(writer, VDEV_A_FINDING_MISSING, &finding->missing);
	vdev_encode_bitmap(writer, VDEV_A_FINDING_UNMET, &finding->unmet);
	vdev_encode_string(writer, VDEV_A_FINDING_REASON, finding->reason);
	vdev_writer_end(writer, nest);
}

void vdev_encode_rank(struct writer *writer, unsigned int type, const struct vdev_rank *rank)
{
	size_t nest = vdev_writer_begin(writer, type);

	vdev_writer_u32(writer, VDEV_A_RANK_PREFERENCE, rank->preference);
	if (rank->same_version)
		vdev_writer_put(writer, VDEV_A_RANK_SAME_VERSION, NULL, 0);
	vdev_writer_u32(writer, VDEV_A_RANK_BUGFIX, rank->bugfix);
	vdev_writer_u32(writer, VDEV_A_RANK_SURPLUS, rank->surplus);
	vdev_writer_end(writer, nest);
}
