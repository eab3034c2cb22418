// SPDX-License-Identifier: GPL-2.0
/*
 * The find operation: which endpoints of this host can load the state of a
 * source? A dump of devices and types in the order of their numbers, with what
 * a check of each would report that is a failure or a note.
 *
 * Between two buffers no more is kept than the request, of a source of this host a
 * copy of its facts, and what was found out about contracts that several endpoints
 * have (outcomes.c): an idle socket is to cost little.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core/core.h"
#include "core/poll.h"
#include "judge.h"
#include "netlink.h"
#include "outcomes.h"
#include "source.h"

/* So many endpoints are passed over before others get the processor. */
#define BATCH		64

/**
 * struct find - a search between two buffers
 * @dump: where it stands
 * @source: the source, paused
 * @outcomes: what is known of contracts
 */
struct find {
	struct vdev_dump dump;
	struct vdev_source source;
	struct vdev_outcomes outcomes;
};

/**
 * struct filling - a buffer that is being filled
 * @skb: the buffer
 * @cb: the dump
 * @find: the search
 * @judge: what targets are judged with
 */
struct filling {
	struct sk_buff *skb;
	struct netlink_callback *cb;
	struct find *find;
	struct vdev_judge *judge;
};

static struct find *find_of(struct netlink_callback *cb)
{
	return *(struct find **)cb->ctx;
}

static void find_free(struct find *find)
{
	kfree(find->dump.filter);
	vdev_source_clear(&find->source);
	vdev_outcomes_free(&find->outcomes);
	kfree(find);
}

static int find_read_source(struct find *find, struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);

	vdev_poll_want();
	if (attrs[VDEV_A_MAX_AGE])
		vdev_poll_wait_all(VDEV_IS_ANY,
				   nla_get_u32(attrs[VDEV_A_MAX_AGE]));
	/* If it changes before the first target is read, that counts. */
	return vdev_source_read(&find->source, &find->dump.snapshot);
}

static int find_prepare(struct find *find, struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);
	struct vdev_filter *filter;
	int err;

	filter = vdev_filter_new(attrs[VDEV_A_FILTER], cb->extack);
	if (IS_ERR(filter))
		return PTR_ERR(filter);
	find->dump.filter = filter;
	err = vdev_source_parse(&find->source, attrs[VDEV_A_SOURCE],
				cb->extack) ?:
	      find_read_source(find, cb);
	vdev_source_pause(&find->source);
	return err;
}

/*
 * The command is known by its number also where the kernel names the policies of
 * operations, which it takes from what is done without a dump.
 */
int vdev_nl_find_doit(struct sk_buff *skb, struct genl_info *info)
{
	NL_SET_ERR_MSG(info->extack, "find is a dump");
	return -EOPNOTSUPP;
}

int vdev_nl_find_start(struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);
	struct find *find;
	int err;

	if (!attrs[VDEV_A_SOURCE]) {
		NL_SET_ERR_ATTR_MISS(cb->extack, NULL, VDEV_A_SOURCE);
		return -EINVAL;
	}
	find = kzalloc(sizeof(*find), GFP_KERNEL_ACCOUNT);
	if (!find)
		return -ENOMEM;
	err = find_prepare(find, cb);
	if (err) {
		find_free(find);
		return err;
	}
	*(struct find **)cb->ctx = find;
	return 0;
}

int vdev_nl_find_done(struct netlink_callback *cb)
{
	find_free(find_of(cb));
	return 0;
}

/* What is known of the contract is all that there is to be said by the rules. */
static const struct vdev_outcome *find_outcome(const struct filling *filling,
					       const struct vdev_view *view)
{
	return vdev_outcomes_find(&filling->find->outcomes, view->blob->contract);
}

static bool find_is_unwanted(const struct filling *filling, const struct vdev_outcome *outcome)
{
	return filling->judge->worst && outcome->verdict > filling->judge->worst;
}

/* If @err is -ECANCELED, no answer is wanted. */
static void find_keep_answer(struct filling *filling, const struct vdev_view *view, int err)
{
	const struct vdev_judge *judge = filling->judge;
	struct sk_buff *skb = filling->skb;

	if ((err && err != -ECANCELED) || judge->cut)
		return;
	vdev_outcomes_keep(&filling->find->outcomes, view->blob->contract,
			   judge->check.verdict, err ? NULL : skb->data + judge->answer,
			   skb->len - judge->answer);
}

static int find_put_rules(struct filling *filling, const struct vdev_view *view)
{
	const struct vdev_outcome *outcome = find_outcome(filling, view);
	struct vdev_judge *judge = filling->judge;
	int err;

	if (outcome && outcome->answer)
		return vdev_judge_put_known(judge, filling->skb, outcome->verdict,
					    outcome->answer, outcome->len);
	err = vdev_judge_put_rules(judge, filling->skb, view);
	find_keep_answer(filling, view, err);
	return err;
}

/* -ECANCELED: the target is not wanted, and nothing is said of it. */
static int find_put_message(struct filling *filling,
			    const struct vdev_endpoint *endpoint,
			    const struct vdev_view *view)
{
	void *header = vdev_nl_dump_header(filling->skb, filling->cb);
	int err;

	if (!header)
		return -EMSGSIZE;
	err = vdev_judge_put_name(filling->skb, view) ?:
	      find_put_rules(filling, view) ?:
	      vdev_judge_put_veto(filling->judge, endpoint, view);
	if (err) {
		genlmsg_cancel(filling->skb, header);
		return err;
	}
	genlmsg_end(filling->skb, header);
	vdev_judge_answered(filling->judge, endpoint);
	return 0;
}

/*
 * 0: all is said of the target that is wanted; 1: it has to be judged, or its driver
 * asked; -EMSGSIZE.
 */
static int find_try_known_rcu(struct filling *filling,
			      const struct vdev_endpoint *endpoint,
			      const struct vdev_view *view)
{
	const struct vdev_outcome *outcome = find_outcome(filling, view);

	if (!outcome)
		return 1;
	if (find_is_unwanted(filling, outcome))
		return 0;
	if (!outcome->answer || vdev_judge_asks(outcome->verdict, endpoint))
		return 1;
	return find_put_message(filling, endpoint, view);
}

static void find_advance(struct filling *filling, const struct vdev_endpoint *endpoint)
{
	filling->find->dump.next = endpoint->id + 1UL;
	filling->judge->cut = false;
}

/*
 * The next endpoint that passes the filter and has to be judged, with its view; or
 * NULL, and in @err 1 if there are others, 0 if there are not, or -EMSGSIZE.
 */
static struct vdev_endpoint *find_next_target_rcu(struct filling *filling,
						  struct vdev_view *view, int *err)
{
	struct vdev_dump *dump = &filling->find->dump;
	struct vdev_endpoint *endpoint;
	struct vdev_walk walk;
	unsigned int i;

	vdev_walk_begin(&walk, VDEV_IS_ANY, dump->next);
	for (i = 0; i < BATCH; i++) {
		endpoint = vdev_walk_next_rcu(&walk, view);
		vdev_nl_dump_see(filling->cb, dump, view->snapshot);
		*err = !!endpoint;
		if (!endpoint)
			return NULL;
		if (vdev_filter_match(dump->filter, endpoint, view))
			*err = find_try_known_rcu(filling, endpoint, view);
		else
			*err = 0;
		if (*err < 0)
			return NULL;
		if (!*err)
			find_advance(filling, endpoint);
		else if (vdev_view_hold(view, endpoint))
			return endpoint;
	}
	*err = 1;
	return NULL;
}

/* Judge one, or pass over some: 1 if there are others, 0 if there are not. */
static int find_some(struct filling *filling)
{
	struct vdev_endpoint *endpoint;
	struct vdev_view view;
	int err;

	rcu_read_lock();
	endpoint = find_next_target_rcu(filling, &view, &err);
	rcu_read_unlock();
	if (!endpoint)
		return err;
	err = find_put_message(filling, endpoint, &view);
	if (err == -ECANCELED)
		err = 0;
	if (!err)
		find_advance(filling, endpoint);
	vdev_view_release(&view, endpoint);
	return err ?: 1;
}

/* The first answer of a buffer may take several times what there is, or too much. */
static int find_grow(struct filling *filling)
{
	struct sk_buff *skb = filling->skb;
	int err;

	if (skb_tailroom(skb) >= VDEV_ANSWER_ROOM) {
		filling->judge->cut = true;
		return 1;
	}
	err = vdev_nl_dump_grow(skb, min_t(size_t, 4 * skb_tailroom(skb),
					   VDEV_ANSWER_ROOM));
	if (err)
		return err;
	/* It is empty, and can have become larger than was asked for. */
	if (skb_tailroom(skb) > VDEV_ANSWER_ROOM)
		skb_reserve(skb, skb_tailroom(skb) - VDEV_ANSWER_ROOM);
	return 1;
}

/* An answer that does not fit comes first in the next buffer. */
static int find_fill(struct filling *filling)
{
	struct sk_buff *skb = filling->skb;
	int err;

	do {
		err = find_some(filling);
		cond_resched();
		if (err == -EMSGSIZE && !skb->len)
			err = find_grow(filling);
	} while (err > 0);
	return err == -EMSGSIZE && skb->len ? skb->len : err;
}

int vdev_nl_find_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct filling filling = { .skb = skb, .cb = cb, .find = find_of(cb) };
	struct vdev_source *source = &filling.find->source;
	int err;

	err = vdev_source_resume(source);
	if (!err) {
		filling.judge = vdev_judge_new(&source->parsed->operand, true);
		err = filling.judge ? 0 : -ENOMEM;
	}
	if (!err) {
		filling.judge->worst =
			vdev_filter_at_least(filling.find->dump.filter);
		err = find_fill(&filling);
	}
	vdev_judge_free(filling.judge);
	vdev_source_pause(source);
	return err;
}
