// SPDX-License-Identifier: GPL-2.0
/*
 * What is multicast to a monitor, down to what is printed. The input is a byte of
 * enum mode, and then messages: a byte of enum form, a length (2 bytes) and as many
 * bytes. Whatever comes, what was reported adds up to what the monitor has.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <netlink/genl/genl.h>

#include "fuzz.h"
#include "message.h"
#include "print/out_event.h"

/* Dumps are the same each time, and a read has an end. */
#define READS 24

enum mode {
	JSON = 1,
	DETAILS = 2,
	MIGRATABLE = 4,
	TYPES = 8,
};

enum form {
	/* Attributes behind those that each event has; the generation is the next. */
	EVENT,
	/* A whole datagram. */
	RAW,
	LOST,
	CONTROL,
	NUM_FORMS,
};

struct followed {
	struct options options;
	long present;
	uint64_t generation;
};

static void answer(const struct nlmsghdr *request, void *arg)
{
	const struct genlmsghdr *genl = nlmsg_data(request);

	(void)arg;
	if (genl->cmd == VDEV_CMD_TYPE_GET)
		message_send(message_type(2, "t", 4));
	else
		message_send(message_dev(1, "d", 4));
	send_done(0, 0, NULL);
}

static void send_event(struct nl_msg *msg)
{
	fake_event(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, 0);
	nlmsg_free(msg);
}

static void put_endpoint(struct nl_msg *msg, uint8_t id, const char *name)
{
	nla_put_u32(msg, VDEV_A_ID, id);
	nla_put_string(msg, VDEV_A_BUS, "sim");
	nla_put_string(msg, VDEV_A_NAME, name);
	nla_put_string(msg, VDEV_A_PARENT_BUS, "simbus");
	nla_put_string(msg, VDEV_A_PARENT, "sim0");
}

/* The command, a number and a name are what the bytes begin with. */
static void queue_event(struct input *input, uint64_t generation)
{
	uint8_t cmd = take_byte(input), id = take_byte(input);
	struct nl_msg *msg = message_new(fake.family, cmd, 0);
	static const char *const names[] = { "d", "t", "e" };
	const char *name = names[take_byte(input) % 3];

	/* These have the same numbers in every event. */
	nla_put_u32(msg, VDEV_A_INSTANCE, MESSAGE_INSTANCE);
	message_uint(msg, VDEV_A_GENERATION, generation);
	message_uint(msg, VDEV_A_SNAPSHOT, generation);
	if (cmd >= VDEV_CMD_PROFILE_CREATE_NTF)
		nla_put_string(msg, VDEV_A_PROFILE_NAME, name);
	else
		put_endpoint(msg, id, name);
	if (input->size)
		nlmsg_append(msg, (void *)input->data, input->size, 0);
	send_event(msg);
}

static void queue_control(struct input *input)
{
	struct nl_msg *msg = message_new(GENL_ID_CTRL, take_byte(input) % 4, 0);

	nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, VDEV_FAMILY_NAME);
	nla_put_u16(msg, CTRL_ATTR_FAMILY_ID, (uint16_t)(fake.family + take_byte(input) % 2));
	send_event(msg);
}

static void queue_one(struct input *input, struct followed *followed)
{
	enum form form = take_byte(input) % NUM_FORMS;
	struct input part = { .size = take_u16(input) };

	part.data = input->data;
	if (part.size > input->size)
		part.size = input->size;
	input->data += part.size;
	input->size -= part.size;
	if (form == EVENT)
		queue_event(&part, ++followed->generation);
	else if (form == RAW)
		fake_event(part.data, part.size, 0);
	else if (form == LOST)
		fake_event_fail(ENOBUFS);
	else
		queue_control(&part);
}

static void print(const struct vdev_event *event, const struct options *options)
{
	FILE *old = stdout;
	size_t size;
	char *text;

	stdout = open_memstream(&text, &size);
	MUST(!out_event(event, options, false), NULL);
	fclose(stdout);
	stdout = old;
	if (options->json)
		must_be_json(text, size);
	else
		must_be_printable(text, size);
	free(text);
}

static int take_event(const struct vdev_event *event, void *arg)
{
	struct followed *followed = arg;

	MUST(!event->before == (event->type != VDEV_EVENT_DEL && event->type != VDEV_EVENT_CHANGE),
	     NULL);
	MUST(!event->after == (event->type != VDEV_EVENT_NEW && event->type != VDEV_EVENT_CHANGE),
	     NULL);
	MUST(!event->profile == (event->type < VDEV_EVENT_PROFILE_NEW), NULL);
	followed->present += event->type == VDEV_EVENT_NEW;
	followed->present -= event->type == VDEV_EVENT_DEL;
	print(event, &followed->options);
	return 0;
}

static int count(const struct vdev_object *object, void *arg)
{
	MUST(vdev_object_handle(object), NULL);
	--*(long *)arg;
	return 0;
}

static void follow(struct vdev_monitor *monitor, struct input *input, struct followed *followed)
{
	unsigned int i;
	int err;

	for (i = 0; i < READS; i++) {
		err = vdev_monitor_read(monitor, take_event, followed);
		MUST(err <= 0, vdev_monitor_error(monitor)->message);
		while (i == 0 && input->size)
			queue_one(input, followed);
	}
	vdev_monitor_each(monitor, count, &followed->present);
	MUST(followed->present == 0, NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	uint8_t mode = take_byte(&input);
	struct followed followed = {
		.options = { .json = mode & JSON, .details = mode & DETAILS }, .generation = 4,
	};
	struct vdev_filter *filter = vdev_filter_new();
	struct vdev_monitor *monitor = vdev_monitor_new();

	if (!filter || !monitor)
		abort();
	fake_reset(answer, NULL);
	vdev_filter_set_migratable(filter, mode & MIGRATABLE);
	if (mode & TYPES)
		vdev_filter_set_kind(filter, VDEV_OBJECT_TYPE);
	vdev_monitor_set_filter(monitor, mode & (MIGRATABLE | TYPES) ? filter : NULL);
	MUST(!vdev_monitor_start(monitor), NULL);
	follow(monitor, &input, &followed);
	vdev_monitor_free(monitor);
	vdev_filter_free(filter);
	fake_reset(NULL, NULL);
	return 0;
}
