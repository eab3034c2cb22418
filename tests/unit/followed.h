/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A monitor before a small kernel of its own, which each case starts again.
 */
#ifndef TESTS_UNIT_FOLLOWED_H
#define TESTS_UNIT_FOLLOWED_H

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include <vdev/vdev.h>

#include "message.h"

#define MAX_OBJECTS 8
#define REPORTED_SIZE 4096

struct endpoint {
	enum vdev_object_kind kind;
	uint32_t id;
	uint64_t generation;
	char name[8];
	const char *model;
	bool migratable;
};

/**
 * struct kernel - the small kernel
 * @endpoints: what there is
 * @num: how much of it there is
 * @last_id: number of the last endpoint that came
 * @generation: of the last change
 * @instance: of which the generations are, another one each time it is loaded
 * @absent: the module is not loaded
 * @filtered: dumps pass what can be migrated, as a filter asked
 * @storm: called before each message of the next dumps and before their end, so often as
 *	@storms says
 * @storms: so many dumps
 * @failures: so many dumps fail
 * @error: the errno of those
 * @after_dump: called once, when the next dump has been answered
 * @slow: requests are answered by kernel_answer_late()
 */
struct kernel {
	struct endpoint endpoints[MAX_OBJECTS];
	unsigned int num;
	uint32_t last_id;
	uint64_t generation;
	uint32_t instance;
	bool absent;
	bool filtered;
	void (*storm)(void);
	unsigned int storms;
	unsigned int failures;
	int error;
	void (*after_dump)(void);
	bool slow;
};

extern struct kernel kernel;
/* Events are made, and thrown away. */
extern bool lost;

extern struct vdev_monitor *monitor;
/* The monitor's, if it has one. */
extern struct vdev_filter *filter;
/* What was reported since the last time it was read. */
extern char reported[REPORTED_SIZE];
/* The instance that was reported last. */
extern uint32_t reported_instance;
/* So many events are taken; 0: all. What the last of them returns. */
extern unsigned int stop_after;
extern int stop_with;

struct nl_msg *kernel_compose(const struct endpoint *endpoint, uint8_t cmd,
			      uint64_t generation, uint64_t snapshot);
void kernel_event(struct nl_msg *msg);
struct endpoint *kernel_find(const char *name);
void kernel_notify(const struct endpoint *endpoint, uint8_t dev_cmd);
void kernel_add(enum vdev_object_kind kind, const char *name);
void kernel_set(const char *name, const char *model, bool migratable);
void kernel_del(const char *name);
void kernel_profile(uint8_t cmd, const char *name);
void kernel_control(uint8_t cmd);
void kernel_unload(void);
/* Answer the last request, if a slow kernel has one. Returns whether it had. */
bool kernel_answer_late(void);
void kernel_load(void);
int read_once(void);
void read_all(void);
void assert_reported(const char *expected);
void assert_mirrored(void);
int monitor_setup(void **state);
int monitor_teardown(void **state);
void monitor_start(void);
void monitor_start_with_three(void);

#endif /* TESTS_UNIT_FOLLOWED_H */
