// SPDX-License-Identifier: GPL-2.0
/*
 * What the family counts, on stdout: for people the family's counters and then
 * a block for each provider, each line begun by the word that is its key in
 * JSON. What is not reported is left out.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "frame.h"
#include "json.h"
#include "out_stats.h"
#include "text.h"

static void print_counter(const char *before, uint64_t counter, const char *after)
{
	if (counter != VDEV_UNKNOWN64)
		printf("%s %" PRIu64 "%s", before, counter, after);
}

static void print_family(const struct vdev_stats *stats)
{
	if (vdev_stats_instance(stats))
		print_counter("instance", vdev_stats_instance(stats), "\n");
	print_counter("generation", vdev_stats_generation(stats), "\n");
	print_counter("verdicts", vdev_stats_verdicts(stats), "\n");
	print_counter("events", vdev_stats_events(stats), "\n");
	print_counter("events-lost", vdev_stats_events_lost(stats), "\n");
}

static void print_endpoints(const struct vdev_provider_stats *provider)
{
	if (provider->endpoints != VDEV_UNKNOWN32)
		printf("  endpoints %" PRIu32 "\n", provider->endpoints);
	if (provider->stale != VDEV_UNKNOWN32)
		printf("  stale %" PRIu32 "\n", provider->stale);
}

static void print_polls(const struct vdev_provider_stats *provider)
{
	print_counter("  polls", provider->polls, "\n");
	print_counter("  polls-busy", provider->polls_busy, "\n");
	if (!provider->slowest_endpoint || provider->slowest_poll == VDEV_UNKNOWN64)
		return;
	print_counter("  slowest-poll", provider->slowest_poll, " us of ");
	text_quoted(stdout, provider->slowest_endpoint);
	putchar('\n');
}

static void print_not_followed(const struct vdev_provider_stats *provider)
{
	if (provider->not_followed == VDEV_UNKNOWN64)
		return;
	print_counter("  not-followed", provider->not_followed, "");
	if (provider->not_followed_reason) {
		fputs(", last: ", stdout);
		text_put(stdout, provider->not_followed_reason);
	}
	putchar('\n');
}

static void print_provider(const struct vdev_provider_stats *provider)
{
	fputs("provider ", stdout);
	text_quoted(stdout, provider->name);
	putchar('\n');
	print_endpoints(provider);
	print_polls(provider);
	print_counter("  rejected", provider->rejected, "\n");
	print_counter("  vetoes", provider->vetoes, "\n");
	print_not_followed(provider);
}

static int print_text(const struct vdev_stats *stats)
{
	unsigned int i;

	print_family(stats);
	for (i = 0; i < vdev_stats_num_providers(stats); i++)
		print_provider(vdev_stats_provider(stats, i));
	return 0;
}

static void put_counter(struct builder *builder, json_t *json, const char *key, uint64_t counter)
{
	if (counter != VDEV_UNKNOWN64)
		put_u64(builder, json, key, counter);
}

static void put_number(struct builder *builder, json_t *json, const char *key, uint32_t number)
{
	if (number != VDEV_UNKNOWN32)
		put_u64(builder, json, key, number);
}

static int put_provider(struct frame *frame, const struct vdev_provider_stats *provider)
{
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	int err = -ENOMEM;

	put_string(&builder, json, "name", provider->name);
	put_number(&builder, json, "endpoints", provider->endpoints);
	put_number(&builder, json, "stale", provider->stale);
	put_counter(&builder, json, "polls", provider->polls);
	put_counter(&builder, json, "polls-busy", provider->polls_busy);
	put_counter(&builder, json, "slowest-poll", provider->slowest_poll);
	put_string(&builder, json, "slowest-endpoint", provider->slowest_endpoint);
	put_counter(&builder, json, "rejected", provider->rejected);
	put_counter(&builder, json, "vetoes", provider->vetoes);
	put_counter(&builder, json, "not-followed", provider->not_followed);
	put_string(&builder, json, "not-followed-reason", provider->not_followed_reason);
	if (!builder.broken)
		err = frame_put(frame, json);
	json_decref(json);
	return err;
}

static int begin(struct frame *frame, const struct vdev_stats *stats)
{
	struct builder builder = { 0 };
	json_t *before = build_object(&builder);
	json_t *json = build_object(&builder);
	int err = -ENOMEM;

	if (vdev_stats_instance(stats))
		put_counter(&builder, json, "instance", vdev_stats_instance(stats));
	put_counter(&builder, json, "generation", vdev_stats_generation(stats));
	put_counter(&builder, json, "verdicts", vdev_stats_verdicts(stats));
	put_counter(&builder, json, "events", vdev_stats_events(stats));
	put_counter(&builder, json, "events-lost", vdev_stats_events_lost(stats));
	put(&builder, before, "stats", json);
	if (!builder.broken)
		err = frame_begin(frame, before);
	json_decref(before);
	return err;
}

static int print_json(const struct vdev_stats *stats, bool pretty)
{
	struct frame frame = { .key = "providers", .pretty = pretty };
	int err = begin(&frame, stats);
	unsigned int i;

	for (i = 0; !err && i < vdev_stats_num_providers(stats); i++)
		err = put_provider(&frame, vdev_stats_provider(stats, i));
	return err ? err : frame_end(&frame, NULL);
}

int out_stats(const struct vdev_stats *stats, const struct options *options)
{
	int err = options->json ? print_json(stats, options->pretty) : print_text(stats);

	return !err && ferror(stdout) ? -EIO : err;
}
