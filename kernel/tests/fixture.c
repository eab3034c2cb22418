// SPDX-License-Identifier: GPL-2.0
/*
 * What suites make of the registry that is live, and what goes with the test:
 * providers, devices, and a thread that unregisters one.
 */
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/delay.h>

#include "tests.h"

/* Nothing that is waited for takes as long, on the slowest machine. */
#define PATIENCE	(30 * HZ)

static void drop_provider(void *provider)
{
	vdev_provider_unregister(provider);
}

struct vdev_provider *vdev_test_provider(struct kunit *test, const char *name,
					 const struct vdev_provider_ops *ops)
{
	struct vdev_provider *provider = vdev_provider_register(name, ops);

	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, provider);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, drop_provider,
						  provider));
	return provider;
}

/* Before the test is over. */
void vdev_test_drop_provider(struct kunit *test, struct vdev_provider *provider)
{
	kunit_release_action(test, drop_provider, provider);
}

struct vdev_endpoint *vdev_test_device(struct kunit *test,
				       struct vdev_provider *provider,
				       const char *name,
				       const struct vdev_facts *facts,
				       void *priv)
{
	const struct vdev_handle handle = { .bus = "kunit", .name = name };
	struct vdev_endpoint *endpoint;

	endpoint = vdev_device_register(provider, &handle, facts, priv);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, endpoint);
	return endpoint;
}

/* Who has the name now; only to be compared, unless nobody unregisters it. */
struct vdev_endpoint *vdev_test_find(const char *name)
{
	const struct vdev_key key = { VDEV_IS_DEVICE, 0, { "kunit", name } };
	struct vdev_endpoint *endpoint;

	rcu_read_lock();
	endpoint = vdev_find_rcu(&key);
	rcu_read_unlock();
	return endpoint;
}

/* False if it did not come true in time. */
bool vdev_test_wait(bool (*condition)(const void *arg), const void *arg)
{
	unsigned long end = jiffies + PATIENCE;

	while (!condition(arg)) {
		if (time_after(jiffies, end))
			return false;
		usleep_range(2000, 4000);
	}
	return true;
}

static void end_work(struct work_struct *work)
{
	struct vdev_test_end *end = container_of(work, struct vdev_test_end,
						 work);

	vdev_unregister(end->endpoint);
	WRITE_ONCE(end->done, true);
}

/* Unregister an endpoint, while the test goes on. */
struct vdev_test_end *vdev_test_begin_end(struct kunit *test,
					  struct vdev_endpoint *endpoint)
{
	struct vdev_test_end *end;

	end = kunit_kzalloc(test, sizeof(*end), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, end);
	end->endpoint = endpoint;
	INIT_WORK(&end->work, end_work);
	schedule_work(&end->work);
	return end;
}

/* It ends now, and not before. */
void vdev_test_expect_end(struct kunit *test, struct vdev_test_end *end)
{
	flush_work(&end->work);
	KUNIT_EXPECT_TRUE(test, READ_ONCE(end->done));
}
