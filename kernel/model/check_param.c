// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The judgement of parameters: values, what is allowed, and what is in effect.
 * Pure functions, no locks, also compiled into libvdev.
 */
#include "check_field.h"

bool vdev_value_same(const struct vdev_value *a, const struct vdev_value *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case VDEV_VALUE_TYPE_U64:
		return a->u64 == b->u64;
	case VDEV_VALUE_TYPE_STRING:
		return !strcmp(a->string, b->string);
	case VDEV_VALUE_TYPE_BOOL:
		return a->boolean == b->boolean;
	default:
		return false;
	}
}

static bool in_effect(const struct vdev_param *param)
{
	return param->value.type && !vdev_value_same(&param->value, &param->off);
}

/* Is it one of the values, or in one of the ranges, that the parameter allows? */
bool vdev_value_allowed(const struct vdev_param *param,
			const struct vdev_value *value)
{
	const struct vdev_allowed *allowed = param->allowed;
	unsigned int i;

	for (i = 0; i < param->num_allowed; i++, allowed++) {
		if (value->type == VDEV_VALUE_TYPE_U64 &&
		    value->u64 >= allowed->low && value->u64 <= allowed->high)
			return true;
		if (value->type == VDEV_VALUE_TYPE_STRING &&
		    !strcmp(value->string, allowed->string))
			return true;
	}
	return false;
}

/* What a type is said to have can be chosen for each device made of it. */
static bool is_choosable(const struct vdev_check *check,
			 const struct vdev_param *target)
{
	return check->target->kind == VDEV_ENDPOINT_KIND_TYPE &&
	       target->flags & VDEV_PARAM_FLAG_CONFIGURABLE;
}

static bool is_judged_by_list(const struct vdev_check *check,
			      const struct vdev_param *target, u32 rule)
{
	return rule == VDEV_RULE_ONE_OF || rule == VDEV_RULE_RANGE ||
	       is_choosable(check, target) ||
	       (!target->value.type && target->num_allowed);
}

/* @value is of the target's type. */
static u32 value_code(const struct vdev_check *check,
		      const struct vdev_value *value,
		      const struct vdev_param *target, u32 rule)
{
	if (vdev_value_same(value, &target->value))
		return VDEV_CODE_SAME;
	if (is_choosable(check, target) && !target->num_allowed)
		return VDEV_CODE_ACCEPTED;
	if (is_judged_by_list(check, target, rule))
		return vdev_value_allowed(target, value) ? VDEV_CODE_ACCEPTED :
						   VDEV_CODE_VALUE_NOT_ALLOWED;
	if (!target->value.type)
		return vdev_check_silent_code(check->target, VDEV_CODE_MISSING);
	if (rule == VDEV_RULE_AT_LEAST)
		return value->u64 < target->value.u64 ? VDEV_CODE_ACCEPTED :
							VDEV_CODE_TOO_SMALL;
	if (rule == VDEV_RULE_AT_MOST)
		return value->u64 > target->value.u64 ? VDEV_CODE_ACCEPTED :
							VDEV_CODE_TOO_LARGE;
	return VDEV_CODE_VALUE_DIFFERS;
}

/*
 * The source has the parameter not in effect, or does not report it at all,
 * which is the same to a target that has a value for "not in effect" itself.
 */
static u32 off_code(const struct vdev_check *check,
		    const struct vdev_param *source,
		    const struct vdev_param *target, u32 rule)
{
	bool reported = source->value.type == target->type;
	u32 code = VDEV_CODE_MISSING;

	if (!in_effect(target))
		return vdev_value_same(&source->value, &target->value) ?
		       VDEV_CODE_SAME : VDEV_CODE_NOT_IN_EFFECT;
	if (target->off.type)
		code = value_code(check, &target->off, target, rule);
	else if (reported)
		code = value_code(check, &source->value, target, rule);
	else if (is_choosable(check, target))
		code = VDEV_CODE_NOT_IN_EFFECT;
	return reported ? code : vdev_check_silent_code(check->source, code);
}

static u32 param_code(const struct vdev_check *check,
		      const struct vdev_param *source,
		      const struct vdev_param *target, u32 rule)
{
	if (!target->type && in_effect(source))
		return vdev_check_silent_code(check->target, VDEV_CODE_PARAM_UNKNOWN);
	if (!target->type)
		return VDEV_CODE_NOT_IN_EFFECT;
	if (rule == VDEV_RULE_IGNORE)
		return VDEV_CODE_IGNORED;
	if (!in_effect(source))
		return off_code(check, source, target, rule);
	if (source->type != target->type)
		return VDEV_CODE_VALUE_TYPE_DIFFERS;
	return value_code(check, &source->value, target, rule);
}

/* One that an operand does not have is of no type and has no value. */
static int judge_param(struct vdev_check *check,
		       const struct vdev_param *source,
		       const struct vdev_param *target)
{
	static const struct vdev_param none;
	struct vdev_finding finding = { .field = VDEV_FIELD_PARAM };

	source = source ?: &none;
	target = target ?: &none;
	finding.name = target->name ?: source->name;
	if (target->type)
		finding.rule = target->rule ?: VDEV_RULE_EQUAL;
	finding.source = source->value;
	finding.target = target->value;
	return vdev_check_report_code(check, &finding,
				      param_code(check, source, target, finding.rule));
}

int vdev_judge_params(struct vdev_check *check)
{
	const struct vdev_record *source = check->source->record;
	const struct vdev_record *target = check->target->record;
	struct vdev_finding finding = { .field = VDEV_FIELD_PARAM };
	struct vdev_names source_names, target_names;
	const void *from, *to;
	int err = 0;

	if (!source->num_params && !target->num_params)
		return 0;
	if (vdev_check_result(vdev_check_model_code(check)) == VDEV_RESULT_FAIL)
		return vdev_check_report_code(check, &finding, VDEV_CODE_OTHER_MODEL);

	vdev_names_sort(&source_names, source->params, source->num_params,
			sizeof(*source->params));
	vdev_names_sort(&target_names, target->params, target->num_params,
			sizeof(*target->params));
	while (!err && vdev_names_take(&source_names, &target_names, &from, &to))
		err = judge_param(check, from, to);
	return err;
}
