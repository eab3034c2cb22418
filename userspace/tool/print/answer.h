/* SPDX-License-Identifier: GPL-2.0 */
/* A judgement with the names of its operands, and what it means for its readers. */
#ifndef VDEVCTL_ANSWER_H
#define VDEVCTL_ANSWER_H

#include <stdbool.h>

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
	/* What is in doubt is no better than what nobody declares. */
	bool strict;
};

/* The interface is that of the findings, or else of @source if it is reported. */
void answer_init(struct answer *answer, const struct vdev_judgement *judgement,
		 const struct vdev_declaration *source);

/*
 * Whether something was noted that does not decide; or the target is stale, or has no room now;
 * or findings were left out.
 */
bool answer_doubtful(const struct answer *answer);

/* The exit status for one answer, and for a verdict alone. */
int answer_status(const struct answer *answer);
int verdict_status(uint32_t verdict);

/* What several answers come to. */
struct verdicts {
	uint32_t worst;
	/* One is in doubt, and that matters. */
	bool doubtful;
};

void verdicts_add(struct verdicts *verdicts, const struct answer *answer);
int verdicts_status(const struct verdicts *verdicts);

#endif /* VDEVCTL_ANSWER_H */
