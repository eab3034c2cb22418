/* SPDX-License-Identifier: GPL-2.0 */
/* What endpoints of this host declare, put into a document. */
#ifndef VDEVCTL_DECLARED_H
#define VDEVCTL_DECLARED_H

#include <vdev/vdev.h>

#include "cli/command.h"

struct declared {
	const struct command *command;
	struct vdev_document *document;
	/* All that is there; one that cannot be read harms only itself. */
	bool whole;
	/* Whatever was wrong was complained about. */
	int status;
};

/* Add what an endpoint declares. Returns 0 or a negative errno, with which it ends. */
int declared_add(struct declared *declared, const struct vdev_object *object);

#endif /* VDEVCTL_DECLARED_H */
