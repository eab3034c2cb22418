// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The judgement: whether a target can load a source's state, by the rules that
 * the target publishes. Each field is judged, whatever was found before; the
 * verdict is that of the worst finding. Pure functions, no locks, also compiled
 * into libvdev. Documentation/compat.rst has the rules in words.
 */
#include "check_field.h"

static int judge_operand(struct vdev_check *check, const struct vdev_operand *operand,
			 u32 unsupported, u32 undeclared)
{
	struct vdev_finding finding = { .field = VDEV_FIELD_MIGRATION };

	if (operand->migration == VDEV_MIGRATION_SUPPORTED)
		return 0;
	return vdev_check_report_code(check, &finding,
				      vdev_check_is_declared(operand) ? unsupported : undeclared);
}

static int judge_migration(struct vdev_check *check)
{
	struct vdev_finding finding = { .field = VDEV_FIELD_MIGRATION };

	if (check->source->migration == VDEV_MIGRATION_SUPPORTED &&
	    check->target->migration == VDEV_MIGRATION_SUPPORTED)
		return vdev_check_report_code(check, &finding, VDEV_CODE_SAME);
	return judge_operand(check, check->source, VDEV_CODE_SOURCE_UNSUPPORTED,
			     VDEV_CODE_SOURCE_UNDECLARED) ?:
	       judge_operand(check, check->target, VDEV_CODE_TARGET_UNSUPPORTED,
			     VDEV_CODE_TARGET_UNDECLARED);
}

static bool is_vfio(const struct vdev_record *record)
{
	static const char prefix[] = "vfio-";
	const char *api = record->device_api.value;

	return api && !strncmp(api, prefix, sizeof(prefix) - 1);
}

/*
 * What a VFIO device writes while its memory is copied must be copied again. The state can
 * be loaded all the same, and a VMM may copy everything twice: so it is noted. Where
 * other devices are migrated, the VMM sees itself what they write.
 */
static int judge_dirty_tracking(struct vdev_check *check)
{
	const u32 trackers = VDEV_CAPABILITY_DIRTY_TRACKING |
			     VDEV_CAPABILITY_IOMMU_DIRTY_TRACKING;
	struct vdev_finding finding = { .field = VDEV_FIELD_MIGRATION };
	const struct vdev_operand *source = check->source;

	if (!(source->capabilities & VDEV_CAPABILITY_STOP_COPY) ||
	    source->capabilities & trackers || !is_vfio(source->record))
		return 0;
	return vdev_check_report_code(check, &finding, VDEV_CODE_NO_DIRTY_TRACKING);
}

/* A blocker that may go away says nothing about what can be loaded. */
static int judge_blockers(struct vdev_check *check,
			  const struct vdev_operand *operand, u32 code)
{
	struct vdev_finding finding = { .field = VDEV_FIELD_BLOCKER };
	const struct vdev_blocker *blocker;
	struct vdev_names names;
	int err = 0;

	finding.code = code;
	vdev_names_sort(&names, operand->blockers, operand->num_blockers,
			sizeof(*operand->blockers));
	for (; !err && (blocker = vdev_names_next(&names)); names.next++) {
		finding.name = blocker->name;
		finding.reason = blocker->reason;
		finding.result = blocker->flags & VDEV_BLOCKER_FLAG_PERMANENT ?
				 VDEV_RESULT_FAIL : VDEV_RESULT_NOTE;
		err = vdev_check_report(check, &finding);
	}
	return err;
}

/* That there is no room now is no reason: a verdict is no reservation. */
static int judge_capacity(struct vdev_check *check)
{
	struct vdev_finding finding = { .field = VDEV_FIELD_CAPACITY };

	if (check->target->capacity != VDEV_CAPACITY_STATE_IMPOSSIBLE)
		return 0;
	return vdev_check_report_code(check, &finding, VDEV_CODE_RESOURCE_IMPOSSIBLE);
}

static int report_unknown(struct vdev_check *check,
			  const struct vdev_operand *operand, u32 code)
{
	struct vdev_finding finding = { .field = VDEV_FIELD_UNKNOWN };
	unsigned int i;
	int err = 0;

	for (i = 0; !err && i < operand->num_unknown; i++) {
		finding.name = operand->unknown[i];
		err = vdev_check_report_code(check, &finding, code);
	}
	return err;
}

/* What cannot be judged is never called compatible. */
static int judge_unknown(struct vdev_check *check)
{
	return report_unknown(check, check->source, VDEV_CODE_SOURCE_UNKNOWN) ?:
	       report_unknown(check, check->target, VDEV_CODE_TARGET_UNKNOWN);
}

static bool same_software_version(const struct vdev_software_version *a,
				  const struct vdev_software_version *b)
{
	if (!a || !b)
		return a == b;
	return a->value.major == b->value.major &&
	       a->value.minor == b->value.minor;
}

static bool same_version(const struct vdev_operand *source,
			 const struct vdev_record *target)
{
	const char *a = vdev_version_of_source(source);
	const char *b = vdev_version_in_use(target);

	if (!a || !b ? a != b : strcmp(a, b))
		return false;
	return same_software_version(source->record->software_version,
				     target->software_version);
}

/* Preference and surplus are added as their fields are judged. */
static void start_rank(struct vdev_check *check)
{
	const struct vdev_record *target = check->target->record;

	check->rank = (struct vdev_rank){
		.same_version = same_version(check->source, target),
	};
	if (target->software_version)
		check->rank.bugfix = target->software_version->value.bugfix;
}

/**
 * vdev_check_run() - judge whether the target can load the source's state
 * @check: the check; answered in @verdict and @rank, and by calls of @report
 *
 * Return: 0, or what @report returned to end the check.
 */
int vdev_check_run(struct vdev_check *check)
{
	check->verdict = VDEV_VERDICT_IDENTICAL;
	start_rank(check);
	return judge_migration(check) ?:
	       judge_dirty_tracking(check) ?:
	       judge_blockers(check, check->source, VDEV_CODE_SOURCE_BLOCKED) ?:
	       judge_blockers(check, check->target, VDEV_CODE_TARGET_BLOCKED) ?:
	       vdev_judge_device_api(check) ?:
	       vdev_judge_model(check) ?:
	       vdev_judge_type(check) ?:
	       vdev_judge_software_version(check) ?:
	       vdev_judge_version(check) ?:
	       vdev_judge_features(check) ?:
	       vdev_judge_params(check) ?:
	       vdev_judge_aggregation(check) ?:
	       judge_capacity(check) ?:
	       judge_unknown(check);
}

/**
 * vdev_check_veto() - let the target's driver reject what the rules allow
 * @check: a check that was run
 * @reason: of the driver, in a sentence for people; may be NULL
 *
 * A verdict never becomes better by it.
 *
 * Return: 0, or what @report returned to end the check.
 */
int vdev_check_veto(struct vdev_check *check, const char *reason)
{
	struct vdev_finding finding = {
		.field = VDEV_FIELD_VETO,
		.reason = reason,
	};

	return vdev_check_report_code(check, &finding, VDEV_CODE_DRIVER_VETO);
}
