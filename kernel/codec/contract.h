/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What is judged of endpoints. Those of which it is the same share one object,
 * which never changes.
 */
#ifndef _VDEV_CONTRACT_H
#define _VDEV_CONTRACT_H

#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/rhashtable-types.h>
#include <linux/types.h>

struct vdev_parsed;

/**
 * struct vdev_terms - what is judged of an endpoint
 * @hash: of all of the following
 * @kind: enum vdev_endpoint_kind
 * @len: length of @data in bytes
 * @data: VDEV_A_MIGRATION, each VDEV_A_BLOCKER, and VDEV_A_RECORD without bits that
 *	were negotiated, the origin of parameters, and all of a parameter that is
 *	ignored but its name, type and rule; before them VDEV_A_CAPACITY, of which
 *	only its state, if that is VDEV_CAPACITY_STATE_IMPOSSIBLE
 */
struct vdev_terms {
	u32 hash;
	u32 kind;
	u32 len;
	const u8 *data;
};

/**
 * struct vdev_contract - what is judged of endpoints
 * @rcu: readers may still find it
 * @refs: who uses it: one for each struct vdev_blob; goes from 0 to 1 never, and
 *	from 1 to 0 under the lock of the table
 * @node: in the table of contracts; guarded by its lock
 * @number: its number, which no other one ever has; not 0
 * @terms: what is declared; in the same memory
 * @parsed: the same as the evaluator takes it; in the same memory
 */
struct vdev_contract {
	struct rcu_head rcu;
	refcount_t refs;
	struct rhash_head node;
	u64 number;
	struct vdev_terms terms;
	struct vdev_parsed *parsed;
};

/**
 * struct vdev_contract_counts - contracts since the module was loaded
 * @allocated: how many there were
 * @freed: how many of them there are no longer
 */
struct vdev_contract_counts {
	u64 allocated;
	u64 freed;
};

/* terms.c */
void vdev_terms_init(void);
int vdev_terms_read(struct vdev_terms *terms, u32 kind, const void *data, int len);
bool vdev_terms_same(const struct vdev_terms *a, const struct vdev_terms *b);
struct vdev_contract *vdev_contract_new(const struct vdev_terms *terms);

/* contract.c */
int vdev_contracts_init(void);
struct vdev_contract_counts vdev_contracts_exit(void);
struct vdev_contract *vdev_contract_get(const struct vdev_terms *terms);
void vdev_contract_put(struct vdev_contract *contract);

#endif /* _VDEV_CONTRACT_H */
