/* SPDX-License-Identifier: LGPL-2.1 */
/* Functions that read a field of an opaque struct, or an entry of its list. */
#ifndef VDEV_GETTER_H
#define VDEV_GETTER_H

#include "internal.h"

#define GETTER(type, owner, field) \
	VDEV_API type vdev_##owner##_##field(const struct vdev_##owner *owner) \
	{ \
		return owner->field; \
	}

#define LIST_GETTER(element, owner, list, num) \
	VDEV_API const struct vdev_##element * \
	vdev_##owner##_##element(const struct vdev_##owner *owner, unsigned int index) \
	{ \
		return index < owner->num ? &owner->list[index] : NULL; \
	}

#endif /* VDEV_GETTER_H */
