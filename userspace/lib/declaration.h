/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What a declaration is inside the library: attributes in their canonical form
 * and the host's byte order, and the structs that were decoded from them.
 */
#ifndef VDEV_LIB_DECLARATION_H
#define VDEV_LIB_DECLARATION_H

#include <vdev/declaration.h>

#include "arena.h"
#include "kernel/include/linux/vdev_limits.h"
#include "record.h"
#include "schema.h"
#include "writer.h"

/* A record, blockers, and some room for what is not known yet. */
#define DECLARATION_BYTES (VDEV_OBJECT_BYTES + 8192)

struct vdev_declaration {
	struct arena arena;
	const struct nlattr *attrs;
	size_t len;
	enum vdev_object_kind kind;
	uint32_t migration;
	const struct vdev_blocker *blockers;
	unsigned int num_blockers;
	const struct vdev_record *record;
	const char **unknown;
	unsigned int num_unknown;
};

/* Write why something is refused, if anybody wants to know; returns @err. */
int vdev_why(char *why, int err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/*
 * Make a declaration of attributes, whatever they are; with those that are not
 * known if @unknown. Returns 0 or a negative errno.
 */
int vdev_declaration_make(const void *attrs, size_t len, bool unknown,
			  struct vdev_declaration **declaration, char *why);

/* Write it as the source of a request. */
void vdev_declaration_put(struct writer *writer, const struct vdev_declaration *declaration);

#endif /* VDEV_LIB_DECLARATION_H */
