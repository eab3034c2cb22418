// SPDX-License-Identifier: GPL-2.0
/*
 * Events. What changed is found by comparing the endpoint before and after, once
 * for text and for JSON. Each event is written out at once.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/host.h"
#include "cli/text.h"
#include "colours.h"
#include "diff.h"
#include "common/frame.h"
#include "common/keys.h"
#include "common/words.h"
#include "json_object.h"
#include "out_event.h"
#include "out_profile.h"
#include "out_text.h"

static const struct vdev_object *object_of(const struct vdev_event *event)
{
	return event->after ? event->after : event->before;
}

static int diff_event(const struct vdev_event *event, change_fn *fn, void *arg)
{
	json_t *before, *after;
	int err = -ENOMEM;

	if (event->type != VDEV_EVENT_CHANGE)
		return 0;
	before = json_from_object(event->before);
	after = json_from_object(event->after);
	if (before && after)
		err = diff_objects(before, after, fn, arg);
	json_decref(before);
	json_decref(after);
	return err;
}

static void print_words(const char *before, const json_t *words)
{
	json_t *word;
	size_t i;

	json_array_foreach(words, i, word) {
		fputs(before, stdout);
		text_quoted(stdout, json_string_value(word));
	}
}

/* "PLACE: set WORD WORD..." of a set that came or went as a whole; "PLACE +WORD -WORD...". */
static void print_set(const struct change *change)
{
	if (change->whole) {
		fputs(change->added ? ": set" : ": cleared", stdout);
		print_words(" ", change->added ? change->added : change->removed);
	} else {
		print_words(" +", change->added);
		print_words(" -", change->removed);
	}
	putchar('\n');
}

/* "PLACE: BEFORE -> AFTER", or that it was set or cleared; of a set, what was. */
static int print_change(const struct change *change, void *arg)
{
	(void)arg;
	fputs("  ", stdout);
	text_put(stdout, change->place);
	if (change->added || change->removed) {
		print_set(change);
		return 0;
	}
	fputs(!change->before ? ": set " : !change->after ? ": cleared " : ": ", stdout);
	if (change->before)
		text_quoted(stdout, change->before);
	if (change->before && change->after)
		fputs(" -> ", stdout);
	if (change->after)
		text_quoted(stdout, change->after);
	putchar('\n');
	return 0;
}

/* What an event says that is about no endpoint. */
static void print_plain(const struct vdev_event *event)
{
	const char *loss = vdev_loss_name(event->loss);

	colour_puts(stdout, colour_of_event(event->type), vdev_event_name(event->type));
	if (loss)
		printf(" %s", loss);
	if (event->profile) {
		putchar(' ');
		text_put(stdout, vdev_profile_name(event->profile));
	}
	text_generation(stdout, event->instance, event->generation);
	putchar('\n');
}

static int print_text(const struct vdev_event *event, const struct options *options,
		      const char *time)
{
	const struct vdev_object *object = object_of(event);

	if (time)
		printf("%s ", time);
	if (!object) {
		print_plain(event);
		return 0;
	}
	fputs(event->resync ? "resync " : "", stdout);
	colour_puts(stdout, colour_of_event(event->type), vdev_event_name(event->type));
	printf(" %s ", vdev_endpoint_kind_name(vdev_object_kind(object)));
	if (event->type == VDEV_EVENT_NEW) {
		out_text(stdout, object, options->details);
		return 0;
	}
	text_put(stdout, vdev_object_handle(object));
	putchar('\n');
	return diff_event(event, print_change, NULL);
}

struct changes {
	struct builder builder;
	json_t *list;
};

static void put_words(struct builder *builder, json_t *json, const char *key, const json_t *words)
{
	if (words)
		put(builder, json, key, json_incref((json_t *)words));
}

static int append_change(const struct change *change, void *arg)
{
	struct changes *changes = arg;
	json_t *json = build_object(&changes->builder);

	put_string(&changes->builder, json, "field", change->field);
	put_string(&changes->builder, json, "name", change->name);
	put_string(&changes->builder, json, "before", change->before);
	put_string(&changes->builder, json, "after", change->after);
	put_words(&changes->builder, json, "added", change->added);
	put_words(&changes->builder, json, "removed", change->removed);
	append(&changes->builder, changes->list, json);
	return changes->builder.broken ? -ENOMEM : 0;
}

static int put_changes(struct builder *builder, json_t *json, const struct vdev_event *event)
{
	struct changes changes = { .list = build_array(builder) };
	int err = diff_event(event, append_change, &changes);

	put(builder, json, "changes", changes.list);
	return err;
}

static int put_endpoint(struct builder *builder, json_t *json, const struct vdev_event *event)
{
	const struct vdev_object *object = object_of(event);

	put(builder, json, "resync", json_boolean(event->resync));
	put_enum(builder, json, KEY_ENDPOINT, vdev_endpoint_kind_name, vdev_object_kind(object));
	put(builder, json, "object", json_from_object(object));
	return event->type == VDEV_EVENT_CHANGE ? put_changes(builder, json, event) : 0;
}

static int print_json(const struct vdev_event *event, const struct options *options,
		      const char *time)
{
	const struct frame frame = { .pretty = options->pretty };
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	char *text = NULL;
	int err = 0;

	put_enum(&builder, json, "event", vdev_event_name, event->type);
	put_string(&builder, json, "time", time);
	put_enum(&builder, json, "loss", vdev_loss_name, event->loss);
	put_generation(&builder, json, event->instance, event->generation);
	if (object_of(event))
		err = put_endpoint(&builder, json, event);
	if (event->profile)
		put(&builder, json, "profile", json_from_profile(event->profile));
	if (!err && !builder.broken)
		text = frame_dump(&frame, json);
	if (text)
		puts(text);
	free(text);
	json_decref(json);
	return text ? 0 : -ENOMEM;
}

int out_event(const struct vdev_event *event, const struct options *options, bool timestamp)
{
	char buffer[HOST_TIME_SIZE];
	const char *time = timestamp ? buffer : NULL;
	int err;

	errno = 0;
	if (timestamp)
		host_time(buffer);
	err = options->json ? print_json(event, options, time) : print_text(event, options, time);
	if (err)
		return err;
	return fflush(stdout) || ferror(stdout) ? -EIO : 0;
}
