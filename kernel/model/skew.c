// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The words and flags of a source that this version does not know. Each is
 * reported, and replaced by one that judges nothing, so that the evaluator meets
 * known ones alone. Pure functions, no locks, also compiled into libvdev.
 */
#include "skew.h"
#include "words.h"

/**
 * struct skew_part - the part of a source that is being checked
 * @skew: where unknown words are reported
 * @name: its path
 * @index: which of them, where it is repeated; else -1
 */
struct skew_part {
	const struct vdev_skew *skew;
	const char *name;
	int index;
};

static void skew_note(const struct skew_part *part, const char *word)
{
	char path[VDEV_PATH_LEN + 1];

	if (part->index < 0)
		scnprintf(path, sizeof(path), "%s%s", part->name, word);
	else
		scnprintf(path, sizeof(path), "%s[%d]%s", part->name, part->index,
			  word);
	part->skew->note(part->skew, path);
}

static void skew_word(const struct skew_part *part, const char *word,
		      u32 *value, u32 last_known, u32 otherwise)
{
	if (*value <= last_known)
		return;
	*value = otherwise;
	skew_note(part, word);
}

static void skew_rule(const struct skew_part *part, u32 *rule)
{
	skew_word(part, ".rule", rule, VDEV_RULE_MAX, VDEV_RULE_IGNORE);
}

static void skew_flags(const struct skew_part *part, const char *word,
		       u32 *flags, u32 known)
{
	if (!(*flags & ~known))
		return;
	*flags &= known;
	skew_note(part, word);
}

static void skew_ident(const struct vdev_skew *skew, const char *name,
		       struct vdev_ident *ident)
{
	const struct skew_part part = { skew, name, -1 };

	skew_rule(&part, &ident->rule);
}

static void skew_software_version(const struct vdev_skew *skew,
				  struct vdev_software_version *version)
{
	const struct skew_part part = { skew, "record.software-version", -1 };

	if (version)
		skew_rule(&part, &version->rule);
}

static void skew_versions(const struct vdev_skew *skew,
			  struct vdev_record *record)
{
	struct skew_part part = { skew, "record.versions", -1 };
	struct vdev_version *versions;
	unsigned int i;

	skew_rule(&part, &record->versions_rule);
	versions = (struct vdev_version *)record->versions;
	part.name = "record.versions.entry";
	for (i = 0; i < record->num_versions; i++) {
		part.index = i;
		skew_flags(&part, ".flags", &versions[i].flags, VDEV_VERSION_FLAG_MASK);
	}
}

static void skew_features(const struct vdev_skew *skew,
			  struct vdev_record *record)
{
	struct vdev_feature *features = (struct vdev_feature *)record->features;
	struct skew_part part = { skew, "record.feature", -1 };
	unsigned int i;

	for (i = 0; i < record->num_features; i++) {
		part.index = i;
		skew_rule(&part, &features[i].rule);
	}
}

/* Of a value that nobody here can read, nothing can be judged. */
static void skew_value_type(const struct skew_part *part,
			    struct vdev_param *param)
{
	if (param->type <= VDEV_VALUE_TYPE_MAX)
		return;
	param->type = VDEV_VALUE_TYPE_U64;
	param->value = (struct vdev_value) { };
	param->off = (struct vdev_value) { };
	param->num_allowed = 0;
	param->rule = VDEV_RULE_IGNORE;
	skew_note(part, ".value-type");
}

static bool skew_allowed_is_unknown(const struct vdev_allowed *allowed)
{
	return allowed->low == VDEV_ALLOWED_UNKNOWN && !allowed->high &&
	       !allowed->string;
}

static bool skew_allows_unknown(const struct vdev_param *param)
{
	unsigned int i;

	for (i = 0; i < param->num_allowed; i++) {
		if (skew_allowed_is_unknown(&param->allowed[i]))
			return true;
	}
	return false;
}

/* With some of what is allowed, whether a value is allowed is not known. */
static void skew_allowed(const struct skew_part *part, struct vdev_param *param)
{
	if (!skew_allows_unknown(param))
		return;
	param->num_allowed = 0;
	if (param->rule == VDEV_RULE_RANGE || param->rule == VDEV_RULE_ONE_OF)
		param->rule = VDEV_RULE_IGNORE;
	skew_note(part, ".allowed");
}

static void skew_params(const struct vdev_skew *skew,
			struct vdev_record *record)
{
	struct vdev_param *params = (struct vdev_param *)record->params;
	struct skew_part part = { skew, "record.param", -1 };
	unsigned int i;

	for (i = 0; i < record->num_params; i++) {
		part.index = i;
		skew_rule(&part, &params[i].rule);
		skew_value_type(&part, &params[i]);
		skew_flags(&part, ".flags", &params[i].flags, VDEV_PARAM_FLAG_MASK);
		skew_word(&part, ".origin", &params[i].origin,
			  VDEV_ORIGIN_MAX, VDEV_ORIGIN_DEFAULT);
		skew_allowed(&part, &params[i]);
	}
}

static void skew_aggregation(const struct vdev_skew *skew,
			     struct vdev_aggregation *aggregation)
{
	const struct skew_part part = { skew, "record.aggregation", -1 };

	skew_rule(&part, &aggregation->rule);
}

static void skew_record(const struct vdev_skew *skew,
			struct vdev_record *record)
{
	skew_ident(skew, "record.device-api", &record->device_api);
	skew_ident(skew, "record.model", &record->model);
	skew_ident(skew, "record.type", &record->type);
	skew_software_version(skew, (struct vdev_software_version *)
				    record->software_version);
	skew_versions(skew, record);
	skew_features(skew, record);
	skew_params(skew, record);
	skew_aggregation(skew, &record->aggregation);
}

static void skew_blockers(const struct vdev_skew *skew, struct vdev_operand *operand)
{
	struct vdev_blocker *blockers = (struct vdev_blocker *)operand->blockers;
	struct skew_part part = { skew, "blocker", -1 };
	unsigned int i;

	for (i = 0; i < operand->num_blockers; i++) {
		part.index = i;
		skew_flags(&part, ".flags", &blockers[i].flags, VDEV_BLOCKER_FLAG_MASK);
	}
}

/**
 * vdev_skew_operand() - report and replace what is not known in a source
 * @skew: where each unknown word is reported, in the order of the source
 * @operand: the source; its lists must be the caller's own memory
 * @record: the record of it, likewise
 */
void vdev_skew_operand(const struct vdev_skew *skew, struct vdev_operand *operand,
		       struct vdev_record *record)
{
	const struct skew_part part = { skew, "", -1 };

	skew_word(&part, "endpoint", &operand->kind, VDEV_ENDPOINT_KIND_MAX,
		  VDEV_ENDPOINT_KIND_DEVICE);
	skew_word(&part, "migration", &operand->migration,
		  VDEV_MIGRATION_MAX, VDEV_MIGRATION_UNDECLARED);
	skew_flags(&part, "capabilities", &operand->capabilities,
		   VDEV_CAPABILITY_MASK);
	skew_blockers(skew, operand);
	skew_record(skew, record);
}
