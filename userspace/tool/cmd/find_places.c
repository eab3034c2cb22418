// SPDX-License-Identifier: GPL-2.0
/*
 * Where a vdpa device could be created that can load a state. The vdev family cannot report
 * these types, because no kernel call gives them to a module before there is a device.
 */
#include <string.h>

#include "cli/complain.h"
#include "find_places.h"
#include "like.h"
#include "provisioner.h"

static bool would_hold(const struct command *command, struct vdev_sock *sock,
		       const struct place *place, const struct operand *source)
{
	struct vdev_judgement *judgement = NULL;
	struct config_words words = { 0 };
	bool holds = false;

	if (!like_work_out(place, source->declaration, &words) &&
	    !like_judge(command, sock, place, source->declaration, &words, &judgement))
		holds = like_holds(judgement);
	vdev_judgement_free(judgement);
	config_words_free(&words);
	return holds;
}

static void try_parent(const struct command *command, struct vdev_sock *sock,
		       const struct vdev_parent *parent, const struct operand *source)
{
	char label[2 * VDEV_HANDLE_NAME_MAX + 2];
	struct place place = { .label = label, .parent = parent };
	size_t i;

	for (i = 0; i < parent->num_types; i++) {
		place.type = &parent->types[i];
		snprintf(label, sizeof(label), "%s/%s", parent->handle, place.type->name);
		if (place_has_room(&place) && would_hold(command, sock, &place, source))
			complain(command, "a device could be created for it: vdevctl dev add %s "
				 "like %s", label,
				 strcmp(source->label, "token") == 0 ? "TOKEN" : source->label);
	}
}

void find_places_hint(const struct command *command, struct vdev_sock *sock,
		      const struct operand *source)
{
	struct vdev_provisioner *provisioner = provisioner_open(command);
	struct vdev_parents *parents = NULL;
	size_t i;

	if (provisioner && !vdev_parents_read(provisioner, &parents))
		for (i = 0; i < vdev_parents_num(parents); i++)
			if (vdev_parents_get(parents, i)->method == VDEV_PARENT_VDPA)
				try_parent(command, sock, vdev_parents_get(parents, i), source);
	vdev_parents_free(parents);
	vdev_provisioner_free(provisioner);
}
