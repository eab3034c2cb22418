// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of what a provider is asked to do: which requests are accepted, and that
 * endpoints and providers stay as long as a callback is under way.
 */
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/string.h>

#include "core/change.h"
#include "core/profile.h"
#include "core/request.h"
#include "tests.h"

/**
 * struct asked - how the provider of a test behaves, and what it was asked
 * @held: a callback ends only when this is over
 * @hold: it does
 * @calls: how many have begun
 * @err: what a callback ends with
 * @idle: a callback says that it has done what it has not
 * @name: name of the device that was meant last
 */
struct asked {
	struct completion held;
	bool hold;
	unsigned int calls;
	int err;
	bool idle;
	char name[VDEV_NAME_LEN + 1];
};

static struct asked asked;
static struct vdev_provider *provider;

static const struct vdev_facts offers = {
	.operations = VDEV_OPERATION_CONFIGURE | VDEV_OPERATION_REMOVE,
};

static int ask(const struct vdev_order *order, char *reason, size_t size)
{
	strscpy(asked.name, order->name, sizeof(asked.name));
	WRITE_ONCE(asked.calls, asked.calls + 1);
	if (asked.hold)
		wait_for_completion(&asked.held);
	if (asked.err)
		strscpy(reason, "as the test asks for", size);
	return asked.err;
}

static int create(struct vdev_endpoint *type, void *priv, const struct vdev_order *order,
		  char *reason, size_t size)
{
	const struct vdev_handle handle = { .bus = "kunit", .name = order->name };
	int err = ask(order, reason, size);

	if (err || asked.idle)
		return err;
	return PTR_ERR_OR_ZERO(vdev_device_register(provider, &handle, &offers, NULL));
}

static int configure(struct vdev_endpoint *device, void *priv, const struct vdev_order *order,
		     char *reason, size_t size)
{
	struct vdev_facts facts = offers;
	int err = ask(order, reason, size);

	facts.driver = "configured";
	return err ?: vdev_update(device, &facts);
}

static int remove(struct vdev_endpoint *device, void *priv, const struct vdev_order *order,
		  char *reason, size_t size)
{
	int err = ask(order, reason, size);

	if (!err && !asked.idle)
		vdev_unregister(device);
	return err;
}

static const struct vdev_provider_ops ops = {
	.create = create,
	.configure = configure,
	.remove = remove,
};

static int setup(struct kunit *test)
{
	asked = (struct asked) { };
	init_completion(&asked.held);
	provider = vdev_test_provider(test, "kunit", &ops);
	return 0;
}

static struct vdev_endpoint *add_type(struct kunit *test)
{
	static const struct vdev_facts facts = { .operations = VDEV_OPERATION_CREATE };
	const struct vdev_handle handle = { "kunit", "t", "kunit", "p" };
	struct vdev_endpoint *type;

	type = vdev_type_register(provider, &handle, &facts, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, type);
	return type;
}

static struct vdev_endpoint *add(struct kunit *test)
{
	return vdev_test_device(test, provider, "a", &offers, NULL);
}

/* A request for the device "a", by what is published of the endpoint now. */
static struct vdev_request *prepare(struct kunit *test, struct vdev_endpoint *endpoint, u32 what)
{
	struct vdev_request *request = kunit_kzalloc(test, sizeof(*request), GFP_KERNEL);
	const struct vdev_key key = { .mark = VDEV_IS_ANY, .id = endpoint->id };

	KUNIT_ASSERT_NOT_NULL(test, request);
	KUNIT_ASSERT_PTR_EQ(test, vdev_view_find(&request->view, &key), endpoint);
	request->what = what;
	request->device = (struct vdev_key) { VDEV_IS_DEVICE, 0, { "kunit", "a" } };
	request->order.name = "a";
	return request;
}

static void begin(struct kunit *test, struct vdev_request *request, struct vdev_endpoint *endpoint,
		  int want, const char *words)
{
	struct vdev_reason reason = { };
	int err = vdev_request_begin(request, endpoint, &reason);

	KUNIT_EXPECT_EQ(test, err, want);
	KUNIT_EXPECT_STREQ(test, reason.why, words);
	if (err)
		vdev_view_release(&request->view, endpoint);
}

static int finish(struct vdev_request *request)
{
	int err = vdev_request_run(request);

	vdev_blob_put(request->view.blob);
	return err;
}

/**
 * struct running - a request that another thread runs
 * @work: who does it
 * @request: which
 * @err: what came of it
 */
struct running {
	struct work_struct work;
	struct vdev_request *request;
	int err;
};

static void run_work(struct work_struct *work)
{
	struct running *running = container_of(work, struct running, work);

	running->err = finish(running->request);
}

static bool is_called(const void *calls)
{
	return READ_ONCE(asked.calls) == *(const unsigned int *)calls;
}

/* The callback is under way when this returns. */
static struct running *hang(struct kunit *test, struct vdev_endpoint *endpoint, u32 what)
{
	struct running *running = kunit_kzalloc(test, sizeof(*running), GFP_KERNEL);
	const unsigned int calls = asked.calls + 1;

	KUNIT_ASSERT_NOT_NULL(test, running);
	asked.hold = true;
	running->request = prepare(test, endpoint, what);
	begin(test, running->request, endpoint, 0, "");
	INIT_WORK(&running->work, run_work);
	schedule_work(&running->work);
	KUNIT_ASSERT_TRUE(test, vdev_test_wait(is_called, &calls));
	asked.hold = false;
	return running;
}

static int end_hang(struct running *running)
{
	complete(&asked.held);
	flush_work(&running->work);
	return running->err;
}

static void device_is_created(struct kunit *test)
{
	struct vdev_endpoint *type = add_type(test);
	struct vdev_request *request = prepare(test, type, VDEV_OPERATION_CREATE);

	begin(test, request, type, 0, "");
	KUNIT_EXPECT_EQ(test, vdev_request_run(request), 0);
	KUNIT_EXPECT_STREQ(test, asked.name, "a");
	KUNIT_ASSERT_NOT_NULL(test, vdev_test_find("a"));
	KUNIT_EXPECT_EQ(test, request->view.id, vdev_test_find("a")->id);
	KUNIT_EXPECT_EQ(test, request->view.generation, vdev_generation());
	vdev_blob_put(request->view.blob);
}

static void device_is_configured(struct kunit *test)
{
	struct vdev_endpoint *a = add(test);
	struct vdev_request *request = prepare(test, a, VDEV_OPERATION_CONFIGURE);

	begin(test, request, a, 0, "");
	KUNIT_EXPECT_EQ(test, vdev_request_run(request), 0);
	vdev_expect_string(test, vdev_attr(request->view.blob, VDEV_A_DRIVER), "configured");
	vdev_blob_put(request->view.blob);
}

static void device_is_removed(struct kunit *test)
{
	struct vdev_endpoint *a = add(test);
	struct vdev_request *request = prepare(test, a, VDEV_OPERATION_REMOVE);
	u64 before = vdev_generation();

	begin(test, request, a, 0, "");
	KUNIT_EXPECT_EQ(test, finish(request), 0);
	KUNIT_EXPECT_EQ(test, request->view.generation, before + 1);
	KUNIT_EXPECT_NULL(test, vdev_test_find("a"));
}

static void errors_are_the_provider_s(struct kunit *test)
{
	struct vdev_endpoint *a = add(test);
	static const int errs[] = { -EBUSY, -ENOSPC, 1 };
	struct vdev_request *request;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(errs); i++) {
		asked.err = errs[i];
		request = prepare(test, a, VDEV_OPERATION_REMOVE);
		begin(test, request, a, 0, "");
		KUNIT_EXPECT_EQ(test, finish(request), errs[i] > 0 ? -EIO : errs[i]);
		KUNIT_EXPECT_STREQ(test, request->reason, "as the test asks for");
	}
	KUNIT_EXPECT_PTR_EQ(test, vdev_test_find("a"), a);
}

static void what_is_not_done_is_no_success(struct kunit *test)
{
	struct vdev_endpoint *type = add_type(test), *a;
	struct vdev_request *request;

	asked.idle = true;
	request = prepare(test, type, VDEV_OPERATION_CREATE);
	begin(test, request, type, 0, "");
	KUNIT_EXPECT_EQ(test, finish(request), -ENODEV);
	a = add(test);
	request = prepare(test, a, VDEV_OPERATION_REMOVE);
	begin(test, request, a, 0, "");
	KUNIT_EXPECT_EQ(test, finish(request), -EIO);
	KUNIT_EXPECT_STREQ(test, request->reason, "the provider has not removed the device");
}

static void names_are_busy_or_taken(struct kunit *test)
{
	static const char busy[] = "another request for that device is under way";
	struct vdev_endpoint *type = add_type(test), *a;
	struct running *running = hang(test, type, VDEV_OPERATION_CREATE);

	begin(test, prepare(test, type, VDEV_OPERATION_CREATE), type, -EBUSY, busy);
	KUNIT_EXPECT_EQ(test, end_hang(running), 0);
	begin(test, prepare(test, type, VDEV_OPERATION_CREATE), type, -EEXIST,
	      "a device of that name exists");
	a = vdev_test_find("a");
	KUNIT_ASSERT_NOT_NULL(test, a);
	running = hang(test, a, VDEV_OPERATION_CONFIGURE);
	begin(test, prepare(test, a, VDEV_OPERATION_REMOVE), a, -EBUSY, busy);
	begin(test, prepare(test, type, VDEV_OPERATION_CREATE), type, -EBUSY, busy);
	KUNIT_EXPECT_EQ(test, end_hang(running), 0);
}

static void change_is_validated_again_or_stale(struct kunit *test)
{
	static const struct vdev_facts facts = { .driver = "other" };
	struct vdev_endpoint *a = add(test);
	struct vdev_request *request = prepare(test, a, VDEV_OPERATION_REMOVE);
	struct vdev_request *expects = prepare(test, a, VDEV_OPERATION_REMOVE);

	vdev_update(a, &facts);
	begin(test, request, a, -EAGAIN, "");
	expects->expected = true;
	begin(test, expects, a, -ESTALE, "the target has changed");
}

/* The profile is in the list, and what it changes is prepared, not visible. */
static void pending_change_is_one(struct kunit *test)
{
	static const struct vdev_facts facts = { .driver = "e" };
	struct vdev_endpoint *a = vdev_test_device(test, provider, "a", &facts, NULL);
	struct vdev_profile *profile = vdev_test_profile(test, "p", "e");
	const struct vdev_change change = { .new = profile };
	struct vdev_request *request = prepare(test, a, VDEV_OPERATION_REMOVE);
	struct vdev_request *made = prepare(test, a, VDEV_OPERATION_CONFIGURE);
	struct vdev_request *tried = prepare(test, a, VDEV_OPERATION_CONFIGURE);
	int err;

	tried->order.dry_run = true;
	request->expected = true;
	down_write(&vdev_profiles_sem);
	err = vdev_rebuild_prepare_locked(&change);
	KUNIT_EXPECT_EQ(test, err, 0);
	begin(test, request, a, -ESTALE, "the target has changed");
	/* No device is made of what is about to change; all else goes on. */
	begin(test, made, a, -EAGAIN, "");
	begin(test, tried, a, 0, "");
	vdev_rebuild_finish_locked(-EINTR);
	up_write(&vdev_profiles_sem);
	KUNIT_EXPECT_EQ(test, finish(tried), 0);
	vdev_profile_put(profile);
}

static void unregistering_waits_for_a_callback(struct kunit *test)
{
	struct vdev_endpoint *a = add(test);
	struct running *running = hang(test, a, VDEV_OPERATION_CONFIGURE);
	struct vdev_test_end *end = vdev_test_begin_end(test, a);

	while (vdev_test_find("a"))
		usleep_range(2000, 4000);
	msleep(50);
	KUNIT_EXPECT_FALSE(test, READ_ONCE(end->done));
	KUNIT_EXPECT_EQ(test, end_hang(running), -ENODEV);
	vdev_test_expect_end(test, end);
}

static void provider_waits_for_a_callback(struct kunit *test)
{
	struct running *running = hang(test, add_type(test), VDEV_OPERATION_CREATE);

	asked.idle = true;
	complete(&asked.held);
	vdev_test_drop_provider(test, provider);
	/* What the callback still had to do it has done. */
	flush_work(&running->work);
	KUNIT_EXPECT_EQ(test, running->err, -ENODEV);
}

static void provider_has_so_many(struct kunit *test)
{
	struct vdev_endpoint *type = add_type(test);
	struct vdev_request *requests[VDEV_ORDERS_MAX], *more;
	char words[64], (*names)[8];
	unsigned int i;

	names = kunit_kcalloc(test, VDEV_ORDERS_MAX, sizeof(*names), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, names);
	for (i = 0; i < VDEV_ORDERS_MAX; i++) {
		snprintf(names[i], sizeof(*names), "n%u", i);
		requests[i] = prepare(test, type, VDEV_OPERATION_CREATE);
		requests[i]->device.handle.name = names[i];
		requests[i]->order.name = names[i];
		begin(test, requests[i], type, 0, "");
	}
	more = prepare(test, type, VDEV_OPERATION_CREATE);
	snprintf(words, sizeof(words), "the provider has %d requests under way", VDEV_ORDERS_MAX);
	begin(test, more, type, -EBUSY, words);
	for (i = 0; i < VDEV_ORDERS_MAX; i++)
		KUNIT_EXPECT_EQ(test, finish(requests[i]), 0);
	more = prepare(test, type, VDEV_OPERATION_CREATE);
	begin(test, more, type, 0, "");
	KUNIT_EXPECT_EQ(test, finish(more), 0);
}

static void what_has_no_callback_is_not_offered(struct kunit *test)
{
	const struct vdev_handle handle = { .bus = "kunit", .name = "a" };
	static const struct vdev_provider_ops none;
	struct vdev_provider *other = vdev_test_provider(test, "other", &none);
	struct vdev_reason reason = { };

	KUNIT_EXPECT_EQ(test, PTR_ERR(vdev_device_register(other, &handle, &offers, NULL)),
			-EINVAL);
	KUNIT_EXPECT_FALSE(test, vdev_operations_have_callbacks(&reason, &none,
								offers.operations));
	KUNIT_EXPECT_STREQ(test, reason.why, "operations: 0x6 without a callback");
}

static struct kunit_case cases[] = {
	KUNIT_CASE(device_is_created),
	KUNIT_CASE(device_is_configured),
	KUNIT_CASE(device_is_removed),
	KUNIT_CASE(errors_are_the_provider_s),
	KUNIT_CASE(what_is_not_done_is_no_success),
	KUNIT_CASE(names_are_busy_or_taken),
	KUNIT_CASE(change_is_validated_again_or_stale),
	KUNIT_CASE(pending_change_is_one),
	KUNIT_CASE(unregistering_waits_for_a_callback),
	KUNIT_CASE(provider_waits_for_a_callback),
	KUNIT_CASE(provider_has_so_many),
	KUNIT_CASE(what_has_no_callback_is_not_offered),
	{ }
};

struct kunit_suite vdev_request_suite = {
	.name = "vdev-request",
	.init = setup,
	.test_cases = cases,
};
