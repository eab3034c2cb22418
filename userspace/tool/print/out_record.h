/* SPDX-License-Identifier: GPL-2.0 */
/* The compared part of an endpoint for people. */
#ifndef VDEVCTL_OUT_RECORD_H
#define VDEVCTL_OUT_RECORD_H

#include <stdbool.h>
#include <stdio.h>

#include <vdev/vdev.h>

void text_record(FILE *file, const struct vdev_record *record, bool details);

#endif /* VDEVCTL_OUT_RECORD_H */
