// SPDX-License-Identifier: GPL-2.0
/*
 * Requests that cost the kernel much and need no privilege: dumps of vdev and of
 * other families, finds and checks. The largest record has all the bytes and all
 * the parameters that a record can have, and no endpoint of this host has any of
 * them: so each is searched for, and each is one finding.
 */
#include <errno.h>
#include <grp.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <linux/vdev.h>
#include <linux/vdpa.h>

#include "bench.h"
#include "lib/limits.h"
#include "reads.h"

/* Length of the last string, so that the record is as long as it can be. */
#define LAST_STRING	223

static void put_ident(uint16_t type, char letter, size_t len)
{
	char text[VDEV_STRING_LEN + 1] = { 0 };
	size_t nest = nl_nest_begin(&request, type);

	memset(text, letter, len);
	nl_string(&request, VDEV_A_IDENT_VALUE, text);
	nl_nest_end(&request, nest);
}

static void put_param(unsigned int number)
{
	char name[VDEV_NAME_LEN + 1], text[VDEV_STRING_LEN + 1] = { 0 };
	size_t nest = nl_nest_begin(&request, VDEV_A_RECORD_PARAM), value;

	snprintf(name, sizeof(name), "%0*u", VDEV_NAME_LEN, number);
	memset(text, 'v', VDEV_STRING_LEN);
	nl_string(&request, VDEV_A_PARAM_NAME, name);
	nl_u32(&request, VDEV_A_PARAM_VALUE_TYPE, VDEV_VALUE_TYPE_STRING);
	value = nl_nest_begin(&request, VDEV_A_PARAM_VALUE);
	nl_string(&request, VDEV_A_VALUE_STRING, text);
	nl_nest_end(&request, value);
	nl_nest_end(&request, nest);
}

static void put_feature(size_t bytes)
{
	unsigned char bits[VDEV_FEATURE_BYTES];
	size_t nest = nl_nest_begin(&request, VDEV_A_RECORD_FEATURE);

	memset(bits, 0xff, sizeof(bits));
	nl_string(&request, VDEV_A_FEATURE_NAME, "f");
	nl_attr(&request, VDEV_A_FEATURE_SUPPORTED, bits, bytes);
	nl_nest_end(&request, nest);
}

static void put_small_record(void)
{
	put_ident(VDEV_A_RECORD_MODEL, 'm', 9);
	put_feature(8);
	put_param(0);
}

static void put_largest_record(void)
{
	size_t begin = request.len;
	unsigned int i;

	put_ident(VDEV_A_RECORD_DEVICE_API, 'd', LAST_STRING);
	put_ident(VDEV_A_RECORD_MODEL, 'm', VDEV_STRING_LEN);
	put_feature(VDEV_FEATURE_BYTES);
	for (i = 0; i < VDEV_PARAMS_MAX; i++)
		put_param(i);
	errno = EMSGSIZE;
	if (request.len - begin != VDEV_OBJECT_BYTES)
		die("the largest record");
}

static void put_source(void (*put_record)(void))
{
	size_t nest = nl_nest_begin(&request, VDEV_A_SOURCE), record;

	nl_u32(&request, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	record = nl_nest_begin(&request, VDEV_A_SOURCE_RECORD);
	put_record();
	nl_nest_end(&request, record);
	nl_nest_end(&request, nest);
}

static void ask_dump(int family)
{
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_DEV_GET);
}

/* All devices are looked at in one go. */
static void ask_for_nothing(int family)
{
	size_t nest;

	ask_dump(family);
	nest = nl_nest_begin(&request, VDEV_A_FILTER);
	nl_string(&request, VDEV_A_FILTER_MODEL, "none");
	nl_nest_end(&request, nest);
}

static void ask_find(int family)
{
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_FIND);
	put_source(put_small_record);
}

/*
 * Of targets that share their contracts two by two all are judged, and those of the last
 * ones are candidates: a buffer is full when as much is kept as there is room for.
 */
static void ask_find_shared(int family)
{
	size_t nest;

	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_FIND);
	nest = nl_nest_begin(&request, VDEV_A_FILTER);
	nl_string(&request, VDEV_A_FILTER_MODEL, "shared");
	nl_u32(&request, VDEV_A_FILTER_AT_LEAST, VDEV_VERDICT_COMPATIBLE);
	nl_nest_end(&request, nest);
	nest = nl_nest_begin(&request, VDEV_A_SOURCE);
	nl_string(&request, VDEV_A_SOURCE_BUS, "sim");
	nl_string(&request, VDEV_A_SOURCE_NAME, "shared30000");
	nl_nest_end(&request, nest);
}

static void ask_find_largest(int family)
{
	nl_begin(&request, family, NLM_F_DUMP, VDEV_CMD_FIND);
	put_source(put_largest_record);
}

/* Without NLM_F_ACK: the answer ends it. */
static void ask_check_largest(int family)
{
	nl_begin(&request, family, 0, VDEV_CMD_CHECK);
	nl_string(&request, VDEV_A_BUS, TARGET_BUS);
	nl_string(&request, VDEV_A_NAME, TARGET_NAME);
	put_source(put_largest_record);
}

static void ask_vdpa(int family)
{
	nl_begin(&request, family, NLM_F_DUMP, VDPA_CMD_DEV_CONFIG_GET);
}

static void ask_nlctrl(int family)
{
	nl_begin(&request, family, NLM_F_DUMP, CTRL_CMD_GETFAMILY);
}

static const struct {
	const char *read;
	const char *family;
	void (*ask)(int family);
} reads[] = {
	{ "dump", VDEV_FAMILY_NAME, ask_dump },
	{ "nothing", VDEV_FAMILY_NAME, ask_for_nothing },
	{ "find", VDEV_FAMILY_NAME, ask_find },
	{ "find-shared", VDEV_FAMILY_NAME, ask_find_shared },
	{ "find-largest", VDEV_FAMILY_NAME, ask_find_largest },
	{ "check-largest", VDEV_FAMILY_NAME, ask_check_largest },
	{ "vdpa", VDPA_GENL_NAME, ask_vdpa },
	{ "nlctrl", "nlctrl", ask_nlctrl },
};

/* Put a read of that kind into the request; returns a socket to send it on. */
int open_read(const char *read)
{
	int fd, family;
	size_t i;

	for (i = 0; i < sizeof(reads) / sizeof(reads[0]); i++) {
		if (strcmp(reads[i].read, read))
			continue;
		fd = open_family(reads[i].family, &family);
		reads[i].ask(family);
		return fd;
	}
	errno = EINVAL;
	die(read);
	return -1;
}

void drop_privilege(void)
{
	if (setgroups(0, NULL) ||
	    setresgid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED) ||
	    setresuid(UNPRIVILEGED, UNPRIVILEGED, UNPRIVILEGED))
		die("drop the privilege");
}
