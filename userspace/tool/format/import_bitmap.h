/* SPDX-License-Identifier: GPL-2.0 */
/* Reading JSON of unknown origin: a bitmap. */
#ifndef VDEVCTL_IMPORT_BITMAP_H
#define VDEVCTL_IMPORT_BITMAP_H

#include "import.h"

void import_bitmap(struct import *import, const struct node *object, const char *key,
		   struct vdev_bitmap *bitmap);

#endif /* VDEVCTL_IMPORT_BITMAP_H */
