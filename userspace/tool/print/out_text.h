/* SPDX-License-Identifier: GPL-2.0 */
/* An endpoint for people, and lines of it. */
#ifndef VDEVCTL_OUT_TEXT_H
#define VDEVCTL_OUT_TEXT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <vdev/vdev.h>

void out_text(FILE *file, const struct vdev_object *object, bool details);

/* The same of what was exported, which may have no handle. */
void out_declaration(FILE *file, const char *handle, const struct vdev_declaration *declaration,
		     bool details);

/* A line: the device or the target, which is @who, does not answer. */
void text_stale(FILE *file, const char *who, uint32_t age);

/* A line; nothing for no capacity. */
void text_capacity(FILE *file, const struct vdev_capacity *capacity);

/* The same for no cost. */
void text_cost(FILE *file, const struct vdev_cost *cost);

#endif /* VDEVCTL_OUT_TEXT_H */
