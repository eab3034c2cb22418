/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The answer to a request that is not done when netlink returns.
 */
#ifndef _VDEV_NL_ANSWER_H
#define _VDEV_NL_ANSWER_H

#include <linux/netlink.h>
#include <linux/types.h>

struct genl_info;
struct sk_buff;
struct vdev_view;

/**
 * struct vdev_answer - the answer to a request, with all the memory that it takes
 * @request: header of the request
 * @portid: who has sent it
 * @cmd: its command
 * @reply: the reply; NULL if there is none
 * @ack: the acknowledgment
 */
struct vdev_answer {
	struct nlmsghdr request;
	u32 portid;
	u8 cmd;
	struct sk_buff *reply;
	struct sk_buff *ack;
};

int vdev_answer_init(struct vdev_answer *answer, const struct genl_info *info, bool replies);
void vdev_answer_free(struct vdev_answer *answer);
void vdev_answer_reply(struct vdev_answer *answer, const struct vdev_view *view);
void vdev_answer_acknowledge(struct vdev_answer *answer, int err, const char *text,
			     u32 offset);

#endif /* _VDEV_NL_ANSWER_H */
