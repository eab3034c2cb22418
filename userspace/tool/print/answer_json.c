// SPDX-License-Identifier: GPL-2.0
/* A judgement as JSON. */
#include "answer_json.h"
#include "common/json_record.h"
#include "common/keys.h"
#include "json_object.h"

static void put_bits(struct builder *builder, json_t *json, const char *key,
		     const struct answer *answer, const struct vdev_finding *finding,
		     const struct vdev_bitmap *bitmap)
{
	if (bitmap->words)
		put(builder, json, key, build_bitmap(builder, finding->name, answer->device_api,
						     bitmap));
}

static json_t *build_finding(struct builder *builder, const struct answer *answer,
			     const struct vdev_finding *finding)
{
	json_t *json = build_object(builder);

	put_enum(builder, json, KEY_FINDING_FIELD, vdev_field_name, finding->field);
	put_string(builder, json, KEY_FINDING_NAME, finding->name);
	put_enum(builder, json, KEY_FINDING_RULE, vdev_rule_name, finding->rule);
	put_enum(builder, json, KEY_FINDING_RESULT, vdev_result_name, finding->result);
	put_enum(builder, json, KEY_FINDING_CODE, vdev_code_name, finding->code);
	put_value(builder, json, KEY_FINDING_SOURCE, &finding->source);
	put_value(builder, json, KEY_FINDING_TARGET, &finding->target);
	put_bits(builder, json, KEY_FINDING_MISSING, answer, finding, &finding->missing);
	put_bits(builder, json, KEY_FINDING_UNMET, answer, finding, &finding->unmet);
	put_string(builder, json, KEY_FINDING_REASON, finding->reason);
	return json;
}

static json_t *build_rank(struct builder *builder, const struct vdev_rank *rank)
{
	json_t *json = build_object(builder);

	put_u64(builder, json, KEY_RANK_PREFERENCE, rank->preference);
	put(builder, json, KEY_RANK_SAME_VERSION, json_boolean(rank->same_version));
	put_u64(builder, json, KEY_RANK_BUGFIX, rank->bugfix);
	put_u64(builder, json, KEY_RANK_SURPLUS, rank->surplus);
	return json;
}

/* What only the kernel reports of the target. */
static void put_target(struct builder *builder, json_t *json,
		       const struct vdev_judgement *judgement)
{
	if (vdev_judgement_id(judgement))
		put_u64(builder, json, KEY_ID, vdev_judgement_id(judgement));
	put_generation(builder, json, vdev_judgement_instance(judgement),
		       vdev_judgement_generation(judgement));
	put_capacity(builder, json, vdev_judgement_capacity(judgement));
	put_age(builder, json, vdev_judgement_age(judgement), vdev_judgement_stale(judgement));
}

json_t *answer_json(const struct answer *answer)
{
	const struct vdev_judgement *judgement = answer->judgement;
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	json_t *findings = build_array(&builder);
	unsigned int i;

	put_string(&builder, json, "source", answer->source);
	put_string(&builder, json, "target", answer->target);
	put_enum(&builder, json, KEY_ENDPOINT, vdev_endpoint_kind_name,
		 vdev_judgement_kind(judgement));
	put_target(&builder, json, judgement);
	put_string(&builder, json, "judge", answer->offline ? "library" : "kernel");
	put_enum(&builder, json, KEY_VERDICT, vdev_verdict_name, vdev_judgement_verdict(judgement));
	put(&builder, json, KEY_RANK, build_rank(&builder, vdev_judgement_rank(judgement)));
	for (i = 0; i < vdev_judgement_num_findings(judgement); i++)
		append(&builder, findings, build_finding(&builder, answer,
							 vdev_judgement_finding(judgement, i)));
	put(&builder, json, KEY_FINDING, findings);
	if (vdev_judgement_truncated(judgement))
		put(&builder, json, KEY_TRUNCATED, json_true());
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}
