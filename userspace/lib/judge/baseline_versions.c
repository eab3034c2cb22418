// SPDX-License-Identifier: LGPL-2.1
/*
 * Device versions that all hosts have in common. Names are opaque: which of two
 * is older, only the lists that have both say so. All mentions of all names are sorted
 * once, so that what is asked of a name costs as much as it has mentions.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/model/ceiling.h"
#include "baseline_versions.h"

#define BOTH (VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT)

static bool takes(const struct vdev_record *record, const struct vdev_version *version)
{
	return (version->flags & BOTH) == BOTH && vdev_ceiling_has_version(record, version->name);
}

static bool takes_version(const struct member *member, const struct candidate *candidate)
{
	const struct vdev_record *record = vdev_declaration_record(member->declaration);
	unsigned int i;

	for (i = 0; i < vdev_record_num_versions(record); i++) {
		const struct vdev_version *version = vdev_record_version(record, i);

		if (strcmp(version->name, candidate->name) == 0)
			return takes(record, version);
	}
	return false;
}

/* By name, then by member. */
static int compare_mentions(const void *left, const void *right)
{
	const struct mention *a = left, *b = right;
	int difference = strcmp(a->name, b->name);

	if (difference)
		return difference;
	return a->member == b->member ? 0 : a->member < b->member ? -1 : 1;
}

static const struct mention *find_mention(const struct candidate *candidate,
					  const struct member *member)
{
	struct mention wanted = { .name = candidate->name, .member = member };

	return bsearch(&wanted, candidate->mentions, candidate->num_mentions, sizeof(wanted),
		       compare_mentions);
}

/* Whether any list has @a before @b. Those of the one that is in fewer lists are read. */
static bool is_before(const struct candidate *a, const struct candidate *b)
{
	const struct candidate *rare = a->num_mentions < b->num_mentions ? a : b;
	const struct candidate *other = rare == a ? b : a;
	size_t i;

	for (i = 0; i < rare->num_mentions; i++) {
		const struct mention *one = &rare->mentions[i];
		const struct mention *two = find_mention(other, one->member);

		if (two && one->place != two->place && (one->place < two->place) == (rare == a))
			return true;
	}
	return false;
}

static bool is_common(const struct group *group, const struct candidate *candidate)
{
	return candidate->num_hosts == group->hosts->num;
}

static void find_ends(const struct group *group, struct version_range *range)
{
	size_t i;

	for (i = 0; i < range->num; i++) {
		const struct candidate *candidate = &range->candidates[i];

		if (!is_common(group, candidate))
			continue;
		if (!range->oldest || is_before(candidate, range->oldest))
			range->oldest = candidate;
		if (!range->newest || is_before(range->newest, candidate))
			range->newest = candidate;
	}
}

/* If the order is one, nothing is before the oldest or behind the newest. */
static void check_ends(const struct group *group, struct version_range *range)
{
	size_t i;

	for (i = 0; i < range->num && range->oldest; i++) {
		const struct candidate *candidate = &range->candidates[i];
		const struct candidate *end = NULL;

		if (!is_common(group, candidate))
			continue;
		if (is_before(candidate, range->oldest))
			end = range->oldest;
		else if (is_before(range->newest, candidate))
			end = range->newest;
		if (!end)
			continue;
		range->disordered[0] = end;
		range->disordered[1] = candidate;
		range->oldest = NULL;
		range->newest = NULL;
	}
}

static size_t count_mentions(const struct group *group)
{
	size_t i, num = 0;

	for (i = 0; i < group->num; i++)
		num += vdev_record_num_versions(
			vdev_declaration_record(group->members[i].declaration));
	return num;
}

static void collect_mentions(const struct group *group, struct mention *mentions)
{
	unsigned int v;
	size_t i;

	for (i = 0; i < group->num; i++) {
		const struct member *member = &group->members[i];
		const struct vdev_record *record = vdev_declaration_record(member->declaration);

		for (v = 0; v < vdev_record_num_versions(record); v++) {
			const struct vdev_version *version = vdev_record_version(record, v);

			*mentions++ = (struct mention){
				.name = version->name,
				.member = member,
				.place = v,
				.both = takes(record, version),
			};
		}
	}
}

/* Members of a host stand together, and so do their mentions. */
static void count_hosts(struct candidate *candidate)
{
	const struct member *last = NULL;
	size_t i;

	for (i = 0; i < candidate->num_mentions; i++) {
		const struct mention *mention = &candidate->mentions[i];

		if (!mention->both || (last && last->host == mention->member->host))
			continue;
		last = mention->member;
		candidate->num_hosts++;
	}
}

/* All names in the lists, each once. */
static void collect(struct version_range *range, size_t num)
{
	struct candidate *candidate = NULL;
	size_t i;

	for (i = 0; i < num; i++) {
		const struct mention *mention = &range->mentions[i];

		if (!candidate || strcmp(candidate->name, mention->name) != 0) {
			candidate = &range->candidates[range->num++];
			candidate->name = mention->name;
			candidate->mentions = mention;
		}
		candidate->num_mentions++;
	}
	for (i = 0; i < range->num; i++)
		count_hosts(&range->candidates[i]);
}

int baseline_versions(const struct group *group, struct version_range *range)
{
	size_t num = count_mentions(group);

	*range = (struct version_range){ .takes = takes_version };
	range->candidates = calloc(num + 1, sizeof(*range->candidates));
	range->mentions = calloc(num + 1, sizeof(*range->mentions));
	if (!range->candidates || !range->mentions)
		return -ENOMEM;
	collect_mentions(group, range->mentions);
	qsort(range->mentions, num, sizeof(*range->mentions), compare_mentions);
	collect(range, num);
	range_find_nearest(range);
	find_ends(group, range);
	check_ends(group, range);
	return 0;
}
