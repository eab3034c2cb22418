// SPDX-License-Identifier: GPL-2.0
/*
 * Those who change profiles: they set, replace and delete a few, and ask for them.
 * The endpoints of the writers declare themselves, so what is reported of them stays
 * as it is; those of the bridges, which come and go, follow each change. Two
 * share the names, so each may find what the other one did.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <linux/vdev.h>

#include "lib/nl.h"
#include "torture.h"

static int sock, family;
static struct nl_request request;

static void begin(uint8_t command, uint16_t flags)
{
	nl_begin(&request, family, flags, command);
}

static void put_name(unsigned int profile)
{
	char name[16];

	sprintf(name, PROFILE_NAME, profile);
	nl_string(&request, VDEV_A_PROFILE_NAME, name);
}

/* Anything, all of a bus, the drivers of both, and one that the writers name. */
static void put_scope(unsigned int profile)
{
	static const char *const types[] = { "*", "*t*y*-?", "mtty-1" };
	static const char *const buses[] = { "mdev", "vdpa", "sim" };

	if (profile % 2)
		nl_string(&request, VDEV_A_PROFILE_BUS, buses[random_below(3)]);
	else if (profile % 4)
		nl_string(&request, VDEV_A_PROFILE_DRIVER, random_below(2) ? "mtty" : "d");
	if (!(profile % 2) || random_below(2))
		nl_string(&request, VDEV_A_PROFILE_TYPE, types[random_below(3)]);
}

/* A model, so that the endpoint differs; of a param that does not always fit. */
static void put_record(void)
{
	size_t record, part;

	record = nl_nest_begin(&request, VDEV_A_PROFILE_RECORD);
	part = nl_nest_begin(&request, VDEV_A_RECORD_MODEL);
	nl_string(&request, VDEV_A_IDENT_VALUE, random_below(2) ? "m" : "n");
	nl_nest_end(&request, part);
	part = nl_nest_begin(&request, VDEV_A_RECORD_PARAM);
	nl_string(&request, VDEV_A_PARAM_NAME, "mac");
	nl_u32(&request, VDEV_A_PARAM_VALUE_TYPE,
	       random_below(2) ? VDEV_VALUE_TYPE_STRING : VDEV_VALUE_TYPE_BOOL);
	nl_nest_end(&request, part);
	nl_nest_end(&request, record);
}

static int ask(int expected, nl_message_fn *fn, void *arg)
{
	struct nl_reply reply;
	int err = nl_ask(sock, &request, &reply, fn, arg);

	if (!err && reply.error != expected)
		err = reply.error;
	return err ? fail("a profile: %s (%s)", strerror(err), reply.text) : 0;
}

/**
 * struct answer - what a change of a profile answers
 * @number: of messages
 * @generation: of the change
 * @changed: so many endpoints have
 */
struct answer {
	unsigned int number;
	uint64_t generation;
	uint32_t changed;
};

static void read_answer(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *generation = nl_find(message, VDEV_A_PROFILE_GENERATION);
	const struct nlattr *changed = nl_find(message, VDEV_A_PROFILE_CHANGED);
	struct answer *answer = arg;

	answer->number++;
	answer->generation = generation && changed ? nl_get_uint(generation) : 0;
	answer->changed = changed ? nl_get_u32(changed) : 0;
}

/*
 * A change answers with the profile, and is newer than all before it; but an equal one that
 * was there, which a @replace leaves as it is, is of any time.
 */
static int ask_change(int expected, bool replace)
{
	static uint64_t last;
	struct answer answer = { };

	if (ask(expected, read_answer, &answer))
		return -1;
	if (!answer.number)
		return 0;
	if (answer.number == 1 && answer.generation && answer.generation <= last &&
	    replace && !answer.changed)
		return 0;
	if (answer.number != 1 || answer.generation <= last)
		return fail("a change of a profile answers with %u messages, generation %llu after %llu",
			    answer.number, (unsigned long long)answer.generation,
			    (unsigned long long)last);
	last = answer.generation;
	return 0;
}

static int set(unsigned int profile)
{
	bool replace = random_below(2);

	begin(VDEV_CMD_PROFILE_SET, NLM_F_ACK);
	put_name(profile);
	put_scope(profile);
	nl_u32(&request, VDEV_A_PROFILE_MIGRATION, random_below(2) ?
	       VDEV_MIGRATION_SUPPORTED : VDEV_MIGRATION_UNSUPPORTED);
	if (random_below(4))
		put_record();
	if (replace)
		nl_attr(&request, VDEV_A_PROFILE_REPLACE, NULL, 0);
	return ask_change(replace ? 0 : EEXIST, replace);
}

static int del(unsigned int profile)
{
	begin(VDEV_CMD_PROFILE_DEL, NLM_F_ACK);
	put_name(profile);
	return ask_change(ENOENT, false);
}

static int get(unsigned int profile)
{
	begin(VDEV_CMD_PROFILE_GET, NLM_F_ACK);
	put_name(profile);
	return ask(ENOENT, NULL, NULL);
}

static void count_profile(const struct nlmsghdr *message, void *arg)
{
	unsigned int *number = arg;

	*number += nl_find(message, VDEV_A_PROFILE_NAME) != NULL;
}

static int dump_all(void)
{
	unsigned int number = 0;

	begin(VDEV_CMD_PROFILE_GET, NLM_F_DUMP);
	if (ask(0, count_profile, &number))
		return -1;
	return number <= PROFILES ? 0 : fail("%u profiles are reported", number);
}

/* One that nobody else works with any more; what is there may be gone. */
static int discard_all(void)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < PROFILES && !err; i++)
		err = del(i);
	return err;
}

int run_profiler(unsigned int number)
{
	static int (*const steps[])(unsigned int profile) = { set, set, set, del, del, get };
	int err = 0;

	(void)number;
	sock = nl_open(0);
	family = sock < 0 ? -errno : nl_resolve(sock, VDEV_FAMILY_NAME);
	if (family < 0)
		return fail("family: %s", strerror(-family));
	while (!err && going_on()) {
		count(&shared->counts.profiles);
		err = random_below(8) ?
		      steps[random_below(sizeof(steps) / sizeof(*steps))](random_below(PROFILES)) :
		      dump_all();
	}
	return err ? err : discard_all();
}
