/* SPDX-License-Identifier: GPL-2.0 */
/* Words of the command line that say which endpoints are meant. */
#ifndef VDEVCTL_ARGS_H
#define VDEVCTL_ARGS_H

#include <vdev/vdev.h>

#include "command.h"

/* Of devices; types have one more, and find has all. */
#define NUM_SHOW_KEYWORDS 8
#define NUM_TYPE_KEYWORDS 9
#define NUM_MONITOR_KEYWORDS 9
#define NUM_FIND_KEYWORDS 11

/* Conditions; the first is of types alone. */
extern const struct keyword find_keywords[];
#define SHOW_KEYWORDS (find_keywords + NUM_TYPE_KEYWORDS - NUM_SHOW_KEYWORDS)

struct show_args {
	/* The one endpoint meant, and how it was written; NULL for many. */
	const char *endpoint;
	struct vdev_handle handle;
	struct vdev_filter *filter;
	unsigned int given;
	/* The condition at-least, which the filter has, too; 0 if it is not given. */
	uint32_t at_least;
	/* The condition available, which the kernel does not know. */
	bool available;
	/* No handle can be among the words. */
	bool conditions_only;
};

/*
 * Read the words; complains and returns an exit status other than 0 if they
 * make no sense. The caller frees @args in any case.
 */
int args_parse(const struct command *command, enum vdev_object_kind kind,
	       int argc, char **argv, struct show_args *args);

/* The same where there can be only conditions. */
int args_conditions(const struct command *command, int argc, char **argv,
		    struct show_args *args);
void args_free(struct show_args *args);

/* How many words a condition that begins with this one takes. */
int args_condition_words(const struct command *command, const char *word);

/* Whether what has this capacity, NULL if none is reported, is not kept out by "available". */
bool args_available(const struct show_args *args, enum vdev_object_kind kind,
		    const struct vdev_capacity *capacity);

/* Whether there is another condition than at-least. */
bool args_given_other(const struct show_args *args);

#endif /* VDEVCTL_ARGS_H */
