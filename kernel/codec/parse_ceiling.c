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

/* An entry takes room after its required attributes were found: see vdev_take(). */
static int parse_limited_feature(struct vdev_parsed *parsed, const struct nlattr *nest,
				 struct vdev_ceiling *ceiling,
				 struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_CEILING_FEATURE_MAX + 1];
	struct vdev_ceiling_feature *feature;

	nla_parse_nested_deprecated(attrs, VDEV_A_CEILING_FEATURE_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_FEATURE_NAME) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_FEATURE_MASK))
		return -EINVAL;
	feature = vdev_take_one(parsed, struct vdev_ceiling_feature);
	if (!feature)
		return -ENOMEM;
	*feature = (struct vdev_ceiling_feature) {
		.name = nla_data(attrs[VDEV_A_CEILING_FEATURE_NAME]),
	};
	if (!ceiling->num_features++)
		ceiling->features = feature;
	return 0;
}

static int parse_limited_param(struct vdev_parsed *parsed, const struct nlattr *nest,
			       struct vdev_ceiling *ceiling,
			       struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_CEILING_PARAM_MAX + 1];
	struct vdev_ceiling_param *param;

	nla_parse_nested_deprecated(attrs, VDEV_A_CEILING_PARAM_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_PARAM_NAME) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_PARAM_LOW) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_CEILING_PARAM_HIGH))
		return -EINVAL;
	param = vdev_take_one(parsed, struct vdev_ceiling_param);
	if (!param)
		return -ENOMEM;
	*param = (struct vdev_ceiling_param) {
		.name = nla_data(attrs[VDEV_A_CEILING_PARAM_NAME]),
		.low = vdev_compat_get_uint(attrs[VDEV_A_CEILING_PARAM_LOW]),
		.high = vdev_compat_get_uint(attrs[VDEV_A_CEILING_PARAM_HIGH]),
	};
	if (!ceiling->num_params++)
		ceiling->params = param;
	return 0;
}

typedef int (*parse_entry_t)(struct vdev_parsed *parsed, const struct nlattr *nest,
			     struct vdev_ceiling *ceiling, struct netlink_ext_ack *extack);

/* One list at a time, as each is one array. */
static int parse_each(struct vdev_parsed *parsed, const struct nlattr *nest, int type,
		      parse_entry_t parse_entry, struct vdev_ceiling *ceiling,
		      struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rest, err;

	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) != type)
			continue;
		err = parse_entry(parsed, attr, ceiling, extack);
		if (err)
			return err;
	}
	return 0;
}

/* The words of all sets, after all entries; those are in @parsed, and are written here. */
static int parse_masks(struct vdev_parsed *parsed, const struct nlattr *nest,
		       const struct vdev_ceiling *ceiling, struct netlink_ext_ack *extack)
{
	struct vdev_ceiling_feature *feature = (struct vdev_ceiling_feature *)ceiling->features;
	struct nlattr *attrs[VDEV_A_CEILING_FEATURE_MAX + 1];
	const struct nlattr *attr;
	int rest, err;

	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) != VDEV_A_CEILING_FEATURE)
			continue;
		nla_parse_nested_deprecated(attrs, VDEV_A_CEILING_FEATURE_MAX, attr, NULL, NULL);
		err = vdev_parse_bitmap(parsed, attrs[VDEV_A_CEILING_FEATURE_MASK],
					&(feature++)->mask, extack);
		if (err)
			return err;
	}
	return 0;
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
	const struct nlattr *attr;
	int rest, err;

	*ceiling = (struct vdev_ceiling) { };
	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) == VDEV_A_CEILING_MAX_VERSION)
			ceiling->max_version = nla_data(attr);
	}
	err = parse_each(parsed, nest, VDEV_A_CEILING_FEATURE, parse_limited_feature,
			 ceiling, extack) ?:
	      parse_each(parsed, nest, VDEV_A_CEILING_PARAM, parse_limited_param,
			 ceiling, extack);
	return err ?: parse_masks(parsed, nest, ceiling, extack);
}
