/* SPDX-License-Identifier: GPL-2.0 */
/* What all hosts of a set have in common: versions of the state stream. */
#ifndef VDEVCTL_BASELINE_SOFTWARE_H
#define VDEVCTL_BASELINE_SOFTWARE_H

#include "hosts.h"

/* Returns 0 or -ENOMEM; in any case the caller frees the range. */
int baseline_software(const struct group *group, struct version_range *range);

#endif /* VDEVCTL_BASELINE_SOFTWARE_H */
