/* SPDX-License-Identifier: LGPL-2.1 */
/* Reading JSON of unknown origin: a bitmap. */
#ifndef VDEV_LIB_IMPORT_BITMAP_H
#define VDEV_LIB_IMPORT_BITMAP_H

#include "import.h"

void import_bitmap(struct import *import, const struct node *object, const char *key,
		   struct vdev_bitmap *bitmap);

#endif /* VDEV_LIB_IMPORT_BITMAP_H */
