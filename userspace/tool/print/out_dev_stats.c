// SPDX-License-Identifier: GPL-2.0
/*
 * What is counted for one device: for people a counter on a line, begun by the word that
 * is its key in JSON.
 */
#include <errno.h>
#include <inttypes.h>

#include "cli/text.h"
#include "common/frame.h"
#include "common/keys.h"
#include "out_dev_stats.h"

static const char *part_name(enum vdev_stats_part part)
{
	return part == VDEV_STATS_QUEUES ? "queues" : "migration-state";
}

static void print_counter(FILE *file, const struct vdev_counter *counter)
{
	text_quoted(file, counter->name);
	fprintf(file, " %" PRIu64 "\n", counter->value);
}

static void print_queue(FILE *file, const struct vdev_queue_stats *queue)
{
	unsigned int i;

	for (i = 0; i < queue->num_counters; i++) {
		fprintf(file, "  queue %" PRIu32 " ", queue->index);
		print_counter(file, &queue->counters[i]);
	}
}

static void print_missing(FILE *file, const struct vdev_missing_stats *missing)
{
	fprintf(file, "  missing %s: ", part_name(missing->part));
	text_put(file, missing->reason);
	fputc('\n', file);
}

void text_dev_stats(FILE *file, const struct vdev_dev_stats *stats)
{
	unsigned int i;

	for (i = 0; i < vdev_dev_stats_num_counters(stats); i++) {
		fputs("  counter ", file);
		print_counter(file, vdev_dev_stats_counter(stats, i));
	}
	for (i = 0; i < vdev_dev_stats_num_queues(stats); i++)
		print_queue(file, vdev_dev_stats_queue(stats, i));
	if (vdev_dev_stats_migration_state(stats))
		fprintf(file, "  migration-state %s\n", vdev_dev_stats_migration_state(stats));
	for (i = 0; i < vdev_dev_stats_num_missing(stats); i++)
		print_missing(file, vdev_dev_stats_missing(stats, i));
}

static json_t *build_counter(struct builder *builder, const struct vdev_counter *counter)
{
	json_t *json = build_object(builder);

	put_string(builder, json, KEY_COUNTER_NAME, counter->name);
	put_u64(builder, json, KEY_COUNTER_VALUE, counter->value);
	return json;
}

static json_t *build_queue(struct builder *builder, const struct vdev_queue_stats *queue)
{
	json_t *json = build_object(builder);
	json_t *list = build_array(builder);
	unsigned int i;

	put_u64(builder, json, "index", queue->index);
	for (i = 0; i < queue->num_counters; i++)
		append(builder, list, build_counter(builder, &queue->counters[i]));
	put_list(builder, json, KEY_COUNTER, list);
	return json;
}

static json_t *build_missing(struct builder *builder, const struct vdev_missing_stats *missing)
{
	json_t *json = build_object(builder);

	put_string(builder, json, "part", part_name(missing->part));
	put_string(builder, json, "reason", missing->reason);
	return json;
}

static void put_all(struct builder *builder, json_t *json, const struct vdev_dev_stats *stats)
{
	json_t *counters = build_array(builder), *queues = build_array(builder);
	json_t *missing = build_array(builder);
	unsigned int i;

	for (i = 0; i < vdev_dev_stats_num_counters(stats); i++)
		append(builder, counters, build_counter(builder, vdev_dev_stats_counter(stats, i)));
	for (i = 0; i < vdev_dev_stats_num_queues(stats); i++)
		append(builder, queues, build_queue(builder, vdev_dev_stats_queue(stats, i)));
	for (i = 0; i < vdev_dev_stats_num_missing(stats); i++)
		append(builder, missing, build_missing(builder, vdev_dev_stats_missing(stats, i)));
	put_list(builder, json, KEY_COUNTER, counters);
	put_list(builder, json, "queues", queues);
	put_string(builder, json, "migration-state", vdev_dev_stats_migration_state(stats));
	put_list(builder, json, "missing", missing);
}

json_t *build_dev_stats(struct builder *builder, const struct vdev_dev_stats *stats)
{
	json_t *json = build_object(builder);

	put_all(builder, json, stats);
	return json;
}

static int print_json(const struct vdev_dev_stats *stats, bool pretty)
{
	struct frame frame = { .file = stdout, .key = "dev-stats", .pretty = pretty };
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	int err = -ENOMEM;

	put_string(&builder, json, "handle", vdev_dev_stats_handle(stats));
	put_u64(&builder, json, KEY_ID, vdev_dev_stats_id(stats));
	put_all(&builder, json, stats);
	if (!builder.broken)
		err = frame_begin(&frame, NULL);
	if (!err)
		err = frame_put(&frame, json);
	if (!err)
		err = frame_end(&frame, NULL);
	json_decref(json);
	return err;
}

static void print_text(const struct vdev_dev_stats *stats)
{
	text_put(stdout, vdev_dev_stats_handle(stats));
	fputs(":\n", stdout);
	text_dev_stats(stdout, stats);
}

int out_dev_stats(const struct vdev_dev_stats *stats, const struct options *options)
{
	int err = 0;

	if (options->json)
		err = print_json(stats, options->pretty);
	else
		print_text(stats);
	return !err && ferror(stdout) ? -EIO : err;
}
