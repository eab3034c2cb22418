// SPDX-License-Identifier: GPL-2.0
/*
 * The policy of a source that can come from a newer version: that of policy.c, but
 * any number is taken for a word or for flags. skew.c reports those that are not
 * known. Made once, when the module is loaded. No locks.
 */
#include <linux/err.h>
#include <linux/slab.h>

#include "policy.h"

static const struct nla_policy *relaxed_policy;

/* Nests that are in two sets are copied for each. */
static void relaxed_free(const struct nla_policy *policy, int max)
{
	int type;

	for (type = 1; type <= max; type++) {
		if (policy[type].type == NLA_NESTED)
			relaxed_free(policy[type].nested_policy,
				     policy[type].len);
	}
	kfree(policy);
}

/* A range is of the numbers of words; 0 is none in any version. */
static void relaxed_number(struct nla_policy *policy)
{
	if (policy->validation_type == NLA_VALIDATE_RANGE) {
		policy->validation_type = NLA_VALIDATE_MIN;
		policy->min = 1;
	} else if (policy->validation_type == NLA_VALIDATE_MASK) {
		policy->validation_type = NLA_VALIDATE_NONE;
	}
}

static struct nla_policy *relaxed_copy(const struct nla_policy *policy, int max)
{
	struct nla_policy *copy, *nested;
	int type;

	copy = kmemdup(policy, (max + 1) * sizeof(*copy), GFP_KERNEL);
	if (!copy)
		return NULL;
	for (type = 1; type <= max; type++) {
		if (copy[type].type != NLA_NESTED) {
			relaxed_number(&copy[type]);
			continue;
		}
		nested = relaxed_copy(copy[type].nested_policy, copy[type].len);
		if (!nested) {
			/* What follows is not a copy yet. */
			relaxed_free(copy, type - 1);
			return NULL;
		}
		copy[type].nested_policy = nested;
	}
	return copy;
}

int vdev_nl_relaxed_init(void)
{
	relaxed_policy = relaxed_copy(vdev_nl_source_policy, VDEV_A_SOURCE_MAX);
	return relaxed_policy ? 0 : -ENOMEM;
}

void vdev_nl_relaxed_exit(void)
{
	relaxed_free(relaxed_policy, VDEV_A_SOURCE_MAX);
}

/**
 * vdev_nl_relaxed_validate() - hold a source against its policy
 * @source: the source of a request
 * @extack: where an error is reported
 *
 * Return: 0, also with attributes, words and flags that are not known; or what
 * netlink says of the first attribute that is wrong.
 */
int vdev_nl_relaxed_validate(const struct nlattr *source,
			     struct netlink_ext_ack *extack)
{
	return __nla_validate(nla_data(source), nla_len(source),
			      VDEV_A_SOURCE_MAX, relaxed_policy,
			      NL_VALIDATE_STRICT & ~NL_VALIDATE_MAXTYPE, extack);
}
