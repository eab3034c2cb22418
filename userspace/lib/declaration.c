// SPDX-License-Identifier: LGPL-2.1
/* The life of a declaration and the functions that read it. */
#include <stdlib.h>

#include "declaration.h"
#include "getter.h"

VDEV_API void vdev_declaration_free(struct vdev_declaration *declaration)
{
	if (!declaration)
		return;
	vdev_arena_free(&declaration->arena);
	free(declaration);
}

GETTER(enum vdev_object_kind, declaration, kind)
GETTER(uint32_t, declaration, migration)
GETTER(unsigned int, declaration, num_blockers)
LIST_GETTER(blocker, declaration, blockers, num_blockers)
GETTER(const struct vdev_record *, declaration, record)
GETTER(unsigned int, declaration, num_unknown)

VDEV_API const char *vdev_declaration_unknown(const struct vdev_declaration *declaration,
					      unsigned int index)
{
	return index < declaration->num_unknown ? declaration->unknown[index] : NULL;
}
