// SPDX-License-Identifier: GPL-2.0
/*
 * Those who have devices created, configured and removed by request. Two share the names
 * and the room of a parent that has less of it than there are names, so each may find what
 * the other one did. Both have several requests under way now and then, of which one is
 * not waited for. Both give the type another ceiling now and then, or take it away.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "lib/nl.h"
#include "lib/sim.h"
#include "torture.h"

#define NAMES	8

static int sock, family;
static struct nl_request request;

/* One unit each, and the count is chosen. */
int prepare_provision(void)
{
	int err;

	err = sim_do("parent add px plain units=%u", NAMES - 2);
	if (!err)
		err = sim_do("type add px t operations=create+configure+remove "
			     "migration=supported param=p,value=u64:0,off=u64:0,"
			     "flags=configurable,allow=u64:0-9 "
			     "aggregation=u,units=1,count=1,limit=3");
	return err ? fail("the type that is created by request: %s", strerror(errno)) : 0;
}

static void put_name(unsigned int number)
{
	char name[16];

	sprintf(name, "x%u", number);
	nl_string(&request, VDEV_A_NAME, name);
}

/* A value of 10 is out of bounds. */
static void put_order(void)
{
	size_t order = nl_nest_begin(&request, VDEV_A_ORDER), param, value;

	param = nl_nest_begin(&request, VDEV_A_ORDER_PARAM);
	nl_string(&request, VDEV_A_PARAM_NAME, "p");
	value = nl_nest_begin(&request, VDEV_A_PARAM_VALUE);
	nl_u32(&request, VDEV_A_VALUE_U64, random_below(11));
	nl_nest_end(&request, value);
	nl_nest_end(&request, param);
	if (random_below(2))
		nl_u32(&request, VDEV_A_ORDER_COUNT, 1 + random_below(3));
	nl_nest_end(&request, order);
}

static void begin(uint8_t command, unsigned int number)
{
	nl_begin(&request, family, NLM_F_ACK, command);
	put_name(number);
	if (command != VDEV_CMD_DEV_NEW) {
		nl_string(&request, VDEV_A_BUS, "sim");
	} else {
		nl_string(&request, VDEV_A_PARENT_BUS, "sim");
		nl_string(&request, VDEV_A_PARENT, "px");
		nl_string(&request, VDEV_A_TYPE, "t");
	}
	if (command != VDEV_CMD_DEV_DEL && random_below(4))
		put_order();
	if (command == VDEV_CMD_DEV_SET && random_below(2))
		nl_attr(&request, VDEV_A_PARTIAL, NULL, 0);
}

/* What is there stays, and what is asked for above it is out of bounds. */
static void begin_ceiling(bool reset)
{
	size_t ceiling, param;

	nl_begin(&request, family, NLM_F_ACK, VDEV_CMD_TYPE_SET);
	nl_string(&request, VDEV_A_PARENT_BUS, "sim");
	nl_string(&request, VDEV_A_PARENT, "px");
	nl_string(&request, VDEV_A_NAME, "t");
	if (reset) {
		nl_attr(&request, VDEV_A_RESET, NULL, 0);
		return;
	}
	ceiling = nl_nest_begin(&request, VDEV_A_CEILING);
	param = nl_nest_begin(&request, VDEV_A_CEILING_PARAM);
	nl_string(&request, VDEV_A_CEILING_PARAM_NAME, "p");
	nl_u32(&request, VDEV_A_CEILING_PARAM_LOW, 0);
	nl_u32(&request, VDEV_A_CEILING_PARAM_HIGH, random_below(10));
	nl_nest_end(&request, param);
	nl_nest_end(&request, ceiling);
}

static bool is_expected(int err)
{
	static const int errs[] = { 0, EEXIST, ENOSPC, EBUSY, ERANGE, ENODEV };
	unsigned int i;

	for (i = 0; i < sizeof(errs) / sizeof(*errs); i++)
		if (err == errs[i])
			return true;
	return false;
}

static void count_object(const struct nlmsghdr *message, void *arg)
{
	unsigned int *number = arg;

	*number += nl_find(message, VDEV_A_ID) && nl_find(message, VDEV_A_GENERATION);
}

/* What is done answers with the device, what is not with none. */
static int ask(bool dry_run)
{
	struct nl_reply reply;
	unsigned int number = 0;
	int err;

	if (dry_run)
		nl_attr(&request, VDEV_A_DRY_RUN, NULL, 0);
	err = nl_ask(sock, &request, &reply, count_object, &number);
	if (err || !is_expected(reply.error))
		return fail("a request for a device: %s (%s)",
			    strerror(err ? err : reply.error), reply.text);
	if (number != (!reply.error && !dry_run))
		return fail("a request for a device that ends with %d has %u answers",
			    reply.error, number);
	return 0;
}

/* Who is not there any more leaves the request to go on. */
static int leave(void)
{
	int gone = nl_open(0);

	if (gone < 0 || nl_send(gone, &request))
		return fail("a socket: %s", strerror(errno));
	close(gone);
	return 0;
}

/* One that nobody else works with any more; what is there may be gone. */
static int discard_all(void)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < NAMES && !err; i++) {
		begin(VDEV_CMD_DEV_DEL, i);
		err = ask(false);
	}
	begin_ceiling(true);
	return err ? err : ask(false);
}

static int run_one(void)
{
	static const uint8_t commands[] = {
		VDEV_CMD_DEV_NEW, VDEV_CMD_DEV_NEW, VDEV_CMD_DEV_SET, VDEV_CMD_DEV_DEL,
	};

	if (!random_below(16)) {
		begin_ceiling(random_below(2));
		return ask(false);
	}
	begin(commands[random_below(sizeof(commands))], random_below(NAMES));
	return random_below(8) ? ask(!random_below(4)) : leave();
}

int run_provisioner(unsigned int number)
{
	int err = 0;

	(void)number;
	sock = nl_open(0);
	family = sock < 0 ? -errno : nl_resolve(sock, VDEV_FAMILY_NAME);
	if (family < 0)
		return fail("family: %s", strerror(-family));
	while (!err && going_on()) {
		count(&shared->counts.provisioned);
		err = run_one();
	}
	return err ? err : discard_all();
}
