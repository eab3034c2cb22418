// SPDX-License-Identifier: GPL-2.0
/*
 * Whatever was asked, an answer keeps the specification: known attributes, of
 * the length of their kind, within their bounds, and nothing left over. What is
 * not known of a source is never called compatible, and is reported up to a bound.
 */
#include <stdbool.h>
#include <string.h>

#include "../kselftest/lib/limits.h"
#include "nlfuzz.h"

/* The message is about a profile, which has its numbers in the width of the request. */
static bool as_it_was_set;

const struct table_attr *table_find(const struct table_set *set, uint16_t type)
{
	unsigned int i;

	for (i = 0; i < set->num; i++) {
		if (set->attrs[i].type == type)
			return &set->attrs[i];
	}
	return NULL;
}

static const char *check_number(const struct table_attr *attr,
				const struct nlattr *pos)
{
	size_t len = nl_len(pos);
	uint64_t number;

	if (len != attr->size && !(attr->narrow && len == sizeof(uint32_t)))
		return "a number of a wrong length";
	number = nl_get_uint(pos);
	if (!as_it_was_set && attr->narrow && len == sizeof(number) &&
	    number <= UINT32_MAX)
		return "a number that is longer than it need be";
	if (number < attr->min || number > attr->max)
		return "a number out of its bounds";
	return NULL;
}

static const char *check_string(const struct table_attr *attr,
				const struct nlattr *pos)
{
	size_t len = nl_len(pos);
	const char *end = memchr(nl_data(pos), '\0', len);

	if (!end || end != (const char *)nl_data(pos) + len - 1)
		return "a string that does not end with its attribute";
	if (len - 1 > attr->max || len - 1 < attr->min)
		return "a string out of its bounds";
	return NULL;
}

static const char *check_set(const struct table_set *set, const void *data,
			     size_t len);

static const char *check_attr(const struct table_set *set,
			      const struct nlattr *pos)
{
	const struct table_attr *attr = table_find(set, nl_type(pos));

	if (!attr)
		return "an attribute that is not in the specification";
	switch (attr->format) {
	case TABLE_NUMBER:
		return check_number(attr, pos);
	case TABLE_STRING:
		return check_string(attr, pos);
	case TABLE_BINARY:
		return nl_len(pos) > attr->max ? "more bytes than allowed" : NULL;
	case TABLE_NEST:
		return check_set(attr->nested, nl_data(pos), nl_len(pos));
	default:
		return nl_len(pos) ? "a flag with a payload" : NULL;
	}
}

static const char *check_set(const struct table_set *set, const void *data,
			     size_t len)
{
	const char *end = (const char *)data, *broken = NULL;
	const struct nlattr *pos = NULL;

	while (!broken && (pos = nl_next(data, len, pos))) {
		broken = check_attr(set, pos);
		end = (const char *)pos + NLA_ALIGN(pos->nla_len);
	}
	if (!broken && end < (const char *)data + len)
		return "bytes behind the last attribute";
	return broken;
}

static uint64_t number_in(const struct table_set *set, const void *data,
			  size_t len, const char *name)
{
	const struct table_attr *attr;
	const struct nlattr *pos = NULL;

	while ((pos = nl_next(data, len, pos))) {
		attr = table_find(set, nl_type(pos));
		if (attr && !strcmp(attr->name, name))
			return nl_get_uint(pos);
	}
	return 0;
}

static const char *check_unknown(const struct table_set *set, const void *data,
				 size_t len)
{
	uint64_t verdict = number_in(set, data, len, "verdict");
	const struct nlattr *pos = NULL;
	unsigned int num = 0;

	while ((pos = nl_next(data, len, pos))) {
		const struct table_attr *attr = table_find(set, nl_type(pos));

		num += attr->format == TABLE_NEST && !strcmp(attr->name, "finding") &&
		       number_in(attr->nested, nl_data(pos), nl_len(pos),
				 "field") == table_field_unknown;
	}
	if (num > VDEV_UNKNOWN_MAX)
		return "more unknown parts than are reported";
	if (num && verdict < table_verdict_undeclared)
		return "an unknown part in what is compatible";
	return NULL;
}

/* What is wrong with a message of the family, or NULL. */
const char *check_message(const struct nlmsghdr *message)
{
	const struct genlmsghdr *genl = NLMSG_DATA(message);
	const char *broken;
	unsigned int i;

	if (message->nlmsg_len < HEADERS)
		return "a message without its header";
	for (i = 0; i < table_num_ops; i++) {
		if (table_ops[i].command != genl->cmd)
			continue;
		as_it_was_set = !strcmp(table_ops[i].set->name, "profile");
		broken = check_set(table_ops[i].set, genl + 1,
				   message->nlmsg_len - HEADERS);
		return broken ? broken :
				check_unknown(table_ops[i].set, genl + 1,
					      message->nlmsg_len - HEADERS);
	}
	return "an answer to a command that does not exist";
}
