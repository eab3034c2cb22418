// SPDX-License-Identifier: GPL-2.0
/*
 * Registrations and changes that fail as a command has asked for.
 */
#include <linux/lockdep.h>

#include "sim.h"

/* Guarded by sim_lock. */
struct sim_fault sim_register_fault, sim_update_fault;

static int sim_fault_now(struct sim_fault *fault)
{
	lockdep_assert_held(&sim_lock);
	if (!fault->count)
		return 0;
	if (fault->skip) {
		fault->skip--;
		return 0;
	}
	fault->count--;
	sim_stats.injected++;
	return fault->err;
}

/* An errno if the next registration is to fail, else 0. */
int sim_fail_register(void)
{
	return sim_fault_now(&sim_register_fault);
}

/* An errno if the next change is to fail, else 0. */
int sim_fail_update(void)
{
	return sim_fault_now(&sim_update_fault);
}
