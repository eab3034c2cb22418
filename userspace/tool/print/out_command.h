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

/* Add words, each in quotes where a shell would not take it as it is; NULL ends the list. */
void command_line_words(struct command_line *line, const char *const *words);
#define command_line_add(line, ...) \
	command_line_words((line), (const char *const []){ __VA_ARGS__, NULL })

/* Add what a device is to be. */
void command_line_config(struct command_line *line, const struct vdev_config *config);

void command_line_free(struct command_line *line);

#endif /* VDEVCTL_OUT_COMMAND_H */
