// SPDX-License-Identifier: GPL-2.0
/* Parents, and what each can create, for people and as JSON. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "bricks.h"
#include "cli/text.h"
#include "common/frame.h"
#include "common/json_record.h"
#include "common/keys.h"
#include "common/words.h"
#include "out_parent.h"

/* The names of the bits depend on the device; those of the transport are the same for all. */
static const char *features_api(const struct vdev_parent *parent)
{
	return parent->num_types ? parent->types[0].device_api : NULL;
}

static void print_bit(unsigned int bit, void *arg)
{
	char buffer[WORD_SIZE];

	printf(" %s", word_bit("virtio", arg, bit, buffer));
}

static void print_number(const char *key, uint32_t number)
{
	if (number != VDEV_UNKNOWN32)
		printf(" %s %" PRIu32, key, number);
}

static void print_type(const struct vdev_parent_type *type)
{
	fputs(" ", stdout);
	text_word(stdout, "type", type->name);
	text_word(stdout, "device-api", type->device_api);
	print_number("available", type->available);
	text_word(stdout, "description", type->description);
	putchar('\n');
}

static void print_text(const struct vdev_parent *parent, bool details)
{
	const char *api = features_api(parent);
	size_t i;

	text_heading(stdout, parent->handle);
	putchar(':');
	text_word(stdout, "method", vdev_parent_method_name(parent->method));
	text_word(stdout, "driver", parent->driver);
	print_number("max-vqs", parent->max_vqs);
	print_number("enabled", parent->enabled);
	print_number("limit", parent->limit);
	putchar('\n');
	for (i = 0; i < parent->num_types; i++)
		print_type(&parent->types[i]);
	if (!details || !parent->features.num_words)
		return;
	fputs("  features", stdout);
	each_bit(&parent->features, print_bit, (void *)api);
	putchar('\n');
}

static void put_number(struct builder *builder, json_t *object, const char *key, uint32_t number)
{
	if (number != VDEV_UNKNOWN32)
		put_u64(builder, object, key, number);
}

static json_t *build_type(struct builder *builder, const struct vdev_parent_type *type)
{
	json_t *json = build_object(builder);

	put_string(builder, json, KEY_NAME, type->name);
	put_string(builder, json, KEY_RECORD_DEVICE_API, type->device_api);
	put_number(builder, json, KEY_CAPACITY_AVAILABLE, type->available);
	put_string(builder, json, "description", type->description);
	return json;
}

static json_t *build_parent(const struct vdev_parent *parent)
{
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	json_t *types = build_array(&builder);
	size_t i;

	put_string(&builder, json, "handle", parent->handle);
	put_string(&builder, json, "method", vdev_parent_method_name(parent->method));
	put_string(&builder, json, KEY_BUS, parent->bus);
	put_string(&builder, json, KEY_NAME, parent->name);
	put_string(&builder, json, KEY_DRIVER, parent->driver);
	put_number(&builder, json, "max-vqs", parent->max_vqs);
	put_number(&builder, json, "enabled", parent->enabled);
	put_number(&builder, json, KEY_CAPACITY_LIMIT, parent->limit);
	for (i = 0; i < parent->num_types; i++)
		append(&builder, types, build_type(&builder, &parent->types[i]));
	put_list(&builder, json, "types", types);
	if (parent->features.num_words)
		put(&builder, json, KEY_FEATURE_SUPPORTED,
		    build_bitmap(&builder, "virtio", features_api(parent), &parent->features));
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}

static int print_json(const struct vdev_parents *parents, const char *handle, bool pretty)
{
	struct frame frame = { .file = stdout, .key = "parents", .pretty = pretty };
	int err = frame_begin(&frame, NULL);
	size_t i;

	for (i = 0; i < vdev_parents_num(parents) && !err; i++) {
		const struct vdev_parent *parent = vdev_parents_get(parents, i);
		json_t *json;

		if (handle && strcmp(parent->handle, handle) != 0)
			continue;
		json = build_parent(parent);
		err = json ? frame_put(&frame, json) : -ENOMEM;
		json_decref(json);
	}
	return err ? err : frame_end(&frame, NULL);
}

int out_parents(const struct vdev_parents *parents, const char *handle,
		const struct options *options)
{
	size_t i;
	int err = 0;

	if (options->json) {
		err = print_json(parents, handle, options->pretty);
	} else {
		for (i = 0; i < vdev_parents_num(parents); i++) {
			const struct vdev_parent *parent = vdev_parents_get(parents, i);

			if (!handle || strcmp(parent->handle, handle) == 0)
				print_text(parent, options->details);
		}
	}
	return !err && ferror(stdout) ? -EIO : err;
}
