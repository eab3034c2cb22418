/* SPDX-License-Identifier: GPL-2.0 */
/* Profiles in files, as they are read to be loaded. */
#ifndef VDEVCTL_PROFILES_H
#define VDEVCTL_PROFILES_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>
#include <vdev/vdev.h>

#include "cli/command.h"
#include "import.h"

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

#endif /* VDEVCTL_PROFILES_H */
