/* SPDX-License-Identifier: GPL-2.0 */
/* Options that choose the form in which declarations travel, and where to. */
#ifndef VDEVCTL_EXPORT_OPTIONS_H
#define VDEVCTL_EXPORT_OPTIONS_H

#include <vdev/document.h>

#include "cli/options.h"

#define NUM_EXPORT_FORMS 5
#define NUM_EXPORT_OPTIONS 8
#define NUM_LIVE_EXPORT_OPTIONS 9

#define EXPORT_FORMS "[--token | --libvirt | --traits | --nova-provider | " \
	"--nfd [--expires DURATION] | --no-host] [-o FILE | --output FILE]"

/* Forms; what is left out, how long it holds, where it goes; and how old facts of this host may be. */
extern const struct keyword export_options[];
#define EXPORT_LETTERS "       o "
#define EXPORT_NO_HOST NUM_EXPORT_FORMS
#define EXPORT_EXPIRES (NUM_EXPORT_FORMS + 1)
#define EXPORT_OUTPUT (NUM_EXPORT_FORMS + 2)
#define EXPORT_MAX_AGE NUM_EXPORT_OPTIONS

struct export_choice {
	enum vdev_form form;
	/* enum vdev_write_flag */
	uint32_t flags;
	/* When labels expire, as vdev_document_set_expiry() takes it. */
	uint64_t expiry;
	/* A file, or "-". */
	const char *output;
};

/*
 * The form that the options ask for, JSON unless there is one. Complains and
 * returns an exit status other than 0 if they contradict each other.
 */
int export_choose(const struct command *command, const struct options *options,
		  const struct taken *taken, struct export_choice *choice);

/*
 * Write the document where it was asked for; @status is another one than 0 if something is not
 * in it, and then no file is written. Returns an exit status.
 */
int export_write(const struct command *command, struct vdev_document *document,
		 const struct export_choice *choice, int status);

#endif /* VDEVCTL_EXPORT_OPTIONS_H */
