// SPDX-License-Identifier: GPL-2.0
/*
 * Usage: property [PAIRS [SEED]]
 *
 * What holds of the judgement of any two sides, tried with PAIRS random ones.
 * The same SEED makes the same pairs. TAP; the exit status is 0 only if every
 * property held each time and was tried at all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../kernel/model/bounds.h"
#include "made.h"
#include "made_ceiling.h"
#include "same.h"

/* A property is tried with this; what it needs to judge, it may change. */
struct trial {
	struct random random;
	struct made source;
	struct made target;
	struct made changed;
	struct made_ceiling ceiling;
	struct judged judged;
	struct judged again;
};

/* What became of one trial. */
enum outcome { HELD, FAILED, NOT_TRIED };

struct property {
	const char *sentence;
	enum outcome (*test)(struct trial *trial);
	unsigned long held;
	unsigned long failed;
};

static unsigned long verdicts[VDEV_VERDICT_NOT_MIGRATABLE + 1];
static unsigned long codes[VDEV_CODE_CEILING + 1];

static enum outcome holds(bool condition)
{
	return condition ? HELD : FAILED;
}

static uint32_t verdict_of(const struct judged *judged)
{
	return judged->check.verdict;
}

static void judge(struct judged *judged, const struct made *source, const struct made *target)
{
	judged_run(judged, &source->operand, &target->operand);
}

static bool within_bounds(const struct made *made)
{
	struct vdev_reason reason = { 0 };

	if (!vdev_record_check(&reason, &made->record))
		return true;
	printf("# rejected: %s\n", reason.why);
	return false;
}

static enum outcome made_within_bounds(struct trial *trial)
{
	return holds(within_bounds(&trial->source) && within_bounds(&trial->target));
}

static enum outcome identical_with_itself(struct trial *trial)
{
	struct made *made = &trial->target;
	unsigned int i;
	uint32_t code;

	made->operand.migration = VDEV_MIGRATION_SUPPORTED;
	made->operand.num_blockers = 0;
	made->operand.capacity = 0;
	made->operand.num_unknown = 0;
	judge(&trial->again, made, made);
	for (i = 0; i < trial->again.num; i++) {
		code = trial->again.findings[i].code;
		if (code != VDEV_CODE_SAME && code != VDEV_CODE_IGNORED &&
		    code != VDEV_CODE_NOT_IN_EFFECT)
			return FAILED;
	}
	return holds(verdict_of(&trial->again) == VDEV_VERDICT_IDENTICAL);
}

/* Whatever is wrong with it: it has nothing against its own like. */
static enum outcome never_incompatible_with_itself(struct trial *trial)
{
	trial->target.operand.capacity = 0;
	judge(&trial->again, &trial->target, &trial->target);
	return holds(verdict_of(&trial->again) != VDEV_VERDICT_INCOMPATIBLE);
}

/* Thing after thing; none may make the verdict worse than all before it. */
static enum outcome more_is_never_worse(struct trial *trial)
{
	enum outcome outcome = NOT_TRIED;
	uint32_t worst = verdict_of(&trial->judged);
	unsigned int i;

	if (worst == VDEV_VERDICT_IDENTICAL)
		worst = VDEV_VERDICT_COMPATIBLE;
	for (i = 0; i < 6 && outcome != FAILED; i++) {
		made_copy(&trial->changed, &trial->target);
		if (!made_widen(&trial->changed, &trial->random) || !within_bounds(&trial->changed))
			continue;
		made_copy(&trial->target, &trial->changed);
		judge(&trial->again, &trial->source, &trial->target);
		outcome = holds(verdict_of(&trial->again) <= worst);
	}
	return outcome;
}

static enum outcome order_does_not_matter(struct trial *trial)
{
	made_shuffle(&trial->source, &trial->random);
	made_shuffle(&trial->target, &trial->random);
	judge(&trial->again, &trial->source, &trial->target);
	return holds(same_judgement(&trial->judged, &trial->again));
}

/* Only that of accepted models does, and only to the rank. */
static enum outcome order_of_models_is_preference(struct trial *trial)
{
	const char **accept = trial->target.accept[1], *first = accept[0];
	unsigned int num = trial->target.record.model.num_accept;

	if (num < 2)
		return NOT_TRIED;
	accept[0] = accept[num - 1];
	accept[num - 1] = first;
	judge(&trial->again, &trial->source, &trial->target);
	trial->again.check.rank.preference = trial->judged.check.rank.preference;
	return holds(same_judgement(&trial->judged, &trial->again));
}

static bool is_off(const struct vdev_param *param)
{
	return !param->value.type || (param->off.type && same_value(&param->value, &param->off));
}

static const struct vdev_param *param_named(const struct made *made, const char *name)
{
	unsigned int i;

	for (i = 0; i < made->record.num_params; i++) {
		if (!strcmp(made->params[i].name, name))
			return &made->params[i];
	}
	return NULL;
}

/*
 * A target that has the parameter in effect and no word for off compares the
 * source's own, so to report it does matter there.
 */
static bool off_has_a_meaning(const struct made *target, const char *name)
{
	const struct vdev_param *param = param_named(target, name);

	return !param || param->off.type || is_off(param);
}

/* To report that a parameter is off is as good as not to report it. */
static enum outcome off_params_do_not_matter(struct trial *trial)
{
	struct made *source = &trial->source;
	unsigned int num = source->record.num_params;
	struct vdev_param *param;

	if (!num || source->operand.migration != VDEV_MIGRATION_SUPPORTED)
		return NOT_TRIED;
	param = &source->params[random_below(&trial->random, num)];
	if (!is_off(param) || !off_has_a_meaning(&trial->target, param->name))
		return NOT_TRIED;
	*param = source->params[num - 1];
	source->record.num_params--;
	judge(&trial->again, source, &trial->target);
	return holds(verdict_of(&trial->judged) == verdict_of(&trial->again));
}

static enum outcome the_verdict_is_the_worst_finding(struct trial *trial)
{
	uint32_t worst = VDEV_VERDICT_IDENTICAL;
	unsigned int i;

	for (i = 0; i < trial->judged.num; i++) {
		uint32_t verdict = judged_severity(&trial->judged.findings[i]);

		worst = verdict > worst ? verdict : worst;
	}
	return holds(verdict_of(&trial->judged) == worst);
}

static enum outcome findings_are_in_order(struct trial *trial)
{
	unsigned int i;

	for (i = 1; i < trial->judged.num; i++) {
		if (judged_order(&trial->judged.findings[i - 1], &trial->judged.findings[i]) >= 0)
			return FAILED;
	}
	return HELD;
}

static enum outcome the_code_says_the_result(struct trial *trial)
{
	const struct vdev_finding *finding;
	unsigned int i;

	for (i = 0; i < trial->judged.num; i++) {
		finding = &trial->judged.findings[i];
		if (finding->field != VDEV_FIELD_BLOCKER &&
		    finding->result != judged_result(finding->code))
			return FAILED;
	}
	return HELD;
}

/* Whichever side has one more, and whatever else is found. */
static enum outcome an_unknown_part_is_never_compatible(struct trial *trial)
{
	struct made *made = random_one_in(&trial->random, 2) ? &trial->source : &trial->target;
	unsigned int i, num;
	uint32_t worst;

	for (i = 0; i < MADE_UNKNOWN; i++)
		made->unknown[i] = "newer";
	made->operand.num_unknown = (unsigned int)random_below(&trial->random, MADE_UNKNOWN);
	judge(&trial->again, &trial->source, &trial->target);
	num = trial->again.num;
	worst = verdict_of(&trial->again);
	if (worst < VDEV_VERDICT_UNDECLARED)
		worst = VDEV_VERDICT_UNDECLARED;
	made->operand.num_unknown++;
	judge(&trial->again, &trial->source, &trial->target);
	return holds(trial->again.num == num + 1 && verdict_of(&trial->again) == worst);
}

static enum outcome a_veto_makes_nothing_better(struct trial *trial)
{
	uint32_t before = verdict_of(&trial->judged);

	judge(&trial->again, &trial->source, &trial->target);
	judged_veto(&trial->again, "no");
	return holds(verdict_of(&trial->again) >= before &&
		     verdict_of(&trial->again) >= VDEV_VERDICT_INCOMPATIBLE);
}

/* The verdict is no better, and each finding is as it was or is about the ceiling. */
static enum outcome a_ceiling_is_never_better(struct trial *trial)
{
	const struct vdev_finding *before = trial->judged.findings;
	const struct vdev_finding *after = trial->again.findings;
	unsigned int i;

	made_ceiling(&trial->ceiling, &trial->target, &trial->random);
	if (!within_bounds(&trial->target))
		return FAILED;
	judge(&trial->again, &trial->source, &trial->target);
	if (verdict_of(&trial->again) < verdict_of(&trial->judged) ||
	    trial->again.num != trial->judged.num)
		return FAILED;
	for (i = 0; i < trial->again.num; i++) {
		if (!same_finding(&before[i], &after[i]) && after[i].code != VDEV_CODE_CEILING)
			return FAILED;
	}
	return HELD;
}

/* What a device is, no ceiling changes. */
static enum outcome a_ceiling_of_a_source_is_its_host_s(struct trial *trial)
{
	if (trial->source.operand.kind != VDEV_ENDPOINT_KIND_DEVICE)
		return NOT_TRIED;
	made_ceiling(&trial->ceiling, &trial->source, &trial->random);
	judge(&trial->again, &trial->source, &trial->target);
	return holds(same_judgement(&trial->judged, &trial->again));
}

static enum outcome the_target_s_rules_decide(struct trial *trial)
{
	made_change_rules(&trial->source, &trial->random);
	judge(&trial->again, &trial->source, &trial->target);
	return holds(same_judgement(&trial->judged, &trial->again));
}

static enum outcome zeros_at_the_end_do_not_matter(struct trial *trial)
{
	made_add_zeros(&trial->source);
	judge(&trial->again, &trial->source, &trial->target);
	if (!same_judgement(&trial->judged, &trial->again))
		return FAILED;
	made_add_zeros(&trial->target);
	judge(&trial->again, &trial->source, &trial->target);
	return holds(same_judgement(&trial->judged, &trial->again));
}

static struct property properties[] = {
	{ "what is made is within the bounds of a record", made_within_bounds, 0, 0 },
	{ "a side is identical with itself", identical_with_itself, 0, 0 },
	{ "a side is never incompatible with itself", never_incompatible_with_itself, 0, 0 },
	{ "a target that accepts more is never worse", more_is_never_worse, 0, 0 },
	{ "the order of lists does not matter", order_does_not_matter, 0, 0 },
	{ "the order of models is but preference", order_of_models_is_preference, 0, 0 },
	{ "parameters that are off do not matter", off_params_do_not_matter, 0, 0 },
	{ "the verdict is that of the worst finding", the_verdict_is_the_worst_finding, 0, 0 },
	{ "findings are in order and each is there once", findings_are_in_order, 0, 0 },
	{ "the code says the result", the_code_says_the_result, 0, 0 },
	{ "with an unknown part the verdict is undeclared or worse",
	  an_unknown_part_is_never_compatible, 0, 0 },
	{ "a veto makes nothing better", a_veto_makes_nothing_better, 0, 0 },
	{ "a ceiling is never better than none", a_ceiling_is_never_better, 0, 0 },
	{ "a ceiling changes nothing of a device as a source",
	  a_ceiling_of_a_source_is_its_host_s, 0, 0 },
	{ "the rules of the target decide alone", the_target_s_rules_decide, 0, 0 },
	{ "zeros at the end of a bitmap do not matter", zeros_at_the_end_do_not_matter, 0, 0 },
};

#define NUM_PROPERTIES (sizeof(properties) / sizeof(properties[0]))

static void print_judgement(const char *which, const struct judged *judged)
{
	unsigned int i;

	printf("# %s: verdict %u\n", which, verdict_of(judged));
	for (i = 0; i < judged->num; i++)
		printf("#   field %u name %s rule %u result %u code %u\n",
		       judged->findings[i].field,
		       judged->findings[i].name ? judged->findings[i].name : "-",
		       judged->findings[i].rule, judged->findings[i].result,
		       judged->findings[i].code);
}

/* The first failure of each property is shown. */
static void try_property(struct property *property, struct trial *trial, unsigned long number)
{
	switch (property->test(trial)) {
	case HELD:
		property->held++;
		break;
	case FAILED:
		if (property->failed++)
			break;
		printf("# pair %lu: not so: %s\n", number, property->sentence);
		print_judgement("the pair", &trial->judged);
		print_judgement("after that", &trial->again);
		break;
	case NOT_TRIED:
		break;
	}
}

static void count_findings(const struct judged *judged)
{
	unsigned int i;

	verdicts[verdict_of(judged)]++;
	for (i = 0; i < judged->num; i++)
		codes[judged->findings[i].code]++;
}

/* Each property has the pair to itself. */
static void try_pair(uint64_t seed, unsigned long number)
{
	static struct trial trial;
	static struct made source, target;
	size_t i;

	random_start(&trial.random, seed, number);
	made_pair(&trial.source, &trial.target, &trial.random);
	made_copy(&source, &trial.source);
	made_copy(&target, &trial.target);
	judge(&trial.judged, &trial.source, &trial.target);
	count_findings(&trial.judged);
	for (i = 0; i < NUM_PROPERTIES; i++) {
		if (i) {
			made_copy(&trial.source, &source);
			made_copy(&trial.target, &target);
		}
		try_property(&properties[i], &trial, number);
	}
}

static bool every_verdict_was_given(void)
{
	bool all = true;
	uint32_t i;

	for (i = VDEV_VERDICT_IDENTICAL; i <= VDEV_VERDICT_NOT_MIGRATABLE; i++) {
		printf("# verdict %u: %lu pairs\n", i, verdicts[i]);
		all &= verdicts[i] > 0;
	}
	return all;
}

static bool every_code_was_given(void)
{
	bool all = true;
	uint32_t i;

	for (i = VDEV_CODE_SAME; i < VDEV_CODE_DRIVER_VETO; i++) {
		if (codes[i])
			continue;
		printf("# code %u was never given\n", i);
		all = false;
	}
	return all;
}

static bool result(size_t number, bool ok, const char *sentence)
{
	printf("%sok %zu - %s\n", ok ? "" : "not ", number, sentence);
	return ok;
}

int main(int argc, char **argv)
{
	unsigned long pairs = argc > 1 ? strtoul(argv[1], NULL, 0) : 100000;
	uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 0) : 1;
	unsigned long i;
	bool ok = true;
	size_t p;

	printf("TAP version 13\n1..%zu\n# %lu pairs of seed %llu\n", NUM_PROPERTIES + 2, pairs,
	       (unsigned long long)seed);
	for (i = 0; i < pairs; i++)
		try_pair(seed, i);
	for (p = 0; p < NUM_PROPERTIES; p++) {
		printf("# tried %lu times\n", properties[p].held + properties[p].failed);
		ok &= result(p + 1, properties[p].held && !properties[p].failed,
			     properties[p].sentence);
	}
	ok &= result(p + 1, every_verdict_was_given(), "every verdict was given");
	ok &= result(p + 2, every_code_was_given(), "every code but that of a veto was given");
	return ok ? 0 : 1;
}
