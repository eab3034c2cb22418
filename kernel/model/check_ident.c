// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The judgement of what a device is called: its API, its model and its type.
 * Pure functions, no locks, also compiled into libvdev.
 */
#include "check_field.h"

static u32 ident_rule(const struct vdev_ident *target, u32 usual)
{
	return target->value ? target->rule ?: usual : 0;
}

/* From 1, the best; 0 if @value is not accepted. */
static unsigned int accepted_place(const struct vdev_ident *target,
				   const char *value)
{
	unsigned int i;

	for (i = 0; i < target->num_accept; i++) {
		if (!strcmp(target->accept[i], value))
			return i + 1;
	}
	return 0;
}

static u32 ident_code(const struct vdev_check *check,
		      const struct vdev_ident *source,
		      const struct vdev_ident *target, u32 rule, u32 otherwise)
{
	u32 code = vdev_check_early_code(check, rule, source->value, target->value);

	if (code)
		return code;
	if (!strcmp(source->value, target->value))
		return VDEV_CODE_SAME;
	if (rule == VDEV_RULE_ONE_OF && accepted_place(target, source->value))
		return VDEV_CODE_ACCEPTED;
	return otherwise;
}

static int check_report_ident(struct vdev_check *check, u32 field,
			      const struct vdev_ident *source,
			      const struct vdev_ident *target, u32 rule, u32 code)
{
	struct vdev_finding finding = { .field = field, .rule = rule };

	if (!source->value && !target->value)
		return 0;
	finding.source = vdev_string_value(source->value);
	finding.target = vdev_string_value(target->value);
	return vdev_check_report_code(check, &finding, code);
}

int vdev_judge_device_api(struct vdev_check *check)
{
	const struct vdev_ident *source = &check->source->record->device_api;
	const struct vdev_ident *target = &check->target->record->device_api;
	u32 rule = ident_rule(target, VDEV_RULE_EQUAL);

	return check_report_ident(check, VDEV_FIELD_DEVICE_API, source, target, rule,
				  ident_code(check, source, target, rule,
					     VDEV_CODE_DEVICE_API));
}

u32 vdev_check_model_code(const struct vdev_check *check)
{
	const struct vdev_ident *target = &check->target->record->model;

	return ident_code(check, &check->source->record->model, target,
			  ident_rule(target, VDEV_RULE_ONE_OF),
			  VDEV_CODE_MODEL);
}

int vdev_judge_model(struct vdev_check *check)
{
	const struct vdev_ident *source = &check->source->record->model;
	const struct vdev_ident *target = &check->target->record->model;
	u32 code = vdev_check_model_code(check);

	if (code == VDEV_CODE_ACCEPTED)
		check->rank.preference = accepted_place(target, source->value);
	return check_report_ident(check, VDEV_FIELD_MODEL, source, target,
				  ident_rule(target, VDEV_RULE_ONE_OF), code);
}

/* A type is a label of the driver: where the target has none, it asks none. */
int vdev_judge_type(struct vdev_check *check)
{
	const struct vdev_ident *source = &check->source->record->type;
	const struct vdev_ident *target = &check->target->record->type;
	u32 rule = ident_rule(target, target->num_accept ? VDEV_RULE_ONE_OF :
							   VDEV_RULE_EQUAL);
	u32 code = VDEV_CODE_NOT_REPORTED;

	if (target->value)
		code = ident_code(check, source, target, rule, VDEV_CODE_TYPE);
	return check_report_ident(check, VDEV_FIELD_TYPE, source, target, rule, code);
}
