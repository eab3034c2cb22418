/* SPDX-License-Identifier: GPL-2.0 */
/* Profiles in files, as they are read to be loaded. */
#ifndef VDEVCTL_PROFILES_H
#define VDEVCTL_PROFILES_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>
#include <vdev/vdev.h>

#include "import.h"
#include "listing.h"
#include "tool.h"

#define NUM_LOAD_OPTIONS 2
#define NUM_DEL_OPTIONS 1

extern const struct keyword load_options[];
extern const struct keyword del_options[];

/* A document with any number of profiles. */
struct profiles {
	struct profiles *next;
	char *file;
	json_t *root;
	/* Has the memory of the drafts; their strings are in the JSON. */
	struct import import;
	struct vdev_profile_draft *drafts;
	size_t num;
};

/*
 * Read a file, or "-", and hold what it says against the kernel's bounds.
 * Complains and returns an exit status other than 0 if that fails; else *profiles
 * is the document, which the caller frees, or NULL if the file may be and is
 * empty.
 */
int profiles_read(const struct command *command, const char *file, bool may_be_empty,
		  struct profiles **profiles);
void profiles_free(struct profiles *profiles);

/* profile_files.c: a file that was found, or named. */
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

/* cmd_profile.c: the names of all profiles in the kernel; returns an exit status. */
int profile_names(const struct command *command, struct vdev_sock *sock,
		  struct listing *names);

#endif /* VDEVCTL_PROFILES_H */
