// SPDX-License-Identifier: GPL-2.0
/*
 * What there is once for the whole simulator.
 */
#include "sim.h"

/* Guards every object, every knob and the statistics. */
DEFINE_MUTEX(sim_lock);
struct sim_stats sim_stats;
struct vdev_provider *sim_provider;
