// SPDX-License-Identifier: GPL-2.0
/*
 * Device versions that all hosts have in common. Names are opaque: which of two
 * is older, only the lists tell in which both stand.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/include/linux/vdev_limits.h"
#include "baseline.h"

#define BOTH (VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT)

static const struct vdev_version *find_version(const struct member *member, const char *name,
					       unsigned int *place)
{
	const struct vdev_record *record = vdev_declaration_record(member->declaration);
	unsigned int i;

	for (i = 0; i < vdev_record_num_versions(record); i++) {
		const struct vdev_version *version = vdev_record_version(record, i);

		*place = i;
		if (strcmp(version->name, name) == 0)
			return version;
	}
	return NULL;
}

static bool takes_version(const struct member *member, const struct candidate *candidate)
{
	const struct vdev_version *version;
	unsigned int place;

	version = find_version(member, candidate->name, &place);
	return version && (version->flags & BOTH) == BOTH;
}

/* Whether any list has @a before @b. */
static bool is_before(const struct group *group, const struct candidate *a,
		      const struct candidate *b)
{
	unsigned int place_a, place_b;
	size_t i;

	for (i = 0; i < group->num; i++)
		if (find_version(&group->members[i], a->name, &place_a) &&
		    find_version(&group->members[i], b->name, &place_b) && place_a < place_b)
			return true;
	return false;
}

static bool is_common(const struct group *group, const struct candidate *candidate)
{
	return candidate->num_hosts == group->fleet->num_hosts;
}

static void find_ends(const struct group *group, struct span *span)
{
	size_t i;

	for (i = 0; i < span->num; i++) {
		const struct candidate *candidate = &span->candidates[i];

		if (!is_common(group, candidate))
			continue;
		if (!span->oldest || is_before(group, candidate, span->oldest))
			span->oldest = candidate;
		if (!span->newest || is_before(group, span->newest, candidate))
			span->newest = candidate;
	}
}

/* If the order is one, nothing is before the oldest or behind the newest. */
static void check_ends(const struct group *group, struct span *span)
{
	size_t i;

	for (i = 0; i < span->num && span->oldest; i++) {
		const struct candidate *candidate = &span->candidates[i];
		const struct candidate *end = NULL;

		if (!is_common(group, candidate))
			continue;
		if (is_before(group, candidate, span->oldest))
			end = span->oldest;
		else if (is_before(group, span->newest, candidate))
			end = span->newest;
		if (!end)
			continue;
		span->disordered[0] = end;
		span->disordered[1] = candidate;
		span->oldest = NULL;
		span->newest = NULL;
	}
}

static int compare(const void *left, const void *right)
{
	return strcmp(((const struct candidate *)left)->name,
		      ((const struct candidate *)right)->name);
}

/* All names in the lists, each once. */
static void collect(const struct group *group, struct span *span)
{
	size_t i, num = 0;
	unsigned int v;

	for (i = 0; i < group->num; i++) {
		const struct vdev_record *record;

		record = vdev_declaration_record(group->members[i].declaration);
		for (v = 0; v < vdev_record_num_versions(record); v++)
			span->candidates[num++].name = vdev_record_version(record, v)->name;
	}
	qsort(span->candidates, num, sizeof(*span->candidates), compare);
	for (i = 0; i < num; i++)
		if (!span->num || compare(&span->candidates[span->num - 1], &span->candidates[i]))
			span->candidates[span->num++] = span->candidates[i];
}

int baseline_versions(const struct group *group, struct span *span)
{
	*span = (struct span){ .takes = takes_version };
	span->candidates = calloc(group->num * VDEV_VERSIONS_MAX, sizeof(*span->candidates));
	if (!span->candidates)
		return -ENOMEM;
	collect(group, span);
	group_count(group, span);
	find_ends(group, span);
	check_ends(group, span);
	return 0;
}
