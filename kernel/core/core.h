/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the core share. Nothing here is for providers; their API
 * is <linux/vdev.h>.
 *
 * Readers take no lock: endpoints are found under RCU, what is reported of one
 * is a blob that never changes and has a reference count, and an endpoint that
 * is needed for longer is pinned (vdev_endpoint_pin()). Who makes changes takes the
 * locks of locks.h.
 */
#ifndef _VDEV_CORE_H
#define _VDEV_CORE_H

#include <linux/list.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rhashtable-types.h>
#include <linux/vdev.h>
#include <linux/xarray.h>

#include "codec/blob.h"
#include "codec/encode.h"
#include "locks.h"

/* What an endpoint is; also its mark in the registry. */
#define VDEV_IS_DEVICE	XA_MARK_1
#define VDEV_IS_TYPE	XA_MARK_2
/* Either, where one is wanted. */
#define VDEV_IS_ANY	XA_PRESENT

struct vdev_counters;
struct vdev_poll;

/**
 * struct vdev_endpoint - a registered device or type
 * @id: its number
 * @mark: VDEV_IS_DEVICE or VDEV_IS_TYPE
 * @provider: who registered it; stays as long as the endpoint is pinned
 * @priv: the provider's own
 * @handle: its name; the strings are in @strings
 * @users: pins, and one for being registered
 * @generation: generation of its last change; written under
 *	vdev_registry_lock, read without
 * @stale: it has not answered its poller; written under vdev_registry_lock,
 *	read without
 * @has_veto: its driver may reject what the rules allow; constant
 * @gone: it is unregistered; guarded by vdev_registry_lock
 * @reported: its facts as the provider reports them; guarded by
 *	vdev_profiles_sem and vdev_registry_lock, both of which a change takes
 * @blob: its facts as they are published; @reported itself, if no profile is
 *	for it; written under vdev_registry_lock, read under RCU
 * @pending: what @blob will be when a change of the profiles is complete;
 *	guarded by vdev_registry_lock
 * @pending_node: in the list of those; guarded by vdev_registry_lock
 * @over: the endpoint of a bridge that has the same name and is hidden while
 *	this one is there; guarded by vdev_registry_lock
 * @under: the endpoint that hides this one; guarded by vdev_registry_lock
 * @poll: the poll of what changes without an event; NULL if there is none
 * @counters_lock: guards @counters; the innermost lock
 * @counters: what the provider counts; NULL if that is nothing
 * @node: in the provider's list; guarded by vdev_registry_lock
 * @hash: in the table of handles; written under vdev_registry_lock
 * @rcu: readers may still find it
 * @strings: storage of @handle
 */
struct vdev_endpoint {
	u32 id;
	xa_mark_t mark;
	struct vdev_provider *provider;
	void *priv;
	struct vdev_handle handle;
	refcount_t users;
	u64 generation;
	bool stale;
	bool has_veto;
	bool gone;
	struct vdev_blob *reported;
	struct vdev_blob __rcu *blob;
	struct vdev_blob *pending;
	struct list_head pending_node;
	struct vdev_endpoint *over;
	struct vdev_endpoint *under;
	struct vdev_poll *poll;
	spinlock_t counters_lock; /* guards counters */
	struct vdev_counters *counters;
	struct list_head node;
	struct rhash_head hash;
	struct rcu_head rcu;
	char strings[];
};

/**
 * struct vdev_provider_stats - what is counted for a provider
 * @endpoints: registered now
 * @stale: stale now
 * @polls: polls that have ended
 * @busy: those of them that read nothing
 * @rejected: registrations and updates that were rejected
 * @vetoes: sources that it rejected
 * @not_followed: devices that a bridge could not register
 * @lock: guards what follows
 * @slowest: duration of the slowest poll in microseconds
 * @slowest_name: name of the endpoint whose poll that was
 * @reason: which device was the last that was not followed, and why
 */
struct vdev_provider_stats {
	atomic_t endpoints;
	atomic_t stale;
	atomic64_t polls;
	atomic64_t busy;
	atomic64_t rejected;
	atomic64_t vetoes;
	atomic64_t not_followed;
	spinlock_t lock; /* guards what follows */
	u64 slowest;
	char slowest_name[VDEV_NAME_LEN + 1];
	char reason[VDEV_STRING_LEN + 1];
};

/**
 * struct vdev_provider - kernel code that reports endpoints
 * @node: in the list of providers
 * @endpoints: what it registered; guarded by vdev_registry_lock
 * @unread: endpoints that wait for their first poll
 * @requests: how many requests to it are under way
 * @ops: its callbacks
 * @stats: what is counted for it
 * @name: its name
 */
struct vdev_provider {
	struct list_head node;
	struct list_head endpoints;
	atomic_t unread;
	atomic_t requests;
	const struct vdev_provider_ops *ops;
	struct vdev_provider_stats stats;
	char name[VDEV_NAME_LEN + 1];
};

/**
 * struct vdev_key - how a request names an endpoint
 * @mark: VDEV_IS_DEVICE or VDEV_IS_TYPE; VDEV_IS_ANY with @id alone
 * @id: its number, or 0 if @handle is meant
 * @handle: its name
 */
struct vdev_key {
	xa_mark_t mark;
	u32 id;
	struct vdev_handle handle;
};

static inline u32 vdev_mark_kind(xa_mark_t mark)
{
	return mark == VDEV_IS_DEVICE ? VDEV_ENDPOINT_KIND_DEVICE :
					VDEV_ENDPOINT_KIND_TYPE;
}

static inline u32 vdev_endpoint_kind(const struct vdev_endpoint *endpoint)
{
	return vdev_mark_kind(endpoint->mark);
}

/* handles.c */
int vdev_handles_init(void);
void vdev_handles_exit(void);
struct vdev_endpoint *vdev_handle_find_rcu(const struct vdev_key *key);
int vdev_handle_insert_locked(struct vdev_endpoint *endpoint);
void vdev_handle_replace_locked(struct vdev_endpoint *old,
				struct vdev_endpoint *new);
void vdev_handle_remove_locked(struct vdev_endpoint *endpoint);

/**
 * struct vdev_walk - where a walk of the endpoints stands
 * @xas: the same in the registry, as long as that does not change
 * @mark: VDEV_IS_DEVICE, VDEV_IS_TYPE or VDEV_IS_ANY
 * @next: the lowest number wanted
 * @snapshot: the generation for which @xas is right; 0 for none
 */
struct vdev_walk {
	struct xa_state xas;
	xa_mark_t mark;
	unsigned long next;
	u64 snapshot;
};

/* registry.c */
int vdev_registry_init(void);
void vdev_registry_exit(void);
u32 vdev_instance(void);
u64 vdev_generation(void);
u64 vdev_generation_next_locked(void);
struct vdev_endpoint *vdev_find_rcu(const struct vdev_key *key);
struct vdev_endpoint *vdev_next_rcu(xa_mark_t mark, unsigned long id);
void vdev_walk_begin(struct vdev_walk *walk, xa_mark_t mark, unsigned long id);
struct vdev_endpoint *vdev_walk_find_rcu(struct vdev_walk *walk, u64 snapshot);
int vdev_enter_locked(struct vdev_endpoint *endpoint);
void vdev_withdraw_locked(struct vdev_endpoint *endpoint);
bool vdev_publish_locked(struct vdev_endpoint *endpoint,
			 struct vdev_blob **blob);
void vdev_stale_locked(struct vdev_endpoint *endpoint, bool stale);

/* endpoint.c */
struct vdev_endpoint *vdev_endpoint_new(struct vdev_provider *provider,
					xa_mark_t mark,
					const struct vdev_handle *handle,
					void *priv);
void vdev_endpoint_free(struct vdev_endpoint *endpoint);
bool vdev_endpoint_pin(struct vdev_endpoint *endpoint);
void vdev_endpoint_unpin(struct vdev_endpoint *endpoint);
void vdev_endpoint_drain(struct vdev_endpoint *endpoint);
void vdev_endpoints_exit(void);

/* view.c */
void vdev_view_of(struct vdev_view *view, struct vdev_endpoint *endpoint);
struct vdev_endpoint *vdev_see_rcu(struct vdev_view *view,
				   const struct vdev_key *key);
struct vdev_endpoint *vdev_walk_next_rcu(struct vdev_walk *walk,
					 struct vdev_view *view);
bool vdev_view_hold(const struct vdev_view *view,
		    struct vdev_endpoint *endpoint);
void vdev_view_release(struct vdev_view *view, struct vdev_endpoint *endpoint);
struct vdev_endpoint *vdev_view_find(struct vdev_view *view,
				     const struct vdev_key *key);

/* stale.c */
void vdev_endpoint_set_stale(struct vdev_endpoint *endpoint, bool stale);

/* rejection.c */
void vdev_report_rejection(struct vdev_provider *provider, const char *name,
			   const char *what, int err, const char *why);

/* counters.c */
int vdev_counters_put(struct sk_buff *skb, struct vdev_endpoint *endpoint);

/* publish.c */
void vdev_provider_drop(struct vdev_provider *provider);

/* provider.c */
typedef int (*vdev_provider_fn)(struct vdev_provider *provider, void *arg);
int vdev_providers_each(vdev_provider_fn fn, void *arg);

#endif /* _VDEV_CORE_H */
