// SPDX-License-Identifier: GPL-2.0
/*
 * What a check found, and the rank of a target, as netlink attributes. Only
 * the room in the buffer can run out. Pure functions, no locks.
 */
#include <net/netlink.h>

#include "encode.h"
#include "model/finding.h"

/**
 * vdev_msg_put_finding() - put one finding
 * @skb: buffer to put it in
 * @finding: the finding
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_finding(struct sk_buff *skb,
			 const struct vdev_finding *finding)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_FINDING);
	int err;

	if (!nest)
		return -EMSGSIZE;
	err = nla_put_u32(skb, VDEV_A_FINDING_FIELD, finding->field) ?:
	      vdev_msg_put_optional(skb, VDEV_A_FINDING_NAME, finding->name);
	if (!err && finding->rule)
		err = nla_put_u32(skb, VDEV_A_FINDING_RULE, finding->rule);
	err = err ?: nla_put_u32(skb, VDEV_A_FINDING_RESULT, finding->result) ?:
	      nla_put_u32(skb, VDEV_A_FINDING_CODE, finding->code) ?:
	      vdev_msg_put_value(skb, VDEV_A_FINDING_SOURCE,
				 &finding->source) ?:
	      vdev_msg_put_value(skb, VDEV_A_FINDING_TARGET,
				 &finding->target) ?:
	      vdev_msg_put_bitmap(skb, VDEV_A_FINDING_MISSING,
				  &finding->missing) ?:
	      vdev_msg_put_bitmap(skb, VDEV_A_FINDING_UNMET,
				  &finding->unmet) ?:
	      vdev_msg_put_optional(skb, VDEV_A_FINDING_REASON,
				    finding->reason);
	return vdev_msg_nest_close(skb, nest, err);
}

/**
 * vdev_msg_put_rank() - put the place of a target among others
 * @skb: buffer to put it in
 * @rank: the place
 *
 * Return: 0, or -EMSGSIZE if the buffer is too small.
 */
int vdev_msg_put_rank(struct sk_buff *skb, const struct vdev_rank *rank)
{
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_RANK);
	int err;

	if (!nest)
		return -EMSGSIZE;
	err = nla_put_u32(skb, VDEV_A_RANK_PREFERENCE, rank->preference);
	if (!err && rank->same_version)
		err = nla_put_flag(skb, VDEV_A_RANK_SAME_VERSION);
	err = err ?: nla_put_u32(skb, VDEV_A_RANK_BUGFIX, rank->bugfix) ?:
	      nla_put_u32(skb, VDEV_A_RANK_SURPLUS, rank->surplus);
	return vdev_msg_nest_close(skb, nest, err);
}
