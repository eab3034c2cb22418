/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a find has found out about contracts, so that it judges each once.
 */
#ifndef _VDEV_OUTCOMES_H
#define _VDEV_OUTCOMES_H

#include <linux/types.h>

struct vdev_contract;

/**
 * struct vdev_outcome - how a source stands to a contract
 * @number: number of the contract; 0 if there is no outcome
 * @verdict: enum vdev_verdict, by the rules; at best that, if no answer is wanted
 * @len: length of @answer in bytes
 * @answer: what is said of all that have the contract; NULL if no answer is wanted,
 *	or there is no room for it
 */
struct vdev_outcome {
	u64 number;
	u32 verdict;
	u32 len;
	void *answer;
};

/**
 * struct vdev_outcomes - what is known of contracts, within bounds
 * @slots: a table by number; NULL if there is nothing in it
 * @size: length of @slots, a power of 2
 * @used: how many of them have an outcome
 * @kept: bytes of all answers
 *
 * An outcome names its contract by the number, and does not hold it. Zeroed, nothing is
 * known. Guarded by whoever has it.
 */
struct vdev_outcomes {
	struct vdev_outcome *slots;
	unsigned int size;
	unsigned int used;
	size_t kept;
};

const struct vdev_outcome *vdev_outcomes_find(const struct vdev_outcomes *outcomes,
					      const struct vdev_contract *contract);
void vdev_outcomes_keep(struct vdev_outcomes *outcomes, const struct vdev_contract *contract,
			u32 verdict, const void *answer, u32 len);
void vdev_outcomes_free(struct vdev_outcomes *outcomes);

#endif /* _VDEV_OUTCOMES_H */
