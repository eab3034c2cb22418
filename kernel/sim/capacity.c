// SPDX-License-Identifier: GPL-2.0
/*
 * What is left of the base units of a parent is published as the capacity of its
 * types. Without a number of units that is what commands make it.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/printk.h>

#include "sim.h"

static struct vdev_capacity sim_capacity_of(const struct sim_object *parent,
					    const struct sim_facts *facts)
{
	u64 units = max_t(u64, sim_facts_units(facts), 1);
	u64 limit = div64_u64(parent->total, units);
	u64 room = div64_u64(parent->total - parent->taken, units);
	struct vdev_capacity capacity = {
		.state = VDEV_CAPACITY_STATE_SUFFICIENT,
		.available = min_t(u64, room, U32_MAX),
		.limit = min_t(u64, limit, U32_MAX),
	};

	if (!limit)
		capacity.state = VDEV_CAPACITY_STATE_IMPOSSIBLE;
	else if (!room)
		capacity.state = VDEV_CAPACITY_STATE_BUSY;
	return capacity;
}

/* Write what capacity the type has now into facts that are to be its own. */
void sim_capacity_fill(const struct sim_object *type, struct sim_facts *facts)
{
	lockdep_assert_held(&sim_lock);
	if (type->parent->total)
		facts->facts.capacity = sim_capacity_of(type->parent, facts);
}

static bool sim_capacity_is_reported(const struct sim_object *type)
{
	const struct vdev_capacity *reported = &type->facts->facts.capacity;
	struct vdev_capacity now = sim_capacity_of(type->parent, type->facts);

	return reported->state == now.state && reported->available == now.available &&
	       reported->limit == now.limit;
}

static int sim_capacity_publish_type(struct sim_object *type, struct sim_error *error)
{
	struct sim_facts *facts;
	int err;

	err = sim_fail_update();
	if (err)
		return sim_reject(error, err, type->name,
				  "change fails as asked for");
	facts = sim_facts_new(type->facts);
	if (!facts)
		return sim_reject(error, -ENOMEM, type->name, "out of memory");
	sim_capacity_fill(type, facts);
	err = sim_object_update(type, facts, error);
	sim_facts_put(facts);
	return err;
}

/**
 * sim_capacity_publish() - publish the capacity of the types of a parent
 * @parent: the parent, or NULL
 *
 * If it fails, what is published stays as it was until the next change.
 */
void sim_capacity_publish(const struct sim_object *parent)
{
	struct sim_error error = { };
	struct sim_object *type;

	lockdep_assert_held(&sim_lock);
	if (!parent || !parent->total)
		return;
	list_for_each_entry(type, &parent->types, types) {
		if (!sim_capacity_is_reported(type) && sim_capacity_publish_type(type, &error))
			pr_warn_ratelimited("capacity is not published: %s\n",
					    error.text);
	}
}
