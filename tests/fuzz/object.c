// SPDX-License-Identifier: GPL-2.0
/*
 * What must hold for one message: it is rejected, or decoded; an object, a profile
 * and counters are then printed, a judgement read.
 */
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>

#include "judge/judgement.h"
#include "model/object.h"
#include "model/profile.h"
#include "model/stats.h"
#include "statistics/gather.h"
#include "fuzz.h"
#include "print/json_object.h"
#include "print/out_text.h"
#include "print/out_profile.h"
#include "print/out_dev_stats.h"
#include "print/out_stats.h"

static char *as_text(const struct vdev_object *object, bool details)
{
	size_t size;
	char *text;
	FILE *file = open_memstream(&text, &size);

	out_text(file, object, details);
	fclose(file);
	must_be_printable(text, size);
	return text;
}

static char *as_json(const struct vdev_object *object)
{
	json_t *json = json_from_object(object);
	char *text = json_dumps(json, JSON_COMPACT);

	MUST(text, NULL);
	must_be_json(text, strlen(text));
	json_decref(json);
	return text;
}

/* A copy that outlives its original is printed in the same way. */
static void check_object(struct vdev_object *object)
{
	struct vdev_object *copy = vdev_object_dup(object);
	char *text[] = { as_text(object, true), as_text(copy, true) };
	char *json[] = { as_json(object), as_json(copy) };

	free(as_text(object, false));
	vdev_object_free(copy);
	MUST(strcmp(text[0], text[1]) == 0, text[1]);
	MUST(strcmp(json[0], json[1]) == 0, json[1]);
	free(text[0]);
	free(text[1]);
	free(json[0]);
	free(json[1]);
}

static void must_be_same(const char *a, const char *b)
{
	MUST(!a == !b, NULL);
	MUST(!a || !strcmp(a, b), NULL);
}

/* All that a finding points to can be read. */
static void check_finding(const struct vdev_finding *a, const struct vdev_finding *b)
{
	must_be_same(a->name, b->name);
	must_be_same(a->reason, b->reason);
	if (a->source.type == VDEV_VALUE_TYPE_STRING)
		must_be_same(a->source.string, b->source.string);
	if (a->target.type == VDEV_VALUE_TYPE_STRING)
		must_be_same(a->target.string, b->target.string);
	MUST(a->missing.num_words == b->missing.num_words, NULL);
	MUST(a->unmet.num_words == b->unmet.num_words, NULL);
	MUST(vdev_bitmap_test(&a->missing, 64 * a->missing.num_words - 1) ==
	     vdev_bitmap_test(&b->missing, 64 * b->missing.num_words - 1), NULL);
	MUST(!vdev_bitmap_test(&a->unmet, 64 * a->unmet.num_words), NULL);
}

static void check_judgement(const struct nlmsghdr *nlh)
{
	struct vdev_judgement judgement = { 0 }, *copy;
	unsigned int i;

	MUST(!vdev_judgement_decode(&judgement, nlh), NULL);
	copy = vdev_judgement_dup(&judgement);
	MUST(vdev_judgement_target(copy), NULL);
	must_be_same(vdev_judgement_target(copy), vdev_judgement_target(&judgement));
	MUST(vdev_judgement_verdict(copy) == vdev_judgement_verdict(&judgement), NULL);
	MUST(vdev_judgement_age(copy) == vdev_judgement_age(&judgement), NULL);
	MUST(vdev_judgement_truncated(copy) == vdev_judgement_truncated(&judgement), NULL);
	MUST(vdev_judgement_stale(copy) == vdev_judgement_stale(&judgement), NULL);
	MUST(vdev_judgement_num_findings(copy) == vdev_judgement_num_findings(&judgement), NULL);
	for (i = 0; i < vdev_judgement_num_findings(copy); i++)
		check_finding(vdev_judgement_finding(copy, i),
			      vdev_judgement_finding(&judgement, i));
	vdev_arena_free(&judgement.arena);
	vdev_judgement_free(copy);
}

static void check_one_object(const struct nlmsghdr *nlh)
{
	struct vdev_object object = { 0 };

	MUST(!vdev_object_decode(&object, nlh), NULL);
	check_object(&object);
	vdev_arena_free(&object.arena);
}

/* What was printed to stdout meanwhile. */
static void must_be_good(char *text, size_t size, bool json)
{
	if (json)
		must_be_json(text, size);
	else
		must_be_printable(text, size);
	free(text);
}

static void print_profile(const struct vdev_profile *profile, const struct options *options)
{
	struct profile_output output, change;
	FILE *old = stdout;
	size_t size;
	char *text;

	stdout = open_memstream(&text, &size);
	out_profile_init(&output, options);
	MUST(!out_profile(profile, &output), NULL);
	MUST(!out_profile_end(&output), NULL);
	fclose(stdout);
	must_be_good(text, size, options->json);
	stdout = open_memstream(&text, &size);
	out_profile_init(&change, options);
	MUST(!out_profile_change(profile, &change), NULL);
	MUST(!out_profile_end(&change), NULL);
	fclose(stdout);
	stdout = old;
	must_be_good(text, size, options->json);
}

static void check_profile(const struct nlmsghdr *nlh)
{
	struct vdev_profile *profile = vdev_profile_copy(nlh);

	MUST(profile, NULL);
	MUST(vdev_profile_name(profile), NULL);
	print_profile(profile, &(struct options){ .details = true });
	print_profile(profile, &(struct options){ .json = true });
	vdev_profile_free(profile);
}

static void print_stats(const struct vdev_stats *stats, const struct options *options)
{
	FILE *old = stdout;
	size_t size;
	char *text;

	stdout = open_memstream(&text, &size);
	MUST(!out_stats(stats, options), NULL);
	fclose(stdout);
	stdout = old;
	must_be_good(text, size, options->json);
}

static void check_stats(const struct nlmsghdr *nlh)
{
	struct vdev_stats *stats = vdev_stats_copy(nlh);
	unsigned int i;

	MUST(stats, NULL);
	for (i = 0; i < vdev_stats_num_providers(stats); i++)
		MUST(vdev_stats_provider(stats, i)->name, NULL);
	MUST(!vdev_stats_provider(stats, i), NULL);
	print_stats(stats, &(struct options){ 0 });
	print_stats(stats, &(struct options){ .json = true });
	vdev_stats_free(stats);
}

static void print_dev_stats(const struct vdev_dev_stats *stats, const struct options *options)
{
	FILE *old = stdout;
	size_t size;
	char *text;

	stdout = open_memstream(&text, &size);
	MUST(!out_dev_stats(stats, options), NULL);
	fclose(stdout);
	stdout = old;
	must_be_good(text, size, options->json);
}

static void check_dev_stats(const struct nlmsghdr *nlh)
{
	struct vdev_dev_stats *stats = vdev_dev_stats_copy(nlh);
	unsigned int i;

	MUST(stats && vdev_dev_stats_handle(stats), NULL);
	for (i = 0; i < vdev_dev_stats_num_counters(stats); i++)
		MUST(vdev_dev_stats_counter(stats, i)->name, NULL);
	MUST(!vdev_dev_stats_counter(stats, i), NULL);
	print_dev_stats(stats, &(struct options){ 0 });
	print_dev_stats(stats, &(struct options){ .json = true });
	vdev_dev_stats_free(stats);
}

/* What the message is about decides who reads it. */
static const struct {
	int (*check)(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE]);
	void (*use)(const struct nlmsghdr *nlh);
} readers[] = {
	[VDEV_CMD_CHECK] = { vdev_judgement_check, check_judgement },
	[VDEV_CMD_FIND] = { vdev_judgement_check, check_judgement },
	[VDEV_CMD_DEV_STATS_GET] = { vdev_dev_stats_check, check_dev_stats },
	[VDEV_CMD_PROFILE_GET] = { vdev_profile_message_check, check_profile },
	[VDEV_CMD_PROFILE_SET] = { vdev_profile_message_check, check_profile },
	[VDEV_CMD_PROFILE_DEL] = { vdev_profile_message_check, check_profile },
	[VDEV_CMD_STATS_GET] = { vdev_stats_check, check_stats },
};

void check_message(const struct nlmsghdr *nlh)
{
	uint8_t cmd = ((const struct genlmsghdr *)NLMSG_DATA(nlh))->cmd;
	bool other = cmd < ARRAY_SIZE(readers) && readers[cmd].check;
	char path[ATTR_PATH_SIZE];
	int err;

	err = other ? readers[cmd].check(nlh, path) : vdev_object_check(nlh, path);
	if (err)
		must_be_printable(path, strlen(path));
	else if (other)
		readers[cmd].use(nlh);
	else
		check_one_object(nlh);
}
