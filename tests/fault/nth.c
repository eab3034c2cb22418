// SPDX-License-Identifier: GPL-2.0
/*
 * The number of the allocation (or access to the program's memory) of this thread
 * that is to fail, counted from now on.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "fault.h"

bool nth_happened;

static int fail_nth;
static bool armed;

int nth_open(void)
{
	fail_nth = open("/proc/thread-self/fail-nth", O_RDWR | O_CLOEXEC);
	return fail_nth < 0 ? fail("fail-nth: %s", strerror(errno)) : 0;
}

int nth_arm(unsigned int number)
{
	char text[16];
	int len = sprintf(text, "%u", number);

	armed = true;
	return write(fail_nth, text, len) == len ? 0 :
	       fail("fail-nth: %s", strerror(errno));
}

/* Did it happen? Reading may fail with what was meant for the operation. */
static bool has_happened(void)
{
	char text[16] = "";

	if (pread(fail_nth, text, sizeof(text) - 1, 0) < 1)
		return false;
	return !atoi(text);
}

/* No more failures. The write may be what fails: then the number is used up. */
void nth_disarm(void)
{
	if (!armed)
		return;
	nth_happened = has_happened();
	while (write(fail_nth, "0", 1) != 1)
		;
	armed = false;
}
