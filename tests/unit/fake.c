// SPDX-License-Identifier: GPL-2.0
/* Stands in for the library's transport. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <linux/genetlink.h>
#include <linux/vdev.h>

#include "netlink/transport.h"
#include "fake.h"

struct event {
	struct event *next;
	unsigned int repeat;
	unsigned int flags;
	int error;
	size_t len;
	char data[];
};

struct vdev_transport {
	/* It has joined a group. */
	int member;
	int fd;
};

struct fake_state fake = { .family = FAKE_FAMILY };

static struct event *queue;
static struct event *events;
static fake_responder *responder;
static void *responder_arg;
static uint32_t numbered;
static union {
	struct nlmsghdr nlh;
	char data[65536];
} request;

static void drop_queue(struct event **from)
{
	while (*from) {
		struct event *next = (*from)->next;

		free(*from);
		*from = next;
	}
}

void fake_reset(fake_responder *new, void *arg)
{
	drop_queue(&queue);
	drop_queue(&events);
	fake = (struct fake_state){ .family = FAKE_FAMILY };
	numbered = 0;
	responder = new;
	responder_arg = arg;
}

static struct event *add_to(struct event **end, size_t len)
{
	struct event *event;

	fake.allocating++;
	event = calloc(1, sizeof(*event) + len);
	fake.allocating--;
	if (!event)
		abort();
	event->len = len;
	event->repeat = 1;
	while (*end)
		end = &(*end)->next;
	*end = event;
	return event;
}

void fake_datagram(const void *data, size_t len, unsigned int flags, unsigned int repeat)
{
	struct event *event = add_to(&queue, len);

	memcpy(event->data, data, len);
	event->flags = flags;
	event->repeat = repeat;
}

void fake_fail(int error)
{
	add_to(&queue, 0)->error = error;
}

void fake_event(const void *data, size_t len, unsigned int flags)
{
	struct event *event = add_to(&events, len);

	memcpy(event->data, data, len);
	event->flags = flags | FAKE_VERBATIM;
}

void fake_event_fail(int error)
{
	add_to(&events, 0)->error = error;
}

const struct nlmsghdr *fake_request(void)
{
	return &request.nlh;
}

size_t fake_unread(void)
{
	const struct event *event;
	size_t count = 0;

	for (event = queue; event; event = event->next)
		count += event->repeat;
	return count;
}

/* The only attribute of the request is the name of the family. */
static uint16_t asked_family(void)
{
	const char *name = request.data + NLMSG_HDRLEN + GENL_HDRLEN + NLA_HDRLEN;

	return strcmp(name, "vdpa") == 0 ? FAKE_VDPA : fake.family;
}

void fake_family(void)
{
	struct {
		struct nlmsghdr nlh;
		struct genlmsghdr genl;
		struct nlattr id_attr;
		uint16_t id;
		uint16_t pad;
		struct nlattr groups;
		struct nlattr group;
		struct nlattr group_attr;
		uint32_t group_id;
		struct nlattr name_attr;
		char name[sizeof(VDEV_MCGRP_MONITOR)];
		struct nlmsghdr ack;
		struct nlmsgerr err;
	} reply = {
		.nlh = {
			.nlmsg_len = offsetof(typeof(reply), ack),
			.nlmsg_type = GENL_ID_CTRL,
		},
		.genl = { .cmd = CTRL_CMD_NEWFAMILY, .version = 2 },
		.id_attr = { .nla_len = 6, .nla_type = CTRL_ATTR_FAMILY_ID },
		.id = asked_family(),
		.groups = { .nla_len = 28, .nla_type = CTRL_ATTR_MCAST_GROUPS },
		.group = { .nla_len = 24, .nla_type = 1 },
		.group_attr = { .nla_len = 8, .nla_type = CTRL_ATTR_MCAST_GRP_ID },
		.group_id = FAKE_GROUP,
		.name_attr = { .nla_len = 12, .nla_type = CTRL_ATTR_MCAST_GRP_NAME },
		.name = VDEV_MCGRP_MONITOR,
		.ack = {
			.nlmsg_len = sizeof(reply.ack) + sizeof(reply.err),
			.nlmsg_type = NLMSG_ERROR,
			.nlmsg_flags = NLM_F_CAPPED,
		},
	};

	_Static_assert(sizeof(reply.name) == 8, "lengths above");
	fake_datagram(&reply, sizeof(reply), 0, 1);
}

int vdev_transport_open(struct vdev_transport **transport)
{
	if (fake.open_error)
		return -fake.open_error;
	*transport = calloc(1, sizeof(**transport));
	fake.opens++;
	if (!*transport)
		return -ENOMEM;
	(*transport)->fd = eventfd(0, EFD_CLOEXEC);
	return 0;
}

/* What was on its way to a socket is lost with it. */
void vdev_transport_close(struct vdev_transport *transport)
{
	if (!transport)
		return;
	drop_queue(transport->member ? &events : &queue);
	close(transport->fd);
	free(transport);
}

int vdev_transport_join(struct vdev_transport *transport, uint32_t group)
{
	if (!transport->member)
		drop_queue(&events);
	transport->member = 1;
	fake.joins++;
	fake.group = group;
	return -fake.join_error;
}

void vdev_transport_reserve(struct vdev_transport *transport, size_t bytes)
{
	(void)transport;
	(void)bytes;
}

int vdev_transport_fd(const struct vdev_transport *transport)
{
	return transport->fd;
}

uint32_t vdev_transport_port(const struct vdev_transport *transport)
{
	(void)transport;
	return FAKE_PORT;
}

int vdev_transport_send(struct vdev_transport *transport, const struct nlmsghdr *nlh)
{
	(void)transport;
	if (fake.send_error)
		return -fake.send_error;
	if (nlh->nlmsg_len > sizeof(request))
		abort();
	memcpy(&request, nlh, nlh->nlmsg_len);
	fake.sends++;
	if (nlh->nlmsg_type == GENL_ID_CTRL && !fake.all_requests)
		fake_family();
	else if (responder)
		responder(nlh, responder_arg);
	return 0;
}

/* Make the messages of a datagram answers to the last request. */
static void address(char *data, size_t len, bool number)
{
	struct nlmsghdr *nlh;
	uint32_t *id;

	while (len >= sizeof(*nlh)) {
		nlh = (struct nlmsghdr *)data;
		nlh->nlmsg_seq = request.nlh.nlmsg_seq;
		nlh->nlmsg_pid = FAKE_PORT;
		id = (uint32_t *)(data + NLMSG_HDRLEN + GENL_HDRLEN + NLA_HDRLEN);
		if (number)
			*id = ++numbered;
		if (nlh->nlmsg_len < sizeof(*nlh) || nlh->nlmsg_len >= len ||
		    NLMSG_ALIGN(nlh->nlmsg_len) >= len)
			return;
		len -= NLMSG_ALIGN(nlh->nlmsg_len);
		data += NLMSG_ALIGN(nlh->nlmsg_len);
	}
}

int vdev_transport_recv(struct vdev_transport *transport, void *buffer, size_t size,
			int timeout, struct datagram *datagram)
{
	struct event **from = transport->member ? &events : &queue;
	struct event *event = *from;
	int error;

	(void)timeout;
	if (!event && transport->member && fake.dry)
		fake.dry();
	if (!event)
		return -ETIMEDOUT;
	error = event->error;
	datagram->len = event->len < size ? event->len : size;
	datagram->sender = event->flags & FAKE_FOREIGN ? 4711 : 0;
	datagram->truncated = event->flags & FAKE_TRUNCATED || event->len > size;
	memcpy(buffer, event->data, datagram->len);
	if (!error && !(event->flags & FAKE_VERBATIM))
		address(buffer, datagram->len, event->flags & FAKE_NUMBERED);
	if (!--event->repeat) {
		*from = event->next;
		free(event);
	}
	return -error;
}
