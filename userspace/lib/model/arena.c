// SPDX-License-Identifier: LGPL-2.1
/*
 * Memory of one object: a list of chunks, filled from front to back, each larger than
 * the one before up to a limit: most objects are small, and there can be many. After a
 * reset the last chunk is kept, so that decoding object after object allocates nothing.
 */
#include <stdalign.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

#define ALIGNMENT alignof(max_align_t)
#define FIRST_CHUNK_SIZE 512
#define LAST_CHUNK_SIZE 8192

struct arena_chunk {
	struct arena_chunk *next;
	size_t size;
	size_t used;
	alignas(max_align_t) char data[];
};

/* Of a chunk that holds nothing larger. */
static size_t next_size(const struct arena *arena)
{
	size_t size = arena->chunks ? 2 * arena->chunks->size : FIRST_CHUNK_SIZE;

	return size < LAST_CHUNK_SIZE ? size : LAST_CHUNK_SIZE;
}

static struct arena_chunk *add_chunk(struct arena *arena, size_t size)
{
	struct arena_chunk *chunk;

	if (size < next_size(arena))
		size = next_size(arena);
	chunk = malloc(sizeof(*chunk) + size);
	if (!chunk)
		return NULL;
	chunk->next = arena->chunks;
	chunk->size = size;
	chunk->used = 0;
	arena->chunks = chunk;
	return chunk;
}

void *vdev_arena_alloc(struct arena *arena, size_t count, size_t size)
{
	struct arena_chunk *chunk = arena->chunks;
	size_t bytes;
	void *memory;

	if (size && count > (SIZE_MAX / 2) / size)
		return NULL;
	bytes = (count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	if (!bytes)
		bytes = ALIGNMENT;
	if (!chunk || chunk->size - chunk->used < bytes)
		chunk = add_chunk(arena, bytes);
	if (!chunk)
		return NULL;
	memory = chunk->data + chunk->used;
	chunk->used += bytes;
	return memset(memory, 0, bytes);
}

void vdev_arena_reset(struct arena *arena)
{
	struct arena_chunk *keep = arena->chunks;

	if (!keep)
		return;
	arena->chunks = keep->next;
	vdev_arena_free(arena);
	keep->next = NULL;
	keep->used = 0;
	arena->chunks = keep;
}

void vdev_arena_free(struct arena *arena)
{
	struct arena_chunk *chunk = arena->chunks;

	while (chunk) {
		struct arena_chunk *next = chunk->next;

		free(chunk);
		chunk = next;
	}
	arena->chunks = NULL;
}
