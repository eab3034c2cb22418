// SPDX-License-Identifier: GPL-2.0
/*
 * One operand of a check from attributes: what the driver declares, what
 * blocks, and the record, whose inside parse_record.c knows. No locks.
 */
#include <linux/stringify.h>
#include <net/netlink.h>

#include "compat.h"
#include "model/bounds.h"
#include "model/skew.h"
#include "parse.h"
#include "parse_record.h"

/**
 * struct operand_attrs - the numbers of the attributes that make an operand
 * @migration: what the driver declares
 * @capabilities: what the device can do while it is migrated
 * @blocker: what blocks; repeated
 * @capacity: room at the parent; 0 if that is never reported
 * @record: the compared part
 */
struct operand_attrs {
	int migration;
	int capabilities;
	int blocker;
	int capacity;
	int record;
};

static const struct operand_attrs endpoint_attrs = {
	.migration = VDEV_A_MIGRATION,
	.capabilities = VDEV_A_CAPABILITIES,
	.blocker = VDEV_A_BLOCKER,
	.capacity = VDEV_A_CAPACITY,
	.record = VDEV_A_RECORD,
};

static const struct operand_attrs source_attrs = {
	.migration = VDEV_A_SOURCE_MIGRATION,
	.capabilities = VDEV_A_SOURCE_CAPABILITIES,
	.blocker = VDEV_A_SOURCE_BLOCKER,
	.record = VDEV_A_SOURCE_RECORD,
};

static int parse_blocker(struct vdev_parsed *parsed, const struct nlattr *nest,
			 struct netlink_ext_ack *extack)
{
	struct nlattr *attrs[VDEV_A_BLOCKER_MAX + 1];
	struct vdev_operand *operand = &parsed->operand;
	struct vdev_blocker *blocker;

	nla_parse_nested_deprecated(attrs, VDEV_A_BLOCKER_MAX, nest, NULL, NULL);
	if (NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_BLOCKER_NAME) ||
	    NL_REQ_ATTR_CHECK(extack, nest, attrs, VDEV_A_BLOCKER_REASON))
		return -EINVAL;
	blocker = vdev_take_one(parsed, struct vdev_blocker);
	if (!blocker)
		return -ENOMEM;
	if (!operand->num_blockers++)
		operand->blockers = blocker;
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

static u32 parse_capacity_state(const struct nlattr *nest)
{
	const struct nlattr *state;

	state = nla_find_nested(nest, VDEV_A_CAPACITY_STATE);
	return state ? nla_get_u32(state) : 0;
}

/* What is not repeated is in @attrs by its number; @extack may be NULL. */
static int parse_operand(struct vdev_parsed *parsed,
			 const struct operand_attrs *numbers,
			 struct nlattr **attrs, const void *data, int len,
			 struct netlink_ext_ack *extack)
{
	struct vdev_operand *operand = &parsed->operand;

	vdev_parsed_empty(parsed);
	*operand = (struct vdev_operand) {
		.kind = VDEV_ENDPOINT_KIND_DEVICE,
		.record = &parsed->record,
	};
	if (attrs[numbers->migration])
		operand->migration = nla_get_u32(attrs[numbers->migration]);
	operand->capabilities = vdev_u32_or_0(attrs[numbers->capabilities]);
	if (numbers->capacity && attrs[numbers->capacity])
		operand->capacity = parse_capacity_state(attrs[numbers->capacity]);
	return parse_blockers(parsed, numbers->blocker, data, len, extack) ?:
	       vdev_parse_record(parsed, attrs[numbers->record], extack);
}

/**
 * vdev_parse_object() - read what the core has made of an endpoint
 * @parsed: where to put it
 * @kind: enum vdev_endpoint_kind
 * @data: the attributes; their strings are used as they are
 * @len: length of @data in bytes
 *
 * Return: 0; an errno would be a bug of the core.
 */
int vdev_parse_object(struct vdev_parsed *parsed, u32 kind, const void *data, int len)
{
	struct nlattr *attrs[VDEV_A_MAX + 1];
	int err;

	nla_parse_deprecated(attrs, VDEV_A_MAX, data, len, NULL, NULL);
	err = parse_operand(parsed, &endpoint_attrs, attrs, data, len, NULL);
	WARN_ON_ONCE(err);
	parsed->operand.kind = kind;
	return err;
}

/* The @index'th attribute of that number. */
static const struct nlattr *parse_nth(const struct nlattr *nest, int number,
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
static const struct nlattr *parse_blamed_part(const struct nlattr *record,
					      const struct vdev_reason *reason)
{
	const struct nlattr *attr, *part = record;
	int rest;

	if (reason->attr == VDEV_A_RECORD_FEATURE ||
	    reason->attr == VDEV_A_RECORD_PARAM)
		return parse_nth(record, reason->attr, reason->index);
	nla_for_each_nested(attr, record, rest) {
		if (nla_type(attr) == reason->attr)
			part = attr;
	}
	return part;
}

/**
 * vdev_parse_explain() - say in the acknowledgment why something is rejected
 * @extack: the acknowledgment
 * @reason: why
 */
void vdev_parse_explain(struct netlink_ext_ack *extack, const struct vdev_reason *reason)
{
	vdev_compat_extack_text(extack, reason->why);
}

static int parse_reject(struct netlink_ext_ack *extack, const struct nlattr *blamed,
			const struct vdev_reason *reason, int err)
{
	NL_SET_BAD_ATTR(extack, blamed);
	vdev_parse_explain(extack, reason);
	return err;
}

/* A ceiling has a bound of its own. */
static unsigned int parse_ceiling_size(const struct nlattr *record)
{
	const struct nlattr *ceiling = nla_find_nested(record, VDEV_A_RECORD_CEILING);

	return ceiling ? min(nla_total_size(nla_len(ceiling)), VDEV_CEILING_BYTES) : 0;
}

/**
 * vdev_parse_size() - check the size of a record of a request
 * @record: the record
 * @extack: where an error is reported; may be NULL
 *
 * Return: 0 or -EMSGSIZE.
 */
int vdev_parse_size(const struct nlattr *record, struct netlink_ext_ack *extack)
{
	if (nla_len(record) <= VDEV_OBJECT_BYTES + parse_ceiling_size(record))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, record,
			    "record is larger than "
			    __stringify(VDEV_OBJECT_BYTES) " bytes");
	return -EMSGSIZE;
}

/**
 * vdev_parse_bounds() - check a record of a request against its bounds
 * @parsed: the record
 * @nest: where it is in the request
 * @extack: where an error is reported, which points at the part to blame
 *
 * Return: 0, -EINVAL, -ERANGE or -EMSGSIZE.
 */
int vdev_parse_bounds(const struct vdev_parsed *parsed,
		      const struct nlattr *nest, struct netlink_ext_ack *extack)
{
	struct vdev_reason reason = { };
	int err;

	err = parsed->partial ? vdev_declared_check(&reason, &parsed->record) :
				vdev_record_check(&reason, &parsed->record);
	if (err)
		return parse_reject(extack, parse_blamed_part(nest, &reason), &reason,
				    err);
	return 0;
}

/* They are findings as they are. */
static int parse_check_unknown(const struct nlattr *source,
			       struct netlink_ext_ack *extack)
{
	struct vdev_reason reason = { };
	const struct nlattr *attr;
	int rest, err;

	nla_for_each_nested(attr, source, rest) {
		if (nla_type(attr) != VDEV_A_SOURCE_UNKNOWN)
			continue;
		err = vdev_text_check(&reason, "unknown", nla_data(attr));
		if (err)
			return parse_reject(extack, attr, &reason, err);
	}
	return 0;
}

static int parse_check_bounds(const struct vdev_parsed *parsed,
			      const struct nlattr *source,
			      const struct nlattr *record,
			      struct netlink_ext_ack *extack)
{
	const struct vdev_operand *operand = &parsed->operand;
	struct vdev_reason reason = { };
	int err;

	err = vdev_blockers_check(&reason, operand->blockers, operand->num_blockers);
	if (err)
		return parse_reject(extack, parse_nth(source, VDEV_A_SOURCE_BLOCKER,
						      reason.index), &reason, err);
	return parse_check_unknown(source, extack) ?:
	       vdev_parse_bounds(parsed, record, extack);
}

/**
 * vdev_parse_declaration() - read an endpoint of any host, out of a request
 * @parsed: where to put it
 * @source: the source of the request, which has passed its policy; its strings
 *	are used as they are
 * @attrs: what is in @source
 * @skew: where words are reported that are not known
 * @extack: where an error is reported
 *
 * Return: 0; -EINVAL, -ERANGE or -EMSGSIZE if something is missing or out of
 * its bounds.
 */
int vdev_parse_declaration(struct vdev_parsed *parsed,
			   const struct nlattr *source,
			   struct nlattr **attrs,
			   const struct vdev_skew *skew,
			   struct netlink_ext_ack *extack)
{
	const struct nlattr *record = attrs[VDEV_A_SOURCE_RECORD];
	int err;

	if (NL_REQ_ATTR_CHECK(extack, source, attrs, VDEV_A_SOURCE_RECORD))
		return -EINVAL;
	err = vdev_parse_size(record, extack) ?:
	      parse_operand(parsed, &source_attrs, attrs, nla_data(source),
			    nla_len(source), extack);
	if (err)
		return err;
	if (attrs[VDEV_A_SOURCE_ENDPOINT])
		parsed->operand.kind = nla_get_u32(attrs[VDEV_A_SOURCE_ENDPOINT]);
	vdev_skew_operand(skew, &parsed->operand, &parsed->record);
	return parse_check_bounds(parsed, source, record, extack);
}
