/* SPDX-License-Identifier: GPL-2.0 */
/* The judgement of a source and a target, by the kernel or by the library. */
#ifndef VDEVCTL_PAIR_H
#define VDEVCTL_PAIR_H

#include <vdev/vdev.h>

#include "cli/options.h"
#include "operand.h"

/*
 * The kernel judges if the target is an endpoint of this host, which must not have changed
 * after @expect; else the library does. Complains; returns an exit status.
 */
int pair_judge(const struct command *command, struct vdev_sock *sock, struct operand *source,
	       struct operand *target, const struct generation *expect,
	       struct vdev_judgement **judgement);

#endif /* VDEVCTL_PAIR_H */
