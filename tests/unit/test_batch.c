// SPDX-License-Identifier: GPL-2.0
/* Which lines of a file of commands are run. */
#include <sys/socket.h>
#include <unistd.h>

#include "test.h"
#include "batch.h"

static char ran[64];

static int note(const struct globals *globals, int argc, char **argv)
{
	(void)globals;
	assert_int_equal(argc, 1);
	strcat(ran, argv[0]);
	strcat(ran, "; ");
	return EXIT_DONE;
}

/* Of a socket whose other end goes without having read what is for it, the end is an error. */
static void a_line_that_cannot_be_read_to_its_end_is_not_run(void **state)
{
	static const char text[] = "one\nt\\\nwo\nthr";
	const struct globals globals = { .batch = "-" };
	int ends[2];

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, ends), 0);
	assert_int_equal(write(ends[1], text, sizeof(text) - 1), sizeof(text) - 1);
	assert_int_equal(write(ends[0], "", 1), 1);
	close(ends[1]);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	close(ends[0]);
	assert_int_equal(batch_run(&globals, note), EXIT_ERROR);
	assert_string_equal(ran, "one; two; ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_that_cannot_be_read_to_its_end_is_not_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
