// SPDX-License-Identifier: GPL-2.0
/*
 * The find operation: which endpoints of this host can load the state of a
 * source? A dump of devices and types in the order of their numbers, with what
 * a check of each would report that is a failure or a note.
 *
 * Between two buffers no more is kept than the request and, of a source of this
 * host, a copy of its facts: an idle socket is to cost little.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core.h"
#include "judge.h"
#include "nl.h"
#include "nl_source.h"
#include "poll.h"

/* So many endpoints are passed over before others get the processor. */
#define BATCH		64

/* How many different answers of a buffer are remembered. */
#define ANSWERS		8

/**
 * struct find - a search between two buffers
 * @dump: where it stands
 * @source: the source, paused
 */
struct find {
	struct vdev_dump dump;
	struct vdev_source source;
};

/**
 * struct answer - what was said of a target, or that nothing was
 * @alike: number of what it was said of, see struct vdev_blob; 0 if of nothing
 * @start: where in the buffer it is
 * @len: its length, in bytes; 0 if no answer is wanted
 * @verdict: the verdict that it reports, which is that of the rules
 */
struct answer {
	u64 alike;
	u32 start;
	u32 len;
	u32 verdict;
};

/**
 * struct filling - a buffer that is being filled
 * @skb: the buffer
 * @cb: the dump
 * @find: the search
 * @judge: what targets are judged with
 * @answers: what is in the buffer
 */
struct filling {
	struct sk_buff *skb;
	struct netlink_callback *cb;
	struct find *find;
	struct vdev_judge *judge;
	struct answer answers[ANSWERS];
};

static struct find *find_of(struct netlink_callback *cb)
{
	return *(struct find **)cb->ctx;
}

static void find_free(struct find *find)
{
	kfree(find->dump.filter);
	vdev_source_clear(&find->source);
	kfree(find);
}

static int read_source(struct find *find, struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);

	vdev_poll_want();
	if (attrs[VDEV_A_MAX_AGE])
		vdev_poll_wait_all(VDEV_IS_ANY,
				   nla_get_u32(attrs[VDEV_A_MAX_AGE]));
	/* If it changes before the first target is looked at, that counts. */
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
	      read_source(find, cb);
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

/* The answer to a target that is judged alike, if the driver lets it be. */
static const struct answer *known_answer(struct filling *filling,
					 const struct vdev_endpoint *endpoint,
					 const struct vdev_view *view)
{
	u64 alike = view->blob->alike;
	const struct answer *answer = &filling->answers[alike % ANSWERS];

	if (answer->alike != alike)
		return NULL;
	if (answer->len &&
	    !vdev_judge_same(filling->judge, answer->verdict, endpoint, view))
		return NULL;
	return answer;
}

static int repeat_answer(struct sk_buff *skb, const struct answer *answer)
{
	if (!answer->len)
		return -ECANCELED;
	if (skb_tailroom(skb) < answer->len)
		return -EMSGSIZE;
	skb_put_data(skb, skb->data + answer->start, answer->len);
	return 0;
}

static int put_answer(struct filling *filling,
		      const struct vdev_endpoint *endpoint,
		      const struct vdev_view *view)
{
	u64 alike = view->blob->alike;
	const struct answer *known = known_answer(filling, endpoint, view);
	struct vdev_judge *judge = filling->judge;
	struct sk_buff *skb = filling->skb;
	u32 start = skb->len;
	int err;

	if (known)
		return repeat_answer(skb, known);
	err = vdev_judge_put_answer(judge, skb, endpoint, view);
	if ((!err || err == -ECANCELED) && !judge->vetoed)
		filling->answers[alike % ANSWERS] = (struct answer) {
			.alike = alike,
			.start = start,
			.len = err ? 0 : skb->len - start,
			.verdict = judge->verdict,
		};
	return err;
}

/* -ECANCELED: the target is not wanted, and nothing is said of it. */
static int put_message(struct filling *filling,
		       const struct vdev_endpoint *endpoint,
		       const struct vdev_view *view)
{
	void *header = vdev_nl_dump_header(filling->skb, filling->cb);
	int err;

	if (!header)
		return -EMSGSIZE;
	err = vdev_judge_put_name(filling->skb, view) ?:
	      put_answer(filling, endpoint, view);
	if (err) {
		genlmsg_cancel(filling->skb, header);
		return err;
	}
	genlmsg_end(filling->skb, header);
	vdev_judge_told(filling->judge, endpoint);
	return 0;
}

/* The next endpoint that passes the filter, with its view; or NULL. */
static struct vdev_endpoint *next_target_rcu(struct netlink_callback *cb,
					     struct vdev_dump *dump,
					     struct vdev_view *view, bool *more)
{
	struct vdev_endpoint *endpoint;
	unsigned int i;

	for (i = 0; i < BATCH; i++) {
		endpoint = vdev_see_next_rcu(view, VDEV_IS_ANY, dump->next);
		vdev_nl_dump_see(cb, dump, view->snapshot);
		*more = endpoint;
		if (!endpoint)
			return NULL;
		if (!vdev_filter_match(dump->filter, endpoint, view))
			dump->next = endpoint->id + 1UL;
		else if (vdev_view_hold(view, endpoint))
			return endpoint;
	}
	return NULL;
}

/* Judge one, or pass over some: 1 if there are others, 0 if there are not. */
static int find_some(struct filling *filling)
{
	struct vdev_dump *dump = &filling->find->dump;
	struct vdev_endpoint *endpoint;
	struct vdev_view view;
	bool more;
	int err;

	rcu_read_lock();
	endpoint = next_target_rcu(filling->cb, dump, &view, &more);
	rcu_read_unlock();
	if (!endpoint)
		return more;
	err = put_message(filling, endpoint, &view);
	if (err == -ECANCELED)
		err = 0;
	if (!err) {
		dump->next = endpoint->id + 1UL;
		filling->judge->cut = false;
	}
	vdev_view_release(&view, endpoint);
	return err ?: 1;
}

/* The first answer of a buffer may take several times what there is, or too much. */
static int grow(struct filling *filling)
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
static int fill(struct filling *filling)
{
	struct sk_buff *skb = filling->skb;
	int err;

	do {
		err = find_some(filling);
		cond_resched();
		if (err == -EMSGSIZE && !skb->len)
			err = grow(filling);
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
		filling.judge = vdev_judge_new(&source->parsed->side, true);
		err = filling.judge ? 0 : -ENOMEM;
	}
	if (!err) {
		filling.judge->worst =
			vdev_filter_at_least(filling.find->dump.filter);
		err = fill(&filling);
	}
	vdev_judge_free(filling.judge);
	vdev_source_pause(source);
	return err;
}
