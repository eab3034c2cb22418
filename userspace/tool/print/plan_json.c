// SPDX-License-Identifier: GPL-2.0
/* A plan as JSON. */
#include <errno.h>

#include "answer_json.h"
#include "common/frame.h"
#include "common/json.h"
#include "common/keys.h"
#include "plan.h"

static void append_pair(struct builder *builder, json_t *list, const struct planned *planned,
			unsigned int source, unsigned int target)
{
	const struct vdev_plan_pair *pair = vdev_plan_pair(planned->plan, source, target);
	json_t *lacking = build_array(builder);
	struct answer answer;
	json_t *json;

	plan_answer(planned, source, target, &answer);
	json = answer_json(&answer);
	if (pair->source_lacks_p2p)
		append_string(builder, lacking, "source");
	if (pair->target_lacks_p2p)
		append_string(builder, lacking, "target");
	put_list(builder, json, "lacks-p2p", lacking);
	append(builder, list, json);
}

static json_t *build_labels(struct builder *builder, const struct planned_operand *operands,
			    const uint32_t *list, unsigned int num)
{
	json_t *json = build_array(builder);
	unsigned int i;

	for (i = 0; i < num; i++)
		append_string(builder, json, operands[list[i]].label);
	return json;
}

/* Of a source that has a target the judgement of the two, of another one all. */
static void put_judgements(struct builder *builder, json_t *json, const struct planned *planned,
			   unsigned int source, uint32_t target)
{
	json_t *list = build_array(builder);
	unsigned int i;

	for (i = 0; i < planned->num_targets; i++)
		if (target == VDEV_PLAN_NONE || target == i)
			append_pair(builder, list, planned, source, i);
	put(builder, json, "judgements", list);
}

static json_t *build_source(struct builder *builder, const struct planned *planned,
			    unsigned int source)
{
	const struct vdev_assignment *assignment = vdev_plan_assignment(planned->plan, source);
	json_t *json = build_object(builder);

	put_string(builder, json, "source", planned->sources[source].label);
	if (assignment->target != VDEV_PLAN_NONE)
		put_string(builder, json, "target", planned->targets[assignment->target].label);
	put_string(builder, json, "reason", vdev_plan_reason_name(assignment->reason));
	put_list(builder, json, "contending-sources",
		 build_labels(builder, planned->sources, assignment->sources,
			      assignment->num_sources));
	put_list(builder, json, "contended-targets",
		 build_labels(builder, planned->targets, assignment->targets,
			      assignment->num_targets));
	put_judgements(builder, json, planned, source, assignment->target);
	return json;
}

static int print_source(struct frame *frame, const struct planned *planned, unsigned int source)
{
	struct builder builder = { 0 };
	json_t *json = build_source(&builder, planned, source);
	int err = builder.broken ? -ENOMEM : frame_put(frame, json);

	json_decref(json);
	return err;
}

int plan_json(const struct planned *planned, bool pretty)
{
	struct frame frame = { .file = stdout, .key = "group", .pretty = pretty };
	struct builder builder = { 0 };
	json_t *after = build_object(&builder);
	unsigned int i;
	int err;

	put_enum(&builder, after, KEY_VERDICT, vdev_verdict_name, vdev_plan_verdict(planned->plan));
	put(&builder, after, "needs-p2p", json_boolean(vdev_plan_needs_p2p(planned->plan)));
	err = builder.broken ? -ENOMEM : frame_begin(&frame, NULL);
	for (i = 0; i < planned->num_sources && !err; i++)
		err = print_source(&frame, planned, i);
	if (!err)
		err = frame_end(&frame, after);
	json_decref(after);
	return err;
}
