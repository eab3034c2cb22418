/* SPDX-License-Identifier: GPL-2.0 */
/* Hosts: what several of them exported, one document each. */
#ifndef VDEVCTL_EXPORTS_H
#define VDEVCTL_EXPORTS_H

#include <vdev/vdev.h>

#include "cli/document.h"

struct exports {
	struct document **documents;
	/* Of each of them: what is in it, and how it is named in answers. */
	const struct vdev_document **contents;
	const char **labels;
	size_t num;
};

/*
 * Read what the words name. @whole says why none of them may name one endpoint. Complains and
 * returns an exit status; in any case the caller frees them.
 */
int exports_read(const struct command *command, int num, char **words, const char *whole,
	       struct exports *exports);
void exports_free(struct exports *exports);

#endif /* VDEVCTL_EXPORTS_H */
