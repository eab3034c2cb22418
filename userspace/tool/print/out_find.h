/* SPDX-License-Identifier: GPL-2.0 */
/* What a search has found, on stdout or as JSON: one answer after the other. */
#ifndef VDEVCTL_OUT_FIND_H
#define VDEVCTL_OUT_FIND_H

#include "answer.h"
#include "common/frame.h"

struct find_output {
	const struct options *options;
	struct frame frame;
	/* The lowest, which is the best, of all verdicts. */
	uint32_t best;
	/* One is good, and not in doubt where that matters. */
	bool good;
	bool begun;
};

/* Each returns 0, -ENOMEM, or -EIO when stdout takes no more. */
int out_find(struct find_output *output, const struct answer *answer);

/* @instance and @snapshot: of which moment it is; 0 if that is not known. */
int out_find_end(struct find_output *output, uint32_t instance, uint64_t snapshot);

/* Whether nothing that was found can be a target. */
bool out_find_nothing(const struct find_output *output);

/* The exit status for what was found. */
int out_find_status(const struct find_output *output);

#endif /* VDEVCTL_OUT_FIND_H */
