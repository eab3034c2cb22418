// SPDX-License-Identifier: GPL-2.0
/*
 * The filter of a dump: parsed once when the dump starts, then compared with
 * each endpoint. Its strings stay in the request, which netlink keeps until the
 * dump is done.
 */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/netlink.h>

#include "compat.h"
#include "core/core.h"
#include "netlink.h"
#include "policy.h"

/**
 * struct vdev_filter - what endpoints of a dump have to match
 * @all: each of them does
 * @attrs: the conditions
 */
struct vdev_filter {
	bool all;
	struct nlattr *attrs[VDEV_A_FILTER_MAX + 1];
};

/* The verdict is no condition of an endpoint. */
static bool filter_is_empty(const struct vdev_filter *filter)
{
	int type;

	for (type = 1; type <= VDEV_A_FILTER_MAX; type++) {
		if (filter->attrs[type] && type != VDEV_A_FILTER_AT_LEAST)
			return false;
	}
	return true;
}

static int filter_parse(struct vdev_filter *filter, const struct nlattr *nest,
			struct netlink_ext_ack *extack)
{
	int err;

	err = nla_parse_nested(filter->attrs, VDEV_A_FILTER_MAX, nest,
			       vdev_nl_filter_policy, extack);
	if (err)
		return err;
	return vdev_nl_generation_check(nest, filter->attrs,
					VDEV_A_FILTER_SINCE,
					VDEV_A_FILTER_INSTANCE, extack);
}

/**
 * vdev_filter_new() - parse a filter
 * @attr: the attribute, or NULL for a filter that lets everything pass
 * @extack: where an error is reported
 *
 * Context: Process context. May sleep.
 * Return: the filter, to be freed with kfree(); or an ERR_PTR: -EINVAL,
 * -ESTALE if it is about a generation to come, -ENOMEM.
 */
struct vdev_filter *vdev_filter_new(const struct nlattr *attr,
				    struct netlink_ext_ack *extack)
{
	struct vdev_filter *filter;
	int err;

	filter = kzalloc(sizeof(*filter), GFP_KERNEL_ACCOUNT);
	if (!filter)
		return ERR_PTR(-ENOMEM);
	err = attr ? filter_parse(filter, attr, extack) : 0;
	if (err) {
		kfree(filter);
		return ERR_PTR(err);
	}
	filter->all = filter_is_empty(filter);
	return filter;
}

/**
 * vdev_filter_at_least() - which verdicts are wanted?
 * @filter: the filter
 *
 * Return: the worst of them, enum vdev_verdict; 0 if any will do.
 */
u32 vdev_filter_at_least(const struct vdev_filter *filter)
{
	const struct nlattr *attr = filter->attrs[VDEV_A_FILTER_AT_LEAST];

	return attr ? nla_get_u32(attr) : 0;
}

/* An absent condition matches; an absent string matches nothing. */
static bool filter_matches(const struct nlattr *wanted, const char *have)
{
	return !wanted || (have && !strcmp(nla_data(wanted), have));
}

static const char *ident_value(const struct nlattr *record, int attrtype)
{
	const struct nlattr *ident, *value = NULL;

	ident = nla_find(nla_data(record), nla_len(record), attrtype);
	if (ident)
		value = nla_find(nla_data(ident), nla_len(ident),
				 VDEV_A_IDENT_VALUE);
	return value ? nla_data(value) : NULL;
}

static bool filter_matches_record(struct nlattr *const *attrs,
				  const struct vdev_blob *blob)
{
	const struct nlattr *record;

	if (!attrs[VDEV_A_FILTER_TYPE] && !attrs[VDEV_A_FILTER_MODEL] &&
	    !attrs[VDEV_A_FILTER_DEVICE_API])
		return true;

	record = nla_find((const struct nlattr *)blob->data, blob->len,
			  VDEV_A_RECORD);
	return filter_matches(attrs[VDEV_A_FILTER_TYPE],
			      ident_value(record, VDEV_A_RECORD_TYPE)) &&
	       filter_matches(attrs[VDEV_A_FILTER_MODEL],
			      ident_value(record, VDEV_A_RECORD_MODEL)) &&
	       filter_matches(attrs[VDEV_A_FILTER_DEVICE_API],
			      ident_value(record, VDEV_A_RECORD_DEVICE_API));
}

static bool filter_matches_endpoint(struct nlattr *const *attrs,
				    const struct vdev_view *view)
{
	const struct nlattr *kind = attrs[VDEV_A_FILTER_ENDPOINT];
	const struct nlattr *since = attrs[VDEV_A_FILTER_SINCE];

	return (!kind || view->kind == nla_get_u32(kind)) &&
	       (!since || view->generation > vdev_compat_get_uint(since)) &&
	       (!attrs[VDEV_A_FILTER_MIGRATABLE] || view->blob->migratable);
}

/**
 * vdev_filter_match() - does an endpoint match?
 * @filter: the filter
 * @endpoint: the endpoint
 * @view: what a message would show of it
 *
 * Context: Any, while neither goes.
 * Return: true if the endpoint matches every condition of the filter.
 */
bool vdev_filter_match(const struct vdev_filter *filter,
		       const struct vdev_endpoint *endpoint,
		       const struct vdev_view *view)
{
	const struct vdev_handle *handle = &endpoint->handle;
	struct nlattr *const *attrs = filter->attrs;

	if (filter->all)
		return true;
	return filter_matches_endpoint(attrs, view) &&
	       filter_matches(attrs[VDEV_A_FILTER_BUS], handle->bus) &&
	       filter_matches(attrs[VDEV_A_FILTER_PARENT_BUS], handle->parent_bus) &&
	       filter_matches(attrs[VDEV_A_FILTER_PARENT], handle->parent) &&
	       filter_matches_record(attrs, view->blob);
}
