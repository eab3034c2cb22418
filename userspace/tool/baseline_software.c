// SPDX-License-Identifier: GPL-2.0
/*
 * Versions of the state stream that all hosts accept, out of those that some
 * host writes. Whether one is accepted, the evaluator says.
 */
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

static const struct vdev_software_version *version_of(const struct endpoint *endpoint)
{
	const struct vdev_record *record = vdev_declaration_record(endpoint->declaration);
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

static bool takes_software(const struct document *host, const char *model,
			   const struct candidate *candidate)
{
	struct vdev_declaration *source = make_source(&candidate->semver);
	bool takes = false;
	size_t i;

	for (i = 0; source && !takes && i < host->num_endpoints; i++)
		if (baseline_is_of(&host->endpoints[i], model))
			takes = is_accepted(source, host->endpoints[i].declaration);
	vdev_declaration_free(source);
	return takes;
}

static size_t collect(const struct fleet *fleet, const char *model,
		      struct candidate *candidates)
{
	size_t i, j, num = 0;

	for (i = 0; i < fleet->num; i++) {
		for (j = 0; j < fleet->hosts[i]->num_endpoints; j++) {
			const struct endpoint *endpoint = &fleet->hosts[i]->endpoints[j];

			if (baseline_is_of(endpoint, model) && version_of(endpoint))
				candidates[num++].semver = version_of(endpoint)->value;
		}
	}
	return num;
}

static size_t unique(struct candidate *candidates, size_t num)
{
	size_t i, kept = 0;

	if (num)
		qsort(candidates, num, sizeof(*candidates), compare);
	for (i = 0; i < num; i++)
		if (!kept || compare(&candidates[kept - 1], &candidates[i]) != 0)
			candidates[kept++] = candidates[i];
	return kept;
}

void baseline_software(const struct fleet *fleet, const char *model, struct span *span)
{
	size_t i;

	*span = (struct span){ .takes = takes_software };
	span->candidates = calloc(baseline_endpoints(fleet) + 1, sizeof(*span->candidates));
	if (!span->candidates) {
		span->broken = true;
		return;
	}
	span->num = unique(span->candidates, collect(fleet, model, span->candidates));
	baseline_count(fleet, model, span);
	for (i = 0; i < span->num; i++) {
		const struct candidate *candidate = &span->candidates[i];

		if (candidate->num_hosts < fleet->num)
			continue;
		if (!span->oldest)
			span->oldest = candidate;
		span->newest = candidate;
	}
}
