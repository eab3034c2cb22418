// SPDX-License-Identifier: GPL-2.0
/*
 * Judging an endpoint of this host: the evaluator is asked, then the driver,
 * and a message says what they found. The endpoint is pinned, so that its driver
 * stays, and the view of it never changes.
 */
#include <linux/atomic.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "bounds.h"
#include "core.h"
#include "judge.h"
#include "parse.h"
#include "trace.h"

/* Most facts are smaller: room for them is allocated once. */
#define USUAL_BYTES	2048

static atomic64_t verdicts = ATOMIC64_INIT(0);

/* What follows the findings. */
#define TAIL_ROOM	(2 * nla_total_size(0) + nla_total_size(0) + \
			 3 * nla_total_size(sizeof(u32)))

/* Where one has been left out, all that come after it are. */
static void put_what_fits(struct vdev_judge *judge,
			  const struct vdev_finding *finding)
{
	struct sk_buff *skb = judge->skb;
	unsigned char *before = skb_tail_pointer(skb);

	if (judge->full)
		return;
	if (vdev_msg_put_finding(skb, finding) ||
	    skb_tailroom(skb) < TAIL_ROOM) {
		nlmsg_trim(skb, before);
		judge->full = true;
		judge->truncated = true;
	}
}

static bool is_decisive(const struct vdev_finding *finding)
{
	return finding->result == VDEV_RESULT_FAIL ||
	       finding->result == VDEV_RESULT_NOTE;
}

static int tell(const struct vdev_check *check,
		const struct vdev_finding *finding)
{
	struct vdev_judge *judge = check->arg;

	if (judge->worst && check->verdict > judge->worst)
		return -ECANCELED;
	if (judge->terse && !is_decisive(finding))
		return 0;
	if (!judge->cut)
		return vdev_msg_put_finding(judge->skb, finding);
	if (is_decisive(finding))
		put_what_fits(judge, finding);
	else
		judge->truncated = true;
	return 0;
}

/**
 * vdev_judge_new() - prepare to judge targets, one after the other
 * @source: the source, which must outlive it
 * @terse: report only the findings that are failures or notes
 *
 * Context: Process context. May sleep.
 * Return: the judge, to be given to vdev_judge_free(); or NULL.
 */
struct vdev_judge *vdev_judge_new(const struct vdev_side *source, bool terse)
{
	struct vdev_judge *judge = kzalloc(sizeof(*judge), GFP_KERNEL_ACCOUNT);

	if (!judge)
		return NULL;
	judge->terse = terse;
	judge->check.source = source;
	judge->check.tell = tell;
	judge->check.arg = judge;
	return judge;
}

/**
 * vdev_judge_free() - free what targets were judged with
 * @judge: it; may be NULL
 */
void vdev_judge_free(struct vdev_judge *judge)
{
	if (!judge)
		return;
	atomic64_add(judge->verdicts, &verdicts);
	kvfree(judge->target);
	kfree(judge);
}

/**
 * vdev_verdicts_count() - how many verdicts there were
 *
 * Return: the number.
 */
u64 vdev_verdicts_count(void)
{
	return atomic64_read(&verdicts);
}

/* Room for what the target reports, which serves the next one, too. */
static int make_room(struct vdev_judge *judge, const struct vdev_blob *blob)
{
	u32 room = max_t(u32, blob->len, USUAL_BYTES);

	if (judge->target && blob->len <= judge->room)
		return 0;
	kvfree(judge->target);
	judge->target = vdev_parsed_new(room);
	if (!judge->target)
		return -ENOMEM;
	judge->room = room;
	judge->check.target = &judge->target->side;
	return 0;
}

static int put_capacity(struct sk_buff *skb, const struct vdev_blob *blob)
{
	const struct nlattr *attr;

	if (!blob->capacity)
		return 0;
	attr = vdev_blob_attr(blob, blob->capacity);
	return nla_put(skb, attr->nla_type, nla_len(attr), nla_data(attr));
}

/**
 * vdev_judge_put_name() - say which endpoint is judged
 * @skb: the message, which is left unfinished after a failure
 * @view: the target
 *
 * What follows can be copied behind another name.
 *
 * Return: 0, or -EMSGSIZE if the message is too small.
 */
int vdev_judge_put_name(struct sk_buff *skb, const struct vdev_view *view)
{
	if (vdev_msg_put_head(skb, view) ||
	    skb_tailroom(skb) < view->blob->handle_len)
		return -EMSGSIZE;
	skb_put_data(skb, view->blob->data, view->blob->handle_len);
	return 0;
}

static bool ask_driver(struct vdev_judge *judge,
		       const struct vdev_endpoint *endpoint)
{
	const struct vdev_provider_ops *ops = endpoint->provider->ops;
	struct vdev_refusal refusal;

	judge->reason[0] = '\0';
	if (!ops->veto(endpoint, endpoint->priv, judge->check.source->record,
		       judge->reason, sizeof(judge->reason)))
		return false;
	judge->reason[VDEV_STRING_LEN] = '\0';
	if (vdev_optional_text_check(&refusal, "veto", judge->reason))
		strscpy(judge->reason, "the driver gives no reason",
			sizeof(judge->reason));
	return true;
}

/*
 * Does the driver refuse what the rules allow? It is asked once, however often the
 * answer is begun with the same judge.
 */
static bool is_vetoed(struct vdev_judge *judge, u32 verdict,
		      const struct vdev_endpoint *endpoint,
		      const struct vdev_view *view)
{
	const struct vdev_provider_ops *ops = endpoint->provider->ops;

	if (verdict > VDEV_VERDICT_UNDECLARED || !ops || !ops->veto)
		return false;
	if (judge->asked != view->id || judge->asked_at != view->generation) {
		judge->asked = view->id;
		judge->asked_at = view->generation;
		judge->refused = ask_driver(judge, endpoint);
	}
	return judge->refused;
}

static int evaluate(struct vdev_judge *judge,
		    const struct vdev_endpoint *endpoint,
		    const struct vdev_view *view)
{
	struct vdev_check *check = &judge->check;
	int err;

	judge->vetoed = false;
	err = make_room(judge, view->blob) ?:
	      vdev_parse_endpoint(judge->target, view->kind, view->blob) ?:
	      vdev_check_run(check);
	if (err)
		return err;
	judge->vetoed = is_vetoed(judge, check->verdict, endpoint, view);
	err = judge->vetoed ? vdev_check_veto(check, judge->reason) : 0;
	judge->verdict = check->verdict;
	return err;
}

static int put_judgement(struct vdev_judge *judge, struct sk_buff *skb,
			 const struct vdev_endpoint *endpoint,
			 const struct vdev_view *view)
{
	struct nlattr *attr;
	u32 *verdict;
	int err;

	attr = nla_reserve(skb, VDEV_A_VERDICT, sizeof(*verdict));
	if (!attr)
		return -EMSGSIZE;
	verdict = nla_data(attr);
	judge->skb = skb;
	judge->truncated = false;
	judge->full = false;
	err = evaluate(judge, endpoint, view);
	if (err)
		return err;
	*verdict = judge->verdict;
	if (judge->truncated && nla_put_flag(skb, VDEV_A_TRUNCATED))
		return -EMSGSIZE;
	return vdev_msg_put_rank(skb, &judge->check.rank);
}

/**
 * vdev_judge_put_answer() - judge an endpoint, and say what was found
 * @judge: what it is judged with
 * @skb: the message, which is left unfinished after a failure
 * @endpoint: the target, pinned
 * @view: what is known of it
 *
 * What is said is the same of all endpoints that are alike, see struct
 * vdev_blob, but for a veto.
 *
 * Context: Process context, no lock held. May sleep.
 * Return: 0, -ENOMEM, -EMSGSIZE if the message is too small, or -ECANCELED if no
 * answer is wanted.
 */
int vdev_judge_put_answer(struct vdev_judge *judge, struct sk_buff *skb,
			  const struct vdev_endpoint *endpoint,
			  const struct vdev_view *view)
{
	return put_capacity(skb, view->blob) ?:
	       put_judgement(judge, skb, endpoint, view);
}

/**
 * vdev_judge_same() - is an answer also that to another target?
 * @judge: what both are judged with
 * @verdict: enum vdev_verdict, of the answer
 * @endpoint: the other target, pinned, which is alike, see struct vdev_blob
 * @view: what is known of it
 *
 * Context: Process context, no lock held. May sleep.
 * Return: true unless its driver refuses.
 */
bool vdev_judge_same(struct vdev_judge *judge, u32 verdict,
		     const struct vdev_endpoint *endpoint,
		     const struct vdev_view *view)
{
	judge->verdict = verdict;
	judge->vetoed = is_vetoed(judge, verdict, endpoint, view);
	return !judge->vetoed;
}

/**
 * vdev_judge_told() - an answer is complete, and counts
 * @judge: what it was made with
 * @endpoint: the target
 *
 * Context: Any.
 */
void vdev_judge_told(struct vdev_judge *judge,
		     const struct vdev_endpoint *endpoint)
{
	judge->verdicts++;
	if (judge->vetoed)
		atomic64_inc(&endpoint->provider->stats.vetoes);
	trace_vdev_verdict(endpoint, judge->verdict, judge->vetoed);
}
