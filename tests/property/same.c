// SPDX-License-Identifier: GPL-2.0
/* Whether two findings, or two whole answers, say the same. */
#include <string.h>

#include "same.h"

bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

bool same_value(const struct vdev_value *a, const struct vdev_value *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case VDEV_VALUE_TYPE_U64:
		return a->u64 == b->u64;
	case VDEV_VALUE_TYPE_STRING:
		return same_text(a->string, b->string);
	case VDEV_VALUE_TYPE_BOOL:
		return a->boolean == b->boolean;
	default:
		return true;
	}
}

static bool same_bitmap(const struct vdev_bitmap *a, const struct vdev_bitmap *b)
{
	return !a->words == !b->words && a->num_words == b->num_words &&
	       (!a->words || !memcmp(a->words, b->words, a->num_words * sizeof(uint64_t)));
}

bool same_finding(const struct vdev_finding *a, const struct vdev_finding *b)
{
	return a->field == b->field && same_text(a->name, b->name) && a->rule == b->rule &&
	       a->result == b->result && a->code == b->code &&
	       same_value(&a->source, &b->source) && same_value(&a->target, &b->target) &&
	       same_bitmap(&a->missing, &b->missing) && same_bitmap(&a->unmet, &b->unmet) &&
	       same_text(a->reason, b->reason);
}

bool same_rank(const struct vdev_rank *a, const struct vdev_rank *b)
{
	return a->preference == b->preference && a->same_version == b->same_version &&
	       a->bugfix == b->bugfix && a->surplus == b->surplus;
}

bool same_judgement(const struct judged *a, const struct judged *b)
{
	unsigned int i;

	if (a->check.verdict != b->check.verdict || a->num != b->num)
		return false;
	for (i = 0; i < a->num; i++) {
		if (!same_finding(&a->findings[i], &b->findings[i]))
			return false;
	}
	return same_rank(&a->check.rank, &b->check.rank);
}
