// SPDX-License-Identifier: GPL-2.0
/*
 * The command line. The input is its words, each on a line; the kernel answers
 * every request with one device that has every attribute, or with a judgement, a
 * profile or counters that have.
 */
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "message.h"

#define MAX_WORDS 32

static void answer(const struct nlmsghdr *request, void *arg)
{
	static const struct reason accepted;

	uint8_t cmd = ((const struct genlmsghdr *)nlmsg_data(request))->cmd;

	(void)arg;
	if (request->nlmsg_type == FAKE_VDPA)
		message_send(message_vdpa(request));
	else if (cmd == VDEV_CMD_DEV_STATS_GET)
		message_send(message_dev_stats("vdpa", "net0"));
	else if (cmd == VDEV_CMD_CHECK || cmd == VDEV_CMD_FIND)
		message_send(message_findings(cmd));
	else if (cmd >= VDEV_CMD_PROFILE_GET && cmd <= VDEV_CMD_PROFILE_DEL)
		message_send(message_as(cmd, message_profile("p", true)));
	else if (cmd == VDEV_CMD_STATS_GET)
		message_send(message_stats());
	else
		message_send(message_full());
	if (request->nlmsg_flags & NLM_F_DUMP)
		send_done(0, 0, NULL);
	else
		send_ack(&accepted);
}

/* No option has a value with letters. */
static bool asks_for_json(const char *word)
{
	if (word[0] != '-')
		return false;
	if (word[1] == '-')
		return word[2] == 'j' || word[2] == 'p';
	return strpbrk(word, "jp");
}

/* Text may begin with a brace, too. */
static bool any_asks_for_json(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (asks_for_json(argv[i]))
			return true;
	return false;
}

/* What changed after it is stale, and nothing else is. */
static bool any_expects(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++)
		if (strncmp(argv[i], "--expect", strlen("--expect")) == 0)
			return true;
	return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = strndup((const char *)data, size);
	char *argv[MAX_WORDS + 2] = { (char *)"vdevctl" };
	struct printed printed;
	char *rest = text;
	int argc = 1;

	while (rest && argc <= MAX_WORDS)
		argv[argc++] = strsep(&rest, "\n");
	fake_reset(answer, NULL);
	run_vdevctl(argc, argv, &printed);
	MUST(printed.status != 4 || any_expects(argc, argv), printed.err);
	if (printed.out_size && printed.out[0] == '{' && any_asks_for_json(argc, argv))
		must_be_json(printed.out, printed.out_size);
	else
		must_be_printable(printed.out, printed.out_size);
	printed_free(&printed);
	fake_reset(NULL, NULL);
	free(text);
	return 0;
}
