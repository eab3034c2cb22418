// SPDX-License-Identifier: GPL-2.0
/*
 * See writers.h: a device of the simulator, of vdpa and of mdev is added and
 * removed; a device of vdev is read. Beside them what asks the kernel for nothing,
 * to know the machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>
#include <linux/vdpa.h>

#include "bench.h"
#include "reads.h"
#include "writers.h"

#define UUID		"7b1f9c1e-2f0a-4f55-9a44-5d0c6a0e71b2"
#define MDEV_CREATE	"/sys/class/mdev_bus/mtty/mdev_supported_types/mtty-1/create"
#define MDEV_REMOVE	"/sys/bus/mdev/devices/" UUID "/remove"
#define VDPA_PARENT	"vdpasim_net"
#define VDPA_NAME	"writer"
/* How long the loop runs that asks for nothing; in nanoseconds. */
#define LOOP_TIME	1e6

static int fd, family;
static unsigned long turns;

static void put_line(int to, const char *line)
{
	if (to < 0 || write(to, line, strlen(line)) != (ssize_t)strlen(line))
		die(line);
}

/* The facts are in the environment: they are those of the other devices. */
static void sim_prepare(void)
{
	fd = open(CONTROL, O_WRONLY);
}

static void sim_run(int step)
{
	static char line[4096];

	if (step == 0)
		snprintf(line, sizeof(line), "dev add writer %s\n",
			 getenv("FACTS") ?: "");
	else
		snprintf(line, sizeof(line), "dev del writer\n");
	put_line(fd, line);
}

static void vdpa_prepare(void)
{
	fd = open_family(VDPA_GENL_NAME, &family);
}

static void vdpa_run(int step)
{
	struct nl_reply reply;

	nl_begin(&request, family, NLM_F_ACK,
		 step == 0 ? VDPA_CMD_DEV_NEW : VDPA_CMD_DEV_DEL);
	if (step == 0)
		nl_string(&request, VDPA_ATTR_MGMTDEV_DEV_NAME, VDPA_PARENT);
	nl_string(&request, VDPA_ATTR_DEV_NAME, VDPA_NAME);
	errno = nl_ask(fd, &request, &reply, NULL, NULL) ?: reply.error;
	if (errno)
		die("vdpa");
}

static void mdev_run(int step)
{
	int file = open(step == 0 ? MDEV_CREATE : MDEV_REMOVE, O_WRONLY);

	put_line(file, step == 0 ? UUID : "1");
	close(file);
}

static void get_prepare(void)
{
	fd = open_family(VDEV_FAMILY_NAME, &family);
}

static void get_run(int step)
{
	struct nl_reply reply;

	(void)step;
	ask_by_name(family, TARGET_BUS, TARGET_NAME);
	errno = nl_ask(fd, &request, &reply, NULL, NULL) ?: reply.error;
	if (errno || !reply.messages)
		die("get");
}

static void turn(unsigned long number)
{
	volatile unsigned long left = number;

	while (left)
		left--;
}

static void loop_prepare(void)
{
	double begin = now();

	for (turns = 0; now() - begin < 50 * LOOP_TIME; turns += 1000)
		turn(1000);
	turns /= 50;
}

static void loop_run(int step)
{
	(void)step;
	turn(turns);
}

static const struct writer writers[] = {
	{ "sim", { "register", "unregister" }, sim_prepare, sim_run },
	{ "vdpa", { "vdpa-add", "vdpa-del" }, vdpa_prepare, vdpa_run },
	{ "mdev", { "mdev-create", "mdev-remove" }, NULL, mdev_run },
	{ "get", { "get" }, get_prepare, get_run },
	{ "loop", { "loop" }, loop_prepare, loop_run },
};

const struct writer *writer_find(const char *name)
{
	size_t i;

	for (i = 0; i < sizeof(writers) / sizeof(writers[0]); i++)
		if (!strcmp(writers[i].name, name))
			return &writers[i];
	errno = EINVAL;
	die(name);
	return NULL;
}
