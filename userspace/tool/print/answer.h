/* SPDX-License-Identifier: GPL-2.0 */
/* A judgement with the names of its operands, and what it means for its readers. */
#ifndef VDEVCTL_ANSWER_H
#define VDEVCTL_ANSWER_H

#include <vdev/vdev.h>

#include "cli/command.h"

struct answer {
	/* NULL where it is always the same. */
	const char *source;
	const char *target;
	/* The library judged, not the kernel. */
	bool offline;
	const struct vdev_judgement *judgement;
	/* Decides what bits are called; NULL if it is not reported. */
	const char *device_api;
};

/* The interface is that of the findings, or else of @source if it is reported. */
void answer_init(struct answer *answer, const struct vdev_judgement *judgement,
		 const struct vdev_declaration *source);

/* The exit status for a verdict. */
int answer_status(uint32_t verdict);

#endif /* VDEVCTL_ANSWER_H */
