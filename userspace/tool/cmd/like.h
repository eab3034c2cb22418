/* SPDX-License-Identifier: GPL-2.0 */
/* What a device has to be to take the state of a source. */
#ifndef VDEVCTL_LIKE_H
#define VDEVCTL_LIKE_H

#include "config_words.h"
#include "place.h"

/* The feature set of vdpa devices. */
#define LIKE_FEATURES "virtio"

/*
 * Add to the words what the source declares and the place can be asked for; what was given
 * stays. Returns 0 or -ENOMEM.
 */
int like_work_out(const struct place *place, const struct vdev_declaration *source,
		  struct config_words *words);

/*
 * Judge the source against what would be created: the kernel does where it reports the type,
 * and else the library, with what is known of the place and the best that can be of the rest.
 * Complains; returns an exit status.
 */
int like_judge(const struct command *command, struct vdev_sock *sock, const struct place *place,
	       const struct vdev_declaration *source, const struct config_words *words,
	       struct vdev_judgement **judgement);

/*
 * The parameters and the aggregation of a device that a judgement finds wanting, with what the
 * source has. @target is the record of the device; NULL if there is none. Returns 0 or -ENOMEM.
 */
int like_repair(const struct vdev_judgement *judgement, const struct vdev_declaration *source,
		const struct vdev_record *target, struct config_words *words);

/* The parameter of that name; NULL if there is none. */
const struct vdev_param *like_find(const struct vdev_record *record, const char *name);

/* Whether a state would be taken. */
bool like_holds(const struct vdev_judgement *judgement);

#endif /* VDEVCTL_LIKE_H */
