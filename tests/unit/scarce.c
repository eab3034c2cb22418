// SPDX-License-Identifier: GPL-2.0
/* Allocations that fail, and a kernel that answers whatever is asked. */
#include <stdlib.h>

#include <jansson.h>

#include "scarce.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t num, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t num, size_t size);
void *__wrap_realloc(void *memory, size_t size);

unsigned int countdown;

static bool fails(void)
{
	return countdown && !fake.allocating && --countdown == 0;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t num, size_t size)
{
	return fails() ? NULL : __real_calloc(num, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
	return fails() ? NULL : __real_realloc(memory, size);
}

/* jansson is a library of its own, but takes the functions it is given. */
static void *json_allocate(size_t size)
{
	return __wrap_malloc(size);
}

void fail_json(void)
{
	json_set_alloc_funcs(json_allocate, free);
}

void answer(const struct nlmsghdr *request, void *arg)
{
	uint8_t cmd = ((const struct genlmsghdr *)NLMSG_DATA(request))->cmd;

	(void)arg;
	if (request->nlmsg_type == FAKE_VDPA)
		message_send(message_vdpa(request));
	else if (cmd < VDEV_CMD_CHECK)
		message_send(message_full());
	else if (cmd < VDEV_CMD_PROFILE_GET)
		message_send(message_findings(cmd));
	else if (cmd == VDEV_CMD_DEV_STATS_GET)
		message_send(message_dev_stats("vdpa", "net0"));
	else if (cmd < VDEV_CMD_STATS_GET)
		message_send(message_as(cmd, message_profile("mtty", true)));
	else if (cmd == VDEV_CMD_STATS_GET)
		message_send(message_stats());
	if (request->nlmsg_flags & NLM_F_DUMP)
		send_done(0, 0, NULL);
	else
		send_ack(&(struct reason){ 0 });
}
