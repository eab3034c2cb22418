// SPDX-License-Identifier: GPL-2.0
/*
 * The check operation: can one target load the state of a source?
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core/core.h"
#include "core/poll.h"
#include "judge.h"
#include "netlink.h"
#include "source.h"

static struct vdev_naming check_target_naming(const struct genl_info *info)
{
	return (struct vdev_naming) {
		.numbers = &vdev_nl_key_attrs,
		.attrs = info->attrs,
		.extack = info->extack,
	};
}

static int check_parse_target(const struct genl_info *info, struct vdev_key *key)
{
	const struct vdev_naming naming = check_target_naming(info);

	key->mark = VDEV_IS_ANY;
	if (!vdev_key_given(&naming)) {
		NL_SET_ERR_ATTR_MISS(info->extack, NULL, VDEV_A_ID);
		return -EINVAL;
	}
	return vdev_key_parse(key, &naming);
}

static int check_no_target(const struct genl_info *info)
{
	const struct vdev_naming naming = check_target_naming(info);

	vdev_key_blame(&naming);
	NL_SET_ERR_MSG(info->extack, "no such target");
	return -ENODEV;
}

static int check_fill_answer(struct sk_buff *skb, struct genl_info *info,
			     struct vdev_judge *judge,
			     const struct vdev_endpoint *target,
			     const struct vdev_view *view)
{
	void *header;
	int err;

	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	if (!header)
		return -EMSGSIZE;
	err = vdev_judge_put_name(skb, view) ?:
	      vdev_judge_put_rules(judge, skb, view) ?:
	      vdev_judge_put_veto(judge, target, view);
	if (err)
		return err;
	genlmsg_end(skb, header);
	vdev_judge_answered(judge, target);
	return 0;
}

/* Room for an answer; @cut: findings are left out for which there is none. */
struct room {
	size_t size;
	bool cut;
};

/* Answer in a larger buffer if it does not fit, and say less if it still does not. */
static struct sk_buff *check_answer(struct genl_info *info, struct vdev_judge *judge,
				    const struct vdev_endpoint *target,
				    const struct vdev_view *view)
{
	static const struct room rooms[] = {
		{ GENLMSG_DEFAULT_SIZE },
		{ VDEV_ANSWER_ROOM - NLMSG_HDRLEN - GENL_HDRLEN },
		{ VDEV_ANSWER_ROOM - NLMSG_HDRLEN - GENL_HDRLEN, true },
	};
	struct sk_buff *skb;
	unsigned int i;
	int err;

	for (i = 0; i < ARRAY_SIZE(rooms); i++) {
		skb = genlmsg_new(rooms[i].size, GFP_KERNEL);
		if (!skb)
			return ERR_PTR(-ENOMEM);
		judge->cut = rooms[i].cut;
		err = check_fill_answer(skb, info, judge, target, view);
		if (!err)
			return skb;
		nlmsg_free(skb);
		if (err != -EMSGSIZE)
			break;
	}
	return ERR_PTR(err);
}

/* Another may have its name by now. */
static bool check_is_current(const struct vdev_key *key,
			     const struct vdev_endpoint *endpoint,
			     const struct vdev_view *view)
{
	struct vdev_view now;
	bool same;

	rcu_read_lock();
	same = vdev_see_rcu(&now, key) == endpoint &&
	       now.generation == view->generation;
	rcu_read_unlock();
	return same;
}

static struct sk_buff *check_judge(struct genl_info *info,
				   struct vdev_judge *judge,
				   const struct vdev_key *key, bool *moved)
{
	struct vdev_endpoint *target;
	struct vdev_view view;
	struct sk_buff *reply;
	int err;

	target = vdev_view_find(&view, key);
	if (!target)
		return ERR_PTR(check_no_target(info));
	err = vdev_nl_expect_check(info->attrs, view.generation, info->extack);
	reply = err ? ERR_PTR(err) : check_answer(info, judge, target, &view);
	*moved = !check_is_current(key, target, &view);
	vdev_view_release(&view, target);
	return reply;
}

/*
 * The driver is asked about the target as that is, the rules about what was
 * published of it: if that has changed meanwhile, once more. If it goes on
 * changing, the answer says which generation it is about.
 */
static struct sk_buff *check_judge_again(struct genl_info *info,
					 struct vdev_judge *judge,
					 const struct vdev_key *key)
{
	struct sk_buff *reply = NULL;
	unsigned int tries = 3;
	bool moved = false;

	do {
		nlmsg_free(reply);
		reply = check_judge(info, judge, key, &moved);
	} while (!IS_ERR(reply) && judge->asked && moved && --tries);
	return reply;
}

static int check_reply(struct genl_info *info, struct vdev_source *source,
		       const struct vdev_key *key)
{
	struct vdev_judge *judge;
	struct sk_buff *reply;
	u64 unused;
	int err;

	err = vdev_source_read(source, &unused);
	if (err)
		return err;
	judge = vdev_judge_new(&source->parsed->operand, false);
	if (!judge)
		return -ENOMEM;
	reply = check_judge_again(info, judge, key);
	vdev_judge_free(judge);
	return IS_ERR(reply) ? PTR_ERR(reply) : genlmsg_reply(reply, info);
}

/* Both at the same time. */
static void check_wait(const struct genl_info *info,
		       const struct vdev_source *source,
		       const struct vdev_key *key)
{
	const struct nlattr *max_age = info->attrs[VDEV_A_MAX_AGE];
	const struct vdev_key *keys[] = { key, &source->key };

	vdev_poll_want();
	if (max_age)
		vdev_poll_wait(keys, source->local ? 2 : 1,
			       nla_get_u32(max_age));
}

static int check_request(struct genl_info *info, struct vdev_source *source)
{
	struct vdev_key key = { };
	int err;

	err = check_parse_target(info, &key) ?:
	      vdev_source_parse(source, info->attrs[VDEV_A_SOURCE],
				info->extack);
	if (err)
		return err;
	check_wait(info, source, &key);
	return check_reply(info, source, &key);
}

int vdev_nl_check_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct vdev_source source = { };
	int err;

	if (GENL_REQ_ATTR_CHECK(info, VDEV_A_SOURCE))
		return -EINVAL;
	err = check_request(info, &source);
	vdev_source_clear(&source);
	return err;
}
