// SPDX-License-Identifier: GPL-2.0
/*
 * The message about one endpoint, the same in a reply, a dump and an event:
 * what changes by itself is put here, the rest is copied from the blob.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "blob.h"
#include "compat.h"
#include "encode.h"

/* Room for what stands before the blob: numbers of 4 bytes, a flag, and of 8 bytes. */
#define MSG_HEAD	(4 * (NLA_HDRLEN + sizeof(u32)) + NLA_HDRLEN + \
			 2 * (NLA_HDRLEN + sizeof(u64)))
/* Room for what is said of the profile: its name, and why there is a conflict. */
#define MSG_PROFILE	(NLA_HDRLEN + NLA_ALIGN(VDEV_NAME_LEN + 1) + \
			 NLA_HDRLEN + NLA_ALIGN(VDEV_STRING_LEN + 1))

/**
 * vdev_msg_size() - how large a message about an endpoint is
 * @blob: the facts of the endpoint
 *
 * Return: the size in bytes, headers of netlink and generic netlink included.
 */
size_t vdev_msg_size(const struct vdev_blob *blob)
{
	return nlmsg_total_size(genlmsg_msg_size(MSG_HEAD + blob->len));
}

/**
 * vdev_msg_new() - allocate a message for one endpoint
 * @blob: the facts of the endpoint
 *
 * Context: Process context. May sleep.
 * Return: the buffer, or NULL.
 */
struct sk_buff *vdev_msg_new(const struct vdev_blob *blob)
{
	return genlmsg_new(MSG_HEAD + blob->len, GFP_KERNEL);
}

/**
 * vdev_msg_new_any() - allocate a message for an endpoint that is not known yet
 *
 * Context: Process context. May sleep.
 * Return: the buffer, with room for any endpoint, its profile and its ceiling; or NULL.
 */
struct sk_buff *vdev_msg_new_any(void)
{
	return genlmsg_new(MSG_HEAD + VDEV_OBJECT_BYTES + MSG_PROFILE + VDEV_CEILING_BYTES,
			   GFP_KERNEL);
}

/**
 * vdev_msg_put_generation() - put a generation, and of which instance it is
 * @skb: buffer to put it in
 * @instance_type: attribute that holds the instance
 * @instance: the instance
 * @type: attribute that holds the generation
 * @generation: the generation
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_generation(struct sk_buff *skb, int instance_type, u32 instance,
			    int type, u64 generation)
{
	return nla_put_u32(skb, instance_type, instance) ?:
	       vdev_compat_put_uint(skb, type, generation);
}

/**
 * struct head - what stands before the blob, while it is put together
 * @next: the first byte of @data that is free
 * @data: attributes
 */
struct head {
	u8 *next;
	u8 data[MSG_HEAD] __aligned(NLA_ALIGNTO);
};

static inline void head_put(struct head *head, int attrtype, const void *data, u16 len)
{
	struct nlattr *attr = (struct nlattr *)head->next;

	attr->nla_type = attrtype;
	attr->nla_len = nla_attr_size(len);
	memcpy(nla_data(attr), data, len);
	head->next += NLA_ALIGN(attr->nla_len);
}

static inline void head_put_u32(struct head *head, int attrtype, u32 number)
{
	head_put(head, attrtype, &number, sizeof(number));
}

/* Of 4 or of 8 bytes, whichever is enough. */
static inline void head_put_uint(struct head *head, int attrtype, u64 number)
{
	if (number == (u32)number)
		head_put_u32(head, attrtype, number);
	else
		head_put(head, attrtype, &number, sizeof(number));
}

/**
 * vdev_msg_put_head() - put what changes by itself
 * @skb: buffer to put it in
 * @view: the endpoint
 *
 * It is put into each message of a dump: so there is one look at the room.
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_head(struct sk_buff *skb, const struct vdev_view *view)
{
	struct head head;
	int len;

	head.next = head.data;
	head_put_u32(&head, VDEV_A_ID, view->id);
	head_put_u32(&head, VDEV_A_ENDPOINT, view->kind);
	head_put_u32(&head, VDEV_A_INSTANCE, view->instance);
	head_put_uint(&head, VDEV_A_GENERATION, view->generation);
	head_put_uint(&head, VDEV_A_SNAPSHOT, view->snapshot);
	if (view->polled)
		head_put_u32(&head, VDEV_A_AGE, view->age);
	if (view->stale)
		head_put(&head, VDEV_A_STALE, "", 0);
	len = head.next - head.data;
	if (skb_tailroom(skb) < len)
		return -EMSGSIZE;
	skb_put_data(skb, head.data, len);
	return 0;
}

static int msg_put_blob(struct sk_buff *skb, const struct vdev_blob *blob)
{
	if (skb_tailroom(skb) < blob->len)
		return -EMSGSIZE;
	skb_put_data(skb, blob->data, blob->len);
	return 0;
}

/**
 * vdev_msg_put_endpoint() - put one endpoint, and end its message
 * @skb: buffer to put it in
 * @header: the message's generic netlink header
 * @view: the endpoint
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small; the message is then
 * cancelled.
 */
int vdev_msg_put_endpoint(struct sk_buff *skb, void *header,
			  const struct vdev_view *view)
{
	if (vdev_msg_put_head(skb, view) || msg_put_blob(skb, view->blob)) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	genlmsg_end(skb, header);
	return 0;
}
