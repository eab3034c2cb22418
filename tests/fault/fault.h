/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the program that lets allocations fail share.
 */
#ifndef _TESTS_FAULT_FAULT_H
#define _TESTS_FAULT_FAULT_H

#include <stdbool.h>
#include <stdint.h>

#include "lib/nl.h"

/* One sum for each kind of endpoint. */
#define SEEN_DIGESTS	2

/**
 * struct operation - what is done, and what it works with
 * @name: its name
 * @args: how many arguments it has at least; later, how many there are
 * @begin: opens what may not fail
 * @run: does it; returns 0 or an errno, or -1 if the kernel lied
 * @end: closes what is open
 * @expected: the errno that it returns when nothing fails
 * @arg: the arguments
 * @fd: what is open
 * @digest: what a dump has to give
 */
struct operation {
	const char *name;
	int args;
	int (*begin)(struct operation *operation);
	int (*run)(struct operation *operation);
	void (*end)(const struct operation *operation);
	int expected;
	char **arg;
	int fd;
	uint64_t digest;
};

/* fault.c */
__attribute__((format(printf, 1, 2)))
int fail(const char *format, ...);

/* nth.c; whether it has happened is known when it is disarmed. */
extern bool nth_happened;

int nth_open(void);
int nth_arm(unsigned int number);
void nth_disarm(void);

/* seen.c; the generation of what was dumped last is 0 if nothing was there. */
extern struct nl_request request;
extern struct nl_reply reply;
extern int family;
extern uint64_t snapshot;

void seen_request(bool types, char **parent);
int seen_dump(int fd, uint64_t *digest);
/* Of everything; 0 if the family is not there. */
int seen_all(uint64_t *digests);

/* operations.c */
int operation_find(int argc, char **argv, struct operation *operation);
/* Of one line, whose last word may have blanks; without .run if no operation begins it. */
int operation_parse(const char *line, struct operation *operation);

#endif /* _TESTS_FAULT_FAULT_H */
