/* SPDX-License-Identifier: GPL-2.0 */
/* What an administrator wants where it is not known whether a migration would succeed. */
#ifndef VDEVCTL_POLICY_H
#define VDEVCTL_POLICY_H

#include <stdbool.h>

#include "command.h"

/* True: the migration is refused. */
struct policy {
	/* Nobody declares whether the device can be migrated. */
	bool undeclared;
	/* The domain does not say what a device of it declared. */
	bool missing;
	/* The kernel cannot be asked, or does not answer. */
	bool unanswered;
};

/*
 * Read the file, which need not be there. Complains and returns an exit status if it makes no
 * sense.
 */
int policy_read(const struct command *command, const char *file, struct policy *policy);

#endif /* VDEVCTL_POLICY_H */
