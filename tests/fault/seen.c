// SPDX-License-Identifier: GPL-2.0
/*
 * What readers see: sums of dumps, whatever ids and generations there are.
 */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "fault.h"

struct nl_request request;
struct nl_reply reply;
int family;
uint64_t snapshot;

static uint64_t add_bytes(uint64_t digest, const void *data, size_t len)
{
	const unsigned char *byte = data;

	while (len--)
		digest = (digest ^ *byte++) * 0x100000001b3ULL;
	return digest;
}

static void add_object(const struct nlmsghdr *message, void *arg)
{
	const unsigned char *data = NLMSG_DATA(message);
	size_t len = NLMSG_PAYLOAD(message, GENL_HDRLEN);
	uint64_t digest = 0xcbf29ce484222325ULL, *sum = arg;
	const struct nlattr *attr = NULL;

	while ((attr = nl_next(data + GENL_HDRLEN, len, attr))) {
		if (nl_type(attr) > VDEV_A_SNAPSHOT && nl_type(attr) != VDEV_A_AGE)
			digest = add_bytes(digest, attr, attr->nla_len);
		else if (nl_type(attr) == VDEV_A_SNAPSHOT)
			snapshot = nl_get_uint(attr);
	}
	*sum += digest;
}

void seen_request(bool types, char **parent)
{
	size_t nest;

	nl_begin(&request, family, NLM_F_DUMP,
		 types ? VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET);
	if (!parent)
		return;
	nest = nl_nest_begin(&request, VDEV_A_FILTER);
	nl_string(&request, VDEV_A_FILTER_PARENT_BUS, parent[0]);
	nl_string(&request, VDEV_A_FILTER_PARENT, parent[1]);
	nl_nest_end(&request, nest);
}

int seen_dump(int fd, uint64_t *digest)
{
	int err;

	*digest = 0;
	err = nl_ask(fd, &request, &reply, add_object, digest);
	return err ? err : reply.error;
}

int seen_all(uint64_t *digests)
{
	int fd = nl_open(0), i, err = 0;

	if (fd < 0)
		return fail("socket: %s", strerror(errno));
	family = nl_resolve(fd, VDEV_FAMILY_NAME);
	snapshot = 0;
	for (i = 0; i < SEEN_DIGESTS; i++) {
		digests[i] = 0;
		seen_request(i, NULL);
		err = err || family < 0 ? err : seen_dump(fd, &digests[i]);
	}
	close(fd);
	return err ? fail("a dump: %s", strerror(err)) : 0;
}
