// SPDX-License-Identifier: GPL-2.0
/*
 * Judging an endpoint of this host: the evaluator is asked, then the driver,
 * and a message says what they found. What the evaluator finds is the same for all that
 * have the contract, and can be copied to the next; the driver is asked about each. The
 * endpoint is pinned, so that its driver stays, and the view of it never changes.
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

static void judge_begin(struct vdev_judge *judge, struct sk_buff *skb)
{
	judge->skb = skb;
	judge->answer = skb->len;
	judge->truncated = false;
	judge->full = false;
	judge->vetoed = false;
}

/* Before the findings, which decide on it. */
static void judge_put_verdict(struct vdev_judge *judge)
{
	struct nlattr *attr = (struct nlattr *)(judge->skb->data + judge->answer);

	*(u32 *)nla_data(attr) = judge->check.verdict;
}

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
static bool judge_is_vetoed(struct vdev_judge *judge,
			    const struct vdev_endpoint *endpoint,
			    const struct vdev_view *view)
{
	if (!vdev_judge_asks(judge->check.verdict, endpoint))
		return false;
	if (judge->asked != view->id || judge->asked_at != view->generation) {
		judge->asked = view->id;
		judge->asked_at = view->generation;
		judge->rejected = judge_ask_driver(judge, endpoint);
	}
	return judge->rejected;
}

/**
 * vdev_judge_put_rules() - judge an endpoint by the rules, and say what was found
 * @judge: what it is judged with
 * @skb: the message, which is left unfinished after a failure
 * @view: what is known of the endpoint, kept while it is judged
 *
 * Context: Process context, no lock held. May sleep.
 * Return: 0, -EMSGSIZE if the message is too small, or -ECANCELED if no answer is
 * wanted.
 */
int vdev_judge_put_rules(struct vdev_judge *judge, struct sk_buff *skb,
			 const struct vdev_view *view)
{
	int err;

	judge_begin(judge, skb);
	if (!nla_reserve(skb, VDEV_A_VERDICT, sizeof(u32)))
		return -EMSGSIZE;
	err = judge_apply_rules(judge, view->blob);
	if (err)
		return err;
	judge_put_verdict(judge);
	if (judge->truncated && nla_put_flag(skb, VDEV_A_TRUNCATED))
		return -EMSGSIZE;
	return vdev_msg_put_rank(skb, &judge->check.rank);
}

/**
 * vdev_judge_put_known() - say what was found of another endpoint with the same contract
 * @judge: what both are judged with
 * @skb: the message
 * @verdict: enum vdev_verdict, by the rules
 * @answer: what vdev_judge_put_rules() has put
 * @len: length of @answer in bytes
 *
 * Context: Any.
 * Return: 0, or -EMSGSIZE if the message is too small.
 */
int vdev_judge_put_known(struct vdev_judge *judge, struct sk_buff *skb, u32 verdict,
			 const void *answer, u32 len)
{
	judge_begin(judge, skb);
	judge->check.verdict = verdict;
	if (skb_tailroom(skb) < len)
		return -EMSGSIZE;
	skb_put_data(skb, answer, len);
	return 0;
}

/**
 * vdev_judge_put_veto() - ask the driver, and say so if it rejects what the rules allow
 * @judge: what has just put the answer by the rules
 * @endpoint: the target, pinned if its driver is to be asked
 * @view: what is known of it
 *
 * Context: Process context, no lock held, and may sleep, if its driver is to be asked.
 * Return: 0, -EMSGSIZE if the message is too small, or -ECANCELED if no answer is
 * wanted.
 */
int vdev_judge_put_veto(struct vdev_judge *judge, const struct vdev_endpoint *endpoint,
			const struct vdev_view *view)
{
	const bool truncated = judge->truncated;
	int err;

	judge->vetoed = judge_is_vetoed(judge, endpoint, view);
	if (!judge->vetoed)
		return 0;
	err = vdev_check_veto(&judge->check, judge->reason);
	if (err)
		return err;
	judge_put_verdict(judge);
	if (judge->truncated == truncated)
		return 0;
	return nla_put_flag(judge->skb, VDEV_A_TRUNCATED);
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
	trace_vdev_verdict(endpoint, judge->check.verdict, judge->vetoed);
}
