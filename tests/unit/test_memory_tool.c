// SPDX-License-Identifier: GPL-2.0
/*
 * Every allocation of the tool fails once, for an event that is printed and in each
 * command: the tool says so, and nothing leaks.
 */
#include <sys/mman.h>
#include <unistd.h>

#include "test.h"

#include "model/object.h"
#include "cli/session.h"
#include "commands.h"
#include "common/words.h"
#include "print/out_event.h"
#include "scarce.h"

struct printed {
	struct options options;
	int err;
};

static int print_change(const struct vdev_object *object, void *arg)
{
	struct printed *printed = arg;
	struct vdev_object other = *object;
	struct vdev_event event = {
		.type = VDEV_EVENT_CHANGE, .before = object, .after = &other,
	};

	other.bound_driver = "other";
	other.num_blockers = 0;
	other.capabilities = VDEV_CAPABILITY_P2P | VDEV_CAPABILITY_STOP_COPY;
	printed->err = out_event(&event, &printed->options, false);
	return 0;
}

static void every_allocation_of_an_event_may_fail(void **state)
{
	struct printed printed = { 0 };
	struct vdev_handle handle = { .id = 7 };
	struct vdev_sock *sock = vdev_sock_new();
	struct vdev_object *object;
	FILE *old = stdout;
	unsigned int number, json;

	(void)state;
	fake_reset(answer, NULL);
	assert_int_equal(vdev_dev_get(sock, &handle, &object), 0);
	stdout = fopen("/dev/null", "w");
	for (json = 0; json < 2; json++) {
		printed.options.json = json;
		printed.err = -ENOMEM;
		for (number = 1; printed.err; number++) {
			countdown = number;
			print_change(object, &printed);
			countdown = 0;
			if (printed.err)
				assert_int_equal(printed.err, -ENOMEM);
		}
		assert_true(number > 50);
	}
	fclose(stdout);
	stdout = old;
	vdev_object_free(object);
	vdev_sock_free(sock);
	fake_reset(NULL, NULL);
}

static void what_is_printed_may_lack_its_bitmap(void **state)
{
	static const uint64_t word = 5;
	struct vdev_bitmap bitmap = { &word, 1 };

	(void)state;
	countdown = 1;
	assert_null(word_bitmap(&bitmap));
	countdown = 0;
}

/* A run of vdevctl, with what it printed. */
struct run {
	const char *words[6];
	struct options options;
	int status;
	char *out;
	char *err;
};

static void run(struct run *run)
{
	const struct command *command = command_find(&all_commands, run->words[0], NULL);
	struct session session = { 0 };
	FILE *old_out = stdout, *old_err = stderr;
	size_t out_size, err_size;
	/* The name of the command stands before its words. */
	char *argv[7] = { NULL };
	int argc = 0;
	int first;

	first = command->name ? 2 : 1;
	if (command->name)
		command = command_find(&all_commands, run->words[0], run->words[1]);
	for (; run->words[first + argc]; argc++)
		argv[argc + 1] = (char *)run->words[first + argc];
	stdout = open_memstream(&run->out, &out_size);
	stderr = open_memstream(&run->err, &err_size);
	run->options.session = &session;
	run->status = command->run(command, &run->options, argc, argv + 1);
	session_end(&session);
	fclose(stdout);
	fclose(stderr);
	stdout = old_out;
	stderr = old_err;
}

static void run_free(struct run *run)
{
	free(run->out);
	free(run->err);
}

/* Where JSON is read, jansson reports some failures as of wrong JSON. */
static bool reports_memory(const char *text)
{
	return strstr(text, "memory") || strstr(text, ": line ");
}

/* Until it does not fail; whatever the verdict then is. */
static unsigned int run_without_memory(struct run *wanted)
{
	unsigned int number = 0;
	struct run tried;
	bool failed;

	do {
		tried = *wanted;
		fake_reset(answer, NULL);
		fake.vdpa = 1;
		countdown = ++number;
		run(&tried);
		failed = !countdown;
		countdown = 0;
		if (failed && tried.status == EXIT_ERROR)
			assert_true(reports_memory(tried.err));
		else
			assert_int_not_equal(tried.status, EXIT_ERROR);
		run_free(&tried);
	} while (failed);
	return number;
}

/*
 * jansson reads beyond a string whose closing quote is the byte that there is no room
 * for, and "format-version" is one. So what comes first in a document is longer.
 */
#define LONG "longer-than-any-other"

/* What the kernel reports, in a file. */
static int make_document(struct run *printer)
{
	fake_reset(answer, NULL);
	fake.vdpa = 1;
	run(printer);
	assert_int_equal(printer->status, 0);
	return memfd_create("document", 0);
}

/* Of endpoints, with a key that is not known, and words that are not. */
static int make_endpoints(void)
{
	struct run printer = { .words = { "dev", "export", "7" } };
	int fd = make_document(&printer);
	char *rule;

	for (rule = printer.out; (rule = strstr(rule, "\"equal\"")); rule++)
		memcpy(rule, "\"rhyme\"", strlen("\"rhyme\""));
	assert_true(dprintf(fd, "{\"" LONG "\":1,%s", printer.out + 1) > 0);
	run_free(&printer);
	return fd;
}

/* Of profiles, in which all must be known. */
static int make_profiles(void)
{
	struct run printer = {
		.words = { "profile", "show", "mtty" }, .options = { .json = true },
	};
	int fd = make_document(&printer);
	char *list = strstr(printer.out, ",\"profiles\":[");

	assert_non_null(list);
	*list++ = '\0';
	list = strchr(list, '{') + 1;
	*strrchr(list, '}') = '\0';
	assert_true(dprintf(fd, "{\"profiles\":[{\"comment\":\"" LONG "\",%s,%s}\n", list,
			    printer.out + 1) > 0);
	run_free(&printer);
	return fd;
}

static void every_command_may_lack_memory(void **state)
{
	int fd = make_endpoints(), profiles_fd = make_profiles();
	char dir[] = "/tmp/vdev-XXXXXX";
	char file[64], profiles[64], link[64];
	struct run runs[] = {
		{ .words = { "dev", "export" } },
		{ .words = { "dev", "export", "--traits" } },
		{ .words = { "dev", "export", "--libvirt" } },
		{ .words = { "dev", "export", "--nova-provider" } },
		{ .words = { "dev", "export", "--nfd", "--expires", "1h" } },
		{ .words = { "record", "convert", file }, .options = { .pretty = true, .json = true } },
		{ .words = { "record", "convert", file, "--token" } },
		{ .words = { "check", file, file, "--explain" } },
		{ .words = { "check", file, file, "--both" }, .options = { .json = true } },
		{ .words = { "check", "--all", file, "--", file }, .options = { .strict = true } },
		{ .words = { "check", "--all", file, "--", "7" }, .options = { .json = true } },
		{
			.words = { "check", "--all", "7", "--", file },
			.options = { .json = true, .pretty = true },
		},
		{ .words = { "check", "--group", file, "--", file }, .options = { .strict = true } },
		{ .words = { "check", "7", "sim/p/net" } },
		{ .words = { "dev", "list" } },
		{ .words = { "suggest", "7", "sim/p/net" } },
		{ .words = { "parent", "show" } },
		{ .words = { "dev", "add", "pci/0000:65:00.2/net", "--dry-run" } },
		{ .words = { "parent", "show" }, .options = { .json = true } },
		{ .words = { "find", file }, .options = { .details = true } },
		{ .words = { "baseline", file }, .options = { .json = true } },
		{ .words = { "matrix", file, "localhost" } },
		{ .words = { "matrix", "7", "--", file, "7" } },
		{ .words = { "matrix", file, "--", file, "7" }, .options = { .json = true } },
		{ .words = { "matrix", "--html", file, "--", file } },
		{ .words = { "profile", "show" }, .options = { .json = true } },
		{ .words = { "profile", "show", "mtty" } },
		{ .words = { "profile", "load", profiles, "--replace" } },
		{ .words = { "profile", "load", "--dry-run", dir } },
		{ .words = { "profile", "del", "mtty" } },
		{ .words = { "profile", "del", "--all" } },
		{
			.words = { "profile", "load", profiles, "--replace" },
			.options = { .json = true },
		},
		{ .words = { "profile", "del", "mtty" }, .options = { .json = true } },
		{ .words = { "profile", "del", "mtty" }, .options = { .details = true } },
		{ .words = { "dev", "show", "--max-age", "0" }, .options = { .json = true } },
		{ .words = { "stats", "show" } },
		{ .words = { "stats", "show" }, .options = { .json = true } },
		{ .words = { "stats", "show", "vdpa/net0" } },
		{ .words = { "stats", "show", "vdpa/net0" }, .options = { .json = true } },
		{ .words = { "stats", "show", "vdpa/net0", "queue", "1" } },
		{ .words = { "dev", "show" }, .options = { .statistics = true } },
		{ .words = { "dev", "show" }, .options = { .statistics = true, .json = true } },
	};
	size_t i;

	(void)state;
	snprintf(file, sizeof(file), "/proc/self/fd/%d", fd);
	snprintf(profiles, sizeof(profiles), "/proc/self/fd/%d", profiles_fd);
	assert_non_null(mkdtemp(dir));
	snprintf(link, sizeof(link), "%s/a.json", dir);
	assert_int_equal(symlink(profiles, link), 0);
	fail_json();
	for (i = 0; i < TEST_ARRAY_SIZE(runs); i++)
		assert_true(run_without_memory(&runs[i]) > 5);
	fake_reset(NULL, NULL);
	unlink(link);
	rmdir(dir);
	close(profiles_fd);
	close(fd);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_of_an_event_may_fail),
		cmocka_unit_test(what_is_printed_may_lack_its_bitmap),
		cmocka_unit_test(every_command_may_lack_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
