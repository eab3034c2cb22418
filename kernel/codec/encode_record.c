// SPDX-License-Identifier: GPL-2.0
/*
 * The compared part of an endpoint as netlink attributes. What is put here
 * has passed the bounds; only the room in the buffer can run out. Pure
 * functions, no locks.
 */
#include <net/netlink.h>

#include "compat.h"
#include "encode.h"

/**
 * vdev_msg_nest_close() - end a nest, or leave nothing behind
 * @skb: buffer that it is in
 * @nest: the nest
 * @err: 0 if everything was put into it
 *
 * Return: 0, or -EMSGSIZE if there was an error.
 */
int vdev_msg_nest_close(struct sk_buff *skb, struct nlattr *nest, int err)
{
	if (err) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int msg_put_ident(struct sk_buff *skb, int attrtype,
			 const struct vdev_ident *ident, u32 default_rule)
{
	struct nlattr *nest;
	unsigned int i;
	int err;

	if (!ident->value)
		return 0;
	nest = nla_nest_start(skb, attrtype);
	if (!nest)
		return -EMSGSIZE;

	err = nla_put_string(skb, VDEV_A_IDENT_VALUE, ident->value) ?:
	      nla_put_u32(skb, VDEV_A_IDENT_RULE,
			  ident->rule ?: default_rule);
	for (i = 0; !err && i < ident->num_accept; i++)
		err = nla_put_string(skb, VDEV_A_IDENT_ACCEPT,
				     ident->accept[i]);
	return vdev_msg_nest_close(skb, nest, err);
}

static int msg_put_semver(struct sk_buff *skb, int attrtype,
			  const struct vdev_semver *version)
{
	struct nlattr *nest = nla_nest_start(skb, attrtype);
	int err;

	if (!nest)
		return -EMSGSIZE;
	err = nla_put_u32(skb, VDEV_A_SEMVER_MAJOR, version->major) ?:
	      nla_put_u32(skb, VDEV_A_SEMVER_MINOR, version->minor) ?:
	      nla_put_u32(skb, VDEV_A_SEMVER_BUGFIX, version->bugfix);
	return vdev_msg_nest_close(skb, nest, err);
}

static int msg_put_semver_range(struct sk_buff *skb,
				const struct vdev_semver_range *range)
{
	struct nlattr *nest;
	int err;

	nest = nla_nest_start(skb, VDEV_A_SOFTWARE_VERSION_ACCEPT);
	if (!nest)
		return -EMSGSIZE;
	err = msg_put_semver(skb, VDEV_A_SEMVER_RANGE_FROM, &range->from);
	if (!err && !range->open)
		err = msg_put_semver(skb, VDEV_A_SEMVER_RANGE_TO, &range->to);
	return vdev_msg_nest_close(skb, nest, err);
}

static int msg_put_software_version(struct sk_buff *skb,
				    const struct vdev_software_version *version)
{
	struct nlattr *nest;
	unsigned int i;
	int err;

	if (!version)
		return 0;
	nest = nla_nest_start(skb, VDEV_A_RECORD_SOFTWARE_VERSION);
	if (!nest)
		return -EMSGSIZE;

	err = msg_put_semver(skb, VDEV_A_SOFTWARE_VERSION_VALUE,
			     &version->value) ?:
	      nla_put_u32(skb, VDEV_A_SOFTWARE_VERSION_RULE,
			  version->rule ?: VDEV_RULE_SEMVER);
	for (i = 0; !err && i < version->num_accept; i++)
		err = msg_put_semver_range(skb, &version->accept[i]);
	return vdev_msg_nest_close(skb, nest, err);
}

static int msg_put_version(struct sk_buff *skb, const struct vdev_version *version)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_VERSIONS_ENTRY);
	int err;

	if (!nest)
		return -EMSGSIZE;
	err = nla_put_string(skb, VDEV_A_VERSION_NAME, version->name) ?:
	      nla_put_u32(skb, VDEV_A_VERSION_FLAGS, version->flags);
	return vdev_msg_nest_close(skb, nest, err);
}

static int msg_put_versions(struct sk_buff *skb, const struct vdev_record *record)
{
	struct nlattr *nest;
	unsigned int i;
	int err;

	if (!record->num_versions)
		return 0;
	nest = nla_nest_start(skb, VDEV_A_RECORD_VERSIONS);
	if (!nest)
		return -EMSGSIZE;

	err = nla_put_u32(skb, VDEV_A_VERSIONS_RULE,
			  record->versions_rule ?: VDEV_RULE_ONE_OF);
	for (i = 0; !err && i < record->num_versions; i++)
		err = msg_put_version(skb, &record->versions[i]);
	return vdev_msg_nest_close(skb, nest, err);
}

/**
 * vdev_msg_put_bitmap() - put a bitmap
 * @skb: buffer to put it in
 * @attrtype: attribute that holds the bitmap
 * @bitmap: the bitmap; nothing is put if it is unknown
 *
 * Bit n is bit n % 8 of byte n / 8, whatever the byte order of the host.
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_bitmap(struct sk_buff *skb, int attrtype,
			const struct vdev_bitmap *bitmap)
{
	struct nlattr *attr;
	unsigned int i;
	__le64 word;

	if (!bitmap->words)
		return 0;
	attr = nla_reserve(skb, attrtype, bitmap->num_words * sizeof(word));
	if (!attr)
		return -EMSGSIZE;
	for (i = 0; i < bitmap->num_words; i++) {
		word = cpu_to_le64(bitmap->words[i]);
		memcpy(nla_data(attr) + i * sizeof(word), &word, sizeof(word));
	}
	return 0;
}

static int msg_put_feature(struct sk_buff *skb, const struct vdev_feature *feature)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_RECORD_FEATURE);
	int err;

	if (!nest)
		return -EMSGSIZE;
	err = nla_put_string(skb, VDEV_A_FEATURE_NAME, feature->name) ?:
	      nla_put_u32(skb, VDEV_A_FEATURE_RULE,
			  feature->rule ?: VDEV_RULE_SUBSET) ?:
	      vdev_msg_put_bitmap(skb, VDEV_A_FEATURE_SUPPORTED,
				  &feature->supported) ?:
	      vdev_msg_put_bitmap(skb, VDEV_A_FEATURE_PROVISIONED,
				  &feature->provisioned) ?:
	      vdev_msg_put_bitmap(skb, VDEV_A_FEATURE_REQUIRED,
				  &feature->required) ?:
	      vdev_msg_put_bitmap(skb, VDEV_A_FEATURE_NEGOTIATED,
				  &feature->negotiated);
	return vdev_msg_nest_close(skb, nest, err);
}

/**
 * vdev_msg_put_value() - put one value
 * @skb: buffer to put it in
 * @attrtype: attribute that holds the value
 * @value: the value; nothing is put if there is none
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_value(struct sk_buff *skb, int attrtype,
		       const struct vdev_value *value)
{
	struct nlattr *nest;
	int err;

	if (!value->type)
		return 0;
	nest = nla_nest_start(skb, attrtype);
	if (!nest)
		return -EMSGSIZE;

	if (value->type == VDEV_VALUE_TYPE_U64)
		err = vdev_compat_put_uint(skb, VDEV_A_VALUE_U64, value->u64);
	else if (value->type == VDEV_VALUE_TYPE_STRING)
		err = nla_put_string(skb, VDEV_A_VALUE_STRING, value->string);
	else
		err = nla_put_u32(skb, VDEV_A_VALUE_BOOL, value->boolean);
	return vdev_msg_nest_close(skb, nest, err);
}

static int msg_put_allowed(struct sk_buff *skb, u32 type,
			   const struct vdev_allowed *allowed)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_PARAM_ALLOWED);
	int err;

	if (!nest)
		return -EMSGSIZE;
	if (type == VDEV_VALUE_TYPE_STRING)
		err = nla_put_string(skb, VDEV_A_ALLOWED_STRING,
				     allowed->string);
	else
		err = vdev_compat_put_uint(skb, VDEV_A_ALLOWED_LOW,
					   allowed->low) ?:
		      vdev_compat_put_uint(skb, VDEV_A_ALLOWED_HIGH,
					   allowed->high);
	return vdev_msg_nest_close(skb, nest, err);
}

static int msg_put_param(struct sk_buff *skb, const struct vdev_param *param)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_RECORD_PARAM);
	unsigned int i;
	int err;

	if (!nest)
		return -EMSGSIZE;
	err = nla_put_string(skb, VDEV_A_PARAM_NAME, param->name) ?:
	      nla_put_u32(skb, VDEV_A_PARAM_VALUE_TYPE, param->type) ?:
	      nla_put_u32(skb, VDEV_A_PARAM_RULE,
			  param->rule ?: VDEV_RULE_EQUAL) ?:
	      nla_put_u32(skb, VDEV_A_PARAM_FLAGS, param->flags) ?:
	      nla_put_u32(skb, VDEV_A_PARAM_ORIGIN,
			  param->origin ?: VDEV_ORIGIN_DEFAULT) ?:
	      vdev_msg_put_value(skb, VDEV_A_PARAM_VALUE, &param->value) ?:
	      vdev_msg_put_value(skb, VDEV_A_PARAM_OFF_VALUE, &param->off);
	for (i = 0; !err && i < param->num_allowed; i++)
		err = msg_put_allowed(skb, param->type, &param->allowed[i]);
	return vdev_msg_nest_close(skb, nest, err);
}

static int msg_put_aggregation(struct sk_buff *skb,
			       const struct vdev_aggregation *aggregation)
{
	u64 total = (u64)aggregation->units * aggregation->count;
	struct nlattr *nest;
	int err;

	if (!aggregation->base)
		return 0;
	nest = nla_nest_start(skb, VDEV_A_RECORD_AGGREGATION);
	if (!nest)
		return -EMSGSIZE;

	err = nla_put_string(skb, VDEV_A_AGGREGATION_BASE,
			     aggregation->base) ?:
	      nla_put_u32(skb, VDEV_A_AGGREGATION_UNITS,
			  aggregation->units) ?:
	      nla_put_u32(skb, VDEV_A_AGGREGATION_COUNT,
			  aggregation->count);
	if (!err && aggregation->limit)
		err = nla_put_u32(skb, VDEV_A_AGGREGATION_LIMIT,
				  aggregation->limit);
	if (!err)
		err = vdev_compat_put_uint(skb, VDEV_A_AGGREGATION_TOTAL,
					   total) ?:
		      nla_put_u32(skb, VDEV_A_AGGREGATION_RULE,
				  aggregation->rule ?: VDEV_RULE_EQUAL);
	if (!err && aggregation->resplit)
		err = nla_put_flag(skb, VDEV_A_AGGREGATION_RESPLIT);
	return vdev_msg_nest_close(skb, nest, err);
}

static int msg_put_lists(struct sk_buff *skb, const struct vdev_record *record)
{
	unsigned int i;
	int err;

	for (i = 0; i < record->num_features; i++) {
		err = msg_put_feature(skb, &record->features[i]);
		if (err)
			return err;
	}
	for (i = 0; i < record->num_params; i++) {
		err = msg_put_param(skb, &record->params[i]);
		if (err)
			return err;
	}
	return 0;
}

/**
 * vdev_msg_put_record() - put the compared part of an endpoint
 * @skb: buffer to put it in
 * @record: the record, within its bounds
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_record(struct sk_buff *skb, const struct vdev_record *record)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_RECORD);
	u32 type_rule;
	int err;

	if (!nest)
		return -EMSGSIZE;
	type_rule = record->type.num_accept ? VDEV_RULE_ONE_OF :
					      VDEV_RULE_EQUAL;
	err = msg_put_ident(skb, VDEV_A_RECORD_DEVICE_API, &record->device_api,
			    VDEV_RULE_EQUAL) ?:
	      msg_put_ident(skb, VDEV_A_RECORD_MODEL, &record->model,
			    VDEV_RULE_ONE_OF) ?:
	      msg_put_ident(skb, VDEV_A_RECORD_TYPE, &record->type, type_rule) ?:
	      msg_put_software_version(skb, record->software_version) ?:
	      msg_put_versions(skb, record) ?:
	      msg_put_lists(skb, record) ?:
	      msg_put_aggregation(skb, &record->aggregation);
	return vdev_msg_nest_close(skb, nest, err);
}
