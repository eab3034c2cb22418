// SPDX-License-Identifier: LGPL-2.1
/*
 * The ceilings that let each host be a target for every other: of each type, the part that
 * all types of the same name and model offer.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "kernel/model/bounds.h"
#include "kernel/model/ceiling.h"
#include "kernel/model/parts.h"
#include "model/declaration.h"
#include "baseline_ceilings.h"

#define WORDS (VDEV_FEATURE_BYTES / sizeof(uint64_t))

/* What all types of a name offer, of what the first of them has; of others that is nothing. */
struct offer {
	const struct vdev_record *first;
	uint64_t words[VDEV_FEATURES_MAX][WORDS];
	struct vdev_ceiling_param params[VDEV_PARAMS_MAX];
};

static uint64_t offered_word(const struct vdev_record *record, const struct vdev_feature *feature,
			     unsigned int i)
{
	return (vdev_bitmap_word(&feature->supported, i) |
		vdev_bitmap_word(&feature->provisioned, i)) &
	       vdev_ceiling_word(record->ceiling, feature->name, i);
}

static const struct vdev_feature *find_feature(const struct vdev_record *record, const char *name)
{
	unsigned int i;

	for (i = 0; i < record->num_features; i++)
		if (strcmp(record->features[i].name, name) == 0)
			return &record->features[i];
	return NULL;
}

static const struct vdev_param *find_param(const struct vdev_record *record, const char *name)
{
	unsigned int i;

	for (i = 0; i < record->num_params; i++)
		if (strcmp(record->params[i].name, name) == 0)
			return &record->params[i];
	return NULL;
}

static const struct vdev_ceiling_param *find_limit(const struct vdev_ceiling *ceiling,
						   const char *name)
{
	unsigned int i;

	for (i = 0; ceiling && i < ceiling->num_params; i++)
		if (strcmp(ceiling->params[i].name, name) == 0)
			return &ceiling->params[i];
	return NULL;
}

static uint64_t highest(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t lowest(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

/* From the smallest to the largest number that can be chosen; false if none can. */
static bool offered_range(const struct vdev_record *record, const char *name,
			  struct vdev_ceiling_param *range)
{
	const struct vdev_param *param = find_param(record, name);
	const struct vdev_ceiling_param *limit = find_limit(record->ceiling, name);
	unsigned int i;

	if (!param || param->type != VDEV_VALUE_TYPE_U64 ||
	    !(param->flags & VDEV_PARAM_FLAG_CONFIGURABLE))
		return false;
	*range = (struct vdev_ceiling_param){ name, param->num_allowed ? INT64_MAX : 0,
					      param->num_allowed ? 0 : INT64_MAX };
	for (i = 0; i < param->num_allowed; i++) {
		range->low = lowest(range->low, param->allowed[i].low);
		range->high = highest(range->high, param->allowed[i].high);
	}
	if (limit) {
		range->low = highest(range->low, limit->low);
		range->high = lowest(range->high, limit->high);
	}
	return range->low <= range->high;
}

static void add_features(struct offer *offer, const struct vdev_record *record)
{
	const struct vdev_record *first = offer->first;
	unsigned int i, word;

	for (i = 0; i < first->num_features; i++) {
		const struct vdev_feature *feature = find_feature(record, first->features[i].name);

		for (word = 0; word < WORDS; word++)
			offer->words[i][word] &= feature ? offered_word(record, feature, word) : 0;
	}
}

static void add_params(struct offer *offer, const struct vdev_record *record)
{
	struct vdev_ceiling_param range;
	unsigned int i;

	for (i = 0; i < offer->first->num_params; i++) {
		struct vdev_ceiling_param *common = &offer->params[i];

		if (!offered_range(record, offer->first->params[i].name, &range))
			continue;
		common->low = highest(common->low, range.low);
		common->high = lowest(common->high, range.high);
	}
}

static void gather_offer(struct offer *offer, const struct limited *types, size_t num)
{
	unsigned int i;
	size_t type;

	memset(offer, 0xff, sizeof(*offer));
	offer->first = &types[0].record;
	for (i = 0; i < offer->first->num_params; i++)
		offer->params[i] = (struct vdev_ceiling_param){ offer->first->params[i].name, 0, INT64_MAX };
	for (type = 0; type < num; type++) {
		add_features(offer, &types[type].record);
		add_params(offer, &types[type].record);
	}
}

/* Of a set that the first type lacks, nothing is offered by all. */
static uint64_t common_word(const struct offer *offer, const char *name, unsigned int word)
{
	unsigned int i;

	for (i = 0; i < offer->first->num_features; i++)
		if (strcmp(offer->first->features[i].name, name) == 0)
			return offer->words[i][word];
	return 0;
}

static bool is_offered(const struct vdev_ceiling *ceiling, const struct vdev_record *record)
{
	struct vdev_reason reason;

	return vdev_ceiling_offer_check(&reason, ceiling, record) == 0;
}

/* A ceiling that grows part by part. */
struct growth {
	struct arena *arena;
	struct limited *type;
	struct vdev_ceiling_feature *features;
	struct vdev_ceiling_param *params;
	/* It limits what was not limited before. */
	bool more;
};

static bool is_limited(const struct vdev_record *record, const char *name)
{
	unsigned int i;

	for (i = 0; record->ceiling && i < record->ceiling->num_features; i++)
		if (strcmp(record->ceiling->features[i].name, name) == 0)
			return true;
	return false;
}

static int limit_feature(struct growth *growth, const struct offer *offer,
			 const struct vdev_feature *feature)
{
	const struct vdev_record *record = &growth->type->record;
	struct vdev_ceiling_feature limit = { .name = feature->name };
	uint64_t beyond = 0, *words;
	unsigned int i;

	words = vdev_arena_alloc(growth->arena, WORDS, sizeof(*words));
	if (!words)
		return -ENOMEM;
	for (i = 0; i < WORDS; i++) {
		uint64_t word = offered_word(record, feature, i);

		words[i] = word & common_word(offer, feature->name, i);
		beyond |= word & ~words[i];
		if (words[i])
			limit.mask.num_words = i + 1;
	}
	limit.mask.words = words;
	if ((!beyond && !is_limited(record, feature->name)) ||
	    !is_offered(&(struct vdev_ceiling){ .features = &limit, .num_features = 1 }, record))
		return 0;
	growth->features[growth->type->ceiling.num_features++] = limit;
	growth->more = growth->more || beyond;
	return 0;
}

static void limit_param(struct growth *growth, const struct offer *offer, const char *name)
{
	const struct vdev_record *record = &growth->type->record;
	struct vdev_ceiling_param range, limit;
	unsigned int i;
	bool beyond;

	if (!offered_range(record, name, &range))
		return;
	limit = range;
	for (i = 0; i < offer->first->num_params; i++) {
		if (strcmp(offer->params[i].name, name) != 0)
			continue;
		limit.low = highest(range.low, offer->params[i].low);
		limit.high = lowest(range.high, offer->params[i].high);
	}
	beyond = range.low < limit.low || range.high > limit.high;
	if ((!beyond && !find_limit(record->ceiling, name)) || limit.low > limit.high ||
	    !is_offered(&(struct vdev_ceiling){ .params = &limit, .num_params = 1 }, record))
		return;
	growth->params[growth->type->ceiling.num_params++] = limit;
	growth->more = growth->more || beyond;
}

/* Only of a type that has newer ones in its list. */
static void limit_version(struct growth *growth, const char *newest)
{
	struct vdev_record *record = &growth->type->record;
	unsigned int num = record->num_versions;
	unsigned int i;

	if (record->ceiling)
		growth->type->ceiling.max_version = record->ceiling->max_version;
	for (i = 0; newest && i + 1 < num; i++) {
		if (strcmp(record->versions[i].name, newest) != 0)
			continue;
		growth->more = growth->more ||
			       vdev_ceiling_has_version(record, record->versions[i + 1].name);
		growth->type->ceiling.max_version = newest;
	}
}

static int limit_type(struct arena *arena, struct limited *type, const struct offer *offer,
		      const char *newest)
{
	const struct vdev_record *record = &type->record;
	struct growth growth = { .arena = arena, .type = type };
	unsigned int i;
	int err = 0;

	growth.features = vdev_arena_alloc(arena, VDEV_FEATURES_MAX, sizeof(*growth.features));
	growth.params = vdev_arena_alloc(arena, VDEV_PARAMS_MAX, sizeof(*growth.params));
	if (!growth.features || !growth.params)
		return -ENOMEM;
	type->ceiling = (struct vdev_ceiling){ .features = growth.features, .params = growth.params };
	limit_version(&growth, newest);
	for (i = 0; !err && i < record->num_features; i++)
		err = limit_feature(&growth, offer, &record->features[i]);
	for (i = 0; i < record->num_params; i++)
		limit_param(&growth, offer, record->params[i].name);
	type->more = growth.more;
	return err;
}

static int compare(const void *left, const void *right)
{
	const struct limited *a = left, *b = right;
	int difference = strcmp(a->type, b->type);

	return difference ? difference : vdev_compare(a->member->host, b->member->host);
}

static int limit_types(struct arena *arena, struct limited *types, size_t num, const char *newest)
{
	struct offer *offer = malloc(sizeof(*offer));
	size_t i, end;
	int err = offer ? 0 : -ENOMEM;

	qsort(types, num, sizeof(*types), compare);
	for (i = 0; !err && i < num; i = end) {
		for (end = i + 1; end < num && strcmp(types[i].type, types[end].type) == 0;)
			end++;
		gather_offer(offer, &types[i], end - i);
		for (; !err && i < end; i++)
			err = limit_type(arena, &types[i], offer, newest);
	}
	free(offer);
	return err;
}

/* Those that are new; the records have them from now on. */
static int list_ceilings(struct arena *arena, struct limited *types, size_t num,
			 struct ceilings *ceilings)
{
	struct vdev_baseline_ceiling *list = vdev_arena_alloc(arena, num + 1, sizeof(*list));
	struct vdev_baseline_ceiling *next = list;
	size_t i;

	if (!list)
		return -ENOMEM;
	for (i = 0; i < num; i++) {
		if (!types[i].more || !types[i].member->handle)
			continue;
		*next = (struct vdev_baseline_ceiling){
			.host = types[i].member->host,
			.handle = types[i].member->handle,
			.ceiling = types[i].ceiling,
		};
		/* The types are put in another order. */
		types[i].record.ceiling = &next++->ceiling;
	}
	ceilings->list = list;
	ceilings->num = (size_t)(next - list);
	return 0;
}

static size_t gather(const struct group *group, struct limited *types)
{
	size_t i, num = 0;

	for (i = 0; i < group->num; i++) {
		const struct vdev_declaration *declaration = group->members[i].declaration;
		const struct vdev_record *record = vdev_declaration_record(declaration);

		if (vdev_declaration_kind(declaration) != VDEV_OBJECT_TYPE)
			continue;
		types[num++] = (struct limited){
			.member = &group->members[i],
			.type = record->type.value ? record->type.value : "",
			.record = *record,
		};
	}
	return num;
}

int baseline_ceilings(struct arena *arena, const struct group *group, const char *newest,
		      struct ceilings *ceilings, struct obstacles *obstacles)
{
	struct limited *types = calloc(group->num + 1, sizeof(*types));
	size_t num;
	int err;

	if (!types)
		return -ENOMEM;
	num = gather(group, types);
	err = limit_types(arena, types, num, newest) ?:
	      list_ceilings(arena, types, num, ceilings) ?:
	      baseline_obstacles(arena, types, num, obstacles);
	free(types);
	return err;
}
