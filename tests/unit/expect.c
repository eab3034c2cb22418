// SPDX-License-Identifier: GPL-2.0
/* Judging in a unit test. */
#include "test.h"

#include "../../kernel/model/bounds.h"
#include "expect.h"

struct vdev_record from, to;
struct vdev_operand source, target;
struct judged judged;

int fresh(void **state)
{
	(void)state;
	memset(&from, 0, sizeof(from));
	memset(&to, 0, sizeof(to));
	source = (struct vdev_operand){
		.kind = VDEV_ENDPOINT_KIND_DEVICE,
		.migration = VDEV_MIGRATION_SUPPORTED,
		.record = &from,
	};
	target = source;
	target.record = &to;
	return 0;
}

static void within_bounds(const struct vdev_record *record)
{
	struct vdev_reason reason = { 0 };

	if (vdev_record_check(&reason, record))
		fail_msg("a record of the test is rejected: %s", reason.why);
}

void judge(void)
{
	unsigned int i;

	within_bounds(&from);
	within_bounds(&to);
	judged_run(&judged, &source, &target);
	for (i = 1; i < judged.num; i++)
		assert_true(judged_order(&judged.findings[i - 1], &judged.findings[i]) < 0);
}

const struct vdev_finding *expect(uint32_t field, const char *name, uint32_t code)
{
	const struct vdev_finding *finding;

	judge();
	finding = judged_find(&judged, field, name);
	if (!finding) {
		assert_int_equal(code, 0);
		return NULL;
	}
	assert_int_equal(finding->code, code);
	if (field != VDEV_FIELD_BLOCKER)
		assert_int_equal(finding->result, judged_result(code));
	return finding;
}

void expect_verdict(uint32_t verdict)
{
	judge();
	assert_int_equal(judged.check.verdict, verdict);
}

static void expect_text(const struct vdev_value *value, const char *text)
{
	if (!text) {
		assert_int_equal(value->type, 0);
		return;
	}
	assert_int_equal(value->type, VDEV_VALUE_TYPE_STRING);
	assert_string_equal(value->string, text);
}

void expect_values(const struct vdev_finding *finding, const char *from_text, const char *to_text)
{
	assert_non_null(finding);
	expect_text(&finding->source, from_text);
	expect_text(&finding->target, to_text);
}
