/* SPDX-License-Identifier: GPL-2.0 */
/* A bound for all that a command does, whatever it waits for. */
#ifndef VDEVCTL_DEADLINE_H
#define VDEVCTL_DEADLINE_H

/*
 * From now on the process has so many seconds. When they are over, it writes @text, a line
 * that stays valid, to stderr, and exits with @status.
 */
void deadline_begin(unsigned int seconds, const char *text, int status);

/* Exit with another status then. */
void deadline_set_status(int status);

void deadline_end(void);

#endif /* VDEVCTL_DEADLINE_H */
