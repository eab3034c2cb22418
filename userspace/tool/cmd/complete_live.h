/* SPDX-License-Identifier: GPL-2.0 */
/* What there is on this host, for completion. */
#ifndef VDEVCTL_COMPLETE_LIVE_H
#define VDEVCTL_COMPLETE_LIVE_H

#include <stdbool.h>

#include "cli/command.h"
#include "common/listing.h"

/* What the kind of an entry says: whether more follows behind it. */
enum complete_kind { COMPLETE_WORD, COMPLETE_BEGIN };

/*
 * Add the handles of what @operands has of enum operand, of those whose begin up to the last
 * slash is that of @current; buses alone if there is no slash in it. What cannot be read is left out.
 */
void complete_handles(const struct command *command, unsigned int operands, const char *current,
		      struct listing *found);

/* Add the values that this keyword has on this host; false if it is none of those. */
bool complete_values(const struct command *command, const char *keyword, struct listing *found);

#endif /* VDEVCTL_COMPLETE_LIVE_H */
