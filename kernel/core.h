/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the core share. Nothing here is for providers; their API
 * is <linux/vdev.h>.
 *
 * Readers take no lock: endpoints are found under RCU, what is reported of one
 * is a blob that never changes and has a reference count, and an endpoint that
 * is needed for longer is pinned (vdev_endpoint_pin()).
 *
 * Locks of those who make changes, outermost first:
 *	a provider's own locks
 *	vdev_profiles_sem (profiles.c)	the profiles; held for reading while an
 *					endpoint is registered or updated
 *	vdev_registry_lock		the endpoints and the generation
 *	sight (registry.c)		written while a change becomes visible
 *	queue.lock (notify.c)		the events that are not sent
 * Events are sent with vdev_registry_lock dropped. No callback of a provider is
 * called under any of these.
 */
#ifndef _VDEV_CORE_H
#define _VDEV_CORE_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rhashtable-types.h>
#include <linux/vdev.h>
#include <linux/xarray.h>
#include <net/genetlink.h>

/* What an endpoint is; also its mark in the registry. */
#define VDEV_IS_DEVICE	XA_MARK_1
#define VDEV_IS_TYPE	XA_MARK_2
/* Either, where one is wanted. */
#define VDEV_IS_ANY	XA_PRESENT

/**
 * struct vdev_blob - an endpoint as it goes over the wire
 * @rcu: readers may still find it
 * @refs: who uses it
 * @alike: the same number is given to what vdev_blob_alike() finds alike; 0
 *	until it is published, constant from then on
 * @migration: what is declared
 * @migratable: migration is declared and nothing blocks it
 * @handle_len: length of the part of @data that is the name, in bytes
 * @capacity: where in @data VDEV_A_CAPACITY is; 0 if there is none
 * @judged: where in @data the blockers start, and behind them the record
 * @len: length of @data in bytes
 * @data: netlink attributes, from VDEV_A_BUS to VDEV_A_RECORD; then what is
 *	said of the profile, if one is for the endpoint
 *
 * Built once for each change, then copied into every message.
 */
struct vdev_blob {
	struct rcu_head rcu;
	refcount_t refs;
	u64 alike;
	u32 migration;
	bool migratable;
	u32 handle_len;
	u32 capacity;
	u32 judged;
	u32 len;
	u8 data[];
};

/* An attribute of the blob, by where it is. */
static inline const struct nlattr *vdev_blob_attr(const struct vdev_blob *blob,
						  u32 offset)
{
	return (const struct nlattr *)(blob->data + offset);
}

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
 * @gone: it is unregistered; guarded by vdev_registry_lock
 * @told: its facts as the provider reports them; guarded by vdev_profiles_sem
 *	and vdev_registry_lock, both of which a change takes
 * @blob: its facts as they are published; @told itself, if no profile is for
 *	it; written under vdev_registry_lock, read under RCU
 * @pending: what @blob will be when a change of the profiles is complete;
 *	guarded by vdev_registry_lock
 * @pending_node: in the list of those; guarded by vdev_registry_lock
 * @over: the endpoint of a bridge that has the same name and is hidden while
 *	this one is there; guarded by vdev_registry_lock
 * @under: the endpoint that hides this one; guarded by vdev_registry_lock
 * @poll: the poll of what changes without an event; NULL if there is none
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
	bool gone;
	struct vdev_blob *told;
	struct vdev_blob __rcu *blob;
	struct vdev_blob *pending;
	struct list_head pending_node;
	struct vdev_endpoint *over;
	struct vdev_endpoint *under;
	struct vdev_poll *poll;
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
 * @vetoes: sources that it refused
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
 * @ops: its callbacks
 * @stats: what is counted for it
 * @name: its name
 */
struct vdev_provider {
	struct list_head node;
	struct list_head endpoints;
	atomic_t unread;
	const struct vdev_provider_ops *ops;
	struct vdev_provider_stats stats;
	char name[VDEV_NAME_LEN + 1];
};

/**
 * struct vdev_view - an endpoint at one moment, as a message shows it
 * @blob: its facts
 * @id: its number
 * @kind: enum vdev_endpoint_kind
 * @generation: generation of its last change
 * @snapshot: generation of the family at that moment
 * @polled: @age is known
 * @age: milliseconds since its facts were polled
 * @stale: it has not answered its poller
 */
struct vdev_view {
	struct vdev_blob *blob;
	u32 id;
	u32 kind;
	u64 generation;
	u64 snapshot;
	bool polled;
	u32 age;
	bool stale;
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

static inline u32 vdev_endpoint_kind(const struct vdev_endpoint *endpoint)
{
	return endpoint->mark == VDEV_IS_DEVICE ? VDEV_ENDPOINT_KIND_DEVICE :
						  VDEV_ENDPOINT_KIND_TYPE;
}

/**
 * struct vdev_declared - what a profile declares beside the compared part
 * @migration: what it declares about migration
 * @capabilities: enum vdev_capability, or-ed, beside those of the driver
 * @cost: what holds where the driver reports none
 */
struct vdev_declared {
	u32 migration;
	u32 capabilities;
	struct vdev_cost cost;
};

struct vdev_finding;
struct vdev_rank;
struct vdev_refusal;

/* handles.c */
int vdev_handles_init(void);
void vdev_handles_exit(void);
struct vdev_endpoint *vdev_handle_find_rcu(const struct vdev_key *key);
int vdev_handle_insert_locked(struct vdev_endpoint *endpoint);
void vdev_handle_replace_locked(struct vdev_endpoint *old,
				struct vdev_endpoint *new);
void vdev_handle_remove_locked(struct vdev_endpoint *endpoint);

/* registry.c */
extern struct mutex vdev_registry_lock;

int vdev_registry_init(void);
void vdev_registry_exit(void);
u32 vdev_instance(void);
u64 vdev_generation(void);
u64 vdev_generation_next_locked(void);
struct vdev_endpoint *vdev_find_rcu(const struct vdev_key *key);
struct vdev_endpoint *vdev_next_rcu(xa_mark_t mark, unsigned long id);
struct vdev_endpoint *vdev_see_rcu(struct vdev_view *view,
				   const struct vdev_key *key);
struct vdev_endpoint *vdev_see_next_rcu(struct vdev_view *view, xa_mark_t mark,
					unsigned long id);
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
void vdev_view_of(struct vdev_view *view, struct vdev_endpoint *endpoint);
bool vdev_view_hold(const struct vdev_view *view,
		    struct vdev_endpoint *endpoint);
void vdev_view_release(struct vdev_view *view, struct vdev_endpoint *endpoint);
struct vdev_endpoint *vdev_view_find(struct vdev_view *view,
				     const struct vdev_key *key);
void vdev_endpoints_exit(void);

/* publish.c */
void vdev_provider_drop(struct vdev_provider *provider);
void vdev_endpoint_set_stale(struct vdev_endpoint *endpoint, bool stale);

/* provider.c */
typedef int (*vdev_provider_fn)(struct vdev_provider *provider, void *arg);
int vdev_providers_each(vdev_provider_fn fn, void *arg);

/* facts.c */
int vdev_handle_check(struct vdev_refusal *refusal, xa_mark_t mark,
		      const struct vdev_handle *handle);
int vdev_cost_check(struct vdev_refusal *refusal, const struct vdev_cost *cost);
int vdev_facts_check(struct vdev_refusal *refusal,
		     const struct vdev_facts *facts);

typedef int (*vdev_blob_fill)(struct sk_buff *skb, const void *arg);

/* blob.c */
struct vdev_blob *vdev_blob_pack(vdev_blob_fill fill, const void *arg);
struct vdev_blob *vdev_blob_get(struct vdev_blob *blob);
void vdev_blob_put(struct vdev_blob *blob);
bool vdev_blob_same(const struct vdev_blob *a, const struct vdev_blob *b);
bool vdev_blob_alike(const struct vdev_blob *a, const struct vdev_blob *b);
struct vdev_blob *vdev_blob_build(struct vdev_refusal *refusal,
				  const char *provider,
				  const struct vdev_handle *handle,
				  const struct vdev_facts *facts);

/* blob_profile.c */
struct vdev_blob *vdev_blob_declare(struct vdev_refusal *refusal,
				    const struct vdev_blob *told,
				    const char *profile,
				    const struct vdev_declared *declared,
				    const struct vdev_record *record);
struct vdev_blob *vdev_blob_conflict(const struct vdev_blob *told,
				     const char *profile, const char *why);

/* msg.c */
size_t vdev_msg_size(const struct vdev_blob *blob);
struct sk_buff *vdev_msg_new(const struct vdev_blob *blob);
int vdev_msg_put_generation(struct sk_buff *skb, int instance_type, int type,
			    u64 generation);
int vdev_msg_put_head(struct sk_buff *skb, const struct vdev_view *view);
int vdev_msg_put_endpoint(struct sk_buff *skb, void *header,
			  const struct vdev_view *view);

/* msg_facts.c */
int vdev_msg_put_optional(struct sk_buff *skb, int attrtype,
			  const char *string);
int vdev_msg_put_handle(struct sk_buff *skb, const struct vdev_handle *handle);
int vdev_msg_put_cost(struct sk_buff *skb, const struct vdev_cost *cost);
int vdev_msg_put_facts(struct sk_buff *skb, const struct vdev_facts *facts);

/* msg_record.c */
int vdev_msg_put_record(struct sk_buff *skb, const struct vdev_record *record);
int vdev_msg_put_value(struct sk_buff *skb, int attrtype,
		       const struct vdev_value *value);
int vdev_msg_put_bitmap(struct sk_buff *skb, int attrtype,
			const struct vdev_bitmap *bitmap);
int vdev_msg_nest_close(struct sk_buff *skb, struct nlattr *nest, int err);

/* msg_finding.c */
int vdev_msg_put_finding(struct sk_buff *skb,
			 const struct vdev_finding *finding);
int vdev_msg_put_rank(struct sk_buff *skb, const struct vdev_rank *rank);

#endif /* _VDEV_CORE_H */
