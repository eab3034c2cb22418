// SPDX-License-Identifier: GPL-2.0
/*
 * See judged.h.
 */
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>

#include "judged.h"
#include "lib/limits.h"

/**
 * struct record - the record of an endpoint
 * @len: length of @data
 * @data: the attributes in it
 */
struct record {
	size_t len;
	unsigned char data[VDEV_OBJECT_BYTES];
};

static void read_record(const struct nlmsghdr *message, void *arg)
{
	const struct nlattr *attr = nl_find(message, VDEV_A_RECORD);
	struct record *record = arg;

	if (!attr || nl_len(attr) > sizeof(record->data))
		return;
	record->len = nl_len(attr);
	memcpy(record->data, nl_data(attr), record->len);
}

/* The record of the source, as it is now; 0 or -1. */
static int ask_record(struct nl_request *request, const struct judged *judged,
		      struct record *record)
{
	struct nl_reply reply = { };
	int fd = nl_open(0), err;

	record->len = 0;
	nl_begin(request, judged->family, NLM_F_ACK, VDEV_CMD_DEV_GET);
	nl_string(request, VDEV_A_BUS, judged->source[0]);
	nl_string(request, VDEV_A_NAME, judged->source[1]);
	err = fd < 0 ? -1 : nl_ask(fd, request, &reply, read_record, record);
	close(fd);
	return err || reply.error || !record->len ? -1 : 0;
}

/* A record of another host is of a newer version: there is something of each kind. */
static void put_newer(struct nl_request *request)
{
	nl_u32(request, VDEV_A_SOURCE_ENDPOINT, VDEV_ENDPOINT_KIND_TYPE + 1);
	nl_u32(request, VDEV_A_SOURCE_MAX + 1, 0);
	nl_string(request, VDEV_A_SOURCE_UNKNOWN, "record.newer");
}

static void put_source(struct nl_request *request, const struct judged *judged,
		       const struct record *record)
{
	size_t nest = nl_nest_begin(request, VDEV_A_SOURCE);

	if (judged->local) {
		nl_string(request, VDEV_A_SOURCE_BUS, judged->source[0]);
		nl_string(request, VDEV_A_SOURCE_NAME, judged->source[1]);
	} else {
		nl_u32(request, VDEV_A_SOURCE_MIGRATION,
		       VDEV_MIGRATION_SUPPORTED);
		nl_attr(request, VDEV_A_SOURCE_RECORD | NLA_F_NESTED,
			record->data, record->len);
		put_newer(request);
	}
	nl_nest_end(request, nest);
}

/* Put the request together: a check of one target, or a find; 0 or -1. */
int judged_request(struct nl_request *request, const struct judged *judged)
{
	static struct record record;

	if (!judged->local && ask_record(request, judged, &record))
		return -1;
	if (!judged->target) {
		nl_begin(request, judged->family, NLM_F_DUMP, VDEV_CMD_FIND);
	} else {
		nl_begin(request, judged->family, NLM_F_ACK, VDEV_CMD_CHECK);
		nl_string(request, VDEV_A_BUS, judged->target[0]);
		nl_string(request, VDEV_A_NAME, judged->target[1]);
	}
	put_source(request, judged, &record);
	return 0;
}
