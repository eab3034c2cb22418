// SPDX-License-Identifier: GPL-2.0
/*
 * A monitor before a small kernel of its own, which tells of what it has in
 * dumps and in events, and loses events at will. What the monitor tells is
 * written down as text: "*" marks what was found by a dump.
 */
#include <poll.h>

#include "test.h"
#include "message.h"
#include "mirror.h"
#include "object.h"

#define MAX_OBJECTS 8
#define LOG_SIZE 4096

struct endpoint {
	enum vdev_object_kind kind;
	uint32_t id;
	uint64_t generation;
	char name[8];
	const char *model;
	bool migratable;
};

static struct {
	struct endpoint endpoints[MAX_OBJECTS];
	unsigned int num;
	uint32_t last_id;
	uint64_t generation;
	bool absent;
	/* Dumps pass what can be migrated, as a filter asked. */
	bool filtered;
	/* So many dumps are interrupted; so many fail with an errno. */
	unsigned int interruptions;
	unsigned int failures;
	int error;
	/* Called once, when the next dump has been answered. */
	void (*after_dump)(void);
} kernel;

static struct vdev_monitor *monitor;
static struct vdev_filter *filter;
static char told[LOG_SIZE];
static unsigned int stop_after;

static struct nl_msg *compose(const struct endpoint *endpoint, uint8_t cmd, uint64_t generation,
			      uint64_t snapshot)
{
	bool type = endpoint->kind == VDEV_OBJECT_TYPE;
	struct nl_msg *msg = message_new(fake.family, cmd, NLM_F_MULTI);
	struct nlattr *record, *ident;

	nla_put_u32(msg, VDEV_A_ID, endpoint->id);
	nla_put_u64(msg, VDEV_A_GENERATION, generation);
	nla_put_u64(msg, VDEV_A_SNAPSHOT, snapshot);
	nla_put_string(msg, VDEV_A_BUS, "sim");
	nla_put_string(msg, VDEV_A_NAME, endpoint->name);
	if (type) {
		nla_put_string(msg, VDEV_A_PARENT_BUS, "simbus");
		nla_put_string(msg, VDEV_A_PARENT, "sim0");
	}
	nla_put_u32(msg, VDEV_A_MIGRATION, endpoint->migratable ? VDEV_MIGRATION_SUPPORTED :
		    VDEV_MIGRATION_UNDECLARED);
	record = nla_nest_start(msg, VDEV_A_RECORD | NLA_F_NESTED);
	ident = nla_nest_start(msg, VDEV_A_RECORD_MODEL | NLA_F_NESTED);
	nla_put_string(msg, VDEV_A_IDENT_VALUE, endpoint->model);
	nla_nest_end(msg, ident);
	nla_nest_end(msg, record);
	return msg;
}

static void send_event(struct nl_msg *msg)
{
	fake_event(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, 0);
	nlmsg_free(msg);
}

static void send_endpoints(enum vdev_object_kind kind, uint8_t cmd)
{
	unsigned int i;

	for (i = 0; i < kernel.num; i++) {
		const struct endpoint *endpoint = &kernel.endpoints[i];
		struct nl_msg *msg;

		if (endpoint->kind != kind || (kernel.filtered && !endpoint->migratable))
			continue;
		msg = compose(endpoint, cmd, endpoint->generation, kernel.generation);
		if (kernel.interruptions)
			nlmsg_hdr(msg)->nlmsg_flags |= NLM_F_DUMP_INTR;
		message_send(msg);
	}
}

static void answer_dump(uint8_t cmd)
{
	void (*after)(void) = kernel.after_dump;

	if (kernel.failures) {
		kernel.failures--;
		send_done(kernel.error, 0, NULL);
		return;
	}
	send_endpoints(cmd == VDEV_CMD_TYPE_GET ? VDEV_OBJECT_TYPE : VDEV_OBJECT_DEV, cmd);
	send_done(0, kernel.interruptions ? NLM_F_DUMP_INTR : 0, NULL);
	if (kernel.interruptions)
		kernel.interruptions--;
	kernel.after_dump = NULL;
	if (after)
		after();
}

static void answer(const struct nlmsghdr *request, void *arg)
{
	const struct genlmsghdr *genl = NLMSG_DATA(request);

	(void)arg;
	if (request->nlmsg_type == fake.family)
		answer_dump(genl->cmd);
	else if (request->nlmsg_type != GENL_ID_CTRL || kernel.absent)
		send_ack(&(struct refusal){ .error = ENOENT });
	else
		fake_family();
}

static struct endpoint *find(const char *name)
{
	unsigned int i;

	for (i = 0; i < kernel.num; i++)
		if (strcmp(kernel.endpoints[i].name, name) == 0)
			return &kernel.endpoints[i];
	fail_msg("there is no %s", name);
	return NULL;
}

/* Each change is told unless it is lost: the event is made, and may be thrown away. */
static bool lost;

static void tell(const struct endpoint *endpoint, uint8_t dev_cmd)
{
	uint8_t cmd = endpoint->kind == VDEV_OBJECT_TYPE ?
		dev_cmd + VDEV_CMD_TYPE_NEW_NTF - VDEV_CMD_DEV_NEW_NTF : dev_cmd;

	if (!lost)
		send_event(compose(endpoint, cmd, kernel.generation, kernel.generation));
}

static void add(enum vdev_object_kind kind, const char *name)
{
	struct endpoint *endpoint = &kernel.endpoints[kernel.num++];

	*endpoint = (struct endpoint){
		.kind = kind,
		.id = ++kernel.last_id,
		.generation = ++kernel.generation,
		.model = "m",
	};
	snprintf(endpoint->name, sizeof(endpoint->name), "%s", name);
	tell(endpoint, VDEV_CMD_DEV_NEW_NTF);
}

static void set(const char *name, const char *model, bool migratable)
{
	struct endpoint *endpoint = find(name);

	endpoint->generation = ++kernel.generation;
	endpoint->model = model;
	endpoint->migratable = migratable;
	tell(endpoint, VDEV_CMD_DEV_CHANGE_NTF);
}

static void del(const char *name)
{
	struct endpoint *endpoint = find(name);

	kernel.generation++;
	tell(endpoint, VDEV_CMD_DEV_DEL_NTF);
	memmove(endpoint, endpoint + 1,
		(char *)&kernel.endpoints[kernel.num] - (char *)(endpoint + 1));
	kernel.num--;
}

static void send_control(uint8_t cmd)
{
	struct nl_msg *msg = message_new(GENL_ID_CTRL, cmd, 0);

	nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, VDEV_FAMILY_NAME);
	nla_put_u16(msg, CTRL_ATTR_FAMILY_ID, fake.family);
	send_event(msg);
}

static void unload(void)
{
	if (!lost)
		send_control(CTRL_CMD_DELFAMILY);
	kernel.absent = true;
	kernel.num = 0;
}

static void load(void)
{
	kernel.absent = false;
	kernel.generation = 1;
	kernel.last_id = 0;
	fake.family++;
	if (!lost)
		send_control(CTRL_CMD_NEWFAMILY);
}

static int write_down(const struct vdev_event *event, void *arg)
{
	const struct vdev_object *object = event->after ? event->after : event->before;
	size_t len = strlen(told);

	(void)arg;
	assert_int_equal(!event->before, event->kind != VDEV_EVENT_DEL &&
			 event->kind != VDEV_EVENT_CHANGE);
	len += (size_t)snprintf(told + len, sizeof(told) - len, "%s%s%s",
				event->resync ? "*" : "", vdev_event_name(event->kind),
				event->loss ? "-" : "");
	if (event->loss)
		len += (size_t)snprintf(told + len, sizeof(told) - len, "%s",
					vdev_loss_name(event->loss));
	if (object)
		len += (size_t)snprintf(told + len, sizeof(told) - len, " %s",
					vdev_object_name(object));
	len += (size_t)snprintf(told + len, sizeof(told) - len, " %u; ",
				(unsigned int)event->generation);
	assert_true(len < sizeof(told));
	return stop_after && !--stop_after ? 42 : 0;
}

static int read_once(void)
{
	told[0] = '\0';
	return vdev_monitor_read(monitor, write_down, NULL);
}

/* Read until no pause is under way, which is never longer than half a second. */
static void read_all(void)
{
	struct pollfd poll_fd = { .fd = vdev_monitor_fd(monitor), .events = POLLIN };

	told[0] = '\0';
	do {
		assert_int_equal(vdev_monitor_read(monitor, write_down, NULL), 0);
	} while (poll(&poll_fd, 1, 100) > 0);
}

static void assert_told(const char *expected)
{
	read_all();
	assert_string_equal(told, expected);
}

static unsigned int seen;

static int compare(const struct vdev_object *object, void *arg)
{
	struct nl_msg *msg;
	const struct endpoint *endpoint = find(vdev_object_name(object));
	uint8_t cmd = endpoint->kind == VDEV_OBJECT_TYPE ? VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET;

	(void)arg;
	msg = compose(endpoint, cmd, endpoint->generation, 1);
	assert_true(vdev_mirror_same(object->msg, nlmsg_hdr(msg)));
	nlmsg_free(msg);
	seen++;
	return 0;
}

/* The mirror is what the kernel has. */
static void assert_mirrored(void)
{
	seen = 0;
	assert_int_equal(vdev_monitor_each(monitor, compare, NULL), 0);
	assert_int_equal(seen, kernel.num);
}

static int setup(void **state)
{
	(void)state;
	memset(&kernel, 0, sizeof(kernel));
	kernel.generation = 1;
	lost = false;
	stop_after = 0;
	filter = NULL;
	fake_reset(answer, NULL);
	fake.all_requests = 1;
	monitor = vdev_monitor_new();
	return monitor ? 0 : -1;
}

static int teardown(void **state)
{
	(void)state;
	vdev_monitor_free(monitor);
	vdev_monitor_free(NULL);
	vdev_filter_free(filter);
	fake_reset(NULL, NULL);
	return 0;
}

static void start(void)
{
	assert_int_equal(vdev_monitor_start(monitor), 0);
	read_all();
	assert_mirrored();
}

/* Two devices and a type, followed. */
static void start_with_three(void)
{
	add(VDEV_OBJECT_DEV, "a");
	add(VDEV_OBJECT_DEV, "b");
	add(VDEV_OBJECT_TYPE, "t");
	start();
	assert_string_equal(told, "*new a 2; *new b 3; *new t 4; synced 4; ");
}

static void what_is_there_comes_first(void **state)
{
	(void)state;
	start_with_three();
	assert_int_equal(fake.joins, 2);
	assert_int_equal(fake.group, FAKE_GROUP);
}

static void events_are_told_as_they_come(void **state)
{
	(void)state;
	start_with_three();
	set("a", "n", false);
	del("b");
	add(VDEV_OBJECT_DEV, "c");
	set("t", "n", false);
	assert_told("change a 5; del b 6; new c 7; change t 8; ");
	assert_mirrored();
}

static void change_around(void)
{
	set("a", "n", false);
	add(VDEV_OBJECT_DEV, "c");
	del("b");
}

static void what_the_snapshot_has_is_not_told_again(void **state)
{
	(void)state;
	add(VDEV_OBJECT_DEV, "a");
	add(VDEV_OBJECT_DEV, "b");
	add(VDEV_OBJECT_TYPE, "t");
	/* Between the dump of devices and that of types. */
	kernel.after_dump = change_around;
	start();
	assert_string_equal(told, "*new a 2; *new b 3; *new t 4; synced 4; "
			    "change a 5; new c 6; del b 7; ");
}

static void change_type(void)
{
	set("t", "n", false);
}

static void an_event_between_two_dumps_is_in_the_second(void **state)
{
	(void)state;
	add(VDEV_OBJECT_DEV, "a");
	add(VDEV_OBJECT_TYPE, "t");
	kernel.after_dump = change_type;
	start();
	assert_string_equal(told, "*new a 2; *new t 4; synced 3; ");
	set("a", "n", false);
	assert_told("change a 5; ");
}

static void a_jump_is_a_loss_and_the_difference_is_told(void **state)
{
	(void)state;
	start_with_three();
	lost = true;
	set("a", "n", false);
	del("b");
	lost = false;
	add(VDEV_OBJECT_DEV, "c");
	assert_told("overrun-jump 4; *change a 5; *new c 7; *del b 0; synced 7; ");
	assert_mirrored();
	set("c", "n", false);
	assert_told("change c 8; ");
}

static void a_full_buffer_is_a_loss(void **state)
{
	(void)state;
	start_with_three();
	lost = true;
	del("t");
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_told("overrun-enobufs 4; *del t 0; synced 5; ");
	assert_mirrored();
}

static void a_loss_of_what_was_undone_is_no_difference(void **state)
{
	(void)state;
	start_with_three();
	lost = true;
	add(VDEV_OBJECT_DEV, "c");
	del("c");
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_told("overrun-enobufs 4; synced 6; ");
}

static void another_endpoint_of_the_same_name_is_two_steps(void **state)
{
	(void)state;
	start_with_three();
	lost = true;
	del("a");
	add(VDEV_OBJECT_DEV, "a");
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_told("overrun-enobufs 4; *del a 0; *new a 6; synced 6; ");
	assert_mirrored();
}

static void a_message_that_is_cut_short_is_a_loss(void **state)
{
	struct nl_msg *msg;

	(void)state;
	start_with_three();
	kernel.generation++;
	msg = compose(find("a"), VDEV_CMD_DEV_CHANGE_NTF, kernel.generation, kernel.generation);
	fake_event(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len - 8, 0);
	nlmsg_free(msg);
	assert_told("overrun-broken 4; synced 5; ");
}

static void a_message_without_a_name_is_a_loss(void **state)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_DEV_NEW_NTF, 0);

	(void)state;
	start_with_three();
	nla_put_u32(msg, VDEV_A_ID, 9);
	nla_put_u64(msg, VDEV_A_GENERATION, 5);
	send_event(msg);
	assert_told("overrun-broken 4; synced 4; ");
}

static void an_event_without_a_generation_is_a_loss(void **state)
{
	struct nl_msg *msg = message_dev(1, "a", 5);

	(void)state;
	start_with_three();
	((struct genlmsghdr *)nlmsg_data(nlmsg_hdr(msg)))->cmd = VDEV_CMD_DEV_CHANGE_NTF;
	send_event(msg);
	assert_told("overrun-broken 4; synced 4; ");
}

static void an_event_that_comes_twice_is_a_loss(void **state)
{
	(void)state;
	start_with_three();
	set("a", "n", false);
	tell(find("a"), VDEV_CMD_DEV_CHANGE_NTF);
	assert_told("change a 5; overrun-jump 5; synced 5; ");
}

static void what_contradicts_the_mirror_is_a_loss(void **state)
{
	(void)state;
	start_with_three();
	kernel.generation++;
	tell(find("a"), VDEV_CMD_DEV_NEW_NTF);
	assert_told("overrun-broken 5; synced 5; ");
	del("b");
	kernel.generation++;
	send_event(compose(&(struct endpoint){ .kind = VDEV_OBJECT_DEV, .id = 2, .name = "b",
					       .model = "m" },
			   VDEV_CMD_DEV_DEL_NTF, kernel.generation, kernel.generation));
	assert_told("del b 6; overrun-broken 7; synced 7; ");
	assert_mirrored();
}

static void another_number_for_the_same_endpoint_is_a_loss(void **state)
{
	(void)state;
	start_with_three();
	find("a")->id = 99;
	set("a", "m", false);
	del("b");
	assert_told("overrun-broken 5; *del a 0; *new a 5; *del b 0; synced 6; ");
}

static void what_others_send_is_passed_over(void **state)
{
	struct nl_msg *msg;

	(void)state;
	start_with_three();
	msg = compose(find("a"), VDEV_CMD_DEV_CHANGE_NTF, 9, 9);
	fake_event(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, FAKE_FOREIGN);
	nlmsg_free(msg);
	msg = compose(find("a"), VDEV_CMD_DEV_CHANGE_NTF, 9, 9);
	nlmsg_hdr(msg)->nlmsg_type++;
	send_event(msg);
	set("a", "n", false);
	assert_told("change a 5; ");
}

static void events_of_a_newer_kernel_count(void **state)
{
	(void)state;
	start_with_three();
	kernel.generation++;
	send_event(compose(find("a"), 200, kernel.generation, kernel.generation));
	set("a", "n", false);
	assert_told("change a 6; ");
}

static void numbers_that_end_in_zeros_are_skipped(void **state)
{
	(void)state;
	kernel.generation = 0xfffffffe;
	add(VDEV_OBJECT_DEV, "a");
	start();
	kernel.generation++;
	set("a", "n", false);
	assert_told("change a 1; ");
	assert_mirrored();
}

static void nothing_is_there_at_first(void **state)
{
	(void)state;
	start();
	assert_string_equal(told, "synced 0; ");
	add(VDEV_OBJECT_DEV, "a");
	add(VDEV_OBJECT_TYPE, "t");
	del("a");
	assert_told("new a 2; new t 3; del a 4; ");
	lost = true;
	del("t");
	lost = false;
	add(VDEV_OBJECT_TYPE, "u");
	assert_told("overrun-jump 4; *new u 6; *del t 0; synced 0; ");
}

static void come_and_go(void)
{
	del("a");
	add(VDEV_OBJECT_DEV, "b");
	add(VDEV_OBJECT_TYPE, "t");
}

static void an_empty_dump_bounds_itself_by_the_other(void **state)
{
	(void)state;
	add(VDEV_OBJECT_TYPE, "s");
	start();
	assert_string_equal(told, "*new s 2; synced 0; ");
	add(VDEV_OBJECT_DEV, "a");
	come_and_go();
	assert_told("new a 3; del a 4; new b 5; new t 6; ");
	assert_mirrored();
}

static void what_enters_the_filter_is_new_and_what_leaves_it_gone(void **state)
{
	(void)state;
	filter = vdev_filter_new();
	vdev_filter_set_migratable(filter, true);
	vdev_monitor_set_filter(monitor, filter);
	kernel.filtered = true;
	add(VDEV_OBJECT_DEV, "a");
	add(VDEV_OBJECT_DEV, "b");
	set("b", "m", true);
	assert_int_equal(vdev_monitor_start(monitor), 0);
	assert_told("*new b 4; synced 4; ");
	set("a", "m", true);
	set("a", "n", true);
	set("b", "m", false);
	set("b", "n", false);
	del("b");
	del("a");
	assert_told("new a 5; change a 6; del b 7; del a 10; ");
	add(VDEV_OBJECT_DEV, "c");
	assert_told("");
}

static void one_kind_can_be_followed_alone(void **state)
{
	(void)state;
	filter = vdev_filter_new();
	vdev_filter_set_kind(filter, VDEV_OBJECT_TYPE);
	vdev_monitor_set_filter(monitor, filter);
	add(VDEV_OBJECT_DEV, "a");
	add(VDEV_OBJECT_TYPE, "t");
	assert_int_equal(vdev_monitor_start(monitor), 0);
	assert_told("*new t 3; synced 3; ");
	set("a", "n", false);
	set("t", "n", false);
	assert_told("change t 5; ");
}

static void the_module_can_go_and_come_back(void **state)
{
	(void)state;
	start_with_three();
	unload();
	assert_told("gone 0; *del b 0; *del t 0; *del a 0; ");
	assert_mirrored();
	load();
	add(VDEV_OBJECT_DEV, "a");
	assert_told("back 0; *new a 2; synced 2; ");
	set("a", "n", false);
	assert_told("change a 3; ");
}

static void a_reload_that_nobody_told_of_is_found(void **state)
{
	(void)state;
	start_with_three();
	lost = true;
	unload();
	load();
	add(VDEV_OBJECT_DEV, "a");
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_told("overrun-enobufs 4; gone 0; *del b 0; *del t 0; *del a 0; "
		    "back 0; *new a 2; synced 2; ");
	assert_mirrored();
}

static void reload_silently(void)
{
	lost = true;
	unload();
	load();
	lost = false;
	add(VDEV_OBJECT_DEV, "c");
}

static void a_reload_between_two_dumps_is_found(void **state)
{
	(void)state;
	add(VDEV_OBJECT_DEV, "a");
	add(VDEV_OBJECT_TYPE, "t");
	kernel.after_dump = reload_silently;
	start();
	assert_string_equal(told, "*new a 2; gone 0; *del a 0; back 0; *new c 2; synced 2; ");
}

static void news_of_another_time_are_passed_over(void **state)
{
	(void)state;
	start_with_three();
	/* What was told of the family that was found already. */
	send_control(CTRL_CMD_NEWFAMILY);
	fake.family--;
	send_control(CTRL_CMD_DELFAMILY);
	fake.family++;
	set("a", "n", false);
	assert_told("change a 5; ");
}

static void an_absent_module_is_an_error_or_waited_for(void **state)
{
	(void)state;
	kernel.absent = true;
	assert_int_equal(vdev_monitor_start(monitor), -ENOENT);
	assert_int_equal(vdev_monitor_error(monitor)->kind, VDEV_ERROR_ABSENT);
	vdev_monitor_set_wait(monitor, true);
	assert_int_equal(vdev_monitor_start(monitor), 0);
	assert_told("gone 0; ");
	load();
	add(VDEV_OBJECT_DEV, "a");
	assert_told("back 0; *new a 2; synced 2; ");
}

static void a_dump_that_is_interrupted_is_tried_again(void **state)
{
	(void)state;
	add(VDEV_OBJECT_DEV, "a");
	kernel.interruptions = 4;
	start();
	assert_string_equal(told, "*new a 2; synced 2; ");
}

static void dumps_that_fail_end_in_an_error_which_can_be_overcome(void **state)
{
	struct pollfd poll_fd = { .events = POLLIN };
	unsigned int calls = 0;
	int err = 0;

	(void)state;
	add(VDEV_OBJECT_DEV, "a");
	kernel.failures = 10;
	kernel.error = ENOMEM;
	assert_int_equal(vdev_monitor_start(monitor), 0);
	poll_fd.fd = vdev_monitor_fd(monitor);
	while (!err && calls++ < 100 && poll(&poll_fd, 1, 5000) > 0)
		err = read_once();
	assert_int_equal(err, -ENOMEM);
	assert_int_equal(calls, 10);
	assert_int_equal(poll(&poll_fd, 1, 5000), 1);
	assert_int_equal(read_once(), 0);
	assert_string_equal(told, "*new a 2; synced 2; ");
}

static void events_lost_while_it_dumps_are_lost_again(void **state)
{
	(void)state;
	start_with_three();
	fake_event_fail(ENOBUFS);
	read_once();
	assert_string_equal(told, "overrun-enobufs 4; ");
	/* The new socket is too small as well. */
	set("a", "n", false);
	assert_told("*change a 5; synced 5; ");
}

static void a_stop_in_the_middle_leaves_nothing_out(void **state)
{
	(void)state;
	start_with_three();
	lost = true;
	set("a", "n", false);
	set("b", "n", false);
	lost = false;
	fake_event_fail(ENOBUFS);
	assert_int_equal(read_once(), 0);
	stop_after = 1;
	poll(&(struct pollfd){ .fd = vdev_monitor_fd(monitor), .events = POLLIN }, 1, 1000);
	assert_int_equal(read_once(), 42);
	assert_string_equal(told, "*change a 5; ");
	assert_told("*change b 6; synced 6; ");
	assert_mirrored();
}

static void a_stop_at_an_event_leaves_nothing_out(void **state)
{
	(void)state;
	start_with_three();
	set("a", "n", false);
	set("b", "n", false);
	stop_after = 1;
	assert_int_equal(read_once(), 42);
	assert_string_equal(told, "change a 5; ");
	assert_told("change b 6; ");
}

static void a_stop_as_the_module_goes_leaves_nothing_out(void **state)
{
	(void)state;
	start_with_three();
	unload();
	stop_after = 2;
	assert_int_equal(read_once(), 42);
	assert_string_equal(told, "gone 0; *del b 0; ");
	assert_told("*del t 0; *del a 0; ");
}

static void the_mirror_has_a_bound(void **state)
{
	(void)state;
	vdev_monitor_set_memory(monitor, 300);
	add(VDEV_OBJECT_DEV, "a");
	add(VDEV_OBJECT_DEV, "b");
	start();
	add(VDEV_OBJECT_DEV, "c");
	add(VDEV_OBJECT_DEV, "d");
	assert_int_equal(read_once(), -ENOSPC);
	assert_int_equal(vdev_monitor_error(monitor)->code, ENOSPC);
	lost = true;
	del("d");
	del("c");
	assert_told("synced 7; ");
}

static void one_call_reads_a_bounded_number(void **state)
{
	unsigned int i, count = 0;
	const char *pos;

	(void)state;
	start_with_three();
	for (i = 0; i < 4097; i++) {
		kernel.generation++;
		send_event(compose(find("a"), 200, kernel.generation, kernel.generation));
	}
	set("a", "n", false);
	assert_int_equal(read_once(), 0);
	assert_string_equal(told, "");
	assert_int_equal(read_once(), 0);
	for (pos = told; (pos = strstr(pos, "change a ")); pos++)
		count++;
	assert_int_equal(count, 1);
}

static void a_group_that_cannot_be_joined_is_tried_again(void **state)
{
	(void)state;
	fake.join_error = ENOMEM;
	add(VDEV_OBJECT_DEV, "a");
	assert_int_equal(vdev_monitor_start(monitor), 0);
	assert_int_equal(read_once(), 0);
	fake.join_error = 0;
	assert_told("*new a 2; synced 2; ");
}

static void answer_without_group(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg *msg = message_new(GENL_ID_CTRL, CTRL_CMD_NEWFAMILY, 0);

	(void)request;
	(void)arg;
	nla_put_u16(msg, CTRL_ATTR_FAMILY_ID, fake.family);
	message_send(msg);
	send_ack(&(struct refusal){ 0 });
}

static void a_module_without_events_is_an_error(void **state)
{
	(void)state;
	fake_reset(answer_without_group, NULL);
	fake.all_requests = 1;
	assert_int_equal(vdev_monitor_start(monitor), -EOPNOTSUPP);
	assert_string_equal(vdev_monitor_error(monitor)->message,
			    "the module does not tell of changes");
	assert_int_equal(vdev_monitor_fd(monitor), -1);
}

static void numbers_have_words(void **state)
{
	(void)state;
	assert_string_equal(vdev_event_name(VDEV_EVENT_SYNCED), "synced");
	assert_null(vdev_event_name(0));
	assert_null(vdev_event_name(VDEV_EVENT_SYNCED + 1));
	assert_string_equal(vdev_loss_name(VDEV_LOSS_BROKEN), "broken");
	assert_null(vdev_loss_name(0));
	assert_null(vdev_loss_name(VDEV_LOSS_BROKEN + 1));
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(what_is_there_comes_first),
		CASE(events_are_told_as_they_come),
		CASE(what_the_snapshot_has_is_not_told_again),
		CASE(an_event_between_two_dumps_is_in_the_second),
		CASE(a_jump_is_a_loss_and_the_difference_is_told),
		CASE(a_full_buffer_is_a_loss),
		CASE(a_loss_of_what_was_undone_is_no_difference),
		CASE(another_endpoint_of_the_same_name_is_two_steps),
		CASE(a_message_that_is_cut_short_is_a_loss),
		CASE(a_message_without_a_name_is_a_loss),
		CASE(an_event_without_a_generation_is_a_loss),
		CASE(an_event_that_comes_twice_is_a_loss),
		CASE(what_contradicts_the_mirror_is_a_loss),
		CASE(another_number_for_the_same_endpoint_is_a_loss),
		CASE(what_others_send_is_passed_over),
		CASE(events_of_a_newer_kernel_count),
		CASE(numbers_that_end_in_zeros_are_skipped),
		CASE(nothing_is_there_at_first),
		CASE(an_empty_dump_bounds_itself_by_the_other),
		CASE(what_enters_the_filter_is_new_and_what_leaves_it_gone),
		CASE(one_kind_can_be_followed_alone),
		CASE(the_module_can_go_and_come_back),
		CASE(a_reload_that_nobody_told_of_is_found),
		CASE(a_reload_between_two_dumps_is_found),
		CASE(news_of_another_time_are_passed_over),
		CASE(an_absent_module_is_an_error_or_waited_for),
		CASE(a_dump_that_is_interrupted_is_tried_again),
		CASE(dumps_that_fail_end_in_an_error_which_can_be_overcome),
		CASE(events_lost_while_it_dumps_are_lost_again),
		CASE(a_stop_in_the_middle_leaves_nothing_out),
		CASE(a_stop_at_an_event_leaves_nothing_out),
		CASE(a_stop_as_the_module_goes_leaves_nothing_out),
		CASE(the_mirror_has_a_bound),
		CASE(one_call_reads_a_bounded_number),
		CASE(a_group_that_cannot_be_joined_is_tried_again),
		CASE(a_module_without_events_is_an_error),
		CASE(numbers_have_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
