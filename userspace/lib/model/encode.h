/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * From structs to attributes. What is written is complete: where a struct
 * leaves a choice to the default, the default is written. For a partial writer
 * it is not: a rule that is not given is none, and an identity needs no value.
 */
#ifndef VDEV_ENCODE_H
#define VDEV_ENCODE_H

#include <vdev/check.h>

#include "record.h"
#include "writer.h"

/* What is not there is not written. */
void vdev_encode_string(struct writer *writer, unsigned int type, const char *string);
void vdev_encode_bitmap(struct writer *writer, unsigned int type,
			const struct vdev_bitmap *bitmap);
void vdev_encode_value(struct writer *writer, unsigned int type, const struct vdev_value *value);

void vdev_encode_record(struct writer *writer, unsigned int type,
			const struct vdev_record *record);
void vdev_encode_blocker(struct writer *writer, unsigned int type,
			 const struct vdev_blocker *blocker);
void vdev_encode_finding(struct writer *writer, unsigned int type,
			 const struct vdev_finding *finding);
void vdev_encode_rank(struct writer *writer, unsigned int type, const struct vdev_rank *rank);

#endif /* VDEV_ENCODE_H */
