// SPDX-License-Identifier: GPL-2.0
/*
 * Events. Every change of the registry is one event, put into the queue in the
 * critical section of the change, and taken out by whoever comes first when
 * the locks are dropped; so they go out in the order of the changes, and each
 * has gone out when the call that made the change returns.
 *
 * A change waits for its event, which is why events need no memory of their
 * own, and why there are never more of them than threads that make changes.
 *
 * Locks, after vdev_registry_sem: queue_lock. On its own: delivery, which is
 * taken with vdev_registry_sem dropped, so that a dump never waits for it.
 */
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <net/genetlink.h>

#include "core.h"
#include "notify.h"

/* Held while events are handed to the sockets. */
static DEFINE_MUTEX(delivery);
static DEFINE_SPINLOCK(queue_lock);
/* In the order of the changes; guarded by queue_lock. */
static LIST_HEAD(queue);

/**
 * vdev_listened_to() - does anybody want events?
 *
 * Context: Any.
 * Return: true if the group has a member.
 */
bool vdev_listened_to(void)
{
	return genl_has_listeners(&vdev_nl_family, &init_net, VDEV_NL_MONITOR);
}

static u8 command(const struct vdev_endpoint *endpoint, enum vdev_what what)
{
	static const u8 commands[][2] = {
		[VDEV_NEW] = { VDEV_CMD_DEV_NEW_NTF, VDEV_CMD_TYPE_NEW_NTF },
		[VDEV_DEL] = { VDEV_CMD_DEV_DEL_NTF, VDEV_CMD_TYPE_DEL_NTF },
		[VDEV_CHANGE] = { VDEV_CMD_DEV_CHANGE_NTF,
				  VDEV_CMD_TYPE_CHANGE_NTF },
	};

	return commands[what][endpoint->mark == VDEV_IS_TYPE];
}

static struct sk_buff *compose_locked(const struct vdev_endpoint *endpoint,
				      u8 cmd)
{
	struct sk_buff *skb = vdev_msg_new(endpoint);
	void *header;

	if (!skb)
		return NULL;
	header = genlmsg_put(skb, 0, 0, &vdev_nl_family, 0, cmd);
	if (header && !vdev_msg_put_endpoint(skb, header, endpoint))
		return skb;
	nlmsg_free(skb);
	return NULL;
}

/**
 * vdev_event_queue_locked() - an endpoint has changed
 * @event: the event, zeroed
 * @endpoint: the endpoint, with the generation of the change
 * @what: what happened to it
 *
 * Whether anybody listens is asked here, with the lock held, and not before:
 * who joins the group and then dumps either finds the change in the dump, or
 * the dump went before the change, and so did the joining. The message is
 * allocated here too, because neither its size nor whether it is wanted is
 * known outside. That there was no memory is told in its place.
 *
 * Context: Process context, vdev_registry_sem held for writing. May sleep.
 */
void vdev_event_queue_locked(struct vdev_event *event,
			     const struct vdev_endpoint *endpoint,
			     enum vdev_what what)
{
	lockdep_assert_held_write(&vdev_registry_sem);
	if (!vdev_listened_to())
		return;
	event->message = compose_locked(endpoint, command(endpoint, what));
	event->queued = true;
	spin_lock(&queue_lock);
	list_add_tail(&event->node, &queue);
	spin_unlock(&queue_lock);
}

/* What a socket has no room or memory for, netlink tells it itself. */
static void send(const struct vdev_event *event)
{
	if (event->message)
		genlmsg_multicast(&vdev_nl_family, event->message, 0,
				  VDEV_NL_MONITOR, GFP_KERNEL);
	else
		genl_set_err(&vdev_nl_family, &init_net, 0, VDEV_NL_MONITOR,
			     -ENOBUFS);
}

/*
 * An event of another thread is on the stack of that thread, which waits for
 * the lock that is held here.
 */
static void deliver_locked(void)
{
	struct vdev_event *event;
	LIST_HEAD(ready);

	lockdep_assert_held(&delivery);
	spin_lock(&queue_lock);
	list_splice_init(&queue, &ready);
	spin_unlock(&queue_lock);
	list_for_each_entry(event, &ready, node)
		send(event);
}

/**
 * vdev_event_deliver() - let who listens know
 * @event: the event, whether or not it was queued
 *
 * It has been sent when the call returns, and so has every one before it.
 *
 * Context: Process context, vdev_registry_sem not held. May sleep.
 */
void vdev_event_deliver(struct vdev_event *event)
{
	if (!event->queued)
		return;
	mutex_lock(&delivery);
	deliver_locked();
	mutex_unlock(&delivery);
	vdev_watch();
}
