// SPDX-License-Identifier: GPL-2.0
/*
 * Memory for one set of facts: taken in small pieces, given back in one go.
 */
#include <linux/align.h>
#include <linux/minmax.h>
#include <linux/overflow.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "sim.h"

/* Enough for most sets of facts. */
#define CHUNK_ROOM	1984

struct sim_chunk {
	struct sim_chunk *next;
	size_t used;
	size_t room;
	u8 data[] __aligned(8);
};

static struct sim_chunk *sim_chunk_new(struct sim_arena *arena, size_t size)
{
	size_t room = max_t(size_t, size, CHUNK_ROOM);
	struct sim_chunk *chunk;

	if (arena->size + room > SIM_ARENA_MAX)
		return NULL;
	chunk = kvzalloc(struct_size(chunk, data, room), GFP_KERNEL);
	if (!chunk)
		return NULL;
	chunk->room = room;
	chunk->next = arena->chunks;
	arena->chunks = chunk;
	arena->size += room;
	return chunk;
}

/* Zeroed memory, aligned to 8 bytes; NULL if there is none. */
void *sim_arena_alloc(struct sim_arena *arena, size_t size)
{
	struct sim_chunk *chunk = arena->chunks;

	if (size > SIM_ARENA_MAX)
		return NULL;
	size = ALIGN(size, 8);
	if (!chunk || chunk->room - chunk->used < size)
		chunk = sim_chunk_new(arena, size);
	if (!chunk)
		return NULL;
	chunk->used += size;
	return chunk->data + chunk->used - size;
}

void *sim_arena_copy(struct sim_arena *arena, const void *from, size_t size)
{
	void *to = sim_arena_alloc(arena, size);

	return to ? memcpy(to, from, size) : NULL;
}

void sim_arena_free(struct sim_arena *arena)
{
	struct sim_chunk *chunk;

	while (arena->chunks) {
		chunk = arena->chunks;
		arena->chunks = chunk->next;
		kvfree(chunk);
	}
	arena->size = 0;
}
