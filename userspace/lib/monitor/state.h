/* SPDX-License-Identifier: LGPL-2.1 */
/* What a monitor is inside the library. */
#ifndef VDEV_LIB_MONITOR_STATE_H
#define VDEV_LIB_MONITOR_STATE_H

#include <vdev/monitor.h>

#include "model/object.h"
#include "netlink/dump.h"
#include "netlink/sock.h"
#include "mirror.h"
#include "netlink/poller.h"
#include "sequence.h"

/* What the next step of getting to know what is there does. */
enum sync_step {
	/* Nothing: it is followed, or a pause comes before. */
	SYNC_NONE,
	SYNC_FAMILY,
	/* Read a dump, and compare it with the mirror. */
	SYNC_DUMP,
	SYNC_COMPARE,
};

/*
 * The kind that is dumped comes before the other one, or after it. If endpoints changed all the
 * time, a dump is of several moments: it is known what was there once the event of generation
 * @until has been applied, and @pending until that has been reported.
 */
struct sync {
	enum sync_step step;
	struct search search;
	enum vdev_object_kind kind;
	struct dump dump;
	uint64_t snapshot;
	uint64_t until;
	bool pending;
};

/*
 * Without @events nothing is followed: what is there is dumped when the pause is
 * over, through a new socket, so that nothing of before the loss is left in it. It is polled
 * once the dumps have been compared with the mirror.
 */
struct vdev_monitor {
	/* For requests; its error is that of the monitor. */
	struct vdev_sock *sock;
	struct vdev_transport *events;
	struct poller poller;
	struct mirror mirror;
	struct sequence sequence;
	struct sync sync;
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
