// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The judgement of features: what the target lacks, and what it requires.
 * Pure functions, no locks, also compiled into libvdev.
 */
#include "ceiling.h"
#include "check_field.h"
#include "parts.h"

static struct vdev_bitmap bitmap_of(const u64 *words, unsigned int num)
{
	struct vdev_bitmap bitmap = { 0 };

	while (num && !words[num - 1])
		num--;
	if (num) {
		bitmap.words = words;
		bitmap.num_words = num;
	}
	return bitmap;
}

/* What a device was given, or what one that is made of the type is given. */
static const struct vdev_bitmap *given_by(const struct vdev_operand *operand,
					  const struct vdev_feature *feature)
{
	if (operand->kind == VDEV_ENDPOINT_KIND_TYPE && !feature->provisioned.words)
		return &feature->supported;
	return &feature->provisioned;
}

/*
 * A source that does not report what it was given may have been given anything
 * that is supported, unless the target reports no more: then neither is judged.
 */
static const struct vdev_bitmap *had_by(const struct vdev_feature *source,
					const struct vdev_feature *target,
					const struct vdev_bitmap *given)
{
	if (source->provisioned.words || (!given->words && target->supported.words))
		return &source->provisioned;
	return &source->supported;
}

/* Of what a type has, a device that is made of it gets nothing above the ceiling. */
static u64 source_word(const struct vdev_operand *operand, const char *name,
		       const struct vdev_bitmap *has, unsigned int i)
{
	u64 word = vdev_bitmap_word(has, i);

	if (operand->kind == VDEV_ENDPOINT_KIND_TYPE)
		word &= vdev_ceiling_word(operand->record->ceiling, name, i);
	return word;
}

/* To a device that is made of a type, all that the type supports can be given. */
static u64 offered_word(const struct vdev_operand *operand,
			const struct vdev_feature *feature, unsigned int i)
{
	u64 word = vdev_bitmap_word(&feature->provisioned, i);

	if (operand->kind == VDEV_ENDPOINT_KIND_TYPE)
		word |= vdev_bitmap_word(&feature->supported, i);
	return word;
}

/*
 * Note what the target lacks and what it requires, which under rule equal is
 * all that it was given. Return how many bits it has beyond the source's.
 */
static u32 find_gaps(struct vdev_check *check, struct vdev_finding *finding,
		     const struct vdev_feature *source,
		     const struct vdev_feature *target)
{
	const struct vdev_bitmap *given = given_by(check->target, target);
	const struct vdev_bitmap *has = had_by(source, target, given);
	const struct vdev_bitmap *needed = &target->required;
	unsigned int num = max(has->num_words, given->num_words);
	u32 surplus = 0;
	unsigned int i;

	if (finding->rule == VDEV_RULE_EQUAL)
		needed = given;
	for (i = 0; i < num; i++) {
		u64 word = source_word(check->source, finding->name, has, i);
		u64 beyond = vdev_bitmap_word(given, i) & ~word;

		check->words[0][i] = word & ~offered_word(check->target, target, i);
		check->words[1][i] = vdev_bitmap_word(needed, i) & beyond;
		surplus += hweight64(beyond);
	}
	finding->missing = bitmap_of(check->words[0], num);
	finding->unmet = bitmap_of(check->words[1], num);
	return surplus;
}

static u32 feature_code(const struct vdev_finding *finding, u32 surplus)
{
	bool missing = finding->missing.words;

	if (finding->rule == VDEV_RULE_IGNORE)
		return VDEV_CODE_IGNORED;
	if (!missing && !surplus)
		return VDEV_CODE_SAME;
	if (!missing && !finding->unmet.words)
		return VDEV_CODE_ACCEPTED;
	if (finding->rule == VDEV_RULE_EQUAL)
		return VDEV_CODE_FEATURE_DIFFERS;
	return missing ? VDEV_CODE_FEATURE_MISSING :
			 VDEV_CODE_FEATURE_REQUIRED;
}

/* What the source has above the target's ceiling. */
static u64 word_above(const struct vdev_check *check, const char *name,
		      const struct vdev_bitmap *has, unsigned int i)
{
	return source_word(check->source, name, has, i) &
	       ~vdev_ceiling_word(check->target->record->ceiling, name, i);
}

/* If there is any, note it in the place of what is missing. */
static bool find_above(struct vdev_check *check, struct vdev_finding *finding,
		       const struct vdev_feature *source, const struct vdev_feature *target)
{
	const struct vdev_bitmap *has = had_by(source, target, given_by(check->target, target));
	unsigned int i;
	u64 any = 0;

	for (i = 0; i < has->num_words; i++)
		any |= word_above(check, finding->name, has, i);
	if (!any)
		return false;
	for (i = 0; i < has->num_words; i++)
		check->words[0][i] = word_above(check, finding->name, has, i);
	finding->missing = bitmap_of(check->words[0], has->num_words);
	return true;
}

/* A set that one operand does not have is an empty one. */
static int judge_feature(struct vdev_check *check,
			 const struct vdev_feature *source,
			 const struct vdev_feature *target)
{
	static const struct vdev_feature none;
	const struct vdev_feature *has = source ?: &none;
	const struct vdev_feature *offers = target ?: &none;
	struct vdev_finding finding = { .field = VDEV_FIELD_FEATURE };
	u32 surplus, code;

	finding.name = offers->name ?: has->name;
	if (target)
		finding.rule = target->rule ?: VDEV_RULE_SUBSET;
	surplus = find_gaps(check, &finding, has, offers);
	check->rank.surplus += surplus;
	if (!target && !finding.missing.words)
		return 0;

	code = feature_code(&finding, surplus);
	if (!source)
		code = vdev_check_silent_code(check->source, code);
	if (!target)
		code = vdev_check_silent_code(check->target, code);
	if (vdev_check_result(code) != VDEV_RESULT_FAIL &&
	    find_above(check, &finding, has, offers))
		code = VDEV_CODE_CEILING;
	return vdev_check_report_code(check, &finding, code);
}

int vdev_judge_features(struct vdev_check *check)
{
	const struct vdev_record *source = check->source->record;
	const struct vdev_record *target = check->target->record;
	struct vdev_names source_names, target_names;
	const void *from, *to;
	int err = 0;

	vdev_names_sort(&source_names, source->features, source->num_features,
			sizeof(*source->features));
	vdev_names_sort(&target_names, target->features, target->num_features,
			sizeof(*target->features));
	while (!err && vdev_names_take(&source_names, &target_names, &from, &to))
		err = judge_feature(check, from, to);
	return err;
}
