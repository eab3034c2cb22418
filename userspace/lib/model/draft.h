/* SPDX-License-Identifier: LGPL-2.1 */
/* Drafts, whose callers may be older or newer than the library. */
#ifndef VDEV_LIB_DRAFT_H
#define VDEV_LIB_DRAFT_H

#include <stddef.h>

#include <vdev/declaration.h>

#include "record.h"

/*
 * The draft that this library knows, of @known_size bytes; what the caller does
 * not know is 0. Returns 0, or -EINVAL if it says what the library does not know.
 */
int vdev_draft_read(void *known, size_t known_size, const void *draft, size_t size);

/* What a draft says of the record. */
struct vdev_record vdev_draft_record(const struct vdev_draft *draft);

#endif /* VDEV_LIB_DRAFT_H */
