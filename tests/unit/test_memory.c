// SPDX-License-Identifier: GPL-2.0
/*
 * Every allocation fails once: the call says so, nothing is used that is not
 * there, and nothing leaks. The linker puts the functions below in the place
 * of the C library's, for the objects of library and tool.
 */
#include <poll.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "test.h"
#include "message.h"
#include "object.h"
#include "out.h"
#include "out_event.h"
#include "tool.h"
#include "words.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t num, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t num, size_t size);
void *__wrap_realloc(void *memory, size_t size);

/* The allocation with this number, counted down, fails; 0 for none. */
static unsigned int countdown;

static bool fails(void)
{
	return countdown && !fake.allocating && --countdown == 0;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t num, size_t size)
{
	return fails() ? NULL : __real_calloc(num, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
	return fails() ? NULL : __real_realloc(memory, size);
}

/* jansson is a library of its own, but takes the functions it is given. */
static void *json_allocate(size_t size)
{
	return __wrap_malloc(size);
}

static void answer(const struct nlmsghdr *request, void *arg)
{
	uint8_t cmd = ((const struct genlmsghdr *)NLMSG_DATA(request))->cmd;

	(void)arg;
	if (cmd < VDEV_CMD_CHECK)
		message_send(message_full());
	else if (cmd < VDEV_CMD_PROFILE_GET)
		message_send(message_findings(cmd));
	else if (cmd < VDEV_CMD_STATS_GET)
		message_send(message_as(cmd, message_profile("mtty", true)));
	else if (cmd == VDEV_CMD_STATS_GET)
		message_send(message_stats());
	if (request->nlmsg_flags & NLM_F_DUMP)
		send_done(0, 0, NULL);
	else
		send_ack(&(struct refusal){ 0 });
}

static int copy(const struct vdev_object *object, void *arg)
{
	struct vdev_object **copied = arg;

	*copied = vdev_object_dup(object);
	return *copied ? 0 : -ENOMEM;
}

static int copy_judgement(const struct vdev_judgement *judgement, void *arg)
{
	struct vdev_judgement *copied = vdev_judgement_dup(judgement);

	(void)arg;
	vdev_judgement_free(copied);
	return copied ? 0 : -ENOMEM;
}

/* By what it tells of itself, and by a token with something unknown in it. */
static int declare(const struct vdev_object *object, struct vdev_declaration **declaration)
{
	struct vdev_draft draft = { .kind = VDEV_OBJECT_DEV };
	const struct vdev_record *record;
	struct vdev_declaration *other;
	int err;

	err = vdev_declaration_of(object, declaration, NULL);
	if (err)
		return err;
	record = vdev_declaration_record(*declaration);
	draft.model = vdev_record_model(record);
	draft.params = vdev_record_param(record, 0);
	draft.num_params = vdev_record_num_params(record);
	err = vdev_declaration_new(&draft, sizeof(draft), &other, NULL);
	vdev_declaration_free(other);
	if (err)
		return err;
	/* A record with an attribute 9, in the middle of the others. */
	err = vdev_declaration_parse("vdev1.CAAVAAEAAAAIAA0AAwAAACAAE4AFAAkAeAAAABQAAoAGAAEAbQAAAAgAAgABAAAAEhxxNw", &other, NULL);
	vdev_declaration_free(other);
	return err;
}

static int judge(struct vdev_sock *sock, const struct vdev_declaration *declaration)
{
	struct vdev_handle handle = { .id = 7 };
	struct vdev_judgement *judgement;
	char *token;
	int err;

	judgement = vdev_judge(declaration, declaration);
	token = vdev_declaration_format(declaration);
	err = judgement && token ? 0 : -ENOMEM;
	free(token);
	vdev_judgement_free(judgement);
	if (!err)
		err = vdev_check(sock, declaration, VDEV_OBJECT_TYPE, &handle, 1,
				 MESSAGE_INSTANCE, &judgement);
	if (!err)
		vdev_judgement_free(judgement);
	return err ? err : vdev_find(sock, declaration, NULL, copy_judgement, NULL);
}

/* All that allocates, from a new socket to JSON. */
static int work(void)
{
	struct vdev_sock *sock = vdev_sock_new();
	struct vdev_filter *filter = vdev_filter_new();
	struct vdev_object *dumped = NULL, *got = NULL;
	struct vdev_handle handle = { .id = 7 };
	struct vdev_declaration *declaration = NULL;
	json_t *json = NULL;
	int err = -ENOMEM;

	if (sock && filter) {
		vdev_filter_set_bus(filter, "sim");
		err = vdev_dev_dump(sock, filter, copy, &dumped);
	}
	if (!err)
		err = vdev_dev_get(sock, &handle, &got);
	if (!err)
		json = json_from_object(got);
	if (!err && !json)
		err = -ENOMEM;
	if (!err)
		err = declare(got, &declaration);
	if (!err)
		err = judge(sock, declaration);
	json_decref(json);
	vdev_declaration_free(declaration);
	vdev_object_free(got);
	vdev_object_free(dumped);
	vdev_filter_free(filter);
	vdev_sock_free(sock);
	return err;
}

static void every_allocation_may_fail(void **state)
{
	unsigned int number;
	int err = -ENOMEM;

	(void)state;
	json_set_alloc_funcs(json_allocate, free);
	for (number = 1; err; number++) {
		fake_reset(answer, NULL);
		countdown = number;
		err = work();
		if (err)
			assert_int_equal(err, -ENOMEM);
		countdown = 0;
	}
	assert_true(number > 100);
	fake_reset(NULL, NULL);
}

struct followed {
	unsigned int news;
	unsigned int changes;
	bool synced;
};

static int count_event(const struct vdev_event *event, void *arg)
{
	struct followed *followed = arg;

	followed->news += event->kind == VDEV_EVENT_NEW;
	followed->changes += event->kind == VDEV_EVENT_CHANGE;
	followed->synced |= event->kind == VDEV_EVENT_SYNCED;
	return 0;
}

/* Read on until it is synced, whatever fails on the way. */
static void catch_up(struct vdev_monitor *monitor, struct followed *followed)
{
	struct pollfd poll_fd = { .fd = vdev_monitor_fd(monitor), .events = POLLIN };
	int err;

	followed->synced = false;
	while (!followed->synced && poll(&poll_fd, 1, 2000) > 0) {
		err = vdev_monitor_read(monitor, count_event, followed);
		if (err)
			assert_int_equal(err, -ENOMEM);
	}
	assert_true(followed->synced);
}

static void send_change(void)
{
	struct nl_msg *msg = message_full();
	struct nlmsghdr *nlh = nlmsg_hdr(msg);
	struct genlmsghdr *genl = nlmsg_data(nlh);
	struct nlattr *generation = nlmsg_find_attr(nlh, GENL_HDRLEN, VDEV_A_GENERATION);
	uint32_t next = nla_get_u32(nlmsg_find_attr(nlh, GENL_HDRLEN, VDEV_A_SNAPSHOT)) + 1;

	genl->cmd = VDEV_CMD_DEV_CHANGE_NTF;
	memcpy(nla_data(generation), &next, sizeof(next));
	fake_event(nlh, nlh->nlmsg_len, 0);
	nlmsg_free(msg);
}

/* Returns whether all allocations were there. */
static bool follow(struct vdev_filter *filter, struct followed *followed)
{
	struct vdev_monitor *monitor = vdev_monitor_new();
	int err = -ENOMEM;

	if (monitor) {
		vdev_monitor_set_filter(monitor, filter);
		err = vdev_monitor_start(monitor);
	}
	if (!err) {
		catch_up(monitor, followed);
		send_change();
		err = vdev_monitor_read(monitor, count_event, followed);
		if (err)
			catch_up(monitor, followed);
		else
			assert_int_equal(followed->changes, 1);
	}
	vdev_monitor_free(monitor);
	return !err && countdown;
}

static void a_monitor_misses_nothing_for_want_of_memory(void **state)
{
	struct vdev_filter *filter = vdev_filter_new();
	struct followed followed = { 0 };
	unsigned int number = 0;

	(void)state;
	vdev_filter_set_kind(filter, VDEV_OBJECT_DEV);
	vdev_filter_set_migratable(filter, false);
	do {
		followed = (struct followed){ 0 };
		fake_reset(answer, NULL);
		countdown = ++number;
	} while (!follow(filter, &followed));
	countdown = 0;
	assert_int_equal(followed.news, 1);
	assert_int_equal(followed.changes, 1);
	assert_true(number > 10);
	vdev_filter_free(filter);
	fake_reset(NULL, NULL);
}

struct printed {
	struct options options;
	int err;
};

static int print_change(const struct vdev_object *object, void *arg)
{
	struct printed *printed = arg;
	struct vdev_object other = *object;
	struct vdev_event event = {
		.kind = VDEV_EVENT_CHANGE, .before = object, .after = &other,
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
	const struct command *command = find_command(run->words[0], NULL);
	FILE *old_out = stdout, *old_err = stderr;
	size_t out_size, err_size;
	char *argv[6] = { NULL };
	int argc = 0;
	int first;

	first = command->name ? 2 : 1;
	if (command->name)
		command = find_command(run->words[0], run->words[1]);
	for (; run->words[first + argc]; argc++)
		argv[argc] = (char *)run->words[first + argc];
	stdout = open_memstream(&run->out, &out_size);
	stderr = open_memstream(&run->err, &err_size);
	run->status = command->run(command, &run->options, argc, argv);
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

/* Where JSON is read, jansson tells of some failures as of wrong JSON. */
static bool tells_of_memory(const char *text)
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
		countdown = ++number;
		run(&tried);
		failed = !countdown;
		countdown = 0;
		if (failed && tried.status == EXIT_ERROR)
			assert_true(tells_of_memory(tried.err));
		else
			assert_int_not_equal(tried.status, EXIT_ERROR);
		run_free(&tried);
	} while (failed);
	return number;
}

/*
 * What the kernel tells and a key that is not known, in a file. The key is long
 * enough for jansson to make room for it: it reads beyond a string whose closing
 * quote is the byte that there is no room for, and "format-version" is one.
 */
static int make_document(struct run *printer)
{
	int fd = memfd_create("document", 0);

	fake_reset(answer, NULL);
	run(printer);
	assert_int_equal(printer->status, 0);
	assert_true(dprintf(fd, "{\"later-than-this-version\":1,%s", printer->out + 1) > 0);
	run_free(printer);
	return fd;
}

static void every_command_may_lack_memory(void **state)
{
	struct run export = { .words = { "dev", "export", "7" } };
	struct run show = { .words = { "profile", "show", "mtty" }, .options = { .json = true } };
	int fd = make_document(&export), profiles_fd = make_document(&show);
	char dir[] = "/tmp/vdev-XXXXXX";
	char file[64], profiles[64], link[64];
	struct run runs[] = {
		{ .words = { "dev", "export" } },
		{ .words = { "dev", "export", "--traits" } },
		{ .words = { "dev", "export", "--libvirt" } },
		{ .words = { "record", "convert", file }, .options = { .pretty = true, .json = true } },
		{ .words = { "record", "convert", file, "--token" } },
		{ .words = { "check", file, file, "--explain" } },
		{ .words = { "check", file, file, "--both" }, .options = { .json = true } },
		{ .words = { "check", "7", "sim/p/net" } },
		{ .words = { "find", file }, .options = { .details = true } },
		{ .words = { "baseline", file }, .options = { .json = true } },
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
	};
	size_t i;

	(void)state;
	snprintf(file, sizeof(file), "/proc/self/fd/%d", fd);
	snprintf(profiles, sizeof(profiles), "/proc/self/fd/%d", profiles_fd);
	assert_non_null(mkdtemp(dir));
	snprintf(link, sizeof(link), "%s/a.json", dir);
	assert_int_equal(symlink(profiles, link), 0);
	json_set_alloc_funcs(json_allocate, free);
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
		cmocka_unit_test(every_allocation_may_fail),
		cmocka_unit_test(a_monitor_misses_nothing_for_want_of_memory),
		cmocka_unit_test(every_allocation_of_an_event_may_fail),
		cmocka_unit_test(what_is_printed_may_lack_its_bitmap),
		cmocka_unit_test(every_command_may_lack_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
