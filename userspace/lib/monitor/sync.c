// SPDX-License-Identifier: LGPL-2.1
/*
 * From not knowing to following: subscribe, dump, and report what the mirror did not have. Devices
 * and types are two dumps, each with a generation of its own.
 *
 * After a dump of several moments, events of its kind are not checked against the mirror until
 * there is another dump. The generation of its end is not known: it is at least the newest one
 * of a message, but an endpoint behind the last message can have gone between the two. It was
 * in no message, and its event, after VDEV_EVENT_SYNCED, is no contradiction. A lost event is
 * noticed without this check, as generations have no gap.
 */
#include <errno.h>

#include <linux/genetlink.h>

#include "model/reply.h"
#include "netlink/dump.h"
#include "netlink/sock_error.h"
#include "netlink/filter.h"
#include "report.h"
#include "sync.h"

/* The controller's group "notify", whose number is that of the controller. */
#define NOTIFY_GROUP GENL_ID_CTRL

/* Endpoints that one step compares with the mirror. */
#define COMPARE_LIMIT 4096

static int report_plain(struct vdev_monitor *monitor, enum vdev_event_type type,
			uint64_t generation)
{
	const struct vdev_event event = { .type = type, .generation = generation };

	return vdev_monitor_report(monitor, &event);
}

/* All of a kind that were not seen in this round; 0 for both kinds. */
static int drop_unseen(struct vdev_monitor *monitor, uint8_t cmd)
{
	struct mirror_entry *entry, *next;
	size_t bucket = 0;
	int err = 0;

	entry = vdev_mirror_next(&monitor->mirror, &bucket, NULL);
	for (; entry && !err; entry = next) {
		const struct genlmsghdr *genl = nlmsg_data(entry->msg);
		struct vdev_event event = { .resync = true };

		next = vdev_mirror_next(&monitor->mirror, &bucket, entry);
		if (entry->round != monitor->mirror.round && (!cmd || genl->cmd == cmd))
			err = vdev_monitor_del(monitor, entry, &event);
	}
	return err;
}

int vdev_monitor_gone(struct vdev_monitor *monitor)
{
	int err = 0;

	monitor->family = 0;
	if (monitor->present) {
		monitor->present = false;
		err = report_plain(monitor, VDEV_EVENT_GONE, 0);
	}
	if (err)
		return err;
	monitor->mirror.round++;
	return drop_unseen(monitor, 0);
}

static int came_back(struct vdev_monitor *monitor)
{
	monitor->family = monitor->sock->family;
	if (monitor->present)
		return 0;
	monitor->present = true;
	return report_plain(monitor, VDEV_EVENT_BACK, 0);
}

static int monitor_subscribe(struct vdev_monitor *monitor, uint32_t group)
{
	int err = vdev_transport_join(monitor->events, group);

	return err ? vdev_error_local(monitor->sock, -err) : 0;
}

static int open_events(struct vdev_monitor *monitor)
{
	int err = vdev_transport_open(&monitor->events);

	if (err)
		return vdev_error_local(monitor->sock, -err);
	vdev_transport_reserve(monitor->events, monitor->buffer);
	return monitor_subscribe(monitor, NOTIFY_GROUP);
}

static int sync_object(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct vdev_monitor *monitor = arg;
	struct mirror *mirror = &monitor->mirror;
	struct mirror_entry *entry = vdev_mirror_find(mirror, nlh);
	struct vdev_event event = { .resync = true };
	int err;

	(void)sock;
	monitor->sync.snapshot = vdev_reply_peek_snapshot(nlh);
	monitor->instance = vdev_reply_peek_instance(nlh);
	if (entry && vdev_mirror_same(entry->msg, nlh)) {
		entry->round = mirror->round;
		return 0;
	}
	/* Another endpoint of the same name. */
	if (entry && vdev_reply_peek_id(entry->msg) != vdev_reply_peek_id(nlh)) {
		err = vdev_monitor_del(monitor, entry, &event);
		if (err)
			return err;
	}
	event.generation = vdev_reply_peek_generation(nlh);
	return vdev_monitor_put(monitor, nlh, &event);
}

static uint8_t command(const struct sync *sync)
{
	return sync->kind == VDEV_OBJECT_TYPE ? VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET;
}

static int begin_dump(struct vdev_monitor *monitor, enum vdev_object_kind kind)
{
	static const struct dump_ops ops = {
		.takes_torn = true, .check = vdev_object_check, .each = sync_object,
	};
	struct sync *sync = &monitor->sync;
	struct writer writer = { 0 };

	sync->kind = kind;
	sync->step = SYNC_DUMP;
	sync->snapshot = 0;
	monitor->mirror.round++;
	vdev_filter_put(&writer, monitor->filter);
	return vdev_dump_begin(monitor->sock, &sync->dump, command(sync), &writer, &ops);
}

/* From now on what is polled is what happens. */
static int follow(struct vdev_monitor *monitor)
{
	int err = vdev_poller_add(&monitor->poller, vdev_transport_fd(monitor->events));

	monitor->sync.step = SYNC_NONE;
	vdev_poller_stop(&monitor->poller);
	return err ? vdev_error_local(monitor->sock, -err) : 0;
}

static int finish(struct vdev_monitor *monitor)
{
	int err;

	/* The module was loaded again between the subscription and the dumps. */
	if (monitor->sock->family != monitor->family)
		return vdev_error_set(monitor->sock, VDEV_ERROR_INCONSISTENT, EAGAIN, NULL,
				      "the module was loaded again while its endpoints were read");
	monitor->sync.pending = true;
	err = follow(monitor);
	return err ? err : vdev_sync_settle(monitor);
}

int vdev_sync_settle(struct vdev_monitor *monitor)
{
	if (!monitor->sync.pending || monitor->sequence.last < monitor->sync.until)
		return 0;
	monitor->sync.pending = false;
	return report_plain(monitor, VDEV_EVENT_SYNCED, monitor->sequence.last);
}

/* The next kind that is wanted, if any is left. */
static int next_kind(struct vdev_monitor *monitor, enum vdev_object_kind done)
{
	if (!done && vdev_filter_wants(monitor->filter, VDEV_OBJECT_DEV))
		return begin_dump(monitor, VDEV_OBJECT_DEV);
	if (done != VDEV_OBJECT_TYPE && vdev_filter_wants(monitor->filter, VDEV_OBJECT_TYPE))
		return begin_dump(monitor, VDEV_OBJECT_TYPE);
	return finish(monitor);
}

static int join(struct vdev_monitor *monitor)
{
	if (!monitor->sock->group)
		return vdev_error_set(monitor->sock, VDEV_ERROR_KERNEL, EOPNOTSUPP, NULL,
				      "the module does not report changes");
	return monitor_subscribe(monitor, monitor->sock->group);
}

static int find_family(struct vdev_monitor *monitor)
{
	int err = vdev_search_step(monitor->sock, &monitor->sync.search, false);

	if (err == -EINPROGRESS)
		return err;
	if (err == -ENOENT && monitor->sock->error.type == VDEV_ERROR_ABSENT) {
		vdev_error_clear(monitor->sock);
		err = follow(monitor);
		return err ? err : vdev_monitor_gone(monitor);
	}
	if (!err)
		err = join(monitor);
	if (!err && monitor->family && monitor->family != monitor->sock->family)
		err = vdev_monitor_gone(monitor);
	if (!err)
		err = came_back(monitor);
	if (err)
		return err;
	vdev_sequence_begin(&monitor->sequence);
	monitor->instance = 0;
	return next_kind(monitor, 0);
}

static int read_dump(struct vdev_monitor *monitor)
{
	int err = vdev_dump_step(monitor->sock, &monitor->sync.dump, false);

	if (!err)
		monitor->sync.step = SYNC_COMPARE;
	return err;
}

static int compare_dump(struct vdev_monitor *monitor)
{
	struct sync *sync = &monitor->sync;
	int err = vdev_dump_replay(monitor->sock, &sync->dump, COMPARE_LIMIT, monitor);

	if (err)
		return err;
	/* One of several moments says as much about events as an empty one. */
	if (sync->dump.torn && sync->snapshot > sync->until)
		sync->until = sync->snapshot;
	vdev_sequence_dumped(&monitor->sequence, sync->kind,
			     sync->dump.torn ? 0 : sync->snapshot);
	vdev_dump_end(&sync->dump);
	sync->step = SYNC_NONE;
	err = drop_unseen(monitor, command(sync));
	return err ? err : next_kind(monitor, sync->kind);
}

/* What the next step waits for is in the set: the answer of the kernel, or a time. */
static int watch(struct vdev_monitor *monitor)
{
	const struct sync *sync = &monitor->sync;
	int64_t left = 0;
	int err = 0;

	if (sync->step == SYNC_FAMILY)
		left = sync->search.exchange.end - vdev_now();
	else if (sync->step == SYNC_DUMP)
		left = vdev_dump_due(&sync->dump) - vdev_now();
	if (monitor->sock->transport)
		err = vdev_poller_add(&monitor->poller,
				      vdev_transport_fd(monitor->sock->transport));
	if (err && err != -EEXIST)
		return vdev_error_local(monitor->sock, -err);
	/* It is not over before that millisecond is. */
	vdev_poller_pause(&monitor->poller, left > 0 ? (unsigned int)left + 1 : 0);
	return -EINPROGRESS;
}

int vdev_sync_begin(struct vdev_monitor *monitor)
{
	int err = open_events(monitor);

	if (err)
		return err;
	/* Only a new answer has the present number and group. */
	monitor->sock->family = 0;
	monitor->sync = (struct sync){ .step = SYNC_FAMILY };
	return 0;
}

int vdev_sync_step(struct vdev_monitor *monitor)
{
	int err = 0;

	while (!err && monitor->sync.step != SYNC_NONE) {
		switch (monitor->sync.step) {
		case SYNC_FAMILY:
			err = find_family(monitor);
			break;
		case SYNC_DUMP:
			err = read_dump(monitor);
			break;
		default:
			err = compare_dump(monitor);
		}
	}
	return err == -EINPROGRESS ? watch(monitor) : err;
}

void vdev_sync_end(struct vdev_monitor *monitor)
{
	struct sync *sync = &monitor->sync;

	/* Answers may be on their way. */
	if (sync->step != SYNC_NONE)
		monitor->sock->stale = true;
	vdev_search_end(&sync->search);
	if (sync->step == SYNC_DUMP || sync->step == SYNC_COMPARE)
		vdev_dump_end(&sync->dump);
	sync->step = SYNC_NONE;
	sync->pending = false;
}
