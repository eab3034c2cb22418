// SPDX-License-Identifier: GPL-2.0
/*
 * A parameter of a record from attributes that have the form of their policy:
 * its values, and what it allows. No locks.
 */
#include <linux/string.h>
#include <net/netlink.h>

#include "compat.h"
#include "model/skew.h"
#include "model/words.h"
#include "parse_param.h"
#include "parsed.h"

/* A newer version has one more form, which unknown.c reports. */
static bool is_unknown(const struct nlattr *nest, struct nlattr **attrs,
		       int max)
{
	int type;

	for (type = 1; type <= max; type++) {
		if (attrs[type])
			return false;
	}
	return nla_len(nest) > 0;
}

/**
 * vdev_parse_value() - read a value
 * @nest: the value, which has the form of its policy; NULL for none
 * @value: where to put it; not changed if there is none, or one of a form that is
 *	not known
 * @extack: where an error is reported; NULL where there can be none
 *
 * Return: 0, or -EINVAL if it is one thing and another.
 */
int vdev_parse_value(const struct nlattr *nest, struct vdev_value *value,
		     struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_VALUE_MAX + 1];

	if (!nest)
		return 0;
	nla_parse_nested_deprecated(attrs, VDEV_A_VALUE_MAX, nest, NULL, NULL);
	if (is_unknown(nest, attrs, VDEV_A_VALUE_MAX))
		return 0;
	if (!!attrs[VDEV_A_VALUE_U64] + !!attrs[VDEV_A_VALUE_STRING] +
	    !!attrs[VDEV_A_VALUE_BOOL] != 1) {
		NL_SET_ERR_MSG_ATTR(extack, nest,
				    "a value is one of u64, string and bool");
		return -EINVAL;
	}
	if (attrs[VDEV_A_VALUE_U64]) {
		value->type = VDEV_VALUE_TYPE_U64;
		value->u64 = vdev_compat_get_uint(attrs[VDEV_A_VALUE_U64]);
	} else if (attrs[VDEV_A_VALUE_STRING]) {
		value->type = VDEV_VALUE_TYPE_STRING;
		value->string = nla_data(attrs[VDEV_A_VALUE_STRING]);
	} else {
		value->type = VDEV_VALUE_TYPE_BOOL;
		value->boolean = nla_get_u32(attrs[VDEV_A_VALUE_BOOL]);
	}
	return 0;
}

/* Of a list of which an entry is not known none is used, see skew.c. */
static const struct vdev_allowed allowed_unknown = {
	.low = VDEV_ALLOWED_UNKNOWN,
};

static int parse_allowed_string(struct nlattr **attrs,
				const struct nlattr *nest,
				struct vdev_allowed *allowed,
				struct netlink_ext_ack *extack)
{
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_ALLOWED_STRING))
		return -EINVAL;
	if (attrs[VDEV_A_ALLOWED_LOW] || attrs[VDEV_A_ALLOWED_HIGH]) {
		NL_SET_ERR_MSG_ATTR(extack, nest,
				    "a number is allowed for a string");
		return -EINVAL;
	}
	*allowed = (struct vdev_allowed) {
		.string = nla_data(attrs[VDEV_A_ALLOWED_STRING]),
	};
	return 0;
}

static int parse_allowed_number(struct nlattr **attrs,
				const struct nlattr *nest,
				struct vdev_allowed *allowed,
				struct netlink_ext_ack *extack)
{
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_ALLOWED_LOW) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_ALLOWED_HIGH))
		return -EINVAL;
	if (attrs[VDEV_A_ALLOWED_STRING]) {
		NL_SET_ERR_MSG_ATTR(extack, nest,
				    "a string is allowed for a number");
		return -EINVAL;
	}
	*allowed = (struct vdev_allowed) {
		.low = vdev_compat_get_uint(attrs[VDEV_A_ALLOWED_LOW]),
		.high = vdev_compat_get_uint(attrs[VDEV_A_ALLOWED_HIGH]),
	};
	return 0;
}

static int parse_allowed(struct vdev_parsed *parsed, const struct nlattr *nest,
			 struct vdev_param *param,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_ALLOWED_MAX + 1];
	struct vdev_allowed allowed, *entry;
	int err;

	nla_parse_nested_deprecated(attrs, VDEV_A_ALLOWED_MAX, nest, NULL, NULL);
	if (param->type > VDEV_VALUE_TYPE_MAX ||
	    is_unknown(nest, attrs, VDEV_A_ALLOWED_MAX)) {
		param->allowed = &allowed_unknown;
		param->num_allowed = 1;
	}
	if (param->allowed == &allowed_unknown)
		return 0;
	if (param->type == VDEV_VALUE_TYPE_STRING)
		err = parse_allowed_string(attrs, nest, &allowed, extack);
	else
		err = parse_allowed_number(attrs, nest, &allowed, extack);
	if (err)
		return err;
	entry = vdev_take_one(parsed, struct vdev_allowed);
	if (!entry)
		return -ENOMEM;
	*entry = allowed;
	if (!param->num_allowed++)
		param->allowed = entry;
	return 0;
}

static int parse_allowed_list(struct vdev_parsed *parsed,
			      const struct nlattr *nest,
			      struct vdev_param *param,
			      struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rest, err;

	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) != VDEV_A_PARAM_ALLOWED)
			continue;
		err = parse_allowed(parsed, attr, param, extack);
		if (err)
			return err;
	}
	return 0;
}

/**
 * vdev_parse_value_of() - read the value of one parameter
 * @record: a record that the core has made
 * @name: name of the parameter
 * @value: where to put it; not changed if there is none
 */
void vdev_parse_value_of(const struct nlattr *record, const char *name,
			 struct vdev_value *value)
{
	const struct nlattr *attr, *found;
	int rest;

	nla_for_each_nested(attr, record, rest) {
		if (nla_type(attr) != VDEV_A_RECORD_PARAM)
			continue;
		found = nla_find_nested(attr, VDEV_A_PARAM_NAME);
		if (!found || strcmp(nla_data(found), name))
			continue;
		vdev_parse_value(nla_find_nested(attr, VDEV_A_PARAM_VALUE), value, NULL);
		return;
	}
}

/**
 * vdev_parse_param() - read a parameter
 * @parsed: the record that it is added to
 * @nest: the parameter, which has the form of its policy
 * @extack: where an error is reported; NULL where there can be none
 *
 * Return: 0, or -EINVAL if something is missing, or is one thing and another.
 */
int vdev_parse_param(struct vdev_parsed *parsed, const struct nlattr *nest,
		     struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_PARAM_MAX + 1];
	struct vdev_param *param;

	nla_parse_nested_deprecated(attrs, VDEV_A_PARAM_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_PARAM_NAME) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_PARAM_VALUE_TYPE))
		return -EINVAL;
	if (parsed->record.num_params == parsed->max_params)
		return 0;
	param = &parsed->params[parsed->record.num_params++];
	*param = (struct vdev_param) {
		.name = nla_data(attrs[VDEV_A_PARAM_NAME]),
		.type = nla_get_u32(attrs[VDEV_A_PARAM_VALUE_TYPE]),
		.rule = vdev_u32_or_0(attrs[VDEV_A_PARAM_RULE]),
		.flags = vdev_u32_or_0(attrs[VDEV_A_PARAM_FLAGS]),
		.origin = vdev_u32_or_0(attrs[VDEV_A_PARAM_ORIGIN]),
	};
	return vdev_parse_value(attrs[VDEV_A_PARAM_VALUE], &param->value, extack) ?:
	       vdev_parse_value(attrs[VDEV_A_PARAM_OFF_VALUE], &param->off,
				extack) ?:
	       parse_allowed_list(parsed, nest, param, extack);
}
