/* SPDX-License-Identifier: LGPL-2.1 */
/* Drafts of profiles, whose callers may be older or newer than the library. */
#ifndef VDEV_LIB_PROFILE_DRAFT_H
#define VDEV_LIB_PROFILE_DRAFT_H

#include <vdev/profile.h>

#include "record.h"
#include "writer.h"

/* The draft that this library knows. */
struct known_profile {
	struct vdev_profile_draft draft;
	struct vdev_draft declared;
	struct vdev_record record;
};

/* Returns 0, or -EINVAL if the draft says what the library does not know. */
int vdev_profile_draft_read(struct known_profile *known, const struct vdev_profile_draft *draft,
			    size_t size, size_t declared_size);

/* The attributes of a request, of which only those that are given are written. */
void vdev_profile_draft_put(struct writer *writer, const struct known_profile *known);

#endif /* VDEV_LIB_PROFILE_DRAFT_H */
