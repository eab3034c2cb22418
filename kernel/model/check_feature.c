// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The judgement of features: what the target lacks, and what it requires.
 * Pure functions, no locks, also compiled into libvdev.
 */
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

/*
 * Note what the target lacks and what it requires, which under rule equal is
 * all that it has. Return how many bits it has beyond the source's.
 */
static u32 find_gaps(struct vdev_check *check, struct vdev_finding *finding,
		     const struct vdev_feature *source,
		     const struct vdev_feature *target)
{
	const struct vdev_bitmap *has = vdev_feature_offered(source);
	const struct vdev_bitmap *offered = vdev_feature_offered(target);
	const struct vdev_bitmap *needed = &target->required;
	unsigned int num = max(has->num_words, offered->num_words);
	u32 surplus = 0;
	unsigned int i;

	if (finding->rule == VDEV_RULE_EQUAL)
		needed = offered;
	for (i = 0; i < num; i++) {
		u64 word = vdev_bitmap_word(has, i);

		check->words[0][i] = word & ~vdev_bitmap_word(offered, i);
		check->words[1][i] = vdev_bitmap_word(needed, i) & ~word;
		surplus += hweight64(vdev_bitmap_word(offered, i) & ~word);
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
