// SPDX-License-Identifier: GPL-2.0
/*
 * What a message says of an endpoint: which one it is, the value that it was given,
 * the module that reports it, and a digest of all that must not change by itself.
 */
#include <stdio.h>
#include <string.h>

#include <linux/vdev.h>

#include "lib/nl.h"
#include "torture.h"

static uint64_t add_bytes(uint64_t digest, const void *data, size_t len)
{
	const unsigned char *byte = data;

	while (len--)
		digest = (digest ^ *byte++) * 0x100000001b3ULL;
	return digest;
}

static uint64_t digest_of(const struct nlmsghdr *message)
{
	const unsigned char *data = NLMSG_DATA(message);
	size_t len = NLMSG_PAYLOAD(message, GENL_HDRLEN);
	uint64_t digest = 0xcbf29ce484222325ULL;
	const struct nlattr *attr = NULL;

	while ((attr = nl_next(data + GENL_HDRLEN, len, attr)))
		if (nl_type(attr) != VDEV_A_SNAPSHOT && nl_type(attr) != VDEV_A_AGE)
			digest = add_bytes(digest, attr, attr->nla_len);
	return digest;
}

static bool read_value(const struct nlmsghdr *message, struct object *object)
{
	const struct nlattr *cost = nl_find(message, VDEV_A_COST);
	const struct nlattr *downtime;

	if (object->question >= ASK_FIND)
		return read_judgement(message, object);
	downtime = cost ? nl_find_in(cost, VDEV_A_COST_DOWNTIME) : NULL;
	if (downtime)
		object->value = nl_get_uint(downtime);
	return downtime;
}

/* Names are wWRITER_gNUMBER. */
static void read_name(const struct nlmsghdr *message, struct object *object)
{
	const struct nlattr *name = nl_find(message, VDEV_A_NAME);
	unsigned int writer, number;
	char group;

	object->writer = -1;
	if (!name || !read_value(message, object) ||
	    sscanf(nl_data(name), "w%u_%c%u", &writer, &group, &number) != 3 ||
	    writer >= WRITERS || group < 'a' || group >= 'a' + GROUPS ||
	    number >= GROUP)
		return;
	object->writer = writer;
	object->slot = (group - 'a') * GROUP + number;
}

static void read_provider(const struct nlmsghdr *message,
			  struct object *object)
{
	const struct nlattr *provider = nl_find(message, VDEV_A_PROVIDER);
	const struct module *module = shared->modules;
	int i;

	object->module = -1;
	for (i = 0; provider && i < MODULES_MAX && module[i].path; i++)
		if (!strcmp(nl_data(provider), module[i].provider))
			object->module = i;
}

int read_object(const struct nlmsghdr *message, enum question question,
		struct object *object)
{
	const struct nlattr *generation = nl_find(message, VDEV_A_GENERATION);
	const struct nlattr *snapshot = nl_find(message, VDEV_A_SNAPSHOT);
	const struct nlattr *instance = nl_find(message, VDEV_A_INSTANCE);
	const struct nlattr *id = nl_find(message, VDEV_A_ID);

	memset(object, 0, sizeof(*object));
	object->question = question;
	if (!generation || !snapshot || !instance || !id)
		return fail("a message without id, instance, generation or snapshot");
	object->id = nl_get_u32(id);
	object->instance = nl_get_u32(instance);
	object->generation = nl_get_uint(generation);
	object->snapshot = nl_get_uint(snapshot);
	object->digest = digest_of(message);
	read_name(message, object);
	read_provider(message, object);
	return 0;
}
