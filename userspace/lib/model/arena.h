/* SPDX-License-Identifier: LGPL-2.1 */
/* Memory that is freed together; resetting keeps it for the next object. */
#ifndef VDEV_ARENA_H
#define VDEV_ARENA_H

#include <stddef.h>

struct arena_chunk;

struct arena {
	struct arena_chunk *chunks;
};

/* Zeroed and aligned for any type; NULL if there is no memory. */
void *vdev_arena_alloc(struct arena *arena, size_t count, size_t size);
void vdev_arena_reset(struct arena *arena);
void vdev_arena_free(struct arena *arena);

#endif /* VDEV_ARENA_H */
