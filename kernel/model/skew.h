/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * Version skew: a source can come from a newer version, with words that this
 * one does not know.
 */
#ifndef _VDEV_SKEW_H
#define _VDEV_SKEW_H

#include "check.h"
#include "pure.h"

/* Longest path of an unknown part, without the terminating NUL. */
#define VDEV_PATH_LEN	79

/* An allowed range that starts there and ends at 0 is one of which nothing is known. */
#define VDEV_ALLOWED_UNKNOWN	U64_MAX

/**
 * struct vdev_skew - where unknown parts are reported
 * @note: called with the path of each, which is valid during the call
 * @arg: for @note
 */
struct vdev_skew {
	void (*note)(const struct vdev_skew *skew, const char *path);
	void *arg;
};

void vdev_skew_operand(const struct vdev_skew *skew, struct vdev_operand *operand,
		       struct vdev_record *record);

#endif /* _VDEV_SKEW_H */
