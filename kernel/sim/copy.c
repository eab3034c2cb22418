// SPDX-License-Identifier: GPL-2.0
/*
 * A deep copy of a set of facts: every pointer in the copy points into the
 * arena of the copy. Lists keep the room that grammar.c counts on.
 */
#include <linux/errno.h>
#include <linux/log2.h>
#include <linux/string.h>

#include "sim.h"

static int sim_copy_text(struct sim_arena *arena, const char **text)
{
	if (!*text)
		return 0;
	*text = sim_arena_copy(arena, *text, strlen(*text) + 1);
	return *text ? 0 : -ENOMEM;
}

/* @at is the address of a pointer to the first of @num items. */
static void *sim_copy_list(struct sim_arena *arena, void *at, unsigned int num,
			   size_t size)
{
	const void **items = at;
	void *copy;

	copy = sim_arena_alloc(arena, roundup_pow_of_two(num ?: 1) * size);
	if (copy && num)
		memcpy(copy, *items, num * size);
	*items = copy;
	return copy;
}

static int sim_copy_value(struct sim_arena *arena, struct vdev_value *value)
{
	if (value->type != VDEV_VALUE_TYPE_STRING)
		return 0;
	return sim_copy_text(arena, &value->string);
}

static int sim_copy_ident(struct sim_arena *arena, struct vdev_ident *ident)
{
	unsigned int i;
	const char **accept;

	accept = sim_copy_list(arena, &ident->accept, ident->num_accept,
			       sizeof(*accept));
	if (!accept)
		return -ENOMEM;
	for (i = 0; i < ident->num_accept; i++) {
		if (sim_copy_text(arena, &accept[i]))
			return -ENOMEM;
	}
	return sim_copy_text(arena, &ident->value);
}

static int sim_copy_software_version(struct sim_facts *to,
				     const struct sim_facts *from)
{
	struct vdev_software_version *version = &to->software_version;

	*version = from->software_version;
	if (from->facts.record.software_version)
		to->facts.record.software_version = version;
	return sim_copy_list(&to->arena, &version->accept, version->num_accept,
			     sizeof(*version->accept)) ? 0 : -ENOMEM;
}

static int sim_copy_versions(struct sim_arena *arena, struct vdev_record *record)
{
	struct vdev_version *versions;
	unsigned int i;

	versions = sim_copy_list(arena, &record->versions, record->num_versions,
				 sizeof(*versions));
	if (!versions)
		return -ENOMEM;
	for (i = 0; i < record->num_versions; i++) {
		if (sim_copy_text(arena, &versions[i].name))
			return -ENOMEM;
	}
	return 0;
}

static int sim_copy_bitmap(struct sim_arena *arena, struct vdev_bitmap *bitmap)
{
	if (!bitmap->words)
		return 0;
	return sim_copy_list(arena, &bitmap->words, bitmap->num_words,
			     sizeof(*bitmap->words)) ? 0 : -ENOMEM;
}

static int sim_copy_features(struct sim_arena *arena, struct vdev_record *record)
{
	struct vdev_feature *features;
	unsigned int i;
	int err;

	features = sim_copy_list(arena, &record->features, record->num_features,
				 sizeof(*features));
	if (!features)
		return -ENOMEM;
	for (i = 0; i < record->num_features; i++) {
		err = sim_copy_text(arena, &features[i].name) ?:
		      sim_copy_bitmap(arena, &features[i].supported) ?:
		      sim_copy_bitmap(arena, &features[i].provisioned) ?:
		      sim_copy_bitmap(arena, &features[i].required) ?:
		      sim_copy_bitmap(arena, &features[i].negotiated);
		if (err)
			return err;
	}
	return 0;
}

static int sim_copy_param(struct sim_arena *arena, struct vdev_param *param)
{
	struct vdev_allowed *allowed;
	unsigned int i;

	allowed = sim_copy_list(arena, &param->allowed, param->num_allowed,
				sizeof(*allowed));
	if (!allowed)
		return -ENOMEM;
	for (i = 0; i < param->num_allowed; i++) {
		if (sim_copy_text(arena, &allowed[i].string))
			return -ENOMEM;
	}
	return sim_copy_text(arena, &param->name) ?:
	       sim_copy_value(arena, &param->value) ?:
	       sim_copy_value(arena, &param->off);
}

static int sim_copy_params(struct sim_arena *arena, struct vdev_record *record)
{
	struct vdev_param *params;
	unsigned int i;
	int err;

	params = sim_copy_list(arena, &record->params, record->num_params,
			       sizeof(*params));
	if (!params)
		return -ENOMEM;
	for (i = 0; i < record->num_params; i++) {
		err = sim_copy_param(arena, &params[i]);
		if (err)
			return err;
	}
	return 0;
}

static int sim_copy_blockers(struct sim_arena *arena, struct vdev_facts *facts)
{
	struct vdev_blocker *blockers;
	unsigned int i;
	int err;

	blockers = sim_copy_list(arena, &facts->blockers, facts->num_blockers,
				 sizeof(*blockers));
	if (!blockers)
		return -ENOMEM;
	for (i = 0; i < facts->num_blockers; i++) {
		err = sim_copy_text(arena, &blockers[i].name) ?:
		      sim_copy_text(arena, &blockers[i].reason);
		if (err)
			return err;
	}
	return 0;
}

static int sim_copy_info(struct sim_arena *arena, struct vdev_facts *facts)
{
	struct vdev_info *info;
	unsigned int i;
	int err;

	info = sim_copy_list(arena, &facts->info, facts->num_info, sizeof(*info));
	if (!info)
		return -ENOMEM;
	for (i = 0; i < facts->num_info; i++) {
		err = sim_copy_text(arena, &info[i].name) ?:
		      sim_copy_value(arena, &info[i].value);
		if (err)
			return err;
	}
	return 0;
}

static int sim_copy_counters(struct sim_facts *to)
{
	struct vdev_counter *counters;
	unsigned int i;

	counters = sim_copy_list(&to->arena, &to->counters, to->num_counters,
				 sizeof(*counters));
	if (!counters)
		return -ENOMEM;
	for (i = 0; i < to->num_counters; i++) {
		if (sim_copy_text(&to->arena, &counters[i].name))
			return -ENOMEM;
	}
	return 0;
}

static int sim_copy_record(struct sim_arena *arena, struct vdev_record *record)
{
	return sim_copy_ident(arena, &record->device_api) ?:
	       sim_copy_ident(arena, &record->model) ?:
	       sim_copy_ident(arena, &record->type) ?:
	       sim_copy_versions(arena, record) ?:
	       sim_copy_features(arena, record) ?:
	       sim_copy_params(arena, record) ?:
	       sim_copy_text(arena, &record->aggregation.base);
}

/* Have the facts be of a copy of that record. */
int sim_facts_take(struct sim_facts *facts, const struct vdev_record *record)
{
	struct sim_facts from = { .facts.record = *record };

	if (record->software_version)
		from.software_version = *record->software_version;
	facts->facts.record = *record;
	return sim_copy_record(&facts->arena, &facts->facts.record) ?:
	       sim_copy_software_version(facts, &from);
}

int sim_facts_copy(struct sim_facts *to, const struct sim_facts *from)
{
	struct vdev_facts *facts = &to->facts;
	struct sim_arena *arena = &to->arena;

	*facts = from->facts;
	to->veto = from->veto;
	to->counters = from->counters;
	to->num_counters = from->num_counters;
	return sim_copy_text(arena, &to->veto.reason) ?:
	       sim_copy_text(arena, &to->veto.model) ?:
	       sim_copy_counters(to) ?:
	       sim_copy_text(arena, &facts->driver) ?:
	       sim_copy_text(arena, &facts->driver_version) ?:
	       sim_copy_text(arena, &facts->bound_driver) ?:
	       sim_copy_blockers(arena, facts) ?:
	       sim_copy_info(arena, facts) ?:
	       sim_copy_record(arena, &facts->record) ?:
	       sim_copy_software_version(to, from);
}
