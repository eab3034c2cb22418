// SPDX-License-Identifier: GPL-2.0
/*
 * One ceiling: made of a request, checked against the rules for names and for ceilings.
 * It has a copy of the request, and never changes. No locks.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/stringify.h>

#include "ceiling.h"
#include "codec/parse.h"
#include "codec/parse_ceiling.h"
#include "model/bounds.h"
#include "model/ceiling.h"

/* What is kept, in the order in which it is reported. */
static const int kept_types[] = {
	VDEV_A_NAME, VDEV_A_PARENT_BUS, VDEV_A_PARENT, VDEV_A_CEILING,
};

static bool is_empty(const struct vdev_ceiling *ceiling)
{
	return !ceiling->max_version && !ceiling->num_features && !ceiling->num_params;
}

static int limit_names_check(struct vdev_reason *reason, const struct vdev_key *type)
{
	return vdev_name_check(reason, "parent-bus", type->handle.parent_bus) ?:
	       vdev_name_check(reason, "parent", type->handle.parent) ?:
	       vdev_name_check(reason, "type", type->handle.name);
}

static int limit_ceiling_check(const struct nlattr *nest, struct vdev_parsed *parsed,
			       struct vdev_reason *reason, struct netlink_ext_ack *extack)
{
	int err;

	err = vdev_parse_ceiling(parsed, nest, &parsed->ceiling, extack);
	if (err)
		return err;
	err = is_empty(&parsed->ceiling) ?
	      vdev_reject(reason, -EINVAL, "the ceiling limits nothing") :
	      vdev_ceiling_check(reason, &parsed->ceiling);
	if (err) {
		NL_SET_BAD_ATTR(extack, nest);
		vdev_parse_explain(extack, reason);
	}
	return err;
}

static int limit_check(struct nlattr **attrs, const struct vdev_key *type,
		       struct netlink_ext_ack *extack)
{
	const struct nlattr *nest = attrs[VDEV_A_CEILING];
	struct vdev_reason reason = { };
	struct vdev_parsed *parsed;
	int err;

	err = limit_names_check(&reason, type);
	if (err) {
		vdev_parse_explain(extack, &reason);
		return err;
	}
	if (nla_total_size(nla_len(nest)) > VDEV_CEILING_BYTES) {
		NL_SET_ERR_MSG_ATTR(extack, nest, "the ceiling is larger than "
				    __stringify(VDEV_CEILING_BYTES) " bytes");
		return -EMSGSIZE;
	}
	parsed = vdev_parsed_for(nla_len(nest), NULL);
	if (!parsed)
		return -ENOMEM;
	err = limit_ceiling_check(nest, parsed, &reason, extack);
	kvfree(parsed);
	return err;
}

static struct vdev_limit *limit_copy(struct nlattr **attrs)
{
	struct vdev_limit *limit;
	const struct nlattr *attr;
	size_t len = 0;
	unsigned int i;
	u8 *next;

	for (i = 0; i < ARRAY_SIZE(kept_types); i++)
		len += NLA_ALIGN(attrs[kept_types[i]]->nla_len);
	limit = kzalloc(struct_size(limit, data, len), GFP_KERNEL_ACCOUNT);
	if (!limit)
		return NULL;
	refcount_set(&limit->refs, 1);
	limit->len = len;
	next = limit->data;
	for (i = 0; i < ARRAY_SIZE(kept_types); i++) {
		attr = attrs[kept_types[i]];
		memcpy(next, attr, attr->nla_len);
		next += NLA_ALIGN(attr->nla_len);
	}
	return limit;
}

static void limit_read_names(struct vdev_limit *limit)
{
	const struct nlattr *data = (const struct nlattr *)limit->data;

	limit->type = (struct vdev_key) {
		.mark = VDEV_IS_TYPE,
		.handle = {
			.name = nla_data(nla_find(data, limit->len, VDEV_A_NAME)),
			.parent_bus = nla_data(nla_find(data, limit->len, VDEV_A_PARENT_BUS)),
			.parent = nla_data(nla_find(data, limit->len, VDEV_A_PARENT)),
		},
	};
	limit->ceiling = nla_find(data, limit->len, VDEV_A_CEILING);
}

/**
 * vdev_limit_new() - make a ceiling of a request
 * @attrs: what is in the request, which has passed its policy; the name of the type and
 *	the ceiling are there
 * @type: name of the type, as it was read
 * @extack: where an error is reported
 *
 * Context: Process context. May sleep.
 * Return: the ceiling, to be given to vdev_limit_put(); or an ERR_PTR: -EINVAL, -ERANGE
 * or -EMSGSIZE if something is missing or out of its bounds, -ENOMEM.
 */
struct vdev_limit *vdev_limit_new(struct nlattr **attrs, const struct vdev_key *type,
				  struct netlink_ext_ack *extack)
{
	struct vdev_limit *limit;
	int err;

	err = limit_check(attrs, type, extack);
	if (err)
		return ERR_PTR(err);
	limit = limit_copy(attrs);
	if (!limit)
		return ERR_PTR(-ENOMEM);
	limit_read_names(limit);
	return limit;
}

/**
 * vdev_limit_put() - use a ceiling no longer
 * @limit: the ceiling; may be NULL
 *
 * Context: Any.
 */
void vdev_limit_put(struct vdev_limit *limit)
{
	if (limit && refcount_dec_and_test(&limit->refs))
		kfree(limit);
}

/**
 * vdev_limit_is_of() - is a ceiling that of a type?
 * @limit: the ceiling
 * @type: name of the type; what is NULL in it is not known
 *
 * Return: true if it is.
 */
bool vdev_limit_is_of(const struct vdev_limit *limit, const struct vdev_key *type)
{
	const struct vdev_handle *own = &limit->type.handle, *other = &type->handle;

	return other->parent_bus && other->parent && other->name &&
	       !strcmp(own->parent_bus, other->parent_bus) &&
	       !strcmp(own->parent, other->parent) && !strcmp(own->name, other->name);
}

/**
 * vdev_limit_type_of() - the type whose ceiling is for an endpoint
 * @kind: enum vdev_endpoint_kind
 * @reported: the endpoint as its driver reports it
 *
 * Return: name of the type: that of the endpoint, or that which a device reports, at the
 * parent that it reports. Strings are in @reported; what is not reported is NULL.
 */
struct vdev_key vdev_limit_type_of(u32 kind, const struct vdev_blob *reported)
{
	bool type = kind == VDEV_ENDPOINT_KIND_TYPE;

	return (struct vdev_key) {
		.mark = VDEV_IS_TYPE,
		.handle = {
			.name = type ? vdev_blob_string(reported, VDEV_A_NAME) :
				       vdev_blob_type_name(reported),
			.parent_bus = vdev_blob_string(reported, VDEV_A_PARENT_BUS),
			.parent = vdev_blob_string(reported, VDEV_A_PARENT),
		},
	};
}

/**
 * vdev_limit_is_for() - does a ceiling limit an endpoint?
 * @limit: the ceiling
 * @kind: enum vdev_endpoint_kind
 * @reported: the endpoint as its driver reports it
 *
 * Return: true if it does.
 */
bool vdev_limit_is_for(const struct vdev_limit *limit, u32 kind,
		       const struct vdev_blob *reported)
{
	const struct vdev_key type = vdev_limit_type_of(kind, reported);

	return vdev_limit_is_of(limit, &type);
}

/* One room for both, as the record stands beside its ceiling. */
static int limit_compare(const struct vdev_limit *limit, const struct vdev_blob *blob,
			 struct vdev_parsed *parsed, struct vdev_reason *reason)
{
	int err;

	err = vdev_parse_object(parsed, VDEV_ENDPOINT_KIND_TYPE, blob->data, blob->len) ?:
	      vdev_parse_ceiling(parsed, limit->ceiling, &parsed->ceiling, NULL);
	return err ?: vdev_ceiling_offer_check(reason, &parsed->ceiling, &parsed->record);
}

/**
 * vdev_limit_offer_check() - is a ceiling a part of what a type offers?
 * @limit: the ceiling
 * @blob: the type as it is published
 * @reason: gets the reason, which names the part, if it is not
 *
 * Context: Process context. May sleep.
 * Return: 0, -ERANGE or -ENOMEM.
 */
int vdev_limit_offer_check(const struct vdev_limit *limit, const struct vdev_blob *blob,
			   struct vdev_reason *reason)
{
	struct vdev_parsed *parsed;
	int err;

	parsed = vdev_parsed_new(blob->len + VDEV_CEILING_BYTES);
	if (!parsed)
		return -ENOMEM;
	err = limit_compare(limit, blob, parsed, reason);
	kvfree(parsed);
	return err;
}
