// SPDX-License-Identifier: GPL-2.0
/*
 * What the family counts, on stdout: for people the family's counters and then
 * a block for each provider, each line begun by the word that is its key in
 * JSON. What is not reported is left out.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include "cli/text.h"
#include "common/frame.h"
#include "common/json.h"
#include "common/keys.h"
#include "out_stats.h"

static void print_counter(const char *before, uint64_t counter, const char *after)
{
	if (counter != VDEV_UNKNOWN64)
		printf("%s %" PRIu64 "%s", before, counter, after);
}

static void print_family(const struct vdev_stats *stats)
{
	if (vdev_stats_instance(stats))
		print_counter(KEY_STATS_INSTANCE, vdev_stats_instance(stats), "\n");
	print_counter(KEY_STATS_GENERATION, vdev_stats_generation(stats), "\n");
	print_counter(KEY_STATS_VERDICTS, vdev_stats_verdicts(stats), "\n");
	print_counter(KEY_STATS_EVENTS, vdev_stats_events(stats), "\n");
	print_counter(KEY_STATS_EVENTS_LOST, vdev_stats_events_lost(stats), "\n");
}

static void print_endpoints(const struct vdev_provider_stats *provider)
{
	if (provider->endpoints != VDEV_UNKNOWN32)
		printf("  " KEY_PROVIDER_STATS_ENDPOINTS " %" PRIu32 "\n", provider->endpoints);
	if (provider->stale != VDEV_UNKNOWN32)
		printf("  " KEY_PROVIDER_STATS_STALE " %" PRIu32 "\n", provider->stale);
}

static void print_polls(const struct vdev_provider_stats *provider)
{
	print_counter("  " KEY_PROVIDER_STATS_POLLS, provider->polls, "\n");
	print_counter("  " KEY_PROVIDER_STATS_POLLS_BUSY, provider->polls_busy, "\n");
	if (!provider->slowest_endpoint || provider->slowest_poll == VDEV_UNKNOWN64)
		return;
	print_counter("  " KEY_PROVIDER_STATS_SLOWEST_POLL, provider->slowest_poll, " us of ");
	text_quoted(stdout, provider->slowest_endpoint);
	putchar('\n');
}

static void print_not_followed(const struct vdev_provider_stats *provider)
{
	if (provider->not_followed == VDEV_UNKNOWN64)
		return;
	print_counter("  " KEY_PROVIDER_STATS_NOT_FOLLOWED, provider->not_followed, "");
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
	print_counter("  " KEY_PROVIDER_STATS_REJECTED, provider->rejected, "\n");
	print_counter("  " KEY_PROVIDER_STATS_VETOES, provider->vetoes, "\n");
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

	put_string(&builder, json, KEY_PROVIDER_STATS_NAME, provider->name);
	put_number(&builder, json, KEY_PROVIDER_STATS_ENDPOINTS, provider->endpoints);
	put_number(&builder, json, KEY_PROVIDER_STATS_STALE, provider->stale);
	put_counter(&builder, json, KEY_PROVIDER_STATS_POLLS, provider->polls);
	put_counter(&builder, json, KEY_PROVIDER_STATS_POLLS_BUSY, provider->polls_busy);
	put_counter(&builder, json, KEY_PROVIDER_STATS_SLOWEST_POLL, provider->slowest_poll);
	put_string(&builder, json, KEY_PROVIDER_STATS_SLOWEST_ENDPOINT, provider->slowest_endpoint);
	put_counter(&builder, json, KEY_PROVIDER_STATS_REJECTED, provider->rejected);
	put_counter(&builder, json, KEY_PROVIDER_STATS_VETOES, provider->vetoes);
	put_counter(&builder, json, KEY_PROVIDER_STATS_NOT_FOLLOWED, provider->not_followed);
	put_string(&builder, json, KEY_PROVIDER_STATS_NOT_FOLLOWED_REASON,
		   provider->not_followed_reason);
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
		put_counter(&builder, json, KEY_STATS_INSTANCE, vdev_stats_instance(stats));
	put_counter(&builder, json, KEY_STATS_GENERATION, vdev_stats_generation(stats));
	put_counter(&builder, json, KEY_STATS_VERDICTS, vdev_stats_verdicts(stats));
	put_counter(&builder, json, KEY_STATS_EVENTS, vdev_stats_events(stats));
	put_counter(&builder, json, KEY_STATS_EVENTS_LOST, vdev_stats_events_lost(stats));
	put(&builder, before, "stats", json);
	if (!builder.broken)
		err = frame_begin(frame, before);
	json_decref(before);
	return err;
}

static int print_json(const struct vdev_stats *stats, bool pretty)
{
	struct frame frame = { .file = stdout, .key = KEY_STATS_PROVIDER, .pretty = pretty };
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
