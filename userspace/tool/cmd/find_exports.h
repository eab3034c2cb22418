/* SPDX-License-Identifier: GPL-2.0 */
/* The search over what hosts exported. */
#ifndef VDEVCTL_FIND_EXPORTS_H
#define VDEVCTL_FIND_EXPORTS_H

#include "cli/args.h"
#include "nearest.h"
#include "operand.h"
#include "print/out_find.h"

/* Whether there is such a search. Complains; returns an exit status. */
int find_exports_check(const struct command *command, const struct show_args *args, int num_files);

/* Each file is of one host; @nearest is taken of all. Complains; returns an exit status. */
int find_exports(const struct command *command, const struct operand *source, uint32_t at_least,
		 int num_files, char **files, struct find_output *output,
		 struct nearest *nearest);

#endif /* VDEVCTL_FIND_EXPORTS_H */
