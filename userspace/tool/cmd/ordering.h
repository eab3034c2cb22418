/* SPDX-License-Identifier: GPL-2.0 */
/* What is asked of a provider of the family, made of the words that all buses share. */
#ifndef VDEVCTL_ORDERING_H
#define VDEVCTL_ORDERING_H

#include <vdev/vdev.h>

#include "change_options.h"
#include "cli/command.h"

struct ordering {
	struct vdev_order order;
	struct vdev_feature *features;
	struct vdev_param *params;
	/* The bits of the features, and a name that was chosen. */
	uint64_t *words;
	char name[VDEV_HANDLE_NAME_MAX + 1];
};

/* Whether the provider can be asked for it; false for no object. */
bool ordering_offered(const struct vdev_object *object, enum vdev_operation operation);

/*
 * Make an order for a type, or for a device that exists, and validate it. Complains; returns an
 * exit status. In either case it is freed with ordering_free().
 */
int ordering_make(const struct command *command, const struct vdev_object *object,
		  const struct vdev_config *config, const struct change_options *options,
		  struct ordering *ordering);

/* Create the device; a free name is chosen where none was given. The same. */
int ordering_create(const struct command *command, struct vdev_sock *sock,
		    const struct vdev_object *type, struct ordering *ordering,
		    struct vdev_object **device);
void ordering_free(struct ordering *ordering);

#endif /* VDEVCTL_ORDERING_H */
