// SPDX-License-Identifier: GPL-2.0
/* What is asked for, so that a device takes the state of a source. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/words.h"
#include "like.h"

/* What the vdpa family can be asked for. */
static const char *const vdpa_params[] = { "mac", "mtu", "max-vqp" };

/* What the source offers to its guest: all of it may be relied on. */
static uint64_t source_features(const struct vdev_record *record, bool *known)
{
	const struct vdev_bitmap *offered;
	unsigned int i;

	*known = false;
	for (i = 0; i < vdev_record_num_features(record); i++) {
		const struct vdev_feature *feature = vdev_record_feature(record, i);

		if (!feature->name || strcmp(feature->name, LIKE_FEATURES) != 0)
			continue;
		offered = feature->provisioned.words ? &feature->provisioned :
						       &feature->supported;
		*known = offered->num_words;
		return *known ? offered->words[0] : 0;
	}
	return 0;
}

static int add_param(struct config_words *words, const struct vdev_param *param)
{
	char number[24];

	switch (param->value.type) {
	case VDEV_VALUE_TYPE_U64:
		snprintf(number, sizeof(number), "%" PRIu64, param->value.u64);
		return config_words_param(words, param->name, number);
	case VDEV_VALUE_TYPE_BOOL:
		return config_words_param(words, param->name,
					  param->value.boolean ? "1" : "0");
	case VDEV_VALUE_TYPE_STRING:
		return config_words_param(words, param->name, param->value.string);
	default:
		return 0;
	}
}

/* What the parent would offer beyond the source is not wanted: a driver could rely on it. */
static int add_features(const struct place *place, uint64_t wanted, struct config_words *words)
{
	uint64_t surplus = place->parent->features.words[0] & ~wanted;
	char buffer[WORD_SIZE];
	unsigned int bit;
	int err = 0;

	for (bit = 0; bit < 64 && !err; bit++)
		if (surplus >> bit & 1)
			err = config_words_feature(words,
						   word_bit(LIKE_FEATURES, place->type->device_api, bit,
							    buffer), "off");
	return err;
}

static int work_out_vdpa(const struct place *place, const struct vdev_record *source,
			 struct config_words *words)
{
	bool known;
	uint64_t wanted = source_features(source, &known);
	size_t i;
	int err = 0;

	if (known && place->parent->features.num_words)
		err = add_features(place, wanted, words);
	for (i = 0; i < ARRAY_SIZE(vdpa_params) && !err; i++) {
		const struct vdev_param *param = like_find(source, vdpa_params[i]);

		if (param)
			err = add_param(words, param);
	}
	return err;
}

/* The version of the state, if such a device can be created. */
static void add_version(const struct vdev_record *target, const struct vdev_record *source,
			struct config_words *words)
{
	const char *name = NULL;
	unsigned int i;

	for (i = 0; i < vdev_record_num_versions(source); i++)
		if (vdev_record_version(source, i)->flags & VDEV_VERSION_FLAG_CURRENT)
			name = vdev_record_version(source, i)->name;
	for (i = 0; name && !words->config.version && i < vdev_record_num_versions(target); i++) {
		const struct vdev_version *version = vdev_record_version(target, i);

		if (version->flags & VDEV_VERSION_FLAG_CREATE && version->name &&
		    strcmp(version->name, name) == 0)
			words->config.version = version->name;
	}
}

static const struct vdev_feature *find_set(const struct vdev_record *record, const char *name)
{
	unsigned int i;

	for (i = 0; name && i < vdev_record_num_features(record); i++) {
		const struct vdev_feature *feature = vdev_record_feature(record, i);

		if (feature->name && strcmp(feature->name, name) == 0)
			return feature;
	}
	return NULL;
}

/* What the source does not offer, and the target need not have. */
static int add_set(const struct vdev_feature *target, const struct vdev_feature *source,
		   const char *device_api, struct config_words *words)
{
	const struct vdev_bitmap *wanted =
		source->provisioned.words ? &source->provisioned : &source->supported;
	char bit_name[WORD_SIZE], name[VDEV_HANDLE_NAME_MAX + WORD_SIZE + 2];
	unsigned int bit;
	int err = 0;

	for (bit = 0; bit < 64 * target->supported.num_words && !err; bit++) {
		if (!vdev_bitmap_test(&target->supported, bit) ||
		    vdev_bitmap_test(&target->required, bit) || vdev_bitmap_test(wanted, bit))
			continue;
		snprintf(name, sizeof(name), "%.63s:%s", target->name,
			 word_bit(target->name, device_api, bit, bit_name));
		err = config_words_feature(words, name, "off");
	}
	return err;
}

/* As many units as the source has, in instances of the target's type. */
static uint32_t count_of(const struct vdev_aggregation *source,
			 const struct vdev_aggregation *target)
{
	uint64_t total = (uint64_t)source->units * source->count;

	if (!target->units || source->units == target->units || total % target->units ||
	    total / target->units >= VDEV_UNKNOWN32)
		return source->count;
	return (uint32_t)(total / target->units);
}

static void add_count(const struct vdev_record *target, const struct vdev_record *source,
		      struct config_words *words)
{
	const struct vdev_aggregation *has = vdev_record_aggregation(source);
	const struct vdev_aggregation *offers = target ? vdev_record_aggregation(target) : NULL;

	if (!words->config.aggregation && has && offers)
		words->config.aggregation = count_of(has, offers);
}

/* Whether the value that a device has if nobody chooses does as well as the source's. */
static bool does(const struct vdev_param *target, const struct vdev_value *wanted)
{
	const struct vdev_value *has = &target->value;

	if (has->type != wanted->type)
		return false;
	switch (has->type) {
	case VDEV_VALUE_TYPE_U64:
		return has->u64 == wanted->u64 ||
		       (target->rule == VDEV_RULE_AT_LEAST && has->u64 > wanted->u64) ||
		       (target->rule == VDEV_RULE_AT_MOST && has->u64 < wanted->u64);
	case VDEV_VALUE_TYPE_BOOL:
		return has->boolean == wanted->boolean;
	default:
		return has->string && wanted->string && strcmp(has->string, wanted->string) == 0;
	}
}

/* What can be chosen; with @differing, only where it has to be. */
static int add_params(const struct vdev_record *target, const struct vdev_record *source,
		      bool differing, struct config_words *words)
{
	unsigned int i;
	int err = 0;

	for (i = 0; i < vdev_record_num_params(target) && !err; i++) {
		const struct vdev_param *param = vdev_record_param(target, i);
		const struct vdev_param *other =
			param->flags & VDEV_PARAM_FLAG_CONFIGURABLE && param->name ?
			like_find(source, param->name) : NULL;

		if (other && other->value.type == param->type &&
		    !(differing && does(param, &other->value)))
			err = add_param(words, other);
	}
	return err;
}

static int work_out_family(const struct vdev_record *target, const struct vdev_record *source,
			   struct config_words *words)
{
	const struct vdev_ident *api = vdev_record_device_api(target);
	unsigned int i;
	int err = 0;

	add_version(target, source, words);
	add_count(target, source, words);
	for (i = 0; i < vdev_record_num_features(target) && !err; i++) {
		const struct vdev_feature *feature = vdev_record_feature(target, i);
		const struct vdev_feature *other = find_set(source, feature->name);

		if (other)
			err = add_set(feature, other, api ? api->value : NULL, words);
	}
	return err ? err : add_params(target, source, false, words);
}

/* A file is written only where the device would not do as it is made. */
static int work_out_mdev(const struct vdev_record *target, const struct vdev_record *source,
			 struct config_words *words)
{
	const struct vdev_aggregation *offers = vdev_record_aggregation(target);
	uint32_t given = words->config.aggregation;

	add_count(target, source, words);
	if (!given && offers && words->config.aggregation == offers->count)
		words->config.aggregation = 0;
	return add_params(target, source, true, words);
}

int like_work_out(const struct place *place, const struct vdev_declaration *source,
		  struct config_words *words)
{
	const struct vdev_record *record = vdev_declaration_record(source);
	const struct vdev_record *target = place->object ? vdev_object_record(place->object) : NULL;

	if (place->family)
		return work_out_family(target, record, words);
	switch (place_method(place)) {
	case VDEV_PARENT_VDPA:
		return work_out_vdpa(place, record, words);
	case VDEV_PARENT_MDEV:
		return target ? work_out_mdev(target, record, words) : 0;
	default:
		return 0;
	}
}

int like_repair(const struct vdev_judgement *judgement, const struct vdev_declaration *source,
		const struct vdev_record *target, struct config_words *words)
{
	const struct vdev_record *record = vdev_declaration_record(source);
	unsigned int i;
	int err = 0;

	for (i = 0; i < vdev_judgement_num_findings(judgement) && !err; i++) {
		const struct vdev_finding *finding = vdev_judgement_finding(judgement, i);
		const struct vdev_param *param;

		if (finding->result != VDEV_RESULT_FAIL)
			continue;
		if (finding->field == VDEV_FIELD_AGGREGATION)
			add_count(target, record, words);
		if (finding->field != VDEV_FIELD_PARAM || !finding->name)
			continue;
		param = like_find(record, finding->name);
		if (param)
			err = add_param(words, param);
	}
	return err;
}
