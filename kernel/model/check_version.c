// SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1
/*
 * The judgement of versions: that of the state, and the device version.
 * Pure functions, no locks, also compiled into libvdev.
 */
#include "ceiling.h"
#include "check_field.h"
#include "parts.h"
#include "semver.h"

static bool in_ranges(const struct vdev_software_version *target,
		      const struct vdev_semver *version)
{
	const struct vdev_semver_range *range = target->accept;
	unsigned int i;

	for (i = 0; i < target->num_accept; i++, range++) {
		if (vdev_semver_compare(version, &range->from) >= 0 &&
		    (range->open ||
		     vdev_semver_compare(version, &range->to) <= 0))
			return true;
	}
	return false;
}

static u32 semver_code(const struct vdev_semver *source,
		       const struct vdev_software_version *target, u32 rule)
{
	if (!vdev_semver_compare(source, &target->value))
		return VDEV_CODE_SAME;
	if (rule == VDEV_RULE_EQUAL)
		return VDEV_CODE_VERSION_DIFFERS;
	if (in_ranges(target, source))
		return VDEV_CODE_ACCEPTED;
	if (rule == VDEV_RULE_RANGE)
		return VDEV_CODE_VERSION_RANGE;
	if (source->major != target->value.major)
		return VDEV_CODE_VERSION_MAJOR;
	return source->minor <= target->value.minor ? VDEV_CODE_ACCEPTED :
						      VDEV_CODE_VERSION_MINOR;
}

static struct vdev_value
semver_value(char *text, const struct vdev_software_version *version)
{
	if (!version)
		return vdev_string_value(NULL);
	scnprintf(text, VDEV_STRING_LEN + 1, "%u.%u.%u", version->value.major,
		  version->value.minor, version->value.bugfix);
	return vdev_string_value(text);
}

int vdev_judge_software_version(struct vdev_check *check)
{
	const struct vdev_software_version *source, *target;
	struct vdev_finding finding = { .field = VDEV_FIELD_SOFTWARE_VERSION };

	source = check->source->record->software_version;
	target = check->target->record->software_version;
	if (!source && !target)
		return 0;
	if (target)
		finding.rule = target->rule ?: VDEV_RULE_SEMVER;
	finding.source = semver_value(check->text[0], source);
	finding.target = semver_value(check->text[1], target);
	return vdev_check_report_code(check, &finding,
				      vdev_check_early_code(check, finding.rule, source, target) ?:
				      semver_code(&source->value, target, finding.rule));
}

/* The device version that a record is in: the current one, or the default. */
const char *vdev_version_in_use(const struct vdev_record *record)
{
	const char *name = NULL;
	unsigned int i;

	for (i = 0; i < record->num_versions; i++) {
		if (record->versions[i].flags & VDEV_VERSION_FLAG_CURRENT)
			return record->versions[i].name;
		if (record->versions[i].flags & VDEV_VERSION_FLAG_DEFAULT)
			name = record->versions[i].name;
	}
	return name;
}

/*
 * The device version that a source is in. A device that is made of a type gets none
 * above the ceiling; if there is none below, the type stays what it is, which no target
 * can mistake for less.
 */
const char *vdev_version_of_source(const struct vdev_operand *source)
{
	const char *given = NULL;

	if (source->kind == VDEV_ENDPOINT_KIND_TYPE && source->record->ceiling)
		given = vdev_ceiling_default_version(source->record);
	return given ?: vdev_version_in_use(source->record);
}

static bool accepts_version(const struct vdev_record *target, const char *name)
{
	unsigned int num = target->num_versions;
	unsigned int place = vdev_name_place(name, target->versions, num,
					     sizeof(*target->versions));

	return place < num && target->versions[place].flags & VDEV_VERSION_FLAG_ACCEPT;
}

static u32 version_code(const char *name, const struct vdev_record *target,
			u32 rule)
{
	const char *own = vdev_version_in_use(target);

	if (own && !strcmp(name, own))
		return VDEV_CODE_SAME;
	if (rule == VDEV_RULE_EQUAL)
		return VDEV_CODE_VERSION_DIFFERS;
	return accepts_version(target, name) ? VDEV_CODE_ACCEPTED :
					       VDEV_CODE_VERSION_NOT_ACCEPTED;
}

int vdev_judge_version(struct vdev_check *check)
{
	const struct vdev_record *target = check->target->record;
	struct vdev_finding finding = { .field = VDEV_FIELD_VERSION };
	const char *name = vdev_version_of_source(check->source);
	bool below = !name || vdev_ceiling_has_version(target, name);
	u32 code;

	finding.source = vdev_string_value(name);
	finding.target = vdev_string_value(vdev_version_in_use(target));
	if (!finding.source.type && !finding.target.type)
		return 0;
	if (target->num_versions)
		finding.rule = target->versions_rule ?: VDEV_RULE_ONE_OF;
	code = vdev_check_early_code(check, finding.rule, name, target->num_versions) ?:
	       version_code(name, target, finding.rule);
	return vdev_check_report_code(check, &finding,
				      vdev_check_ceiling_code(code, below));
}
