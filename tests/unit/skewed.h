/* SPDX-License-Identifier: GPL-2.0 */
/* Declarations with parts that no version knows, for the tests of what becomes of them. */
#ifndef SKEWED_H
#define SKEWED_H

#include <netlink/attr.h>

#include <vdev/declaration.h>

/* No version is as new. */
#define NEWER 77
#define NEWER_FLAG (1U << 30)

/* A step of a path of attributes: that with the number, after so many others of it. */
#define STEP(type, index) ((type) | (index) << 8)
#define STEP_TYPE(step) ((step) & 0xff)
#define STEP_INDEX(step) ((step) >> 8)
#define DEPTH 5

#define RECORD(step) { VDEV_A_SOURCE_RECORD, (step) }
#define IN_RECORD(step, inner) { VDEV_A_SOURCE_RECORD, (step), (inner) }
#define IN_MTU(inner) IN_RECORD(STEP(VDEV_A_RECORD_PARAM, 1), inner)

/* All that a declaration can have, and all of it known. */
extern const struct vdev_draft skewed_full;

/* Each must succeed. */
struct vdev_declaration *skewed_make(const struct vdev_draft *draft);
struct vdev_declaration *skewed_parse(const char *token);

/* Of attributes that came as a token; they are kept as they are. */
struct vdev_declaration *skewed_carry(const void *attrs, size_t len);

/* The attribute of a path of steps. */
struct nlattr *skewed_find(struct nlattr *head, int len, const unsigned int *steps);

/* It is the one part that is not known, and so it is judged. */
void skewed_expect(const struct vdev_declaration *declaration, const char *path);

#endif /* SKEWED_H */
