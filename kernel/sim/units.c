// SPDX-License-Identifier: GPL-2.0
/*
 * The base units of parents: devices take them, and return them when they go. A
 * parent without a number of units is not limited.
 */
#include <linux/errno.h>
#include <linux/lockdep.h>

#include "sim.h"

/* Make a device, which may have units already, have @units of its parent. */
int sim_units_take(struct sim_object *device, u64 units,
		   struct sim_error *error)
{
	struct sim_object *parent = device->parent;
	u64 free;

	lockdep_assert_held(&sim_lock);
	if (!parent || !parent->total || !device->type)
		return 0;
	free = parent->total - parent->taken + device->taken;
	if (units > free)
		return sim_reject(error, -ENOSPC, device->name,
				  "needs %llu base units, %llu are free",
				  units, free);
	parent->taken += units - device->taken;
	device->taken = units;
	return 0;
}

/* Give back what a device has taken; other objects have nothing. */
void sim_units_return(struct sim_object *device)
{
	lockdep_assert_held(&sim_lock);
	if (device->class == SIM_DEVICE && device->parent)
		device->parent->taken -= device->taken;
	device->taken = 0;
}
