/* SPDX-License-Identifier: GPL-2.0 */
/* What the hosts have in common for a model, on stdout or as JSON. */
#ifndef VDEVCTL_OUT_BASELINE_H
#define VDEVCTL_OUT_BASELINE_H

#include <jansson.h>
#include <vdev/baseline.h>

/* How hosts are named. */
struct host_names {
	const char *const *names;
	size_t num;
};

void baseline_print(const struct vdev_baseline_model *model, const struct host_names *names);

/* NULL if there is no memory. */
json_t *baseline_json(const struct vdev_baseline_model *model, const struct host_names *names);

#endif /* VDEVCTL_OUT_BASELINE_H */
