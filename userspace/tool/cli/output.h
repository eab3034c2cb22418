/* SPDX-License-Identifier: GPL-2.0 */
/* Files that a command writes: who reads one finds what was there before, or all of the new. */
#ifndef VDEVCTL_OUTPUT_H
#define VDEVCTL_OUTPUT_H

#include <stdio.h>

#include "command.h"

#define OUTPUT_OPTION { "--output", "FILE", "replace the file at once, when all is known" }

/* Write to @file, which takes all, in memory. Returns an exit status. */
typedef int output_fn(const struct command *command, FILE *file, void *arg);

/*
 * Have @fn write, and then put all of it into the file @name, or the standard output for "-".
 * If @fn returns another exit status than 0, nothing is written at all.
 *
 * The file is replaced at once by one with its mode, or one that the umask leaves. It is
 * made beside it, with a name that begins with a dot, and is on the disk before it
 * gets its name. A link stays, and the file that it leads to is replaced. What is no plain
 * file, such as /dev/null, is not: it would be gone for everybody.
 *
 * Complains about what fails, with the name of the file; returns an exit status.
 */
int output_write(const struct command *command, const char *name, output_fn *fn, void *arg);

#endif /* VDEVCTL_OUTPUT_H */
