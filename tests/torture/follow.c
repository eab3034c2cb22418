// SPDX-License-Identifier: GPL-2.0
/*
 * Those who listen: each joins the group, dumps, and applies every event to what
 * it knows. Now and then it dumps again, reads on up to the generation of the
 * dump, and has to know just what is in it. Some have a small buffer or read
 * seldom, and begin again when they get a loss; one never reads.
 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "lib/subscriber.h"
#include "lib/nl.h"
#include "torture.h"

#define SMALL_BUFFER	16384
/* How long nothing is read, in microseconds. */
#define PAUSE		300000

/**
 * struct entry - what is known of one endpoint
 */
struct entry {
	uint32_t id;
	uint64_t generation;
	uint64_t digest;
};

/**
 * struct view - all endpoints of a kind at some generation, by id
 * @snapshot: the generation that it was dumped at; 0 if it was empty
 * @interrupted: it is no state that existed
 * @number: how many there are
 * @entries: the endpoints
 */
struct view {
	uint64_t snapshot;
	bool interrupted;
	unsigned int number;
	struct entry entries[OBJECTS_MAX];
};

static int sock, family;
static struct subscriber subscriber;
/* What is known of devices and of types; what was dumped last. */
static struct view *known[2], *dumped;
/* How often this follower has missed something. */
static unsigned long long my_losses;
/* Of what the last dump was, if it is still to be compared; or -1. */
static int wanted = -1;

/* Where in a view an id is, or belongs. */
static struct entry *place(struct view *view, uint32_t id)
{
	unsigned int low = 0, high = view->number, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (view->entries[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return &view->entries[low];
}

static bool is_there(const struct view *view, const struct entry *entry,
		     uint32_t id)
{
	return entry < view->entries + view->number && entry->id == id;
}

static size_t behind(const struct view *view, const struct entry *entry)
{
	return (view->entries + view->number - entry) * sizeof(*entry);
}

static int enter(struct view *view, const struct object *object, bool is_new)
{
	struct entry *entry = place(view, object->id);

	if (is_there(view, entry, object->id) == is_new)
		return !view->snapshot ? 0 : broken(INV_FOLLOWED, "id %u %s", object->id,
			      is_new ? "comes twice" : "changes, unknown");
	if (is_new) {
		if (view->number == OBJECTS_MAX)
			return fail("more than %u objects", OBJECTS_MAX);
		memmove(entry + 1, entry, behind(view, entry));
		view->number++;
	}
	*entry = (struct entry){
		object->id, object->generation, object->digest
	};
	return 0;
}

static int take_out(struct view *view, uint32_t id)
{
	struct entry *entry = place(view, id);

	if (!is_there(view, entry, id))
		return !view->snapshot ? 0 : broken(INV_FOLLOWED, "id %u goes, unknown", id);
	view->number--;
	memmove(entry, entry + 1, behind(view, entry));
	return 0;
}

static void compare(void)
{
	const struct entry *mine, *theirs;
	unsigned int i;

	if (wanted < 0)
		return;
	for (i = 0; i < dumped->number; i++) {
		mine = &known[wanted]->entries[i];
		theirs = &dumped->entries[i];
		if (i < known[wanted]->number && mine->id == theirs->id &&
		    mine->generation == theirs->generation &&
		    mine->digest == theirs->digest)
			continue;
		broken(INV_FOLLOWED, "at %llu id %u is known as id %u of %llu",
		       (unsigned long long)dumped->snapshot, theirs->id,
		       mine->id, (unsigned long long)mine->generation);
		return;
	}
	if (known[wanted]->number != dumped->number)
		broken(INV_FOLLOWED, "at %llu %u are known, %u are there",
		       (unsigned long long)dumped->snapshot,
		       known[wanted]->number, dumped->number);
	count(&shared->counts.followed);
	wanted = -1;
}

static void on_event(const struct nlmsghdr *message, void *arg)
{
	const struct genlmsghdr *header = NLMSG_DATA(message);
	bool types = header->cmd >= VDEV_CMD_TYPE_CREATE_NTF;
	struct view *view = known[types];
	struct object object;

	(void)arg;
	count(&shared->counts.events);
	if (header->cmd >= VDEV_CMD_PROFILE_CREATE_NTF) {
		profiles_event(message);
		return;
	}
	if (read_object(message, types ? ASK_TYPES : ASK_DEVICES, &object))
		return;
	if (object.generation <= view->snapshot)
		return;
	if (break_invariant == INV_FOLLOWED)
		object.digest++;
	switch (header->cmd) {
	case VDEV_CMD_DEV_CREATE_NTF:
	case VDEV_CMD_TYPE_CREATE_NTF:
		enter(view, &object, true);
		break;
	case VDEV_CMD_DEV_CHANGE_NTF:
	case VDEV_CMD_TYPE_CHANGE_NTF:
		enter(view, &object, false);
		break;
	default:
		take_out(view, object.id);
	}
}

static void add_entry(const struct nlmsghdr *message, void *arg)
{
	struct object object;

	if (read_object(message, *(enum question *)arg, &object))
		return;
	if (dumped->number == OBJECTS_MAX) {
		fail("more than %u objects", OBJECTS_MAX);
		return;
	}
	dumped->snapshot = object.snapshot;
	dumped->entries[dumped->number++] = (struct entry){
		object.id, object.generation, object.digest
	};
}

static int dump(bool types)
{
	enum question question = types ? ASK_TYPES : ASK_DEVICES;
	static struct nl_request request;
	struct nl_reply reply;
	int err;

	dumped->number = 0;
	dumped->snapshot = 0;
	nl_begin(&request, family, NLM_F_DUMP,
		 types ? VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET);
	err = nl_ask(sock, &request, &reply, add_entry, &question);
	if (err || reply.error)
		return fail("a follower's dump ends with: %s",
			    strerror(err ? err : reply.error));
	dumped->interrupted = reply.interrupted;
	return 0;
}

/* Nothing is left to be read: take what a dump reports. */
static int begin(void)
{
	int types, err = 0;

	wanted = -1;
	atomic_fetch_add(&shared->hold, 1);
	for (types = 0; types < 2 && !err; types++) {
		do {
			err = dump(types);
		} while (!err && dumped->interrupted &&
			 !atomic_load(&shared->stop));
		memcpy(known[types], dumped, sizeof(*dumped));
	}
	if (!err)
		err = profiles_begin(sock, family);
	atomic_fetch_sub(&shared->hold, 1);
	return err;
}

/* 0: one event was read; 1: nothing is left; -1: it is over. */
static int read_one(void)
{
	int err;

	if (break_invariant == INV_EVENT && subscriber.last)
		subscriber.last--;
	err = subscriber_read_one(&subscriber, on_event, NULL);
	if (err == EAGAIN)
		return 1;
	if (err == ENOBUFS) {
		count(&shared->counts.losses);
		my_losses++;
		err = subscriber_read_all(&subscriber, NULL, NULL);
		return err && err != ENOBUFS ?
		       fail("events: %s", strerror(err)) : begin() ? -1 : 1;
	}
	if (err == EILSEQ)
		return broken(INV_EVENT, "before %llu",
			      (unsigned long long)subscriber.last);
	return err ? fail("events: %s", strerror(err)) :
	       atomic_load(&shared->failed) ? -1 : 0;
}

/* Read up to the generation of the dump: its event was sent, or will be. */
static int catch_up(void)
{
	struct pollfd pollfd = { .fd = subscriber.fd, .events = POLLIN };
	int done;

	while (wanted >= 0 && subscriber.last < dumped->snapshot &&
	       known[wanted]->snapshot < dumped->snapshot) {
		done = read_one();
		if (done < 0)
			return -1;
		if (done && wanted >= 0 &&
		    poll(&pollfd, 1, NL_PATIENCE * 1000) < 1)
			return broken(INV_EVENT, "no event of %llu",
				      (unsigned long long)dumped->snapshot);
	}
	compare();
	return atomic_load(&shared->failed) ? -1 : 0;
}

/* The same of profiles: those that a dump has must be those that are known. */
static int follow_profiles(void)
{
	struct pollfd pollfd = { .fd = subscriber.fd, .events = POLLIN };
	uint64_t snapshot = profiles_dump(sock, family);
	unsigned long long losses = my_losses;
	int done;

	while (subscriber.last < snapshot && losses == my_losses) {
		done = read_one();
		if (done < 0)
			return -1;
		if (done && losses == my_losses && poll(&pollfd, 1, NL_PATIENCE * 1000) < 1)
			return broken(INV_EVENT, "no event of %llu", (unsigned long long)snapshot);
	}
	if (snapshot && subscriber.last == snapshot && losses == my_losses)
		profiles_compare();
	return atomic_load(&shared->failed) ? -1 : 0;
}

static int follow(bool seldom)
{
	struct pollfd pollfd = { .fd = subscriber.fd, .events = POLLIN };
	bool types = !random_below(3), hold = !random_below(10);
	int done;

	if (seldom)
		usleep(random_below(PAUSE));
	/* Leave the processors to those who change things. */
	poll(&pollfd, 1, 100);
	do {
		done = read_one();
	} while (!done);
	if (hold)
		atomic_fetch_add(&shared->hold, 1);
	if (done > 0 && dump(types))
		done = -1;
	if (hold)
		atomic_fetch_sub(&shared->hold, 1);
	if (done < 0)
		return -1;
	wanted = dumped->interrupted || !dumped->number ? -1 : types;
	if (catch_up())
		return -1;
	return random_below(4) ? 0 : follow_profiles();
}

static int prepare(int receive_buffer)
{
	int err = subscriber_open(&subscriber, receive_buffer);

	if (err)
		return fail("group: %s", strerror(err));
	sock = nl_open(1 << 20);
	family = sock < 0 ? -errno : nl_resolve(sock, VDEV_FAMILY_NAME);
	if (family < 0)
		return fail("family: %s", strerror(-family));
	known[0] = calloc(1, sizeof(*known[0]));
	known[1] = calloc(1, sizeof(*known[1]));
	dumped = calloc(1, sizeof(*dumped));
	return known[0] && known[1] && dumped ? begin() : fail("out of memory");
}

/* 0: reads at once; 1: has a small buffer; 2: reads seldom. */
int run_follower(unsigned int number)
{
	int err = prepare(number == 1 ? SMALL_BUFFER : 0);

	while (!err && going_on())
		err = follow(number == 2);
	return err;
}

/* Its socket is full most of the time, which harms nobody. */
int run_deaf(unsigned int number)
{
	int err = subscriber_open(&subscriber, SMALL_BUFFER);

	(void)number;
	if (err)
		return fail("group: %s", strerror(err));
	while (!atomic_load(&shared->stop) &&
	       atomic_load(&shared->operations) < limit)
		usleep(PAUSE / 10);
	err = subscriber_read_all(&subscriber, NULL, NULL);
	return err == ENOBUFS ? 0 :
	       broken(INV_EVENT, "no loss is reported of a full socket");
}
