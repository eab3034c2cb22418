// SPDX-License-Identifier: GPL-2.0
/* Making random sides, each part by itself. */
#include <string.h>

#include "made.h"

#define PICK(random, list) ((list)[random_below(random, sizeof(list) / sizeof((list)[0]))])

static const char *const words[] = { "a", "b", "c", "d" };

static struct vdev_ident *ident_at(struct made *made, unsigned int i)
{
	struct vdev_ident *idents[] = { &made->record.device_api, &made->record.model,
					&made->record.type };

	return idents[i];
}

static void make_ident(struct made *made, struct random *random, unsigned int which)
{
	static const uint32_t rules[] = { 0, 0, VDEV_RULE_EQUAL, VDEV_RULE_ONE_OF,
					  VDEV_RULE_IGNORE };
	struct vdev_ident *ident = ident_at(made, which);
	unsigned int i;

	memset(ident, 0, sizeof(*ident));
	if (random_one_in(random, 5))
		return;
	ident->value = PICK(random, words);
	ident->rule = PICK(random, rules);
	for (i = 0; i < sizeof(words) / sizeof(words[0]) && ident->num_accept < MADE_ACCEPT; i++) {
		if (random_one_in(random, 3))
			made->accept[which][ident->num_accept++] = words[i];
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

static void add_range(struct made *made, struct random *random)
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
		add_range(made, random);
	if (version->rule == VDEV_RULE_RANGE && !version->num_accept)
		add_range(made, random);
}

static void make_versions(struct made *made, struct random *random)
{
	static const uint32_t rules[] = { 0, 0, VDEV_RULE_ONE_OF, VDEV_RULE_EQUAL,
					  VDEV_RULE_IGNORE };
	unsigned int i, num = 0;

	for (i = 0; i < MADE_VERSIONS; i++) {
		if (random_one_in(random, 2))
			made->versions[num++] = (struct vdev_version){
				.name = words[i],
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

static struct vdev_bitmap *bitmap_at(struct vdev_feature *feature, unsigned int i)
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
			make_bitmap(bitmap_at(feature, i), made->words[at][i], random);
	}
	limit_required(feature, made->words[at][REQUIRED]);
}

static void make_features(struct made *made, struct random *random)
{
	unsigned int i, num = 0;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (random_one_in(random, 2))
			make_feature(made, random, num++, words[i]);
	}
	made->record.features = made->features;
	made->record.num_features = num;
}

static struct vdev_value random_value(struct random *random, uint32_t kind)
{
	struct vdev_value value = { .kind = kind };

	if (kind == VDEV_VALUE_TYPE_U64)
		value.u64 = random_below(random, 4);
	else if (kind == VDEV_VALUE_TYPE_STRING)
		value.string = PICK(random, words);
	else
		value.boolean = random_one_in(random, 2);
	return value;
}

static void add_allowed(struct vdev_param *param, struct random *random)
{
	struct vdev_allowed *allowed = (struct vdev_allowed *)param->allowed +
				       param->num_allowed++;

	*allowed = (struct vdev_allowed){ 0 };
	if (param->kind == VDEV_VALUE_TYPE_STRING) {
		allowed->string = PICK(random, words);
		return;
	}
	allowed->low = random_below(random, 4);
	allowed->high = allowed->low + random_below(random, 2);
}

static uint32_t random_rule(struct random *random, uint32_t kind)
{
	static const uint32_t any[] = { 0, VDEV_RULE_EQUAL, VDEV_RULE_ONE_OF, VDEV_RULE_IGNORE };
	static const uint32_t number[] = { 0, VDEV_RULE_EQUAL, VDEV_RULE_AT_LEAST,
					   VDEV_RULE_AT_MOST, VDEV_RULE_RANGE, VDEV_RULE_ONE_OF,
					   VDEV_RULE_IGNORE };
	static const uint32_t boolean[] = { 0, VDEV_RULE_EQUAL, VDEV_RULE_IGNORE };

	if (kind == VDEV_VALUE_TYPE_U64)
		return PICK(random, number);
	return kind == VDEV_VALUE_TYPE_STRING ? PICK(random, any) : PICK(random, boolean);
}

/* A rule, and a list to go with it. */
static void make_rule(struct vdev_param *param, struct random *random)
{
	param->rule = random_rule(random, param->kind);
	param->num_allowed = 0;
	if (param->kind == VDEV_VALUE_TYPE_BOOL)
		return;
	while (param->num_allowed < MADE_ALLOWED - 1 && random_one_in(random, 2))
		add_allowed(param, random);
	if (!param->num_allowed &&
	    (param->rule == VDEV_RULE_ONE_OF || param->rule == VDEV_RULE_RANGE))
		add_allowed(param, random);
}

static void make_param(struct made *made, struct random *random, unsigned int at,
		       const char *name)
{
	static const uint32_t kinds[] = { VDEV_VALUE_TYPE_U64, VDEV_VALUE_TYPE_U64,
					  VDEV_VALUE_TYPE_STRING, VDEV_VALUE_TYPE_BOOL };
	struct vdev_param *param = &made->params[at];

	*param = (struct vdev_param){
		.name = name,
		.kind = PICK(random, kinds),
		.flags = random_one_in(random, 2) ? VDEV_PARAM_FLAG_CONFIGURABLE : 0,
		.allowed = made->allowed[at],
	};
	if (!random_one_in(random, 4))
		param->value = random_value(random, param->kind);
	if (random_one_in(random, 2))
		param->off = random_value(random, param->kind);
	make_rule(param, random);
}

static void make_params(struct made *made, struct random *random)
{
	unsigned int i, num = 0;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (random_one_in(random, 2))
			make_param(made, random, num++, words[i]);
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
				.name = words[i],
				.reason = "why",
				.flags = random_one_in(random, 8) ? VDEV_BLOCKER_FLAG_PERMANENT : 0,
			};
	}
	made->side.blockers = made->blockers;
	made->side.num_blockers = num;
}

static void make_side(struct made *made, struct random *random)
{
	static const uint32_t migrations[] = { VDEV_MIGRATION_SUPPORTED, VDEV_MIGRATION_SUPPORTED,
					       VDEV_MIGRATION_SUPPORTED, VDEV_MIGRATION_SUPPORTED,
					       VDEV_MIGRATION_SUPPORTED, VDEV_MIGRATION_SUPPORTED,
					       VDEV_MIGRATION_UNDECLARED,
					       VDEV_MIGRATION_UNSUPPORTED };

	made->side.kind = random_one_in(random, 2) ? VDEV_ENDPOINT_KIND_TYPE :
						     VDEV_ENDPOINT_KIND_DEVICE;
	made->side.migration = PICK(random, migrations);
	made->side.capacity = random_one_in(random, 12) ? VDEV_CAPACITY_STATE_IMPOSSIBLE :
							  (uint32_t)random_below(random, 3);
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
	default:
		make_side(made, random);
	}
}

#define PARTS 10

void made_random(struct made *made, struct random *random)
{
	unsigned int part;

	memset(made, 0, sizeof(*made));
	made->side.record = &made->record;
	for (part = 0; part < PARTS; part++)
		make_part(made, random, part);
}

/* One parameter, feature set or number anew, or a whole part. */
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
	made->side.record = record;
	made->side.blockers = made->blockers;
	for (i = 0; i < 3; i++)
		ident_at(made, i)->accept = moved(made, from, ident_at(made, i)->accept);
	record->software_version = moved(made, from, record->software_version);
	made->software_version.accept = made->ranges;
	record->versions = made->versions;
	record->features = made->features;
	record->params = made->params;
	for (i = 0; i < record->num_features; i++) {
		for (j = 0; j < MADE_BITMAPS; j++) {
			struct vdev_bitmap *bitmap = bitmap_at(&made->features[i], j);

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
	SHUFFLE(made->blockers, made->side.num_blockers, random);
}

static bool widen_ident(struct made *target, struct random *random)
{
	unsigned int which = (unsigned int)random_below(random, 3), i;
	struct vdev_ident *ident = ident_at(target, which);
	const char *word = PICK(random, words);

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
		add_range(target, random);
		return true;
	}
	version->value.minor++;
	return !version->rule || version->rule == VDEV_RULE_SEMVER;
}

/* A first version would be the first thing told of versions. */
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
		add_allowed(param, random);
		return true;
	}
	if (param->value.kind != VDEV_VALUE_TYPE_U64)
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

static bool widen_side(struct made *target, struct random *random)
{
	if (random_one_in(random, 2))
		target->side.capacity = VDEV_CAPACITY_STATE_BUSY;
	else
		target->side.num_blockers = 0;
	return true;
}

bool made_widen(struct made *target, struct random *random)
{
	static bool (*const widen[])(struct made *target, struct random *random) = {
		widen_ident, widen_software_version, widen_versions, widen_feature,
		widen_param, widen_aggregation, widen_side,
	};

	return PICK(random, widen)(target, random);
}

void made_change_rules(struct made *source, struct random *random)
{
	struct vdev_record *record = &source->record;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		ident_at(source, i)->rule = VDEV_RULE_IGNORE;
		ident_at(source, i)->num_accept = 0;
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
		make_rule(&source->params[i], random);
		source->params[i].flags ^= VDEV_PARAM_FLAG_CONFIGURABLE;
		source->params[i].origin = VDEV_ORIGIN_PROVISIONED;
	}
	record->aggregation.rule = VDEV_RULE_IGNORE;
	record->aggregation.resplit = !record->aggregation.resplit;
	record->aggregation.limit = 0;
	source->side.capacity = VDEV_CAPACITY_STATE_IMPOSSIBLE;
	source->side.kind = VDEV_ENDPOINT_KIND_DEVICE + VDEV_ENDPOINT_KIND_TYPE - source->side.kind;
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
