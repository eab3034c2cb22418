// SPDX-License-Identifier: GPL-2.0
/*
 * One side of a check from attributes: what the driver declares, what blocks,
 * and the record, whose inside parse_record.c knows. No locks.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <linux/stringify.h>
#include <net/netlink.h>

#include "bounds.h"
#include "compat.h"
#include "core.h"
#include "parse.h"

/**
 * struct side_attrs - the numbers of the attributes that make a side
 * @migration: what the driver declares
 * @blocker: what blocks; repeated
 * @capacity: room at the parent; 0 if that is never told
 * @record: the compared part
 */
struct side_attrs {
	int migration;
	int blocker;
	int capacity;
	int record;
};

static const struct side_attrs endpoint_attrs = {
	.migration = VDEV_A_MIGRATION,
	.blocker = VDEV_A_BLOCKER,
	.capacity = VDEV_A_CAPACITY,
	.record = VDEV_A_RECORD,
};

static const struct side_attrs source_attrs = {
	.migration = VDEV_A_SOURCE_MIGRATION,
	.blocker = VDEV_A_SOURCE_BLOCKER,
	.record = VDEV_A_SOURCE_RECORD,
};

/*
 * No entry of any other list is more than twice as large as the attribute that
 * it is read from, and no bitmap is larger.
 */
static struct vdev_parsed *parsed_alloc(size_t len, unsigned int max_features,
					unsigned int max_params)
{
	size_t room = 2 * ALIGN(len, 8) +
		      max_features * sizeof(struct vdev_feature) +
		      max_params * sizeof(struct vdev_param);
	struct vdev_parsed *parsed;

	parsed = kvmalloc(struct_size(parsed, room, room), GFP_KERNEL_ACCOUNT);
	if (!parsed)
		return NULL;
	parsed->partial = false;
	parsed->features = (struct vdev_feature *)parsed->room;
	parsed->params = (struct vdev_param *)(parsed->features + max_features);
	parsed->max_features = max_features;
	parsed->max_params = max_params;
	parsed->end = parsed->room + room;
	vdev_parsed_empty(parsed);
	return parsed;
}

/**
 * vdev_parsed_new() - allocate what any side of a check can be read into
 * @len: length of the attributes, in bytes
 *
 * Context: Process context. May sleep.
 * Return: the room, to be freed with kvfree(); or NULL.
 */
struct vdev_parsed *vdev_parsed_new(size_t len)
{
	return parsed_alloc(len, VDEV_PARSED_FEATURES, VDEV_PARSED_PARAMS);
}

/**
 * vdev_parsed_for() - allocate what a certain side of a check is read into
 * @len: length of the attributes, in bytes
 * @record: the record in them; may be NULL
 *
 * What is allocated is zeroed by many kernels: so no more than is needed.
 *
 * Context: Process context. May sleep.
 * Return: the room, to be freed with kvfree(); or NULL.
 */
struct vdev_parsed *vdev_parsed_for(size_t len, const struct nlattr *record)
{
	unsigned int num_features = 0, num_params = 0;
	const struct nlattr *attr;
	int rest;

	if (!record)
		return parsed_alloc(len, 0, 0);
	nla_for_each_nested(attr, record, rest) {
		num_features += nla_type(attr) == VDEV_A_RECORD_FEATURE;
		num_params += nla_type(attr) == VDEV_A_RECORD_PARAM;
	}
	return parsed_alloc(len, min_t(unsigned int, num_features, VDEV_PARSED_FEATURES),
			    min_t(unsigned int, num_params, VDEV_PARSED_PARAMS));
}

/**
 * vdev_parsed_for_blob() - allocate what an endpoint is read into
 * @blob: the endpoint, serialised
 *
 * Context: Process context. May sleep.
 * Return: the room, to be freed with kvfree(); or NULL.
 */
struct vdev_parsed *vdev_parsed_for_blob(const struct vdev_blob *blob)
{
	return vdev_parsed_for(blob->len,
			       nla_find((const struct nlattr *)blob->data,
					blob->len, VDEV_A_RECORD));
}

/**
 * vdev_parsed_empty() - let all of the room be free again
 * @parsed: where it is
 */
void vdev_parsed_empty(struct vdev_parsed *parsed)
{
	parsed->next = (u8 *)(parsed->params + parsed->max_params);
}

/**
 * vdev_take() - take room for what is in a list, or of a bitmap
 * @parsed: where it is
 * @size: how much, in bytes
 * @align: its alignment
 *
 * Return: the room; NULL, which would be a bug, if there is no more.
 */
void *vdev_take(struct vdev_parsed *parsed, size_t size, size_t align)
{
	u8 *taken = PTR_ALIGN(parsed->next, align);

	if (WARN_ON_ONCE(taken > parsed->end || size > parsed->end - taken))
		return NULL;
	parsed->next = taken + size;
	return taken;
}

static int parse_blocker(struct vdev_parsed *parsed, const struct nlattr *nest,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_BLOCKER_MAX + 1];
	struct vdev_side *side = &parsed->side;
	struct vdev_blocker *blocker;

	nla_parse_nested_deprecated(attrs, VDEV_A_BLOCKER_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_BLOCKER_NAME) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_BLOCKER_REASON))
		return -EINVAL;
	blocker = vdev_take_one(parsed, struct vdev_blocker);
	if (!blocker)
		return -ENOMEM;
	if (!side->num_blockers++)
		side->blockers = blocker;
	blocker->name = nla_data(attrs[VDEV_A_BLOCKER_NAME]);
	blocker->reason = nla_data(attrs[VDEV_A_BLOCKER_REASON]);
	blocker->flags = vdev_u32_or_0(attrs[VDEV_A_BLOCKER_FLAGS]);
	return 0;
}

static int parse_blockers(struct vdev_parsed *parsed, int number,
			  const void *data, int len,
			  struct netlink_ext_ack *extack)
{
	const struct nlattr *attr;
	int rest, err;

	nla_for_each_attr(attr, data, len, rest) {
		if (nla_type(attr) != number)
			continue;
		err = parse_blocker(parsed, attr, extack);
		if (err)
			return err;
	}
	return 0;
}

static u32 capacity_state(const struct nlattr *nest)
{
	const struct nlattr *state;

	state = nla_find_nested(nest, VDEV_A_CAPACITY_STATE);
	return state ? nla_get_u32(state) : 0;
}

/* What is not repeated is in @attrs by its number; @extack may be NULL. */
static int parse_side(struct vdev_parsed *parsed,
		      const struct side_attrs *numbers,
		      struct nlattr **attrs, const void *data, int len,
		      struct netlink_ext_ack *extack)
{
	struct vdev_side *side = &parsed->side;

	vdev_parsed_empty(parsed);
	*side = (struct vdev_side) {
		.kind = VDEV_ENDPOINT_KIND_DEVICE,
		.record = &parsed->record,
	};
	if (attrs[numbers->migration])
		side->migration = nla_get_u32(attrs[numbers->migration]);
	if (numbers->capacity && attrs[numbers->capacity])
		side->capacity = capacity_state(attrs[numbers->capacity]);
	return parse_blockers(parsed, numbers->blocker, data, len, extack) ?:
	       vdev_parse_record(parsed, attrs[numbers->record], extack);
}

/**
 * vdev_parse_endpoint() - read an endpoint of this host
 * @parsed: where to put it
 * @kind: enum vdev_endpoint_kind
 * @blob: the endpoint, serialised; its strings are used as they are
 *
 * Return: 0; an errno would be a bug of the core.
 */
int vdev_parse_endpoint(struct vdev_parsed *parsed, u32 kind,
			const struct vdev_blob *blob)
{
	struct nlattr *attrs[VDEV_A_MAX + 1];
	int err;

	nla_parse_deprecated(attrs, VDEV_A_MAX,
			     (const struct nlattr *)blob->data, blob->len, NULL,
			     NULL);
	err = parse_side(parsed, &endpoint_attrs, attrs, blob->data, blob->len,
			 NULL);
	WARN_ON_ONCE(err);
	parsed->side.kind = kind;
	return err;
}

/* The @index'th attribute of that number. */
static const struct nlattr *nth(const struct nlattr *nest, int number,
				unsigned int index)
{
	const struct nlattr *attr;
	int rest;

	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) == number && !index--)
			return attr;
	}
	return nest;
}

/* Other parts than these are not repeated, or the last of them counts. */
static const struct nlattr *blamed_part(const struct nlattr *record,
					const struct vdev_refusal *refusal)
{
	const struct nlattr *attr, *part = record;
	int rest;

	if (refusal->attr == VDEV_A_RECORD_FEATURE ||
	    refusal->attr == VDEV_A_RECORD_PARAM)
		return nth(record, refusal->attr, refusal->index);
	nla_for_each_nested(attr, record, rest) {
		if (nla_type(attr) == refusal->attr)
			part = attr;
	}
	return part;
}

static int refuse(struct netlink_ext_ack *extack, const struct nlattr *blamed,
		  const struct vdev_refusal *refusal, int err)
{
	NL_SET_BAD_ATTR(extack, blamed);
	vdev_compat_extack_text(extack, refusal->why);
	return err;
}

/**
 * vdev_parse_size() - hold the size of a record of a request against its bound
 * @record: the record
 * @extack: where an error is told; may be NULL
 *
 * Return: 0 or -EMSGSIZE.
 */
int vdev_parse_size(const struct nlattr *record, struct netlink_ext_ack *extack)
{
	if (nla_len(record) <= VDEV_OBJECT_BYTES)
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, record,
			    "record is larger than "
			    __stringify(VDEV_OBJECT_BYTES) " bytes");
	return -EMSGSIZE;
}

/**
 * vdev_parse_bounds() - hold a record of a request against its bounds
 * @parsed: the record
 * @nest: where it is in the request
 * @extack: where an error is told, which points at the part to blame
 *
 * Return: 0, -EINVAL, -ERANGE or -EMSGSIZE.
 */
int vdev_parse_bounds(const struct vdev_parsed *parsed,
		      const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct vdev_refusal refusal = { };
	int err;

	err = parsed->partial ? vdev_declared_check(&refusal, &parsed->record) :
				vdev_record_check(&refusal, &parsed->record);
	if (err)
		return refuse(extack, blamed_part(nest, &refusal), &refusal,
			      err);
	return 0;
}

static int check_bounds(const struct vdev_parsed *parsed,
			const struct nlattr *source,
			const struct nlattr *record,
			struct netlink_ext_ack *extack)
{
	const struct vdev_side *side = &parsed->side;
	struct vdev_refusal refusal = { };
	int err;

	err = vdev_blockers_check(&refusal, side->blockers, side->num_blockers);
	if (err)
		return refuse(extack, nth(source, VDEV_A_SOURCE_BLOCKER,
					  refusal.index), &refusal, err);
	return vdev_parse_bounds(parsed, record, extack);
}

/**
 * vdev_parse_declaration() - read an endpoint of any host, out of a request
 * @parsed: where to put it
 * @source: the source of the request, which has passed its policy; its strings
 *	are used as they are
 * @attrs: what is in @source
 * @extack: where an error is told
 *
 * Return: 0; -EINVAL, -ERANGE or -EMSGSIZE if something is missing or out of
 * its bounds.
 */
int vdev_parse_declaration(struct vdev_parsed *parsed,
			   const struct nlattr *source,
			   struct nlattr **attrs,
			   struct netlink_ext_ack *extack)
{
	const struct nlattr *record = attrs[VDEV_A_SOURCE_RECORD];

	if (NL_REQ_ATTR_CHECK(extack, source, attrs, VDEV_A_SOURCE_RECORD))
		return -EINVAL;
	return vdev_parse_size(record, extack) ?:
	       parse_side(parsed, &source_attrs, attrs, nla_data(source),
			  nla_len(source), extack) ?:
	       check_bounds(parsed, source, record, extack);
}
