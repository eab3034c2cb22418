/* SPDX-License-Identifier: LGPL-2.1 */
/* From attributes to a declaration. */
#ifndef VDEV_LIB_DECLARE_H
#define VDEV_LIB_DECLARE_H

#include <stddef.h>

#include "declaration.h"

/* Make a declaration of attributes, whatever they are. Returns 0 or a negative errno. */
int vdev_declaration_make(const void *attrs, size_t len, struct vdev_declaration **declaration,
			  struct vdev_error *error);

#endif /* VDEV_LIB_DECLARE_H */
