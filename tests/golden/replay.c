// SPDX-License-Identifier: GPL-2.0
/*
 * vdevctl with recorded replies in the place of the kernel: linked with the
 * objects of the tool and of the library, but for the transport, the host and its files. The replies
 * are in the file $VDEV_REPLAY; what is asked is written to $VDEV_REQUESTS, and
 * how much memory was needed to $VDEV_PEAK, how many sockets there were to $VDEV_SOCKETS.
 *
 * A line is a directive or hexadecimal bytes of the datagram before it:
 *	absent [PLACE]		there is no family, in a namespace or container
 *	vdpa			there is a family vdpa, too
 *	exchange		what follows answers the next request; the last
 *				exchange answers all further ones
 *	datagram REPEAT FLAGS	FLAGS as in enum fake_flags
 *	fail ERRNO		receiving fails
 *	event			a datagram for who has joined the group
 *	event-fail ERRNO	receiving it fails
 * When there are no more of those, the program is asked to stop.
 */
#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>

#include "fake.h"
#include "netlink/transport.h"
#include "cli/host.h"
#include "statistics/gather.h"

#define LINE_SIZE (256 * 1024)

static FILE *replies;
static FILE *requests;
static long exchange_start;

static void die(const char *what)
{
	fprintf(stderr, "replay: %s\n", what);
	exit(99);
}

static int hex_digit(char c)
{
	return isdigit((unsigned char)c) ? c - '0' : c - 'a' + 10;
}

static size_t read_hex(const char *line, unsigned char *data)
{
	size_t len = 0;

	for (; isxdigit((unsigned char)line[0]) && isxdigit((unsigned char)line[1]); line += 2)
		data[len++] = (unsigned char)(hex_digit(line[0]) << 4 | hex_digit(line[1]));
	return len;
}

static unsigned char data[LINE_SIZE];

static size_t read_bytes(void)
{
	static char hex[LINE_SIZE];
	size_t len = 0;
	long start;

	for (;;) {
		start = ftell(replies);
		if (!fgets(hex, sizeof(hex), replies))
			break;
		if (hex[0] != '\t') {
			fseek(replies, start, SEEK_SET);
			break;
		}
		len += read_hex(hex + 1, data + len);
	}
	return len;
}

static void read_datagram(const char *line)
{
	unsigned int repeat, flags;

	if (sscanf(line, "datagram %u %u", &repeat, &flags) != 2)
		die("a datagram without its numbers");
	fake_datagram(data, read_bytes(), flags, repeat);
}

static void stop(void)
{
	raise(SIGTERM);
}

static void write_request(const struct nlmsghdr *request)
{
	const unsigned char *byte = (const unsigned char *)request;
	size_t i;

	for (i = 0; requests && i < request->nlmsg_len; i++)
		fprintf(requests, "%02x", byte[i]);
	if (requests)
		fputc('\n', requests);
}

/* Queue all up to the next exchange; the last one stays where it is. */
static void respond(const struct nlmsghdr *request, void *arg)
{
	char line[256];
	long start;

	(void)arg;
	if (request->nlmsg_type == GENL_ID_CTRL) {
		fake_no_family();
		return;
	}
	write_request(request);
	fseek(replies, exchange_start, SEEK_SET);
	for (;;) {
		start = ftell(replies);
		if (!fgets(line, sizeof(line), replies))
			return;
		if (strcmp(line, "exchange\n") == 0 && start != exchange_start) {
			exchange_start = start;
			return;
		}
		if (strncmp(line, "datagram ", 9) == 0)
			read_datagram(line);
		else if (strncmp(line, "fail ", 5) == 0)
			fake_fail(atoi(line + 5));
		else if (strcmp(line, "event\n") == 0)
			fake_event(data, read_bytes(), 0);
		else if (strncmp(line, "event-fail ", 11) == 0)
			fake_event_fail(atoi(line + 11));
	}
}

__attribute__((constructor)) static void begin(void)
{
	const char *path = getenv("VDEV_REPLAY");
	char line[256];

	fake_reset(respond, NULL);
	fake.dry = stop;
	if (!path)
		return;
	replies = fopen(path, "re");
	if (!replies)
		die("cannot read $VDEV_REPLAY");
	if (getenv("VDEV_REQUESTS"))
		requests = fopen(getenv("VDEV_REQUESTS"), "we");
	while (fgets(line, sizeof(line), replies)) {
		if (strncmp(line, "absent", strlen("absent")) == 0)
			fake.all_requests = 1;
		if (strcmp(line, "absent namespace\n") == 0)
			fake.place = TRANSPORT_NAMESPACE;
		if (strcmp(line, "absent container\n") == 0)
			fake.place = TRANSPORT_CONTAINER;
		if (strcmp(line, "vdpa\n") == 0)
			fake.vdpa = 1;
		if (strcmp(line, "exchange\n") == 0)
			break;
		exchange_start = ftell(replies);
	}
}

/* The same everywhere. */
void host_get(struct host *host)
{
	*host = (struct host){
		.machine = "x86_64",
		.kernel_release = "6.12.9-test",
		.vdev_version = "0.0.1",
	};
}

void host_time(char buffer[HOST_TIME_SIZE])
{
	snprintf(buffer, HOST_TIME_SIZE, "2020-02-29T12:34:56.123456Z");
}

/* Below the directory that the runs happen in. */
const char *const host_profile_dirs[] = { "etc", "share", "absent", NULL };
const char *const host_policy = "etc/libvirt.conf";
const char *const host_ceilings = "ceilings.conf";
const char *const host_sysfs = "sys";
const struct stats_roots vdev_dev_stats_roots = { .sysfs = "sys", .debugfs = "debug" };

/* Of this program alone: getrusage() counts the one that started it, too. */
static void write_peak(const char *path)
{
	FILE *status = fopen("/proc/self/status", "re");
	FILE *peak = fopen(path, "we");
	char line[256];

	while (status && peak && fgets(line, sizeof(line), status))
		if (strncmp(line, "VmHWM:", 6) == 0)
			fprintf(peak, "%d\n", atoi(line + 6));
	if (status)
		fclose(status);
	if (peak)
		fclose(peak);
}

static void write_sockets(const char *path)
{
	FILE *sockets = fopen(path, "we");

	if (!sockets)
		return;
	fprintf(sockets, "%u\n", fake.opens);
	fclose(sockets);
}

__attribute__((destructor)) static void end(void)
{
	if (getenv("VDEV_SOCKETS"))
		write_sockets(getenv("VDEV_SOCKETS"));
	if (getenv("VDEV_PEAK"))
		write_peak(getenv("VDEV_PEAK"));
	fake_reset(NULL, NULL);
	if (replies)
		fclose(replies);
	if (requests)
		fclose(requests);
}
