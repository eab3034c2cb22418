// SPDX-License-Identifier: GPL-2.0
/*
 * Which endpoints are judged alike: what a judgement goes by, or tells, is the
 * same of both. Often they differ in what only names them, as in an address.
 * No locks.
 */
#include <linux/string.h>
#include <net/netlink.h>

#include "core.h"

typedef bool (*alike_fn)(const struct nlattr *a, const struct nlattr *b);

static bool same(const struct nlattr *a, const struct nlattr *b)
{
	return a->nla_len == b->nla_len && !memcmp(a, b, a->nla_len);
}

/* Attributes that follow each other, each held against its counterpart. */
static bool alike_lists(const struct nlattr *a, int a_len,
			const struct nlattr *b, int b_len, alike_fn alike)
{
	while (nla_ok(a, a_len) && nla_ok(b, b_len)) {
		if (!alike(a, b))
			return false;
		a = nla_next(a, &a_len);
		b = nla_next(b, &b_len);
	}
	return !a_len && !b_len;
}

static bool alike_nests(const struct nlattr *a, const struct nlattr *b,
			alike_fn alike)
{
	return alike_lists(nla_data(a), nla_len(a), nla_data(b), nla_len(b),
			   alike);
}

static bool is_ignored(const struct nlattr *param)
{
	const struct nlattr *rule;

	rule = nla_find_nested(param, VDEV_A_PARAM_RULE);
	return rule && nla_get_u32(rule) == VDEV_RULE_IGNORE;
}

/* That there is a parameter counts even if what it is does not. */
static bool alike_in_record(const struct nlattr *a, const struct nlattr *b)
{
	if (same(a, b))
		return true;
	return nla_type(a) == VDEV_A_RECORD_PARAM &&
	       nla_type(b) == VDEV_A_RECORD_PARAM &&
	       is_ignored(a) && is_ignored(b) &&
	       same(nla_find_nested(a, VDEV_A_PARAM_NAME),
		    nla_find_nested(b, VDEV_A_PARAM_NAME));
}

static bool alike_in_object(const struct nlattr *a, const struct nlattr *b)
{
	if (same(a, b))
		return true;
	return nla_type(a) == VDEV_A_RECORD && nla_type(b) == VDEV_A_RECORD &&
	       alike_nests(a, b, alike_in_record);
}

static bool alike_capacity(const struct vdev_blob *a, const struct vdev_blob *b)
{
	if (!a->capacity || !b->capacity)
		return a->capacity == b->capacity;
	return same(vdev_blob_attr(a, a->capacity),
		    vdev_blob_attr(b, b->capacity));
}

/**
 * vdev_blob_alike() - are two endpoints of the same kind judged alike?
 * @a: one of them
 * @b: the other
 *
 * What is only reported may differ, but for the capacity, which a judgement
 * tells; so may parameters that are ignored, but for their names. The name of a
 * profile is compared although none is judged by it.
 *
 * Return: true if the findings of both that are failures or notes are the same,
 * and so are the verdicts and the ranks, whatever the source.
 */
bool vdev_blob_alike(const struct vdev_blob *a, const struct vdev_blob *b)
{
	return a->migration == b->migration && alike_capacity(a, b) &&
	       alike_lists(vdev_blob_attr(a, a->judged), a->len - a->judged,
			   vdev_blob_attr(b, b->judged), b->len - b->judged,
			   alike_in_object);
}
