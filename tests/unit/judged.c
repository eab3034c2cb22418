// SPDX-License-Identifier: GPL-2.0
/*
 * Runs the evaluator and keeps what it reports, which is only lent. What is said
 * here of codes and order is said once more on purpose: it is the specification
 * as the tests read it.
 */
#include <stdlib.h>
#include <string.h>

#include "judged.h"

static void keep_text(struct judged *judged, struct vdev_value *value)
{
	if (value->type != VDEV_VALUE_TYPE_STRING ||
	    (value->string != judged->check.text[0] && value->string != judged->check.text[1]))
		return;
	value->string = strcpy(judged->texts[judged->num_texts++], value->string);
}

static void keep_bitmap(struct judged *judged, struct vdev_bitmap *bitmap)
{
	if (!bitmap->words)
		return;
	bitmap->words = memcpy(judged->words[judged->num_bitmaps++], bitmap->words,
			       bitmap->num_words * sizeof(uint64_t));
}

static int keep(const struct vdev_check *check, const struct vdev_finding *finding)
{
	struct judged *judged = check->arg;
	struct vdev_finding *kept = &judged->findings[judged->num++];

	*kept = *finding;
	keep_text(judged, &kept->source);
	keep_text(judged, &kept->target);
	keep_bitmap(judged, &kept->missing);
	keep_bitmap(judged, &kept->unmet);
	return 0;
}

void judged_run(struct judged *judged, const struct vdev_operand *source,
		const struct vdev_operand *target)
{
	judged->check.source = source;
	judged->check.target = target;
	judged->check.report = keep;
	judged->check.arg = judged;
	judged->num = 0;
	judged->num_texts = 0;
	judged->num_bitmaps = 0;
	if (vdev_check_run(&judged->check))
		abort();
}

void judged_veto(struct judged *judged, const char *reason)
{
	if (vdev_check_veto(&judged->check, reason))
		abort();
}

const struct vdev_finding *judged_find(const struct judged *judged, uint32_t field,
				       const char *name)
{
	unsigned int i;

	for (i = 0; i < judged->num; i++) {
		const struct vdev_finding *finding = &judged->findings[i];

		if (finding->field != field || !finding->name != !name)
			continue;
		if (!name || !strcmp(finding->name, name))
			return finding;
	}
	return NULL;
}

uint32_t judged_result(uint32_t code)
{
	static const uint32_t results[] = {
		[VDEV_CODE_SAME] = VDEV_RESULT_OK,
		[VDEV_CODE_ACCEPTED] = VDEV_RESULT_OK,
		[VDEV_CODE_IGNORED] = VDEV_RESULT_SKIPPED,
		[VDEV_CODE_NOT_IN_EFFECT] = VDEV_RESULT_SKIPPED,
		[VDEV_CODE_OTHER_MODEL] = VDEV_RESULT_SKIPPED,
		[VDEV_CODE_NOT_REPORTED] = VDEV_RESULT_NOTE,
		[VDEV_CODE_SOURCE_UNDECLARED] = VDEV_RESULT_NOTE,
		[VDEV_CODE_TARGET_UNDECLARED] = VDEV_RESULT_NOTE,
		[VDEV_CODE_SOURCE_UNKNOWN] = VDEV_RESULT_NOTE,
		[VDEV_CODE_TARGET_UNKNOWN] = VDEV_RESULT_NOTE,
		[VDEV_CODE_NO_DIRTY_TRACKING] = VDEV_RESULT_NOTE,
	};

	if (code < sizeof(results) / sizeof(results[0]) && results[code])
		return results[code];
	return VDEV_RESULT_FAIL;
}

uint32_t judged_severity(const struct vdev_finding *finding)
{
	if (finding->result == VDEV_RESULT_FAIL)
		return finding->field == VDEV_FIELD_MIGRATION ||
		       finding->field == VDEV_FIELD_BLOCKER ?
		       VDEV_VERDICT_NOT_MIGRATABLE : VDEV_VERDICT_INCOMPATIBLE;
	switch (finding->code) {
	case VDEV_CODE_SOURCE_UNDECLARED:
	case VDEV_CODE_TARGET_UNDECLARED:
	case VDEV_CODE_SOURCE_UNKNOWN:
	case VDEV_CODE_TARGET_UNKNOWN:
		return VDEV_VERDICT_UNDECLARED;
	}
	if (finding->code == VDEV_CODE_ACCEPTED || finding->code == VDEV_CODE_NOT_REPORTED)
		return VDEV_VERDICT_COMPATIBLE;
	return VDEV_VERDICT_IDENTICAL;
}

/* The source's come before the target's, where each side has its own; what is only noted last. */
static int operand_of(uint32_t code)
{
	if (code == VDEV_CODE_NO_DIRTY_TRACKING)
		return 2;
	return code == VDEV_CODE_TARGET_UNDECLARED || code == VDEV_CODE_TARGET_UNSUPPORTED ||
	       code == VDEV_CODE_TARGET_BLOCKED || code == VDEV_CODE_TARGET_UNKNOWN;
}

int judged_order(const struct vdev_finding *a, const struct vdev_finding *b)
{
	if (a->field != b->field)
		return a->field < b->field ? -1 : 1;
	if (operand_of(a->code) != operand_of(b->code))
		return operand_of(a->code) - operand_of(b->code);
	/* As they were found. */
	if (a->field == VDEV_FIELD_UNKNOWN)
		return -1;
	return strcmp(a->name ? a->name : "", b->name ? b->name : "");
}
