// SPDX-License-Identifier: GPL-2.0
/*
 * Metrics. The samples of each are gathered apart, because they have to stand together. There
 * is nothing of which one device has many, such as what is counted for its virtqueues: each of
 * them would be a time series.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/words.h"
#include "exposition.h"
#include "out_metrics.h"

enum {
	UP,
	BUILD,
	GENERATION,
	VERDICTS,
	EVENTS,
	EVENTS_LOST,
	PROVIDER_ENDPOINTS,
	PROVIDER_STALE,
	PROVIDER_POLLS,
	PROVIDER_POLLS_BUSY,
	PROVIDER_SLOWEST_POLL,
	PROVIDER_REJECTED,
	PROVIDER_VETOES,
	PROVIDER_NOT_FOLLOWED,
	DEVICE,
	MIGRATABLE,
	BLOCKERS,
	STALE,
	AGE,
	TYPE_AVAILABLE,
	TYPE_LIMIT,
	NUM_METRICS,
};

#define GAUGE "gauge"
#define COUNTER "counter"

static const struct metric known[] = {
	[UP] = { "vdev_up", GAUGE,
		"Whether the kernel's vdev family could be read (1) or not (0)." },
	[BUILD] = { "vdev_build_info", GAUGE, "The version of vdevctl." },
	[GENERATION] = { "vdev_generation", GAUGE,
		"How often something changed visibly since the module was loaded." },
	[VERDICTS] = { "vdev_verdicts_total", COUNTER, "Verdicts of check and find." },
	[EVENTS] = { "vdev_events_total", COUNTER, "Events that were sent to subscribers." },
	[EVENTS_LOST] = { "vdev_events_lost_total", COUNTER,
		"Events that were not sent, for lack of memory or because too many waited." },
	[PROVIDER_ENDPOINTS] = { "vdev_provider_endpoints", GAUGE,
		"Devices and types that the provider reports." },
	[PROVIDER_STALE] = { "vdev_provider_stale_endpoints", GAUGE,
		"Those of them that do not answer when they are polled." },
	[PROVIDER_POLLS] = { "vdev_provider_polls_total", COUNTER,
		"Polls of a device that have ended." },
	[PROVIDER_POLLS_BUSY] = { "vdev_provider_busy_polls_total", COUNTER,
		"Those of them that read nothing, mostly because the device was busy." },
	[PROVIDER_SLOWEST_POLL] = { "vdev_provider_slowest_poll_seconds", GAUGE,
		"Duration of the slowest poll." },
	[PROVIDER_REJECTED] = { "vdev_provider_rejections_total", COUNTER,
		"Registrations and updates that were rejected." },
	[PROVIDER_VETOES] = { "vdev_provider_vetoes_total", COUNTER,
		"Sources that the provider rejected although the rules allow them." },
	[PROVIDER_NOT_FOLLOWED] = { "vdev_provider_not_followed_total", COUNTER,
		"How often a device on the bus could not be registered." },
	[DEVICE] = { "vdev_device_info", GAUGE, "What a device is." },
	[MIGRATABLE] = { "vdev_migratable", GAUGE,
		"Whether the driver declares migration and nothing blocks it (1) or not (0)." },
	[BLOCKERS] = { "vdev_blockers", GAUGE,
		"How many reasons against a migration of the device there are now." },
	[STALE] = { "vdev_stale", GAUGE,
		"Whether the device did not answer when it was polled (1) or did (0)." },
	[AGE] = { "vdev_polled_age_seconds", GAUGE,
		"How old the facts are that change without an event." },
	[TYPE_AVAILABLE] = { "vdev_type_available", GAUGE,
		"How many more devices of the type can be created now." },
	[TYPE_LIMIT] = { "vdev_type_limit", GAUGE,
		"Most devices of the type that there can be." },
};

struct samples {
	FILE *file;
	char *text;
	size_t len;
};

struct out_metrics {
	struct samples of[NUM_METRICS];
};

struct out_metrics *out_metrics_new(void)
{
	struct out_metrics *metrics = calloc(1, sizeof(*metrics));
	size_t i;

	for (i = 0; metrics && i < NUM_METRICS; i++) {
		metrics->of[i].file = open_memstream(&metrics->of[i].text, &metrics->of[i].len);
		if (!metrics->of[i].file) {
			out_metrics_free(metrics);
			return NULL;
		}
	}
	return metrics;
}

void out_metrics_free(struct out_metrics *metrics)
{
	size_t i;

	for (i = 0; metrics && i < NUM_METRICS; i++) {
		if (metrics->of[i].file)
			fclose(metrics->of[i].file);
		free(metrics->of[i].text);
	}
	free(metrics);
}

static void add(struct out_metrics *metrics, size_t metric, const struct label *labels,
		uint64_t number)
{
	exposition_number(metrics->of[metric].file, &known[metric], labels, number);
}

/* What may not be reported. */
static void add32(struct out_metrics *metrics, size_t metric, const struct label *labels,
		  uint32_t number)
{
	if (number != VDEV_UNKNOWN32)
		add(metrics, metric, labels, number);
}

static void add64(struct out_metrics *metrics, size_t metric, const struct label *labels,
		  uint64_t number)
{
	if (number != VDEV_UNKNOWN64)
		add(metrics, metric, labels, number);
}

static const char *ident(const struct vdev_ident *ident)
{
	return ident ? ident->value : NULL;
}

static void add_info(struct out_metrics *metrics, const struct vdev_object *device)
{
	const struct vdev_record *record = vdev_object_record(device);
	uint32_t migration = vdev_object_migration(device);
	char buffer[WORD_SIZE];
	const struct label labels[] = {
		{ "handle", vdev_object_handle(device) },
		{ "driver", vdev_object_driver(device) },
		{ "provider", vdev_object_provider(device) },
		{ "device_api", record ? ident(vdev_record_device_api(record)) : NULL },
		{ "model", record ? ident(vdev_record_model(record)) : NULL },
		{ "type", record ? ident(vdev_record_type(record)) : NULL },
		{ "migration", migration ? word_or_number(vdev_migration_name(migration),
							  migration, buffer) : NULL },
		{ 0 },
	};

	add(metrics, DEVICE, labels, 1);
}

static void add_device(struct out_metrics *metrics, const struct vdev_object *device,
		       const struct label *labels)
{
	uint32_t age = vdev_object_age(device);

	add_info(metrics, device);
	add(metrics, MIGRATABLE, labels, vdev_object_migratable(device));
	add(metrics, BLOCKERS, labels, vdev_object_num_blockers(device));
	add(metrics, STALE, labels, vdev_object_stale(device));
	if (age != VDEV_UNKNOWN32)
		exposition_seconds(metrics->of[AGE].file, &known[AGE], labels, age, 1000);
}

static void add_type(struct out_metrics *metrics, const struct vdev_object *type,
		     const struct label *labels)
{
	const struct vdev_capacity *capacity = vdev_object_capacity(type);

	if (!capacity)
		return;
	add32(metrics, TYPE_AVAILABLE, labels, capacity->available);
	add32(metrics, TYPE_LIMIT, labels, capacity->limit);
}

int out_metrics_object(const struct vdev_object *object, void *arg)
{
	const struct label labels[] = {
		{ "handle", vdev_object_handle(object) },
		{ "driver", vdev_object_driver(object) },
		{ 0 },
	};

	if (vdev_object_kind(object) == VDEV_OBJECT_DEV)
		add_device(arg, object, labels);
	else
		add_type(arg, object, labels);
	return 0;
}

static bool has_slowest(const struct vdev_provider_stats *provider)
{
	return provider->slowest_endpoint && provider->slowest_poll != VDEV_UNKNOWN64;
}

static void add_provider(struct out_metrics *metrics, const struct vdev_provider_stats *provider)
{
	const struct label labels[] = { { "provider", provider->name }, { 0 } };

	add32(metrics, PROVIDER_ENDPOINTS, labels, provider->endpoints);
	add32(metrics, PROVIDER_STALE, labels, provider->stale);
	add64(metrics, PROVIDER_POLLS, labels, provider->polls);
	add64(metrics, PROVIDER_POLLS_BUSY, labels, provider->polls_busy);
	if (has_slowest(provider))
		exposition_seconds(metrics->of[PROVIDER_SLOWEST_POLL].file,
				   &known[PROVIDER_SLOWEST_POLL], labels, provider->slowest_poll,
				   1000000);
	add64(metrics, PROVIDER_REJECTED, labels, provider->rejected);
	add64(metrics, PROVIDER_VETOES, labels, provider->vetoes);
	add64(metrics, PROVIDER_NOT_FOLLOWED, labels, provider->not_followed);
}

static bool same_name(const struct vdev_provider_stats *one,
		      const struct vdev_provider_stats *other)
{
	return strcmp(one->name ? one->name : "", other->name ? other->name : "") == 0;
}

static void sum32(uint32_t *sum, uint32_t number)
{
	if (*sum == VDEV_UNKNOWN32)
		*sum = number;
	else if (number != VDEV_UNKNOWN32)
		*sum += number;
}

static void sum64(uint64_t *sum, uint64_t number)
{
	if (*sum == VDEV_UNKNOWN64)
		*sum = number;
	else if (number != VDEV_UNKNOWN64)
		*sum += number;
}

static void sum_up(struct vdev_provider_stats *sum, const struct vdev_provider_stats *other)
{
	sum32(&sum->endpoints, other->endpoints);
	sum32(&sum->stale, other->stale);
	sum64(&sum->polls, other->polls);
	sum64(&sum->polls_busy, other->polls_busy);
	sum64(&sum->rejected, other->rejected);
	sum64(&sum->vetoes, other->vetoes);
	sum64(&sum->not_followed, other->not_followed);
	if (has_slowest(other) && (!has_slowest(sum) || other->slowest_poll > sum->slowest_poll)) {
		sum->slowest_poll = other->slowest_poll;
		sum->slowest_endpoint = other->slowest_endpoint;
	}
}

/* Several drivers can use one name, but of a time series there is one sample. */
static void add_providers(struct out_metrics *metrics, const struct vdev_stats *stats,
			  unsigned int index)
{
	struct vdev_provider_stats sum = *vdev_stats_provider(stats, index);
	unsigned int i;

	for (i = 0; i < index; i++)
		if (same_name(vdev_stats_provider(stats, i), &sum))
			return;
	for (i = index + 1; i < vdev_stats_num_providers(stats); i++)
		if (same_name(vdev_stats_provider(stats, i), &sum))
			sum_up(&sum, vdev_stats_provider(stats, i));
	add_provider(metrics, &sum);
}

void out_metrics_stats(struct out_metrics *metrics, const struct vdev_stats *stats)
{
	unsigned int i;

	add64(metrics, GENERATION, NULL, vdev_stats_generation(stats));
	add64(metrics, VERDICTS, NULL, vdev_stats_verdicts(stats));
	add64(metrics, EVENTS, NULL, vdev_stats_events(stats));
	add64(metrics, EVENTS_LOST, NULL, vdev_stats_events_lost(stats));
	for (i = 0; i < vdev_stats_num_providers(stats); i++)
		add_providers(metrics, stats, i);
}

int out_metrics_end(struct out_metrics *metrics, bool up)
{
	const struct label version[] = { { "version", VDEV_PACKAGE_VERSION }, { 0 } };
	size_t i;

	for (i = 0; !up && i < NUM_METRICS; i++)
		rewind(metrics->of[i].file);
	add(metrics, UP, NULL, up);
	add(metrics, BUILD, version, 1);
	for (i = 0; i < NUM_METRICS; i++)
		if (fflush(metrics->of[i].file) || ferror(metrics->of[i].file))
			return -ENOMEM;
	return 0;
}

void out_metrics_print(const struct out_metrics *metrics, FILE *file)
{
	size_t i;

	for (i = 0; i < NUM_METRICS; i++) {
		if (!metrics->of[i].len)
			continue;
		exposition_head(file, &known[i]);
		fwrite(metrics->of[i].text, 1, metrics->of[i].len, file);
	}
}
