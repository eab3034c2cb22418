// SPDX-License-Identifier: GPL-2.0
/* The endpoints of all hosts, put together by model. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "baseline.h"

static const char *model_of(const struct vdev_declaration *declaration)
{
	const struct vdev_ident *model = vdev_record_model(vdev_declaration_record(declaration));

	if (vdev_declaration_migration(declaration) != VDEV_MIGRATION_SUPPORTED)
		return NULL;
	return model ? model->value : NULL;
}

static void gather_host(struct fleet *fleet, size_t index)
{
	const struct document *host = fleet->hosts[index];
	size_t i;

	for (i = 0; i < host->num_endpoints; i++) {
		const struct vdev_declaration *declaration = host->endpoints[i].declaration;

		if (model_of(declaration))
			fleet->members[fleet->num_members++] = (struct member){
				.model = model_of(declaration),
				.host = index,
				.declaration = declaration,
			};
	}
}

static int compare(const void *left, const void *right)
{
	const struct member *a = left, *b = right;
	int difference = strcmp(a->model, b->model);

	if (difference)
		return difference;
	return a->host == b->host ? 0 : a->host < b->host ? -1 : 1;
}

int fleet_gather(struct fleet *fleet)
{
	size_t i, room = 0;

	for (i = 0; i < fleet->num_hosts; i++)
		room += fleet->hosts[i]->num_endpoints;
	fleet->members = calloc(room + 1, sizeof(*fleet->members));
	if (!fleet->members)
		return -ENOMEM;
	for (i = 0; i < fleet->num_hosts; i++)
		gather_host(fleet, i);
	qsort(fleet->members, fleet->num_members, sizeof(*fleet->members), compare);
	return 0;
}

void fleet_free(struct fleet *fleet)
{
	while (fleet->num_hosts)
		document_free(fleet->hosts[--fleet->num_hosts]);
	free(fleet->hosts);
	free(fleet->members);
}

struct group fleet_group(const struct fleet *fleet, size_t first)
{
	struct group group = { .fleet = fleet, .members = &fleet->members[first] };

	while (first + group.num < fleet->num_members &&
	       strcmp(group.members[group.num].model, group.members[0].model) == 0)
		group.num++;
	return group;
}

bool group_has(const struct group *group, size_t host)
{
	size_t i;

	for (i = 0; i < group->num; i++)
		if (group->members[i].host == host)
			return true;
	return false;
}

bool group_takes(const struct group *group, size_t host, const struct span *span,
		 const struct candidate *candidate)
{
	size_t i;

	for (i = 0; i < group->num; i++)
		if (group->members[i].host == host && span->takes(&group->members[i], candidate))
			return true;
	return false;
}

/* Members of a host stand together. */
static size_t count_hosts(const struct group *group, const struct span *span,
			  const struct candidate *candidate)
{
	size_t i, num = 0;
	bool taken = false;

	for (i = 0; i < group->num; i++) {
		if (i && group->members[i].host != group->members[i - 1].host)
			taken = false;
		if (taken || !span->takes(&group->members[i], candidate))
			continue;
		taken = true;
		num++;
	}
	return num;
}

void group_count(const struct group *group, struct span *span)
{
	size_t i;

	for (i = 0; i < span->num; i++) {
		struct candidate *candidate = &span->candidates[i];

		candidate->num_hosts = count_hosts(group, span, candidate);
		if (!span->nearest || candidate->num_hosts > span->nearest->num_hosts)
			span->nearest = candidate;
	}
}
