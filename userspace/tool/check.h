/* SPDX-License-Identifier: GPL-2.0 */
/* What the table of commands knows of "check". */
#ifndef VDEVCTL_CHECK_H
#define VDEVCTL_CHECK_H

#include "tool.h"

#define NUM_CHECK_OPTIONS 5

extern const struct keyword check_options[];

#endif /* VDEVCTL_CHECK_H */
