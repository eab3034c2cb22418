// SPDX-License-Identifier: GPL-2.0
/* Random sides that have to do with each other: copies, and what accepts more than before. */
#include <string.h>

#include "made.h"
#include "made_parts.h"

/* Where in @made is what @old points to in @from; NULL stays NULL. */
static const void *moved(const struct made *made, const struct made *from, const void *old)
{
	if (!old)
		return NULL;
	return (const char *)made + ((const char *)old - (const char *)from);
}

void made_copy(struct made *made, const struct made *from)
{
	struct vdev_record *record = &made->record;
	unsigned int i, j;

	*made = *from;
	made->operand.record = record;
	made->operand.blockers = made->blockers;
	made->operand.unknown = made->unknown;
	for (i = 0; i < 3; i++)
		made_ident_at(made, i)->accept = moved(made, from, made_ident_at(made, i)->accept);
	record->software_version = moved(made, from, record->software_version);
	made->software_version.accept = made->ranges;
	record->versions = made->versions;
	record->features = made->features;
	record->params = made->params;
	for (i = 0; i < record->num_features; i++) {
		for (j = 0; j < MADE_BITMAPS; j++) {
			struct vdev_bitmap *bitmap = made_bitmap_at(&made->features[i], j);

			bitmap->words = moved(made, from, bitmap->words);
		}
	}
	for (i = 0; i < record->num_params; i++)
		made->params[i].allowed = moved(made, from, made->params[i].allowed);
}

static void shuffle(void *list, unsigned int num, size_t size, struct random *random)
{
	unsigned char *bytes = list, entry[sizeof(struct vdev_feature)];
	unsigned int at;

	for (; num > 1; num--) {
		at = (unsigned int)random_below(random, num);
		memcpy(entry, bytes + at * size, size);
		memcpy(bytes + at * size, bytes + (num - 1) * size, size);
		memcpy(bytes + (num - 1) * size, entry, size);
	}
}

#define SHUFFLE(list, num, random) shuffle(list, num, sizeof((list)[0]), random)

/* The order of accepted models is their preference. */
void made_shuffle(struct made *made, struct random *random)
{
	struct vdev_record *record = &made->record;
	unsigned int i;

	SHUFFLE(made->accept[0], record->device_api.num_accept, random);
	SHUFFLE(made->accept[2], record->type.num_accept, random);
	SHUFFLE(made->ranges, made->software_version.num_accept, random);
	SHUFFLE(made->versions, record->num_versions, random);
	for (i = 0; i < record->num_params; i++)
		SHUFFLE((struct vdev_allowed *)made->params[i].allowed,
			made->params[i].num_allowed, random);
	SHUFFLE(made->features, record->num_features, random);
	SHUFFLE(made->params, record->num_params, random);
	SHUFFLE(made->blockers, made->operand.num_blockers, random);
}

static bool widen_ident(struct made *target, struct random *random)
{
	unsigned int which = (unsigned int)random_below(random, 3), i;
	struct vdev_ident *ident = made_ident_at(target, which);
	const char *word = PICK(random, made_strings);

	if (!ident->value || ident->num_accept == MADE_ACCEPT)
		return false;
	for (i = 0; i < ident->num_accept; i++) {
		if (!strcmp(ident->accept[i], word))
			return false;
	}
	target->accept[which][ident->num_accept++] = word;
	return true;
}

static bool widen_software_version(struct made *target, struct random *random)
{
	struct vdev_software_version *version = &target->software_version;

	if (!target->record.software_version)
		return false;
	if (version->num_accept < MADE_RANGES && random_one_in(random, 2)) {
		made_add_range(target, random);
		return true;
	}
	version->value.minor++;
	return !version->rule || version->rule == VDEV_RULE_SEMVER;
}

/* A first version would be the first thing reported versions. */
static bool widen_versions(struct made *target, struct random *random)
{
	unsigned int num = target->record.num_versions;

	if (!num)
		return false;
	target->versions[random_below(random, num)].flags |= VDEV_VERSION_FLAG_ACCEPT;
	return true;
}

static bool widen_feature(struct made *target, struct random *random)
{
	struct vdev_feature *feature;
	struct vdev_bitmap *offered;
	uint64_t *room;

	if (!target->record.num_features)
		return false;
	feature = &target->features[random_below(random, target->record.num_features)];
	if (feature->required.words && random_one_in(random, 3)) {
		feature->required = (struct vdev_bitmap){ 0 };
		return true;
	}
	if (feature->rule == VDEV_RULE_EQUAL)
		return false;
	offered = feature->provisioned.words ? &feature->provisioned : &feature->supported;
	if (!offered->num_words)
		return false;
	room = (uint64_t *)offered->words;
	room[random_below(random, offered->num_words)] |= 1ULL << random_below(random, 64);
	return true;
}

static bool widen_param(struct made *target, struct random *random)
{
	struct vdev_param *param;

	if (!target->record.num_params)
		return false;
	param = &target->params[random_below(random, target->record.num_params)];
	if (param->num_allowed && param->num_allowed < MADE_ALLOWED) {
		made_add_allowed(param, random);
		return true;
	}
	if (param->value.type != VDEV_VALUE_TYPE_U64)
		return false;
	if (param->rule == VDEV_RULE_AT_LEAST)
		param->value.u64++;
	else if (param->rule == VDEV_RULE_AT_MOST && param->value.u64)
		param->value.u64--;
	else
		return false;
	/* To choose from, there is the list alone; the value is but a default. */
	return !(param->flags & VDEV_PARAM_FLAG_CONFIGURABLE);
}

static bool widen_aggregation(struct made *target, struct random *random)
{
	struct vdev_aggregation *aggregation = &target->record.aggregation;

	if (!aggregation->base)
		return false;
	if (random_one_in(random, 2))
		aggregation->resplit = true;
	else if (aggregation->limit)
		aggregation->limit = random_one_in(random, 2) ? aggregation->limit + 1 : 0;
	return true;
}

static bool widen_operand(struct made *target, struct random *random)
{
	if (random_one_in(random, 2))
		target->operand.capacity = VDEV_CAPACITY_STATE_BUSY;
	else
		target->operand.num_blockers = 0;
	return true;
}

bool made_widen(struct made *target, struct random *random)
{
	static bool (*const widen[])(struct made *target, struct random *random) = {
		widen_ident, widen_software_version, widen_versions, widen_feature,
		widen_param, widen_aggregation, widen_operand,
	};

	return PICK(random, widen)(target, random);
}

void made_change_rules(struct made *source, struct random *random)
{
	struct vdev_record *record = &source->record;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		made_ident_at(source, i)->rule = VDEV_RULE_IGNORE;
		made_ident_at(source, i)->num_accept = 0;
	}
	source->software_version.rule = VDEV_RULE_IGNORE;
	record->versions_rule = VDEV_RULE_EQUAL;
	for (i = 0; i < record->num_versions; i++)
		source->versions[i].flags ^= VDEV_VERSION_FLAG_ACCEPT;
	for (i = 0; i < record->num_features; i++) {
		source->features[i].rule = VDEV_RULE_EQUAL;
		source->features[i].required = (struct vdev_bitmap){ 0 };
		source->features[i].negotiated = (struct vdev_bitmap){ 0 };
	}
	for (i = 0; i < record->num_params; i++) {
		made_rule(&source->params[i], random);
		source->params[i].flags ^= VDEV_PARAM_FLAG_CONFIGURABLE;
		source->params[i].origin = VDEV_ORIGIN_PROVISIONED;
	}
	record->aggregation.rule = VDEV_RULE_IGNORE;
	record->aggregation.resplit = !record->aggregation.resplit;
	record->aggregation.limit = 0;
	source->operand.capacity = VDEV_CAPACITY_STATE_IMPOSSIBLE;
	source->operand.kind = VDEV_ENDPOINT_KIND_DEVICE + VDEV_ENDPOINT_KIND_TYPE - source->operand.kind;
}

void made_pair(struct made *source, struct made *target, struct random *random)
{
	static struct made changed;
	uint64_t changes = random_below(random, 8);

	made_random(source, random);
	if (changes == 7) {
		made_random(target, random);
		return;
	}
	made_copy(target, source);
	while (changes--) {
		made_copy(&changed, target);
		if (random_one_in(random, 4))
			made_change(target, random);
		else if (made_widen(&changed, random))
			made_copy(target, &changed);
	}
}

void made_add_zeros(struct made *made)
{
	unsigned int i;

	for (i = 0; i < made->record.num_features; i++) {
		struct vdev_feature *feature = &made->features[i];
		struct vdev_bitmap *offered = &feature->provisioned;
		uint64_t *room;

		if (!offered->words)
			offered = &feature->supported;
		room = (uint64_t *)offered->words;
		while (room && offered->num_words < MADE_WORDS)
			room[offered->num_words++] = 0;
	}
}
