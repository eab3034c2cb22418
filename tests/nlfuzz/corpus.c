// SPDX-License-Identifier: GPL-2.0
/*
 * Datagrams that reached something new, to be changed further. Long ones are
 * not kept: they are slow, and a short one gets as far.
 */
#include <stdlib.h>
#include <string.h>

#include "nlfuzz.h"

#define ENTRIES	4096
#define LONGEST	1024

static struct {
	void *data;
	size_t len;
} entries[ENTRIES];
static unsigned int num_entries;

void corpus_add(const struct input *input)
{
	size_t len = input->datagram.len;
	void *data;

	if (num_entries == ENTRIES || len > LONGEST || len < NLMSG_HDRLEN)
		return;
	data = malloc(len);
	if (!data)
		return;
	memcpy(data, input->datagram.data, len);
	entries[num_entries].data = data;
	entries[num_entries++].len = len;
}

bool corpus_pick(struct random *random, struct nl_request *datagram)
{
	unsigned int i = random_below(random, num_entries);

	if (!num_entries)
		return false;
	datagram->len = 0;
	nl_raw(datagram, entries[i].data, entries[i].len);
	return true;
}

unsigned int corpus_size(void)
{
	return num_entries;
}
