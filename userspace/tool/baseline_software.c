// SPDX-License-Identifier: GPL-2.0
/*
 * Versions of the state stream that all hosts accept, out of those that some
 * host writes. Whether one is accepted, the evaluator says.
 */
#include <errno.h>
#include <stdlib.h>

#include "baseline.h"

static int compare_numbers(uint32_t a, uint32_t b)
{
	return a == b ? 0 : a < b ? -1 : 1;
}

static int compare(const void *left, const void *right)
{
	const struct vdev_semver *a = &((const struct candidate *)left)->semver;
	const struct vdev_semver *b = &((const struct candidate *)right)->semver;
	int difference = compare_numbers(a->major, b->major);

	if (!difference)
		difference = compare_numbers(a->minor, b->minor);
	return difference ? difference : compare_numbers(a->bugfix, b->bugfix);
}

static const struct vdev_software_version *version_of(const struct member *member)
{
	const struct vdev_record *record = vdev_declaration_record(member->declaration);
	const struct vdev_software_version *version = vdev_record_software_version(record);

	return version && version->has_value ? version : NULL;
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

static bool is_accepted(const struct vdev_declaration *source,
			const struct vdev_declaration *target)
{
	struct vdev_judgement *judgement = vdev_judge(source, target);
	bool accepted = false;
	unsigned int i;

	for (i = 0; judgement && i < vdev_judgement_num_findings(judgement); i++) {
		const struct vdev_finding *finding = vdev_judgement_finding(judgement, i);

		if (finding->field == VDEV_FIELD_SOFTWARE_VERSION)
			accepted = finding->result == VDEV_RESULT_OK ||
				finding->result == VDEV_RESULT_SKIPPED;
	}
	vdev_judgement_free(judgement);
	return accepted;
}

static bool takes_software(const struct member *member, const struct candidate *candidate)
{
	struct vdev_declaration *source = make_source(&candidate->semver);
	bool takes = source && is_accepted(source, member->declaration);

	vdev_declaration_free(source);
	return takes;
}

/* All versions that are written, each once. */
static void collect(const struct group *group, struct span *span)
{
	size_t i, num = 0;

	for (i = 0; i < group->num; i++) {
		const struct vdev_software_version *version = version_of(&group->members[i]);

		if (version)
			span->candidates[num++].semver = version->value;
	}
	qsort(span->candidates, num, sizeof(*span->candidates), compare);
	for (i = 0; i < num; i++)
		if (!span->num || compare(&span->candidates[span->num - 1], &span->candidates[i]))
			span->candidates[span->num++] = span->candidates[i];
}

int baseline_software(const struct group *group, struct span *span)
{
	size_t i;

	*span = (struct span){ .takes = takes_software };
	span->candidates = calloc(group->num, sizeof(*span->candidates));
	if (!span->candidates)
		return -ENOMEM;
	collect(group, span);
	group_count(group, span);
	for (i = 0; i < span->num; i++) {
		const struct candidate *candidate = &span->candidates[i];

		if (candidate->num_hosts < group->fleet->num_hosts)
			continue;
		if (!span->oldest)
			span->oldest = candidate;
		span->newest = candidate;
	}
	return 0;
}
