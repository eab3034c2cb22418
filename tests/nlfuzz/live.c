// SPDX-License-Identifier: GPL-2.0
/*
 * What the kernel reports of its objects, as a source of values: a request that
 * names an object which exists gets further than one which does not.
 */
#include <string.h>

#include "nlfuzz.h"

#define OBJECTS	64
#define DEPTH	8

static struct live objects[OBJECTS];
static unsigned int num_objects, seen;

/* An object whose end was cut off is as good. */
static void keep(const struct nlmsghdr *message, void *arg)
{
	const struct table_op *op = (const struct table_op *)arg;
	size_t len = message->nlmsg_len - NLMSG_HDRLEN - GENL_HDRLEN;
	struct live *live = &objects[seen++ % OBJECTS];

	if (num_objects < OBJECTS)
		num_objects++;
	live->set = op->set;
	live->len = len < sizeof(live->data) ? len : sizeof(live->data);
	memcpy(live->data, (const char *)NLMSG_DATA(message) + GENL_HDRLEN,
	       live->len);
}

/* Ask for all there is. */
void live_refresh(int fd, uint16_t family)
{
	static struct nl_request request;
	struct nl_reply reply;
	unsigned int i;

	num_objects = 0;
	seen = 0;
	for (i = 0; i < table_num_ops; i++) {
		nl_begin(&request, family, NLM_F_DUMP, table_ops[i].command);
		nl_ask(fd, &request, &reply, keep, (void *)&table_ops[i]);
	}
}

const struct live *live_pick(struct random *random)
{
	if (!num_objects)
		return NULL;
	return &objects[random_below(random, num_objects)];
}

static const struct nlattr *find(const struct table_set *set, const void *data,
				 size_t len, const struct table_attr *wanted,
				 const char *outer, unsigned int depth)
{
	const struct nlattr *pos = NULL, *found = NULL;
	const struct table_attr *attr;

	while (!found && (pos = nl_next(data, len, pos))) {
		attr = table_find(set, nl_type(pos));
		if (!attr)
			continue;
		if (attr->format == TABLE_NEST && depth < DEPTH)
			found = find(attr->nested, nl_data(pos), nl_len(pos),
				     wanted, attr->name, depth + 1);
		else if (attr->format == wanted->format &&
			 (!strcmp(attr->name, wanted->name) ||
			  !strcmp(outer, wanted->name)))
			found = pos;
	}
	return found;
}

/* The object's value of that name, or the first in the nest of that name. */
const struct nlattr *live_find(const struct live *live,
			       const struct table_attr *attr)
{
	return find(live->set, live->data, live->len, attr, "", 0);
}
