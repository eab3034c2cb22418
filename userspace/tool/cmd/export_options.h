/* SPDX-License-Identifier: GPL-2.0 */
/* Options that choose the form in which declarations travel. */
#ifndef VDEVCTL_EXPORT_OPTIONS_H
#define VDEVCTL_EXPORT_OPTIONS_H

#include <vdev/document.h>

#include "cli/options.h"

#define NUM_EXPORT_FORMS 3
#define NUM_EXPORT_OPTIONS 4
#define NUM_LIVE_EXPORT_OPTIONS 5

/* Forms; what is left out; and the last one, how old facts of this host may be. */
extern const struct keyword export_options[];
#define EXPORT_NO_HOST NUM_EXPORT_FORMS
#define EXPORT_MAX_AGE NUM_EXPORT_OPTIONS

struct export_choice {
	enum vdev_form form;
	/* enum vdev_write_flag */
	uint32_t flags;
};

/*
 * The form that the options ask for, JSON unless there is one. Complains and
 * returns an exit status other than 0 if they contradict each other.
 */
int export_choose(const struct command *command, const struct options *options,
		  const struct taken *taken, struct export_choice *choice);

#endif /* VDEVCTL_EXPORT_OPTIONS_H */
