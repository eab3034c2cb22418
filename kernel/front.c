// SPDX-License-Identifier: GPL-2.0
/*
 * The front of the family. Netlink holds the module of a family as long as a dump
 * of it is not at its end, and an unread dump never comes there. So the family is
 * this module's, which the core registers with and leaves again: a dump that goes
 * on after that ends with an error, and what it held has been freed.
 *
 * Requests that do not dump are the core's own, and netlink waits for those that
 * are under way when the family is unregistered.
 */
#include <linux/list.h>
#include <linux/module.h>
#include <linux/rwsem.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <uapi/linux/vdev.h>

#include "front.h"

/**
 * struct paused - a dump that is not at its end
 * @node: in the list of those; guarded by paused_lock
 * @cb: the dump
 * @calls: what makes it; NULL if that has gone. Guarded by front_sem
 */
struct paused {
	struct list_head node;
	struct netlink_callback *cb;
	const struct vdev_front_dump *calls;
};

/* Held for reading while the core is called, for writing while that leaves. */
static DECLARE_RWSEM(front_sem);
static const struct vdev_front *front; /* guarded by front_sem */
static DEFINE_SPINLOCK(paused_lock);
static LIST_HEAD(all_paused); /* guarded by paused_lock */

/* Not netnsok: devices belong to the host, not to a network namespace. */
struct genl_family vdev_nl_family = {
	.name = VDEV_FAMILY_NAME,
	.version = VDEV_FAMILY_VERSION,
	.resv_start_op = VDEV_CMD_DEV_GET,
	.parallel_ops = true,
	.module = THIS_MODULE,
};
EXPORT_SYMBOL_GPL(vdev_nl_family);

static struct paused **paused_of(struct netlink_callback *cb)
{
	return (struct paused **)((u8 *)cb->ctx + VDEV_FRONT_CONTEXT);
}

static const struct vdev_front_dump *find_calls(struct netlink_callback *cb)
{
	const struct genlmsghdr *request = nlmsg_data(cb->nlh);
	unsigned int i;

	lockdep_assert_held(&front_sem);
	for (i = 0; front && i < front->num_dumps; i++) {
		if (front->dumps[i].cmd == request->cmd)
			return &front->dumps[i];
	}
	return NULL;
}

static int start_paused(struct paused *paused, struct netlink_callback *cb)
{
	int err;

	paused->cb = cb;
	paused->calls = find_calls(cb);
	err = paused->calls ? paused->calls->start(cb) : -ESTALE;
	if (err)
		return err;
	*paused_of(cb) = paused;
	spin_lock(&paused_lock);
	list_add(&paused->node, &all_paused);
	spin_unlock(&paused_lock);
	return 0;
}

/**
 * vdev_front_start() - begin a dump
 * @cb: the dump
 *
 * Context: Process context. May sleep.
 * Return: 0 or an errno.
 */
int vdev_front_start(struct netlink_callback *cb)
{
	struct paused *paused = kzalloc(sizeof(*paused), GFP_KERNEL_ACCOUNT);
	int err;

	if (!paused)
		return -ENOMEM;
	down_read(&front_sem);
	err = start_paused(paused, cb);
	up_read(&front_sem);
	if (err)
		kfree(paused);
	return err;
}
EXPORT_SYMBOL_GPL(vdev_front_start);

/**
 * vdev_front_dumpit() - go on with a dump
 * @skb: the buffer to fill
 * @cb: the dump
 *
 * Context: Process context. May sleep.
 * Return: as netlink has it; -ESTALE if the core has left since.
 */
int vdev_front_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct paused *paused = *paused_of(cb);
	int err;

	down_read(&front_sem);
	err = paused->calls ? paused->calls->dumpit(skb, cb) : -ESTALE;
	up_read(&front_sem);
	return err;
}
EXPORT_SYMBOL_GPL(vdev_front_dumpit);

static void end_locked(struct paused *paused)
{
	lockdep_assert_held(&front_sem);
	if (paused->calls && paused->calls->done)
		paused->calls->done(paused->cb);
	paused->calls = NULL;
}

/**
 * vdev_front_done() - a dump has ended
 * @cb: the dump
 *
 * Context: Process context. May sleep.
 * Return: 0.
 */
int vdev_front_done(struct netlink_callback *cb)
{
	struct paused *paused = *paused_of(cb);

	down_read(&front_sem);
	spin_lock(&paused_lock);
	list_del(&paused->node);
	spin_unlock(&paused_lock);
	end_locked(paused);
	up_read(&front_sem);
	kfree(paused);
	return 0;
}
EXPORT_SYMBOL_GPL(vdev_front_done);

static void set_front(const struct vdev_front *with)
{
	down_write(&front_sem);
	front = with;
	up_write(&front_sem);
}

/**
 * vdev_front_register() - bring the family to life
 * @with: what it is made of; must live until vdev_front_unregister()
 *
 * Context: Process context. May sleep.
 * Return: 0 or an errno.
 */
int vdev_front_register(const struct vdev_front *with)
{
	int err;

	vdev_nl_family.ops = with->ops;
	vdev_nl_family.n_ops = with->num_ops;
	vdev_nl_family.mcgrps = with->groups;
	vdev_nl_family.n_mcgrps = with->num_groups;
	set_front(with);
	err = genl_register_family(&vdev_nl_family);
	if (err)
		set_front(NULL);
	return err;
}
EXPORT_SYMBOL_GPL(vdev_front_register);

/**
 * vdev_front_unregister() - end the family
 *
 * What paused dumps hold of the core is freed.
 *
 * Context: Process context. May sleep.
 */
void vdev_front_unregister(void)
{
	struct paused *paused;

	genl_unregister_family(&vdev_nl_family);
	down_write(&front_sem);
	front = NULL;
	list_for_each_entry(paused, &all_paused, node)
		end_locked(paused);
	up_write(&front_sem);
}
EXPORT_SYMBOL_GPL(vdev_front_unregister);

MODULE_DESCRIPTION("Front of the vdev family, which unread dumps hold");
MODULE_LICENSE("GPL");
