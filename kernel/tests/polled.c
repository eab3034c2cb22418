// SPDX-License-Identifier: GPL-2.0
/*
 * Devices that are polled, for the suites of the poller: how often, and what
 * comes of it, is up to the test. The interval is that of the core, set as root
 * would do it.
 */
#include <linux/delay.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/moduleparam.h>

#include "exports.h"
#include "tests.h"

static int poll(struct vdev_endpoint *endpoint, void *priv)
{
	struct vdev_polled *polled = priv;
	u64 now = ktime_get_ns();

	if (polled->polls)
		polled->gap = min(polled->gap, now - polled->last);
	polled->last = now;
	WRITE_ONCE(polled->polls, polled->polls + 1);
	if (READ_ONCE(polled->hold))
		wait_for_completion(&polled->held);
	WRITE_ONCE(polled->ended, polled->ended + 1);
	return READ_ONCE(polled->err);
}

const struct vdev_provider_ops vdev_test_poll_ops = {
	.owner = THIS_MODULE,
	.poll = poll,
};

static void release(struct work_struct *work)
{
	struct vdev_polled *polled = container_of(to_delayed_work(work),
						  struct vdev_polled, release);

	WRITE_ONCE(polled->hold, false);
	complete_all(&polled->held);
}

static void stop(void *polled)
{
	flush_delayed_work(&((struct vdev_polled *)polled)->release);
}

/* To be made before its provider: so that is unregistered before this goes. */
struct vdev_polled *vdev_test_polled(struct kunit *test)
{
	struct vdev_polled *polled;

	polled = kunit_kzalloc(test, sizeof(*polled), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, polled);
	polled->gap = U64_MAX;
	init_completion(&polled->held);
	INIT_DELAYED_WORK(&polled->release, release);
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, stop, polled));
	return polled;
}

/* The provider of what is polled in intervals of VDEV_TEST_INTERVAL. */
struct vdev_provider *vdev_test_poll_provider(struct kunit *test, struct vdev_polled **polled)
{
	vdev_test_set_interval(test, VDEV_TEST_INTERVAL);
	*polled = vdev_test_polled(test);
	return vdev_test_provider(test, "kunit", &vdev_test_poll_ops);
}

/* From now on a poll does not end. */
void vdev_test_hold(struct vdev_polled *polled)
{
	WRITE_ONCE(polled->hold, true);
}

/* It does, so many milliseconds later. */
void vdev_test_release(struct vdev_polled *polled, unsigned int ms)
{
	schedule_delayed_work(&polled->release, msecs_to_jiffies(ms));
}

struct wanted {
	const struct vdev_polled *polled;
	unsigned int polls;
};

static bool has_polls(const void *arg)
{
	const struct wanted *wanted = arg;

	return READ_ONCE(wanted->polled->polls) >= wanted->polls;
}

/* Until so many polls have begun; false if they do not. */
bool vdev_test_wait_polls(struct vdev_polled *polled, unsigned int polls)
{
	const struct wanted wanted = { polled, polls };

	return vdev_test_wait(has_polls, &wanted);
}

static const struct kernel_param *find_param(const char *name)
{
	const struct module *core = vdev_test_core();
	unsigned int i;

	for (i = 0; i < core->num_kp; i++) {
		if (!strcmp(core->kp[i].name, name))
			return &core->kp[i];
	}
	return NULL;
}

static int set_param(const char *text)
{
	const struct kernel_param *param = find_param("poll_ms");
	int err;

	if (!param)
		return -ENOENT;
	kernel_param_lock(vdev_test_core());
	err = param->ops->set(text, param);
	kernel_param_unlock(vdev_test_core());
	return err;
}

static void reset_interval(void *unused)
{
	set_param("1000");
}

/* Until the test is over. */
void vdev_test_set_interval(struct kunit *test, unsigned int ms)
{
	char text[12];

	snprintf(text, sizeof(text), "%u", ms);
	KUNIT_ASSERT_EQ(test, 0, set_param(text));
	KUNIT_ASSERT_EQ(test, 0,
			kunit_add_action_or_reset(test, reset_interval, NULL));
}

/* Never for less, as msleep() does on a machine that was held up. */
void vdev_test_sleep(unsigned int intervals)
{
	unsigned long us = intervals * VDEV_TEST_INTERVAL * USEC_PER_MSEC;

	usleep_range(us, us + USEC_PER_MSEC);
}
