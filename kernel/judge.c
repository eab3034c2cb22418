// SPDX-License-Identifier: GPL-2.0
/*
 * Judging an endpoint of this host: the evaluator is asked, then the driver,
 * and a message says what they found. All under vdev_registry_sem, so that the
 * endpoint stays as it is.
 */
#include <linux/mm.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "bounds.h"
#include "core.h"
#include "judge.h"
#include "parse.h"

static int tell(const struct vdev_check *check,
		const struct vdev_finding *finding)
{
	const struct vdev_judge *judge = check->arg;

	if (judge->terse && finding->result != VDEV_RESULT_FAIL &&
	    finding->result != VDEV_RESULT_NOTE)
		return 0;
	return vdev_msg_put_finding(judge->skb, finding);
}

/**
 * vdev_judge_new() - prepare to judge targets, one after the other
 * @source: the source, which must outlive it
 * @blob: the target, serialised; NULL for any
 * @terse: tell only the findings that are failures or notes
 *
 * Context: Process context. May sleep.
 * Return: the judge, to be given to vdev_judge_free(); or NULL.
 */
struct vdev_judge *vdev_judge_new(const struct vdev_side *source,
				  const struct vdev_blob *blob, bool terse)
{
	struct vdev_judge *judge = kzalloc(sizeof(*judge), GFP_KERNEL_ACCOUNT);

	if (!judge)
		return NULL;
	judge->target = blob ? vdev_parsed_for_blob(blob) :
			       vdev_parsed_new(VDEV_OBJECT_BYTES);
	if (!judge->target) {
		kfree(judge);
		return NULL;
	}
	judge->terse = terse;
	judge->check.source = source;
	judge->check.target = &judge->target->side;
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
	kvfree(judge->target);
	kfree(judge);
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
 * vdev_judge_put_name_locked() - say which endpoint is judged
 * @skb: the message, which is left unfinished after a failure
 * @endpoint: the target
 *
 * What follows is aligned to 8 bytes where the architecture needs it, so that
 * it can be copied behind another name.
 *
 * Context: vdev_registry_sem held.
 * Return: 0, or -EMSGSIZE if the message is too small.
 */
int vdev_judge_put_name_locked(struct sk_buff *skb,
			       const struct vdev_endpoint *endpoint)
{
	const struct vdev_blob *blob = endpoint->blob;

	lockdep_assert_held(&vdev_registry_sem);
	if (vdev_msg_put_head(skb, endpoint) ||
	    skb_tailroom(skb) < blob->handle_len)
		return -EMSGSIZE;
	skb_put_data(skb, blob->data, blob->handle_len);
	return nla_align_64bit(skb, VDEV_A_PAD);
}

/**
 * vdev_judge_is_vetoed_locked() - does the driver refuse what the rules allow?
 * @judge: where its reason is put
 * @verdict: enum vdev_verdict, by the rules
 * @endpoint: the target
 *
 * Context: Process context, vdev_registry_sem held. May sleep.
 * Return: true if it does; false if the rules refuse already.
 */
bool vdev_judge_is_vetoed_locked(struct vdev_judge *judge, u32 verdict,
				 const struct vdev_endpoint *endpoint)
{
	const struct vdev_provider *provider = endpoint->provider;
	struct vdev_refusal refusal;

	lockdep_assert_held(&vdev_registry_sem);
	if (verdict > VDEV_VERDICT_UNDECLARED || !provider->ops ||
	    !provider->ops->veto)
		return false;
	judge->reason[0] = '\0';
	if (!provider->ops->veto(provider->priv, endpoint,
				 judge->check.source->record, judge->reason,
				 sizeof(judge->reason)))
		return false;
	judge->reason[VDEV_STRING_LEN] = '\0';
	if (vdev_optional_text_check(&refusal, "veto", judge->reason))
		strscpy(judge->reason, "the driver gives no reason",
			sizeof(judge->reason));
	return true;
}

static int evaluate(struct vdev_judge *judge,
		    const struct vdev_endpoint *endpoint)
{
	struct vdev_check *check = &judge->check;
	int err;

	err = vdev_parse_endpoint(judge->target, vdev_endpoint_kind(endpoint),
				  endpoint->blob) ?:
	      vdev_check_run(check);
	if (err)
		return err;
	judge->vetoed = vdev_judge_is_vetoed_locked(judge, check->verdict,
						    endpoint);
	return judge->vetoed ? vdev_check_veto(check, judge->reason) : 0;
}

static int put_judgement(struct vdev_judge *judge, struct sk_buff *skb,
			 const struct vdev_endpoint *endpoint)
{
	struct nlattr *attr;
	u32 *verdict;
	int err;

	attr = nla_reserve(skb, VDEV_A_VERDICT, sizeof(*verdict));
	if (!attr)
		return -EMSGSIZE;
	verdict = nla_data(attr);
	judge->skb = skb;
	err = evaluate(judge, endpoint);
	*verdict = judge->check.verdict;
	return err ?: vdev_msg_put_rank(skb, &judge->check.rank);
}

/**
 * vdev_judge_put_answer_locked() - judge an endpoint, and say what was found
 * @judge: what it is judged with
 * @skb: the message, which is left unfinished after a failure
 * @endpoint: the target
 *
 * What is said is the same of all endpoints that are alike, see struct
 * vdev_blob, but for a veto.
 *
 * Context: Process context, vdev_registry_sem held. May sleep.
 * Return: 0, or -EMSGSIZE if the message is too small.
 */
int vdev_judge_put_answer_locked(struct vdev_judge *judge, struct sk_buff *skb,
				 const struct vdev_endpoint *endpoint)
{
	lockdep_assert_held(&vdev_registry_sem);
	return put_capacity(skb, endpoint->blob) ?:
	       nla_put_u32(skb, VDEV_A_ENDPOINT, vdev_endpoint_kind(endpoint)) ?:
	       put_judgement(judge, skb, endpoint);
}
