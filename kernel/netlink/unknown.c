// SPDX-License-Identifier: GPL-2.0
/*
 * The parts of a source that this version does not know: attributes without a
 * policy, the words that skew.c reports, and the parts that the sender could
 * not express. The depth of the walk is that of the policies. No locks.
 */
#include <linux/mm.h>
#include <linux/nospec.h>
#include <linux/slab.h>

#include "policy.h"
#include "unknown.h"

/**
 * struct unknown_nest - a nest on the way to an attribute that is not known
 * @up: the nest that it is in; NULL for the source itself
 * @attr: where it is in the request
 * @policy: the policy of what is in it
 * @max: the highest number of an attribute in it
 */
struct unknown_nest {
	const struct unknown_nest *up;
	const struct nlattr *attr;
	const struct nla_policy *policy;
	int max;
};

/* Where the next path goes; NULL if no further one is of interest. */
static const char **unknown_next(struct vdev_unknowns *unknowns)
{
	if (!unknowns->list && !unknowns->err)
		unknowns->list = kvzalloc(sizeof(*unknowns->list),
					  GFP_KERNEL_ACCOUNT);
	if (!unknowns->list) {
		unknowns->err = -ENOMEM;
		return NULL;
	}
	if (unknowns->list->num == VDEV_UNKNOWN_MAX)
		return NULL;
	return &unknowns->list->paths[unknowns->list->num++];
}

/* Where the text of the path is that unknown_next() has returned. */
static char *unknown_text(struct vdev_unknown *list)
{
	char *text = list->text[list->num - 1];

	list->paths[list->num - 1] = text;
	return text;
}

static void unknown_word(const struct vdev_skew *skew, const char *path)
{
	struct vdev_unknowns *unknowns = skew->arg;

	if (unknown_next(unknowns))
		strscpy(unknown_text(unknowns->list), path, VDEV_PATH_LEN + 1);
}

/* Only asked for by a path, which most sources have none of. NULL would be a bug. */
static const struct vdev_nl_nest *unknown_known(const struct nla_policy *policy,
						int type)
{
	const struct vdev_nl_nest *nest;
	unsigned int i;

	for (i = 0; i < vdev_nl_num_nests; i++) {
		nest = &vdev_nl_nests[i];
		if (nest->policy == policy && nest->type == type)
			return nest;
	}
	return NULL;
}

/* How many of the same kind are before it. */
static unsigned int unknown_index(const struct unknown_nest *nest)
{
	const struct nlattr *attr;
	unsigned int index = 0;
	int rest;

	nla_for_each_nested(attr, nest->up->attr, rest) {
		if (attr == nest->attr)
			break;
		index += nla_type(attr) == nla_type(nest->attr);
	}
	return index;
}

static size_t unknown_path(char *text, size_t size,
			   const struct unknown_nest *nest)
{
	const struct vdev_nl_nest *known;
	size_t len;

	if (!nest->up)
		return 0;
	len = unknown_path(text, size, nest->up);
	known = unknown_known(nest->up->policy, nla_type(nest->attr));
	if (WARN_ON_ONCE(!known))
		return len;
	len += scnprintf(text + len, size - len, "%s", known->name);
	if (known->repeated)
		len += scnprintf(text + len, size - len, "[%u]",
				 unknown_index(nest));
	return len + scnprintf(text + len, size - len, ".");
}

static void unknown_attribute(struct vdev_unknowns *unknowns,
			      const struct unknown_nest *nest, int type)
{
	char *text;
	size_t len;

	if (!unknown_next(unknowns))
		return;
	text = unknown_text(unknowns->list);
	len = unknown_path(text, VDEV_PATH_LEN + 1, nest);
	scnprintf(text + len, VDEV_PATH_LEN + 1 - len, "attribute-%d", type);
}

static void unknown_walk(struct vdev_unknowns *unknowns,
			 const struct unknown_nest *nest)
{
	const struct nla_policy *policy;
	struct unknown_nest inner;
	const struct nlattr *attr;
	int rest, type;

	nla_for_each_nested(attr, nest->attr, rest) {
		type = nla_type(attr);
		if (!type || type > nest->max) {
			unknown_attribute(unknowns, nest, type);
			continue;
		}
		type = array_index_nospec(type, nest->max + 1);
		policy = &nest->policy[type];
		if (policy->type != NLA_NESTED)
			continue;
		inner = (struct unknown_nest) {
			.up = nest,
			.attr = attr,
			.policy = policy->nested_policy,
			.max = policy->len,
		};
		unknown_walk(unknowns, &inner);
	}
}

/**
 * vdev_unknowns_init() - start to collect
 * @unknowns: what collects
 */
void vdev_unknowns_init(struct vdev_unknowns *unknowns)
{
	*unknowns = (struct vdev_unknowns) {
		.skew = { .note = unknown_word, .arg = unknowns },
	};
}

/**
 * vdev_unknowns_walk() - collect the attributes that are not known
 * @unknowns: what collects
 * @source: the source, whose known attributes have passed their policies
 *
 * Context: Process context. May sleep.
 */
void vdev_unknowns_walk(struct vdev_unknowns *unknowns,
			const struct nlattr *source)
{
	const struct unknown_nest nest = {
		.attr = source,
		.policy = vdev_nl_source_policy,
		.max = VDEV_A_SOURCE_MAX,
	};

	unknown_walk(unknowns, &nest);
}

/**
 * vdev_unknowns_named() - collect the parts that the sender has named
 * @unknowns: what collects
 * @source: likewise; must outlive what is collected
 *
 * Context: Process context. May sleep.
 */
void vdev_unknowns_named(struct vdev_unknowns *unknowns,
			 const struct nlattr *source)
{
	const struct nlattr *attr;
	const char **path;
	int rest;

	nla_for_each_nested(attr, source, rest) {
		if (nla_type(attr) != VDEV_A_SOURCE_UNKNOWN)
			continue;
		path = unknown_next(unknowns);
		if (path)
			*path = nla_data(attr);
	}
}
