// SPDX-License-Identifier: GPL-2.0
/*
 * Who follows: it applies each event to a table of its own, holds each against
 * what may come next, and compares the table with a dump at every quiet point,
 * byte for byte but for the generation of the snapshot.
 */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <vdev/call.h>

#include "monitor/monitor.h"
#include "netlink/filter.h"
#include "follow.h"

/* Milliseconds until it looks whether there is something else to do. */
#define TICK_MS	10

struct table {
	struct mirror mirror;
	const struct vdev_monitor *monitor;
	struct follower *me;
	struct random random;
	struct vdev_filter *filter;
	/* Between a loss, or the start, and the end of its differences. */
	bool catching_up;
	/* Of the last event of the kernel; 0 if any may come. */
	uint64_t last;
	/* Endpoints that a dump had and the table did not. */
	unsigned int seen;
};

static const char *const event_words[] = {
	"nothing", "new", "del", "change", "overrun", "gone", "back", "synced",
};

static int wrong(const struct table *table, const struct vdev_event *event, const char *what)
{
	const struct vdev_object *object = event->after ? event->after : event->before;

	return fail("follower %d: %s %s, generation %llu after %llu: %s",
		    (int)(table->me - shared->followers), event_words[event->type],
		    object ? vdev_object_handle(object) : "",
		    (unsigned long long)event->generation, (unsigned long long)table->last, what);
}

/*
 * Whether nothing is between the last event and this one. What the dump of devices
 * was too early for may be in that of types, which was later.
 */
static bool is_next(const struct table *table, uint64_t generation)
{
	uint64_t dumped = table->monitor->sequence.dumped;

	if (!table->last)
		return true;
	if (generation <= table->last)
		return false;
	return table->filter || generation == table->last + 1 || generation <= dumped + 1;
}

/* Events of the kernel come one after the other; differences after a loss only. */
static int check_order(struct table *table, const struct vdev_event *event)
{
	const struct vdev_object *object = event->after;

	if (event->resync)
		return table->catching_up ? 0 : wrong(table, event, "a difference without a loss");
	if (table->catching_up)
		return wrong(table, event, "an event before the differences are reported");
	if (object && vdev_object_generation(object) != event->generation)
		return wrong(table, event, "the object is of another generation");
	if (!is_next(table, event->generation))
		return wrong(table, event, "missed or reported twice");
	table->last = event->generation;
	return 0;
}

static int check_before(struct table *table, const struct vdev_event *event,
			const struct mirror_entry *entry)
{
	if (event->type == VDEV_EVENT_NEW)
		return entry ? wrong(table, event, "it is there already") : 0;
	if (!entry)
		return wrong(table, event, "it is not there");
	if (!vdev_mirror_same(entry->msg, event->before->msg))
		return wrong(table, event, "it was something else before");
	if (event->after && vdev_mirror_same(entry->msg, event->after->msg))
		return wrong(table, event, "nothing changed");
	return 0;
}

static int enter(struct table *table, const struct nlmsghdr *nlh)
{
	struct mirror_entry *old = NULL;
	int err = vdev_mirror_put(&table->mirror, nlh, &old);

	free(old);
	return err ? fail("no memory") : 0;
}

static int apply(struct table *table, const struct vdev_event *event)
{
	const struct vdev_object *object = event->after ? event->after : event->before;
	struct mirror_entry *entry = vdev_mirror_find(&table->mirror, object->msg);
	int err = check_order(table, event);

	if (!err)
		err = check_before(table, event, entry);
	if (err)
		return err;
	atomic_fetch_add(event->resync ? &table->me->resyncs : &table->me->events, 1);
	if (sabotage == SABOTAGE_FORGET && !event->resync && random_one_in(&table->random, 500))
		return 0;
	if (event->after)
		return enter(table, event->after->msg);
	vdev_mirror_take(&table->mirror, entry);
	free(entry);
	return 0;
}

/* Once in a while do what must never be, to see that it is detected. */
static int apply_badly(struct table *table, const struct vdev_event *event)
{
	struct vdev_event other = *event;
	bool now = !event->resync && random_one_in(&table->random, 500);

	if (!now || sabotage == SABOTAGE_NONE || sabotage == SABOTAGE_FORGET)
		return apply(table, event);
	if (sabotage == SABOTAGE_MISS)
		return 0;
	if (sabotage == SABOTAGE_TWICE)
		return apply(table, event) ?: apply(table, event);
	other.type = VDEV_EVENT_DEL;
	other.before = event->after ? event->after : event->before;
	other.after = NULL;
	return apply(table, &other);
}

static int take_event(const struct vdev_event *event, void *arg)
{
	struct table *table = arg;

	switch (event->type) {
	case VDEV_EVENT_OVERRUN:
		atomic_fetch_add(&table->me->overruns, 1);
		table->catching_up = true;
		return 0;
	case VDEV_EVENT_GONE:
		atomic_fetch_add(&table->me->reloads, 1);
		table->catching_up = true;
		return 0;
	case VDEV_EVENT_BACK:
		return table->mirror.num ? wrong(table, event, "not all is gone") : 0;
	case VDEV_EVENT_SYNCED:
		table->catching_up = false;
		table->last = event->generation;
		return 0;
	default:
		return apply_badly(table, event);
	}
}

static int compare(const struct vdev_object *object, void *arg)
{
	struct table *table = arg;
	const struct mirror_entry *entry = vdev_mirror_find(&table->mirror, object->msg);

	table->seen++;
	if (entry && vdev_mirror_same(entry->msg, object->msg))
		return 0;
	return fail("follower %d: %s is %s at generation %llu",
		    (int)(table->me - shared->followers), vdev_object_handle(object),
		    entry ? "another" : "missing",
		    (unsigned long long)vdev_object_snapshot(object));
}

static int check_count(struct table *table, const char *with)
{
	if (table->seen == table->mirror.num)
		return 0;
	return fail("follower %d: %zu endpoints, %u in %s", (int)(table->me - shared->followers),
		    table->mirror.num, table->seen, with);
}

/* As an event loop does, for which one minute is nothing. */
static int await(struct vdev_sock *sock, int err)
{
	struct pollfd poll_fd = { .fd = vdev_sock_fd(sock), .events = POLLIN };

	while (!err) {
		if (poll(&poll_fd, 1, 60000) != 1)
			return fail("a dump in steps: nothing is due");
		err = vdev_sock_step(sock);
		if (err != -EINPROGRESS)
			return err;
		err = 0;
	}
	return err;
}

/* The table against a dump, which is waited for or not, and against what the monitor keeps. */
static int compare_all(struct table *table, struct vdev_monitor *monitor)
{
	struct vdev_sock *sock = vdev_sock_new();
	int err;

	table->seen = 0;
	err = await(sock, vdev_dev_dump_begin(sock, table->filter, compare, table));
	if (!err)
		err = vdev_type_dump(sock, table->filter, compare, table);
	if (err && vdev_sock_error(sock)->type != VDEV_ERROR_NONE)
		fail("a dump: %s", vdev_sock_error(sock)->message);
	vdev_sock_free(sock);
	if (!err)
		err = check_count(table, "the dump");
	table->seen = 0;
	if (!err)
		err = vdev_monitor_each(monitor, compare, table);
	return err ? err : check_count(table, "the mirror");
}

/* Whether all was reported that the kernel knew at the quiet point. */
static bool caught_up(const struct table *table, const struct vdev_monitor *monitor)
{
	return !table->catching_up && monitor->events && monitor->sync.step == SYNC_NONE &&
	       monitor->family == atomic_load(&shared->family) &&
	       monitor->sequence.last >= atomic_load(&shared->generation);
}

static int read_events(struct table *table, struct vdev_monitor *monitor)
{
	struct pollfd poll_fd = { .fd = vdev_monitor_fd(monitor), .events = POLLIN };
	int err;

	if (poll(&poll_fd, 1, TICK_MS) <= 0)
		return 0;
	if (table->me->lazy && random_one_in(&table->random, 20))
		usleep(random_below(&table->random, table->me->lazy));
	err = vdev_monitor_read(monitor, take_event, table);
	/* Dumps that fail are no lie; that nobody catches up is found out below. */
	if (err == -EAGAIN || err == -ENOMEM || err == -ENOBUFS)
		return 0;
	return err ? fail("a read: %s", vdev_monitor_error(monitor)->message) : 0;
}

static int follow(struct table *table, struct vdev_monitor *monitor)
{
	unsigned int quiet;
	int err = 0;

	while (!err && !atomic_load(&shared->stop)) {
		err = read_events(table, monitor);
		atomic_store(&table->me->reached, monitor->sequence.last);
		atomic_store(&table->me->catching_up, table->catching_up);
		quiet = atomic_load(&shared->quiet);
		if (err || quiet == atomic_load(&table->me->checked) || !caught_up(table, monitor))
			continue;
		err = compare_all(table, monitor);
		atomic_store(&table->me->checked, quiet);
	}
	return err;
}

int follower_run(struct follower *me)
{
	struct table table = {
		.mirror = { .limit = SIZE_MAX }, .me = me, .catching_up = true,
	};
	struct vdev_monitor *monitor = vdev_monitor_new();
	int err;

	table.monitor = monitor;
	random_start(&table.random, (uint64_t)getpid(), 1);
	if (me->migratable) {
		table.filter = vdev_filter_new();
		vdev_filter_set_migratable(table.filter, true);
		vdev_monitor_set_filter(monitor, table.filter);
	}
	if (me->buffer)
		vdev_monitor_set_buffer(monitor, me->buffer);
	err = vdev_monitor_start(monitor);
	if (err)
		fail("start: %s", vdev_monitor_error(monitor)->message);
	else
		err = follow(&table, monitor);
	vdev_monitor_free(monitor);
	vdev_filter_free(table.filter);
	vdev_mirror_free(&table.mirror);
	return err;
}
