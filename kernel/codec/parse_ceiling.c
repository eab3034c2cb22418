// SPDX-License-Identifier: GPL-2.0
/*
 * A ceiling from attributes that have the form of their policy. What the values may be
 * is left to model/ceiling_check.c. No locks.
 */
#include <net/netlink.h>

#include "compat.h"
#include "parse_bitmap.h"
#include "parse_ceiling.h"
#include "parsed.h"

static int parse_limited_feature(struct vdev_parsed *parsed, const struct nlattr *nest,
				 struct vdev_ceiling_feature *feature,
				 struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_CEILING_FEATURE_MAX + 1];

	nla_parse_nested_deprecated(attrs, VDEV_A_CEILING_FEATURE_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_FEATURE_NAME) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_FEATURE_MASK))
		return -EINVAL;
	*feature = (struct vdev_ceiling_feature) {
		.name = nla_data(attrs[VDEV_A_CEILING_FEATURE_NAME]),
	};
	return vdev_parse_bitmap(parsed, attrs[VDEV_A_CEILING_FEATURE_MASK],
				 &feature->mask, extack);
}

static int parse_limited_param(const struct nlattr *nest, struct vdev_ceiling_param *param,
			       struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_CEILING_PARAM_MAX + 1];

	nla_parse_nested_deprecated(attrs, VDEV_A_CEILING_PARAM_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_PARAM_NAME) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_PARAM_LOW) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_PARAM_HIGH))
		return -EINVAL;
	*param = (struct vdev_ceiling_param) {
		.name = nla_data(attrs[VDEV_A_CEILING_PARAM_NAME]),
		.low = vdev_compat_get_uint(attrs[VDEV_A_CEILING_PARAM_LOW]),
		.high = vdev_compat_get_uint(attrs[VDEV_A_CEILING_PARAM_HIGH]),
	};
	return 0;
}

static unsigned int parse_count(const struct nlattr *nest, int type)
{
	const struct nlattr *attr;
	unsigned int num = 0;
	int rest;

	nla_for_each_nested(attr, nest, rest)
		num += nla_type(attr) == type;
	return num;
}

/**
 * vdev_parse_ceiling() - read a ceiling
 * @parsed: where its lists go
 * @nest: the ceiling, which has the form of its policy; its strings are used as they are
 * @ceiling: where to put it
 * @extack: where an error is reported; NULL where there can be none
 *
 * Return: 0, or -EINVAL if something is missing.
 */
int vdev_parse_ceiling(struct vdev_parsed *parsed, const struct nlattr *nest,
		       struct vdev_ceiling *ceiling, struct netlink_ext_ack *extack)
{
	unsigned int num_features = parse_count(nest, VDEV_A_CEILING_FEATURE);
	unsigned int num_params = parse_count(nest, VDEV_A_CEILING_PARAM);
	struct vdev_ceiling_feature *features;
	struct vdev_ceiling_param *params;
	const struct nlattr *attr;
	int rest, err = 0;

	features = vdev_take(parsed, num_features * sizeof(*features), __alignof__(*features));
	params = vdev_take(parsed, num_params * sizeof(*params), __alignof__(*params));
	if (!features || !params)
		return -ENOMEM;
	*ceiling = (struct vdev_ceiling) { .features = features, .params = params };
	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) == VDEV_A_CEILING_MAX_VERSION)
			ceiling->max_version = nla_data(attr);
		else if (nla_type(attr) == VDEV_A_CEILING_FEATURE)
			err = parse_limited_feature(parsed, attr,
						    &features[ceiling->num_features++], extack);
		else if (nla_type(attr) == VDEV_A_CEILING_PARAM)
			err = parse_limited_param(attr, &params[ceiling->num_params++], extack);
		if (err)
			return err;
	}
	return 0;
}
