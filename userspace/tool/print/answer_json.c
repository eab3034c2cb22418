// SPDX-License-Identifier: GPL-2.0
/*
 * A judgement as JSON. It is written as a line, since there may be a hundred thousand of them;
 * where a tree is needed, it is made of that.
 */
#include <errno.h>

#include "answer_json.h"
#include "common/json_record.h"
#include "common/keys.h"
#include "json_object.h"

/* Few findings have bits, and few judgements a capacity: these are built. */
static void put_bits(struct json_line *line, const struct answer *answer,
		     const struct vdev_finding *finding)
{
	struct builder builder = { 0 };
	json_t *json;

	if (!finding->missing.words && !finding->unmet.words)
		return;
	json = build_object(&builder);
	if (finding->missing.words)
		put(&builder, json, KEY_FINDING_MISSING,
		    build_bitmap(&builder, finding->name, answer->device_api, &finding->missing));
	if (finding->unmet.words)
		put(&builder, json, KEY_FINDING_UNMET,
		    build_bitmap(&builder, finding->name, answer->device_api, &finding->unmet));
	line->broken = line->broken || builder.broken;
	json_line_keys(line, json);
}

void answer_finding_line(struct json_line *line, const char *key, const struct answer *answer,
			 const struct vdev_finding *finding)
{
	json_line_open(line, key, '{');
	json_line_enum(line, KEY_FINDING_FIELD, vdev_field_name, finding->field);
	json_line_string(line, KEY_FINDING_NAME, finding->name);
	json_line_enum(line, KEY_FINDING_RULE, vdev_rule_name, finding->rule);
	json_line_enum(line, KEY_FINDING_RESULT, vdev_result_name, finding->result);
	json_line_enum(line, KEY_FINDING_CODE, vdev_code_name, finding->code);
	json_line_value(line, KEY_FINDING_SOURCE, &finding->source);
	json_line_value(line, KEY_FINDING_TARGET, &finding->target);
	put_bits(line, answer, finding);
	json_line_string(line, KEY_FINDING_REASON, finding->reason);
	json_line_close(line, '}');
}

static void put_rank(struct json_line *line, const struct vdev_rank *rank)
{
	json_line_open(line, KEY_RANK, '{');
	json_line_u64(line, KEY_RANK_PREFERENCE, rank->preference);
	json_line_bool(line, KEY_RANK_SAME_VERSION, rank->same_version);
	json_line_u64(line, KEY_RANK_BUGFIX, rank->bugfix);
	json_line_u64(line, KEY_RANK_SURPLUS, rank->surplus);
	json_line_close(line, '}');
}

/* What only the kernel reports of the target, which has a number then. */
static void put_target(struct json_line *line, const struct vdev_judgement *judgement)
{
	struct builder builder = { 0 };
	json_t *json;

	if (!vdev_judgement_id(judgement))
		return;
	json = build_object(&builder);
	put_u64(&builder, json, KEY_ID, vdev_judgement_id(judgement));
	put_generation(&builder, json, vdev_judgement_instance(judgement),
		       vdev_judgement_generation(judgement));
	put_capacity(&builder, json, vdev_judgement_capacity(judgement));
	put_age(&builder, json, vdev_judgement_age(judgement), vdev_judgement_stale(judgement));
	line->broken = line->broken || builder.broken;
	json_line_keys(line, json);
}

int answer_line(const struct answer *answer, struct json_line *line)
{
	const struct vdev_judgement *judgement = answer->judgement;
	unsigned int i;

	json_line_reset(line);
	json_line_open(line, NULL, '{');
	json_line_string(line, "source", answer->source);
	json_line_string(line, "target", answer->target);
	json_line_enum(line, KEY_ENDPOINT, vdev_endpoint_kind_name,
		       vdev_judgement_kind(judgement));
	put_target(line, judgement);
	json_line_string(line, "judge", answer->offline ? "library" : "kernel");
	json_line_enum(line, KEY_VERDICT, vdev_verdict_name, vdev_judgement_verdict(judgement));
	if (answer->strict)
		json_line_bool(line, "doubtful", answer_doubtful(answer));
	put_rank(line, vdev_judgement_rank(judgement));
	json_line_open(line, KEY_FINDING, '[');
	for (i = 0; i < vdev_judgement_num_findings(judgement); i++)
		answer_finding_line(line, NULL, answer, vdev_judgement_finding(judgement, i));
	json_line_close(line, ']');
	if (vdev_judgement_truncated(judgement))
		json_line_bool(line, KEY_TRUNCATED, true);
	json_line_close(line, '}');
	return line->broken ? -ENOMEM : 0;
}

json_t *answer_json(const struct answer *answer)
{
	struct json_line line = { 0 };
	json_t *json = NULL;

	if (!answer_line(answer, &line))
		json = json_loads(line.text, 0, NULL);
	json_line_free(&line);
	return json;
}

static char *dump_tree(const struct frame *frame, const struct answer *answer)
{
	json_t *json = answer_json(answer);
	char *text = json ? frame_dump(frame, json) : NULL;

	json_decref(json);
	return text;
}

char *answer_dump(const struct frame *frame, const struct answer *answer)
{
	struct json_line line = { 0 };

	if (frame->pretty)
		return dump_tree(frame, answer);
	if (!answer_line(answer, &line))
		return line.text;
	json_line_free(&line);
	return NULL;
}
