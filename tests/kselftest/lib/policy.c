// SPDX-License-Identifier: GPL-2.0
/*
 * See policy.h.
 */
#include <errno.h>
#include <string.h>

#include "nl.h"
#include "policy.h"

static void read_attr(const struct nlattr *facts, struct policy_attr *attr)
{
	const struct nlattr *fact;

	fact = nl_find_in(facts, NL_POLICY_TYPE_ATTR_TYPE);
	attr->type = fact ? nl_get_u32(fact) : 0;
	fact = nl_find_in(facts, NL_POLICY_TYPE_ATTR_MAX_LENGTH);
	attr->max_len = fact ? nl_get_u32(fact) : 0;
	fact = nl_find_in(facts, NL_POLICY_TYPE_ATTR_POLICY_IDX);
	attr->nested = fact ? (int)nl_get_u32(fact) : -1;
}

/* One message reports one attribute: POLICY { index { attribute { facts } } }. */
static void read_policy(const struct nlattr *all, struct policy *policy)
{
	const struct nlattr *index = NULL, *attr;

	while ((index = nl_next(nl_data(all), nl_len(all), index))) {
		if (nl_type(index) >= POLICY_NESTS)
			continue;
		attr = NULL;
		while ((attr = nl_next(nl_data(index), nl_len(index), attr)))
			if (nl_type(attr) < POLICY_ATTRS)
				read_attr(attr, &policy->attrs[nl_type(index)]
							      [nl_type(attr)]);
	}
}

static int read_index(const struct nlattr *op, uint16_t type)
{
	const struct nlattr *index = nl_find_in(op, type);

	return index ? (int)nl_get_u32(index) : -1;
}

static void read_message(const struct nlmsghdr *message, void *arg)
{
	struct policy *policy = (struct policy *)arg;
	const struct nlattr *ops, *op;

	ops = nl_find(message, CTRL_ATTR_OP_POLICY);
	op = ops ? nl_next(nl_data(ops), nl_len(ops), NULL) : NULL;
	if (op) {
		policy->do_index = read_index(op, CTRL_ATTR_POLICY_DO);
		policy->dump_index = read_index(op, CTRL_ATTR_POLICY_DUMP);
	}
	if (nl_find(message, CTRL_ATTR_POLICY))
		read_policy(nl_find(message, CTRL_ATTR_POLICY), policy);
}

/* Returns 0, or an errno. */
int policy_read(int fd, int family, uint8_t command, struct policy *policy)
{
	static struct nl_request request;
	uint16_t id = family;
	struct nl_reply reply;
	int err;

	memset(policy, 0, sizeof(*policy));
	policy->do_index = policy->dump_index = -1;
	nl_begin(&request, GENL_ID_CTRL, NLM_F_DUMP, CTRL_CMD_GETPOLICY);
	nl_attr(&request, CTRL_ATTR_FAMILY_ID, &id, sizeof(id));
	nl_u32(&request, CTRL_ATTR_OP, command);
	err = nl_ask(fd, &request, &reply, read_message, policy);
	return err ?: reply.error;
}
