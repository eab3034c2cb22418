// SPDX-License-Identifier: GPL-2.0
/*
 * Endpoints on stdout. Each is printed and freed, so that their number does
 * not matter.
 */
#include <errno.h>
#include <stdio.h>

#include "common/keys.h"
#include "json_object.h"
#include "out.h"
#include "out_dev_stats.h"
#include "out_text.h"

void out_init(struct output *output, const struct options *options, const char *key)
{
	*output = (struct output){
		.options = options,
		.frame = { .file = stdout, .key = key, .pretty = options->pretty },
	};
}

int out_begin(struct output *output)
{
	return output->options->json ? frame_begin(&output->frame, NULL) : 0;
}

static int put_json(struct output *output, const struct vdev_object *object)
{
	json_t *json = json_from_object(object);
	struct builder builder = { 0 };
	int err = -ENOMEM;

	if (!json)
		return -ENOMEM;
	if (output->stats)
		put(&builder, json, "statistics", build_dev_stats(&builder, output->stats));
	if (!builder.broken)
		err = frame_put(&output->frame, json);
	json_decref(json);
	return err;
}

int out_object(const struct vdev_object *object, void *arg)
{
	struct output *output = arg;
	int err = 0;

	if (output->options->json)
		err = put_json(output, object);
	else
		out_text(stdout, object, output->options->details);
	if (output->stats && !output->options->json)
		text_dev_stats(stdout, output->stats);
	output->any = true;
	output->instance = vdev_object_instance(object);
	output->snapshot = vdev_object_snapshot(object);
	if (err)
		return err;
	return ferror(stdout) ? -EIO : 0;
}

int out_snapshot_end(struct frame *frame, uint32_t instance, uint64_t snapshot)
{
	struct builder builder = { 0 };
	json_t *after = build_object(&builder);
	int err;

	if (instance)
		put_u64(&builder, after, KEY_INSTANCE, instance);
	if (snapshot)
		put_u64(&builder, after, KEY_SNAPSHOT, snapshot);
	err = builder.broken ? -ENOMEM : frame_end(frame, after);
	json_decref(after);
	return err;
}

int out_end(struct output *output)
{
	if (!output->options->json)
		return 0;
	return out_snapshot_end(&output->frame, output->instance, output->snapshot);
}
