// SPDX-License-Identifier: GPL-2.0
/*
 * A monitor before a small kernel of its own, which reports what it has in
 * dumps and in events, and loses events at will. What the monitor reports is
 * written down as text: "*" marks what was found by a dump.
 */
#include "model/object.h"
#include "monitor/mirror.h"
#include "followed.h"
#include "test.h"

struct kernel kernel;
bool lost;
struct vdev_monitor *monitor;
struct vdev_filter *filter;
char reported[REPORTED_SIZE];
unsigned int stop_after;
int stop_with;
uint32_t reported_instance;

struct nl_msg *kernel_compose(const struct endpoint *endpoint, uint8_t cmd,
			      uint64_t generation, uint64_t snapshot)
{
	bool type = endpoint->kind == VDEV_OBJECT_TYPE;
	struct nl_msg *msg = message_new(fake.family, cmd, NLM_F_MULTI);
	struct nlattr *record, *ident;

	nla_put_u32(msg, VDEV_A_ID, endpoint->id);
	nla_put_u32(msg, VDEV_A_ENDPOINT, type ? VDEV_ENDPOINT_KIND_TYPE :
		    VDEV_ENDPOINT_KIND_DEVICE);
	nla_put_u32(msg, VDEV_A_INSTANCE, kernel.instance);
	message_uint(msg, VDEV_A_GENERATION, generation);
	message_uint(msg, VDEV_A_SNAPSHOT, snapshot);
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

void kernel_event(struct nl_msg *msg)
{
	fake_event(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, 0);
	nlmsg_free(msg);
}

/* The next one of a dump, which goes on by number whatever came or went. */
static const struct endpoint *next_endpoint(enum vdev_object_kind kind, uint32_t id)
{
	unsigned int i;

	for (i = 0; i < kernel.num; i++) {
		const struct endpoint *endpoint = &kernel.endpoints[i];

		if (endpoint->id > id && endpoint->kind == kind &&
		    (!kernel.filtered || endpoint->migratable))
			return endpoint;
	}
	return NULL;
}

static void storm(void)
{
	if (kernel.storms)
		kernel.storm();
}

static uint16_t send_endpoints(enum vdev_object_kind kind, uint8_t cmd)
{
	uint64_t first = kernel.generation;
	const struct endpoint *endpoint;
	struct nl_msg *msg;
	uint16_t flags = 0;
	uint32_t id = 0;

	while ((endpoint = next_endpoint(kind, id))) {
		id = endpoint->id;
		msg = kernel_compose(endpoint, cmd, endpoint->generation, kernel.generation);
		flags = kernel.generation != first ? NLM_F_DUMP_INTR : 0;
		nlmsg_hdr(msg)->nlmsg_flags |= flags;
		message_send(msg);
		storm();
	}
	storm();
	return kernel.generation != first ? NLM_F_DUMP_INTR : 0;
}

static void answer_dump(uint8_t cmd)
{
	void (*after)(void) = kernel.after_dump;
	uint16_t flags;

	if (kernel.failures) {
		kernel.failures--;
		send_done(kernel.error, 0, NULL);
		return;
	}
	flags = send_endpoints(cmd == VDEV_CMD_TYPE_GET ? VDEV_OBJECT_TYPE : VDEV_OBJECT_DEV, cmd);
	send_done(0, flags, NULL);
	if (kernel.storms)
		kernel.storms--;
	kernel.after_dump = NULL;
	if (after)
		after();
}

static bool waiting;

static void answer_now(const struct nlmsghdr *request)
{
	const struct genlmsghdr *genl = NLMSG_DATA(request);

	if (request->nlmsg_type == fake.family)
		answer_dump(genl->cmd);
	else if (request->nlmsg_type != GENL_ID_CTRL || kernel.absent)
		send_ack(&(struct reason){ .error = ENOENT });
	else
		fake_family();
}

static void kernel_answer(const struct nlmsghdr *request, void *arg)
{
	(void)arg;
	waiting = kernel.slow;
	if (!waiting)
		answer_now(request);
}

bool kernel_answer_late(void)
{
	bool had = waiting;

	waiting = false;
	if (had)
		answer_now(fake_request());
	return had;
}

struct endpoint *kernel_find(const char *name)
{
	unsigned int i;

	for (i = 0; i < kernel.num; i++)
		if (strcmp(kernel.endpoints[i].name, name) == 0)
			return &kernel.endpoints[i];
	fail_msg("there is no %s", name);
	return NULL;
}

void kernel_notify(const struct endpoint *endpoint, uint8_t dev_cmd)
{
	uint8_t cmd = endpoint->kind == VDEV_OBJECT_TYPE ?
		dev_cmd + VDEV_CMD_TYPE_CREATE_NTF - VDEV_CMD_DEV_CREATE_NTF : dev_cmd;

	if (!lost)
		kernel_event(kernel_compose(endpoint, cmd, kernel.generation, kernel.generation));
}

void kernel_add(enum vdev_object_kind kind, const char *name)
{
	struct endpoint *endpoint = &kernel.endpoints[kernel.num++];

	*endpoint = (struct endpoint){
		.kind = kind,
		.id = ++kernel.last_id,
		.generation = ++kernel.generation,
		.model = "m",
	};
	snprintf(endpoint->name, sizeof(endpoint->name), "%s", name);
	kernel_notify(endpoint, VDEV_CMD_DEV_CREATE_NTF);
}

void kernel_set(const char *name, const char *model, bool migratable)
{
	struct endpoint *endpoint = kernel_find(name);

	endpoint->generation = ++kernel.generation;
	endpoint->model = model;
	endpoint->migratable = migratable;
	kernel_notify(endpoint, VDEV_CMD_DEV_CHANGE_NTF);
}

void kernel_del(const char *name)
{
	struct endpoint *endpoint = kernel_find(name);

	kernel.generation++;
	kernel_notify(endpoint, VDEV_CMD_DEV_DELETE_NTF);
	memmove(endpoint, endpoint + 1,
		(char *)&kernel.endpoints[kernel.num] - (char *)(endpoint + 1));
	kernel.num--;
}

void kernel_profile(uint8_t cmd, const char *name)
{
	struct nl_msg *msg = message_new(fake.family, cmd, 0);

	kernel.generation++;
	nla_put_string(msg, VDEV_A_PROFILE_NAME, name);
	nla_put_u32(msg, VDEV_A_PROFILE_INSTANCE, kernel.instance);
	message_uint(msg, VDEV_A_PROFILE_GENERATION, kernel.generation);
	message_uint(msg, VDEV_A_PROFILE_SNAPSHOT, kernel.generation);
	if (lost)
		nlmsg_free(msg);
	else
		kernel_event(msg);
}

void kernel_control(uint8_t cmd)
{
	struct nl_msg *msg = message_new(GENL_ID_CTRL, cmd, 0);

	nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, VDEV_FAMILY_NAME);
	nla_put_u16(msg, CTRL_ATTR_FAMILY_ID, fake.family);
	kernel_event(msg);
}

void kernel_unload(void)
{
	if (!lost)
		kernel_control(CTRL_CMD_DELFAMILY);
	kernel.absent = true;
	kernel.num = 0;
}

void kernel_load(void)
{
	kernel.absent = false;
	kernel.generation = 1;
	kernel.instance++;
	kernel.last_id = 0;
	fake.family++;
	if (!lost)
		kernel_control(CTRL_CMD_NEWFAMILY);
}

static int write_down(const struct vdev_event *event, void *arg)
{
	const struct vdev_object *object = event->after ? event->after : event->before;
	size_t len = strlen(reported);

	(void)arg;
	if (event->instance)
		reported_instance = event->instance;
	assert_int_equal(!event->instance, !event->generation);
	assert_int_equal(!event->profile, event->type < VDEV_EVENT_PROFILE_NEW);
	assert_int_equal(!event->before, event->type != VDEV_EVENT_DEL &&
			 event->type != VDEV_EVENT_CHANGE);
	len += (size_t)snprintf(reported + len, sizeof(reported) - len, "%s%s%s",
				event->resync ? "*" : "", vdev_event_name(event->type),
				event->loss ? "-" : "");
	if (event->loss)
		len += (size_t)snprintf(reported + len, sizeof(reported) - len, "%s",
					vdev_loss_name(event->loss));
	if (object)
		len += (size_t)snprintf(reported + len, sizeof(reported) - len, " %s",
					vdev_object_name(object));
	if (event->profile)
		len += (size_t)snprintf(reported + len, sizeof(reported) - len, " %s",
					vdev_profile_name(event->profile));
	len += (size_t)snprintf(reported + len, sizeof(reported) - len, " %u; ",
				(unsigned int)event->generation);
	assert_true(len < sizeof(reported));
	return stop_after && !--stop_after ? stop_with : 0;
}

int read_once(void)
{
	reported[0] = '\0';
	return vdev_monitor_read(monitor, write_down, NULL);
}

/* Read until no pause is under way, which is never longer than half a second. */
void read_all(void)
{
	struct pollfd poll_fd = { .fd = vdev_monitor_fd(monitor), .events = POLLIN };

	reported[0] = '\0';
	do {
		assert_int_equal(vdev_monitor_read(monitor, write_down, NULL), 0);
	} while (poll(&poll_fd, 1, 100) > 0);
}

void assert_reported(const char *expected)
{
	read_all();
	assert_string_equal(reported, expected);
}

static unsigned int seen;

static int compare(const struct vdev_object *object, void *arg)
{
	struct nl_msg *msg;
	const struct endpoint *endpoint = kernel_find(vdev_object_name(object));
	uint8_t cmd = endpoint->kind == VDEV_OBJECT_TYPE ? VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET;

	(void)arg;
	msg = kernel_compose(endpoint, cmd, endpoint->generation, 1);
	assert_true(vdev_mirror_same(object->msg, nlmsg_hdr(msg)));
	nlmsg_free(msg);
	seen++;
	return 0;
}

/* The mirror is what the kernel has. */
void assert_mirrored(void)
{
	seen = 0;
	assert_int_equal(vdev_monitor_each(monitor, compare, NULL), 0);
	assert_int_equal(seen, kernel.num);
}

int monitor_setup(void **state)
{
	(void)state;
	memset(&kernel, 0, sizeof(kernel));
	kernel.generation = 1;
	kernel.instance = MESSAGE_INSTANCE;
	lost = false;
	stop_after = 0;
	stop_with = 42;
	filter = NULL;
	fake_reset(kernel_answer, NULL);
	fake.all_requests = 1;
	monitor = vdev_monitor_new();
	return monitor ? 0 : -1;
}

int monitor_teardown(void **state)
{
	(void)state;
	vdev_monitor_free(monitor);
	vdev_monitor_free(NULL);
	vdev_filter_free(filter);
	fake_reset(NULL, NULL);
	return 0;
}

void monitor_start(void)
{
	assert_int_equal(vdev_monitor_start(monitor), 0);
	read_all();
	assert_mirrored();
}

/* Two devices and a type, followed. */
void monitor_start_with_three(void)
{
	kernel_add(VDEV_OBJECT_DEV, "a");
	kernel_add(VDEV_OBJECT_DEV, "b");
	kernel_add(VDEV_OBJECT_TYPE, "t");
	monitor_start();
	assert_string_equal(reported, "*new a 2; *new b 3; *new t 4; synced 4; ");
}
