// SPDX-License-Identifier: GPL-2.0
/*
 * Every allocation fails once, from a new socket to JSON and in a monitor: the call
 * says so, nothing is used that is not there, and nothing leaks.
 */
#include <poll.h>

#include "test.h"

#include "print/json_object.h"
#include "scarce.h"

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

/* By what it reports of itself, and by a token with something unknown in it. */
static int declare(const struct vdev_object *object, struct vdev_declaration **declaration)
{
	static const char *const unknown[] = { "record.a", "record.b", "record.c" };
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
	draft.unknown = unknown;
	draft.num_unknown = TEST_ARRAY_SIZE(unknown);
	err = vdev_declaration_new(&draft, sizeof(draft), &other, NULL);
	vdev_declaration_free(other);
	if (err)
		return err;
	/* A record with an attribute 77, in the middle of the others, and a model by rule 77. */
	err = vdev_declaration_parse("vdev1.CAAGAAMAAAAgAAiABQBNAHgAAAAUAAKABgABAG0AAAAIAAIATQAAAAgACQABAAAAHsXRaw", &other, NULL);
	vdev_declaration_free(other);
	return err;
}

/* Two sources that contend for one target. */
static int plan(void)
{
	static const struct vdev_ident api = { .value = "vdpa-net" };
	const struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .migration = VDEV_MIGRATION_SUPPORTED, .device_api = &api,
	};
	const struct vdev_declaration *sources[2];
	struct vdev_declaration *declaration;
	struct vdev_plan *plan = NULL;
	struct vdev_error error = { 0 };
	int err = vdev_declaration_new(&draft, sizeof(draft), &declaration, NULL);

	if (err)
		return err;
	sources[0] = declaration;
	sources[1] = declaration;
	err = vdev_plan_new(sources, 2, sources, 1, NULL, &plan, &error);
	assert_string_equal(error.message, err ? "out of memory" : "");
	assert_int_equal(!plan, !!err);
	if (plan)
		assert_int_equal(vdev_plan_assignment(plan, 1)->num_sources, 2);
	vdev_plan_free(plan);
	vdev_declaration_free(declaration);
	return err;
}

/* A source that is too good for its target. */
static int matrix(const struct vdev_declaration *declaration)
{
	static const struct vdev_ident api = { .value = "vdpa-net" };
	const struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .migration = VDEV_MIGRATION_SUPPORTED, .device_api = &api,
	};
	struct vdev_document *documents[2] = { vdev_document_new(), vdev_document_new() };
	struct vdev_declaration *other = NULL;
	struct vdev_matrix *made = NULL;
	int err = documents[0] && documents[1] ? 0 : -ENOMEM;

	if (!err)
		err = vdev_declaration_new(&draft, sizeof(draft), &other, NULL);
	if (!err)
		err = vdev_document_add(documents[0], NULL, declaration);
	if (!err)
		err = vdev_document_add(documents[1], NULL, other);
	if (!err)
		err = vdev_matrix_new((const struct vdev_document *const *)documents, 2,
				      (const struct vdev_document *const *)documents, 2, &made);
	assert_int_equal(!made, !!err);
	if (made)
		assert_true(vdev_matrix_num_obstacles(made));
	vdev_matrix_free(made);
	vdev_declaration_free(other);
	vdev_document_free(documents[0]);
	vdev_document_free(documents[1]);
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

	if (sock && filter)
		err = vdev_filter_set_bus(filter, "sim");
	if (!err)
		err = vdev_dev_dump(sock, filter, copy, &dumped);
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
	if (!err)
		err = plan();
	if (!err)
		err = matrix(declaration);
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
	fail_json();
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

	followed->news += event->type == VDEV_EVENT_NEW;
	followed->changes += event->type == VDEV_EVENT_CHANGE;
	followed->synced |= event->type == VDEV_EVENT_SYNCED;
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

/* An event, and the mirror. Returns whether all allocations were there. */
static bool follow_lists(struct vdev_monitor *monitor)
{
	unsigned int changes = 0;
	struct vdev_object **objects;
	struct vdev_event **events;
	size_t i, num;
	int err;

	send_change();
	err = vdev_event_list(monitor, &events, &num);
	for (i = 0; i < num; i++)
		changes += events[i]->type == VDEV_EVENT_CHANGE;
	vdev_event_list_free(events, num);
	if (!err)
		assert_int_equal(changes, 1);
	else
		assert_int_equal(err, -ENOMEM);
	err = err ? err : vdev_monitor_list(monitor, &objects, &num);
	if (!err)
		assert_int_equal(num, 1);
	else
		assert_int_equal(vdev_monitor_error(monitor)->code, ENOMEM);
	if (!err)
		vdev_object_list_free(objects, num);
	return !err && countdown;
}

static void a_monitor_with_lists_may_lack_memory(void **state)
{
	struct followed followed = { 0 };
	struct vdev_monitor *monitor;
	unsigned int number = 0;
	bool whole;

	(void)state;
	do {
		fake_reset(answer, NULL);
		monitor = vdev_monitor_new();
		assert_int_equal(vdev_monitor_start(monitor), 0);
		catch_up(monitor, &followed);
		countdown = ++number;
		whole = follow_lists(monitor);
		countdown = 0;
		vdev_monitor_free(monitor);
	} while (!whole);
	assert_true(number > 5);
	fake_reset(NULL, NULL);
}

static void what_is_not_known_may_lack_memory(void **state)
{
	static const char text[] = "{\"top\": 1, \"format\": \"vdev\", \"format-version\": 1, "
		"\"more\": 2, \"endpoints\": []}";
	struct vdev_document *document;
	struct vdev_unknown **unknown;
	unsigned int number = 0;
	size_t num;
	int err;

	(void)state;
	assert_int_equal(vdev_document_parse(text, strlen(text), &document, NULL), 0);
	do {
		countdown = ++number;
		err = vdev_unknown_list(document, &unknown, &num);
		countdown = 0;
		assert_int_equal(err, num ? 0 : -ENOMEM);
		assert_int_equal(!unknown, !!err);
		vdev_unknown_list_free(unknown, num);
	} while (err);
	assert_int_equal(number, 4);
	vdev_document_free(document);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_may_fail),
		cmocka_unit_test(a_monitor_misses_nothing_for_want_of_memory),
		cmocka_unit_test(a_monitor_with_lists_may_lack_memory),
		cmocka_unit_test(what_is_not_known_may_lack_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
