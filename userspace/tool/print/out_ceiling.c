// SPDX-License-Identifier: GPL-2.0
/* Ceilings on stdout, as lines or as JSON. */
#include <errno.h>
#include <stdio.h>

#include "cli/ceiling_words.h"
#include "common/json_record.h"
#include "common/keys.h"
#include "out_ceiling.h"

void out_ceiling_init(struct ceiling_output *output, const struct options *options)
{
	*output = (struct ceiling_output){
		.options = options,
		.frame = { .file = stdout, .key = "ceilings", .pretty = options->pretty },
	};
}

static json_t *build(const struct vdev_handle *type, const struct vdev_ceiling *ceiling,
		     bool pending)
{
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);

	put_string(&builder, json, KEY_PARENT_BUS, type->parent_bus);
	put_string(&builder, json, KEY_PARENT, type->parent);
	put_string(&builder, json, KEY_NAME, type->name);
	if (pending)
		put(&builder, json, KEY_PENDING, json_true());
	put(&builder, json, KEY_CEILING, build_ceiling(&builder, ceiling, NULL));
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}

static int put_json(struct ceiling_output *output, const struct vdev_handle *type,
		    const struct vdev_ceiling *ceiling, bool pending)
{
	int err = output->begun ? 0 : frame_begin(&output->frame, NULL);
	json_t *json;

	output->begun = true;
	if (err)
		return err;
	json = build(type, ceiling, pending);
	err = json ? frame_put(&output->frame, json) : -ENOMEM;
	json_decref(json);
	return err;
}

int out_ceiling(const struct vdev_handle *type, const struct vdev_ceiling *ceiling,
		bool pending, void *arg)
{
	struct ceiling_output *output = arg;
	int err;

	if (output->options->json) {
		err = put_json(output, type, ceiling, pending);
	} else {
		err = ceiling_words_write(stdout, type, ceiling);
		fputs(pending ? " (pending)\n" : "\n", stdout);
	}
	if (err)
		return err;
	return ferror(stdout) ? -EIO : 0;
}

int out_ceiling_end(struct ceiling_output *output)
{
	int err = 0;

	if (!output->options->json)
		return 0;
	if (!output->begun)
		err = frame_begin(&output->frame, NULL);
	return err ? err : frame_end(&output->frame, NULL);
}
