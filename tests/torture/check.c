// SPDX-License-Identifier: GPL-2.0
/*
 * What must hold for every answer, and the ways to break it: with --break NAME
 * what was observed is changed before it is judged, so that the judge can be
 * seen to detect.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "torture.h"

static const struct {
	const char *name;
	const char *rule;
} invariants[INVARIANTS] = {
	[INV_ORDER] = { "order", "ids ascend, and none comes twice in a dump" },
	[INV_SNAPSHOT] = { "snapshot", "a whole dump has one snapshot" },
	[INV_BACK] = { "back", "the snapshot never goes back for a reader" },
	[INV_FUTURE] = { "future", "no generation lies after its snapshot" },
	[INV_BYTES] = { "bytes", "a generation reported twice is the same bytes" },
	[INV_WHOLE] = { "whole", "two whole dumps of a snapshot are the same" },
	[INV_REMOVED] = { "removed", "what was removed or replaced before the request is not seen" },
	[INV_INVENTED] = { "invented", "nothing is seen before it was asked for" },
	[INV_STATE] = { "state", "a whole dump is a state that existed" },
	[INV_HISTORY] = { "history", "two whole dumps differ by what changed between their snapshots" },
	[INV_FILTER] = { "filter", "a filtered dump holds only what was asked for" },
	[INV_MODULE] = { "module", "a provider's objects go with its module" },
	[INV_GET] = { "get", "an object that rests is reported as it is" },
	[INV_ID] = { "id", "an id never names another object" },
	[INV_VERDICT] = { "verdict", "a verdict is that of the facts it was given for" },
	[INV_EVENT] = { "event", "no event is missed unless a loss is reported" },
	[INV_FOLLOWED] = { "followed", "who applies the events knows what a dump reports" },
};

/* Of this process's requests. */
static uint64_t last_snapshot;
/* The last whole dumps of everything, of this process. */
static struct dump *previous[QUESTIONS];

const char *invariant_name(unsigned int number)
{
	return invariants[number].name;
}

const char *invariant_rule(unsigned int number)
{
	return invariants[number].rule;
}

int broken(enum invariant invariant, const char *format, ...)
{
	char text[256];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	return fail("broken: %s (%s): %s", invariants[invariant].name,
		    invariants[invariant].rule, text);
}

static bool is_whole(const struct dump *dump)
{
	return !dump->interrupted;
}

static bool is_all(const struct dump *dump)
{
	return dump->parent < 0 && !dump->since && !dump->migratable;
}

static int check_order(const struct dump *dump)
{
	unsigned int i;

	for (i = 1; i < dump->number; i++)
		if (dump->objects[i].id <= dump->objects[i - 1].id)
			return broken(INV_ORDER, "id %u after id %u",
				      dump->objects[i].id,
				      dump->objects[i - 1].id);
	return 0;
}

static int check_snapshots(const struct dump *dump)
{
	unsigned int i;

	for (i = 1; is_whole(dump) && i < dump->number; i++)
		if (dump->objects[i].snapshot != dump->objects[0].snapshot)
			return broken(INV_SNAPSHOT, "id %u has another one",
				      dump->objects[i].id);
	return 0;
}

/* Look a number up in a table of digests; enter it if it is not there. */
static bool reported_otherwise(atomic_ullong *table, uint64_t number,
			       uint64_t digest)
{
	atomic_ullong *entry = &table[number % REPORTED];
	uint64_t now = number << 32 | (digest & UINT32_MAX);
	uint64_t then = atomic_exchange(entry, now);

	return then && then >> 32 == now >> 32 && then != now;
}

/* No device is a type, so what is reported of them is never the same. */
static atomic_ullong *reported_table(enum question question)
{
	return shared->reported[question == ASK_TYPES ? ASK_DEVICES : question];
}

static int check_floor(const struct object *object,
		       const struct before *before)
{
	uint64_t floor = before->floors[object->writer][object->slot];
	uint64_t newest = atomic_load(&shared->writers[object->writer].command);

	if (object->value < floor)
		return broken(INV_REMOVED, "%d/%u: value %llu, but %llu was acknowledged",
			      object->writer, object->slot,
			      (unsigned long long)object->value,
			      (unsigned long long)floor);
	if (object->value > newest)
		return broken(INV_INVENTED, "%d/%u: value %llu, but %llu is the newest",
			      object->writer, object->slot,
			      (unsigned long long)object->value,
			      (unsigned long long)newest);
	return 0;
}

/* What holds for any message, wherever it came from. */
int check_object(const struct object *object, const struct before *before)
{
	if (object->snapshot < last_snapshot)
		return broken(INV_BACK, "id %u: %llu after %llu", object->id,
			      (unsigned long long)object->snapshot,
			      (unsigned long long)last_snapshot);
	last_snapshot = object->snapshot;
	if (object->generation > object->snapshot)
		return broken(INV_FUTURE, "id %u: %llu after %llu", object->id,
			      (unsigned long long)object->generation,
			      (unsigned long long)object->snapshot);
	if (reported_otherwise(reported_table(object->question), object->generation,
			       object->digest))
		return broken(INV_BYTES, "id %u, generation %llu", object->id,
			      (unsigned long long)object->generation);
	if (object->writer < 0)
		return 0;
	return check_floor(object, before) || check_verdict(object) ? -1 : 0;
}

static int check_objects(const struct dump *dump)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < dump->number && !err; i++)
		err = check_object(&dump->objects[i], &dump->before);
	return err;
}

static int check_whole(const struct dump *dump)
{
	uint64_t digest = dump->number;
	unsigned int i;

	if (!is_whole(dump) || !is_all(dump) || !dump->number)
		return 0;
	for (i = 0; i < dump->number; i++)
		digest = digest * 31 + dump->objects[i].digest;
	digest ^= digest >> 32;
	if (break_invariant == INV_WHOLE)
		digest += random_below(2);
	if (reported_otherwise(shared->wholes[dump->question],
			       dump->objects[0].snapshot, digest))
		return broken(INV_WHOLE, "snapshot %llu",
			      (unsigned long long)dump->objects[0].snapshot);
	return 0;
}

static uint64_t digest_of_writer(const struct dump *dump, int writer)
{
	uint64_t digest = 0;
	unsigned int i;

	for (i = 0; i < dump->number; i++)
		if (dump->objects[i].writer == writer)
			digest ^= state_digest(dump->objects[i].slot,
					       dump->objects[i].value);
	return digest;
}

static int check_state(const struct dump *dump, unsigned int number)
{
	uint64_t digest = digest_of_writer(dump, number);
	struct writer *writer = &shared->writers[number];
	uint64_t step = dump->before.acked[number];
	uint64_t last = atomic_load(&writer->begun);

	for (; step <= last; step++)
		if (atomic_load(&writer->states[step % STATES]) == digest)
			break;
	/* What was looked for may have been overwritten. */
	if (atomic_load(&writer->begun) - dump->before.acked[number] >=
	    STATES - GROUP) {
		count(&shared->counts.unknown);
		return 0;
	}
	count(&shared->counts.states);
	if (step <= last)
		return 0;
	return broken(INV_STATE, "writer %u, none of the steps %llu to %llu",
		      number, (unsigned long long)dump->before.acked[number],
		      (unsigned long long)last);
}

static int check_states(const struct dump *dump)
{
	unsigned int i;
	int err = 0;

	if (!is_whole(dump) || dump->since || dump->migratable)
		return 0;
	for (i = 0; i < WRITERS && !err; i++) {
		if (is_of_types(i) != (dump->question == ASK_TYPES) &&
		    dump->question != ASK_FIND)
			continue;
		if (dump->parent < 0 || dump->parent == (int)i)
			err = check_state(dump, i);
	}
	return err;
}

/* Changes since @old that are seen in @new; -1 if one is out of its time. */
static int count_changes(const struct dump *old, const struct dump *new)
{
	uint64_t snapshot = old->objects[0].snapshot;
	const struct object *is, *was;
	unsigned int i, j = 0, same = 0, both = 0;

	for (i = 0; i < new->number; i++) {
		is = &new->objects[i];
		while (j < old->number && old->objects[j].id < is->id)
			j++;
		was = j < old->number && old->objects[j].id == is->id ?
		      &old->objects[j] : NULL;
		both += was ? 1 : 0;
		if (was && was->generation == is->generation)
			same++;
		else if (is->generation <= snapshot)
			return -1;
	}
	/* Those that are new, those that are gone, those that are others. */
	return new->number - both + (old->number - both) + (both - same);
}

static int check_history(const struct dump *dump)
{
	struct dump **old = &previous[dump->question];
	uint64_t passed;
	int changes;

	if (!is_whole(dump) || !is_all(dump) || !dump->number)
		return 0;
	if (!*old)
		*old = calloc(1, sizeof(**old));
	if (!*old)
		return fail("out of memory");
	if ((*old)->number) {
		passed = dump->objects[0].snapshot - (*old)->objects[0].snapshot;
		changes = count_changes(*old, dump);
		count(&shared->counts.histories);
		if (changes < 0 || (uint64_t)changes > passed)
			return broken(INV_HISTORY, "%d changes in %llu generations",
				      changes, (unsigned long long)passed);
	}
	memcpy(*old, dump, offsetof(struct dump, objects) +
	       dump->number * sizeof(*dump->objects));
	return 0;
}

static int check_filter(const struct dump *dump)
{
	const struct object *object = dump->objects;
	unsigned int i;

	for (i = 0; i < dump->number; i++, object++) {
		if (dump->parent >= 0 && object->writer != dump->parent &&
		    object->writer >= 0)
			return broken(INV_FILTER, "id %u: parent", object->id);
		if (dump->since && object->generation <= dump->since)
			return broken(INV_FILTER, "id %u: since", object->id);
		if (dump->migratable && object->writer >= 0 &&
		    !is_migratable(object->value))
			return broken(INV_FILTER, "id %u: migratable",
				      object->id);
	}
	return 0;
}

/* A module that was gone before and after must not be seen, and vice versa. */
static int check_modules(const struct dump *dump)
{
	unsigned int i, j, seen, epoch;

	/* A judgement does not say whose the target is. */
	if (dump->question == ASK_FIND)
		return 0;
	for (i = 0; i < MODULES_MAX && is_all(dump); i++) {
		epoch = dump->before.epochs[i];
		if (epoch % 2 || epoch != atomic_load(&shared->modules[i].epoch))
			continue;
		for (j = 0, seen = 0; j < dump->number; j++)
			seen += dump->objects[j].module == (int)i;
		if (epoch % 4 == 0 && seen)
			return broken(INV_MODULE, "%u objects of %s, which is gone",
				      seen, shared->modules[i].name);
		if (epoch % 4 == 2 && !seen && is_whole(dump) &&
		    dump->question == ASK_DEVICES)
			return broken(INV_MODULE, "no device of %s, which is there",
				      shared->modules[i].name);
	}
	return 0;
}

static struct object *some_object(struct dump *dump)
{
	unsigned int i;

	for (i = 0; i < dump->number; i++)
		if (dump->objects[i].writer >= 0 &&
		    dump->before.floors[dump->objects[i].writer]
				       [dump->objects[i].slot] > 1)
			return &dump->objects[i];
	return NULL;
}

static void drop_object(struct dump *dump, struct object *object)
{
	struct object *end = dump->objects + dump->number--;

	memmove(object, object + 1, (end - object - 1) * sizeof(*object));
}

static void break_filter(struct dump *dump, struct object *object)
{
	if (dump->since)
		object->generation = dump->since;
	else if (dump->parent >= 0)
		object->writer = (dump->parent + 1) % WRITERS;
	else if (dump->migratable)
		object->value |= 1;
}

static void break_module(struct dump *dump, struct object *object)
{
	if (dump->before.epochs[0] % 4 == 0)
		object->module = 0;
}

static void break_history(struct dump *old)
{
	if (old && old->number > 3)
		drop_object(old, old->objects + 1);
}

/* Change what was observed, in a way that only a judge of it detects. */
static void break_dump(struct dump *dump)
{
	struct object *object = some_object(dump);
	unsigned int i;

	if (!object || dump->number < 3 ||
	    is_all(dump) == (break_invariant == INV_FILTER))
		return;
	switch (break_invariant) {
	case INV_ORDER:
		dump->objects[2] = dump->objects[1];
		break;
	case INV_SNAPSHOT:
		dump->objects[dump->number - 1].snapshot += is_whole(dump);
		break;
	case INV_BACK:
		for (i = 0; i < dump->number && last_snapshot; i++)
			dump->objects[i].snapshot = last_snapshot - 1;
		break;
	case INV_FUTURE:
		object->generation = object->snapshot + 1;
		break;
	case INV_BYTES:
		/* In a whole dump, its snapshot could give it away first. */
		object->digest += !is_whole(dump) && random_below(2);
		break;
	case INV_REMOVED:
		object->value = dump->before.floors[object->writer]
						   [object->slot] - 1;
		break;
	case INV_INVENTED:
		object->value += 1ULL << 40;
		break;
	case INV_STATE:
		drop_object(dump, object);
		break;
	case INV_FILTER:
		break_filter(dump, object);
		break;
	case INV_MODULE:
		break_module(dump, object);
		break;
	case INV_HISTORY:
		break_history(previous[dump->question]);
		break;
	}
}

int check_dump(struct dump *dump)
{
	if (break_invariant >= 0)
		break_dump(dump);
	return check_order(dump) || check_snapshots(dump) ||
	       check_filter(dump) || check_objects(dump) ||
	       check_modules(dump) || check_states(dump) ||
	       check_whole(dump) || check_history(dump) ? -1 : 0;
}
