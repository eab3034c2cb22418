// SPDX-License-Identifier: GPL-2.0
/*
 * The name and the reported part of an endpoint as netlink attributes. Pure
 * functions, no locks.
 */
#include <net/netlink.h>

#include "compat.h"
#include "encode.h"

/**
 * vdev_msg_put_optional() - put a string, if there is one
 * @skb: buffer to put it in
 * @attrtype: attribute that holds the string
 * @string: the string, or NULL
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_optional(struct sk_buff *skb, int attrtype, const char *string)
{
	return string ? nla_put_string(skb, attrtype, string) : 0;
}

/**
 * vdev_msg_put_blocker() - put what blocks a migration
 * @skb: buffer to put it in
 * @blocker: the blocker
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_blocker(struct sk_buff *skb, const struct vdev_blocker *blocker)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_BLOCKER);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_string(skb, VDEV_A_BLOCKER_NAME, blocker->name) ||
	    nla_put_string(skb, VDEV_A_BLOCKER_REASON, blocker->reason) ||
	    nla_put_u32(skb, VDEV_A_BLOCKER_FLAGS, blocker->flags)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int msg_put_operations(struct sk_buff *skb, u32 operations)
{
	return operations ? nla_put_u32(skb, VDEV_A_OPERATIONS, operations) : 0;
}

static int msg_put_capacity(struct sk_buff *skb,
			    const struct vdev_capacity *capacity)
{
	struct nlattr *nest;

	if (!capacity->state)
		return 0;
	nest = nla_nest_start(skb, VDEV_A_CAPACITY);
	if (!nest)
		return -EMSGSIZE;
	if (nla_put_u32(skb, VDEV_A_CAPACITY_STATE, capacity->state) ||
	    nla_put_u32(skb, VDEV_A_CAPACITY_AVAILABLE, capacity->available) ||
	    (capacity->limit &&
	     nla_put_u32(skb, VDEV_A_CAPACITY_LIMIT, capacity->limit))) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int msg_put_known(struct sk_buff *skb, int attrtype, u64 number)
{
	return number ? vdev_compat_put_uint(skb, attrtype, number) : 0;
}

/**
 * vdev_msg_put_cost() - put what a migration is expected to cost
 * @skb: buffer to put it in
 * @cost: the cost; nothing is put if none of it is known
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_cost(struct sk_buff *skb, const struct vdev_cost *cost)
{
	struct nlattr *nest;

	if (!cost->state_size && !cost->precopy_size && !cost->downtime)
		return 0;
	nest = nla_nest_start(skb, VDEV_A_COST);
	if (!nest)
		return -EMSGSIZE;
	if (msg_put_known(skb, VDEV_A_COST_STATE_SIZE, cost->state_size) ||
	    msg_put_known(skb, VDEV_A_COST_PRECOPY_SIZE, cost->precopy_size) ||
	    msg_put_known(skb, VDEV_A_COST_DOWNTIME, cost->downtime)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int msg_put_info(struct sk_buff *skb, const struct vdev_info *info)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_INFO);

	if (!nest)
		return -EMSGSIZE;
	if (nla_put_string(skb, VDEV_A_PARAM_NAME, info->name) ||
	    nla_put_u32(skb, VDEV_A_PARAM_VALUE_TYPE, info->value.type) ||
	    vdev_msg_put_value(skb, VDEV_A_PARAM_VALUE, &info->value)) {
		nla_nest_cancel(skb, nest);
		return -EMSGSIZE;
	}
	nla_nest_end(skb, nest);
	return 0;
}

static int msg_put_lists(struct sk_buff *skb, const struct vdev_facts *facts)
{
	unsigned int i;
	int err;

	for (i = 0; i < facts->num_info; i++) {
		err = msg_put_info(skb, &facts->info[i]);
		if (err)
			return err;
	}
	for (i = 0; i < facts->num_blockers; i++) {
		err = vdev_msg_put_blocker(skb, &facts->blockers[i]);
		if (err)
			return err;
	}
	return 0;
}

/**
 * vdev_msg_put_handle() - put the name of an endpoint
 * @skb: buffer to put it in
 * @handle: the name
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_handle(struct sk_buff *skb, const struct vdev_handle *handle)
{
	return nla_put_string(skb, VDEV_A_BUS, handle->bus) ?:
	       nla_put_string(skb, VDEV_A_NAME, handle->name) ?:
	       vdev_msg_put_optional(skb, VDEV_A_PARENT_BUS, handle->parent_bus) ?:
	       vdev_msg_put_optional(skb, VDEV_A_PARENT, handle->parent);
}

/**
 * vdev_msg_put_counter() - put something that is counted for a device
 * @skb: buffer to put it in
 * @name: its name
 * @value: its value
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_counter(struct sk_buff *skb, const char *name, u64 value)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_COUNTER);

	if (!nest)
		return -EMSGSIZE;
	return vdev_msg_nest_close(skb, nest,
				   nla_put_string(skb, VDEV_A_COUNTER_NAME, name) ?:
				   vdev_compat_put_uint(skb, VDEV_A_COUNTER_VALUE, value));
}

/**
 * vdev_msg_put_facts() - put everything that is reported of an endpoint
 * @skb: buffer to put it in
 * @facts: the facts, within their bounds
 *
 * Blockers and record come last, so that what is judged is in one place.
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_facts(struct sk_buff *skb, const struct vdev_facts *facts)
{
	u32 migration = facts->migration ?: VDEV_MIGRATION_UNDECLARED;

	return vdev_msg_put_optional(skb, VDEV_A_DRIVER, facts->driver) ?:
	       vdev_msg_put_optional(skb, VDEV_A_DRIVER_VERSION,
				     facts->driver_version) ?:
	       vdev_msg_put_optional(skb, VDEV_A_BOUND_DRIVER,
				     facts->bound_driver) ?:
	       nla_put_u32(skb, VDEV_A_MIGRATION, migration) ?:
	       nla_put_u32(skb, VDEV_A_CAPABILITIES, facts->capabilities) ?:
	       msg_put_operations(skb, facts->operations) ?:
	       msg_put_capacity(skb, &facts->capacity) ?:
	       vdev_msg_put_cost(skb, &facts->cost) ?:
	       msg_put_lists(skb, facts) ?:
	       vdev_msg_put_record(skb, &facts->record);
}
