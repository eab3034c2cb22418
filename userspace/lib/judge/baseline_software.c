// SPDX-License-Identifier: LGPL-2.1
/*
 * Versions of the state stream that all hosts accept, out of those that some
 * host writes. Whether one is accepted, the evaluator says: once for all versions between
 * two at which its answer can change, which are those that the endpoint names.
 */
#include <errno.h>
#include <stdlib.h>

#include <vdev/check.h>

#include "kernel/include/linux/vdev_limits.h"
#include "kernel/model/semver.h"

#include "baseline_software.h"

/* The ends of what is accepted, of the own version, and of what its numbers accept. */
#define CUTS_MAX (2 * VDEV_ACCEPT_MAX + 6)

static int compare(const void *left, const void *right)
{
	const struct candidate *a = left;
	const struct candidate *b = right;

	return vdev_semver_compare(&a->semver, &b->semver);
}

static const struct vdev_software_version *version_of(const struct member *member)
{
	return vdev_record_software_version(vdev_declaration_record(member->declaration));
}

/* A source that has this version and nothing else. */
static struct vdev_declaration *make_source(const struct vdev_semver *semver)
{
	struct vdev_software_version version = { .value = *semver, .has_value = true };
	struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV,
		.migration = VDEV_MIGRATION_SUPPORTED,
		.software_version = &version,
	};
	struct vdev_declaration *source;

	return vdev_declaration_new(&draft, sizeof(draft), &source, NULL) ? NULL : source;
}

static bool judge_accepts(const struct vdev_judgement *judgement)
{
	bool accepted = false;
	unsigned int i;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++) {
		const struct vdev_finding *finding = vdev_judgement_finding(judgement, i);

		if (finding->field == VDEV_FIELD_SOFTWARE_VERSION)
			accepted = finding->result == VDEV_RESULT_OK ||
				finding->result == VDEV_RESULT_SKIPPED;
	}
	return accepted;
}

/* 1 if the member accepts the version, 0 if it does not, or -ENOMEM. */
static int ask(const struct member *member, const struct vdev_semver *semver)
{
	struct vdev_declaration *source = make_source(semver);
	struct vdev_judgement *judgement = source ? vdev_judge(source, member->declaration) : NULL;
	int result = judgement ? judge_accepts(judgement) : -ENOMEM;

	vdev_judgement_free(judgement);
	vdev_declaration_free(source);
	return result;
}

static bool takes_software(const struct member *member, const struct candidate *candidate)
{
	return ask(member, &candidate->semver) > 0;
}

/* All versions that are written, each once. */
static void collect(const struct group *group, struct version_range *range)
{
	size_t i, num = 0;

	for (i = 0; i < group->num; i++) {
		const struct vdev_software_version *version = version_of(&group->members[i]);

		if (version && version->has_value)
			range->candidates[num++].semver = version->value;
	}
	qsort(range->candidates, num, sizeof(*range->candidates), compare);
	for (i = 0; i < num; i++)
		if (!range->num || compare(&range->candidates[range->num - 1], &range->candidates[i]))
			range->candidates[range->num++] = range->candidates[i];
}

/* Places among the candidates at which the answer of a member can change. */
struct cuts {
	const struct version_range *range;
	size_t places[CUTS_MAX];
	size_t num;
};

/* Before the first candidate that is not older; or with @behind, that is newer. */
static void cut(struct cuts *cuts, const struct vdev_semver *semver, bool behind)
{
	size_t low = 0, high = cuts->range->num;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int difference = vdev_semver_compare(&cuts->range->candidates[middle].semver, semver);

		if (difference < 0 || (behind && !difference))
			low = middle + 1;
		else
			high = middle;
	}
	cuts->places[cuts->num++] = low;
}

static int compare_places(const void *left, const void *right)
{
	const size_t *a = left, *b = right;

	return *a == *b ? 0 : *a < *b ? -1 : 1;
}

static void cut_all(struct cuts *cuts, const struct vdev_software_version *version)
{
	const struct vdev_semver major = { .major = version->value.major };
	const struct vdev_semver minor = {
		version->value.major, version->value.minor, UINT32_MAX,
	};
	unsigned int i;

	cut(cuts, &version->value, false);
	cut(cuts, &version->value, true);
	cut(cuts, &major, false);
	cut(cuts, &minor, true);
	for (i = 0; i < version->num_accept; i++) {
		cut(cuts, &version->accept[i].from, false);
		if (!version->accept[i].open)
			cut(cuts, &version->accept[i].to, true);
	}
}

/* Candidates that a host takes, from the first to before the end. */
struct span {
	size_t first;
	size_t end;
};

struct spans {
	struct span *spans;
	size_t num;
	size_t room;
};

static int add_span(struct spans *spans, size_t first, size_t end)
{
	size_t room = spans->room ? spans->room * 2 : 64;
	struct span *larger;

	if (spans->num == spans->room) {
		larger = realloc(spans->spans, room * sizeof(*larger));
		if (!larger)
			return -ENOMEM;
		spans->spans = larger;
		spans->room = room;
	}
	spans->spans[spans->num++] = (struct span){ first, end };
	return 0;
}

static int add_member(const struct version_range *range, const struct member *member,
		      struct spans *spans)
{
	const struct vdev_software_version *version = version_of(member);
	struct cuts cuts = { .range = range };
	size_t i, first = 0;
	int result = 0;

	if (version)
		cut_all(&cuts, version);
	cuts.places[cuts.num++] = range->num;
	qsort(cuts.places, cuts.num, sizeof(cuts.places[0]), compare_places);
	for (i = 0; i < cuts.num && result >= 0; first = cuts.places[i++]) {
		if (first == cuts.places[i])
			continue;
		result = ask(member, &range->candidates[first].semver);
		if (result > 0)
			result = add_span(spans, first, cuts.places[i]);
	}
	return result < 0 ? result : 0;
}

static int compare_spans(const void *left, const void *right)
{
	return compare_places(&((const struct span *)left)->first,
			      &((const struct span *)right)->first);
}

/* A host counts once where its spans overlap. @changes: by how many hosts more take it. */
static void count_spans(struct spans *spans, ptrdiff_t *changes)
{
	size_t i, end = 0;

	if (spans->num)
		qsort(spans->spans, spans->num, sizeof(*spans->spans), compare_spans);
	for (i = 0; i < spans->num; i++) {
		const struct span *span = &spans->spans[i];

		if (span->end <= end)
			continue;
		changes[span->first > end ? span->first : end]++;
		changes[span->end]--;
		end = span->end;
	}
	spans->num = 0;
}

static int count_changes(const struct group *group, const struct version_range *range,
			 ptrdiff_t *changes)
{
	struct spans spans = { 0 };
	int err = 0;
	size_t i;

	for (i = 0; i < group->num && !err; i++) {
		if (i && group->members[i].host != group->members[i - 1].host)
			count_spans(&spans, changes);
		err = add_member(range, &group->members[i], &spans);
	}
	count_spans(&spans, changes);
	free(spans.spans);
	return err;
}

static int count_hosts(const struct group *group, struct version_range *range)
{
	ptrdiff_t *changes = calloc(range->num + 1, sizeof(*changes));
	ptrdiff_t num = 0;
	size_t i;
	int err;

	if (!changes)
		return -ENOMEM;
	err = count_changes(group, range, changes);
	for (i = 0; i < range->num; i++) {
		num += changes[i];
		range->candidates[i].num_hosts = (size_t)num;
	}
	free(changes);
	return err;
}

int baseline_software(const struct group *group, struct version_range *range)
{
	size_t i;
	int err;

	*range = (struct version_range){ .takes = takes_software };
	range->candidates = calloc(group->num, sizeof(*range->candidates));
	if (!range->candidates)
		return -ENOMEM;
	collect(group, range);
	err = range->num ? count_hosts(group, range) : 0;
	if (err)
		return err;
	range_find_nearest(range);
	for (i = 0; i < range->num; i++) {
		const struct candidate *candidate = &range->candidates[i];

		if (candidate->num_hosts < group->hosts->num)
			continue;
		if (!range->oldest)
			range->oldest = candidate;
		range->newest = candidate;
	}
	return 0;
}
