// SPDX-License-Identifier: GPL-2.0
/*
 * What a find has found out about contracts, from its first buffer to its last. What
 * it may keep is bounded, and charged to the process that searches: a contract for
 * which there is no room is judged again. No locks.
 */
#include <linux/hash.h>
#include <linux/mm.h>
#include <linux/refcount.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "codec/contract.h"
#include "outcomes.h"

/* Slots, of which a quarter stays free: room for 3072 contracts. */
#define SLOTS_MIN	64
#define SLOTS_MAX	4096

/* The longest answer that is kept, and all of them together, in bytes. */
#define ANSWER_MAX	2048
#define ANSWERS_MAX	65536

static bool outcomes_are_full(const struct vdev_outcomes *outcomes)
{
	return outcomes->used >= outcomes->size / 4 * 3;
}

/* Where a number is or would be; there is a free slot. */
static struct vdev_outcome *outcomes_slot(const struct vdev_outcomes *outcomes, u64 number)
{
	unsigned int i = hash_64(number, 32) & (outcomes->size - 1);

	while (outcomes->slots[i].number && outcomes->slots[i].number != number)
		i = (i + 1) & (outcomes->size - 1);
	return &outcomes->slots[i];
}

static bool outcomes_grow(struct vdev_outcomes *outcomes)
{
	struct vdev_outcomes more = *outcomes;
	unsigned int i;

	more.size = outcomes->size ? 2 * outcomes->size : SLOTS_MIN;
	if (more.size > SLOTS_MAX)
		return false;
	more.slots = kvcalloc(more.size, sizeof(*more.slots), GFP_KERNEL_ACCOUNT);
	if (!more.slots)
		return false;
	for (i = 0; i < outcomes->size; i++) {
		if (outcomes->slots[i].number)
			*outcomes_slot(&more, outcomes->slots[i].number) = outcomes->slots[i];
	}
	kvfree(outcomes->slots);
	*outcomes = more;
	return true;
}

/**
 * vdev_outcomes_find() - what is known of a contract?
 * @outcomes: all that is known
 * @contract: the contract
 *
 * Context: Any.
 * Return: the outcome, valid until something is kept; NULL if nothing is known.
 */
const struct vdev_outcome *vdev_outcomes_find(const struct vdev_outcomes *outcomes,
					      const struct vdev_contract *contract)
{
	const struct vdev_outcome *outcome;

	if (!outcomes->slots)
		return NULL;
	outcome = outcomes_slot(outcomes, contract->number);
	return outcome->number ? outcome : NULL;
}

static void outcomes_keep_answer(struct vdev_outcomes *outcomes, struct vdev_outcome *outcome,
				 const void *answer, u32 len)
{
	if (!answer || len > ANSWER_MAX || outcomes->kept + len > ANSWERS_MAX)
		return;
	outcome->answer = kmemdup(answer, len, GFP_KERNEL_ACCOUNT);
	if (!outcome->answer)
		return;
	outcome->len = len;
	outcomes->kept += len;
}

/**
 * vdev_outcomes_keep() - keep what was found out about a contract
 * @outcomes: all that is known
 * @contract: the contract, of which nothing is known, or no answer
 * @verdict: enum vdev_verdict, by the rules
 * @answer: what is said of all that have it; NULL if no answer is wanted
 * @len: length of @answer in bytes
 *
 * Nothing is kept of a contract that one blob alone has, nor where there is no room.
 *
 * Context: Process context. May sleep.
 */
void vdev_outcomes_keep(struct vdev_outcomes *outcomes, const struct vdev_contract *contract,
			u32 verdict, const void *answer, u32 len)
{
	struct vdev_outcome *outcome;

	if (refcount_read(&contract->refs) == 1)
		return;
	if (outcomes_are_full(outcomes) && !outcomes_grow(outcomes))
		return;
	outcome = outcomes_slot(outcomes, contract->number);
	if (outcome->number)
		return;
	outcome->number = contract->number;
	outcome->verdict = verdict;
	outcomes->used++;
	outcomes_keep_answer(outcomes, outcome, answer, len);
}

/**
 * vdev_outcomes_free() - free what is known
 * @outcomes: all of it
 *
 * Context: Process context.
 */
void vdev_outcomes_free(struct vdev_outcomes *outcomes)
{
	unsigned int i;

	for (i = 0; i < outcomes->size; i++)
		kfree(outcomes->slots[i].answer);
	kvfree(outcomes->slots);
}
