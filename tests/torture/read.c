// SPDX-License-Identifier: GPL-2.0
/*
 * Those who read: dumps of devices and types, whole and filtered, in buffers
 * large and small, and single endpoints by name and by id. What they see is
 * judged in check.c.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "lib/nl.h"
#include "torture.h"

/* A dump pauses until this is read. */
#define SMALL_BUFFER	4096

static int sock, family;
static struct dump *dump;
static struct nl_request request;

static int open_family(int receive_buffer)
{
	sock = nl_open(receive_buffer);
	family = sock < 0 ? -errno : nl_resolve(sock, VDEV_FAMILY_NAME);
	return family < 0 ? fail("family: %s", strerror(-family)) : 0;
}

void note_before(struct before *before)
{
	struct writer *writer;
	unsigned int i, j;

	for (i = 0; i < WRITERS; i++) {
		writer = &shared->writers[i];
		before->acked[i] = atomic_load(&writer->acked);
		for (j = 0; j < SLOTS; j++)
			before->floors[i][j] =
				atomic_load(&writer->slots[j].floor);
	}
	for (i = 0; i < MODULES_MAX; i++)
		before->epochs[i] = atomic_load(&shared->modules[i].epoch);
}

static void add_object(const struct nlmsghdr *message, void *arg)
{
	(void)arg;
	if (dump->number == OBJECTS_MAX)
		fail("more than %u objects", OBJECTS_MAX);
	else if (!read_object(message, dump->question,
			      &dump->objects[dump->number]))
		dump->number++;
}

static void put_filter(void)
{
	char parent[16];
	size_t nest;

	if (dump->parent < 0 && !dump->since && !dump->migratable)
		return;
	nest = nl_nest_begin(&request, VDEV_A_FILTER);
	if (dump->parent >= 0) {
		parent_name(parent, dump->parent);
		nl_string(&request, VDEV_A_FILTER_PARENT_BUS, "sim");
		nl_string(&request, VDEV_A_FILTER_PARENT, parent);
	}
	if (dump->since) {
		nl_u64(&request, VDEV_A_FILTER_SINCE, dump->since);
		nl_u32(&request, VDEV_A_FILTER_INSTANCE, dump->instance);
	}
	if (dump->migratable)
		nl_attr(&request, VDEV_A_FILTER_MIGRATABLE, NULL, 0);
	nl_nest_end(&request, nest);
}

/* Some do not read before a poll has. */
static void put_max_age(void)
{
	if (!random_below(4))
		nl_u32(&request, VDEV_A_MAX_AGE, random_below(50));
}

static int do_dump(void)
{
	static const uint8_t commands[] = {
		[ASK_DEVICES] = VDEV_CMD_DEV_GET,
		[ASK_TYPES] = VDEV_CMD_TYPE_GET,
		[ASK_FIND] = VDEV_CMD_FIND,
	};
	struct nl_reply reply;
	int err;

	dump->number = 0;
	note_before(&dump->before);
	nl_begin(&request, family, NLM_F_DUMP, commands[dump->question]);
	put_filter();
	if (dump->question == ASK_FIND)
		put_source(&request);
	put_max_age();
	err = nl_ask(sock, &request, &reply, add_object, NULL);
	if (err || reply.error)
		return fail("a dump ends with: %s (%s)",
			    strerror(err ? err : reply.error), reply.text);
	dump->interrupted = reply.interrupted;
	count(&shared->counts.dumps);
	count(reply.interrupted ? &shared->counts.interrupted :
				  &shared->counts.whole);
	if (reply.datagrams > 2)
		count(&shared->counts.paused);
	atomic_fetch_add(&shared->counts.objects, dump->number);
	return check_dump(dump);
}

static int some_parent(void)
{
	switch (dump->question) {
	case ASK_DEVICES:
		return random_below(DEVICE_WRITERS);
	case ASK_TYPES:
		return WRITERS - 1;
	default:
		return random_below(WRITERS);
	}
}

/* Filters are for the last dumper; the others ask for all. */
static void choose_filter(unsigned int number, uint64_t snapshot)
{
	dump->parent = -1;
	dump->since = 0;
	dump->migratable = false;
	if (number < 4)
		return;
	count(&shared->counts.filtered);
	dump->question = random_below(ASK_CHECK);
	switch (random_below(4)) {
	case 0:
		dump->since = snapshot;
		break;
	case 1:
		dump->migratable = dump->question != ASK_TYPES;
		break;
	default:
		dump->parent = some_parent();
	}
}

static int new_dump(void)
{
	dump = calloc(1, sizeof(*dump));
	if (!dump)
		return fail("out of memory");
	dump->parent = -1;
	return 0;
}

/*
 * 0, 1: devices; 2: types; 3: all, judged; 4: filters. Of the first two, one
 * reads slowly.
 */
int run_dumper(unsigned int number)
{
	static const enum question questions[] = {
		ASK_DEVICES, ASK_DEVICES, ASK_TYPES, ASK_FIND, ASK_DEVICES,
	};
	uint64_t snapshot = 0;
	bool hold;
	int err;

	if (open_family(number == 1 ? 1 << 20 : SMALL_BUFFER) || new_dump())
		return -1;
	dump->question = questions[number];
	do {
		choose_filter(number, snapshot);
		hold = !random_below(number == 4 ? 10 : 5);
		if (hold)
			atomic_fetch_add(&shared->hold, 1);
		err = do_dump();
		if (hold)
			atomic_fetch_sub(&shared->hold, 1);
		if (dump->number) {
			snapshot = dump->objects[0].snapshot;
			dump->instance = dump->objects[0].instance;
		}
	} while (!err && going_on());
	return err;
}

/* When everything stands still: whole, and just what there has to be. */
int final_dumps(void)
{
	unsigned int i;
	int err = 0;

	if (open_family(0) || new_dump())
		return -1;
	/* Twice each, as the same snapshot has to be the same dump. */
	for (i = 0; i < 2 * ASK_CHECK && !err; i++) {
		dump->question = i / 2;
		err = do_dump();
		if (!err && dump->interrupted)
			err = fail("the last dump was interrupted");
	}
	return err;
}

/**
 * struct known - what a reader learnt of a slot
 * @id: the id it had
 * @value: the value it had then
 */
struct known {
	uint32_t id;
	uint64_t value;
};

/**
 * struct moment - what is known of a slot at some time
 */
struct moment {
	unsigned int begun, acked;
	uint64_t value, birth;
};

static void note_moment(const struct slot *slot, struct moment *moment)
{
	moment->acked = atomic_load(&slot->acked);
	moment->value = atomic_load(&slot->value);
	moment->birth = atomic_load(&slot->birth);
	moment->begun = atomic_load(&slot->begun);
}

/* Did nothing happen to it between the two? */
static bool is_still(const struct moment *before, const struct moment *after)
{
	return before->acked == before->begun && after->begun == before->begun;
}

/* Of the requests for one object: what is asked, and what comes. */
static enum question one_question;

static void take_object(const struct nlmsghdr *message, void *arg)
{
	read_object(message, one_question, arg);
}

static void begin_one(unsigned int writer)
{
	if (one_question == ASK_CHECK) {
		nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_CHECK);
		put_source(&request);
		put_max_age();
		return;
	}
	nl_begin(&request, family, NLM_F_ACK, is_of_types(writer) ?
		 VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET);
}

static void put_handle(unsigned int writer, unsigned int slot)
{
	char name[32];

	if (is_of_types(writer)) {
		parent_name(name, writer);
		nl_string(&request, VDEV_A_PARENT_BUS, "sim");
		nl_string(&request, VDEV_A_PARENT, name);
	} else {
		nl_string(&request, VDEV_A_BUS, "sim");
	}
	slot_name(name, writer, slot);
	nl_string(&request, VDEV_A_NAME, name);
}

/* Ask for one; an object with an id of 0 if there is none. */
static int ask_one(unsigned int writer, unsigned int slot, uint32_t id,
		   struct object *object)
{
	struct nl_reply reply;
	int err;

	memset(object, 0, sizeof(*object));
	begin_one(writer);
	if (id)
		nl_u32(&request, VDEV_A_ID, id);
	else
		put_handle(writer, slot);
	err = nl_ask(sock, &request, &reply, take_object, object);
	if (!err && reply.error != ENODEV)
		err = reply.error;
	if (err)
		return fail("a get ends with: %s (%s)", strerror(err),
			    reply.text);
	if (!object->id)
		count(&shared->counts.gone);
	return 0;
}

/* What a still slot has to show: the value, or 0 for nothing. */
static int check_still(const struct moment *moment, const struct known *by_id,
		       struct object *object)
{
	uint64_t wanted = moment->value;

	/* An id of an earlier life names nothing. */
	if (by_id && by_id->value < moment->birth)
		wanted = 0;
	if (break_invariant == INV_GET)
		object->value++;
	count(&shared->counts.gets_exact);
	if ((object->id ? object->value : 0) != wanted)
		return broken(INV_GET, "%llu instead of %llu, asked by %s",
			      (unsigned long long)object->value,
			      (unsigned long long)wanted,
			      by_id ? "id" : "name");
	return 0;
}

static int check_name(unsigned int writer, unsigned int slot,
		      const struct object *object)
{
	unsigned int shown = object->slot;

	if (break_invariant == INV_ID)
		shown++;
	if (object->writer != (int)writer || shown != slot)
		return broken(INV_ID, "id %u names %d/%u instead of %u/%u",
			      object->id, object->writer, shown, writer, slot);
	return 0;
}

static int get_one(unsigned int writer, unsigned int slot, struct known *known)
{
	const struct slot *place = &shared->writers[writer].slots[slot];
	bool by_id = known->id && random_below(2);
	static struct before before;
	struct moment first, last;
	struct object object;
	int err;

	note_moment(place, &first);
	before.floors[writer][slot] = atomic_load(&place->floor);
	err = ask_one(writer, slot, by_id ? known->id : 0, &object);
	note_moment(place, &last);
	count(&shared->counts.gets);
	if (!err && object.id)
		err = check_name(writer, slot, &object) ? -1 :
		      check_object(&object, &before);
	if (!err && is_still(&first, &last))
		err = check_still(&first, by_id ? known : NULL, &object);
	if (object.id && !by_id)
		*known = (struct known){ object.id, object.value };
	return err;
}

/* Gets are quick: leave the processors to those who change things. */
static void wait_for_writers(void)
{
	const struct counts *counts = &shared->counts;

	while (atomic_load(&counts->gets) > 2 * atomic_load(&counts->commands) &&
	       !atomic_load(&shared->stop))
		usleep(500);
}

/* 0, 1: the object; 2: whether it can load a state. */
int run_getter(unsigned int number)
{
	static struct known known[WRITERS][SLOTS];
	unsigned int writer, slot;
	int err = 0;

	if (open_family(0))
		return -1;
	while (!err && going_on()) {
		wait_for_writers();
		writer = random_below(WRITERS);
		slot = random_below(SLOTS);
		one_question = is_of_types(writer) ? ASK_TYPES : ASK_DEVICES;
		if (number == 2)
			one_question = ASK_CHECK;
		err = get_one(writer, slot, &known[writer][slot]);
	}
	return err;
}
