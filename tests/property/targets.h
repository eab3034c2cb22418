/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The targets of agree.c: endpoints of the simulator, the socket by which the
 * kernel is asked about them, and sources that may be like them.
 */
#ifndef TARGETS_H
#define TARGETS_H

#include <vdev/vdev.h>

#include "made.h"

#define TARGETS 16

struct target {
	/* As it was made, and as it is reported. */
	struct made plain;
	struct made made;
	struct vdev_handle handle;
	enum vdev_object_kind kind;
	struct vdev_declaration *declaration;
};

extern struct target targets[TARGETS];
extern struct vdev_sock *sock;

/* End the program: a request failed. */
void die(const char *what);

/* Make all targets once more, and compare what is reported of them with what was made. */
void targets_make(struct random *dice);

/* Let one have another contract for a moment, if it is a device: nothing of it is seen later. */
void target_leave_and_return(struct random *dice);

/* Which one a judgement is about. */
const struct target *target_of(const struct vdev_judgement *judgement);

/* Something like the target, or nothing like it. */
void target_make_source(const struct target *target, struct made *source, struct random *dice);

/* What a declaration says, as the evaluator takes it. */
struct vdev_operand operand_of(const struct vdev_declaration *declaration);

#endif /* TARGETS_H */
