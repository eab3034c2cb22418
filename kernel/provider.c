// SPDX-License-Identifier: GPL-2.0
/*
 * The providers: who tells of endpoints, and the refresh of facts that change
 * without an event.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/list.h>
#include <linux/module.h>
#include <linux/slab.h>

#include "bounds.h"
#include "core.h"
#include "notify.h"

/* Held for reading while a provider refreshes, so that it cannot go. */
static DECLARE_RWSEM(providers_sem);
static LIST_HEAD(providers); /* guarded by providers_sem */

/**
 * vdev_provider_register() - announce code that will tell of endpoints
 * @name: its name, shown with each of its endpoints
 * @ops: its callbacks, or NULL; must live until vdev_provider_unregister()
 * @priv: argument of the callbacks
 *
 * Context: Process context. May sleep.
 * Return: the provider, to be given to vdev_provider_unregister(); or an
 * ERR_PTR: -EINVAL if the name is out of its bounds, -ENOMEM.
 */
struct vdev_provider *
vdev_provider_register(const char *name, const struct vdev_provider_ops *ops,
		       void *priv)
{
	struct vdev_refusal refusal = { };
	struct vdev_provider *provider;
	int err;

	err = vdev_name_check(&refusal, "provider", name);
	if (err) {
		pr_warn("refused (%d): %s\n", err, refusal.why);
		return ERR_PTR(err);
	}

	provider = kzalloc(sizeof(*provider), GFP_KERNEL);
	if (!provider)
		return ERR_PTR(-ENOMEM);
	strscpy(provider->name, name, sizeof(provider->name));
	INIT_LIST_HEAD(&provider->endpoints);
	provider->ops = ops;
	provider->priv = priv;

	down_write(&providers_sem);
	list_add_tail(&provider->node, &providers);
	up_write(&providers_sem);
	return provider;
}
EXPORT_SYMBOL_GPL(vdev_provider_register);

/**
 * vdev_provider_unregister() - the code is about to go
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
	down_write(&providers_sem);
	list_del(&provider->node);
	provider->leaving = true;
	up_write(&providers_sem);
	/* Readers go on meanwhile, and find it through its endpoints. */
	vdev_registry_drop(provider);
	/* Who found it that way has let go of it after this. */
	down_write(&providers_sem);
	up_write(&providers_sem);
	kfree(provider);
}
EXPORT_SYMBOL_GPL(vdev_provider_unregister);

/* One endpoint, or all of the provider's if @id is 0. */
static void refresh_locked(struct vdev_provider *provider, u32 id)
{
	lockdep_assert_held(&providers_sem);
	if (!provider->leaving && provider->ops && provider->ops->refresh)
		provider->ops->refresh(provider->priv, id);
}

/**
 * vdev_providers_refresh() - let every provider read its facts again
 *
 * Context: Process context, no lock held. May sleep.
 */
void vdev_providers_refresh(void)
{
	struct vdev_provider *provider;

	down_read(&providers_sem);
	list_for_each_entry(provider, &providers, node)
		refresh_locked(provider, 0);
	up_read(&providers_sem);
	vdev_watch();
}

/* A provider that was found under providers_sem stays under it. */
static void refresh_key_locked(const struct vdev_key *key)
{
	struct vdev_provider *provider = NULL;
	struct vdev_endpoint *endpoint;
	u32 id = 0;

	lockdep_assert_held(&providers_sem);
	down_read(&vdev_registry_sem);
	endpoint = vdev_find_locked(key);
	if (endpoint) {
		provider = endpoint->provider;
		id = endpoint->id;
	}
	up_read(&vdev_registry_sem);
	if (provider)
		refresh_locked(provider, id);
}

/**
 * vdev_endpoint_refresh() - let the facts of one endpoint be read again
 * @key: the endpoint, which need not exist
 *
 * Context: Process context, no lock held. May sleep.
 */
void vdev_endpoint_refresh(const struct vdev_key *key)
{
	down_read(&providers_sem);
	refresh_key_locked(key);
	up_read(&providers_sem);
	vdev_watch();
}
