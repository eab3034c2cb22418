// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * Reporting what a check finds: what a code means for the field, and what the
 * worst finding so far for the verdict. Pure functions, no locks, also compiled
 * into libvdev.
 */
#include "check_field.h"

/* What is wrong, or not, where @code was found. */
u32 vdev_check_result(u32 code)
{
	switch (code) {
	case VDEV_CODE_SAME:
	case VDEV_CODE_ACCEPTED:
		return VDEV_RESULT_OK;
	case VDEV_CODE_IGNORED:
	case VDEV_CODE_NOT_IN_EFFECT:
	case VDEV_CODE_OTHER_MODEL:
		return VDEV_RESULT_SKIPPED;
	case VDEV_CODE_NOT_REPORTED:
	case VDEV_CODE_SOURCE_UNDECLARED:
	case VDEV_CODE_TARGET_UNDECLARED:
	case VDEV_CODE_SOURCE_UNKNOWN:
	case VDEV_CODE_TARGET_UNKNOWN:
	case VDEV_CODE_NO_DIRTY_TRACKING:
		return VDEV_RESULT_NOTE;
	default:
		return VDEV_RESULT_FAIL;
	}
}

/* The verdict if nothing else were found. */
static u32 verdict_of(const struct vdev_finding *finding)
{
	if (finding->result == VDEV_RESULT_FAIL)
		return finding->field <= VDEV_FIELD_BLOCKER ?
		       VDEV_VERDICT_NOT_MIGRATABLE : VDEV_VERDICT_INCOMPATIBLE;

	switch (finding->code) {
	case VDEV_CODE_SOURCE_UNDECLARED:
	case VDEV_CODE_TARGET_UNDECLARED:
	case VDEV_CODE_SOURCE_UNKNOWN:
	case VDEV_CODE_TARGET_UNKNOWN:
		return VDEV_VERDICT_UNDECLARED;
	case VDEV_CODE_ACCEPTED:
	case VDEV_CODE_NOT_REPORTED:
		return VDEV_VERDICT_COMPATIBLE;
	default:
		return VDEV_VERDICT_IDENTICAL;
	}
}

int vdev_check_report(struct vdev_check *check, const struct vdev_finding *finding)
{
	check->verdict = max(check->verdict, verdict_of(finding));
	return check->report(check, finding);
}

int vdev_check_report_code(struct vdev_check *check, struct vdev_finding *finding,
			   u32 code)
{
	finding->code = code;
	finding->result = vdev_check_result(code);
	return vdev_check_report(check, finding);
}

/* What becomes of @code if @operand does not report the value. */
u32 vdev_check_silent_code(const struct vdev_operand *operand, u32 code)
{
	if (vdev_check_is_declared(operand) || vdev_check_result(code) != VDEV_RESULT_FAIL)
		return code;
	return VDEV_CODE_NOT_REPORTED;
}

/* What becomes of @code if the source's value is not @below the target's ceiling. */
u32 vdev_check_ceiling_code(u32 code, bool below)
{
	if (below || vdev_check_result(code) == VDEV_RESULT_FAIL)
		return code;
	return VDEV_CODE_CEILING;
}

/* What is found before the values of a field are compared, or 0. */
u32 vdev_check_early_code(const struct vdev_check *check, u32 rule,
			  bool source_reports, bool target_reports)
{
	if (rule == VDEV_RULE_IGNORE)
		return VDEV_CODE_IGNORED;
	if (!source_reports && !target_reports)
		return VDEV_CODE_SAME;
	if (!source_reports)
		return vdev_check_silent_code(check->source, VDEV_CODE_MISSING);
	if (!target_reports)
		return vdev_check_silent_code(check->target, VDEV_CODE_MISSING);
	return 0;
}
