/* SPDX-License-Identifier: GPL-2.0 */
/* Where a device is created: a type of a parent. */
#ifndef VDEVCTL_PLACE_H
#define VDEVCTL_PLACE_H

#include <vdev/vdev.h>

#include "change_options.h"
#include "cli/command.h"

struct place {
	/* PARENT/TYPE */
	char *label;
	/* The provider of the type creates devices, and not the parent. */
	bool family;
	/* NULL where only the family knows them. */
	const struct vdev_parent *parent;
	const struct vdev_parent_type *type;
	/* What the family reports of the type; NULL if nothing, as of an idle parent. */
	const struct vdev_object *object;
};

/* Those that a word names; zeroed before, and freed with places_free(). */
struct places {
	struct place *list;
	size_t num;
	struct vdev_parents *parents;
	struct vdev_object **objects;
	size_t num_objects;
	/* There is such a parent. */
	bool known;
};

/* PARENT is all its types; there may be none. Complains; returns an exit status. */
int places_find(const struct command *command, struct vdev_sock *sock,
		struct vdev_provisioner *provisioner, const char *word, struct places *places);

/* Complains and returns an exit status if there is none. */
int places_any(const struct command *command, const struct places *places, const char *word);

/* Complains about more than one, and returns NULL. */
const struct place *places_only(const struct command *command, const struct places *places,
				const char *word);

/*
 * Whether the type is as it was at a generation, if one is expected. Complains; returns an
 * exit status.
 */
int place_expect(const struct command *command, const struct place *place,
		 const struct change_options *options);

/* How devices are created; 0 if by the family. */
uint32_t place_method(const struct place *place);

/* Whether one more can be created, as far as that is known. */
bool place_has_room(const struct place *place);

void places_free(struct places *places);

#endif /* VDEVCTL_PLACE_H */
