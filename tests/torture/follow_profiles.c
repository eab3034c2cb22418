// SPDX-License-Identifier: GPL-2.0
/*
 * What a follower knows of profiles: what a dump had, and each event since. An event
 * must fit what is known, and a later dump must have just that.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <linux/vdev.h>

#include "lib/nl.h"
#include "torture.h"

/**
 * struct profile - what is known of one
 * @state: whether it is there
 * @generation: of its last change, if it is there
 */
struct profile {
	enum { UNKNOWN, THERE, GONE } state;
	uint64_t generation;
};

/**
 * struct profiles - all of them at some generation
 * @snapshot: the generation; 0 if a dump had none, and so reported no generation
 */
struct profiles {
	uint64_t snapshot;
	struct profile profiles[PROFILES];
};

static struct profiles known, dumped;

/* Its number; -1 if it is none of this test. */
static int number_of(const struct nlmsghdr *message)
{
	const struct nlattr *name = nl_find(message, VDEV_A_PROFILE_NAME);
	unsigned int number;

	if (!name || sscanf(nl_data(name), PROFILE_NAME, &number) != 1 || number >= PROFILES)
		return -1;
	return (int)number;
}

static uint64_t uint_of(const struct nlmsghdr *message, int attribute)
{
	const struct nlattr *attr = nl_find(message, attribute);

	return attr ? nl_get_uint(attr) : 0;
}

static void add_profile(const struct nlmsghdr *message, void *arg)
{
	struct profiles *profiles = arg;
	int number = number_of(message);

	profiles->snapshot = uint_of(message, VDEV_A_PROFILE_SNAPSHOT);
	if (number < 0)
		return;
	profiles->profiles[number] = (struct profile){
		THERE, uint_of(message, VDEV_A_PROFILE_GENERATION)
	};
}

/* 0; 1 if it is no state that existed; or -1. */
static int dump(int sock, int family, struct profiles *profiles)
{
	static struct nl_request request;
	struct nl_reply reply;
	unsigned int i;
	int err;

	memset(profiles, 0, sizeof(*profiles));
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_PROFILE_GET);
	err = nl_ask(sock, &request, &reply, add_profile, profiles);
	if (err || reply.error)
		return fail("a follower's dump of profiles ends with: %s",
			    strerror(err ? err : reply.error));
	for (i = 0; i < PROFILES && profiles->snapshot; i++)
		if (!profiles->profiles[i].state)
			profiles->profiles[i].state = GONE;
	return reply.interrupted;
}

int profiles_begin(int sock, int family)
{
	int err;

	do {
		err = dump(sock, family, &known);
	} while (err > 0 && !atomic_load(&shared->stop));
	return err < 0 ? -1 : 0;
}

void profiles_event(const struct nlmsghdr *message)
{
	const struct genlmsghdr *header = NLMSG_DATA(message);
	uint64_t generation = uint_of(message, VDEV_A_PROFILE_GENERATION);
	bool creates = header->cmd == VDEV_CMD_PROFILE_CREATE_NTF;
	int number = number_of(message);
	struct profile *profile;

	if (number < 0 || generation <= known.snapshot)
		return;
	profile = &known.profiles[number];
	if (profile->state == (creates ? THERE : GONE)) {
		broken(INV_FOLLOWED, "profile %d %s at %llu", number,
		       creates ? "comes twice" : "changes or goes, unknown",
		       (unsigned long long)generation);
		return;
	}
	profile->state = header->cmd == VDEV_CMD_PROFILE_DELETE_NTF ? GONE : THERE;
	profile->generation = generation;
}

uint64_t profiles_dump(int sock, int family)
{
	return dump(sock, family, &dumped) ? 0 : dumped.snapshot;
}

void profiles_compare(void)
{
	const struct profile *mine, *theirs;
	unsigned int i;

	for (i = 0; i < PROFILES; i++) {
		mine = &known.profiles[i];
		theirs = &dumped.profiles[i];
		if (mine->state == UNKNOWN)
			continue;
		if (mine->state != theirs->state ||
		    (mine->state == THERE && mine->generation != theirs->generation))
			broken(INV_FOLLOWED, "at %llu profile %u is known %s, of %llu",
			       (unsigned long long)dumped.snapshot, i,
			       mine->state == THERE ? "as there" : "as gone",
			       (unsigned long long)mine->generation);
	}
	count(&shared->counts.followed);
}
