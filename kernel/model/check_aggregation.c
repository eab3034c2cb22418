// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The judgement of aggregation: how many units, in how many instances.
 * Pure functions, no locks, also compiled into libvdev.
 */
#include "check_field.h"

static u64 total_units(const struct vdev_aggregation *aggregation)
{
	return (u64)aggregation->units * aggregation->count;
}

/* The count is what can be chosen for a device of the target's type. */
static u32 chosen_count_code(const struct vdev_aggregation *source,
			     const struct vdev_aggregation *target)
{
	u64 count = source->count;
	bool within_limit;
	u32 rest = 0;

	if (source->units != target->units)
		count = div_u64_rem(total_units(source), target->units, &rest);
	if (rest)
		return VDEV_CODE_AGGREGATION_TOTAL;

	within_limit = !target->limit || count <= target->limit;
	if (source->units == target->units || target->resplit)
		return within_limit ? VDEV_CODE_ACCEPTED :
				      VDEV_CODE_AGGREGATION_LIMIT;
	return within_limit ? VDEV_CODE_AGGREGATION_SPLIT :
			      VDEV_CODE_AGGREGATION_TOTAL;
}

static u32 aggregation_code(const struct vdev_check *check,
			    const struct vdev_aggregation *source,
			    const struct vdev_aggregation *target)
{
	if (strcmp(source->base, target->base))
		return VDEV_CODE_AGGREGATION_BASE;
	if (source->units == target->units && source->count == target->count)
		return VDEV_CODE_SAME;
	if (check->target->kind == VDEV_ENDPOINT_KIND_TYPE)
		return chosen_count_code(source, target);
	if (total_units(source) != total_units(target))
		return VDEV_CODE_AGGREGATION_TOTAL;
	return target->resplit ? VDEV_CODE_ACCEPTED :
				 VDEV_CODE_AGGREGATION_SPLIT;
}

static struct vdev_value
aggregation_value(char *text, const struct vdev_aggregation *aggregation)
{
	if (!aggregation->base)
		return vdev_string_value(NULL);
	scnprintf(text, VDEV_STRING_LEN + 1, "%ux%u", aggregation->count,
		  aggregation->units);
	return vdev_string_value(text);
}

int vdev_judge_aggregation(struct vdev_check *check)
{
	const struct vdev_aggregation *source, *target;
	struct vdev_finding finding = { .field = VDEV_FIELD_AGGREGATION };

	source = &check->source->record->aggregation;
	target = &check->target->record->aggregation;
	if (!source->base && !target->base)
		return 0;
	if (target->base)
		finding.rule = target->rule ?: VDEV_RULE_EQUAL;
	finding.source = aggregation_value(check->text[0], source);
	finding.target = aggregation_value(check->text[1], target);
	return vdev_check_report_code(check, &finding,
				      vdev_check_early_code(check, finding.rule, source->base,
							    target->base) ?:
				      aggregation_code(check, source, target));
}
