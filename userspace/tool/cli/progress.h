/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A line on stderr about what takes more than a second, which is erased at its end. There is
 * none if stderr is no terminal, or this process is in its background.
 */
#ifndef VDEVCTL_PROGRESS_H
#define VDEVCTL_PROGRESS_H

#include <stddef.h>

/* What is said where the kernel has to answer. */
#define PROGRESS_KERNEL "waiting for the kernel"

/*
 * What is done begins, of which there are so many; 0 if nobody knows. What begins within it is
 * a part of it. Each has its end.
 */
void progress_begin(const char *what, size_t total);
void progress_end(void);

/* One more of them is about to be done. */
void progress_step(void);

/* Something else is printed: nothing is there until the next step. */
void progress_pause(void);

#endif /* VDEVCTL_PROGRESS_H */
