/* SPDX-License-Identifier: GPL-2.0 */
/* Commands of vdevctl, as a shell takes them. */
#ifndef VDEVCTL_OUT_COMMAND_H
#define VDEVCTL_OUT_COMMAND_H

#include <vdev/vdev.h>

/* A text that grows; zeroed before, and freed with command_line_free(). */
struct command_line {
	char *text;
	size_t len;
	bool broken;
};

/* Add words, each in quotes where a shell would not take it as it is; the last is NULL. */
void command_line_add(struct command_line *line, const char *word, ...)
	__attribute__((sentinel));

/* Add what a device is to be. */
void command_line_config(struct command_line *line, const struct vdev_config *config);

void command_line_free(struct command_line *line);

#endif /* VDEVCTL_OUT_COMMAND_H */
