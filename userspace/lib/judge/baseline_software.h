/* SPDX-License-Identifier: LGPL-2.1 */
/* What all hosts of a set have in common: versions of the state stream. */
#ifndef VDEV_LIB_BASELINE_SOFTWARE_H
#define VDEV_LIB_BASELINE_SOFTWARE_H

#include "hosts.h"

/* Returns 0 or -ENOMEM; in any case the caller frees the range. */
int baseline_software(const struct group *group, struct version_range *range);

#endif /* VDEV_LIB_BASELINE_SOFTWARE_H */
