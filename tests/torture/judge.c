// SPDX-License-Identifier: GPL-2.0
/*
 * The judgements of the torture test: every endpoint is held against the same
 * source, so what is said of it depends on its facts alone. They tell their value
 * as the number of a software version, and by it whether they can be migrated.
 */
#include <linux/vdev.h>

#include "lib/nl.h"
#include "torture.h"

/*
 * A record of the model of all writers, of the first version. Something of it is
 * newer, and so no verdict is better than undeclared.
 */
void put_source(struct nl_request *request)
{
	size_t source, record, part, version;

	source = nl_nest_begin(request, VDEV_A_SOURCE);
	nl_u32(request, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	record = nl_nest_begin(request, VDEV_A_SOURCE_RECORD);
	part = nl_nest_begin(request, VDEV_A_RECORD_MODEL);
	nl_string(request, VDEV_A_IDENT_VALUE, "m");
	nl_nest_end(request, part);
	part = nl_nest_begin(request, VDEV_A_RECORD_SOFTWARE_VERSION);
	version = nl_nest_begin(request, VDEV_A_SOFTWARE_VERSION_VALUE);
	nl_u32(request, VDEV_A_SEMVER_MAJOR, 1);
	nl_u32(request, VDEV_A_SEMVER_MINOR, 0);
	nl_u32(request, VDEV_A_SEMVER_BUGFIX, 0);
	nl_nest_end(request, version);
	nl_nest_end(request, part);
	nl_u32(request, VDEV_A_RECORD_MAX + 1, 0);
	nl_nest_end(request, record);
	nl_string(request, VDEV_A_SOURCE_UNKNOWN, "record.newer");
	nl_nest_end(request, source);
}

/* The value of the endpoint that was judged; the verdict with it. */
bool read_judgement(const struct nlmsghdr *message, struct object *object)
{
	const struct nlattr *verdict = nl_find(message, VDEV_A_VERDICT);
	const struct nlattr *rank = nl_find(message, VDEV_A_RANK);
	const struct nlattr *bugfix;

	bugfix = rank ? nl_find_in(rank, VDEV_A_RANK_BUGFIX) : NULL;
	if (!verdict || !bugfix)
		return false;
	object->verdict = nl_get_u32(verdict);
	object->value = nl_get_u32(bugfix);
	return true;
}

/* Odd values are those of endpoints that cannot be migrated. */
int check_verdict(const struct object *object)
{
	bool rejected = object->verdict == VDEV_VERDICT_NOT_MIGRATABLE;

	if (!object->verdict)
		return 0;
	count(&shared->counts.judged);
	if (break_invariant == INV_VERDICT)
		rejected = !rejected;
	if (rejected == (object->value % 2 == 1) &&
	    object->verdict >= VDEV_VERDICT_UNDECLARED)
		return 0;
	return broken(INV_VERDICT, "id %u: verdict %u of value %llu", object->id,
		      object->verdict, (unsigned long long)object->value);
}
