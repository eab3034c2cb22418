// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: bench dump vdev|copy|vdpa|info|devlink ROUNDS
 *        bench ask null|rejected|id|name ROUNDS [BUS NAME]
 *        bench check ROUNDS BUS NAME
 *        bench find ROUNDS BUS NAME [candidates]
 *        bench files ROUNDS FILE...
 *        bench writes ROUNDS NUMBER TEXT FILE...
 *        bench command TEXT
 *        bench each NUMBER TEXT
 *        bench change LISTENERS ROUNDS DEVICE
 *        bench memory PROGRAM [ARG...]
 *        bench program ROUNDS PROGRAM [ARG...]
 *        bench values BUS NAME
 *        bench vdpa COUNT [FIRST]
 *
 * One measurement, as "NAME=VALUE ..." on one line; times in nanoseconds, the
 * smallest and the median of all rounds.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/devlink.h>
#include <linux/vdev.h>
#include <linux/vdpa.h>

#include "bench.h"

static const struct {
	const char *word;
	const char *family;
	uint8_t command;
} dumps[] = {
	{ "vdev", VDEV_FAMILY_NAME, VDEV_CMD_DEV_GET },
	{ "copy", "vdev-copy", 1 },
	{ "vdpa", VDPA_GENL_NAME, VDPA_CMD_DEV_CONFIG_GET },
	{ "info", DEVLINK_GENL_NAME, DEVLINK_CMD_INFO_GET },
	{ "devlink", DEVLINK_GENL_NAME, DEVLINK_CMD_GET },
};

static void dump(unsigned int which, int rounds)
{
	struct nl_reply reply;
	int fd, family, i, err;

	fd = open_family(dumps[which].family, &family);
	for (i = 0; i < rounds; i++) {
		nl_begin(&request, family, NLM_F_DUMP, dumps[which].command);
		times[i] = now();
		err = nl_ask(fd, &request, &reply, NULL, NULL);
		times[i] = now() - times[i];
		errno = err ?: reply.error;
		if (errno || reply.interrupted || !reply.messages)
			die("dump");
	}
	printf("messages=%u bytes=%zu reads=%u ", reply.messages, reply.bytes,
	       reply.datagrams);
	print_times(rounds, reply.messages);
	printf("\n");
	close(fd);
}

static int cmd_dump(int argc, char **argv)
{
	unsigned int i;

	for (i = 0; argc == 2 && i < sizeof(dumps) / sizeof(dumps[0]); i++) {
		if (strcmp(dumps[i].word, argv[0]))
			continue;
		dump(i, rounds_of(argv[1]));
		return 0;
	}
	return 1;
}

static void read_id(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *id = nl_find(message, VDEV_A_ID);

	if (id)
		*(uint32_t *)arg = nl_get_u32(id);
}

/* Put together what is asked: all of it without NLM_F_ACK, to get one answer. */
static bool prepare(int fd, int family, const char *what, const char *bus,
		    const char *name)
{
	uint16_t nlctrl = GENL_ID_CTRL;
	struct nl_reply reply;
	uint32_t id = 0;

	if (!strcmp(what, "null")) {
		nl_begin(&request, GENL_ID_CTRL, 0, CTRL_CMD_GETFAMILY);
		nl_attr(&request, CTRL_ATTR_FAMILY_ID, &nlctrl, sizeof(nlctrl));
	} else if (!strcmp(what, "rejected")) {
		nl_begin(&request, family, 0, UINT8_MAX);
	} else if (!strcmp(what, "name")) {
		ask_by_name(family, bus, name);
	} else if (!strcmp(what, "id")) {
		ask_by_name(family, bus, name);
		if (nl_ask(fd, &request, &reply, read_id, &id) || !id)
			return false;
		nl_begin(&request, family, 0, VDEV_CMD_DEV_GET);
		nl_u32(&request, VDEV_A_ID, id);
	} else {
		return false;
	}
	request.header.nlmsg_flags = NLM_F_REQUEST;
	return true;
}

static int cmd_ask(int argc, char **argv)
{
	struct nl_reply reply = { };
	int fd, family, rounds, i, j;

	if (argc < 2)
		return 1;
	fd = open_family(VDEV_FAMILY_NAME, &family);
	rounds = rounds_of(argv[1]);
	if (!prepare(fd, family, argv[0], argc > 2 ? argv[2] : "",
		     argc > 3 ? argv[3] : ""))
		return 1;
	for (i = 0; i < rounds; i++) {
		times[i] = now();
		for (j = 0; j < BATCH; j++)
			if (nl_send(fd, &request) ||
			    nl_receive_some(fd, &reply, NULL, NULL))
				die("request");
		times[i] = now() - times[i];
	}
	print_times(rounds, BATCH);
	printf("\n");
	return 0;
}

static void read_file(const char *path)
{
	char content[4096];
	int fd = open(path, O_RDONLY);

	if (fd < 0 || read(fd, content, sizeof(content)) < 0)
		die(path);
	close(fd);
}

/* One attribute as a program reads it: open, read, close. */
static int cmd_files(int argc, char **argv)
{
	int rounds, i, j;

	if (argc < 2)
		return 1;
	rounds = rounds_of(argv[0]);
	for (i = 0; i < rounds; i++) {
		times[i] = now();
		for (j = 1; j < argc; j++)
			read_file(argv[j]);
		times[i] = now() - times[i];
	}
	printf("files=%d ", argc - 1);
	print_times(rounds, argc - 1);
	printf("\n");
	return 0;
}

/* The time that one write takes: the simulator does all in it. */
static int cmd_command(int argc, char **argv)
{
	char line[4096];
	double time;
	int fd, len;

	if (argc != 1)
		return 1;
	fd = open(CONTROL, O_WRONLY);
	len = snprintf(line, sizeof(line), "%s\n", argv[0]);
	time = now();
	if (fd < 0 || write(fd, line, len) != len)
		die(argv[0]);
	printf("time=%.0f\n", now() - time);
	close(fd);
	return 0;
}

/* In the place of each @ goes a number, of % and ^ what it leaves if divided. */
static void fill_in(char *line, size_t room, const char *text, int number)
{
	size_t len = 0;

	for (; *text && len + 16 < room; text++) {
		if (*text == '@')
			len += sprintf(line + len, "%d", number);
		else if (*text == '%')
			len += sprintf(line + len, "%d", number % CONTRACTS);
		else if (*text == '^')
			len += sprintf(line + len, "%d", number % (CONTRACTS / 2));
		else
			line[len++] = *text;
	}
	line[len++] = '\n';
	line[len] = '\0';
}

/* The same command for each number. */
static int cmd_each(int argc, char **argv)
{
	char line[4096];
	int fd, i;

	if (argc != 2)
		return 1;
	fd = open(CONTROL, O_WRONLY);
	for (i = 0; i < atoi(argv[0]); i++) {
		fill_in(line, sizeof(line), argv[1], i);
		if (fd < 0 || write(fd, line, strlen(line)) < 0)
			die(line);
	}
	close(fd);
	return 0;
}

/* Attributes that hold a value, not others. */
static unsigned int count_leaves(const void *data, size_t len)
{
	const struct nlattr *attr = NULL;
	unsigned int count = 0;

	while ((attr = nl_next(data, len, attr))) {
		if (attr->nla_type & NLA_F_NESTED)
			count += count_leaves(nl_data(attr), nl_len(attr));
		else
			count++;
	}
	return count;
}

static void read_values(const struct nlmsghdr *message, void *arg)
{
	const char *end = (const char *)message + message->nlmsg_len;
	const struct nlattr *last = nl_find(message, VDEV_A_NAME);
	const char *start = (const char *)last + NLA_ALIGN(last->nla_len);

	/* What stands before is who it is about. */
	*(unsigned int *)arg = count_leaves(start, end - start);
}

static int cmd_values(int argc, char **argv)
{
	struct nl_reply reply;
	unsigned int values = 0;
	int fd, family;

	if (argc != 2)
		return 1;
	fd = open_family(VDEV_FAMILY_NAME, &family);
	ask_by_name(family, argv[0], argv[1]);
	if (nl_ask(fd, &request, &reply, read_values, &values) || reply.error)
		die("device");
	printf("values=%u bytes=%zu\n", values, reply.bytes);
	return 0;
}

/* Simulated vdpa network devices, without a process for each. */
static int cmd_vdpa(int argc, char **argv)
{
	struct nl_reply reply;
	int fd, family, first, i;
	char name[32];

	if (argc != 1 && argc != 2)
		return 1;
	first = argc > 1 ? atoi(argv[1]) : 0;
	fd = open_family(VDPA_GENL_NAME, &family);
	for (i = first; i < first + atoi(argv[0]); i++) {
		snprintf(name, sizeof(name), "bench%d", i);
		nl_begin(&request, family, NLM_F_ACK, VDPA_CMD_DEV_NEW);
		nl_string(&request, VDPA_ATTR_MGMTDEV_DEV_NAME, "vdpasim_net");
		nl_string(&request, VDPA_ATTR_DEV_NAME, name);
		errno = nl_ask(fd, &request, &reply, NULL, NULL) ?: reply.error;
		if (errno)
			die(name);
	}
	return 0;
}

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} commands[] = {
	{ "dump", cmd_dump },
	{ "ask", cmd_ask },
	{ "check", cmd_check },
	{ "find", cmd_find },
	{ "files", cmd_files },
	{ "writes", cmd_writes },
	{ "command", cmd_command },
	{ "each", cmd_each },
	{ "change", cmd_change },
	{ "memory", cmd_memory },
	{ "program", cmd_program },
	{ "values", cmd_values },
	{ "vdpa", cmd_vdpa },
};

int main(int argc, char **argv)
{
	unsigned int i;

	for (i = 0; argc > 1 && i < sizeof(commands) / sizeof(commands[0]); i++)
		if (!strcmp(commands[i].name, argv[1]))
			return commands[i].run(argc - 2, argv + 2);
	fprintf(stderr, "bench: no such measurement\n");
	return 1;
}
