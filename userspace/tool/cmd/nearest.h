/* SPDX-License-Identifier: GPL-2.0 */
/* If nothing fits, what comes nearest, and why that does not fit. */
#ifndef VDEVCTL_NEAREST_H
#define VDEVCTL_NEAREST_H

#include <vdev/vdev.h>

#include "cli/command.h"
#include "print/answer.h"

/* What stands before the error if that could not be found out. */
#define NEAREST_UNKNOWN "nothing fits; what is nearest is not known"

/* Zeroed before; copies. */
struct nearest {
	struct vdev_judgement *judgement;
	char *target;
	/* Findings against it. */
	unsigned int num_against;
};

/*
 * Keep the answer if it has a better verdict than what is kept, or the same one with fewer
 * findings against it. Of several the first is kept. Returns 0 or -ENOMEM.
 */
int nearest_take(struct nearest *nearest, const struct answer *answer);

/* Say on stderr that nothing fits, and why what was kept does not. */
void nearest_report(const struct command *command, const struct nearest *nearest,
		    const struct vdev_declaration *source);
void nearest_free(struct nearest *nearest);

#endif /* VDEVCTL_NEAREST_H */
