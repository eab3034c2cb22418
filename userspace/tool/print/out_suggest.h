/* SPDX-License-Identifier: GPL-2.0 */
/* Commands that would do something, on stdout. */
#ifndef VDEVCTL_OUT_SUGGEST_H
#define VDEVCTL_OUT_SUGGEST_H

#include "answer.h"
#include "out_command.h"

/*
 * Print commands, one on a line; in JSON after the judgement, if there is one. Returns 0,
 * -ENOMEM, or -EIO when stdout takes no more.
 */
int out_commands(const struct command_line *lines, size_t num, const struct answer *answer,
		 const struct options *options);

#endif /* VDEVCTL_OUT_SUGGEST_H */
