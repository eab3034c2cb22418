/* SPDX-License-Identifier: GPL-2.0 */
/* "stats show" of one device. */
#ifndef VDEVCTL_DEV_STATS_H
#define VDEVCTL_DEV_STATS_H

#include "cli/command.h"

/* The words behind the command begin with that which names the device. */
command_fn dev_stats_show;

#endif /* VDEVCTL_DEV_STATS_H */
