// SPDX-License-Identifier: GPL-2.0
/*
 * The family that netlink knows. Netlink holds the module of a family as long as a dump
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

#include "family.h"

/**
 * struct paused - a dump that is not at its end
 * @node: in the list of those; guarded by paused_lock
 * @cb: the dump
 * @calls: what makes it; NULL if that has gone. Guarded by family_sem
 */
struct paused {
	struct list_head node;
	struct netlink_callback *cb;
	const struct vdev_family_dump *calls;
};

/* Held for reading while the core is called, for writing while that leaves. */
static DECLARE_RWSEM(family_sem);
static const struct vdev_family_tables *tables; /* guarded by family_sem */
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
	return (struct paused **)((u8 *)cb->ctx + VDEV_FAMILY_CONTEXT);
}

static const struct vdev_family_dump *family_find_calls(struct netlink_callback *cb)
{
	const struct genlmsghdr *request = nlmsg_data(cb->nlh);
	unsigned int i;

	lockdep_assert_held(&family_sem);
	for (i = 0; tables && i < tables->num_dumps; i++) {
		if (tables->dumps[i].cmd == request->cmd)
			return &tables->dumps[i];
	}
	return NULL;
}

static int family_start_paused(struct paused *paused, struct netlink_callback *cb)
{
	int err;

	paused->cb = cb;
	paused->calls = family_find_calls(cb);
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
 * vdev_family_start() - begin a dump
 * @cb: the dump
 *
 * Context: Process context. May sleep.
 * Return: 0 or an errno.
 */
int vdev_family_start(struct netlink_callback *cb)
{
	struct paused *paused = kzalloc(sizeof(*paused), GFP_KERNEL_ACCOUNT);
	int err;

	if (!paused)
		return -ENOMEM;
	down_read(&family_sem);
	err = family_start_paused(paused, cb);
	up_read(&family_sem);
	if (err)
		kfree(paused);
	return err;
}
EXPORT_SYMBOL_GPL(vdev_family_start);

/**
 * vdev_family_dumpit() - go on with a dump
 * @skb: the buffer to fill
 * @cb: the dump
 *
 * Context: Process context. May sleep.
 * Return: as netlink has it; -ESTALE if the core has left since.
 */
int vdev_family_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct paused *paused = *paused_of(cb);
	int err;

	down_read(&family_sem);
	err = paused->calls ? paused->calls->dumpit(skb, cb) : -ESTALE;
	up_read(&family_sem);
	return err;
}
EXPORT_SYMBOL_GPL(vdev_family_dumpit);

static void family_end_locked(struct paused *paused)
{
	lockdep_assert_held(&family_sem);
	if (paused->calls && paused->calls->done)
		paused->calls->done(paused->cb);
	paused->calls = NULL;
}

/**
 * vdev_family_done() - a dump has ended
 * @cb: the dump
 *
 * Context: Process context. May sleep.
 * Return: 0.
 */
int vdev_family_done(struct netlink_callback *cb)
{
	struct paused *paused = *paused_of(cb);

	down_read(&family_sem);
	spin_lock(&paused_lock);
	list_del(&paused->node);
	spin_unlock(&paused_lock);
	family_end_locked(paused);
	up_read(&family_sem);
	kfree(paused);
	return 0;
}
EXPORT_SYMBOL_GPL(vdev_family_done);

static void family_set(const struct vdev_family_tables *with)
{
	down_write(&family_sem);
	tables = with;
	up_write(&family_sem);
}

/**
 * vdev_family_register() - bring the family to life
 * @with: what it is made of; must live until vdev_family_unregister()
 *
 * Context: Process context. May sleep.
 * Return: 0 or an errno.
 */
int vdev_family_register(const struct vdev_family_tables *with)
{
	int err;

	vdev_nl_family.ops = with->ops;
	vdev_nl_family.n_ops = with->num_ops;
	vdev_nl_family.mcgrps = with->groups;
	vdev_nl_family.n_mcgrps = with->num_groups;
	family_set(with);
	err = genl_register_family(&vdev_nl_family);
	if (err)
		family_set(NULL);
	return err;
}
EXPORT_SYMBOL_GPL(vdev_family_register);

/**
 * vdev_family_unregister() - end the family
 *
 * What paused dumps hold of the core is freed.
 *
 * Context: Process context. May sleep.
 */
void vdev_family_unregister(void)
{
	struct paused *paused;

	genl_unregister_family(&vdev_nl_family);
	down_write(&family_sem);
	tables = NULL;
	list_for_each_entry(paused, &all_paused, node)
		family_end_locked(paused);
	up_write(&family_sem);
}
EXPORT_SYMBOL_GPL(vdev_family_unregister);

MODULE_DESCRIPTION("Front of the vdev family, which unread dumps hold");
MODULE_VERSION(VDEV_VERSION);
MODULE_LICENSE("GPL");
