/* SPDX-License-Identifier: GPL-2.0 */
/* Options of "monitor". */
#ifndef VDEVCTL_MONITOR_H
#define VDEVCTL_MONITOR_H

#include "tool.h"

#define NUM_MONITOR_OPTIONS 4

extern const struct keyword monitor_options[];

#endif /* VDEVCTL_MONITOR_H */
