// SPDX-License-Identifier: GPL-2.0
/*
 * What is counted for a device: what is asked for it and where, what is read of the answers
 * and of files, and what is missing.
 */
#include <linux/vdpa.h>

#include "asked.h"
#include "statistics/gather.h"
#include "test.h"

static const struct vdev_handle net0 = { .bus = "vdpa", .name = "net0" };
static const struct vdev_handle nic = { .bus = "pci", .name = "0000:65:00.1" };

static char root[] = "/tmp/vdev-stats-XXXXXX";
static struct stats_roots roots = { root, root };
static struct vdev_dev_stats *stats;
/* What the vdpa family says instead of a counter. */
static struct nl_msg *broken;
static int vdpa_error;
static unsigned int vdpa_requests;
static uint32_t max_vqs;

static int tear_down(void **state)
{
	vdev_dev_stats_free(stats);
	stats = NULL;
	return asked_tear_down(state);
}

static int set_up(void **state)
{
	vdpa_error = 0;
	vdpa_requests = 0;
	max_vqs = 2;
	return asked_set_up(state);
}

static void answer_vdpa(const struct nlmsghdr *request)
{
	vdpa_requests++;
	if (((struct genlmsghdr *)nlmsg_data(request))->cmd == VDPA_CMD_DEV_GET) {
		message_send(message_vdpa_dev(max_vqs));
	} else if (vdpa_error) {
		send_ack(&(struct reason){ .error = vdpa_error });
		return;
	} else if (broken) {
		message_send(broken);
		broken = NULL;
	} else {
		message_send(message_vdpa(request));
	}
	send_ack(&(struct reason){ 0 });
}

static void respond(const struct nlmsghdr *request, void *arg)
{
	const struct vdev_handle *handle = arg;

	if (request->nlmsg_type == FAKE_VDPA) {
		answer_vdpa(request);
		return;
	}
	message_send(message_dev_stats(handle->bus, handle->name));
	send_ack(&(struct reason){ 0 });
}

static int get(const struct vdev_handle *handle, uint32_t queue)
{
	int err;

	vdev_dev_stats_free(stats);
	fake_reset(respond, (void *)handle);
	fake.vdpa = 1;
	err = vdev_dev_stats_gather(sock, handle, queue, &roots, &stats);
	assert_true(err ? !stats : !!stats);
	return err;
}

static void a_device_has_its_counters(void **state)
{
	const struct vdev_handle handle = { .bus = "sim", .name = "a" };

	(void)state;
	assert_int_equal(get(&handle, VDEV_QUEUES_ALL), 0);
	assert_string_equal(vdev_dev_stats_handle(stats), "sim/a");
	assert_int_equal(vdev_dev_stats_id(stats), 7);
	assert_int_equal(vdev_dev_stats_num_counters(stats), 2);
	assert_string_equal(vdev_dev_stats_counter(stats, 0)->name, "saves");
	assert_int_equal(vdev_dev_stats_counter(stats, 0)->value, 3);
	assert_int_equal(vdev_dev_stats_counter(stats, 1)->value, 1ULL << 40);
	assert_null(vdev_dev_stats_counter(stats, 2));
	assert_null(vdev_dev_stats_queue(stats, 0));
	assert_null(vdev_dev_stats_missing(stats, 0));
	assert_null(vdev_dev_stats_migration_state(stats));
	vdev_dev_stats_free(NULL);
}

static void all_virtqueues_are_read(void **state)
{
	(void)state;
	assert_int_equal(get(&net0, VDEV_QUEUES_ALL), 0);
	assert_int_equal(vdpa_requests, 3);
	assert_int_equal(vdev_dev_stats_num_queues(stats), 2);
	assert_int_equal(vdev_dev_stats_queue(stats, 1)->index, 1);
	assert_int_equal(vdev_dev_stats_queue(stats, 1)->num_counters, 1);
	assert_string_equal(vdev_dev_stats_queue(stats, 1)->counters[0].name, "rx packets");
	assert_int_equal(vdev_dev_stats_queue(stats, 1)->counters[0].value, 101);
	assert_int_equal(vdev_dev_stats_num_counters(stats), 2);
}

static void one_virtqueue_is_asked_for_alone(void **state)
{
	const struct nlattr *index;

	(void)state;
	assert_int_equal(get(&net0, 300), 0);
	assert_int_equal(vdpa_requests, 1);
	index = sent(VDPA_ATTR_DEV_QUEUE_INDEX);
	assert_non_null(index);
	assert_int_equal(nla_get_u32(index), 300);
	assert_string_equal(nla_data(sent(VDPA_ATTR_DEV_NAME)), "net0");
	assert_int_equal(vdev_dev_stats_num_queues(stats), 1);
	assert_int_equal(vdev_dev_stats_queue(stats, 0)->index, 300);
	assert_int_equal(vdev_dev_stats_num_counters(stats), 0);
}

static void only_vdpa_devices_have_virtqueues(void **state)
{
	(void)state;
	assert_int_equal(get(&nic, 0), -EINVAL);
	assert_int_equal(vdpa_requests, 0);
	assert_string_equal(vdev_sock_error(sock)->message,
			    "only a vdpa device has virtqueues with counters");
}

static void what_the_kernel_says_of_a_virtqueue_is_the_error(void **state)
{
	static const struct {
		int error;
		const char *message;
	} cases[] = {
		{ EPERM, "reading the counters of virtqueues requires CAP_NET_ADMIN" },
		{ EOPNOTSUPP, "the driver of the device counts nothing for virtqueues" },
		{ EINVAL, "the device has no such virtqueue" },
		{ ERANGE, "the device has no such virtqueue" },
		{ EAGAIN, "resource temporarily unavailable" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(cases); i++) {
		vdpa_error = cases[i].error;
		assert_int_equal(get(&net0, 1), -cases[i].error);
		assert_int_equal(vdev_sock_error(sock)->code, cases[i].error);
		assert_string_equal(vdev_sock_error(sock)->message, cases[i].message);
	}
}

static void what_cannot_be_read_of_all_is_missing(void **state)
{
	const struct vdev_missing_stats *missing;

	(void)state;
	vdpa_error = EPERM;
	assert_int_equal(get(&net0, VDEV_QUEUES_ALL), 0);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_NONE);
	assert_int_equal(vdev_dev_stats_num_missing(stats), 1);
	missing = vdev_dev_stats_missing(stats, 0);
	assert_int_equal(missing->part, VDEV_STATS_QUEUES);
	assert_int_equal(missing->code, EPERM);
	assert_non_null(strstr(missing->reason, "CAP_NET_ADMIN"));

	/* A driver that counts nothing has nothing missing. */
	vdpa_error = EOPNOTSUPP;
	assert_int_equal(get(&net0, VDEV_QUEUES_ALL), 0);
	assert_int_equal(vdev_dev_stats_num_missing(stats), 0);
	/* Each that could be is tried, and there is none. */
	vdpa_error = EINVAL;
	max_vqs = 5;
	vdpa_requests = 0;
	assert_int_equal(get(&net0, VDEV_QUEUES_ALL), 0);
	assert_int_equal(vdpa_requests, 6);
	assert_int_equal(vdev_dev_stats_num_missing(stats), 1);
}

static void too_many_virtqueues_are_not_asked_for(void **state)
{
	(void)state;
	max_vqs = 2 * 0x8000 + 2;
	assert_int_equal(get(&net0, VDEV_QUEUES_ALL), 0);
	assert_int_equal(vdpa_requests, 1);
	assert_int_equal(vdev_dev_stats_missing(stats, 0)->code, EBADMSG);
	max_vqs = 0;
	assert_int_equal(get(&net0, VDEV_QUEUES_ALL), 0);
	assert_int_equal(vdpa_requests, 2);
	assert_int_equal(vdev_dev_stats_num_missing(stats), 0);
}

enum damage {
	OTHER_COMMAND, OTHER_QUEUE, NO_QUEUE, NO_VALUE, NO_NAME, TWO_NAMES, SHORT_VALUE, LONG_VALUE,
	EMPTY_NAME, OPEN_NAME, NUL_IN_NAME, LONG_NAME, DAMAGES
};

static void put_damaged(struct nl_msg *msg, enum damage damage)
{
	static char name[300];

	memset(name, 'n', sizeof(name) - 1);
	if (damage == EMPTY_NAME)
		nla_put_string(msg, VDPA_ATTR_DEV_VENDOR_ATTR_NAME, "");
	else if (damage == OPEN_NAME)
		nla_put(msg, VDPA_ATTR_DEV_VENDOR_ATTR_NAME, 2, "rx");
	else if (damage == NUL_IN_NAME)
		nla_put(msg, VDPA_ATTR_DEV_VENDOR_ATTR_NAME, 4, "r\0x");
	else if (damage != NO_NAME)
		nla_put_string(msg, VDPA_ATTR_DEV_VENDOR_ATTR_NAME, damage == LONG_NAME ? name : "rx");
	if (damage == TWO_NAMES)
		nla_put_string(msg, VDPA_ATTR_DEV_VENDOR_ATTR_NAME, "tx");
	if (damage != NO_VALUE)
		nla_put(msg, VDPA_ATTR_DEV_VENDOR_ATTR_VALUE,
			damage == SHORT_VALUE ? 4 : damage == LONG_VALUE ? 12 : 8, name);
}

static void damaged_answers_are_rejected(void **state)
{
	enum damage damage;

	(void)state;
	for (damage = 0; damage < DAMAGES; damage++) {
		broken = message_new(FAKE_VDPA, damage == OTHER_COMMAND ? VDPA_CMD_DEV_NEW :
				     VDPA_CMD_DEV_VSTATS_GET, 0);
		if (damage != NO_QUEUE)
			nla_put_u32(broken, VDPA_ATTR_DEV_QUEUE_INDEX, damage == OTHER_QUEUE);
		put_damaged(broken, damage);
		assert_int_equal(get(&net0, 0), -EBADMSG);
		assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_REPLY);
	}
}

static void a_virtqueue_may_have_no_counters(void **state)
{
	(void)state;
	broken = message_new(FAKE_VDPA, VDPA_CMD_DEV_VSTATS_GET, 0);
	nla_put_u32(broken, VDPA_ATTR_DEV_QUEUE_INDEX, 0);
	nla_put_u32(broken, 99, 1);
	assert_int_equal(get(&net0, 0), 0);
	assert_int_equal(vdev_dev_stats_queue(stats, 0)->num_counters, 0);
}

static int ask(struct nl_msg *msg)
{
	vdev_dev_stats_free(stats);
	stats = NULL;
	reply = msg;
	fake_reset(respond_with, &reply);
	fake.vdpa = 1;
	return vdev_dev_stats_get(sock, &net0, VDEV_QUEUES_ALL, &stats);
}

static void a_reply_without_a_device_is_rejected(void **state)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_DEV_STATS_GET, 0);
	struct nlattr *nest;

	(void)state;
	nla_put_u32(msg, VDEV_A_ID, 7);
	nla_put_string(msg, VDEV_A_BUS, "sim");
	assert_int_equal(ask(msg), -EBADMSG);
	assert_string_equal(vdev_sock_error(sock)->attr, "name");
	msg = message_dev_stats("sim", "a");
	nest = nla_nest_start(msg, VDEV_A_COUNTER | NLA_F_NESTED);
	nla_put_u32(msg, VDEV_A_COUNTER_VALUE, 1);
	nla_nest_end(msg, nest);
	assert_int_equal(ask(msg), -EBADMSG);
	assert_string_equal(vdev_sock_error(sock)->attr, "counter.name");
	assert_int_equal(ask(message_as(VDEV_CMD_DEV_GET, message_dev_stats("sim", "a"))), -EBADMSG);
	assert_int_equal(ask(NULL), -EBADMSG);
	assert_string_equal(vdev_sock_error(sock)->message, "the reply has no device");
	assert_null(stats);
}

__attribute__((format(printf, 1, 2)))
static void run(const char *format, ...)
{
	char command[2048];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

static int make_files(void **state)
{
	(void)state;
	if (!mkdtemp(root))
		return -1;
	run("mkdir -p %s/bus/pci/devices/0000:65:00.1/vfio-dev/vfio0", root);
	run("mkdir -p %s/vfio/0000:65:00.1/migration", root);
	run("mkdir -p %s/vfio/plain/migration %s/bus/pci/devices/plain", root, root);
	run("echo RUNNING >%s/vfio/plain/migration/state", root);
	return 0;
}

static int remove_files(void **state)
{
	(void)state;
	run("rm -r %s", root);
	return 0;
}

/* The file with the state is what the command makes. */
static void with_state(const char *command)
{
	run("cd %s/vfio/0000:65:00.1/migration; rm -rf state; %s", root, command);
	assert_int_equal(get(&nic, VDEV_QUEUES_ALL), 0);
}

static void assert_state(const char *command, const char *word)
{
	with_state(command);
	assert_non_null(vdev_dev_stats_migration_state(stats));
	assert_string_equal(vdev_dev_stats_migration_state(stats), word);
	assert_int_equal(vdev_dev_stats_num_missing(stats), 0);
}

static void the_state_of_a_migration_is_in_debugfs(void **state)
{
	(void)state;
	assert_state("echo RUNNING >state", "running");
	assert_state("echo PRE_COPY_P2P >state", "pre-copy-p2p");
	assert_state("printf STOP_COPY >state", "stop-copy");
}

static void without_the_file_there_is_no_state(void **state)
{
	const struct vdev_handle plain = { .bus = "pci", .name = "plain" };
	const struct vdev_handle above = { .bus = "pci", .name = ".." };

	(void)state;
	with_state(":");
	assert_null(vdev_dev_stats_migration_state(stats));
	assert_int_equal(vdev_dev_stats_num_missing(stats), 0);
	/* What is there is read only of a VFIO device. */
	assert_int_equal(get(&plain, VDEV_QUEUES_ALL), 0);
	assert_null(vdev_dev_stats_migration_state(stats));
	assert_int_equal(get(&above, VDEV_QUEUES_ALL), 0);
	assert_null(vdev_dev_stats_migration_state(stats));
}

static void what_is_no_state_is_missing(void **state)
{
	static const char *const commands[] = {
		": >state", "echo >state", "echo Invalid >state", "echo RUN NING >state",
		"printf 'RUNNING\\nSTOP\\n' >state",
		"printf 'RUN\\0' >state", "printf '\\303\\244' >state", "mkdir state", "mkfifo state",
		"head -c 31 /dev/zero | tr '\\0' X >state; echo >>state", "ln -s /dev/zero state",
		"ln -s state state", "echo RUNNING >other; ln -s other state",
	};
	const struct vdev_missing_stats *missing;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(commands); i++) {
		with_state(commands[i]);
		assert_null(vdev_dev_stats_migration_state(stats));
		missing = vdev_dev_stats_missing(stats, 0);
		assert_non_null(missing);
		assert_int_equal(missing->part, VDEV_STATS_MIGRATION);
		assert_int_equal(missing->code, EBADMSG);
		assert_string_equal(missing->reason, "what debugfs has is no state of a migration");
	}
	assert_int_equal(vdev_dev_stats_num_counters(stats), 2);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(a_device_has_its_counters),
		CASE(all_virtqueues_are_read),
		CASE(one_virtqueue_is_asked_for_alone),
		CASE(only_vdpa_devices_have_virtqueues),
		CASE(what_the_kernel_says_of_a_virtqueue_is_the_error),
		CASE(what_cannot_be_read_of_all_is_missing),
		CASE(too_many_virtqueues_are_not_asked_for),
		CASE(damaged_answers_are_rejected),
		CASE(a_virtqueue_may_have_no_counters),
		CASE(a_reply_without_a_device_is_rejected),
		CASE(the_state_of_a_migration_is_in_debugfs),
		CASE(without_the_file_there_is_no_state),
		CASE(what_is_no_state_is_missing),
	};

	return cmocka_run_group_tests(tests, make_files, remove_files) != 0;
}
