// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of how endpoints follow a change of the profiles: all of them or none,
 * what is killed meanwhile, and what is unregistered.
 */
#include <linux/err.h>
#include <linux/sched/signal.h>
#include <linux/signal.h>

#include "core/change.h"
#include "core/profile.h"
#include "tests.h"

struct fixture {
	struct vdev_provider *provider;
	struct vdev_endpoint *a;
	struct vdev_endpoint *b;
	struct vdev_subscriber *subscriber;
};

static const struct vdev_facts facts = { .driver = "rebuilt" };
static const struct vdev_facts other = { .driver = "other" };
static const struct vdev_provider_ops bridge_ops = { .bridge = true };

static int setup(struct kunit *test)
{
	struct fixture *fixture;

	fixture = kunit_kzalloc(test, sizeof(*fixture), GFP_KERNEL);
	if (!fixture)
		return -ENOMEM;
	test->priv = fixture;
	fixture->provider = vdev_test_provider(test, "kunit", NULL);
	fixture->a = vdev_test_device(test, fixture->provider, "a", &facts,
				      NULL);
	fixture->b = vdev_test_device(test, fixture->provider, "b", &facts,
				      NULL);
	vdev_test_device(test, fixture->provider, "c", &other, NULL);
	fixture->subscriber = vdev_test_subscribe(test);
	return 0;
}

/* The next event is a change of the endpoint, which has that profile now. */
static void expect_profile(struct kunit *test,
			   const struct vdev_endpoint *endpoint,
			   const char *profile)
{
	struct fixture *fixture = test->priv;
	struct vdev_heard heard;

	heard = vdev_hear_event(test, fixture->subscriber,
				VDEV_CMD_DEV_CHANGE_NTF,
				vdev_endpoint_id(endpoint));
	KUNIT_EXPECT_STREQ(test, heard.profile, profile);
}

static void expect_silence(struct kunit *test)
{
	struct fixture *fixture = test->priv;

	vdev_expect_silence(test, fixture->subscriber);
}

static void be_killed(void)
{
	allow_signal(SIGKILL);
	send_sig(SIGKILL, current, 1);
}

static void be_alive(void)
{
	flush_signals(current);
	disallow_signal(SIGKILL);
}

static bool is_set(const char *name)
{
	u64 unused;
	struct vdev_profile *profile = vdev_profile_get(name, &unused);

	vdev_profile_put(profile);
	return profile;
}

static void who_is_killed_sets_nothing(struct kunit *test)
{
	struct vdev_profile_change change;
	struct vdev_profile *profile = vdev_test_profile(test, "p", "rebuilt");
	struct fixture *fixture = test->priv;
	u64 before = vdev_generation();
	int err;

	be_killed();
	err = vdev_profile_set(profile, false, &change);
	be_alive();
	KUNIT_EXPECT_EQ(test, err, -EINTR);
	KUNIT_EXPECT_FALSE(test, is_set("p"));
	KUNIT_EXPECT_EQ(test, vdev_generation(), before);
	expect_silence(test);
	vdev_profile_put(profile);

	/* And nothing of it is left. */
	vdev_test_set_profile(test, "q", "rebuilt");
	expect_profile(test, fixture->a, "q");
	expect_profile(test, fixture->b, "q");
	expect_silence(test);
}

static void who_is_killed_deletes_nothing(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	u64 before;
	int err;

	vdev_test_set_profile(test, "p", "rebuilt");
	expect_profile(test, fixture->a, "p");
	expect_profile(test, fixture->b, "p");
	before = vdev_generation();
	be_killed();
	err = vdev_test_del_profile("p");
	be_alive();
	KUNIT_EXPECT_EQ(test, err, -EINTR);
	KUNIT_EXPECT_TRUE(test, is_set("p"));
	KUNIT_EXPECT_EQ(test, vdev_generation(), before);
	expect_silence(test);
	KUNIT_EXPECT_EQ(test, 0, vdev_test_del_profile("p"));
	expect_profile(test, fixture->a, "");
	expect_profile(test, fixture->b, "");
}

static void who_is_killed_replaces_nothing(struct kunit *test)
{
	struct vdev_profile_change change;
	struct vdev_profile *profile = vdev_test_profile(test, "p", "other");
	struct fixture *fixture = test->priv;
	int err;

	vdev_test_set_profile(test, "p", "rebuilt");
	expect_profile(test, fixture->a, "p");
	expect_profile(test, fixture->b, "p");
	be_killed();
	err = vdev_profile_set(profile, true, &change);
	be_alive();
	KUNIT_EXPECT_EQ(test, err, -EINTR);
	expect_silence(test);
	vdev_profile_put(profile);
}

/* The event of the profile is one before those of the endpoints that follow it. */
static void change_of_a_profile_is_an_event(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	u64 before = vdev_generation();
	struct vdev_profile_change change;
	struct vdev_heard heard;

	change = vdev_test_set_profile(test, "p", "rebuilt");
	KUNIT_EXPECT_EQ(test, change.generation, before + 1);
	KUNIT_EXPECT_EQ(test, change.changed, 2);
	KUNIT_EXPECT_EQ(test, change.snapshot, before + 3);
	expect_profile(test, fixture->a, "p");
	heard = vdev_heard_profile(fixture->subscriber);
	KUNIT_EXPECT_EQ(test, heard.cmd, VDEV_CMD_PROFILE_CREATE_NTF);
	KUNIT_EXPECT_EQ(test, heard.generation, before + 1);
	KUNIT_EXPECT_STREQ(test, heard.profile, "p");
	expect_profile(test, fixture->b, "p");
	KUNIT_EXPECT_EQ(test, 0, vdev_test_del_profile("p"));
	expect_profile(test, fixture->a, "");
	heard = vdev_heard_profile(fixture->subscriber);
	KUNIT_EXPECT_EQ(test, heard.cmd, VDEV_CMD_PROFILE_DELETE_NTF);
	KUNIT_EXPECT_EQ(test, heard.generation, before + 4);
	expect_profile(test, fixture->b, "");
}

/* Who read it before another took its place takes out nothing. */
static void profile_that_was_replaced_is_not_deleted(struct kunit *test)
{
	struct vdev_profile *other = vdev_test_profile(test, "p", "somebody");
	struct vdev_profile_change change;
	struct vdev_profile *profile;
	u64 unused;

	vdev_test_set_profile(test, "p", "nobody");
	profile = vdev_profile_get("p", &unused);
	KUNIT_EXPECT_EQ(test, 0, vdev_profile_set(other, true, &change));
	vdev_profile_put(change.profile);
	KUNIT_EXPECT_EQ(test, -EAGAIN, vdev_profile_del(profile, &change));
	KUNIT_EXPECT_TRUE(test, is_set("p"));
	vdev_profile_put(profile);
	vdev_profile_put(other);
}

/*
 * As if the profile was being set: the endpoints are prepared, and do not follow
 * yet. What prepares more than once does so because one goes in between.
 */
static struct vdev_profile *prepare(struct kunit *test, unsigned int times)
{
	struct vdev_profile *profile = vdev_test_profile(test, "p", "rebuilt");
	const struct vdev_change change = { .new = profile };

	down_write(&vdev_profiles_sem);
	while (times--)
		KUNIT_EXPECT_EQ(test, 0, vdev_rebuild_prepare_locked(&change));
	return profile;
}

static void finish(struct vdev_profile *profile, int err)
{
	vdev_rebuild_finish_locked(err);
	up_write(&vdev_profiles_sem);
	vdev_profile_put(profile);
}

static void endpoints_follow_when_all_are_prepared(struct kunit *test)
{
	struct vdev_profile *profile = prepare(test, 1);
	struct fixture *fixture = test->priv;

	expect_silence(test);
	finish(profile, 0);
	expect_profile(test, fixture->a, "p");
	expect_profile(test, fixture->b, "p");
	expect_silence(test);
}

static void endpoints_stay_if_one_is_not_prepared(struct kunit *test)
{
	finish(prepare(test, 1), -ENOMEM);
	expect_silence(test);
}

static void endpoint_can_be_prepared_twice(struct kunit *test)
{
	struct vdev_profile *profile = prepare(test, 3);
	struct fixture *fixture = test->priv;

	finish(profile, 0);
	expect_profile(test, fixture->a, "p");
	expect_profile(test, fixture->b, "p");
	expect_silence(test);
}

static void endpoint_that_is_prepared_can_go(struct kunit *test)
{
	struct vdev_profile *profile = prepare(test, 1);
	struct fixture *fixture = test->priv;
	u32 a = vdev_endpoint_id(fixture->a);

	vdev_unregister(fixture->a);
	vdev_hear_event(test, fixture->subscriber, VDEV_CMD_DEV_DELETE_NTF, a);
	finish(profile, 0);
	expect_profile(test, fixture->b, "p");
	expect_silence(test);
}

/* Both are prepared, whichever is shown; then the one that hides goes. */
static void hidden_endpoint_is_prepared_too(struct kunit *test)
{
	struct fixture *fixture = test->priv;
	struct vdev_change change = { };
	struct vdev_profile *profile;
	struct vdev_endpoint *below;
	struct vdev_provider *bridge;

	bridge = vdev_test_provider(test, "kunit-bridge", &bridge_ops);
	below = vdev_test_device(test, bridge, "a", &facts, NULL);
	profile = prepare(test, 1);
	change.new = profile;
	vdev_unregister(fixture->a);
	expect_profile(test, below, "");
	KUNIT_EXPECT_EQ(test, 0, vdev_rebuild_prepare_locked(&change));
	finish(profile, 0);
	expect_profile(test, below, "p");
	expect_profile(test, fixture->b, "p");
	expect_silence(test);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(who_is_killed_sets_nothing),
	KUNIT_CASE(who_is_killed_deletes_nothing),
	KUNIT_CASE(who_is_killed_replaces_nothing),
	KUNIT_CASE(change_of_a_profile_is_an_event),
	KUNIT_CASE(profile_that_was_replaced_is_not_deleted),
	KUNIT_CASE(endpoints_follow_when_all_are_prepared),
	KUNIT_CASE(endpoints_stay_if_one_is_not_prepared),
	KUNIT_CASE(endpoint_can_be_prepared_twice),
	KUNIT_CASE(endpoint_that_is_prepared_can_go),
	KUNIT_CASE(hidden_endpoint_is_prepared_too),
	{ }
};

struct kunit_suite vdev_rebuild_suite = {
	.name = "vdev-rebuild",
	.init = setup,
	.test_cases = cases,
};
