/* SPDX-License-Identifier: GPL-2.0 */
/* The files that profiles are loaded from. */
#ifndef VDEVCTL_PROFILE_FILES_H
#define VDEVCTL_PROFILE_FILES_H

#include <stdbool.h>

#include "cli/command.h"
#include "common/listing.h"

/* A file that was found, or named. */
struct profile_files {
	struct listing listing;
	/* Found in a directory: an empty one says nothing. */
	bool found;
};

/*
 * The files of a directory in the order of their names; those of all directories
 * of this host for NULL; or the file itself. Complains; returns an exit status.
 * The caller frees the listing, whose texts are the paths.
 */
int profile_files(const struct command *command, const char *word, struct profile_files *files);

#endif /* VDEVCTL_PROFILE_FILES_H */
