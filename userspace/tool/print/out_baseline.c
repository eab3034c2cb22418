// SPDX-License-Identifier: GPL-2.0
/* What the hosts have in common for a model, for people and as JSON. */
#include "cli/ceiling_words.h"
#include "cli/text.h"
#include "common/json_record.h"
#include "common/keys.h"
#include "common/words.h"
#include "out_baseline.h"

static void print_word(const char *before, const char *word)
{
	fputs(before, stdout);
	text_quoted(stdout, word);
}

static void print_hindrance(const struct vdev_common *common, const struct host_names *names)
{
	size_t i;

	if (common->disordered[0]) {
		print_word(" none: hosts disagree about the order of ", common->disordered[0]);
		print_word(" and ", common->disordered[1]);
		return;
	}
	print_word(" none: nearest ", common->nearest);
	fputs(" in-the-way", stdout);
	for (i = 0; i < common->num_in_the_way; i++)
		print_word(" ", names->names[common->in_the_way[i]]);
}

static void print_common(const char *key, const struct vdev_common *common,
			 const struct host_names *names)
{
	if (!common->reported)
		return;
	printf("  %s", key);
	if (common->oldest) {
		print_word(" oldest ", common->oldest);
		print_word(" newest ", common->newest);
	} else {
		print_hindrance(common, names);
	}
	putchar('\n');
}

/* What the administrator of the host has to do. */
static void print_ceilings(const struct vdev_baseline_model *model, const struct host_names *names)
{
	size_t i;

	for (i = 0; i < model->num_ceilings; i++) {
		print_word("  ceiling ", names->names[model->ceilings[i].host]);
		print_word(": vdevctl type set ", model->ceilings[i].handle);
		/* What there is no memory for is missing at the end, and said by who closes stdout. */
		if (ceiling_words_write_parts(stdout, &model->ceilings[i].ceiling))
			fputs(" out of memory", stdout);
		putchar('\n');
	}
}

static void print_obstacles(const struct vdev_baseline_model *model, const struct host_names *names)
{
	char field[WORD_SIZE], code[WORD_SIZE];
	size_t i;

	for (i = 0; i < model->num_obstacles; i++) {
		const struct vdev_baseline_obstacle *obstacle = &model->obstacles[i];

		print_word("  obstacle ", names->names[obstacle->source]);
		print_word(" -> ", names->names[obstacle->target]);
		printf(": %s", word_or_number(vdev_field_name(obstacle->field), obstacle->field, field));
		if (obstacle->name)
			print_word(" ", obstacle->name);
		printf(" (%s)\n", word_or_number(vdev_code_name(obstacle->code), obstacle->code, code));
	}
}

void baseline_print(const struct vdev_baseline_model *model, const struct host_names *names)
{
	size_t i;

	text_heading(stdout, model->model);
	printf(": hosts %zu\n", names->num);
	for (i = 0; i < model->num_absent; i++)
		print_word(i ? " " : "  absent ", names->names[model->absent[i]]);
	if (i)
		putchar('\n');
	print_common("versions", &model->versions, names);
	print_common("software-version", &model->software_version, names);
	print_ceilings(model, names);
	print_obstacles(model, names);
}

static void put_names(struct builder *builder, json_t *json, const char *key,
		      const size_t *hosts, size_t num, const struct host_names *names)
{
	json_t *list = build_array(builder);
	size_t i;

	for (i = 0; i < num; i++)
		append_string(builder, list, names->names[hosts[i]]);
	put_list(builder, json, key, list);
}

static void put_hindrance(struct builder *builder, json_t *json,
			  const struct vdev_common *common, const struct host_names *names)
{
	json_t *list;

	if (!common->disordered[0]) {
		put_string(builder, json, "nearest", common->nearest);
		put_names(builder, json, "in-the-way", common->in_the_way,
			  common->num_in_the_way, names);
		return;
	}
	list = build_array(builder);
	append_string(builder, list, common->disordered[0]);
	append_string(builder, list, common->disordered[1]);
	put(builder, json, "disordered", list);
}

static void put_common(struct builder *builder, json_t *object, const char *key,
		       const struct vdev_common *common, const struct host_names *names)
{
	json_t *json;

	if (!common->reported)
		return;
	json = build_object(builder);
	put_string(builder, json, "oldest", common->oldest);
	put_string(builder, json, "newest", common->newest);
	if (!common->oldest)
		put_hindrance(builder, json, common, names);
	put(builder, object, key, json);
}

static void put_ceilings(struct builder *builder, json_t *object,
			 const struct vdev_baseline_model *model, const struct host_names *names)
{
	json_t *json, *list = build_array(builder);
	size_t i;

	for (i = 0; i < model->num_ceilings; i++) {
		json = build_object(builder);
		put_string(builder, json, "host", names->names[model->ceilings[i].host]);
		put_string(builder, json, "handle", model->ceilings[i].handle);
		put(builder, json, KEY_CEILING, build_ceiling(builder, &model->ceilings[i].ceiling, NULL));
		append(builder, list, json);
	}
	put_list(builder, object, "ceilings", list);
}

static void put_obstacles(struct builder *builder, json_t *object,
			  const struct vdev_baseline_model *model, const struct host_names *names)
{
	json_t *json, *list = build_array(builder);
	size_t i;

	for (i = 0; i < model->num_obstacles; i++) {
		const struct vdev_baseline_obstacle *obstacle = &model->obstacles[i];

		json = build_object(builder);
		put_string(builder, json, "source", names->names[obstacle->source]);
		put_string(builder, json, "target", names->names[obstacle->target]);
		put_enum(builder, json, KEY_FINDING_FIELD, vdev_field_name, obstacle->field);
		put_string(builder, json, KEY_FINDING_NAME, obstacle->name);
		put_enum(builder, json, KEY_FINDING_CODE, vdev_code_name, obstacle->code);
		append(builder, list, json);
	}
	put_list(builder, object, "obstacles", list);
}

json_t *baseline_json(const struct vdev_baseline_model *model, const struct host_names *names)
{
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);

	put_string(&builder, json, KEY_RECORD_MODEL, model->model);
	put_u64(&builder, json, "hosts", names->num);
	put_names(&builder, json, "absent", model->absent, model->num_absent, names);
	put_common(&builder, json, KEY_RECORD_VERSIONS, &model->versions, names);
	put_common(&builder, json, KEY_RECORD_SOFTWARE_VERSION, &model->software_version, names);
	put_ceilings(&builder, json, model, names);
	put_obstacles(&builder, json, model, names);
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}
