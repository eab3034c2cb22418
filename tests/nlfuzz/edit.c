// SPDX-License-Identifier: GPL-2.0
/*
 * A datagram, right or wrong, seen as messages with attributes, and what
 * changes its length: whatever contains a change gets its new length.
 */
#include <string.h>

#include "nlfuzz.h"

struct nlattr *attr_at(struct nl_request *datagram, size_t at)
{
	return (struct nlattr *)(datagram->data + at);
}

/* Where the message at @at ends; a wrong length reaches to the end of all. */
static size_t message_end(const struct nl_request *datagram, size_t at)
{
	size_t left = datagram->len - at;
	struct nlmsghdr header;

	memcpy(&header, datagram->data + at, sizeof(header));
	if (header.nlmsg_len < NLMSG_HDRLEN || header.nlmsg_len > left)
		return datagram->len;
	return at + header.nlmsg_len;
}

unsigned int count_messages(const struct nl_request *datagram)
{
	unsigned int num = 0;
	size_t at = 0;

	while (at + NLMSG_HDRLEN <= datagram->len) {
		at = NLMSG_ALIGN(message_end(datagram, at));
		num++;
	}
	return num;
}

static void view_attrs(struct view *view, const struct nl_request *datagram,
		       size_t at, size_t end, int parent, unsigned int depth)
{
	struct nlattr attr;
	int self;

	while (at + NLA_HDRLEN <= end && view->num < 128) {
		memcpy(&attr, datagram->data + at, sizeof(attr));
		self = view->num++;
		view->spots[self] = (struct spot){ .at = at, .parent = parent };
		if (attr.nla_len < NLA_HDRLEN || at + attr.nla_len > end)
			return;
		if (attr.nla_type & NLA_F_NESTED && depth < 32)
			view_attrs(view, datagram, at + NLA_HDRLEN,
				   at + attr.nla_len, self, depth + 1);
		at += NLA_ALIGN(attr.nla_len);
	}
}

/* Look at the message of that number; false if there is none. */
bool view_message(struct view *view, const struct nl_request *datagram,
		  unsigned int number)
{
	size_t at = 0;

	while (number-- && at + NLMSG_HDRLEN <= datagram->len)
		at = NLMSG_ALIGN(message_end(datagram, at));
	if (at + NLMSG_HDRLEN > datagram->len)
		return false;
	view->start = at;
	view->end = message_end(datagram, at);
	view->num = 0;
	view_attrs(view, datagram, at + HEADERS, view->end, -1, 0);
	return true;
}

static void grow_around(struct nl_request *datagram, const struct view *view,
			int parent, long delta)
{
	struct nlmsghdr *header;

	for (; parent >= 0; parent = view->spots[parent].parent)
		attr_at(datagram, view->spots[parent].at)->nla_len += delta;
	header = (struct nlmsghdr *)(datagram->data + view->start);
	header->nlmsg_len += delta;
}

/* Replace bytes; the nests and the message around them fit again. */
bool splice(struct nl_request *datagram, const struct view *view, int parent,
	    size_t at, size_t old_len, const void *bytes, size_t new_len)
{
	size_t tail;

	if (at > datagram->len)
		return false;
	if (old_len > datagram->len - at)
		old_len = datagram->len - at;
	tail = datagram->len - at - old_len;
	if (at + new_len + tail > sizeof(datagram->data))
		return false;
	memmove(datagram->data + at + new_len, datagram->data + at + old_len,
		tail);
	memcpy(datagram->data + at, bytes, new_len);
	datagram->len = at + new_len + tail;
	grow_around(datagram, view, parent, (long)new_len - (long)old_len);
	return true;
}
