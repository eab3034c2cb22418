/* SPDX-License-Identifier: GPL-2.0 */
/*
 * From structures to attributes: the same for replies, dumps and events.
 */
#ifndef _VDEV_ENCODE_H
#define _VDEV_ENCODE_H

#include <linux/vdev.h>
#include <net/netlink.h>

struct vdev_blob;
struct vdev_finding;
struct vdev_rank;

/**
 * struct vdev_view - an endpoint at one moment, as a message shows it
 * @blob: its facts
 * @id: its number
 * @kind: enum vdev_endpoint_kind
 * @instance: which generations are meant
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
	u32 instance;
	u64 generation;
	u64 snapshot;
	bool polled;
	u32 age;
	bool stale;
};

/**
 * struct vdev_profile_view - a profile at one moment, as a message shows it
 * @data: what it declares: netlink attributes
 * @len: length of @data in bytes
 * @instance: which generations are meant
 * @generation: generation of its last change
 * @snapshot: generation of the family at that moment
 */
struct vdev_profile_view {
	const void *data;
	u32 len;
	u32 instance;
	u64 generation;
	u64 snapshot;
};

/* encode.c */
size_t vdev_msg_size(const struct vdev_blob *blob);
struct sk_buff *vdev_msg_new(const struct vdev_blob *blob);
struct sk_buff *vdev_msg_new_any(void);
int vdev_msg_put_generation(struct sk_buff *skb, int instance_type, u32 instance,
			    int type, u64 generation);
int vdev_msg_put_head(struct sk_buff *skb, const struct vdev_view *view);
int vdev_msg_put_endpoint(struct sk_buff *skb, void *header,
			  const struct vdev_view *view);

/* encode_profile.c */
size_t vdev_msg_profile_size(u32 len);
struct sk_buff *vdev_msg_profile_new(u32 len);
int vdev_msg_put_profile(struct sk_buff *skb, void *header,
			 const struct vdev_profile_view *view);

/* encode_facts.c */
int vdev_msg_put_optional(struct sk_buff *skb, int attrtype,
			  const char *string);
int vdev_msg_put_handle(struct sk_buff *skb, const struct vdev_handle *handle);
int vdev_msg_put_blocker(struct sk_buff *skb,
			 const struct vdev_blocker *blocker);
int vdev_msg_put_cost(struct sk_buff *skb, const struct vdev_cost *cost);
int vdev_msg_put_counter(struct sk_buff *skb, const char *name, u64 value);
int vdev_msg_put_facts(struct sk_buff *skb, const struct vdev_facts *facts);

/* encode_record.c */
int vdev_msg_put_record(struct sk_buff *skb, const struct vdev_record *record);
int vdev_msg_put_value(struct sk_buff *skb, int attrtype,
		       const struct vdev_value *value);
int vdev_msg_put_bitmap(struct sk_buff *skb, int attrtype,
			const struct vdev_bitmap *bitmap);
int vdev_msg_nest_close(struct sk_buff *skb, struct nlattr *nest, int err);

/* encode_finding.c */
int vdev_msg_put_finding(struct sk_buff *skb,
			 const struct vdev_finding *finding);
int vdev_msg_put_rank(struct sk_buff *skb, const struct vdev_rank *rank);

#endif /* _VDEV_ENCODE_H */
