// SPDX-License-Identifier: GPL-2.0
/* Profiles on stdout: what each is for, and what it declares. */
#include <errno.h>
#include <stdio.h>

#include "json.h"
#include "out_profile.h"
#include "out_text.h"
#include "text.h"
#include "words.h"

void out_profile_init(struct profile_output *output, const struct options *options)
{
	*output = (struct profile_output){
		.options = options,
		.frame = { .key = "profiles", .pretty = options->pretty, .sorted = true },
	};
}

static int begin(struct profile_output *output)
{
	struct builder builder = { 0 };
	json_t *before;
	int err = -ENOMEM;

	output->any = true;
	if (!output->options->json)
		return 0;
	before = build_object(&builder);
	put(&builder, before, "format", json_string("vdev"));
	put(&builder, before, "format-version", json_integer(1));
	if (!builder.broken)
		err = frame_begin(&output->frame, before);
	json_decref(before);
	return err;
}

static int put_json(struct profile_output *output, const struct vdev_profile *profile)
{
	const struct vdev_record *record = vdev_profile_record(profile);
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	int err = -ENOMEM;

	put_string(&builder, json, "name", vdev_profile_name(profile));
	put_string(&builder, json, "bus", vdev_profile_bus(profile));
	put_string(&builder, json, "driver", vdev_profile_driver(profile));
	put_string(&builder, json, "type", vdev_profile_type(profile));
	put_enum(&builder, json, "migration", vdev_migration_name,
		 vdev_profile_migration(profile));
	if (record)
		put(&builder, json, "record", build_record(&builder, record));
	if (!builder.broken)
		err = frame_put(&output->frame, json);
	json_decref(json);
	return err;
}

static void put_text(const struct vdev_profile *profile)
{
	uint32_t migration = vdev_profile_migration(profile);

	text_put(stdout, vdev_profile_name(profile));
	putchar(':');
	text_word(stdout, "bus", vdev_profile_bus(profile));
	text_word(stdout, "driver", vdev_profile_driver(profile));
	text_word(stdout, "type", vdev_profile_type(profile));
	fputs("\n ", stdout);
	text_enum(stdout, "migration", vdev_migration_name(migration), migration);
	putchar('\n');
	if (vdev_profile_record(profile))
		text_record(stdout, vdev_profile_record(profile), true);
}

int out_profile(const struct vdev_profile *profile, void *arg)
{
	struct profile_output *output = arg;
	int err = output->any ? 0 : begin(output);

	if (err)
		return err;
	if (output->options->json)
		err = put_json(output, profile);
	else
		put_text(profile);
	return !err && ferror(stdout) ? -EIO : err;
}

int out_profile_end(struct profile_output *output)
{
	int err = output->any ? 0 : begin(output);

	if (err || !output->options->json)
		return err;
	return frame_end(&output->frame, NULL);
}
