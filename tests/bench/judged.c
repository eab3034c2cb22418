// SPDX-License-Identifier: GPL-2.0
/*
 * What judging costs: one check, one find, and writing what the old proposals
 * would have had written to sysfs instead. The source is a record, as one that
 * has come from another host.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "bench.h"
#include "lib/limits.h"

/**
 * struct source - a record out of an answer
 * @id: whose it is
 * @len: length of @record
 * @record: the attributes in it
 */
struct source {
	uint32_t id;
	size_t len;
	unsigned char record[VDEV_OBJECT_BYTES];
};

static struct source source;

static void read_source(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *record = nl_find(message, VDEV_A_RECORD);
	const struct nlattr *id = nl_find(message, VDEV_A_ID);

	(void)arg;
	if (!record || !id || nl_len(record) > sizeof(source.record))
		return;
	source.id = nl_get_u32(id);
	source.len = nl_len(record);
	memcpy(source.record, nl_data(record), source.len);
}

static void put_source(void)
{
	size_t nest = nl_nest_begin(&request, VDEV_A_SOURCE);

	nl_u32(&request, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	nl_attr(&request, VDEV_A_SOURCE_RECORD | NLA_F_NESTED, source.record,
		source.len);
	nl_nest_end(&request, nest);
}

/* Ask for a device, whose record is the source then. */
static int open_source(const char *bus, const char *name, int *family)
{
	struct nl_reply reply;
	int fd = open_family(VDEV_FAMILY_NAME, family);

	ask_by_name(*family, bus, name);
	if (nl_ask(fd, &request, &reply, read_source, NULL) || !source.id)
		die(name);
	return fd;
}

/* A device against its own record: all findings are reported. */
int cmd_check(int argc, char **argv)
{
	struct nl_reply reply = { };
	int fd, family, rounds, i, j;

	if (argc != 3)
		return 1;
	rounds = rounds_of(argv[0]);
	fd = open_source(argv[1], argv[2], &family);
	nl_begin(&request, family, 0, VDEV_CMD_CHECK);
	nl_u32(&request, VDEV_A_ID, source.id);
	put_source();
	for (i = 0; i < rounds; i++) {
		times[i] = now();
		for (j = 0; j < BATCH; j++)
			if (nl_send(fd, &request) ||
			    nl_receive_some(fd, &reply, NULL, NULL))
				die("check");
		times[i] = now() - times[i];
	}
	if (reply.error || reply.messages != (unsigned int)(rounds * BATCH))
		die("check");
	print_times(rounds, BATCH);
	printf(" bytes=%zu\n", reply.bytes / reply.messages);
	return 0;
}

static void put_candidates(void)
{
	size_t nest = nl_nest_begin(&request, VDEV_A_FILTER);

	nl_u32(&request, VDEV_A_FILTER_AT_LEAST, VDEV_VERDICT_COMPATIBLE);
	nl_nest_end(&request, nest);
}

/* All findings, or those of the targets alone that can load the state. */
int cmd_find(int argc, char **argv)
{
	struct nl_reply reply;
	int fd, family, rounds, i;

	if (argc != 3 && (argc != 4 || strcmp(argv[3], "candidates")))
		return 1;
	rounds = rounds_of(argv[0]);
	fd = open_source(argv[1], argv[2], &family);
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_FIND);
	put_source();
	if (argc == 4)
		put_candidates();
	for (i = 0; i < rounds; i++) {
		times[i] = now();
		errno = nl_ask(fd, &request, &reply, NULL, NULL) ?: reply.error;
		times[i] = now() - times[i];
		if (errno || reply.interrupted || !reply.messages)
			die("find");
	}
	printf("messages=%u bytes=%zu reads=%u ", reply.messages, reply.bytes,
	       reply.datagrams);
	print_times(rounds, reply.messages);
	printf("\n");
	return 0;
}

static void write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);

	if (fd < 0 || write(fd, text, strlen(text)) < 0)
		die(path);
	close(fd);
}

/* One attribute as a program writes it, so many times: open, write, close. */
int cmd_writes(int argc, char **argv)
{
	int rounds, number, i, j;

	if (argc < 4)
		return 1;
	rounds = rounds_of(argv[0]);
	number = atoi(argv[1]);
	for (i = 0; i < rounds; i++) {
		times[i] = now();
		for (j = 0; j < number; j++)
			write_file(argv[3 + j % (argc - 3)], argv[2]);
		times[i] = now() - times[i];
	}
	printf("writes=%d ", number);
	print_times(rounds, number);
	printf("\n");
	return 0;
}
