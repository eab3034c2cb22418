// SPDX-License-Identifier: GPL-2.0
/*
 * Each function makes one thing wrong, or odd, about one message of a datagram.
 * Lengths and offsets are those of the message as it is by then, which may be
 * wrong already; only the datagram's own bounds are kept.
 */
#include <string.h>

#include "nlfuzz.h"

struct mutation {
	struct random *random;
	uint16_t family;
	struct nl_request *datagram;
	unsigned int number;
	struct view view;
	struct nlmsghdr *header;
};

static const struct spot *any_spot(struct mutation *m)
{
	if (!m->view.num)
		return NULL;
	return &m->view.spots[random_below(m->random, m->view.num)];
}

static struct nlattr *any_attr(struct mutation *m)
{
	const struct spot *spot = any_spot(m);

	return spot ? attr_at(m->datagram, spot->at) : NULL;
}

/* How much room the attribute really takes. */
static size_t room(struct mutation *m, const struct spot *spot)
{
	size_t len = NLA_ALIGN(attr_at(m->datagram, spot->at)->nla_len);
	size_t left = m->view.end - spot->at;

	if (len < NLA_HDRLEN)
		return NLA_HDRLEN;
	return len < left ? len : left;
}

static void attr_length(struct mutation *m)
{
	static const int steps[] = { -8, -4, -2, -1, 1, 2, 4, 8 };
	struct nlattr *attr = any_attr(m);

	if (!attr)
		return;
	if (random_one_in(m->random, 3))
		attr->nla_len = random_number(m->random);
	else
		attr->nla_len += steps[random_below(m->random, 8)];
}

static void attr_type(struct mutation *m)
{
	struct nlattr *attr = any_attr(m);

	if (!attr)
		return;
	attr->nla_type &= ~NLA_TYPE_MASK;
	if (random_one_in(m->random, 3))
		attr->nla_type |= random_number(m->random) & NLA_TYPE_MASK;
	else
		attr->nla_type |= build_any(m->random)->type;
}

static void attr_bits(struct mutation *m)
{
	struct nlattr *attr = any_attr(m);

	if (attr)
		attr->nla_type ^= random_one_in(m->random, 3) ?
				  NLA_F_NET_BYTEORDER : NLA_F_NESTED;
}

static void attr_payload(struct mutation *m)
{
	const struct spot *spot = any_spot(m);
	size_t len, at;

	if (!spot)
		return;
	len = room(m, spot);
	if (len <= NLA_HDRLEN)
		return;
	at = spot->at + NLA_HDRLEN + random_below(m->random, len - NLA_HDRLEN);
	m->datagram->data[at] = random_number(m->random);
}

static void attr_duplicate(struct mutation *m)
{
	unsigned char copy[4096];
	const struct spot *spot = any_spot(m);
	unsigned int times = random_one_in(m->random, 8) ? 16 : 1;
	size_t len;

	if (!spot)
		return;
	len = room(m, spot);
	if (len > sizeof(copy))
		return;
	memcpy(copy, m->datagram->data + spot->at, len);
	while (times--)
		splice(m->datagram, &m->view, spot->parent, spot->at, 0, copy,
		       len);
}

static void attr_delete(struct mutation *m)
{
	const struct spot *spot = any_spot(m);

	if (spot)
		splice(m->datagram, &m->view, spot->parent, spot->at,
		       room(m, spot), "", 0);
}

/* Move it somewhere else, also into or out of a nest. */
static void attr_move(struct mutation *m)
{
	struct nl_request *datagram = m->datagram;
	unsigned char copy[4096];
	const struct spot *from = any_spot(m), *to;
	size_t len;

	if (!from)
		return;
	len = room(m, from);
	if (len > sizeof(copy))
		return;
	memcpy(copy, datagram->data + from->at, len);
	splice(datagram, &m->view, from->parent, from->at, len, "", 0);
	view_message(&m->view, datagram, m->number);
	to = any_spot(m);
	if (to)
		splice(datagram, &m->view, to->parent, to->at, 0, copy, len);
}

/* Into nests of its own type, up to a depth that no kernel wants. */
static void attr_wrap(struct mutation *m)
{
	unsigned int depth = 1 + random_below(m->random, 40);
	const struct spot *spot = any_spot(m);
	struct nlattr nest;
	size_t len;

	if (!spot)
		return;
	len = room(m, spot);
	nest.nla_type = attr_at(m->datagram, spot->at)->nla_type | NLA_F_NESTED;
	for (; depth && len < 0xfff0; depth--) {
		len += NLA_HDRLEN;
		nest.nla_len = len;
		if (!splice(m->datagram, &m->view, spot->parent, spot->at, 0,
			    &nest, sizeof(nest)))
			break;
	}
}

/* Any attribute there is, wherever it does not belong. */
static void attr_add(struct mutation *m)
{
	static struct nl_request extra;
	const struct spot *spot = any_spot(m);

	extra.len = 0;
	build_attr(m->random, live_pick(m->random), build_any(m->random),
		   &extra);
	splice(m->datagram, &m->view, spot ? spot->parent : -1,
	       spot ? spot->at : m->view.end, 0, extra.data, extra.len);
}

/* Longer or shorter, and truly so. */
static void attr_resize(struct mutation *m)
{
	static const unsigned char zeros[65536];
	const struct spot *spot = any_spot(m);
	struct nlattr *attr;
	size_t len, old;

	if (!spot)
		return;
	old = room(m, spot);
	len = random_below(m->random, random_one_in(m->random, 32) ?
					      65000 : 300);
	if (!splice(m->datagram, &m->view, spot->parent, spot->at + NLA_HDRLEN,
		    old - NLA_HDRLEN, zeros, NLA_ALIGN(len)))
		return;
	attr = attr_at(m->datagram, spot->at);
	attr->nla_len = NLA_HDRLEN + len;
	memset(attr + 1, random_next(m->random), len);
	if (len && random_one_in(m->random, 2))
		((char *)(attr + 1))[len - 1] = '\0';
}

static void header_flags(struct mutation *m)
{
	if (random_one_in(m->random, 2))
		m->header->nlmsg_flags ^= 1U << random_below(m->random, 16);
	else
		m->header->nlmsg_flags = random_next(m->random);
}

static void header_length(struct mutation *m)
{
	if (random_one_in(m->random, 2))
		m->header->nlmsg_len = random_number(m->random);
	else
		m->header->nlmsg_len += random_below(m->random, 17) - 8;
}

/* Ours, the controller's, the protocol's own, nobody's; never another family. */
static void header_type(struct mutation *m)
{
	switch (random_below(m->random, 4)) {
	case 0:
		m->header->nlmsg_type = GENL_ID_CTRL;
		break;
	case 1:
		m->header->nlmsg_type = random_below(m->random, NLMSG_MIN_TYPE);
		break;
	case 2:
		m->header->nlmsg_type = 0x8000 | random_next(m->random);
		break;
	default:
		m->header->nlmsg_type = m->family;
		break;
	}
}

static void header_rest(struct mutation *m)
{
	if (random_one_in(m->random, 2))
		m->header->nlmsg_seq = random_number(m->random);
	else
		m->header->nlmsg_pid = random_number(m->random);
}

/* Command, version, and what is reserved. */
static void genl_header(struct mutation *m)
{
	unsigned char *genl = (unsigned char *)(m->header + 1);

	if (m->view.start + HEADERS <= m->datagram->len)
		genl[random_below(m->random, GENL_HDRLEN)] =
			random_one_in(m->random, 4) ? random_next(m->random) :
						      random_below(m->random, 12);
}

/* Cut the datagram; half of the time the message knows. */
static void cut(struct mutation *m)
{
	size_t room = m->datagram->len - m->view.start;

	m->datagram->len = m->view.start + random_below(m->random, room + 1);
	if (m->datagram->len >= m->view.start + NLMSG_HDRLEN &&
	    random_one_in(m->random, 2))
		m->header->nlmsg_len = m->datagram->len - m->view.start;
}

static void another_request(struct mutation *m)
{
	static struct nl_request next;

	nl_raw(m->datagram, NULL, NLMSG_ALIGN(m->datagram->len) -
				  m->datagram->len);
	build_request(m->random, m->family, &next);
	nl_raw(m->datagram, next.data, next.len);
}

/* Many of them: each is answered, or rejected because a dump is running. */
static void crowd(struct mutation *m)
{
	unsigned int times = 0;

	if (random_one_in(m->random, 8))
		times = random_below(m->random, 40);
	while (times--)
		another_request(m);
}

typedef void mutation_fn(struct mutation *m);

static mutation_fn *const mutations[] = {
	attr_length, attr_length, attr_type, attr_type, attr_bits, attr_payload,
	attr_payload, attr_duplicate, attr_delete, attr_move, attr_wrap,
	attr_add, attr_add, attr_resize, header_flags, header_length,
	header_type, header_rest, genl_header, cut, another_request, crowd,
};

void mutate(struct random *random, uint16_t family, struct nl_request *request)
{
	unsigned int num = count_messages(request);
	struct mutation m = {
		.random = random, .family = family, .datagram = request,
		.number = random_below(random, num),
	};

	if (!view_message(&m.view, request, m.number))
		return;
	m.header = (struct nlmsghdr *)(request->data + m.view.start);
	mutations[random_below(random, sizeof(mutations) /
				       sizeof(mutations[0]))](&m);
}
