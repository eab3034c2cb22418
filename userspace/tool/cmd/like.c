// SPDX-License-Identifier: GPL-2.0
/* The judgement of a source against what would be created. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "common/words.h"
#include "fetch.h"
#include "like.h"

bool like_holds(const struct vdev_judgement *judgement)
{
	uint32_t verdict = vdev_judgement_verdict(judgement);

	return verdict == VDEV_VERDICT_IDENTICAL || verdict == VDEV_VERDICT_COMPATIBLE;
}

const struct vdev_param *like_find(const struct vdev_record *record, const char *name)
{
	unsigned int i;

	for (i = 0; i < vdev_record_num_params(record); i++) {
		const struct vdev_param *param = vdev_record_param(record, i);

		if (param->name && strcmp(param->name, name) == 0)
			return param;
	}
	return NULL;
}

/* What is known of a device that does not exist yet; the source's own words for the rest. */
struct guess {
	struct vdev_draft draft;
	struct vdev_ident device_api;
	struct vdev_ident type;
	struct vdev_feature feature;
	uint64_t provisioned;
	struct vdev_param *params;
};

/* More virtqueues than the parent has no device of it gets. */
static void bound_queues(const struct place *place, struct vdev_param *param)
{
	if (param->name && strcmp(param->name, "max-vqs") == 0 &&
	    param->value.type == VDEV_VALUE_TYPE_U64 &&
	    place->parent->max_vqs < param->value.u64)
		param->value.u64 = place->parent->max_vqs;
}

/* What was asked for by the user instead of what the source has. */
static void override_param(const struct config_words *words, struct vdev_param *param)
{
	size_t i;

	for (i = 0; param->name && i < words->config.num_params; i++) {
		const struct vdev_config_pair *pair = &words->config.params[i];

		if (strcmp(pair->name, param->name) != 0)
			continue;
		if (param->value.type == VDEV_VALUE_TYPE_U64)
			param->value.u64 = strtoull(pair->value, NULL, 10);
		else if (param->value.type == VDEV_VALUE_TYPE_STRING)
			param->value.string = pair->value;
	}
}

static int guess_params(const struct place *place, const struct vdev_record *source,
			const struct config_words *words, struct guess *guess)
{
	unsigned int i, num = vdev_record_num_params(source);

	guess->params = calloc(num + 1, sizeof(*guess->params));
	if (!guess->params)
		return -ENOMEM;
	for (i = 0; i < num; i++) {
		guess->params[i] = *vdev_record_param(source, i);
		bound_queues(place, &guess->params[i]);
		override_param(words, &guess->params[i]);
	}
	guess->draft.params = guess->params;
	guess->draft.num_params = num;
	return 0;
}

static bool is_off(const struct config_words *words, const char *name)
{
	size_t i;

	for (i = 0; i < words->config.num_features; i++)
		if (strcmp(words->config.features[i].name, name) == 0)
			return strcmp(words->config.features[i].value, "off") == 0;
	return false;
}

static void guess_features(const struct place *place, const struct config_words *words,
			   struct guess *guess)
{
	const struct vdev_bitmap *supported = &place->parent->features;
	char buffer[WORD_SIZE];
	unsigned int bit;

	if (!supported->num_words)
		return;
	guess->provisioned = supported->words[0];
	for (bit = 0; bit < 64; bit++)
		if (is_off(words, word_bit(LIKE_FEATURES, place->type->device_api, bit, buffer)))
			guess->provisioned &= ~(1ULL << bit);
	guess->feature = (struct vdev_feature){
		.name = LIKE_FEATURES,
		.rule = VDEV_RULE_SUBSET,
		.supported = *supported,
		.provisioned = { .words = &guess->provisioned, .num_words = 1 },
	};
	guess->draft.features = &guess->feature;
	guess->draft.num_features = 1;
}

static void guess_idents(const struct place *place, const struct vdev_record *source,
			 struct guess *guess)
{
	const struct vdev_ident *type = vdev_record_type(source);

	guess->draft.model = vdev_record_model(source);
	if (place->type->device_api) {
		guess->device_api = (struct vdev_ident){
			.value = place->type->device_api,
			.rule = VDEV_RULE_EQUAL,
		};
		guess->draft.device_api = &guess->device_api;
	}
	/* Classes of vdpa devices are no types. */
	if (type && place_method(place) != VDEV_PARENT_VDPA) {
		guess->type = (struct vdev_ident){
			.value = place->type->name,
			.rule = type->rule ? type->rule : VDEV_RULE_EQUAL,
		};
		guess->draft.type = &guess->type;
	}
}

static int guess_draft(const struct place *place, const struct vdev_declaration *source,
		       const struct config_words *words, struct guess *guess)
{
	const struct vdev_record *record = vdev_declaration_record(source);

	guess->draft = (struct vdev_draft){
		.kind = VDEV_OBJECT_DEV,
		.migration = VDEV_MIGRATION_SUPPORTED,
		.capabilities = vdev_declaration_capabilities(source),
		.software_version = vdev_record_software_version(record),
		.versions_rule = vdev_record_versions_rule(record),
		.aggregation = vdev_record_aggregation(record),
	};
	guess->draft.num_versions = vdev_record_num_versions(record);
	if (guess->draft.num_versions)
		guess->draft.versions = vdev_record_version(record, 0);
	guess_idents(place, record, guess);
	if (place_method(place) == VDEV_PARENT_VDPA)
		guess_features(place, words, guess);
	guess->draft.num_features = guess->draft.features ? 1 : vdev_record_num_features(record);
	if (!guess->draft.features && guess->draft.num_features)
		guess->draft.features = vdev_record_feature(record, 0);
	return guess_params(place, record, words, guess);
}

static int judge_guess(const struct command *command, const struct place *place,
		       const struct vdev_declaration *source, const struct config_words *words,
		       struct vdev_judgement **judgement)
{
	struct vdev_declaration *target = NULL;
	struct vdev_error error;
	struct guess guess = { 0 };
	int err = guess_draft(place, source, words, &guess);

	if (!err)
		err = vdev_declaration_new(&guess.draft, sizeof(guess.draft), &target, &error);
	free(guess.params);
	if (err == -ENOMEM)
		return complain_memory(command);
	if (err)
		return complain(command, "%s: %s", place->label, error.message);
	*judgement = vdev_judge(source, target);
	vdev_declaration_free(target);
	return *judgement ? EXIT_DONE : complain_memory(command);
}

int like_judge(const struct command *command, struct vdev_sock *sock, const struct place *place,
	       const struct vdev_declaration *source, const struct config_words *words,
	       struct vdev_judgement **judgement)
{
	struct vdev_handle handle = { .id = place->object ? vdev_object_id(place->object) : 0 };

	if (!place->object)
		return judge_guess(command, place, source, words, judgement);
	return fetch_status(command, sock, place->label,
			    vdev_check(sock, source, VDEV_OBJECT_TYPE, &handle, 0, 0, judgement));
}
