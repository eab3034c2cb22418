// SPDX-License-Identifier: GPL-2.0
/*
 * The contracts that there are, found by what they say: endpoints that declare the
 * same share one.
 *
 * contracts_lock guards the table, and is held while one contract is looked up, put
 * in or taken out. Who has found a blob under RCU, reads its contract without it.
 */
#include <linux/jhash.h>
#include <linux/mm.h>
#include <linux/rhashtable.h>
#include <linux/slab.h>
#include <linux/spinlock.h>

#include "contract.h"

/* A spinlock, inside all others but those of the table itself. */
static DEFINE_SPINLOCK(contracts_lock);
/* All of these are guarded by contracts_lock. */
static struct rhashtable contracts;
static struct vdev_contract_counts counts;

static u32 contract_hash(const struct vdev_terms *terms, u32 seed)
{
	return jhash_1word(terms->hash, seed);
}

static u32 contract_hash_key(const void *data, u32 len, u32 seed)
{
	return contract_hash(data, seed);
}

static u32 contract_hash_object(const void *data, u32 len, u32 seed)
{
	const struct vdev_contract *contract = data;

	return contract_hash(&contract->terms, seed);
}

static int contract_compare(struct rhashtable_compare_arg *arg, const void *obj)
{
	const struct vdev_contract *contract = obj;

	return !vdev_terms_same(arg->key, &contract->terms);
}

static const struct rhashtable_params contract_params = {
	.head_offset = offsetof(struct vdev_contract, node),
	.hashfn = contract_hash_key,
	.obj_hashfn = contract_hash_object,
	.obj_cmpfn = contract_compare,
	.automatic_shrinking = true,
};

static struct vdev_contract *contract_find_locked(const struct vdev_terms *terms)
{
	struct vdev_contract *contract;

	lockdep_assert_held(&contracts_lock);
	contract = rhashtable_lookup_fast(&contracts, terms, contract_params);
	if (contract)
		refcount_inc(&contract->refs);
	return contract;
}

static int contract_insert_locked(struct vdev_contract *contract)
{
	int err;

	lockdep_assert_held(&contracts_lock);
	err = rhashtable_insert_fast(&contracts, &contract->node, contract_params);
	if (!err)
		contract->number = ++counts.allocated;
	return err;
}

/* Somebody else may have made the same meanwhile. */
static struct vdev_contract *contract_enter(struct vdev_contract *contract)
{
	struct vdev_contract *other;
	int err = 0;

	spin_lock(&contracts_lock);
	other = contract_find_locked(&contract->terms);
	if (!other)
		err = contract_insert_locked(contract);
	spin_unlock(&contracts_lock);
	if (!other && !err)
		return contract;
	kvfree(contract);
	return other;
}

/**
 * vdev_contract_get() - the contract of those that declare certain terms
 * @terms: what is declared
 *
 * Context: Process context. May sleep.
 * Return: the contract, to be given to vdev_contract_put(); or NULL if there is no
 * memory.
 */
struct vdev_contract *vdev_contract_get(const struct vdev_terms *terms)
{
	struct vdev_contract *contract;

	spin_lock(&contracts_lock);
	contract = contract_find_locked(terms);
	spin_unlock(&contracts_lock);
	if (contract)
		return contract;
	contract = vdev_contract_new(terms);
	return contract ? contract_enter(contract) : NULL;
}

/**
 * vdev_contract_put() - use a contract no longer
 * @contract: the contract; may be NULL
 *
 * Context: Process context. Who has found it under RCU may still read it.
 */
void vdev_contract_put(struct vdev_contract *contract)
{
	bool last;

	if (!contract || refcount_dec_not_one(&contract->refs))
		return;
	spin_lock(&contracts_lock);
	last = refcount_dec_and_test(&contract->refs);
	if (last) {
		rhashtable_remove_fast(&contracts, &contract->node, contract_params);
		counts.freed++;
	}
	spin_unlock(&contracts_lock);
	if (last)
		kvfree_rcu(contract, rcu);
}

/**
 * vdev_contracts_init() - prepare the table
 *
 * Return: 0 or an errno.
 */
int __init vdev_contracts_init(void)
{
	vdev_terms_init();
	return rhashtable_init(&contracts, &contract_params);
}

/**
 * vdev_contracts_exit() - take the table down
 *
 * Nobody uses a contract any more.
 *
 * Return: whether all were freed.
 */
struct vdev_contract_counts vdev_contracts_exit(void)
{
	rhashtable_destroy(&contracts);
	return counts;
}
