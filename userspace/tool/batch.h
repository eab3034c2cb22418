/* SPDX-License-Identifier: GPL-2.0 */
/* Commands from a file, one a line. */
#ifndef VDEVCTL_BATCH_H
#define VDEVCTL_BATCH_H

#include "cli/globals.h"

/* Runs the words of one line; returns an exit status. */
typedef int batch_fn(const struct globals *globals, int argc, char **argv);

/*
 * Run each line of the file that @globals name, or of the standard input, until one fails or
 * there are no more. Returns the exit status of the first that failed; if none did, that of the
 * worst answer.
 */
int batch_run(const struct globals *globals, batch_fn *fn);

#endif /* VDEVCTL_BATCH_H */
