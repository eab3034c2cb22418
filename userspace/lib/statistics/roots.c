// SPDX-License-Identifier: LGPL-2.1
/* Where the kernel has its files; tests have others. */
#include "gather.h"

const struct stats_roots vdev_dev_stats_roots = {
	.sysfs = "/sys",
	.debugfs = "/sys/kernel/debug",
};
