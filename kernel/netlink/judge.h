/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Judging endpoints of this host, and what is said of each: the part of check
 * and find that is the same.
 */
#ifndef _VDEV_JUDGE_H
#define _VDEV_JUDGE_H

#include <linux/skbuff.h>

#include "core/core.h"
#include "model/check.h"

/* Room for the largest answer; findings that would need more are left out. */
#define VDEV_ANSWER_ROOM	SKB_WITH_OVERHEAD(32768)

/**
 * struct vdev_judge - what targets are judged with
 * @check: the evaluator's
 * @terse: only failures and notes are said
 * @cut: findings are left out for which there is no room, and all that are neither
 *	failures nor notes
 * @worst: no answer is wanted if the verdict is worse than this; 0 if any will do
 * @asked: whose driver was asked last; 0 if none was
 * @asked_at: generation of that endpoint
 * @rejected: that driver has rejected the source
 * @answer: where the last answer begins in the message
 * @truncated: findings were left out of it
 * @full: there is no room for a further one
 * @vetoed: the verdict is the driver's rejection
 * @verdicts: how many there were
 * @skb: the message that is being filled
 * @reason: why the driver rejects
 * @blob: what the target reports that is being judged
 */
struct vdev_judge {
	struct vdev_check check;
	bool terse;
	bool cut;
	u32 worst;
	u32 asked;
	u64 asked_at;
	bool rejected;
	u32 answer;
	bool truncated;
	bool full;
	bool vetoed;
	unsigned int verdicts;
	struct sk_buff *skb;
	char reason[VDEV_STRING_LEN + 1];
	const struct vdev_blob *blob;
};

/* Is the driver asked where the rules come to that verdict? */
static inline bool vdev_judge_asks(u32 verdict, const struct vdev_endpoint *endpoint)
{
	return endpoint->has_veto && verdict <= VDEV_VERDICT_UNDECLARED;
}

struct vdev_judge *vdev_judge_new(const struct vdev_operand *source, bool terse);
void vdev_judge_free(struct vdev_judge *judge);
int vdev_judge_put_name(struct sk_buff *skb, const struct vdev_view *view);
int vdev_judge_put_rules(struct vdev_judge *judge, struct sk_buff *skb,
			 const struct vdev_view *view);
int vdev_judge_put_known(struct vdev_judge *judge, struct sk_buff *skb, u32 verdict,
			 const void *answer, u32 len);
int vdev_judge_put_veto(struct vdev_judge *judge, const struct vdev_endpoint *endpoint,
			const struct vdev_view *view);
void vdev_judge_answered(struct vdev_judge *judge,
			 const struct vdev_endpoint *endpoint);
u64 vdev_verdicts_count(void);

#endif /* _VDEV_JUDGE_H */
