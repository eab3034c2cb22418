/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What all hosts of a set have in common for a device model: the versions that
 * each host can create and accept, and those of the state stream that each one
 * accepts. Only endpoints count that can be migrated.
 */
#ifndef VDEVCTL_BASELINE_H
#define VDEVCTL_BASELINE_H

#include "hosts.h"

struct baseline {
	struct group group;
	struct version_range versions;
	struct version_range software;
};

/* Returns 0 or -ENOMEM; in any case the caller frees the range. */
int baseline_versions(const struct group *group, struct version_range *range);

#endif /* VDEVCTL_BASELINE_H */
