/* SPDX-License-Identifier: LGPL-2.1 */
/* Reading JSON of unknown origin: a ceiling. */
#ifndef VDEV_LIB_IMPORT_CEILING_H
#define VDEV_LIB_IMPORT_CEILING_H

#include "import.h"

/* NULL if the object has none. */
const struct vdev_ceiling *import_ceiling(struct import *import, const struct node *object,
					  const char *key);

#endif /* VDEV_LIB_IMPORT_CEILING_H */
