// SPDX-License-Identifier: GPL-2.0
/*
 * The terms of a contract: what is judged of an endpoint, out of all that is
 * reported of it. The lists stay in the order in which they were reported. No locks.
 */
#include <linux/align.h>
#include <linux/cache.h>
#include <linux/init.h>
#include <linux/jhash.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/random.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/netlink.h>

#include "contract.h"
#include "parse.h"

/* So that nobody can declare what is found in one place on purpose. */
static u32 terms_seed __ro_after_init;

/**
 * struct draft - terms that are being written
 * @next: where the next attribute goes
 */
struct draft {
	u8 *next;
};

static void draft_copy(struct draft *draft, const struct nlattr *attr)
{
	size_t size = NLA_ALIGN(attr->nla_len);

	memcpy(draft->next, attr, size);
	draft->next += size;
}

/* What is in the nest follows; then draft_close(). */
static struct nlattr *draft_open(struct draft *draft, const struct nlattr *nest)
{
	struct nlattr *copy = (struct nlattr *)draft->next;

	copy->nla_type = nest->nla_type;
	draft->next += NLA_HDRLEN;
	return copy;
}

static void draft_close(struct draft *draft, struct nlattr *nest)
{
	nest->nla_len = draft->next - (u8 *)nest;
}

static void draft_copy_without(struct draft *draft, const struct nlattr *nest, int without)
{
	struct nlattr *copy = draft_open(draft, nest);
	const struct nlattr *attr;
	int rest;

	nla_for_each_nested(attr, nest, rest) {
		if (nla_type(attr) != without)
			draft_copy(draft, attr);
	}
	draft_close(draft, copy);
}

static void draft_copy_ignored(struct draft *draft, const struct nlattr *param)
{
	struct nlattr *copy = draft_open(draft, param);
	const struct nlattr *attr;
	int rest;

	nla_for_each_nested(attr, param, rest) {
		if (nla_type(attr) == VDEV_A_PARAM_NAME ||
		    nla_type(attr) == VDEV_A_PARAM_VALUE_TYPE ||
		    nla_type(attr) == VDEV_A_PARAM_RULE)
			draft_copy(draft, attr);
	}
	draft_close(draft, copy);
}

static bool is_ignored(const struct nlattr *param)
{
	const struct nlattr *rule = nla_find_nested(param, VDEV_A_PARAM_RULE);

	return rule && nla_get_u32(rule) == VDEV_RULE_IGNORE;
}

static void draft_copy_part(struct draft *draft, const struct nlattr *part)
{
	if (nla_type(part) == VDEV_A_RECORD_FEATURE)
		draft_copy_without(draft, part, VDEV_A_FEATURE_NEGOTIATED);
	else if (nla_type(part) != VDEV_A_RECORD_PARAM)
		draft_copy(draft, part);
	else if (is_ignored(part))
		draft_copy_ignored(draft, part);
	else
		draft_copy_without(draft, part, VDEV_A_PARAM_ORIGIN);
}

static void draft_copy_record(struct draft *draft, const struct nlattr *record)
{
	struct nlattr *copy = draft_open(draft, record);
	const struct nlattr *part;
	int rest;

	nla_for_each_nested(part, record, rest)
		draft_copy_part(draft, part);
	draft_close(draft, copy);
}

/* Room changes with each instance; that no instance is ever possible is judged. */
static void draft_copy_capacity(struct draft *draft, const struct nlattr *capacity)
{
	const struct nlattr *state = nla_find_nested(capacity, VDEV_A_CAPACITY_STATE);
	struct nlattr *copy;

	if (!state || nla_get_u32(state) != VDEV_CAPACITY_STATE_IMPOSSIBLE)
		return;
	copy = draft_open(draft, capacity);
	draft_copy(draft, state);
	draft_close(draft, copy);
}

static void draft_fill(struct draft *draft, const void *data, int len)
{
	const struct nlattr *attr;
	int rest;

	nla_for_each_attr(attr, data, len, rest) {
		if (nla_type(attr) == VDEV_A_RECORD)
			draft_copy_record(draft, attr);
		else if (nla_type(attr) == VDEV_A_CAPACITY)
			draft_copy_capacity(draft, attr);
		else if (nla_type(attr) == VDEV_A_MIGRATION ||
			 nla_type(attr) == VDEV_A_BLOCKER)
			draft_copy(draft, attr);
	}
}

/**
 * vdev_terms_init() - choose how terms are hashed
 */
void __init vdev_terms_init(void)
{
	terms_seed = get_random_u32();
}

/**
 * vdev_terms_read() - what is judged of an endpoint
 * @terms: where to put it; @terms->data is to be freed with kfree()
 * @kind: enum vdev_endpoint_kind
 * @data: the endpoint, serialised
 * @len: length of @data in bytes
 *
 * Context: Process context. May sleep.
 * Return: 0 or -ENOMEM.
 */
int vdev_terms_read(struct vdev_terms *terms, u32 kind, const void *data, int len)
{
	struct draft draft;
	u8 *copy;

	copy = kmalloc(len, GFP_KERNEL);
	if (!copy)
		return -ENOMEM;
	draft.next = copy;
	draft_fill(&draft, data, len);
	terms->kind = kind;
	terms->data = copy;
	terms->len = draft.next - copy;
	terms->hash = jhash(copy, terms->len, kind ^ terms_seed);
	return 0;
}

/**
 * vdev_terms_same() - is the same declared?
 * @a: the one
 * @b: the other
 *
 * Return: true if so; that the hashes are the same is not enough.
 */
bool vdev_terms_same(const struct vdev_terms *a, const struct vdev_terms *b)
{
	return a->hash == b->hash && a->kind == b->kind && a->len == b->len &&
	       !memcmp(a->data, b->data, a->len);
}

/* One piece of memory, with no more room than @scratch shows to be enough. */
static struct vdev_contract *contract_build(const struct vdev_terms *terms,
					    const struct vdev_parsed *scratch)
{
	size_t head = ALIGN(sizeof(struct vdev_contract), 8), len = ALIGN(terms->len, 8);
	struct vdev_contract *contract;
	u8 *data;

	contract = kvmalloc(head + len + vdev_parsed_size(scratch), GFP_KERNEL);
	if (!contract)
		return NULL;
	*contract = (struct vdev_contract) { .terms = *terms };
	refcount_set(&contract->refs, 1);
	data = (u8 *)contract + head;
	contract->terms.data = memcpy(data, terms->data, terms->len);
	contract->parsed = vdev_parsed_like(data + len, scratch);
	vdev_parse_object(contract->parsed, terms->kind, data, terms->len);
	return contract;
}

/**
 * vdev_contract_new() - make a contract, which nobody shares yet
 * @terms: what it says; copied
 *
 * Context: Process context. May sleep.
 * Return: the contract, without a number; or NULL.
 */
struct vdev_contract *vdev_contract_new(const struct vdev_terms *terms)
{
	struct vdev_contract *contract = NULL;
	struct vdev_parsed *scratch;

	scratch = vdev_parsed_for_object(terms->data, terms->len);
	if (scratch && !vdev_parse_object(scratch, terms->kind, terms->data, terms->len))
		contract = contract_build(terms, scratch);
	kvfree(scratch);
	return contract;
}
