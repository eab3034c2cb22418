// SPDX-License-Identifier: GPL-2.0
/*
 * What was exported, and profiles, from anywhere. The input is a byte, which chooses what the
 * tool does with it, and the document. What the tool writes as a document it
 * reads again, and then writes the same.
 */
#include <stdlib.h>
#include <string.h>

#include "fake.h"
#include "fuzz.h"

#define MAX_WORDS 8

static const char *const commands[][MAX_WORDS] = {
	{ "record", "convert", "-" },
	{ "record", "convert", "-", "--token" },
	{ "record", "convert", "-", "--libvirt" },
	{ "record", "convert", "-", "--traits" },
	{ "record", "convert", "-", "--nova-provider" },
	{ "record", "convert", "-", "--nfd" },
	{ "-d", "record", "show", "-" },
	{ "check", "-", "-", "--explain" },
	{ "-j", "check", "--both", "-#sim/a", "-#sim/b" },
	{ "baseline", "-", "-" },
	{ "-p", "baseline", "-", "./other" },
	{ "find", "-" },
	{ "find", "-", "in", "./other" },
	{ "profile", "load", "-" },
};

static void run(const char *const *words, struct printed *printed)
{
	char *argv[MAX_WORDS + 2] = { (char *)"vdevctl" };
	int argc = 1;

	for (; *words && argc <= MAX_WORDS; words++)
		argv[argc++] = (char *)*words;
	*printed = (struct printed){ 0 };
	run_vdevctl(argc, argv, printed);
	if (printed->out_size && printed->out[0] == '{')
		must_be_json(printed->out, printed->out_size);
	/* XML and JSON have what their strings have. */
	else if (printed->out_size && printed->out[0] != '<')
		must_be_printable(printed->out, printed->out_size);
}

static void write_again(const struct printed *first)
{
	struct printed second;

	fuzz_input = (struct input){ (const uint8_t *)first->out, first->out_size };
	run(commands[0], &second);
	MUST(!second.status, second.err);
	MUST(!strcmp(first->out, second.out), second.out);
	printed_free(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	size_t choice = take_byte(&input) % (sizeof(commands) / sizeof(commands[0]));
	struct printed printed;

	fake_reset(NULL, NULL);
	fuzz_input = input;
	run(commands[choice], &printed);
	if (choice == 0 && !printed.status)
		write_again(&printed);
	printed_free(&printed);
	return 0;
}
