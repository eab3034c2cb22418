/* SPDX-License-Identifier: GPL-2.0 */
/* Devices, types and what is counted, as metrics of Prometheus. */
#ifndef VDEVCTL_OUT_METRICS_H
#define VDEVCTL_OUT_METRICS_H

#include <stdio.h>

#include <vdev/vdev.h>

struct out_metrics;

/* NULL if there is no memory. */
struct out_metrics *out_metrics_new(void);
void out_metrics_free(struct out_metrics *metrics);

/*
 * Add a device or type; @arg is the metrics. Returns 0: that memory is short, out_metrics_end()
 * says.
 */
int out_metrics_object(const struct vdev_object *object, void *arg);
void out_metrics_stats(struct out_metrics *metrics, const struct vdev_stats *stats);

/*
 * All was added, or the kernel could not be read: then nothing of what was added is printed.
 * Returns 0 or -ENOMEM.
 */
int out_metrics_end(struct out_metrics *metrics, bool up);
void out_metrics_print(const struct out_metrics *metrics, FILE *file);

#endif /* VDEVCTL_OUT_METRICS_H */
