// SPDX-License-Identifier: GPL-2.0
/* A matrix as JSON: a line for each pair, then what is said of all. */
#include <errno.h>
#include <string.h>

#include "answer_json.h"
#include "common/frame.h"
#include "common/json.h"
#include "common/keys.h"
#include "matrix.h"
#include "out_baseline.h"

static bool is_about(const struct vdev_finding *finding, const struct vdev_matrix_finding *obstacle)
{
	return finding->field == obstacle->field && finding->code == obstacle->code &&
		!finding->name == !obstacle->name &&
		(!finding->name || strcmp(finding->name, obstacle->name) == 0);
}

/* The finding with its values. */
static void put_finding(struct json_line *line, const struct shown_matrix *shown, size_t source,
			size_t target)
{
	const struct vdev_matrix_cell *cell = vdev_matrix_cell(shown->matrix, source, target);
	struct answer answer;
	struct vdev_judgement *judgement;
	unsigned int i;

	if (cell->obstacle == VDEV_MATRIX_NONE)
		return;
	judgement = matrix_judge(shown, source, target, &answer);
	if (!judgement) {
		line->broken = true;
		return;
	}
	for (i = 0; i < vdev_judgement_num_findings(judgement); i++) {
		const struct vdev_finding *finding = vdev_judgement_finding(judgement, i);

		if (!is_about(finding, vdev_matrix_obstacle(shown->matrix, cell->obstacle)))
			continue;
		answer_finding_line(line, "finding", &answer, finding);
		break;
	}
	vdev_judgement_free(judgement);
}

static void put_judged(struct json_line *line, const struct shown_matrix *shown, size_t source,
		       size_t target)
{
	const struct vdev_matrix_cell *cell = vdev_matrix_cell(shown->matrix, source, target);

	json_line_enum(line, KEY_VERDICT, vdev_verdict_name, cell->verdict);
	json_line_u64(line, "to-move", cell->num_sources);
	json_line_u64(line, "movable", cell->num_movable);
	json_line_string(line, "worst-source",
			 matrix_handle(&shown->sources, source, cell->source));
	json_line_string(line, "worst-target",
			 matrix_handle(&shown->targets, target, cell->target));
	put_finding(line, shown, source, target);
}

static int put_text(struct frame *frame, const struct json_line *line)
{
	json_t *json;
	int err;

	if (!frame->pretty) {
		frame_put_text(frame, line->text);
		return 0;
	}
	json = json_loads(line->text, 0, NULL);
	err = json ? frame_put(frame, json) : -ENOMEM;
	json_decref(json);
	return err;
}

static int print_cell(struct frame *frame, struct json_line *line,
		      const struct shown_matrix *shown, size_t source, size_t target)
{
	json_line_reset(line);
	json_line_open(line, NULL, '{');
	json_line_string(line, "source", shown->sources.labels[source]);
	json_line_string(line, "target", shown->targets.labels[target]);
	if (vdev_matrix_cell(shown->matrix, source, target)->self)
		json_line_bool(line, "self", true);
	else
		put_judged(line, shown, source, target);
	json_line_close(line, '}');
	return line->broken ? -ENOMEM : put_text(frame, line);
}

static json_t *build_labels(struct builder *builder, const struct shown_side *side)
{
	json_t *list = build_array(builder);
	size_t i;

	for (i = 0; i < side->num; i++)
		append_string(builder, list, side->labels[i]);
	return list;
}

static json_t *build_obstacles(struct builder *builder, const struct vdev_matrix *matrix)
{
	json_t *json, *list = build_array(builder);
	size_t i;

	for (i = 0; i < vdev_matrix_num_obstacles(matrix); i++) {
		const struct vdev_matrix_finding *obstacle = vdev_matrix_obstacle(matrix, i);

		json = build_object(builder);
		put_enum(builder, json, KEY_FINDING_FIELD, vdev_field_name, obstacle->field);
		put_string(builder, json, KEY_FINDING_NAME, obstacle->name);
		put_enum(builder, json, KEY_FINDING_CODE, vdev_code_name, obstacle->code);
		put_u64(builder, json, "pairs", obstacle->num_pairs);
		put_u64(builder, json, "to-move", obstacle->num_sources);
		append(builder, list, json);
	}
	return list;
}

static json_t *build_baseline(struct builder *builder, const struct shown_matrix *shown)
{
	const struct host_names names = { shown->targets.labels, shown->targets.num };
	json_t *list = build_array(builder);
	size_t i;

	for (i = 0; i < vdev_baseline_num_models(shown->baseline); i++)
		append(builder, list, baseline_json(vdev_baseline_model(shown->baseline, i), &names));
	return list;
}

/* What stands after the pairs. */
static json_t *build_rest(struct builder *builder, const struct shown_matrix *shown)
{
	struct matrix_counts counts;
	json_t *json = build_object(builder);

	matrix_count(shown, &counts);
	put(builder, json, "sources", build_labels(builder, &shown->sources));
	put(builder, json, "targets", build_labels(builder, &shown->targets));
	put_enum(builder, json, KEY_VERDICT, vdev_verdict_name, vdev_matrix_verdict(shown->matrix));
	put_u64(builder, json, "pairs", counts.judged);
	put_u64(builder, json, "movable-pairs", counts.good);
	put(builder, json, "obstacles", build_obstacles(builder, shown->matrix));
	put(builder, json, "baseline", build_baseline(builder, shown));
	if (shown->incomplete)
		put(builder, json, "incomplete", json_true());
	return json;
}

int matrix_json(const struct shown_matrix *shown, bool pretty)
{
	struct frame frame = { .file = stdout, .key = "matrix", .pretty = pretty };
	struct json_line line = { 0 };
	struct builder builder = { 0 };
	json_t *after = build_rest(&builder, shown);
	size_t source, target;
	int err;

	err = builder.broken ? -ENOMEM : frame_begin(&frame, NULL);
	for (source = 0; !err && source < shown->sources.num; source++)
		for (target = 0; !err && target < shown->targets.num; target++)
			err = print_cell(&frame, &line, shown, source, target);
	if (!err)
		err = frame_end(&frame, after);
	json_line_free(&line);
	json_decref(after);
	return err;
}
