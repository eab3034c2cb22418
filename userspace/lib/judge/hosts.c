// SPDX-License-Identifier: LGPL-2.1
/* The endpoints of all hosts, put together by model. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "hosts.h"

static const char *model_of(const struct vdev_declaration *declaration)
{
	const struct vdev_ident *model = vdev_record_model(vdev_declaration_record(declaration));

	if (vdev_declaration_migration(declaration) != VDEV_MIGRATION_SUPPORTED)
		return NULL;
	return model ? model->value : NULL;
}

static void gather_host(struct hosts *hosts, size_t index)
{
	const struct vdev_document *host = hosts->documents[index];
	size_t i;

	for (i = 0; i < vdev_document_num_endpoints(host); i++) {
		const struct vdev_declaration *declaration = vdev_document_declaration(host, i);

		if (model_of(declaration))
			hosts->members[hosts->num_members++] = (struct member){
				.model = model_of(declaration),
				.host = index,
				.handle = vdev_document_handle(host, i),
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

int hosts_gather(struct hosts *hosts)
{
	size_t i, room = 0;

	for (i = 0; i < hosts->num; i++)
		room += vdev_document_num_endpoints(hosts->documents[i]);
	hosts->members = calloc(room + 1, sizeof(*hosts->members));
	if (!hosts->members)
		return -ENOMEM;
	for (i = 0; i < hosts->num; i++)
		gather_host(hosts, i);
	qsort(hosts->members, hosts->num_members, sizeof(*hosts->members), compare);
	return 0;
}

void hosts_free(struct hosts *hosts)
{
	free(hosts->members);
}

struct group hosts_group(const struct hosts *hosts, size_t first)
{
	struct group group = { .hosts = hosts, .members = &hosts->members[first] };

	while (first + group.num < hosts->num_members &&
	       strcmp(group.members[group.num].model, group.members[0].model) == 0)
		group.num++;
	return group;
}

/* The place of the first member of a host, or of one behind it. */
static size_t find_host(const struct group *group, size_t host)
{
	size_t low = 0, high = group->num;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (group->members[middle].host < host)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

bool group_has(const struct group *group, size_t host)
{
	size_t place = find_host(group, host);

	return place < group->num && group->members[place].host == host;
}

bool group_takes(const struct group *group, size_t host, const struct version_range *range,
		 const struct candidate *candidate)
{
	size_t i;

	for (i = find_host(group, host); i < group->num && group->members[i].host == host; i++)
		if (range->takes(&group->members[i], candidate))
			return true;
	return false;
}

void range_find_nearest(struct version_range *range)
{
	size_t i;

	for (i = 0; i < range->num; i++)
		if (!range->nearest || range->candidates[i].num_hosts > range->nearest->num_hosts)
			range->nearest = &range->candidates[i];
}

void range_free(struct version_range *range)
{
	free(range->candidates);
	free(range->mentions);
}
