/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What a declaration is inside the library: attributes in their canonical form
 * and the host's byte order, and the structs that were decoded from them.
 */
#ifndef VDEV_LIB_DECLARATION_H
#define VDEV_LIB_DECLARATION_H

#include <vdev/declaration.h>

#include "kernel/model/check.h"
#include "kernel/include/linux/vdev_limits.h"
#include "arena.h"
#include "error.h"
#include "record.h"
#include "writer.h"

/* A record, blockers, and some room for what is not known yet. */
#define DECLARATION_BYTES (VDEV_OBJECT_BYTES + 8192)

struct vdev_declaration {
	/* How many hold it beside the first. */
	unsigned int shares;
	struct arena arena;
	const struct nlattr *attrs;
	size_t len;
	enum vdev_object_kind kind;
	uint32_t migration;
	uint32_t capabilities;
	const struct vdev_blocker *blockers;
	unsigned int num_blockers;
	struct vdev_record *record;
	/* Paths of what is not known; of attributes first. */
	const char **unknown;
	unsigned int num_unknown;
	unsigned int num_attributes;
};

/*
 * In a token the attributes are little-endian. Those that are not known cannot be put in
 * another order, so that a host that has another one lists them by their path instead:
 * in what it makes of an object, and in what it says to the kernel of a token.
 */
#define VDEV_ORDER_IS_KNOWN(declaration) \
	(__BYTE_ORDER == __LITTLE_ENDIAN || !(declaration)->num_attributes)

/* Write the path of a part that is not known. */
void vdev_declaration_put_unknown(struct writer *writer, const char *path);

/* Write all that is known, and the paths of the rest. */
void vdev_declaration_put_known(struct writer *writer, const struct vdev_declaration *declaration);

/* What the evaluator takes of it. */
struct vdev_operand vdev_declaration_operand(const struct vdev_declaration *declaration);

/* Write it as the source of a request. */
void vdev_declaration_put(struct writer *writer, const struct vdev_declaration *declaration);

#endif /* VDEV_LIB_DECLARATION_H */
