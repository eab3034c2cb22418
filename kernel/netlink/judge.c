// SPDX-License-Identifier: GPL-2.0
/*
 * Judging an endpoint of this host: the evaluator is asked, then the driver,
 * and a message says what they found. The endpoint is pinned, so that its driver
 * stays, and the view of it never changes.
 */
#include <linux/atomic.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "codec/contract.h"
#include "codec/parse_param.h"
#include "codec/parsed.h"
#include "core/core.h"
#include "core/trace.h"
#include "judge.h"
#include "model/bounds.h"

static atomic64_t verdicts = ATOMIC64_INIT(0);

/* What follows the findings. */
#define TAIL_ROOM	(2 * nla_total_size(0) + nla_total_size(0) + \
			 3 * nla_total_size(sizeof(u32)))

/* Where one has been left out, all that come after it are. */
static void judge_put_if_room(struct vdev_judge *judge,
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

/* A contract leaves out what is ignored; the target reports it. */
static int judge_put_whole(struct vdev_judge *judge, const struct vdev_finding *finding)
{
	struct vdev_finding whole = *finding;

	if (finding->field == VDEV_FIELD_PARAM && finding->code == VDEV_CODE_IGNORED)
		vdev_parse_value_of(nla_find((const struct nlattr *)judge->blob->data,
					     judge->blob->len, VDEV_A_RECORD),
				    finding->name, &whole.target);
	return vdev_msg_put_finding(judge->skb, &whole);
}

static int judge_report(const struct vdev_check *check,
			const struct vdev_finding *finding)
{
	struct vdev_judge *judge = check->arg;

	if (judge->worst && check->verdict > judge->worst)
		return -ECANCELED;
	if (judge->terse && !is_decisive(finding))
		return 0;
	if (!judge->cut)
		return judge_put_whole(judge, finding);
	if (is_decisive(finding))
		judge_put_if_room(judge, finding);
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
struct vdev_judge *vdev_judge_new(const struct vdev_operand *source, bool terse)
{
	struct vdev_judge *judge = kzalloc(sizeof(*judge), GFP_KERNEL_ACCOUNT);

	if (!judge)
		return NULL;
	judge->terse = terse;
	judge->check.source = source;
	judge->check.report = judge_report;
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

/* By the rules, of which the answer is the same for all that have the contract. */
static int judge_apply_rules(struct vdev_judge *judge, const struct vdev_blob *blob)
{
	struct vdev_check *check = &judge->check;
	int err;

	judge->blob = blob;
	check->target = &blob->contract->parsed->operand;
	err = vdev_check_run(check);
	if (!err || err == -ECANCELED)
		trace_vdev_rules(blob->contract->number, check->verdict);
	return err;
}

static int judge_put_capacity(struct sk_buff *skb, const struct vdev_blob *blob)
{
	const struct nlattr *attr;

	if (!blob->capacity)
		return 0;
	attr = vdev_blob_attr(blob, blob->capacity);
	return nla_put(skb, attr->nla_type, nla_len(attr), nla_data(attr));
}

/**
 * vdev_judge_put_name() - say which endpoint is judged, and how much room it has
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
	return judge_put_capacity(skb, view->blob);
}

static bool judge_ask_driver(struct vdev_judge *judge,
			     const struct vdev_endpoint *endpoint)
{
	const struct vdev_provider_ops *ops = endpoint->provider->ops;
	struct vdev_reason reason;

	judge->reason[0] = '\0';
	if (!ops->veto(endpoint, endpoint->priv, judge->check.source->record,
		       judge->reason, sizeof(judge->reason)))
		return false;
	judge->reason[VDEV_STRING_LEN] = '\0';
	if (vdev_optional_text_check(&reason, "veto", judge->reason))
		strscpy(judge->reason, "the driver gives no reason",
			sizeof(judge->reason));
	return true;
}

/*
 * Does the driver reject what the rules allow? It is asked once, however often
 * the answer is begun with the same judge.
 */
static bool judge_is_vetoed(struct vdev_judge *judge, u32 verdict,
			    const struct vdev_endpoint *endpoint,
			    const struct vdev_view *view)
{
	if (!vdev_judge_asks(verdict, endpoint))
		return false;
	if (judge->asked != view->id || judge->asked_at != view->generation) {
		judge->asked = view->id;
		judge->asked_at = view->generation;
		judge->rejected = judge_ask_driver(judge, endpoint);
	}
	return judge->rejected;
}

static int judge_evaluate(struct vdev_judge *judge,
			  const struct vdev_endpoint *endpoint,
			  const struct vdev_view *view)
{
	struct vdev_check *check = &judge->check;
	int err;

	judge->vetoed = false;
	err = judge_apply_rules(judge, view->blob);
	judge->verdict = check->verdict;
	if (err)
		return err;
	judge->vetoed = judge_is_vetoed(judge, check->verdict, endpoint, view);
	err = judge->vetoed ? vdev_check_veto(check, judge->reason) : 0;
	judge->verdict = check->verdict;
	return err;
}

/**
 * vdev_judge_put_answer() - judge an endpoint, and say what was found
 * @judge: what it is judged with
 * @skb: the message, which is left unfinished after a failure
 * @endpoint: the target, pinned
 * @view: what is known of it
 *
 * The answer is the same for all endpoints of a contract, unless there is a veto.
 *
 * Context: Process context, no lock held. May sleep.
 * Return: 0, -ENOMEM, -EMSGSIZE if the message is too small, or -ECANCELED if no
 * answer is wanted.
 */
int vdev_judge_put_answer(struct vdev_judge *judge, struct sk_buff *skb,
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
	err = judge_evaluate(judge, endpoint, view);
	if (err)
		return err;
	*verdict = judge->verdict;
	if (judge->truncated && nla_put_flag(skb, VDEV_A_TRUNCATED))
		return -EMSGSIZE;
	return vdev_msg_put_rank(skb, &judge->check.rank);
}

/**
 * vdev_judge_same() - is an answer also that to another target?
 * @judge: what both are judged with
 * @verdict: enum vdev_verdict, of the answer
 * @endpoint: the other target, pinned, which has the same contract
 * @view: what is known of it
 *
 * Context: Process context, no lock held. May sleep.
 * Return: true unless its driver rejects the source.
 */
bool vdev_judge_same(struct vdev_judge *judge, u32 verdict,
		     const struct vdev_endpoint *endpoint,
		     const struct vdev_view *view)
{
	judge->verdict = verdict;
	judge->vetoed = judge_is_vetoed(judge, verdict, endpoint, view);
	return !judge->vetoed;
}

/**
 * vdev_judge_answered() - an answer is complete, and counts
 * @judge: what it was made with
 * @endpoint: the target
 *
 * Context: Any.
 */
void vdev_judge_answered(struct vdev_judge *judge,
			 const struct vdev_endpoint *endpoint)
{
	judge->verdicts++;
	if (judge->vetoed)
		atomic64_inc(&endpoint->provider->stats.vetoes);
	trace_vdev_verdict(endpoint, judge->verdict, judge->vetoed);
}
