// SPDX-License-Identifier: LGPL-2.1
/*
 * The life of a monitor, and its loop: read what was multicast, step by step,
 * until nothing is left or something is lost.
 */
#include <errno.h>
#include <stdlib.h>

#include <netlink/msg.h>

#include "model/profile.h"
#include "model/reply.h"
#include "netlink/sock_error.h"
#include "netlink/family.h"
#include "netlink/filter.h"
#include "internal.h"
#include "monitor.h"
#include "notification.h"
#include "report.h"
#include "sync.h"

/* Datagrams that one call reads at most. */
#define READ_LIMIT 4096
/* Attempts of one dump; what it does not bring comes after a longer pause. */
#define DUMP_ATTEMPTS 3
/* Attempts to dump what is there, one after the other, before a call fails. */
#define MONITOR_ATTEMPTS 10
#define MONITOR_FIRST_PAUSE_MS 10
#define MONITOR_LAST_PAUSE_MS 500

VDEV_API struct vdev_monitor *vdev_monitor_new(void)
{
	struct vdev_monitor *monitor = calloc(1, sizeof(*monitor));

	if (!monitor)
		return NULL;
	vdev_poller_init(&monitor->poller);
	monitor->sock = vdev_sock_new();
	if (!monitor->sock) {
		free(monitor);
		return NULL;
	}
	vdev_sock_set_attempts(monitor->sock, DUMP_ATTEMPTS);
	monitor->buffer = VDEV_MONITOR_BUFFER;
	monitor->mirror.limit = VDEV_MONITOR_MEMORY;
	monitor->pause = MONITOR_FIRST_PAUSE_MS;
	monitor->present = true;
	return monitor;
}

VDEV_API void vdev_monitor_free(struct vdev_monitor *monitor)
{
	if (!monitor)
		return;
	vdev_sync_end(monitor);
	vdev_transport_close(monitor->events);
	vdev_poller_close(&monitor->poller);
	vdev_mirror_free(&monitor->mirror);
	vdev_arena_free(&monitor->before.arena);
	vdev_arena_free(&monitor->after.arena);
	vdev_sock_free(monitor->sock);
	free(monitor);
}

VDEV_API void vdev_monitor_set_filter(struct vdev_monitor *monitor,
				      const struct vdev_filter *filter)
{
	monitor->filter = filter;
}

VDEV_API void vdev_monitor_set_buffer(struct vdev_monitor *monitor, size_t bytes)
{
	monitor->buffer = bytes;
}

VDEV_API void vdev_monitor_set_memory(struct vdev_monitor *monitor, size_t bytes)
{
	monitor->mirror.limit = bytes;
}

VDEV_API void vdev_monitor_set_wait(struct vdev_monitor *monitor, bool wait)
{
	monitor->wait = wait;
}

VDEV_API int vdev_monitor_fd(const struct vdev_monitor *monitor)
{
	return monitor->poller.fd;
}

VDEV_API const struct vdev_error *vdev_monitor_error(const struct vdev_monitor *monitor)
{
	return &monitor->sock->error;
}

VDEV_API int vdev_monitor_start(struct vdev_monitor *monitor)
{
	int err;

	vdev_error_clear(monitor->sock);
	if (monitor->poller.fd >= 0)
		return vdev_error_local(monitor->sock, EALREADY);
	err = vdev_sock_ready(monitor->sock);
	if (!err && !monitor->sock->group)
		return vdev_error_set(monitor->sock, VDEV_ERROR_KERNEL, EOPNOTSUPP, NULL,
				      "the module does not report changes");
	if (err && !(monitor->wait && monitor->sock->error.type == VDEV_ERROR_ABSENT))
		return err;
	vdev_error_clear(monitor->sock);
	err = vdev_poller_open(&monitor->poller);
	if (err)
		return vdev_error_local(monitor->sock, -err);
	vdev_poller_pause(&monitor->poller, 0);
	return 0;
}

VDEV_API int vdev_monitor_each(struct vdev_monitor *monitor, vdev_object_fn *fn, void *arg)
{
	struct mirror_entry *entry = NULL;
	size_t bucket = 0;
	int err = 0;

	vdev_error_clear(monitor->sock);
	while (!err && (entry = vdev_mirror_next(&monitor->mirror, &bucket, entry))) {
		if (vdev_object_decode(&monitor->after, entry->msg))
			return vdev_error_local(monitor->sock, ENOMEM);
		err = fn(&monitor->after, arg);
	}
	return err;
}

void vdev_monitor_drop(struct vdev_monitor *monitor)
{
	unsigned int pause = monitor->pause;

	vdev_sync_end(monitor);
	if (monitor->events) {
		vdev_poller_remove(&monitor->poller, vdev_transport_fd(monitor->events));
		vdev_transport_close(monitor->events);
		monitor->events = NULL;
	}
	vdev_poller_pause(&monitor->poller, pause);
	monitor->pause = 2 * pause < MONITOR_LAST_PAUSE_MS ? 2 * pause : MONITOR_LAST_PAUSE_MS;
}

static int lose(struct vdev_monitor *monitor, enum vdev_loss loss)
{
	const struct vdev_event event = {
		.type = VDEV_EVENT_OVERRUN,
		.generation = monitor->sequence.last,
		.loss = loss,
	};

	vdev_monitor_drop(monitor);
	return vdev_monitor_report(monitor, &event);
}

/* Whether an event contradicts what the mirror has. */
static bool contradicts(const struct vdev_monitor *monitor, const struct notification *notification,
			const struct mirror_entry *entry, const struct nlmsghdr *nlh)
{
	if (!vdev_sequence_sure(&monitor->sequence, notification->object, notification->generation))
		return false;
	if (notification->type == NOTIFICATION_NEW)
		return entry;
	if (entry)
		return vdev_reply_peek_id(entry->msg) != vdev_reply_peek_id(nlh);
	return !vdev_filter_narrow(monitor->filter);
}

/* Whether the mirror has what is newer than an event, from a dump of several moments. */
static bool is_outdated(const struct vdev_monitor *monitor,
			const struct notification *notification, const struct mirror_entry *entry)
{
	return entry && vdev_reply_peek_generation(entry->msg) >= notification->generation &&
	       !vdev_sequence_sure(&monitor->sequence, notification->object,
				   notification->generation);
}

static int apply(struct vdev_monitor *monitor, const struct notification *notification,
		 const struct nlmsghdr *nlh)
{
	struct mirror_entry *entry = vdev_mirror_find(&monitor->mirror, nlh);
	struct vdev_event event = { .generation = notification->generation };
	bool stays = notification->type != NOTIFICATION_DEL;

	if (is_outdated(monitor, notification, entry))
		return 0;
	if (contradicts(monitor, notification, entry, nlh))
		return lose(monitor, VDEV_LOSS_BROKEN);
	if (stays && monitor->filter) {
		if (vdev_object_decode(&monitor->after, nlh))
			return vdev_error_local(monitor->sock, ENOMEM);
		stays = vdev_filter_passes(monitor->filter, &monitor->after);
	}
	if (stays)
		return vdev_monitor_put(monitor, nlh, &event);
	return entry ? vdev_monitor_del(monitor, entry, &event) : 0;
}

static int apply_profile(struct vdev_monitor *monitor, const struct notification *notification,
			 const struct nlmsghdr *nlh)
{
	static const enum vdev_event_type types[] = {
		[NOTIFICATION_NEW] = VDEV_EVENT_PROFILE_NEW,
		[NOTIFICATION_DEL] = VDEV_EVENT_PROFILE_DEL,
		[NOTIFICATION_CHANGE] = VDEV_EVENT_PROFILE_CHANGE,
	};
	struct vdev_event event = {
		.type = types[notification->type],
		.generation = notification->generation,
	};
	struct vdev_profile *profile;
	int err;

	if (vdev_filter_endpoints_only(monitor->filter))
		return 0;
	profile = vdev_profile_copy(nlh);
	if (!profile)
		return vdev_error_local(monitor->sock, ENOMEM);
	event.profile = profile;
	err = vdev_monitor_report(monitor, &event);
	vdev_profile_free(profile);
	return err;
}

static int handle_event(struct vdev_monitor *monitor, const struct notification *notification,
			const struct nlmsghdr *nlh)
{
	/* The module was loaded again, and nobody said so. */
	if (monitor->instance && notification->instance != monitor->instance)
		return lose(monitor, VDEV_LOSS_JUMP);
	switch (vdev_sequence_step(&monitor->sequence, notification->object, notification->generation)) {
	case STEP_JUMP:
		return lose(monitor, VDEV_LOSS_JUMP);
	case STEP_OLD:
		return 0;
	case STEP_NEXT:
		break;
	}
	monitor->instance = notification->instance;
	if (notification->profile)
		return apply_profile(monitor, notification, nlh);
	if (notification->type == NOTIFICATION_OTHER ||
	    !vdev_filter_wants(monitor->filter, notification->object))
		return 0;
	return apply(monitor, notification, nlh);
}

static int handle_message(struct vdev_monitor *monitor, struct nlmsghdr *nlh)
{
	struct notification notification;

	vdev_notification_read(&notification, nlh, monitor->family);
	switch (notification.type) {
	case NOTIFICATION_NONE:
		return 0;
	case NOTIFICATION_BROKEN:
		return lose(monitor, VDEV_LOSS_BROKEN);
	case NOTIFICATION_GONE:
		return vdev_monitor_gone(monitor);
	case NOTIFICATION_BACK:
		vdev_monitor_drop(monitor);
		return 0;
	default:
		return handle_event(monitor, &notification, nlh);
	}
}

static int handle_datagram(struct vdev_monitor *monitor, const struct datagram *datagram)
{
	struct nlmsghdr *nlh = monitor->sock->buffer;
	int rem = (int)datagram->len;
	int err = 0;

	if (datagram->sender)
		return 0;
	while (!err && monitor->events && nlmsg_ok(nlh, rem)) {
		err = handle_message(monitor, nlh);
		nlh = nlmsg_next(nlh, &rem);
	}
	if (!err && monitor->events && (rem > 0 || datagram->truncated))
		err = lose(monitor, VDEV_LOSS_BROKEN);
	return err;
}

/* Returns what ends the call, if it is not 0; *quiet: there is nothing more. */
static int read_one(struct vdev_monitor *monitor, bool *quiet)
{
	struct datagram datagram;
	int err = vdev_transport_recv(monitor->events, monitor->sock->buffer, TRANSPORT_BUFFER, 0,
				      &datagram);

	if (!err)
		return handle_datagram(monitor, &datagram);
	if (err == -EINTR)
		return 0;
	if (err == -ENOBUFS)
		return lose(monitor, VDEV_LOSS_ENOBUFS);
	*quiet = true;
	if (err == -EAGAIN || err == -ETIMEDOUT)
		return 0;
	return vdev_error_local(monitor->sock, -err);
}

static bool is_passing(const struct vdev_error *error)
{
	switch (error->code) {
	case EBADMSG:
	case EOPNOTSUPP:
	case ENOSPC:
	case ETIMEDOUT:
		return false;
	}
	return error->type != VDEV_ERROR_NONE;
}

/* What another attempt may cure is not reported until there were enough. */
static int fail(struct vdev_monitor *monitor, int err)
{
	vdev_monitor_drop(monitor);
	if (!is_passing(&monitor->sock->error))
		return err;
	if (++monitor->failures < MONITOR_ATTEMPTS)
		return 0;
	monitor->failures = 0;
	return err;
}

static int follow(struct vdev_monitor *monitor)
{
	bool quiet = false;
	unsigned int i;
	int err = vdev_sync_settle(monitor);

	for (i = 0; i < READ_LIMIT && monitor->events && !quiet && !err; i++) {
		err = read_one(monitor, &quiet);
		if (!err)
			err = vdev_sync_settle(monitor);
	}
	/* What remains of a change that could not be reported is found by a dump. */
	if (err && (monitor->sock->error.type != VDEV_ERROR_NONE || !monitor->family))
		vdev_monitor_drop(monitor);
	if (quiet && !err) {
		monitor->pause = MONITOR_FIRST_PAUSE_MS;
		monitor->failures = 0;
	}
	return err;
}

/* Before anything is followed; 0 once it is. */
static int catch_up(struct vdev_monitor *monitor)
{
	bool over = vdev_poller_over(&monitor->poller);
	int err = 0;

	if (!monitor->events && !over)
		return -EINPROGRESS;
	if (!monitor->events)
		err = vdev_sync_begin(monitor);
	return err ? err : vdev_sync_step(monitor);
}

VDEV_API int vdev_monitor_read(struct vdev_monitor *monitor, vdev_event_fn *fn, void *arg)
{
	int err = 0;

	monitor->fn = fn;
	monitor->arg = arg;
	vdev_error_clear(monitor->sock);
	if (!monitor->events || monitor->sync.step != SYNC_NONE)
		err = catch_up(monitor);
	if (err == -EINPROGRESS)
		return 0;
	return err ? fail(monitor, err) : follow(monitor);
}
