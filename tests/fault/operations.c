// SPDX-License-Identifier: GPL-2.0
/*
 * The operations that can be made to fail: how each is prepared, done, and ended.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/vdev.h>
#include <linux/vdpa.h>

#include "fault.h"
#include "judged.h"

/* After the name of an operation that undoes another. */
#define MOST_WORDS	3

static unsigned char module[4 << 20];
static size_t module_len;

/* From memory, as reading the file would allocate more than the rest. */
static int read_module(struct operation *operation)
{
	int fd = open(operation->arg[0], O_RDONLY | O_CLOEXEC);
	ssize_t len;

	operation->fd = -1;
	len = fd < 0 ? -1 : read(fd, module, sizeof(module));
	module_len = len;
	close(fd);
	return len <= 0 || module_len == sizeof(module) ?
	       fail("%s: %s", operation->arg[0], strerror(errno)) : 0;
}

static void close_fd(const struct operation *operation)
{
	if (operation->fd >= 0)
		close(operation->fd);
}

/* Opening it may allocate, too. */
static int begin_write(struct operation *operation)
{
	operation->fd = -1;
	return 0;
}

static int run_write(struct operation *operation)
{
	const char *text = operation->arg[1];
	size_t len = strlen(text);

	operation->fd = open(operation->arg[0], O_WRONLY | O_CLOEXEC);
	if (operation->fd < 0)
		return errno;
	if (write(operation->fd, text, len) != (ssize_t)len)
		return errno;
	return 0;
}

static int run_insmod(struct operation *operation)
{
	(void)operation;
	return syscall(SYS_init_module, module, module_len, "") ? errno : 0;
}

static int open_with(struct operation *operation, int receive_buffer)
{
	operation->fd = nl_open(receive_buffer);
	return operation->fd < 0 ? fail("socket: %s", strerror(errno)) : 0;
}

static int open_socket(struct operation *operation)
{
	return open_with(operation, 4096);
}

/* The answer may be as large as it was allocated, and the acknowledgment comes after it. */
static int open_for_answer(struct operation *operation)
{
	return open_with(operation, 0);
}

static bool is_type(const struct operation *operation)
{
	return !strcmp(operation->arg[0], "type");
}

static int run_request(struct operation *operation)
{
	int err = nl_ask(operation->fd, &request, &reply, NULL, NULL);

	return err ? err : reply.error;
}

static int begin_get(struct operation *operation)
{
	static const uint16_t names[2][3] = {
		{ VDEV_A_BUS, VDEV_A_NAME },
		{ VDEV_A_PARENT_BUS, VDEV_A_PARENT, VDEV_A_NAME },
	};
	int i;

	nl_begin(&request, family, NLM_F_ACK, is_type(operation) ?
		 VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET);
	for (i = 1; i < operation->args; i++)
		nl_string(&request, names[is_type(operation)][i - 1],
			  operation->arg[i]);
	return open_socket(operation);
}

static int begin_stats(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_DEV_STATS_GET);
	nl_string(&request, VDEV_A_BUS, operation->arg[0]);
	nl_string(&request, VDEV_A_NAME, operation->arg[1]);
	return open_socket(operation);
}

static int begin_stats_dump(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_DEV_STATS_GET);
	return open_socket(operation);
}

static int begin_vdpa(struct operation *operation)
{
	int vdpa;

	if (open_socket(operation))
		return -1;
	vdpa = nl_resolve(operation->fd, VDPA_GENL_NAME);
	if (vdpa < 0)
		return fail("there is no vdpa");
	nl_begin(&request, vdpa, NLM_F_ACK, VDPA_CMD_DEV_NEW);
	nl_string(&request, VDPA_ATTR_DEV_NAME, operation->arg[0]);
	nl_string(&request, VDPA_ATTR_MGMTDEV_DEV_NAME, operation->arg[1]);
	return 0;
}

/* It is done when the request is sent; the answer must not get lost. */
static int run_command(struct operation *operation)
{
	int err = nl_send(operation->fd, &request) ? errno : 0;

	nth_disarm();
	err = err ? err : nl_receive(operation->fd, &reply, NULL, NULL);
	return err ? err : reply.error;
}

static void count_change(const struct nlmsghdr *message, void *arg)
{
	unsigned int *number = arg;

	*number += nl_find(message, VDEV_A_PROFILE_NAME) &&
		   nl_find(message, VDEV_A_PROFILE_GENERATION) &&
		   nl_find(message, VDEV_A_PROFILE_CHANGED);
}

static void count_endpoint(const struct nlmsghdr *message, void *arg)
{
	unsigned int *number = arg;

	*number += nl_find(message, VDEV_A_ID) && nl_find(message, VDEV_A_GENERATION);
}

/* A change of a profile that is done has its answer, and one that is not has none. */
static int run_and_count(struct operation *operation, nl_message_fn *fn)
{
	unsigned int number = 0;
	int err = nl_send(operation->fd, &request) ? errno : 0;

	nth_disarm();
	err = err ? err : nl_receive(operation->fd, &reply, fn, &number);
	err = err ? err : reply.error;
	if (number != !err)
		return fail("a change that ends with %d has %u answers", err, number);
	return err;
}

static int run_change(struct operation *operation)
{
	return run_and_count(operation, count_change);
}

/* The same of an endpoint. What a work item does for it is not made to fail. */
static int run_change_endpoint(struct operation *operation)
{
	return run_and_count(operation, count_endpoint);
}

static void put_choice(unsigned int number)
{
	size_t order = nl_nest_begin(&request, VDEV_A_ORDER), param, value;

	param = nl_nest_begin(&request, VDEV_A_ORDER_PARAM);
	nl_string(&request, VDEV_A_PARAM_NAME, "p");
	value = nl_nest_begin(&request, VDEV_A_PARAM_VALUE);
	nl_u32(&request, VDEV_A_VALUE_U64, number);
	nl_nest_end(&request, value);
	nl_nest_end(&request, param);
	nl_nest_end(&request, order);
}

static int begin_dev_new(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_DEV_NEW);
	nl_string(&request, VDEV_A_PARENT_BUS, "sim");
	nl_string(&request, VDEV_A_PARENT, operation->arg[0]);
	nl_string(&request, VDEV_A_TYPE, operation->arg[1]);
	nl_string(&request, VDEV_A_NAME, operation->arg[2]);
	put_choice(1);
	return open_socket(operation);
}

static void begin_device(uint8_t command, const char *name)
{
	nl_begin(&request, family, NLM_F_ACK, command);
	nl_string(&request, VDEV_A_BUS, "sim");
	nl_string(&request, VDEV_A_NAME, name);
}

static int begin_dev_set(struct operation *operation)
{
	begin_device(VDEV_CMD_DEV_SET, operation->arg[0]);
	put_choice(atoi(operation->arg[1]));
	return open_socket(operation);
}

static int begin_dev_del(struct operation *operation)
{
	begin_device(VDEV_CMD_DEV_DEL, operation->arg[0]);
	return open_socket(operation);
}

static void begin_type(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_TYPE_SET);
	nl_string(&request, VDEV_A_PARENT_BUS, "sim");
	nl_string(&request, VDEV_A_PARENT, operation->arg[0]);
	nl_string(&request, VDEV_A_NAME, operation->arg[1]);
}

/* A ceiling; a second one takes its place. */
static int begin_type_set(struct operation *operation)
{
	size_t ceiling, param;

	begin_type(operation);
	ceiling = nl_nest_begin(&request, VDEV_A_CEILING);
	param = nl_nest_begin(&request, VDEV_A_CEILING_PARAM);
	nl_string(&request, VDEV_A_CEILING_PARAM_NAME, "p");
	nl_u32(&request, VDEV_A_CEILING_PARAM_LOW, 0);
	nl_u32(&request, VDEV_A_CEILING_PARAM_HIGH, atoi(operation->arg[2]));
	nl_nest_end(&request, param);
	nl_nest_end(&request, ceiling);
	return open_for_answer(operation);
}

static int begin_type_reset(struct operation *operation)
{
	begin_type(operation);
	nl_attr(&request, VDEV_A_RESET, NULL, 0);
	return open_for_answer(operation);
}

static int begin_ceiling_dump(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_CEILING_GET);
	return open_socket(operation);
}

/* A profile for a driver, or for any; a second one of the name takes its place. */
static int begin_profile_set(struct operation *operation)
{
	size_t record, model;

	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_PROFILE_SET);
	nl_string(&request, VDEV_A_PROFILE_NAME, operation->arg[0]);
	nl_string(&request, VDEV_A_PROFILE_DRIVER, operation->arg[1]);
	nl_u32(&request, VDEV_A_PROFILE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	record = nl_nest_begin(&request, VDEV_A_PROFILE_RECORD);
	model = nl_nest_begin(&request, VDEV_A_RECORD_MODEL);
	nl_string(&request, VDEV_A_IDENT_VALUE, operation->arg[2]);
	nl_nest_end(&request, model);
	nl_nest_end(&request, record);
	nl_attr(&request, VDEV_A_PROFILE_REPLACE, NULL, 0);
	return open_socket(operation);
}

static int begin_profile_del(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_PROFILE_DEL);
	nl_string(&request, VDEV_A_PROFILE_NAME, operation->arg[0]);
	return open_socket(operation);
}

static int begin_profile_get(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_PROFILE_GET);
	nl_string(&request, VDEV_A_PROFILE_NAME, operation->arg[0]);
	return open_socket(operation);
}

static int begin_profile_dump(struct operation *operation)
{
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_PROFILE_GET);
	return open_socket(operation);
}

/* What the request gives that nobody disturbs. */
static int note_digest(struct operation *operation)
{
	int err;

	if (open_socket(operation))
		return -1;
	err = seen_dump(operation->fd, &operation->digest);
	return err ? fail("a dump: %s", strerror(err)) : 0;
}

static int begin_dump(struct operation *operation)
{
	seen_request(is_type(operation), operation->args > 2 ?
			   operation->arg + 1 : NULL);
	return note_digest(operation);
}

/* The source is named, or its record is taken to be one from another host. */
static int begin_judged(struct operation *operation)
{
	const struct judged judged = {
		.family = family,
		.local = !strcmp(operation->arg[0], "local"),
		.source = operation->arg + 1,
		.target = operation->args > 4 ? operation->arg + 3 : NULL,
	};

	if (judged_request(&request, &judged))
		return fail("there is no such source");
	return note_digest(operation);
}

/* What ends without an error is complete. */
static int run_dump(struct operation *operation)
{
	uint64_t digest;
	int err = seen_dump(operation->fd, &digest);

	if (!err && digest != operation->digest)
		return fail("an answer lacks something, and does not say so");
	return err;
}

static const struct operation operations[] = {
	{ .name = "write", .args = 2, begin_write, run_write, close_fd },
	{ .name = "insmod", .args = 1, read_module, run_insmod, close_fd },
	{ .name = "get", .args = 3, begin_get, run_request, close_fd },
	{ .name = "get-absent", .args = 3, begin_get, run_request, close_fd, ENODEV },
	{ .name = "dump", .args = 1, begin_dump, run_dump, close_fd },
	{ .name = "check", .args = 5, begin_judged, run_dump, close_fd },
	{ .name = "find", .args = 3, begin_judged, run_dump, close_fd },
	{ .name = "profile-set", .args = 3, begin_profile_set, run_change, close_fd },
	{ .name = "profile-del", .args = 1, begin_profile_del, run_change, close_fd },
	{ .name = "profile-get", .args = 1, begin_profile_get, run_request, close_fd },
	{ .name = "profile-dump", .args = 0, begin_profile_dump, run_request, close_fd },
	{ .name = "dev-new", .args = 3, begin_dev_new, run_change_endpoint, close_fd },
	{ .name = "dev-set", .args = 2, begin_dev_set, run_change_endpoint, close_fd },
	{ .name = "dev-del", .args = 1, begin_dev_del, run_change_endpoint, close_fd },
	{ .name = "type-set", .args = 3, begin_type_set, run_change_endpoint, close_fd },
	{ .name = "type-reset", .args = 2, begin_type_reset, run_change_endpoint, close_fd },
	{ .name = "ceiling-dump", .args = 0, begin_ceiling_dump, run_request, close_fd },
	{ .name = "stats", .args = 2, begin_stats, run_request, close_fd },
	{ .name = "stats-dump", .args = 0, begin_stats_dump, run_request, close_fd },
	{ .name = "vdpa-add", .args = 2, begin_vdpa, run_command, close_fd },
};

static const struct operation *by_name(const char *name)
{
	unsigned int i;

	for (i = 0; i < sizeof(operations) / sizeof(*operations); i++)
		if (!strcmp(name, operations[i].name))
			return &operations[i];
	return NULL;
}

int operation_find(int argc, char **argv, struct operation *operation)
{
	const struct operation *found = argc < 1 ? NULL : by_name(argv[0]);

	if (!found || argc - 1 < found->args)
		return fail("no such operation; see fault.c");
	*operation = *found;
	operation->args = argc - 1;
	operation->arg = argv + 1;
	return 0;
}

int operation_parse(const char *line, struct operation *operation)
{
	static char text[1024];
	static char *words[1 + MOST_WORDS];
	const struct operation *found;
	char *rest = text;
	int i;

	if (snprintf(text, sizeof(text), "%s", line) >= (int)sizeof(text))
		return fail("too long: %s", line);
	words[0] = strsep(&rest, " ");
	found = by_name(words[0]);
	*operation = (struct operation){ 0 };
	if (!found)
		return 0;
	for (i = 1; rest && i <= found->args && i <= MOST_WORDS; i++)
		words[i] = i < found->args ? strsep(&rest, " ") : rest;
	return operation_find(i, words, operation);
}
