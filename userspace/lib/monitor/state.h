/* SPDX-License-Identifier: LGPL-2.1 */
/* What a monitor is inside the library. */
#ifndef VDEV_LIB_MONITOR_STATE_H
#define VDEV_LIB_MONITOR_STATE_H

#include <vdev/monitor.h>

#include "model/object.h"
#include "netlink/sock.h"
#include "mirror.h"
#include "netlink/poller.h"
#include "sequence.h"

/*
 * Without @events nothing is followed: what is there is dumped when the pause is
 * over, through a new socket, so that nothing of before the loss is left in it.
 */
struct vdev_monitor {
	/* For requests; its error is that of the monitor. */
	struct vdev_sock *sock;
	struct vdev_transport *events;
	struct poller poller;
	struct mirror mirror;
	struct sequence sequence;
	const struct vdev_filter *filter;
	size_t buffer;
	bool wait;
	/* The family was there when it was last reported. */
	bool present;
	/* Number of the family followed; 0 if there is none. */
	uint16_t family;
	/* The instance of the generations; 0 before the first is known. */
	uint32_t instance;
	/* Attempts that failed since it last caught up with the kernel. */
	unsigned int failures;
	unsigned int pause;
	/* What the current call of vdev_monitor_read() reports. */
	vdev_event_fn *fn;
	void *arg;
	struct vdev_object before;
	struct vdev_object after;
};

#endif /* VDEV_LIB_MONITOR_STATE_H */
