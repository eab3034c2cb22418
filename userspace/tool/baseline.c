// SPDX-License-Identifier: GPL-2.0
/*
 * Versions that all hosts have in common. Names are opaque: which of two is
 * older, only the lists tell in which both stand.
 */
#include <stdlib.h>
#include <string.h>

#include "baseline.h"

#define BOTH (VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT)

static const char *model_of(const struct endpoint *endpoint)
{
	const struct vdev_declaration *declaration = endpoint->declaration;
	const struct vdev_ident *model = vdev_record_model(vdev_declaration_record(declaration));

	if (vdev_declaration_migration(declaration) != VDEV_MIGRATION_SUPPORTED)
		return NULL;
	return model ? model->value : NULL;
}

bool baseline_is_of(const struct endpoint *endpoint, const char *model)
{
	const char *own = model_of(endpoint);

	return own && strcmp(own, model) == 0;
}

bool baseline_has(const struct document *host, const char *model)
{
	size_t i;

	for (i = 0; i < host->num_endpoints; i++)
		if (baseline_is_of(&host->endpoints[i], model))
			return true;
	return false;
}

static int compare_strings(const void *left, const void *right)
{
	return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* Sorts, and drops what is there twice. */
static size_t unique(const char **strings, size_t num)
{
	size_t i, kept = 0;

	if (num)
		qsort(strings, num, sizeof(*strings), compare_strings);
	for (i = 0; i < num; i++)
		if (!kept || strcmp(strings[kept - 1], strings[i]) != 0)
			strings[kept++] = strings[i];
	return kept;
}

size_t baseline_endpoints(const struct fleet *fleet)
{
	size_t i, num = 0;

	for (i = 0; i < fleet->num; i++)
		num += fleet->hosts[i]->num_endpoints;
	return num;
}

void baseline_count(const struct fleet *fleet, const char *model, struct span *span)
{
	size_t i, host;

	for (i = 0; i < span->num; i++) {
		struct candidate *candidate = &span->candidates[i];

		for (host = 0; host < fleet->num; host++)
			candidate->num_hosts += span->takes(fleet->hosts[host], model, candidate);
		if (!span->nearest || candidate->num_hosts > span->nearest->num_hosts)
			span->nearest = candidate;
	}
}

const char **baseline_models(const struct fleet *fleet, size_t *num)
{
	const char **models = calloc(baseline_endpoints(fleet) + 1, sizeof(*models));
	size_t i, j;

	*num = 0;
	for (i = 0; models && i < fleet->num; i++) {
		const struct document *host = fleet->hosts[i];

		for (j = 0; j < host->num_endpoints; j++)
			if (model_of(&host->endpoints[j]))
				models[(*num)++] = model_of(&host->endpoints[j]);
	}
	if (models)
		*num = unique(models, *num);
	return models;
}

static const struct vdev_version *find_version(const struct vdev_record *record, const char *name,
					       unsigned int *place)
{
	unsigned int i;

	for (i = 0; i < vdev_record_num_versions(record); i++) {
		const struct vdev_version *version = vdev_record_version(record, i);

		*place = i;
		if (strcmp(version->name, name) == 0)
			return version;
	}
	return NULL;
}

static bool takes_version(const struct document *host, const char *model,
			  const struct candidate *candidate)
{
	unsigned int place;
	size_t i;

	for (i = 0; i < host->num_endpoints; i++) {
		const struct endpoint *endpoint = &host->endpoints[i];
		const struct vdev_version *version;

		if (!baseline_is_of(endpoint, model))
			continue;
		version = find_version(vdev_declaration_record(endpoint->declaration),
				       candidate->name, &place);
		if (version && (version->flags & BOTH) == BOTH)
			return true;
	}
	return false;
}

/* Whether any list has @a before @b. */
static bool is_before(const struct fleet *fleet, const char *model, const struct candidate *a,
		      const struct candidate *b)
{
	unsigned int place_a, place_b;
	size_t i, j;

	for (i = 0; i < fleet->num; i++) {
		for (j = 0; j < fleet->hosts[i]->num_endpoints; j++) {
			const struct endpoint *endpoint = &fleet->hosts[i]->endpoints[j];
			const struct vdev_record *record;

			record = vdev_declaration_record(endpoint->declaration);
			if (baseline_is_of(endpoint, model) &&
			    find_version(record, a->name, &place_a) &&
			    find_version(record, b->name, &place_b) && place_a < place_b)
				return true;
		}
	}
	return false;
}

static void find_ends(const struct fleet *fleet, const char *model, struct span *span)
{
	size_t i;

	for (i = 0; i < span->num; i++) {
		const struct candidate *candidate = &span->candidates[i];

		if (candidate->num_hosts < fleet->num)
			continue;
		if (!span->oldest || is_before(fleet, model, candidate, span->oldest))
			span->oldest = candidate;
		if (!span->newest || is_before(fleet, model, span->newest, candidate))
			span->newest = candidate;
	}
}

/* If the order is one, nothing is before the oldest or behind the newest. */
static void check_ends(const struct fleet *fleet, const char *model, struct span *span)
{
	size_t i;

	for (i = 0; i < span->num && span->oldest; i++) {
		const struct candidate *candidate = &span->candidates[i];
		const struct candidate *end = NULL;

		if (candidate->num_hosts < fleet->num)
			continue;
		if (is_before(fleet, model, candidate, span->oldest))
			end = span->oldest;
		else if (is_before(fleet, model, span->newest, candidate))
			end = span->newest;
		if (!end)
			continue;
		span->disordered[0] = end;
		span->disordered[1] = candidate;
		span->oldest = NULL;
		span->newest = NULL;
	}
}

static size_t collect_names(const struct fleet *fleet, const char *model, const char **names)
{
	unsigned int v;
	size_t i, j, num = 0;

	for (i = 0; i < fleet->num; i++) {
		for (j = 0; j < fleet->hosts[i]->num_endpoints; j++) {
			const struct endpoint *endpoint = &fleet->hosts[i]->endpoints[j];
			const struct vdev_record *record;

			if (!baseline_is_of(endpoint, model))
				continue;
			record = vdev_declaration_record(endpoint->declaration);
			for (v = 0; v < vdev_record_num_versions(record); v++)
				names[num++] = vdev_record_version(record, v)->name;
		}
	}
	return num;
}

void baseline_versions(const struct fleet *fleet, const char *model, struct span *span)
{
	size_t room = baseline_endpoints(fleet) * VDEV_VERSIONS_MAX + 1;
	const char **names = calloc(room, sizeof(*names));
	size_t i;

	*span = (struct span){ .takes = takes_version };
	if (names) {
		span->num = unique(names, collect_names(fleet, model, names));
		span->candidates = calloc(span->num + 1, sizeof(*span->candidates));
	}
	if (!span->candidates) {
		free(names);
		*span = (struct span){ .broken = true };
		return;
	}
	for (i = 0; i < span->num; i++)
		span->candidates[i].name = names[i];
	free(names);
	baseline_count(fleet, model, span);
	find_ends(fleet, model, span);
	check_ends(fleet, model, span);
}

void baseline_free(struct span *span)
{
	free(span->candidates);
	span->candidates = NULL;
}
