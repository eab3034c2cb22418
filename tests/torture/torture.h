/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the processes of the torture test share. Writers announce here what they
 * are about to do and what was acknowledged; readers hold their answers
 * against it. Each member has one writer; who reads does it without a lock.
 */
#ifndef _TORTURE_H
#define _TORTURE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/netlink.h>

#define DEVICE_WRITERS	3
#define WRITERS		(DEVICE_WRITERS + 1)	/* the last one is of types */
#define GROUPS		10
#define GROUP		12
#define SLOTS		(GROUPS * GROUP)
/* States of a writer that are remembered, a power of two. */
#define STATES		(1 << 16)
/* Generations and snapshots whose bytes are remembered, a power of two. */
#define REPORTED		(1 << 16)
#define MODULES_MAX	4
#define OBJECTS_MAX	8192
#define PROFILES	6
#define PROFILE_NAME	"torture-%u"

/* What must hold; see invariants[] in check.c. */
enum invariant {
	INV_ORDER,
	INV_SNAPSHOT,
	INV_BACK,
	INV_FUTURE,
	INV_BYTES,
	INV_WHOLE,
	INV_REMOVED,
	INV_INVENTED,
	INV_STATE,
	INV_HISTORY,
	INV_FILTER,
	INV_MODULE,
	INV_GET,
	INV_ID,
	INV_VERDICT,
	INV_EVENT,
	INV_FOLLOWED,
	INVARIANTS
};

/* What is asked for; answers to different questions are different bytes. */
enum question {
	ASK_DEVICES,
	ASK_TYPES,
	ASK_FIND,
	ASK_CHECK,
	QUESTIONS
};

struct nl_request;

/**
 * struct slot - a place for one endpoint, there or not
 * @floor: lowest value that a request sees which begins now
 * @value: its value after the last command that was acknowledged; 0: gone
 * @birth: the value that it was made with
 * @begun: commands about it that have begun
 * @acked: those that were acknowledged
 */
struct slot {
	atomic_ullong floor;
	atomic_ullong value;
	atomic_ullong birth;
	atomic_uint begun;
	atomic_uint acked;
};

/**
 * struct writer - the endpoints of one writer
 * @begun: steps that may have happened; a command has one for each endpoint
 * @acked: steps that have happened for sure
 * @command: number of the last command that has begun, and the value that it
 *	gives
 * @states: digest of the state after each step, by its number
 * @slots: the endpoints
 */
struct writer {
	atomic_ullong begun;
	atomic_ullong acked;
	atomic_ullong command;
	atomic_ullong states[STATES];
	struct slot slots[SLOTS];
};

/**
 * struct module - a provider that comes and goes
 * @path: its file
 * @name: its name as a module
 * @provider: its name as a provider
 * @epoch: 4n: it is gone, 4n + 2: it is there; odd in between
 */
struct module {
	const char *path;
	char name[64];
	const char *provider;
	atomic_uint epoch;
};

/**
 * struct counts - what was done and seen, for the report
 */
struct counts {
	atomic_ullong commands, gets, gets_exact, gone, loads;
	atomic_ullong dumps, whole, interrupted, paused, filtered;
	atomic_ullong objects, states, unknown, histories, judged, profiles, provisioned;
	atomic_ullong events, losses, followed;
};

struct shared {
	atomic_ullong operations;
	atomic_bool stop;
	atomic_bool failed;
	atomic_int hold;
	char verdict[512];
	struct counts counts;
	atomic_ullong reported[QUESTIONS][REPORTED];
	atomic_ullong wholes[QUESTIONS][REPORTED];
	struct module modules[MODULES_MAX];
	struct writer writers[WRITERS];
};

/**
 * struct object - one message
 * @question: what it answers
 * @id: VDEV_A_ID
 * @instance: VDEV_A_INSTANCE
 * @generation: VDEV_A_GENERATION
 * @snapshot: VDEV_A_SNAPSHOT
 * @digest: of all of it but the snapshot
 * @writer: whose it is, or -1
 * @slot: which of the writer's
 * @value: the value it was given
 * @module: of which module, or -1
 * @verdict: VDEV_A_VERDICT, or 0
 */
struct object {
	enum question question;
	uint32_t id;
	uint32_t instance;
	uint64_t generation;
	uint64_t snapshot;
	uint64_t digest;
	int writer;
	unsigned int slot;
	uint64_t value;
	int module;
	uint32_t verdict;
};

/**
 * struct before - what was known when a request began
 */
struct before {
	uint64_t acked[WRITERS];
	uint64_t floors[WRITERS][SLOTS];
	unsigned int epochs[MODULES_MAX];
};

/**
 * struct dump - an answer, and what was asked
 * @question: of what
 * @parent: writer whose parent is asked for, or -1
 * @since: generation after which a change is asked for, or 0
 * @instance: that the generation is of
 * @migratable: only those are asked for
 * @interrupted: it was marked
 * @before: what was known when it began
 * @number: of objects
 * @objects: the messages in their order
 */
struct dump {
	enum question question;
	int parent;
	uint64_t since;
	uint32_t instance;
	bool migratable;
	bool interrupted;
	struct before before;
	unsigned int number;
	struct object objects[OBJECTS_MAX];
};

extern struct shared *shared;
extern int break_invariant;	/* which one to break, or -1 */
extern unsigned long long limit;
extern unsigned int seed;

/* torture.c */
bool going_on(void);
__attribute__((format(printf, 1, 2))) int fail(const char *format, ...);
unsigned int random_below(unsigned int number);
static inline void count(atomic_ullong *counter)
{
	atomic_fetch_add_explicit(counter, 1, memory_order_relaxed);
}

/* change.c */
uint64_t state_digest(unsigned int slot, uint64_t value);
void slot_name(char *name, unsigned int writer, unsigned int slot);
void parent_name(char *name, unsigned int writer);
bool is_of_types(unsigned int writer);
bool is_migratable(uint64_t value);
int prepare_writers(void);
void discard_writers(void);
int run_writer(unsigned int number);
int run_loader(unsigned int number);

/* object.c */
int read_object(const struct nlmsghdr *message, enum question question,
		struct object *object);

/* read.c */
void note_before(struct before *before);
int run_dumper(unsigned int number);
int run_getter(unsigned int number);
int final_dumps(void);

/* follow.c */
int run_follower(unsigned int number);
int run_deaf(unsigned int number);

/* follow_profiles.c; the snapshot of a dump is 0 if it cannot be compared. */
int profiles_begin(int sock, int family);
void profiles_event(const struct nlmsghdr *message);
uint64_t profiles_dump(int sock, int family);
void profiles_compare(void);

/* provision.c */
int prepare_provision(void);
int run_provisioner(unsigned int number);

/* profile.c */
int run_profiler(unsigned int number);

/* judge.c */
void put_source(struct nl_request *request);
bool read_judgement(const struct nlmsghdr *message, struct object *object);
int check_verdict(const struct object *object);

/* check.c */
const char *invariant_name(unsigned int number);
const char *invariant_rule(unsigned int number);
int broken(enum invariant invariant, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
int check_dump(struct dump *dump);
int check_object(const struct object *object, const struct before *before);

#endif /* _TORTURE_H */
