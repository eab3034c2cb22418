// SPDX-License-Identifier: GPL-2.0
/*
 * A record from attributes that have the form of their policy: the opposite of
 * encode_record.c. What a policy cannot say is rejected here, if it is about what
 * is there; what the values may be is left to record.c. No locks.
 */
#include <linux/string.h>
#include <net/netlink.h>

#include "compat.h"
#include "parse_param.h"
#include "parse_record.h"
#include "parsed.h"

static int parse_accepted(struct vdev_parsed *parsed, const struct nlattr *nest,
			  struct vdev_ident *ident)
{
	const struct nlattr *attr;
	const char **entry;
	int rest;

	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) != VDEV_A_IDENT_ACCEPT)
			continue;
		entry = vdev_take_one(parsed, const char *);
		if (!entry)
			return -ENOMEM;
		*entry = nla_data(attr);
		if (!ident->num_accept++)
			ident->accept = entry;
	}
	return 0;
}

static int parse_ident(struct vdev_parsed *parsed, const struct nlattr *nest,
		       struct vdev_ident *ident, struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_IDENT_MAX + 1];

	nla_parse_nested_deprecated(attrs, VDEV_A_IDENT_MAX, nest, NULL, NULL);
	if (!parsed->partial &&
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_IDENT_VALUE))
		return -EINVAL;
	*ident = (struct vdev_ident) {
		.rule = vdev_u32_or_0(attrs[VDEV_A_IDENT_RULE]),
	};
	if (attrs[VDEV_A_IDENT_VALUE])
		ident->value = nla_data(attrs[VDEV_A_IDENT_VALUE]);
	return parse_accepted(parsed, nest, ident);
}

static int parse_semver(const struct nlattr *nest, struct vdev_semver *version,
			struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_SEMVER_MAX + 1];

	nla_parse_nested_deprecated(attrs, VDEV_A_SEMVER_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_SEMVER_MAJOR) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_SEMVER_MINOR) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_SEMVER_BUGFIX))
		return -EINVAL;
	version->major = nla_get_u32(attrs[VDEV_A_SEMVER_MAJOR]);
	version->minor = nla_get_u32(attrs[VDEV_A_SEMVER_MINOR]);
	version->bugfix = nla_get_u32(attrs[VDEV_A_SEMVER_BUGFIX]);
	return 0;
}

static int parse_range(const struct nlattr *nest,
		       struct vdev_semver_range *range,
		       struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_SEMVER_RANGE_MAX + 1];
	const struct nlattr *to;
	int err;

	nla_parse_nested_deprecated(attrs, VDEV_A_SEMVER_RANGE_MAX, nest, NULL,
				    NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_SEMVER_RANGE_FROM))
		return -EINVAL;
	*range = (struct vdev_semver_range) { };
	err = parse_semver(attrs[VDEV_A_SEMVER_RANGE_FROM], &range->from,
			   extack);
	to = attrs[VDEV_A_SEMVER_RANGE_TO];
	range->open = !to;
	return err || !to ? err : parse_semver(to, &range->to, extack);
}

static int parse_ranges(struct vdev_parsed *parsed, const struct nlattr *nest,
			struct vdev_software_version *version,
			struct netlink_ext_ack *extack)
{
	struct vdev_semver_range range, *entry;
	const struct nlattr *attr;
	int rest, err;

	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) != VDEV_A_SOFTWARE_VERSION_ACCEPT)
			continue;
		err = parse_range(attr, &range, extack);
		if (err)
			return err;
		entry = vdev_take_one(parsed, struct vdev_semver_range);
		if (!entry)
			return -ENOMEM;
		*entry = range;
		if (!version->num_accept++)
			version->accept = entry;
	}
	return 0;
}

static int parse_software_version(struct vdev_parsed *parsed,
				  const struct nlattr *nest,
				  struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_SOFTWARE_VERSION_MAX + 1];
	struct vdev_software_version *version = &parsed->software_version;
	int err;

	nla_parse_nested_deprecated(attrs, VDEV_A_SOFTWARE_VERSION_MAX, nest,
				    NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs,
			      VDEV_A_SOFTWARE_VERSION_VALUE))
		return -EINVAL;
	*version = (struct vdev_software_version) {
		.rule = vdev_u32_or_0(attrs[VDEV_A_SOFTWARE_VERSION_RULE]),
	};
	parsed->record.software_version = version;
	err = parse_semver(attrs[VDEV_A_SOFTWARE_VERSION_VALUE],
			   &version->value, extack);
	return err ?: parse_ranges(parsed, nest, version, extack);
}

static int parse_version(struct vdev_parsed *parsed, const struct nlattr *nest,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_VERSION_MAX + 1];
	struct vdev_record *record = &parsed->record;
	struct vdev_version *version;

	nla_parse_nested_deprecated(attrs, VDEV_A_VERSION_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_VERSION_NAME))
		return -EINVAL;
	version = vdev_take_one(parsed, struct vdev_version);
	if (!version)
		return -ENOMEM;
	version->name = nla_data(attrs[VDEV_A_VERSION_NAME]);
	version->flags = vdev_u32_or_0(attrs[VDEV_A_VERSION_FLAGS]);
	if (!record->num_versions++)
		record->versions = version;
	return 0;
}

static int parse_versions(struct vdev_parsed *parsed, const struct nlattr *nest,
			  struct netlink_ext_ack *extack)
{
	struct vdev_record *record = &parsed->record;
	const struct nlattr *attr;
	int rest, err;

	record->num_versions = 0;
	record->versions_rule = 0;
	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) == VDEV_A_VERSIONS_RULE)
			record->versions_rule = nla_get_u32(attr);
		if (nla_type(attr) != VDEV_A_VERSIONS_ENTRY)
			continue;
		err = parse_version(parsed, attr, extack);
		if (err)
			return err;
	}
	return 0;
}

/**
 * vdev_parse_bitmap() - read a bitmap
 * @parsed: where there is room for its words
 * @attr: the bitmap; NULL for none
 * @bitmap: where to put it; not changed if there is none
 * @extack: where an error is reported; NULL where there can be none
 *
 * In a message the bytes are little-endian, and aligned to 4.
 *
 * Return: 0; -EINVAL if it has a part of a word, -ENOMEM, which would be a bug.
 */
int vdev_parse_bitmap(struct vdev_parsed *parsed, const struct nlattr *attr,
		      struct vdev_bitmap *bitmap, struct netlink_ext_ack *extack)
{
	unsigned int i;
	u64 *words;
	__le64 word;

	if (!attr)
		return 0;
	if (nla_len(attr) % sizeof(u64)) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "a bitmap is of words of 8 bytes");
		return -EINVAL;
	}
	words = vdev_take(parsed, nla_len(attr), __alignof__(u64));
	if (!words)
		return -ENOMEM;
	bitmap->words = words;
	bitmap->num_words = nla_len(attr) / sizeof(word);
	for (i = 0; i < bitmap->num_words; i++) {
		memcpy(&word, nla_data(attr) + i * sizeof(word), sizeof(word));
		words[i] = le64_to_cpu(word);
	}
	return 0;
}

static int parse_feature(struct vdev_parsed *parsed, const struct nlattr *nest,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_FEATURE_MAX + 1];
	struct vdev_feature *feature;

	nla_parse_nested_deprecated(attrs, VDEV_A_FEATURE_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_FEATURE_NAME))
		return -EINVAL;
	if (parsed->record.num_features == parsed->max_features)
		return 0;
	feature = &parsed->features[parsed->record.num_features++];
	*feature = (struct vdev_feature) {
		.name = nla_data(attrs[VDEV_A_FEATURE_NAME]),
		.rule = vdev_u32_or_0(attrs[VDEV_A_FEATURE_RULE]),
	};
	return vdev_parse_bitmap(parsed, attrs[VDEV_A_FEATURE_SUPPORTED],
				 &feature->supported, extack) ?:
	       vdev_parse_bitmap(parsed, attrs[VDEV_A_FEATURE_PROVISIONED],
				 &feature->provisioned, extack) ?:
	       vdev_parse_bitmap(parsed, attrs[VDEV_A_FEATURE_REQUIRED],
				 &feature->required, extack) ?:
	       vdev_parse_bitmap(parsed, attrs[VDEV_A_FEATURE_NEGOTIATED],
				 &feature->negotiated, extack);
}

static int parse_aggregation(const struct nlattr *nest,
			     struct vdev_aggregation *aggregation,
			     struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_AGGREGATION_MAX + 1];
	const struct nlattr *total;

	nla_parse_nested_deprecated(attrs, VDEV_A_AGGREGATION_MAX, nest, NULL,
				    NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_AGGREGATION_BASE) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_AGGREGATION_UNITS) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_AGGREGATION_COUNT))
		return -EINVAL;
	*aggregation = (struct vdev_aggregation) {
		.base = nla_data(attrs[VDEV_A_AGGREGATION_BASE]),
		.units = nla_get_u32(attrs[VDEV_A_AGGREGATION_UNITS]),
		.count = nla_get_u32(attrs[VDEV_A_AGGREGATION_COUNT]),
		.limit = vdev_u32_or_0(attrs[VDEV_A_AGGREGATION_LIMIT]),
		.rule = vdev_u32_or_0(attrs[VDEV_A_AGGREGATION_RULE]),
		.resplit = attrs[VDEV_A_AGGREGATION_RESPLIT],
	};
	total = attrs[VDEV_A_AGGREGATION_TOTAL];
	if (total && vdev_compat_get_uint(total) !=
	    (u64)aggregation->units * aggregation->count) {
		NL_SET_ERR_MSG_ATTR(extack, total,
				    "total is not units times count");
		return -EINVAL;
	}
	return 0;
}

static int parse_part(struct vdev_parsed *parsed, const struct nlattr *attr,
		      struct netlink_ext_ack *extack)
{
	struct vdev_record *record = &parsed->record;

	switch (nla_type(attr)) {
	case VDEV_A_RECORD_DEVICE_API:
		return parse_ident(parsed, attr, &record->device_api, extack);
	case VDEV_A_RECORD_MODEL:
		return parse_ident(parsed, attr, &record->model, extack);
	case VDEV_A_RECORD_TYPE:
		return parse_ident(parsed, attr, &record->type, extack);
	case VDEV_A_RECORD_SOFTWARE_VERSION:
		return parse_software_version(parsed, attr, extack);
	case VDEV_A_RECORD_VERSIONS:
		return parse_versions(parsed, attr, extack);
	case VDEV_A_RECORD_FEATURE:
		return parse_feature(parsed, attr, extack);
	case VDEV_A_RECORD_PARAM:
		return vdev_parse_param(parsed, attr, extack);
	case VDEV_A_RECORD_AGGREGATION:
		return parse_aggregation(attr, &record->aggregation, extack);
	default:
		return 0;
	}
}

/**
 * vdev_parse_record() - read a record
 * @parsed: where to put it
 * @nest: the record, which has the form of its policy
 * @extack: where an error is reported; NULL where there can be none
 *
 * Return: 0, or -EINVAL if something is missing, or is one thing and another.
 */
int vdev_parse_record(struct vdev_parsed *parsed, const struct nlattr *nest,
		      struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rest, err;

	parsed->record = (struct vdev_record) {
		.features = parsed->features,
		.params = parsed->params,
	};
	nla_for_each_nested(attr, nest, rest) {
		err = parse_part(parsed, attr, extack);
		if (err)
			return err;
	}
	return 0;
}
