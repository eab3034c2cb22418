// SPDX-License-Identifier: GPL-2.0
/*
 * The answer to a request that is not done when netlink returns. Generic netlink
 * holds a lock while it calls a family, and all families wait for one that takes it
 * for writing: so nothing that may hang is done there. The function that is called
 * returns -EINTR, which netlink does not acknowledge, and the acknowledgment is made
 * here: as netlink makes it for a socket that wants it short, with what it is about.
 *
 * All memory is allocated when the request is accepted: what is done is answered.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "answer.h"
#include "codec/encode.h"
#include "family.h"

/* Beside the header: what is said, and about which byte of the request. */
#define ACK_ROOM	(sizeof(struct nlmsgerr) + nla_total_size(VDEV_STRING_LEN + 1) + \
			 nla_total_size(sizeof(u32)))

/**
 * vdev_answer_init() - allocate what an answer takes
 * @answer: the answer, zeroed
 * @info: the request
 * @replies: an endpoint is replied, unless the request fails
 *
 * Context: Process context. May sleep.
 * Return: 0 or -ENOMEM; vdev_answer_free() is to be called also then.
 */
int vdev_answer_init(struct vdev_answer *answer, const struct genl_info *info, bool replies)
{
	answer->request = *info->nlhdr;
	answer->portid = info->snd_portid;
	answer->cmd = info->genlhdr->cmd;
	answer->ack = nlmsg_new(ACK_ROOM, GFP_KERNEL);
	if (replies)
		answer->reply = vdev_msg_new_any();
	return answer->ack && (!replies || answer->reply) ? 0 : -ENOMEM;
}

/**
 * vdev_answer_free() - free what was not sent
 * @answer: the answer
 */
void vdev_answer_free(struct vdev_answer *answer)
{
	nlmsg_free(answer->reply);
	nlmsg_free(answer->ack);
}

/* A requester that has gone, or whose buffer is full, has no answer. */
static void answer_send(struct vdev_answer *answer, struct sk_buff **skb)
{
	genlmsg_unicast(&init_net, *skb, answer->portid);
	*skb = NULL;
}

/**
 * vdev_answer_reply() - reply an endpoint
 * @answer: the answer
 * @view: the endpoint
 *
 * Context: Process context.
 */
void vdev_answer_reply(struct vdev_answer *answer, const struct vdev_view *view)
{
	void *header;

	header = genlmsg_put(answer->reply, answer->portid, answer->request.nlmsg_seq,
			     &vdev_nl_family, 0, answer->cmd);
	if (WARN_ON_ONCE(!header || vdev_msg_put_endpoint(answer->reply, header, view)))
		return;
	answer_send(answer, &answer->reply);
}

/**
 * vdev_answer_acknowledge() - say what has come of a request
 * @answer: the answer
 * @err: 0 or an errno
 * @text: why; empty if there is nothing to say
 * @offset: where in the request is what it is about; 0 if that is not known
 *
 * Context: Process context.
 */
void vdev_answer_acknowledge(struct vdev_answer *answer, int err, const char *text,
			     u32 offset)
{
	u16 flags = NLM_F_CAPPED;
	struct nlmsgerr *error;
	struct nlmsghdr *header;

	if (!err && !(answer->request.nlmsg_flags & NLM_F_ACK))
		return;
	if (err)
		flags |= NLM_F_ACK_TLVS;
	header = nlmsg_put(answer->ack, answer->portid, answer->request.nlmsg_seq,
			   NLMSG_ERROR, sizeof(*error), flags);
	if (WARN_ON_ONCE(!header))
		return;
	error = nlmsg_data(header);
	error->error = err;
	error->msg = answer->request;
	if (err && ((*text && nla_put_string(answer->ack, NLMSGERR_ATTR_MSG, text)) ||
		    (offset && nla_put_u32(answer->ack, NLMSGERR_ATTR_OFFS, offset))))
		WARN_ON_ONCE(true);
	nlmsg_end(answer->ack, header);
	answer_send(answer, &answer->ack);
}
