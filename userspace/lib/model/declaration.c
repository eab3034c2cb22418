// SPDX-License-Identifier: LGPL-2.1
/* A declaration: its life, how it is judged and written, and the functions that read it. */
#include <endian.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "declaration.h"
#include "encode.h"
#include "getter.h"

VDEV_API void vdev_declaration_free(struct vdev_declaration *declaration)
{
	if (!declaration || __atomic_fetch_sub(&declaration->shares, 1, __ATOMIC_ACQ_REL))
		return;
	vdev_arena_free(&declaration->arena);
	free(declaration);
}

/* The number of shares is no part of what never changes. */
VDEV_API struct vdev_declaration *vdev_declaration_dup(const struct vdev_declaration *declaration)
{
	struct vdev_declaration *shared = (struct vdev_declaration *)declaration;

	__atomic_fetch_add(&shared->shares, 1, __ATOMIC_RELAXED);
	return shared;
}

struct vdev_operand vdev_declaration_operand(const struct vdev_declaration *declaration)
{
	return (struct vdev_operand) {
		.kind = declaration->kind,
		.migration = declaration->migration,
		.capabilities = declaration->capabilities,
		.blockers = declaration->blockers,
		.num_blockers = declaration->num_blockers,
		.record = declaration->record,
		.unknown = (const char *const *)declaration->unknown,
		.num_unknown = min(declaration->num_unknown, VDEV_UNKNOWN_MAX),
	};
}

/* A path has keys of a document in it, which can be anything. */
void vdev_declaration_put_unknown(struct writer *writer, const char *path)
{
	char text[VDEV_STRING_LEN + 1];
	size_t i;

	for (i = 0; i < VDEV_STRING_LEN && path[i]; i++)
		text[i] = path[i] >= 0x20 && path[i] < 0x7f ? path[i] : '?';
	text[i] = '\0';
	vdev_writer_string(writer, VDEV_A_SOURCE_UNKNOWN, text);
}

void vdev_declaration_put_known(struct writer *writer, const struct vdev_declaration *declaration)
{
	unsigned int i;

	vdev_writer_u32(writer, VDEV_A_SOURCE_ENDPOINT, declaration->kind);
	vdev_writer_u32(writer, VDEV_A_SOURCE_MIGRATION, declaration->migration);
	for (i = 0; i < declaration->num_blockers; i++)
		vdev_encode_blocker(writer, VDEV_A_SOURCE_BLOCKER, &declaration->blockers[i]);
	vdev_encode_record(writer, VDEV_A_SOURCE_RECORD, declaration->record);
	for (i = 0; i < declaration->num_unknown && i < VDEV_UNKNOWN_MAX; i++)
		vdev_declaration_put_unknown(writer, declaration->unknown[i]);
	if (declaration->capabilities)
		vdev_writer_u32(writer, VDEV_A_SOURCE_CAPABILITIES, declaration->capabilities);
}

void vdev_declaration_put(struct writer *writer, const struct vdev_declaration *declaration)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_SOURCE);
	void *room;

	if (VDEV_ORDER_IS_KNOWN(declaration)) {
		room = vdev_writer_reserve(writer, declaration->len);
		if (room)
			memcpy(room, declaration->attrs, declaration->len);
	} else {
		vdev_declaration_put_known(writer, declaration);
	}
	vdev_writer_end(writer, nest);
}

VDEV_API const char *vdev_declaration_unknown(const struct vdev_declaration *declaration,
					      unsigned int index)
{
	return index < declaration->num_unknown ? declaration->unknown[index] : NULL;
}

GETTER(enum vdev_object_kind, declaration, kind)
GETTER(uint32_t, declaration, migration)
GETTER(uint32_t, declaration, capabilities)
GETTER(unsigned int, declaration, num_blockers)
LIST_GETTER(blocker, declaration, blockers, num_blockers)
GETTER(const struct vdev_record *, declaration, record)
GETTER(unsigned int, declaration, num_unknown)
