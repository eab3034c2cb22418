/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Judging endpoints of this host, and what is said of each: the part of check
 * and find that is the same.
 */
#ifndef _VDEV_JUDGE_H
#define _VDEV_JUDGE_H

#include "check.h"

struct sk_buff;
struct vdev_blob;
struct vdev_endpoint;
struct vdev_parsed;

/**
 * struct vdev_judge - what a source is held against targets with
 * @check: the evaluator's
 * @terse: only failures and notes are said
 * @vetoed: the driver of the last target has refused
 * @skb: the message that is being filled
 * @reason: why the driver refuses
 * @target: the target that is being judged
 */
struct vdev_judge {
	struct vdev_check check;
	bool terse;
	bool vetoed;
	struct sk_buff *skb;
	char reason[VDEV_STRING_LEN + 1];
	struct vdev_parsed *target;
};

struct vdev_judge *vdev_judge_new(const struct vdev_side *source,
				  const struct vdev_blob *blob, bool terse);
void vdev_judge_free(struct vdev_judge *judge);
int vdev_judge_put_name_locked(struct sk_buff *skb,
			       const struct vdev_endpoint *endpoint);
int vdev_judge_put_answer_locked(struct vdev_judge *judge, struct sk_buff *skb,
				 const struct vdev_endpoint *endpoint);
bool vdev_judge_is_vetoed_locked(struct vdev_judge *judge, u32 verdict,
				 const struct vdev_endpoint *endpoint);

#endif /* _VDEV_JUDGE_H */
