// SPDX-License-Identifier: GPL-2.0
/*
 * All that the kernel says to a command, down to what is printed. The input is
 * a byte that chooses the command, and datagrams: their length (2 bytes), a
 * byte of enum control, and the bytes themselves. The lowest three controls are
 * the flags of the fake transport.
 */
#include "fuzz.h"
#include "fake.h"

enum control {
	FAILS = 8,
	ENDS_EXCHANGE = 16,
};

enum mode {
	DETAILS = 1,
	JSON = 2,
	PRETTY = 4,
	TYPES = 8,
	ONE = 16,
	FAMILY_TOO = 32,
	STATS = 64,
	PARENTS = 128,
};

static void answer(const struct nlmsghdr *request, void *arg)
{
	struct input *input = arg;
	uint8_t control = 0;
	uint16_t len;

	(void)request;
	while (input->size && !(control & ENDS_EXCHANGE)) {
		len = take_u16(input);
		control = take_byte(input);
		if (control & FAILS) {
			fake_fail(len % 134 + 1);
			continue;
		}
		if (len > input->size)
			len = (uint16_t)input->size;
		fake_datagram(input->data, len, control & 7, 1);
		input->data += len;
		input->size -= len;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	uint8_t mode = take_byte(&input);
	struct printed printed;
	char *argv[8] = { (char *)"vdevctl" };
	int argc = 1;

	if (mode & DETAILS)
		argv[argc++] = (char *)"-d";
	if (mode & (JSON | PRETTY))
		argv[argc++] = (char *)(mode & PRETTY ? "-p" : "-j");
	argv[argc++] = (char *)(mode & PARENTS ? "parent" : mode & STATS ? "stats" :
				mode & TYPES ? "type" : "dev");
	argv[argc++] = (char *)"show";
	if (mode & ONE && !(mode & PARENTS))
		argv[argc++] = (char *)"7";
	fake_reset(answer, &input);
	fake.all_requests = mode & FAMILY_TOO;
	fake.vdpa = mode & (PARENTS | STATS);
	run_vdevctl(argc, argv, &printed);
	if (!(mode & (JSON | PRETTY)))
		must_be_printable(printed.out, printed.out_size);
	else if (!printed.status)
		must_be_json(printed.out, printed.out_size);
	printed_free(&printed);
	fake_reset(NULL, NULL);
	return 0;
}
