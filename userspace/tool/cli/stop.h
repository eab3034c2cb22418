/* SPDX-License-Identifier: GPL-2.0 */
/* Ending a command that runs until it is stopped. */
#ifndef VDEVCTL_STOP_H
#define VDEVCTL_STOP_H

#include <stdbool.h>

/* From now on SIGINT and SIGTERM are noted, and a closed pipe is an error. */
void stop_prepare(void);

/* Whether there was one. */
bool stop_wanted(void);

/* Readable when there was one; -1 if it could not be made. */
int stop_fd(void);

/*
 * stdout took no more, with an errno: because its reader is gone, or because of a signal:
 * that is an end like any other, and what was not written is discarded.
 */
bool stop_output_over(int error);

#endif /* VDEVCTL_STOP_H */
