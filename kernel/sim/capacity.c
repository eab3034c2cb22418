// SPDX-License-Identifier: GPL-2.0
/*
 * The base units of parents: devices take them, and what is left is told as
 * the capacity of the types. A parent without a number of units is not
 * limited, and the capacity of its types is what commands make it.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/minmax.h>
#include <linux/printk.h>

#include "sim.h"

/* Make a device, which may have units already, have @units of its parent. */
int sim_capacity_take(struct sim_object *device, u64 units,
		      struct sim_error *error)
{
	struct sim_object *parent = device->parent;
	u64 free;

	lockdep_assert_held(&sim_lock);
	if (!parent || !parent->total || !device->type)
		return 0;
	free = parent->total - parent->taken + device->taken;
	if (units > free)
		return sim_refuse(error, -ENOSPC, device->name,
				  "needs %llu base units, %llu are free",
				  units, free);
	parent->taken += units - device->taken;
	device->taken = units;
	return 0;
}

void sim_capacity_release(struct sim_object *device)
{
	lockdep_assert_held(&sim_lock);
	if (device->kind == SIM_DEVICE && device->parent)
		device->parent->taken -= device->taken;
	device->taken = 0;
}

static struct vdev_capacity capacity_of(const struct sim_object *parent,
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
		facts->facts.capacity = capacity_of(type->parent, facts);
}

static bool is_told(const struct sim_object *type)
{
	const struct vdev_capacity *told = &type->facts->facts.capacity;
	struct vdev_capacity now = capacity_of(type->parent, type->facts);

	return told->state == now.state && told->available == now.available &&
	       told->limit == now.limit;
}

static int publish_type(struct sim_object *type, struct sim_error *error)
{
	struct sim_facts *facts;
	int err;

	err = sim_fail_update();
	if (err)
		return sim_refuse(error, err, type->name,
				  "change fails as asked for");
	facts = sim_facts_new(type->facts);
	if (!facts)
		return sim_refuse(error, -ENOMEM, type->name, "out of memory");
	sim_capacity_fill(type, facts);
	err = sim_object_update(type, facts, error);
	sim_facts_put(facts);
	return err;
}

/**
 * sim_capacity_publish() - tell what capacity the types of a parent have
 * @parent: the parent, or NULL
 *
 * Where it fails, what is told stays as it was until the next change.
 */
void sim_capacity_publish(const struct sim_object *parent)
{
	struct sim_error error = { };
	struct sim_object *type;

	lockdep_assert_held(&sim_lock);
	if (!parent || !parent->total)
		return;
	list_for_each_entry(type, &parent->types, types) {
		if (!is_told(type) && publish_type(type, &error))
			pr_warn_ratelimited("capacity is not told: %s\n",
					    error.text);
	}
}
