// SPDX-License-Identifier: GPL-2.0
/* Profiles on stdout: what each is for, and what it declares. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "bricks.h"
#include "cli/text.h"
#include "common/json_record.h"
#include "common/keys.h"
#include "common/words.h"
#include "json_object.h"
#include "out_profile.h"
#include "out_record.h"
#include "out_text.h"

void out_profile_init(struct profile_output *output, const struct options *options)
{
	*output = (struct profile_output){
		.options = options,
		.frame = { .file = stdout, .key = "profiles", .pretty = options->pretty, .sorted = true },
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

json_t *json_from_profile(const struct vdev_profile *profile)
{
	const struct vdev_record *record = vdev_profile_record(profile);
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);

	put_string(&builder, json, KEY_PROFILE_NAME, vdev_profile_name(profile));
	put_string(&builder, json, KEY_PROFILE_BUS, vdev_profile_bus(profile));
	put_string(&builder, json, KEY_PROFILE_DRIVER, vdev_profile_driver(profile));
	put_string(&builder, json, KEY_PROFILE_TYPE, vdev_profile_type(profile));
	put_enum(&builder, json, KEY_PROFILE_MIGRATION, vdev_migration_name,
		 vdev_profile_migration(profile));
	if (vdev_profile_capabilities(profile))
		put_flags(&builder, json, KEY_PROFILE_CAPABILITIES, vdev_capability_name,
			  vdev_profile_capabilities(profile));
	put_cost(&builder, json, vdev_profile_cost(profile));
	if (record)
		put(&builder, json, KEY_PROFILE_RECORD, build_record(&builder, record));
	put_generation(&builder, json, vdev_profile_instance(profile),
		       vdev_profile_generation(profile));
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}

static int put_json(struct profile_output *output, const struct vdev_profile *profile)
{
	json_t *json = json_from_profile(profile);
	int err = json ? frame_put(&output->frame, json) : -ENOMEM;

	json_decref(json);
	return err;
}

/* What is declared beside the record. */
static void put_declared(const struct vdev_profile *profile)
{
	uint32_t capabilities = vdev_profile_capabilities(profile);
	const struct vdev_cost *cost = vdev_profile_cost(profile);

	if (capabilities) {
		text_flags(stdout, "  capabilities ", vdev_capability_name, capabilities, "");
		putchar('\n');
	}
	text_cost(stdout, cost);
}

static void put_text(const struct vdev_profile *profile)
{
	uint32_t migration = vdev_profile_migration(profile);

	text_heading(stdout, vdev_profile_name(profile));
	putchar(':');
	text_word(stdout, "bus", vdev_profile_bus(profile));
	text_word(stdout, "driver", vdev_profile_driver(profile));
	text_word(stdout, "type", vdev_profile_type(profile));
	fputs("\n ", stdout);
	text_enum(stdout, "migration", vdev_migration_name(migration), migration);
	text_generation(stdout, vdev_profile_instance(profile), vdev_profile_generation(profile));
	putchar('\n');
	put_declared(profile);
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

/* What a change of a profile has done. */
static json_t *json_from_change(const struct vdev_profile *profile)
{
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);

	put_string(&builder, json, KEY_PROFILE_NAME, vdev_profile_name(profile));
	put_generation(&builder, json, vdev_profile_instance(profile),
		       vdev_profile_generation(profile));
	if (vdev_profile_changed(profile) != VDEV_UNKNOWN32)
		put_u64(&builder, json, KEY_PROFILE_CHANGED, vdev_profile_changed(profile));
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}

static void print_change(const struct vdev_profile *profile)
{
	uint32_t changed = vdev_profile_changed(profile);

	text_put(stdout, vdev_profile_name(profile));
	putchar(':');
	text_generation(stdout, vdev_profile_instance(profile), vdev_profile_generation(profile));
	if (changed != VDEV_UNKNOWN32)
		printf(" changed %" PRIu32, changed);
	putchar('\n');
}

int out_profile_change(const struct vdev_profile *profile, struct profile_output *output)
{
	int err = output->any ? 0 : begin(output);
	json_t *json;

	if (err)
		return err;
	if (!output->options->json) {
		if (output->options->details)
			print_change(profile);
		return ferror(stdout) ? -EIO : 0;
	}
	json = json_from_change(profile);
	err = json ? frame_put(&output->frame, json) : -ENOMEM;
	json_decref(json);
	return err;
}

int out_profile_end(struct profile_output *output)
{
	int err = output->any ? 0 : begin(output);

	if (err || !output->options->json)
		return err;
	return frame_end(&output->frame, NULL);
}
