// SPDX-License-Identifier: GPL-2.0
/*
 * The find operation: which endpoints of this host can load the state of a
 * source? A dump of devices and types in the order of their numbers, with what
 * a check of each would tell that is a failure or a note. vdev_registry_sem is
 * held for reading while a buffer is filled.
 */
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "judge.h"
#include "nl_source.h"

/*
 * The largest answer is larger than the largest object: what two of them differ
 * in, and why the source cannot be migrated at present.
 */
#define FIND_ROOM	SKB_WITH_OVERHEAD(65536)

/* How many different answers of a buffer are remembered. */
#define ANSWERS		8

/**
 * struct answer - what was said of a target
 * @alike: number of what it was said of, see struct vdev_blob; 0 if of nothing
 * @start: where in the buffer it is
 * @len: its length, in bytes
 * @verdict: the verdict that it tells, which is that of the rules
 */
struct answer {
	u64 alike;
	u32 start;
	u32 len;
	u32 verdict;
};

/**
 * struct find - a dump between two buffers
 * @source: the source
 * @filter: which endpoints are judged
 * @judge: what they are judged with
 * @next: lowest number that was not looked at
 * @answers: what is in the buffer that is being filled
 */
struct find {
	struct vdev_source source;
	struct vdev_filter *filter;
	struct vdev_judge *judge;
	unsigned long next;
	struct answer answers[ANSWERS];
};

static void find_free(struct find *find)
{
	vdev_judge_free(find->judge);
	kfree(find->filter);
	vdev_source_clear(&find->source);
	kfree(find);
}

static int read_source(struct vdev_source *source)
{
	int err;

	vdev_providers_refresh();
	down_read(&vdev_registry_sem);
	err = vdev_source_read_locked(source);
	up_read(&vdev_registry_sem);
	return err;
}

static int find_prepare(struct find *find, struct netlink_callback *cb)
{
	struct nlattr **attrs = vdev_compat_dump_attrs(cb);
	struct vdev_filter *filter;
	int err;

	filter = vdev_filter_new(attrs[VDEV_A_FILTER], cb->extack);
	if (IS_ERR(filter))
		return PTR_ERR(filter);
	find->filter = filter;
	err = vdev_source_parse(&find->source, attrs[VDEV_A_SOURCE],
				cb->extack) ?:
	      read_source(&find->source);
	if (err)
		return err;
	find->judge = vdev_judge_new(&find->source.parsed->side, NULL, true);
	return find->judge ? 0 : -ENOMEM;
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
	cb->min_dump_alloc = FIND_ROOM;
	return 0;
}

int vdev_nl_find_done(struct netlink_callback *cb)
{
	find_free(*(struct find **)cb->ctx);
	return 0;
}

/* The answer to a target that is judged alike, if the driver lets it be. */
static const struct answer *known_answer(struct find *find,
					 const struct vdev_endpoint *endpoint)
{
	u64 alike = endpoint->blob->alike;
	const struct answer *answer = &find->answers[alike % ANSWERS];

	if (answer->alike != alike ||
	    vdev_judge_is_vetoed_locked(find->judge, answer->verdict, endpoint))
		return NULL;
	return answer;
}

static int repeat_answer(struct sk_buff *skb, const struct answer *answer)
{
	if (skb_tailroom(skb) < answer->len)
		return -EMSGSIZE;
	skb_put_data(skb, skb->data + answer->start, answer->len);
	return 0;
}

static int put_answer_locked(struct sk_buff *skb, struct find *find,
			     const struct vdev_endpoint *endpoint)
{
	const struct answer *known = known_answer(find, endpoint);
	u64 alike = endpoint->blob->alike;
	u32 start = skb->len;
	int err;

	if (known)
		return repeat_answer(skb, known);
	err = vdev_judge_put_answer_locked(find->judge, skb, endpoint);
	if (!err && !find->judge->vetoed)
		find->answers[alike % ANSWERS] = (struct answer) {
			.alike = alike,
			.start = start,
			.len = skb->len - start,
			.verdict = find->judge->check.verdict,
		};
	return err;
}

static int find_one_locked(struct sk_buff *skb, struct netlink_callback *cb,
			   struct find *find,
			   const struct vdev_endpoint *endpoint)
{
	void *header;
	int err;

	header = vdev_nl_dump_header(skb, cb);
	if (!header)
		return -EMSGSIZE;
	err = vdev_judge_put_name_locked(skb, endpoint) ?:
	      put_answer_locked(skb, find, endpoint);
	if (err)
		genlmsg_cancel(skb, header);
	else
		genlmsg_end(skb, header);
	return err;
}

static int find_locked(struct sk_buff *skb, struct netlink_callback *cb,
		       struct find *find)
{
	const struct vdev_endpoint *endpoint;
	int err;

	memset(find->answers, 0, sizeof(find->answers));
	cb->seq = lower_32_bits(vdev_generation_locked());
	while ((endpoint = vdev_next_locked(VDEV_IS_ANY, find->next))) {
		if (vdev_filter_match_locked(find->filter, endpoint)) {
			err = find_one_locked(skb, cb, find, endpoint);
			if (err)
				return err;
		}
		find->next = endpoint->id + 1UL;
		cond_resched();
	}
	return 0;
}

int vdev_nl_find_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	struct find *find = *(struct find **)cb->ctx;
	int err;

	down_read(&vdev_registry_sem);
	err = find_locked(skb, cb, find);
	up_read(&vdev_registry_sem);
	/* An answer that did not fit comes first in the next buffer. */
	return skb->len ?: err;
}
