// SPDX-License-Identifier: GPL-2.0
/*
 * The last inputs, written down before they are done, so that what made the
 * kernel die survives it; and the kernel's log, to see when to stop. A journal
 * is text: the number of the family, then a line for each input with its
 * number, socket, action, reads and bytes.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "nlfuzz.h"

#define FILES	16

static const char *folder;
static uint16_t journal_family;
static unsigned int last_file;
static int kmsg = -1;

void journal_start(const char *dir, uint16_t family)
{
	folder = dir;
	journal_family = family;
	kmsg = open("/dev/kmsg", O_RDONLY | O_NONBLOCK | O_CLOEXEC);
	if (kmsg >= 0)
		lseek(kmsg, 0, SEEK_END);
}

static void print_hex(FILE *out, const unsigned char *data, size_t len)
{
	static const char digits[] = "0123456789abcdef";

	while (len--) {
		putc(digits[*data >> 4], out);
		putc(digits[*data++ & 15], out);
	}
	putc('\n', out);
}

static FILE *open_file(const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	return fopen(path, "we");
}

static void write_batch(const char *name, const struct input *inputs,
			unsigned int num, unsigned long first)
{
	FILE *out = open_file(name);
	unsigned int i;

	if (!out) {
		fprintf(stderr, "%s: %s\n", name, strerror(errno));
		exit(1);
	}
	fprintf(out, "family %u\n", journal_family);
	for (i = 0; i < num; i++) {
		fprintf(out, "%lu %u %d %u ", first + i, inputs[i].socket,
			inputs[i].action, inputs[i].reads);
		print_hex(out, inputs[i].datagram.data, inputs[i].datagram.len);
	}
	fclose(out);
}

void journal_batch(const struct input *inputs, unsigned int num,
		   unsigned long first)
{
	char name[32];

	if (!folder)
		return;
	last_file = first / BATCH % FILES;
	snprintf(name, sizeof(name), "messages.%u", last_file);
	write_batch(name, inputs, num, first);
}

/* Keep the last batch under another name. */
void journal_keep(const char *name)
{
	char from[512], to[512];

	if (!folder)
		return;
	snprintf(from, sizeof(from), "%s/messages.%u", folder, last_file);
	snprintf(to, sizeof(to), "%s/%s", folder, name);
	if (!rename(from, to))
		printf("# the last messages are in %s\n", name);
}

/* The first line of the kernel's log, since the last call, that reports trouble. */
const char *kernel_trouble(void)
{
	static const char *const signs[] = {
		"KASAN: ", "BUG: ", "WARNING: ", "UBSAN: ", "Oops",
		"refcount_t: ", "ODEBUG: ", "possible circular locking",
		"possible recursive locking", "general protection",
		"INFO: task", "INFO: rcu", "sleeping function called",
	};
	static char record[2048];
	unsigned int i;
	ssize_t len;

	while ((len = read(kmsg, record, sizeof(record) - 1)) > 0 ||
	       (len < 0 && errno == EPIPE)) {
		record[len < 0 ? 0 : len] = '\0';
		record[strcspn(record, "\n")] = '\0';
		for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
			if (strstr(record, signs[i]))
				return record;
		}
	}
	return NULL;
}

/* The family may have another number today. */
static void renumber(struct nl_request *datagram, uint16_t from, uint16_t to)
{
	struct nlmsghdr *header;
	struct view view;
	unsigned int i;

	for (i = 0; view_message(&view, datagram, i); i++) {
		header = (struct nlmsghdr *)(datagram->data + view.start);
		if (header->nlmsg_type == from)
			header->nlmsg_type = to;
	}
}

static void read_hex(struct nl_request *datagram, const char *text)
{
	unsigned int byte;

	datagram->len = 0;
	for (; datagram->len < sizeof(datagram->data) &&
	       sscanf(text, "%2x", &byte) == 1; text += 2)
		datagram->data[datagram->len++] = byte;
}

/* Stops at the first input that brings trouble. */
static int replay_line(char *line, uint16_t from, uint16_t to)
{
	static struct input input;
	const char *trouble;
	unsigned long number;
	int action, at = 0;

	if (sscanf(line, "%lu %u %d %u %n", &number, &input.socket, &action,
		   &input.reads, &at) < 4 || !at)
		return 0;
	input.action = action;
	read_hex(&input.datagram, line + at);
	renumber(&input.datagram, from, to);
	run_input(&input);
	trouble = kernel_trouble() ?: totals.broken;
	if (trouble)
		printf("# input %lu: %s\n# %s", number, trouble, line);
	return trouble ? 1 : 0;
}

int journal_replay(const char *path, uint16_t family)
{
	FILE *in = fopen(path, "re");
	unsigned int from = 0;
	char *line = NULL;
	size_t size = 0;
	int rc = 0;

	if (!in) {
		perror(path);
		return 1;
	}
	while (!rc && getline(&line, &size, in) > 0) {
		if (sscanf(line, "family %u", &from) != 1)
			rc = replay_line(line, from, family);
	}
	free(line);
	fclose(in);
	printf("# %lu inputs\n", totals.inputs);
	return rc;
}
