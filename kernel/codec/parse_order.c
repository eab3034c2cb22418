// SPDX-License-Identifier: GPL-2.0
/*
 * What a request chooses for a device, from attributes that have the form of
 * their policy; order.c validates it. No locks.
 */
#include <net/netlink.h>

#include "model/order.h"
#include "parse.h"
#include "parse_bitmap.h"
#include "parse_param.h"

static int parse_feature_choice(struct vdev_parsed *parsed, const struct nlattr *nest,
				struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_FEATURE_MAX + 1];
	struct vdev_feature *feature;

	nla_parse_nested_deprecated(attrs, VDEV_A_FEATURE_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_FEATURE_NAME) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_FEATURE_PROVISIONED))
		return -EINVAL;
	if (parsed->record.num_features == parsed->max_features)
		return 0;
	feature = &parsed->features[parsed->record.num_features++];
	*feature = (struct vdev_feature) {
		.name = nla_data(attrs[VDEV_A_FEATURE_NAME]),
	};
	return vdev_parse_bitmap(parsed, attrs[VDEV_A_FEATURE_PROVISIONED],
				 &feature->provisioned, extack);
}

static int parse_param_choice(struct vdev_parsed *parsed, const struct nlattr *nest,
			      struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_PARAM_MAX + 1];
	struct vdev_param *param;

	nla_parse_nested_deprecated(attrs, VDEV_A_PARAM_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_PARAM_NAME) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_PARAM_VALUE))
		return -EINVAL;
	if (parsed->record.num_params == parsed->max_params)
		return 0;
	param = &parsed->params[parsed->record.num_params++];
	*param = (struct vdev_param) { .name = nla_data(attrs[VDEV_A_PARAM_NAME]) };
	return vdev_parse_value(attrs[VDEV_A_PARAM_VALUE], &param->value, extack);
}

static int parse_choice(struct vdev_parsed *parsed, const struct nlattr *attr,
			struct vdev_choices *choices, struct netlink_ext_ack *extack)
{
	switch (nla_type(attr)) {
	case VDEV_A_ORDER_VERSION:
		choices->version = nla_data(attr);
		return 0;
	case VDEV_A_ORDER_FEATURE:
		return parse_feature_choice(parsed, attr, extack);
	case VDEV_A_ORDER_PARAM:
		return parse_param_choice(parsed, attr, extack);
	case VDEV_A_ORDER_COUNT:
		choices->count = nla_get_u32(attr);
		return 0;
	default:
		return 0;
	}
}

/**
 * vdev_parse_order() - read what a request chooses for a device
 * @parsed: where there is room for the lists, of vdev_parsed_new(); nothing else of
 *	it is used
 * @nest: the order; NULL if there is none. Its strings are used as they are.
 * @choices: where to put what is chosen
 * @extack: where an error is reported
 *
 * Return: 0, or -EINVAL if something is missing, or is one thing and another.
 */
int vdev_parse_order(struct vdev_parsed *parsed, const struct nlattr *nest,
		     struct vdev_choices *choices, struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rest, err = 0;

	vdev_parsed_empty(parsed);
	parsed->record = (struct vdev_record) { };
	*choices = (struct vdev_choices) {
		.features = parsed->features,
		.params = parsed->params,
	};
	if (!nest)
		return 0;
	nla_for_each_nested(attr, nest, rest) {
		err = parse_choice(parsed, attr, choices, extack);
		if (err)
			return err;
	}
	choices->num_features = parsed->record.num_features;
	choices->num_params = parsed->record.num_params;
	return 0;
}

/**
 * vdev_parse_blame_order() - point at what order.c rejects
 * @nest: the order; NULL if there is none
 * @reason: what is to blame, and why
 * @extack: where to report it
 */
void vdev_parse_blame_order(const struct nlattr *nest, const struct vdev_reason *reason,
			    struct netlink_ext_ack *extack)
{
	const struct nlattr *attr, *blamed = nest;
	unsigned int index = reason->index;
	int rest;

	if (nest && reason->attr) {
		nla_for_each_nested(attr, nest, rest) {
			if (nla_type(attr) != reason->attr || index--)
				continue;
			blamed = attr;
			break;
		}
	}
	NL_SET_BAD_ATTR(extack, blamed);
	vdev_parse_explain(extack, reason);
}
