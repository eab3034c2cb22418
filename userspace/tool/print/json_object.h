/* SPDX-License-Identifier: GPL-2.0 */
/* An endpoint as JSON, and parts of it. */
#ifndef VDEVCTL_JSON_OBJECT_H
#define VDEVCTL_JSON_OBJECT_H

#include "common/json.h"

/* NULL if there is no memory. */
json_t *json_from_object(const struct vdev_object *object);

/* Nothing is put for no capacity. */
void put_capacity(struct builder *builder, json_t *object, const struct vdev_capacity *capacity);

/* Nothing is put for 0. */
void put_generation(struct builder *builder, json_t *object, uint32_t instance,
		    uint64_t generation);

/* Nothing is put for no cost. */
void put_cost(struct builder *builder, json_t *object, const struct vdev_cost *cost);

/* The same of an age that is not known, and of what is not stale. */
void put_age(struct builder *builder, json_t *object, uint32_t age, bool stale);

#endif /* VDEVCTL_JSON_OBJECT_H */
