// SPDX-License-Identifier: GPL-2.0
/*
 * Events. Every change of an endpoint or a profile is one event, put into the queue in the
 * critical section of the change, and sent by the first thread that drops the
 * locks; so they go out in the order of the changes.
 *
 * As long as sending is quick, an event has been sent when the call that made
 * the change returns. Where very many sockets have joined the group, the work
 * item sends: nobody who makes a change pays for sockets that others opened, and
 * what the queue cannot hold is lost, which is reported to subscribers.
 *
 * Locks: queue.lock, within vdev_registry_lock. On its own: sending, which is
 * taken with vdev_registry_lock dropped.
 */
#include <linux/ktime.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/skbuff.h>
#include <linux/workqueue.h>
#include <net/genetlink.h>

#include "compat.h"
#include "core/core.h"
#include "core/events.h"
#include "core/profile.h"
#include "core/trace.h"
#include "netlink.h"
#include "notify.h"

/* What the queue holds at most, while the work item sends. */
#define QUEUE_MAX	1024
#define QUEUE_BYTES	(4 << 20)
/*
 * Sending one event takes longer than this only if very many have joined; or if
 * something else had the processor, which does not happen so many times in a row.
 */
#define SLOW_NS		(1 * NSEC_PER_MSEC)
#define SLOW_TIMES	8

static void notify_send_work(struct work_struct *unused);

/* Held while events are handed to the sockets. */
static DEFINE_MUTEX(sending);
static DECLARE_WORK(send_later, notify_send_work);
/* In the order of the changes; guarded by its own lock. */
static struct sk_buff_head queue = {
	.prev = (struct sk_buff *)&queue,
	.next = (struct sk_buff *)&queue,
	.lock = __SPIN_LOCK_UNLOCKED(queue.lock),
};

static size_t queue_bytes;	/* guarded by queue.lock */
static bool loss;		/* an event was lost, and nobody knows yet */
static unsigned int slow_times;	/* guarded by sending */
static bool slow;		/* written under sending */
static atomic64_t sent = ATOMIC64_INIT(0);
static atomic64_t lost = ATOMIC64_INIT(0);

static int notify_see_member(struct sock *sk, struct sk_buff *skb, void *found)
{
	*(bool *)found = true;
	return 1; /* it gets nothing */
}

/* Has a socket of the initial network namespace joined? Some kernels do not say. */
static bool notify_has_member(void)
{
	struct sk_buff *skb = nlmsg_new(0, GFP_KERNEL);
	unsigned int group = vdev_nl_family.mcgrp_offset + VDEV_NL_MONITOR;
	bool found = false;

	if (!skb)
		return true;
	vdev_compat_each_member(skb, group, notify_see_member, &found);
	return found;
}

/* By a socket of the initial network namespace. */
static bool notify_is_subscribed(void)
{
	return genl_has_listeners(&vdev_nl_family, &init_net,
				  VDEV_NL_MONITOR) && notify_has_member();
}

static u8 notify_command(const struct vdev_endpoint *endpoint, enum vdev_what what)
{
	static const u8 commands[][2] = {
		[VDEV_NEW] = { VDEV_CMD_DEV_CREATE_NTF, VDEV_CMD_TYPE_CREATE_NTF },
		[VDEV_DEL] = { VDEV_CMD_DEV_DELETE_NTF, VDEV_CMD_TYPE_DELETE_NTF },
		[VDEV_CHANGE] = { VDEV_CMD_DEV_CHANGE_NTF,
				  VDEV_CMD_TYPE_CHANGE_NTF },
	};

	return commands[what][endpoint->mark == VDEV_IS_TYPE];
}

static struct sk_buff *notify_compose_locked(struct vdev_endpoint *endpoint, u8 cmd)
{
	struct vdev_view view = { .snapshot = vdev_generation() };
	struct sk_buff *skb;
	void *header;

	lockdep_assert_held(&vdev_registry_lock);
	vdev_view_of(&view, endpoint);
	skb = vdev_msg_new(view.blob);
	if (!skb)
		return NULL;
	header = genlmsg_put(skb, 0, 0, &vdev_nl_family, 0, cmd);
	if (header && !vdev_msg_put_endpoint(skb, header, &view))
		return skb;
	nlmsg_free(skb);
	return NULL;
}

static struct sk_buff *notify_compose_profile(const struct vdev_profile *profile,
					      u64 generation, u8 cmd)
{
	const struct vdev_profile_view view =
		vdev_profile_view_of(profile, generation, generation);
	struct sk_buff *skb = vdev_msg_profile_new(view.len);
	void *header;

	if (!skb)
		return NULL;
	header = genlmsg_put(skb, 0, 0, &vdev_nl_family, 0, cmd);
	if (header && !vdev_msg_put_profile(skb, header, &view))
		return skb;
	nlmsg_free(skb);
	return NULL;
}

static bool notify_enqueue(struct sk_buff *skb)
{
	bool fits;

	spin_lock(&queue.lock);
	fits = skb_queue_len(&queue) < QUEUE_MAX &&
	       queue_bytes + skb->truesize <= QUEUE_BYTES;
	if (fits) {
		__skb_queue_tail(&queue, skb);
		queue_bytes += skb->truesize;
	}
	spin_unlock(&queue.lock);
	return fits;
}

static struct sk_buff *notify_dequeue(void)
{
	struct sk_buff *skb;

	spin_lock(&queue.lock);
	skb = __skb_dequeue(&queue);
	if (skb)
		queue_bytes -= skb->truesize;
	spin_unlock(&queue.lock);
	return skb;
}

static bool notify_is_wanted(void)
{
	return genl_has_listeners(&vdev_nl_family, &init_net, VDEV_NL_MONITOR);
}

/* Without a message there was no memory for it. */
static void notify_queue_or_lose(struct sk_buff *skb, u64 generation)
{
	if (skb && notify_enqueue(skb))
		return;
	nlmsg_free(skb);
	atomic64_inc(&lost);
	WRITE_ONCE(loss, true);
	trace_vdev_event_lost(generation);
}

/*
 * If there is no memory or no room for the event, subscribers get ENOBUFS in its
 * place.
 */
static void notify_endpoint_locked(struct vdev_endpoint *endpoint, enum vdev_what what)
{
	lockdep_assert_held(&vdev_registry_lock);
	if (notify_is_wanted())
		notify_queue_or_lose(notify_compose_locked(endpoint,
							   notify_command(endpoint, what)),
				     endpoint->generation);
}

static void notify_profile_locked(const struct vdev_profile *profile, u64 generation,
				  enum vdev_what what)
{
	static const u8 commands[] = {
		[VDEV_NEW] = VDEV_CMD_PROFILE_CREATE_NTF,
		[VDEV_DEL] = VDEV_CMD_PROFILE_DELETE_NTF,
		[VDEV_CHANGE] = VDEV_CMD_PROFILE_CHANGE_NTF,
	};

	lockdep_assert_held(&vdev_registry_lock);
	if (notify_is_wanted())
		notify_queue_or_lose(notify_compose_profile(profile, generation,
							    commands[what]), generation);
}

/* If a socket has no room or memory, netlink reports that itself. */
static void notify_send_one(struct sk_buff *skb)
{
	genlmsg_multicast(&vdev_nl_family, skb, 0, VDEV_NL_MONITOR, GFP_KERNEL);
	atomic64_inc(&sent);
}

static bool notify_report_loss(void)
{
	if (!xchg(&loss, false))
		return false;
	genl_set_err(&vdev_nl_family, &init_net, 0, VDEV_NL_MONITOR, -ENOBUFS);
	return true;
}

static void notify_note_duration_locked(u64 duration, unsigned int number)
{
	lockdep_assert_held(&sending);
	slow_times = duration > number * SLOW_NS ? slow_times + 1 : 0;
	WRITE_ONCE(slow, slow_times >= SLOW_TIMES);
}

static void notify_send_all_locked(void)
{
	u64 before = ktime_get_ns();
	unsigned int number = 0;
	struct sk_buff *skb;

	lockdep_assert_held(&sending);
	while ((skb = notify_dequeue())) {
		notify_send_one(skb);
		number++;
	}
	number += notify_report_loss();
	if (number)
		notify_note_duration_locked(ktime_get_ns() - before, number);
}

static void notify_send_all(void)
{
	mutex_lock(&sending);
	notify_send_all_locked();
	mutex_unlock(&sending);
}

static void notify_send_work(struct work_struct *unused)
{
	notify_send_all();
}

static bool notify_send(void)
{
	if (skb_queue_empty_lockless(&queue) && !READ_ONCE(loss)) {
		smp_rmb(); /* who has emptied it may not have sent all of it */
		if (!mutex_is_locked(&sending))
			return false;
	}
	if (READ_ONCE(slow))
		schedule_work(&send_later);
	else
		notify_send_all();
	return true;
}

const struct vdev_event_ops vdev_notify_ops = {
	.is_subscribed = notify_is_subscribed,
	.endpoint_changed = notify_endpoint_locked,
	.profile_changed = notify_profile_locked,
	.send = notify_send,
};

/**
 * vdev_notify_count() - how many events there were
 * @number_sent: how many were sent
 * @number_lost: how many were lost before they could be
 */
void vdev_notify_count(u64 *number_sent, u64 *number_lost)
{
	*number_sent = atomic64_read(&sent);
	*number_lost = atomic64_read(&lost);
}

/**
 * vdev_notify_flush() - have what is queued sent, before the family goes
 *
 * Context: Process context, no change is made any more. May sleep.
 */
void vdev_notify_flush(void)
{
	flush_work(&send_later);
}

/**
 * vdev_notify_exit() - the family has gone
 *
 * Context: Process context. May sleep.
 */
void vdev_notify_exit(void)
{
	cancel_work_sync(&send_later);
	skb_queue_purge(&queue);
}
