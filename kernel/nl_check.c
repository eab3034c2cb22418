// SPDX-License-Identifier: GPL-2.0
/*
 * The check operation: can one target load the state of a source? Both are
 * looked at in one moment, under vdev_registry_sem held for reading.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "judge.h"
#include "nl_source.h"

/*
 * No answer is larger: a finding tells nothing twice, and what it tells is in one
 * of two objects or in the blockers of the source. What is around that takes a
 * hundred bytes of each of less than 200 findings.
 */
#define ANSWER_MAX	(4 * VDEV_OBJECT_BYTES)

static struct vdev_naming target_naming(const struct genl_info *info)
{
	return (struct vdev_naming) {
		.numbers = &vdev_nl_key_attrs,
		.attrs = info->attrs,
		.extack = info->extack,
	};
}

static int parse_target(const struct genl_info *info, struct vdev_key *key)
{
	const struct vdev_naming naming = target_naming(info);

	key->mark = VDEV_IS_ANY;
	if (!vdev_key_given(&naming)) {
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, VDEV_A_ID);
		return -EINVAL;
	}
	return vdev_key_parse(key, &naming);
}

static int check_expected_locked(const struct genl_info *info,
				 const struct vdev_endpoint *target)
{
	const struct nlattr *expect = info->attrs[VDEV_A_EXPECT];

	lockdep_assert_held(&vdev_registry_sem);
	if (!expect)
		return 0;
	if (target->generation > nla_get_u64(expect)) {
		NL_SET_ERR_MSG_ATTR(info->extack, expect,
				    "the target has changed");
		return -ESTALE;
	}
	return vdev_nl_generation_check_locked(expect, info->extack);
}

static const struct vdev_endpoint *target_locked(const struct genl_info *info,
						 const struct vdev_key *key)
{
	const struct vdev_endpoint *target = vdev_find_locked(key);
	const struct vdev_naming naming = target_naming(info);
	int err;

	if (!target) {
		vdev_key_blame(&naming);
		NL_SET_ERR_MSG(info->extack, "no such target");
		return ERR_PTR(-ENODEV);
	}
	err = check_expected_locked(info, target);
	return err ? ERR_PTR(err) : target;
}

static int fill_locked(struct sk_buff *skb, struct genl_info *info,
		       struct vdev_judge *judge,
		       const struct vdev_endpoint *target)
{
	void *header;
	int err;

	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	if (!header)
		return -EMSGSIZE;
	err = vdev_judge_put_name_locked(skb, target) ?:
	      vdev_judge_put_answer_locked(judge, skb, target);
	if (!err)
		genlmsg_end(skb, header);
	return err;
}

/* Answer in a larger buffer each time it does not fit. */
static struct sk_buff *answer_locked(struct genl_info *info,
				     struct vdev_judge *judge,
				     const struct vdev_endpoint *target)
{
	static const size_t rooms[] = {
		GENLMSG_DEFAULT_SIZE, ANSWER_MAX / 4, ANSWER_MAX,
	};
	struct sk_buff *skb;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(rooms); i++) {
		skb = genlmsg_new(rooms[i], GFP_KERNEL);
		if (!skb)
			return ERR_PTR(-ENOMEM);
		err = fill_locked(skb, info, judge, target);
		if (!err)
			return skb;
		nlmsg_free(skb);
		if (err != -EMSGSIZE)
			break;
	}
	return ERR_PTR(err);
}

static struct sk_buff *check_locked(struct genl_info *info,
				    const struct vdev_key *key,
				    struct vdev_source *source)
{
	const struct vdev_endpoint *target = target_locked(info, key);
	struct vdev_judge *judge;
	struct sk_buff *reply;
	int err;

	if (IS_ERR(target))
		return ERR_CAST(target);
	err = vdev_source_read_locked(source);
	if (err)
		return ERR_PTR(err);
	judge = vdev_judge_new(&source->parsed->side, target->blob, false);
	if (!judge)
		return ERR_PTR(-ENOMEM);
	reply = answer_locked(info, judge, target);
	vdev_judge_free(judge);
	return reply;
}

static int check(struct genl_info *info, struct vdev_source *source)
{
	struct vdev_key key = { };
	struct sk_buff *reply;
	int err;

	err = parse_target(info, &key) ?:
	      vdev_source_parse(source, info->attrs[VDEV_A_SOURCE],
				info->extack);
	if (err)
		return err;
	vdev_endpoint_refresh(&key);
	if (source->local)
		vdev_endpoint_refresh(&source->key);

	down_read(&vdev_registry_sem);
	reply = check_locked(info, &key, source);
	up_read(&vdev_registry_sem);
	return IS_ERR(reply) ? PTR_ERR(reply) : genlmsg_reply(reply, info);
}

int vdev_nl_check_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vdev_source source = { };
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_SOURCE))
		return -EINVAL;
	err = check(info, &source);
	vdev_source_clear(&source);
	return err;
}
