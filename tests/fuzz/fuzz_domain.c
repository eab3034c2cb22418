// SPDX-License-Identifier: GPL-2.0
/*
 * The XML of domains, from anywhere. The input is a byte, which chooses what the tool does with
 * it and what the kernel answers, and the XML. An element that the tool writes it reads again.
 */
#include <stdlib.h>
#include <string.h>

#include "cli/domain.h"
#include "fuzz.h"
#include "message.h"

/* Of the input's first byte. */
#define ANNOTATES 1
#define IS_SILENT 2

static void answer(const struct nlmsghdr *request, void *arg)
{
	static const struct reason accepted;
	uint8_t cmd = ((const struct genlmsghdr *)nlmsg_data(request))->cmd;

	(void)arg;
	if (cmd == VDEV_CMD_CHECK)
		message_send(message_findings(cmd));
	else
		message_send(message_full());
	send_ack(&accepted);
}

/* The element in a domain without devices: it is well-formed, and of devices alone. */
static void read_again(const char *element)
{
	struct vdev_error error = { 0 };
	struct domain domain;
	char *text = NULL;
	int err;

	if (asprintf(&text, "<domain><metadata>%s</metadata></domain>", element) < 0)
		abort();
	err = domain_read(&domain, text, strlen(text), &error);
	MUST(!err || strstr(error.message, "is of no device"), error.message);
	domain_free(&domain);
	free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char *hook[] = { (char *)"vdevctl", (char *)"libvirt", (char *)"hook", (char *)"guest",
				(char *)"migrate", (char *)"begin", (char *)"-", NULL };
	static char *annotate[] = { (char *)"vdevctl", (char *)"libvirt", (char *)"annotate",
				    (char *)"-", NULL };
	struct input input = { data, size };
	uint8_t choice = take_byte(&input);
	struct printed printed = { 0 };

	fake_reset(choice & IS_SILENT ? NULL : answer, NULL);
	fuzz_input = input;
	if (choice & ANNOTATES)
		run_vdevctl(4, annotate, &printed);
	else
		run_vdevctl(7, hook, &printed);
	MUST(choice & ANNOTATES || !printed.out_size, printed.out);
	if (printed.out_size)
		read_again(printed.out);
	printed_free(&printed);
	fake_reset(NULL, NULL);
	return 0;
}
