/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What several decoders have in common. Strings point into the message; what is
 * allocated is in the arena.
 */
#ifndef VDEV_DECODE_H
#define VDEV_DECODE_H

#include <stddef.h>
#include <stdint.h>

#include <netlink/attr.h>

#include <vdev/object.h>

#include "arena.h"

const char *vdev_decode_string(const struct nlattr *attr);
uint32_t vdev_decode_u32(const struct nlattr *attr);
uint64_t vdev_decode_uint(const struct nlattr *attr);
void vdev_decode_value(const struct nlattr *nest, struct vdev_value *value);
void vdev_decode_blocker(const struct nlattr *nest, struct vdev_blocker *blocker);

/* Returns 0 or -ENOMEM. */
int vdev_decode_bitmap(struct arena *arena, const struct nlattr *attr, struct vdev_bitmap *bitmap);

/* These return NULL if there is no memory. */
const struct vdev_capacity *vdev_decode_capacity(struct arena *arena, const struct nlattr *nest);
const struct vdev_cost *vdev_decode_cost(struct arena *arena, const struct nlattr *nest);
const char *vdev_decode_handle(struct arena *arena, const char *first, const char *parent,
			       const char *name);

/*
 * Make room for as many elements as the nest has attributes of this type.
 * Returns 0 or -ENOMEM; *list is NULL and *num 0 if there are none.
 */
int vdev_decode_list(struct arena *arena, const struct nlattr *head, int len, int type,
		     size_t size, void **list, unsigned int *num);

#endif /* VDEV_DECODE_H */
