/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the core share. Nothing here is for providers; their API
 * is <linux/vdev.h>.
 *
 * Locks, outermost first:
 *	providers_sem (provider.c)	the list of providers; held for reading
 *					while a provider refreshes its facts
 *	a provider's own locks
 *	vdev_profiles_sem (profiles.c)	the profiles; held for reading while an
 *					endpoint is registered or told anew
 *	vdev_registry_sem		the endpoints and the generation
 *	queue_lock (notify.c)		the events that are not delivered
 * Events are delivered with vdev_registry_sem dropped; the lock for that is
 * taken after all others, and nothing but netlink's own is taken under it.
 * A dump holds vdev_registry_sem while it fills one buffer, not in between. A
 * provider's veto is called with vdev_registry_sem held for reading.
 */
#ifndef _VDEV_CORE_H
#define _VDEV_CORE_H

#include <linux/list.h>
#include <linux/rhashtable-types.h>
#include <linux/rwsem.h>
#include <linux/vdev.h>
#include <linux/xarray.h>
#include <net/genetlink.h>

/* What an endpoint is; also its mark in the registry. */
#define VDEV_IS_DEVICE	XA_MARK_1
#define VDEV_IS_TYPE	XA_MARK_2
/* Either, where one is wanted. */
#define VDEV_IS_ANY	XA_PRESENT

/* A dump reads into buffers of this size, so that the largest object fits. */
#define VDEV_DUMP_ROOM	SKB_WITH_OVERHEAD(32768)

/**
 * struct vdev_blob - an endpoint as it goes over the wire
 * @alike: the same number is given to what vdev_blob_alike() finds alike; 0
 *	until it is published, then guarded by vdev_registry_sem
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

/**
 * struct vdev_endpoint - a registered device or type
 * @id: its number
 * @mark: VDEV_IS_DEVICE or VDEV_IS_TYPE
 * @provider: who registered it
 * @handle: its name; the strings are in @strings
 * @generation: generation of its last change; guarded by vdev_registry_sem
 * @told: its facts as the provider tells them; guarded by vdev_profiles_sem and
 *	vdev_registry_sem, both of which a change takes
 * @blob: its facts as they are published; @told itself, if no profile is for
 *	it; guarded by vdev_registry_sem
 * @pending: what @blob will be when a change of the profiles is complete;
 *	guarded by vdev_registry_sem
 * @pending_node: in the list of those; guarded by vdev_registry_sem
 * @node: in the provider's list; guarded by vdev_registry_sem
 * @hash: in the table of handles; guarded by vdev_registry_sem
 * @rcu: the table may still be walked by its resize worker
 * @strings: storage of @handle
 */
struct vdev_endpoint {
	u32 id;
	xa_mark_t mark;
	struct vdev_provider *provider;
	struct vdev_handle handle;
	u64 generation;
	struct vdev_blob *told;
	struct vdev_blob *blob;
	struct vdev_blob *pending;
	struct list_head pending_node;
	struct list_head node;
	struct rhash_head hash;
	struct rcu_head rcu;
	char strings[];
};

/**
 * struct vdev_provider - kernel code that tells of endpoints
 * @node: in the list of providers
 * @endpoints: what it registered; guarded by vdev_registry_sem
 * @leaving: it is asked to refresh no more; guarded by providers_sem
 * @ops: its callbacks
 * @priv: their argument
 * @name: its name
 */
struct vdev_provider {
	struct list_head node;
	struct list_head endpoints;
	bool leaving;
	const struct vdev_provider_ops *ops;
	void *priv;
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

static inline u32 vdev_endpoint_kind(const struct vdev_endpoint *endpoint)
{
	return endpoint->mark == VDEV_IS_DEVICE ? VDEV_ENDPOINT_KIND_DEVICE :
						  VDEV_ENDPOINT_KIND_TYPE;
}

struct vdev_event;
struct vdev_filter;
struct vdev_finding;
struct vdev_rank;
struct vdev_refusal;

/* handles.c */
int vdev_handles_init(void);
void vdev_handles_exit(void);
struct vdev_endpoint *vdev_handle_find_locked(const struct vdev_key *key);
int vdev_handle_insert_locked(struct vdev_endpoint *endpoint);
void vdev_handle_remove_locked(struct vdev_endpoint *endpoint);

/* registry.c */
extern struct rw_semaphore vdev_registry_sem;

int vdev_registry_init(void);
void vdev_registry_exit(void);
void vdev_registry_drop(struct vdev_provider *provider);
u64 vdev_generation_locked(void);
struct vdev_endpoint *vdev_find_locked(const struct vdev_key *key);
struct vdev_endpoint *vdev_next_locked(xa_mark_t mark, unsigned long id);
void vdev_publish_locked(struct vdev_endpoint *endpoint,
			 struct vdev_blob **blob, struct vdev_event *event);

/* provider.c */
void vdev_providers_refresh(void);
void vdev_endpoint_refresh(const struct vdev_key *key);

/* facts.c */
int vdev_handle_check(struct vdev_refusal *refusal, xa_mark_t mark,
		      const struct vdev_handle *handle);
int vdev_facts_check(struct vdev_refusal *refusal,
		     const struct vdev_facts *facts);

typedef int (*vdev_blob_fill)(struct sk_buff *skb, const void *arg);

/* blob.c */
struct vdev_blob *vdev_blob_pack(vdev_blob_fill fill, const void *arg);
bool vdev_blob_same(const struct vdev_blob *a, const struct vdev_blob *b);
bool vdev_blob_alike(const struct vdev_blob *a, const struct vdev_blob *b);
struct vdev_blob *vdev_blob_build(struct vdev_refusal *refusal,
				  const char *provider,
				  const struct vdev_handle *handle,
				  const struct vdev_facts *facts);

/* blob_profile.c */
struct vdev_blob *vdev_blob_declare(struct vdev_refusal *refusal,
				    const struct vdev_blob *told,
				    const char *profile, u32 migration,
				    const struct vdev_record *record);
struct vdev_blob *vdev_blob_misfit(const struct vdev_blob *told,
				   const char *profile, const char *why);

/* msg.c */
struct sk_buff *vdev_msg_new(const struct vdev_endpoint *endpoint);
int vdev_msg_put_head(struct sk_buff *skb,
		      const struct vdev_endpoint *endpoint);
int vdev_msg_put_endpoint(struct sk_buff *skb, void *header,
			  const struct vdev_endpoint *endpoint);

/* msg_facts.c */
int vdev_msg_put_optional(struct sk_buff *skb, int attrtype,
			  const char *string);
int vdev_msg_put_handle(struct sk_buff *skb, const struct vdev_handle *handle);
int vdev_msg_put_facts(struct sk_buff *skb, const struct vdev_facts *facts);

/* msg_record.c */
int vdev_msg_put_record(struct sk_buff *skb, const struct vdev_record *record);
int vdev_msg_put_value(struct sk_buff *skb, int attrtype,
		       const struct vdev_value *value);
int vdev_msg_put_bitmap(struct sk_buff *skb, int attrtype,
			const struct vdev_bitmap *bitmap, int padattr);
int vdev_msg_nest_close(struct sk_buff *skb, struct nlattr *nest, int err);

/* msg_finding.c */
int vdev_msg_put_finding(struct sk_buff *skb,
			 const struct vdev_finding *finding);
int vdev_msg_put_rank(struct sk_buff *skb, const struct vdev_rank *rank);

/* nl_tables.c */
extern struct genl_family vdev_nl_family;
extern const struct nla_policy vdev_nl_filter_policy[VDEV_A_FILTER_MAX + 1];

/* filter.c */
struct vdev_filter *vdev_filter_new(const struct nlattr *attr,
				    struct netlink_ext_ack *extack);
bool vdev_filter_match_locked(const struct vdev_filter *filter,
			      const struct vdev_endpoint *endpoint);

/* netlink.c */
int vdev_nl_dev_get_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_dev_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vdev_nl_type_get_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_type_get_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vdev_nl_generation_check_locked(const struct nlattr *attr,
				    struct netlink_ext_ack *extack);
void *vdev_nl_dump_header(struct sk_buff *skb, struct netlink_callback *cb);
int vdev_nl_dump_start(struct netlink_callback *cb);
int vdev_nl_dump_done(struct netlink_callback *cb);

/* nl_check.c */
int vdev_nl_check_doit(struct sk_buff *skb, struct genl_info *info);

/* nl_find.c */
int vdev_nl_find_start(struct netlink_callback *cb);
int vdev_nl_find_dumpit(struct sk_buff *skb, struct netlink_callback *cb);
int vdev_nl_find_done(struct netlink_callback *cb);

/* nl_profile.c */
int vdev_nl_profile_get_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_profile_dump_start(struct netlink_callback *cb);
int vdev_nl_profile_get_dumpit(struct sk_buff *skb,
			       struct netlink_callback *cb);
int vdev_nl_profile_set_doit(struct sk_buff *skb, struct genl_info *info);
int vdev_nl_profile_del_doit(struct sk_buff *skb, struct genl_info *info);

#endif /* _VDEV_CORE_H */
