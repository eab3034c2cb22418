/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the programs that measure share.
 */
#ifndef _TESTS_BENCH_H
#define _TESTS_BENCH_H

#include "lib/nl.h"
#include "times.h"

#define CONTROL		"/sys/kernel/debug/vdev_sim/control"
/* Requests that one round is made of, so that the clock does not count. */
#define BATCH		200
/* So many different ones are among devices of which many are the same. */
#define CONTRACTS	200

extern struct nl_request request;

/* common.c */
void die(const char *what);
int open_family(const char *name, int *family);
void ask_by_name(int family, const char *bus, const char *name);

/* judged.c */
int cmd_check(int argc, char **argv);
int cmd_find(int argc, char **argv);
int cmd_writes(int argc, char **argv);

/* change.c */
int cmd_change(int argc, char **argv);

/* program.c */
int cmd_memory(int argc, char **argv);
int cmd_program(int argc, char **argv);

#endif /* _TESTS_BENCH_H */
