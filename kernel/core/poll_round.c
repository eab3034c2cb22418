// SPDX-License-Identifier: GPL-2.0
/*
 * The rounds: once in an interval every endpoint that can be polled is, as long
 * as somebody subscribes to events or has read lately. A little after any poll
 * has begun, a check finds the endpoints that have not answered: that is
 * reported and logged, and the module of a provider whose poll takes long is
 * held, so that unloading it fails and does not wait. Both have a work queue of
 * their own, which polls that hang cannot fill.
 *
 * That somebody joins the group starts no rounds: not every kernel notifies a family of
 * it. They start with the first read or event after that, which is no loss: who
 * has read nothing, and got no event, knows of nothing that could change.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sched.h>

#include "events.h"
#include "poll_internal.h"

/* Somebody has read lately, for so many intervals. */
#define LATELY		10
/* An attempt that takes longer is slow. */
#define SLOW_NS		(100 * NSEC_PER_MSEC)
/* So many polls are passed by with vdev_polls_lock held. */
#define BATCH		64

/**
 * struct pass - one walk over all polls
 * @now: the time
 * @queue: have them polled, too
 * @slow: an attempt is under way
 * @late: an endpoint that has become stale, pinned; or NULL
 */
struct pass {
	u64 now;
	bool queue;
	bool slow;
	struct vdev_endpoint *late;
};

static void round_work(struct work_struct *unused);
static void round_check_work(struct work_struct *unused);
static DECLARE_DELAYED_WORK(rounds, round_work);
static DECLARE_DELAYED_WORK(round_check, round_check_work);
static u64 last_want;
/* These are the two works' own, of which one runs at a time. */
static u64 pass_number;
static u64 last_round;
/* Guarded by the lock of the module's parameters. */
static bool stopped;

/* The group is asked only if nobody has read lately. */
static bool round_is_wanted(u64 now)
{
	u64 want = READ_ONCE(last_want);

	return (want && now - want < LATELY * vdev_poll_interval()) ||
	       vdev_is_subscribed();
}

/* Under vdev_polls_lock the endpoint of a poll is there, if on its way out. */
static bool round_is_late(struct vdev_poll *poll, const struct pass *pass)
{
	u64 asked = READ_ONCE(poll->asked);

	return asked && !poll->stopped &&
	       pass->now > asked + VDEV_POLL_STALE * vdev_poll_interval() &&
	       !vdev_poll_is_lapsed(poll, pass->now) &&
	       !READ_ONCE(poll->endpoint->stale);
}

static void round_hold_module(struct vdev_poll *poll)
{
	poll->pinned = try_module_get(poll->endpoint->provider->ops->owner);
}

static void round_pass_by_locked(struct vdev_poll *poll, struct pass *pass)
{
	u64 started = READ_ONCE(poll->started);

	lockdep_assert_held(&vdev_polls_lock);
	poll->round = pass_number;
	if (started)
		pass->slow = true;
	if (started && pass->now > started + SLOW_NS && !poll->pinned)
		round_hold_module(poll);
	if (pass->queue && !started)
		vdev_poll_queue_locked(poll, pass->now);
	if (round_is_late(poll, pass) && vdev_endpoint_pin(poll->endpoint))
		pass->late = poll->endpoint;
}

/* Those that were passed by are at the end of the list. */
static bool round_pass_some(struct pass *pass)
{
	struct vdev_poll *poll;
	unsigned int i;
	bool more = true;

	spin_lock(&vdev_polls_lock);
	for (i = 0; i < BATCH && more && !pass->late; i++) {
		poll = list_first_entry_or_null(&vdev_polls, struct vdev_poll,
						node);
		more = poll && poll->round != pass_number;
		if (more) {
			list_move_tail(&poll->node, &vdev_polls);
			round_pass_by_locked(poll, pass);
		}
	}
	spin_unlock(&vdev_polls_lock);
	return more;
}

static void round_arm_at(struct delayed_work *work, u64 time, u64 now)
{
	queue_delayed_work(vdev_rounds_wq, work,
			   time > now ? nsecs_to_jiffies(time - now) + 1 : 0);
}

/**
 * vdev_poll_arm() - let rounds go on, if somebody wants them
 *
 * Context: Process context.
 */
void vdev_poll_arm(void)
{
	if (!list_empty(&vdev_polls) && !delayed_work_pending(&rounds) &&
	    round_is_wanted(ktime_get_ns()))
		round_arm_at(&rounds, 0, 0);
}

/**
 * vdev_poll_report_changes() - let subscribers know of changes
 *
 * See vdev_events_send(). Rounds go on with the first event that somebody gets.
 *
 * Context: Process context, vdev_registry_lock not held. May sleep.
 */
void vdev_poll_report_changes(void)
{
	if (vdev_events_send())
		vdev_poll_arm();
}

static void round_report_late(struct pass *pass)
{
	struct vdev_endpoint *endpoint = pass->late;

	if (!endpoint)
		return;
	pass->late = NULL;
	pr_warn_ratelimited("%s: %s does not answer\n",
			    endpoint->provider->name, endpoint->handle.name);
	vdev_endpoint_set_stale(endpoint, true);
	smp_mb(); /* written before the read; pairs with poll_attempt_end() */
	/* It has answered meanwhile. */
	if (!READ_ONCE(endpoint->poll->asked))
		vdev_endpoint_set_stale(endpoint, false);
	vdev_poll_report_changes();
	vdev_endpoint_unpin(endpoint);
}

static void round_pass_all(struct pass *pass)
{
	bool more;

	pass_number++;
	do {
		more = round_pass_some(pass);
		round_report_late(pass);
		cond_resched();
	} while (more);
}

static void round_work(struct work_struct *unused)
{
	struct pass pass = { .now = ktime_get_ns() };

	if (!round_is_wanted(pass.now))
		return;
	pass.queue = !last_round ||
		     pass.now - last_round >= vdev_poll_interval();
	if (pass.queue) {
		last_round = pass.now;
		round_pass_all(&pass);
	}
	round_arm_at(&rounds, last_round + vdev_poll_interval(), pass.now);
}

static void round_check_work(struct work_struct *unused)
{
	struct pass pass = { .now = ktime_get_ns() };

	round_pass_all(&pass);
	if (pass.slow)
		round_arm_at(&round_check, SLOW_NS, 0);
}

/**
 * vdev_poll_watch() - a poll begins: check soon if it takes long
 *
 * Context: Process context.
 */
void vdev_poll_watch(void)
{
	round_arm_at(&round_check, SLOW_NS, 0);
}

/**
 * vdev_poll_want() - somebody reads
 *
 * What is polled is to be kept fresh for a while.
 *
 * Context: Process context.
 */
void vdev_poll_want(void)
{
	WRITE_ONCE(last_want, ktime_get_ns());
	if (!list_empty(&vdev_polls) && !delayed_work_pending(&rounds))
		round_arm_at(&rounds, 0, 0);
}

static int round_set_poll_ms(const char *text, const struct kernel_param *param)
{
	int err;

	err = param_set_uint_minmax(text, param, 10, 3600 * MSEC_PER_SEC);
	if (!err && !stopped && delayed_work_pending(&rounds))
		mod_delayed_work(vdev_rounds_wq, &rounds, 0);
	return err;
}

static const struct kernel_param_ops poll_ms_ops = {
	.set = round_set_poll_ms,
	.get = param_get_uint,
};

module_param_cb(poll_ms, &poll_ms_ops, &vdev_poll_ms, 0644);
MODULE_PARM_DESC(poll_ms,
		 "Milliseconds between two polls of a device, while somebody subscribes or has read lately (10 to 3600000)");

/**
 * vdev_rounds_stop() - end the rounds
 *
 * The family is gone, and the providers with it.
 *
 * Context: Process context, no lock held. May sleep.
 */
void vdev_rounds_stop(void)
{
	/* The parameter can be written until the module is freed. */
	kernel_param_lock(THIS_MODULE);
	stopped = true;
	kernel_param_unlock(THIS_MODULE);
	cancel_delayed_work_sync(&rounds);
	cancel_delayed_work_sync(&round_check);
}
