// SPDX-License-Identifier: LGPL-2.1
/*
 * From not knowing to following: subscribe, dump, and report what the mirror did not have. Devices
 * and types are two dumps, each with a generation of its own.
 */
#include <errno.h>

#include <linux/genetlink.h>

#include "model/reply.h"
#include "netlink/dump.h"
#include "netlink/sock_error.h"
#include "netlink/family.h"
#include "netlink/filter.h"
#include "report.h"
#include "sync.h"

/* The controller's group "notify", whose number is that of the controller. */
#define NOTIFY_GROUP GENL_ID_CTRL

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
	err = vdev_poller_add(&monitor->poller, vdev_transport_fd(monitor->events));
	if (err)
		return vdev_error_local(monitor->sock, -err);
	return monitor_subscribe(monitor, NOTIFY_GROUP);
}

/* A dump while its objects are compared with the mirror. */
struct sync {
	struct vdev_monitor *monitor;
	uint64_t snapshot;
};

static int sync_object(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct sync *sync = arg;
	struct mirror *mirror = &sync->monitor->mirror;
	struct mirror_entry *entry = vdev_mirror_find(mirror, nlh);
	struct vdev_event event = { .resync = true };
	int err;

	(void)sock;
	sync->snapshot = vdev_reply_peek_snapshot(nlh);
	sync->monitor->instance = vdev_reply_peek_instance(nlh);
	if (entry && vdev_mirror_same(entry->msg, nlh)) {
		entry->round = mirror->round;
		return 0;
	}
	/* Another endpoint of the same name. */
	if (entry && vdev_reply_peek_id(entry->msg) != vdev_reply_peek_id(nlh)) {
		err = vdev_monitor_del(sync->monitor, entry, &event);
		if (err)
			return err;
	}
	event.generation = vdev_reply_peek_generation(nlh);
	return vdev_monitor_put(sync->monitor, nlh, &event);
}

static int sync_kind(struct vdev_monitor *monitor, enum vdev_object_kind kind)
{
	static const struct dump_ops ops = { .check = vdev_object_check, .each = sync_object };
	uint8_t cmd = kind == VDEV_OBJECT_TYPE ? VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET;
	struct sync sync = { .monitor = monitor };
	struct writer writer = { 0 };
	int err;

	if (!vdev_filter_wants(monitor->filter, kind))
		return 0;
	monitor->mirror.round++;
	vdev_filter_put(&writer, monitor->filter);
	err = vdev_request_dump(monitor->sock, cmd, &writer, &ops, &sync);
	if (err)
		return err;
	vdev_sequence_dumped(&monitor->sequence, kind, sync.snapshot);
	return drop_unseen(monitor, cmd);
}

static int sync_all(struct vdev_monitor *monitor)
{
	int err;

	vdev_sequence_begin(&monitor->sequence);
	monitor->instance = 0;
	err = sync_kind(monitor, VDEV_OBJECT_DEV);
	if (!err)
		err = sync_kind(monitor, VDEV_OBJECT_TYPE);
	if (err)
		return err;
	/* The module was loaded again between the subscription and the dumps. */
	if (monitor->sock->family != monitor->family)
		return vdev_error_set(monitor->sock, VDEV_ERROR_INCONSISTENT, EAGAIN, NULL,
				      "the module was loaded again while its endpoints were read");
	return report_plain(monitor, VDEV_EVENT_SYNCED, monitor->sequence.last);
}

static int join(struct vdev_monitor *monitor)
{
	if (!monitor->sock->group)
		return vdev_error_set(monitor->sock, VDEV_ERROR_KERNEL, EOPNOTSUPP, NULL,
				      "the module does not report changes");
	return monitor_subscribe(monitor, monitor->sock->group);
}

int vdev_monitor_sync(struct vdev_monitor *monitor)
{
	int err = open_events(monitor);

	if (err)
		return err;
	/* Only a new answer has the present number and group. */
	monitor->sock->family = 0;
	err = vdev_sock_ready(monitor->sock);
	if (err == -ENOENT && monitor->sock->error.type == VDEV_ERROR_ABSENT) {
		vdev_error_clear(monitor->sock);
		return vdev_monitor_gone(monitor);
	}
	if (!err)
		err = join(monitor);
	if (!err && monitor->family && monitor->family != monitor->sock->family)
		err = vdev_monitor_gone(monitor);
	if (!err)
		err = came_back(monitor);
	return err ? err : sync_all(monitor);
}
