// SPDX-License-Identifier: GPL-2.0
/* A declaration with all that there can be, and how what is not known of one is judged. */
#include "model/declaration.h"
#include "skewed.h"
#include "test.h"

static const char *const models[] = { "m", "n" };
static const struct vdev_ident ident = { .value = "v", .accept = models, .num_accept = 2 };
static const uint64_t bits[] = { 0x28 };

static const struct vdev_blocker blockers[] = {
	{ "a", "is it", VDEV_BLOCKER_FLAG_PERMANENT }, { "b", "is it, too", 0 },
};

static const struct vdev_semver_range ranges[] = {
	{ .from = { 1, 0, 0 }, .to = { 1, 2, 0 } }, { .from = { 2, 0, 0 }, .to = { 2, 2, 0 } },
};

static const struct vdev_software_version software = {
	.value = { 2, 1, 3 }, .has_value = true, .accept = ranges, .num_accept = 2,
};

static const struct vdev_version versions[] = {
	{ "v1", VDEV_VERSION_FLAG_ACCEPT }, { "v2", VDEV_VERSION_FLAG_CREATE },
};

static const struct vdev_feature features[] = {
	{ .name = "f", .supported = { bits, 1 } }, { .name = "g", .supported = { bits, 1 } },
};

static const struct vdev_allowed numbers[] = {
	{ .low = 1, .high = 2 }, { .low = 1500, .high = 9000 },
};

static const struct vdev_allowed strings[] = { { .string = "down" }, { .string = "up" } };

static const struct vdev_param params[] = {
	{
		.name = "link", .type = VDEV_VALUE_TYPE_STRING, .rule = VDEV_RULE_ONE_OF,
		.value = { .type = VDEV_VALUE_TYPE_STRING, .string = "up" },
		.allowed = strings, .num_allowed = 2,
	}, {
		.name = "mtu", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_RANGE,
		.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = 1500 },
		.off = { .type = VDEV_VALUE_TYPE_U64, .u64 = 0 },
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE, .origin = VDEV_ORIGIN_PROVISIONED,
		.allowed = numbers, .num_allowed = 2,
	},
};

static const struct vdev_aggregation aggregation = { .base = "b", .units = 2, .count = 1 };

/* The default rule of each part is another than the one that judges nothing. */
const struct vdev_draft skewed_full = {
	.kind = VDEV_OBJECT_TYPE, .migration = VDEV_MIGRATION_SUPPORTED,
	.blockers = blockers, .num_blockers = 2, .device_api = &ident, .model = &ident,
	.type = &ident, .software_version = &software, .versions = versions,
	.num_versions = 2, .features = features, .num_features = 2, .params = params,
	.num_params = 2, .aggregation = &aggregation, .capabilities = VDEV_CAPABILITY_P2P,
};

struct vdev_declaration *skewed_make(const struct vdev_draft *draft)
{
	struct vdev_declaration *declaration;
	struct vdev_error error = { 0 };
	int err = vdev_declaration_new(draft, sizeof(*draft), &declaration, &error);

	assert_string_equal(error.message, "");
	assert_int_equal(err, 0);
	return declaration;
}

struct vdev_declaration *skewed_parse(const char *token)
{
	struct vdev_declaration *declaration;
	struct vdev_error error = { 0 };
	int err = vdev_declaration_parse(token, &declaration, &error);

	assert_string_equal(error.message, "");
	assert_int_equal(err, 0);
	return declaration;
}

struct vdev_declaration *skewed_carry(const void *attrs, size_t len)
{
	struct vdev_declaration raw = { .attrs = attrs, .len = len }, *declaration;
	char *token = vdev_declaration_format(&raw), *again;

	declaration = skewed_parse(token);
	again = vdev_declaration_format(declaration);
	assert_string_equal(again, token);
	free(again);
	free(token);
	return declaration;
}

struct nlattr *skewed_find(struct nlattr *head, int len, const unsigned int *steps)
{
	unsigned int index = STEP_INDEX(steps[0]);
	struct nlattr *pos;
	int rem;

	nla_for_each_attr(pos, head, len, rem) {
		if ((unsigned int)nla_type(pos) != STEP_TYPE(steps[0]) || index--)
			continue;
		return steps[1] ? skewed_find(nla_data(pos), nla_len(pos), steps + 1) : pos;
	}
	fail_msg("there is no such attribute");
	return NULL;
}

void skewed_expect(const struct vdev_declaration *declaration, const char *path)
{
	struct vdev_declaration *known = skewed_make(&skewed_full);
	struct vdev_judgement *judgement;
	const struct vdev_finding *finding;
	unsigned int direction, num;

	assert_int_equal(vdev_declaration_num_unknown(declaration), 1);
	assert_string_equal(vdev_declaration_unknown(declaration, 0), path);
	assert_null(vdev_declaration_unknown(declaration, 1));
	for (direction = 0; direction < 2; direction++) {
		judgement = direction ? vdev_judge(known, declaration) :
					vdev_judge(declaration, known);
		num = vdev_judgement_num_findings(judgement);
		finding = vdev_judgement_finding(judgement, num - 1);
		assert_int_equal(finding->field, VDEV_FIELD_UNKNOWN);
		assert_int_equal(finding->code, direction ? VDEV_CODE_TARGET_UNKNOWN :
							    VDEV_CODE_SOURCE_UNKNOWN);
		assert_int_equal(finding->result, VDEV_RESULT_NOTE);
		assert_string_equal(finding->name, path);
		assert_in_range(vdev_judgement_verdict(judgement), VDEV_VERDICT_UNDECLARED,
				VDEV_VERDICT_NOT_MIGRATABLE);
		vdev_judgement_free(judgement);
	}
	vdev_declaration_free(known);
}
