// SPDX-License-Identifier: GPL-2.0
/*
 * The locks that several files of the core take; locks.h has their order.
 */
#include "locks.h"

/* Held for writing while a change of the profiles is prepared, see profiles.c. */
DECLARE_RWSEM(vdev_profiles_sem);

/* Held for each change of what readers find. */
DEFINE_MUTEX(vdev_registry_lock);

/*
 * Written for the few stores that let readers see a change. Within
 * vdev_registry_lock, and around the locks of the endpoints' numbers and of the
 * handles.
 */
DEFINE_SEQLOCK(vdev_sight);
