// SPDX-License-Identifier: GPL-2.0
/*
 * Sets of facts: their lifetime, and what the simulator itself derives from
 * them. Many devices may share one set.
 */
#include <linux/slab.h>

#include "sim.h"

/* A set of its own to be changed: a copy of @from, or empty. */
struct sim_facts *sim_facts_new(const struct sim_facts *from)
{
	struct sim_facts *facts = kzalloc(sizeof(*facts), GFP_KERNEL);

	if (!facts)
		return NULL;
	refcount_set(&facts->users, 1);
	if (from && sim_facts_copy(facts, from)) {
		sim_arena_free(&facts->arena);
		kfree(facts);
		return NULL;
	}
	sim_stats.created++;
	return facts;
}

struct sim_facts *sim_facts_get(struct sim_facts *facts)
{
	refcount_inc(&facts->users);
	return facts;
}

void sim_facts_put(struct sim_facts *facts)
{
	if (!facts || !refcount_dec_and_test(&facts->users))
		return;
	sim_arena_free(&facts->arena);
	kfree(facts);
	sim_stats.destroyed++;
}

/*
 * Turn a copy of the facts of a type into those of a device of it: it has no
 * capacity, creates nothing, is of the default version, and loads what the type said it would.
 */
void sim_facts_become_device(struct sim_facts *facts)
{
	struct vdev_record *record = &facts->facts.record;
	struct vdev_version *version;
	bool is_default;
	unsigned int i;

	facts->facts.capacity = (struct vdev_capacity){ };
	facts->facts.operations &= ~VDEV_OPERATION_CREATE;
	for (i = 0; i < record->num_versions; i++) {
		version = (struct vdev_version *)&record->versions[i];
		is_default = version->flags & VDEV_VERSION_FLAG_DEFAULT;
		version->flags &= ~(VDEV_VERSION_FLAG_CREATE |
				    VDEV_VERSION_FLAG_DEFAULT);
		if (is_default)
			version->flags |= VDEV_VERSION_FLAG_CURRENT;
	}
}

/* Base units that one device takes. */
u64 sim_facts_units(const struct sim_facts *facts)
{
	const struct vdev_aggregation *aggregation;

	aggregation = &facts->facts.record.aggregation;
	if (!aggregation->base)
		return 1;
	return (u64)aggregation->units * aggregation->count;
}
