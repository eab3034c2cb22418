/* SPDX-License-Identifier: GPL-2.0 */
/* Options of the commands that create, change and remove devices. */
#ifndef VDEVCTL_CHANGE_OPTIONS_H
#define VDEVCTL_CHANGE_OPTIONS_H

#include "cli/options.h"

/* "dev set" has one more, which comes last. */
#define NUM_CHANGE_OPTIONS 2
#define NUM_SET_OPTIONS 3

extern const struct keyword change_options[];

struct change_options {
	bool dry_run;
	bool reset;
	/* A number of 0 if none is expected. */
	struct generation expect;
};

/* Take them out of the words. Complains; returns an exit status. */
int change_options_take(const struct command *command, int *argc, char **argv,
			struct change_options *options);

/* Whether the object is as it was at the generation that is expected. The same. */
int change_options_expect(const struct command *command, const struct change_options *options,
			  const struct vdev_object *object);

/* The handle by names of what was found by its number. The same. */
int change_options_handle(const struct command *command, const struct vdev_object *object,
			  struct vdev_handle *handle);

#endif /* VDEVCTL_CHANGE_OPTIONS_H */
