/* SPDX-License-Identifier: GPL-2.0 */
/* Where a device could be created that can load a state, if none that is there can. */
#ifndef VDEVCTL_FIND_PLACES_H
#define VDEVCTL_FIND_PLACES_H

#include "operand.h"

/* Say so on stderr, with the command. What cannot be read or judged is no such place. */
void find_places_hint(const struct command *command, struct vdev_sock *sock,
		      const struct operand *source);

#endif /* VDEVCTL_FIND_PLACES_H */
