// SPDX-License-Identifier: GPL-2.0
/*
 * The providers: who reports endpoints, and what is counted for each.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/wait_bit.h>

#include "core.h"
#include "model/bounds.h"
#include "request.h"

/* So long the first poll of all its endpoints is waited for. */
#define SETTLE_NS	(100 * NSEC_PER_MSEC)

static DEFINE_MUTEX(providers_lock);
static LIST_HEAD(providers); /* guarded by providers_lock */

/**
 * vdev_provider_register() - announce code that will report endpoints
 * @name: its name, shown with each of its endpoints
 * @ops: its callbacks, or NULL; must live until vdev_provider_unregister()
 *
 * Context: Process context. May sleep.
 * Return: the provider, to be given to vdev_provider_unregister(); or an
 * ERR_PTR: -EINVAL if the name is out of its bounds, -ENOMEM.
 */
struct vdev_provider *
vdev_provider_register(const char *name, const struct vdev_provider_ops *ops)
{
	struct vdev_reason reason = { };
	struct vdev_provider *provider;
	int err;

	err = vdev_name_check(&reason, "provider", name);
	if (err) {
		pr_warn_ratelimited("rejected (%d): %s\n", err, reason.why);
		return ERR_PTR(err);
	}

	provider = kzalloc(sizeof(*provider), GFP_KERNEL);
	if (!provider)
		return ERR_PTR(-ENOMEM);
	strscpy(provider->name, name, sizeof(provider->name));
	INIT_LIST_HEAD(&provider->endpoints);
	spin_lock_init(&provider->stats.lock);
	provider->ops = ops;

	mutex_lock(&providers_lock);
	list_add_tail(&provider->node, &providers);
	mutex_unlock(&providers_lock);
	return provider;
}
EXPORT_SYMBOL_GPL(vdev_provider_register);

/**
 * vdev_provider_unregister() - a provider is about to be unloaded
 * @provider: the provider; NULL and ERR_PTR are ignored
 *
 * Endpoints that it still has are unregistered. No callback runs when the
 * call returns, so it must not be made from one, nor with a lock held that a
 * callback takes.
 *
 * Context: Process context. May sleep.
 */
void vdev_provider_unregister(struct vdev_provider *provider)
{
	if (IS_ERR_OR_NULL(provider))
		return;
	mutex_lock(&providers_lock);
	list_del(&provider->node);
	mutex_unlock(&providers_lock);
	vdev_provider_drop(provider);
	vdev_requests_wait(provider);
	kfree(provider);
}
EXPORT_SYMBOL_GPL(vdev_provider_unregister);

/**
 * vdev_provider_settle() - wait for the first poll of endpoints
 * @provider: the provider, which has registered what there is
 *
 * For a provider that registers endpoints before all of them is known: when the
 * call returns, each has been polled that answers.
 *
 * Context: Process context, no lock held that the poll callback takes. May
 * sleep, at most 100 ms.
 */
void vdev_provider_settle(struct vdev_provider *provider)
{
	u64 deadline = ktime_get_ns() + SETTLE_NS, now;

	/* By the clock: ticks that come late end a wait too soon. */
	while (atomic_read(&provider->unread) &&
	       (now = ktime_get_ns()) < deadline)
		wait_var_event_timeout(&provider->unread,
				       !atomic_read(&provider->unread),
				       nsecs_to_jiffies(deadline - now) + 1);
}
EXPORT_SYMBOL_GPL(vdev_provider_settle);

/**
 * vdev_provider_not_followed() - a device is on the bus, and is not reported
 * @provider: the bridge
 * @reason: which device, and why; text without control characters
 *
 * Context: Process context.
 */
void vdev_provider_not_followed(struct vdev_provider *provider,
				const char *reason)
{
	struct vdev_provider_stats *stats = &provider->stats;

	atomic64_inc(&stats->not_followed);
	spin_lock(&stats->lock);
	strscpy(stats->reason, reason, sizeof(stats->reason));
	spin_unlock(&stats->lock);
}
EXPORT_SYMBOL_GPL(vdev_provider_not_followed);

/**
 * vdev_providers_each() - walk the providers
 * @fn: called for each; anything but 0 ends the walk
 * @arg: its argument
 *
 * Context: Process context. May sleep.
 * Return: what @fn returned last, or 0.
 */
int vdev_providers_each(vdev_provider_fn fn, void *arg)
{
	struct vdev_provider *provider;
	int err = 0;

	mutex_lock(&providers_lock);
	list_for_each_entry(provider, &providers, node) {
		err = fn(provider, arg);
		if (err)
			break;
	}
	mutex_unlock(&providers_lock);
	return err;
}
