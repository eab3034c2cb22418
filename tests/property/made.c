// SPDX-License-Identifier: GPL-2.0
/* Making random sides, each part by itself. */
#include <string.h>

#include "../../kernel/model/words.h"
#include "made.h"
#include "made_parts.h"

const char *const made_strings[MADE_STRINGS] = { "a", "b", "c", "d" };

struct vdev_ident *made_ident_at(struct made *made, unsigned int i)
{
	struct vdev_ident *idents[] = { &made->record.device_api, &made->record.model,
					&made->record.type };

	return idents[i];
}

static void make_ident(struct made *made, struct random *random, unsigned int which)
{
	static const uint32_t rules[] = { 0, 0, VDEV_RULE_EQUAL, VDEV_RULE_ONE_OF,
					  VDEV_RULE_IGNORE };
	struct vdev_ident *ident = made_ident_at(made, which);
	unsigned int i;

	memset(ident, 0, sizeof(*ident));
	if (random_one_in(random, 5))
		return;
	ident->value = PICK(random, made_strings);
	ident->rule = PICK(random, rules);
	for (i = 0; i < MADE_STRINGS && ident->num_accept < MADE_ACCEPT; i++) {
		if (random_one_in(random, 3))
			made->accept[which][ident->num_accept++] = made_strings[i];
	}
	ident->accept = made->accept[which];
}

static struct vdev_semver random_version(struct random *random)
{
	return (struct vdev_semver){
		.major = 1 + (uint32_t)random_below(random, 2),
		.minor = (uint32_t)random_below(random, 3),
		.bugfix = (uint32_t)random_below(random, 3),
	};
}

void made_add_range(struct made *made, struct random *random)
{
	struct vdev_semver_range *range = &made->ranges[made->software_version.num_accept++];

	range->from = random_version(random);
	range->to = range->from;
	range->to.minor += (uint32_t)random_below(random, 3);
	range->open = random_one_in(random, 4);
}

static void make_software_version(struct made *made, struct random *random)
{
	static const uint32_t rules[] = { 0, 0, VDEV_RULE_SEMVER, VDEV_RULE_EQUAL,
					  VDEV_RULE_RANGE, VDEV_RULE_IGNORE };
	struct vdev_software_version *version = &made->software_version;

	memset(version, 0, sizeof(*version));
	made->record.software_version = NULL;
	if (random_one_in(random, 5))
		return;
	made->record.software_version = version;
	version->value = random_version(random);
	version->has_value = true;
	version->rule = PICK(random, rules);
	version->accept = made->ranges;
	while (random_one_in(random, 3) && version->num_accept < MADE_RANGES)
		made_add_range(made, random);
	if (version->rule == VDEV_RULE_RANGE && !version->num_accept)
		made_add_range(made, random);
}

static void make_versions(struct made *made, struct random *random)
{
	static const uint32_t rules[] = { 0, 0, VDEV_RULE_ONE_OF, VDEV_RULE_EQUAL,
					  VDEV_RULE_IGNORE };
	unsigned int i, num = 0;

	for (i = 0; i < MADE_VERSIONS; i++) {
		if (random_one_in(random, 2))
			made->versions[num++] = (struct vdev_version){
				.name = made_strings[i],
				.flags = (uint32_t)random_below(random, 4),
			};
	}
	if (num && random_one_in(random, 2))
		made->versions[random_below(random, num)].flags |= VDEV_VERSION_FLAG_CURRENT;
	if (num && random_one_in(random, 2))
		made->versions[random_below(random, num)].flags |= VDEV_VERSION_FLAG_DEFAULT |
								   VDEV_VERSION_FLAG_CREATE;
	made->record.versions = made->versions;
	made->record.num_versions = num;
	made->record.versions_rule = PICK(random, rules);
}

struct vdev_bitmap *made_bitmap_at(struct vdev_feature *feature, unsigned int i)
{
	struct vdev_bitmap *bitmaps[] = { &feature->supported, &feature->provisioned,
					  &feature->required, &feature->negotiated };

	return bitmaps[i];
}

static void make_bitmap(struct vdev_bitmap *bitmap, uint64_t *room, struct random *random)
{
	unsigned int i;

	bitmap->words = room;
	bitmap->num_words = (unsigned int)random_below(random, MADE_WORDS + 1);
	for (i = 0; i < MADE_WORDS; i++)
		room[i] = random_one_in(random, 3) ? 0 : 1ULL << (random_next(random) % 4 * 21) |
							 random_below(random, 2);
}

/* Nothing is required that is not offered. */
static void limit_required(struct vdev_feature *feature, uint64_t *required)
{
	const struct vdev_bitmap *offered = &feature->provisioned;
	unsigned int i;

	if (!offered->words)
		offered = &feature->supported;
	for (i = 0; i < MADE_WORDS; i++)
		required[i] &= i < offered->num_words ? offered->words[i] : 0;
}

static void make_feature(struct made *made, struct random *random, unsigned int at,
			 const char *name)
{
	static const uint32_t rules[] = { 0, 0, VDEV_RULE_SUBSET, VDEV_RULE_EQUAL,
					  VDEV_RULE_IGNORE };
	struct vdev_feature *feature = &made->features[at];
	unsigned int i;

	*feature = (struct vdev_feature){ .name = name, .rule = PICK(random, rules) };
	memset(made->words[at], 0, sizeof(made->words[at]));
	for (i = 0; i < MADE_BITMAPS; i++) {
		if (random_one_in(random, 2))
			make_bitmap(made_bitmap_at(feature, i), made->words[at][i], random);
	}
	limit_required(feature, made->words[at][REQUIRED]);
}

static void make_features(struct made *made, struct random *random)
{
	unsigned int i, num = 0;

	for (i = 0; i < MADE_STRINGS; i++) {
		if (random_one_in(random, 2))
			make_feature(made, random, num++, made_strings[i]);
	}
	made->record.features = made->features;
	made->record.num_features = num;
}

static struct vdev_value random_value(struct random *random, uint32_t type)
{
	struct vdev_value value = { .type = type };

	if (type == VDEV_VALUE_TYPE_U64)
		value.u64 = random_below(random, 4);
	else if (type == VDEV_VALUE_TYPE_STRING)
		value.string = PICK(random, made_strings);
	else
		value.boolean = random_one_in(random, 2);
	return value;
}

void made_add_allowed(struct vdev_param *param, struct random *random)
{
	struct vdev_allowed *allowed = (struct vdev_allowed *)param->allowed +
				       param->num_allowed++;

	*allowed = (struct vdev_allowed){ 0 };
	if (param->type == VDEV_VALUE_TYPE_STRING) {
		allowed->string = PICK(random, made_strings);
		return;
	}
	allowed->low = random_below(random, 4);
	allowed->high = allowed->low + random_below(random, 2);
}

static uint32_t random_rule(struct random *random, uint32_t type)
{
	static const uint32_t any[] = { 0, VDEV_RULE_EQUAL, VDEV_RULE_ONE_OF, VDEV_RULE_IGNORE };
	static const uint32_t number[] = { 0, VDEV_RULE_EQUAL, VDEV_RULE_AT_LEAST,
					   VDEV_RULE_AT_MOST, VDEV_RULE_RANGE, VDEV_RULE_ONE_OF,
					   VDEV_RULE_IGNORE };
	static const uint32_t boolean[] = { 0, VDEV_RULE_EQUAL, VDEV_RULE_IGNORE };

	if (type == VDEV_VALUE_TYPE_U64)
		return PICK(random, number);
	return type == VDEV_VALUE_TYPE_STRING ? PICK(random, any) : PICK(random, boolean);
}

void made_rule(struct vdev_param *param, struct random *random)
{
	param->rule = random_rule(random, param->type);
	param->num_allowed = 0;
	if (param->type == VDEV_VALUE_TYPE_BOOL)
		return;
	while (param->num_allowed < MADE_ALLOWED - 1 && random_one_in(random, 2))
		made_add_allowed(param, random);
	if (!param->num_allowed &&
	    (param->rule == VDEV_RULE_ONE_OF || param->rule == VDEV_RULE_RANGE))
		made_add_allowed(param, random);
}

static void make_param(struct made *made, struct random *random, unsigned int at,
		       const char *name)
{
	static const uint32_t types[] = { VDEV_VALUE_TYPE_U64, VDEV_VALUE_TYPE_U64,
					  VDEV_VALUE_TYPE_STRING, VDEV_VALUE_TYPE_BOOL };
	struct vdev_param *param = &made->params[at];

	*param = (struct vdev_param){
		.name = name,
		.type = PICK(random, types),
		.flags = random_one_in(random, 2) ? VDEV_PARAM_FLAG_CONFIGURABLE : 0,
		.allowed = made->allowed[at],
	};
	if (!random_one_in(random, 4))
		param->value = random_value(random, param->type);
	if (random_one_in(random, 2))
		param->off = random_value(random, param->type);
	made_rule(param, random);
}

static void make_params(struct made *made, struct random *random)
{
	unsigned int i, num = 0;

	for (i = 0; i < MADE_STRINGS; i++) {
		if (random_one_in(random, 2))
			make_param(made, random, num++, made_strings[i]);
	}
	made->record.params = made->params;
	made->record.num_params = num;
}

static void make_aggregation(struct made *made, struct random *random)
{
	struct vdev_aggregation *aggregation = &made->record.aggregation;

	*aggregation = (struct vdev_aggregation){ 0 };
	if (random_one_in(random, 3))
		return;
	aggregation->base = random_one_in(random, 6) ? "b" : "a";
	aggregation->units = 1 + (uint32_t)random_below(random, 4);
	aggregation->count = 1 + (uint32_t)random_below(random, 4);
	if (random_one_in(random, 2))
		aggregation->limit = aggregation->count + (uint32_t)random_below(random, 3);
	aggregation->rule = random_one_in(random, 6) ? VDEV_RULE_IGNORE : 0;
	aggregation->resplit = random_one_in(random, 2);
}

static void make_blockers(struct made *made, struct random *random)
{
	unsigned int i, num = 0;

	for (i = 0; i < MADE_BLOCKERS; i++) {
		if (random_one_in(random, 6))
			made->blockers[num++] = (struct vdev_blocker){
				.name = made_strings[i],
				.reason = "why",
				.flags = random_one_in(random, 8) ? VDEV_BLOCKER_FLAG_PERMANENT : 0,
			};
	}
	made->operand.blockers = made->blockers;
	made->operand.num_blockers = num;
}

/* Few sides have a part that is not known; in the order in which they are reported. */
static void make_unknown(struct made *made, struct random *random)
{
	static const char *const paths[MADE_UNKNOWN] = {
		"attribute-99", "endpoint", "record.param[1].rule",
	};
	unsigned int i, num = 0;

	for (i = 0; i < MADE_UNKNOWN; i++) {
		if (random_one_in(random, 24))
			made->unknown[num++] = paths[i];
	}
	made->operand.unknown = made->unknown;
	made->operand.num_unknown = num;
}

static void make_operand(struct made *made, struct random *random)
{
	static const uint32_t migrations[] = { VDEV_MIGRATION_SUPPORTED, VDEV_MIGRATION_SUPPORTED,
					       VDEV_MIGRATION_SUPPORTED, VDEV_MIGRATION_SUPPORTED,
					       VDEV_MIGRATION_SUPPORTED, VDEV_MIGRATION_SUPPORTED,
					       VDEV_MIGRATION_UNDECLARED,
					       VDEV_MIGRATION_UNSUPPORTED };

	made->operand.kind = random_one_in(random, 2) ? VDEV_ENDPOINT_KIND_TYPE :
							VDEV_ENDPOINT_KIND_DEVICE;
	made->operand.migration = PICK(random, migrations);
	made->operand.capacity = random_one_in(random, 12) ? VDEV_CAPACITY_STATE_IMPOSSIBLE :
							     (uint32_t)random_below(random, 3);
	made->operand.capabilities = (uint32_t)random_below(random, VDEV_CAPABILITY_MASK + 1);
}

static void make_part(struct made *made, struct random *random, unsigned int part)
{
	switch (part) {
	case 0:
	case 1:
	case 2:
		make_ident(made, random, part);
		break;
	case 3:
		make_software_version(made, random);
		break;
	case 4:
		make_versions(made, random);
		break;
	case 5:
		make_features(made, random);
		break;
	case 6:
		make_params(made, random);
		break;
	case 7:
		make_aggregation(made, random);
		break;
	case 8:
		make_blockers(made, random);
		break;
	case 9:
		make_unknown(made, random);
		break;
	default:
		make_operand(made, random);
	}
}

#define PARTS 11

void made_random(struct made *made, struct random *random)
{
	unsigned int part;

	memset(made, 0, sizeof(*made));
	made->operand.record = &made->record;
	for (part = 0; part < PARTS; part++)
		make_part(made, random, part);
}

/* One parameter, feature set or number again, or a whole part. */
void made_change(struct made *made, struct random *random)
{
	struct vdev_aggregation *aggregation = &made->record.aggregation;
	unsigned int num;

	switch (random_below(random, 5)) {
	case 0:
		num = made->record.num_params;
		if (num)
			make_param(made, random, num - 1, made->params[num - 1].name);
		break;
	case 1:
		num = made->record.num_features;
		if (num)
			make_feature(made, random, num - 1, made->features[num - 1].name);
		break;
	case 2:
		num = aggregation->limit ? aggregation->limit : 4;
		aggregation->count = 1 + (uint32_t)random_below(random, num);
		break;
	default:
		make_part(made, random, (unsigned int)random_below(random, PARTS));
	}
}
