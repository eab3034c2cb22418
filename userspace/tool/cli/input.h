/* SPDX-License-Identifier: GPL-2.0 */
/* Files that were named on the command line. */
#ifndef VDEVCTL_INPUT_H
#define VDEVCTL_INPUT_H

#include <stddef.h>

#include <vdev/document.h>

#include "command.h"

/* No host has that many endpoints, and no reader that much patience. */
#define INPUT_MAX VDEV_DOCUMENT_SIZE_MAX

/*
 * All of a file, or of the standard input for "-", with a NUL behind it, which the caller frees.
 * Complains and returns NULL if it cannot be read.
 */
char *input_read(const struct command *command, const char *name, size_t *size);

/* The standard input is read by somebody else: from now on nothing else reads it. */
void input_take_stdin(void);

/*
 * The same for a file that was found in a directory. FIFOs, devices and directories are named
 * on stderr, and read as empty; nothing is waited for. /dev/null is an empty file.
 */
char *input_read_found(const struct command *command, const char *name, size_t *size);

#endif /* VDEVCTL_INPUT_H */
