/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What the family counts: what it did for those who ask and for those who
 * subscribe, and for each provider what its devices and its driver did. Reading
 * needs no privilege.
 */
#ifndef VDEV_STATS_H
#define VDEV_STATS_H

#include <vdev/record.h>
#include <vdev/sock.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct vdev_provider_stats - what is counted for a provider
 * @name: its name
 * @endpoints: endpoints that are registered now
 * @stale: endpoints that are stale now
 * @polls: polls of a device that have ended
 * @polls_busy: those of them that read nothing, mostly because the device was busy
 * @slowest_poll: duration of the slowest poll, in microseconds
 * @slowest_endpoint: name of the endpoint whose poll that was; NULL before the
 *	first poll
 * @rejected: registrations and updates that were rejected
 * @vetoes: sources that the provider rejected although the rules allow them
 * @not_followed: how often a device on the bus could not be registered
 * @not_followed_reason: which device the last of them was, and why; NULL if
 *	there was none
 *
 * All are counted since the provider was registered. A number that is not
 * reported is VDEV_UNKNOWN32 or VDEV_UNKNOWN64. The struct may grow at its end.
 */
struct vdev_provider_stats {
	const char *name;
	uint32_t endpoints;
	uint32_t stale;
	uint64_t polls;
	uint64_t polls_busy;
	uint64_t slowest_poll;
	const char *slowest_endpoint;
	uint64_t rejected;
	uint64_t vetoes;
	uint64_t not_followed;
	const char *not_followed_reason;
};

/* What was counted at one moment. It never changes. */
struct vdev_stats;

/**
 * vdev_stats_get() - read what the family counts
 * @sock: the socket
 * @stats: where to put it, to be freed with vdev_stats_free(); NULL after a
 *	failure
 *
 * Return: 0 or a negative errno, -EAGAIN if providers were registered meanwhile;
 * vdev_sock_error() has more.
 */
int vdev_stats_get(struct vdev_sock *sock, struct vdev_stats **stats);

/**
 * vdev_stats_free() - free what was read, and all that was got from it
 * @stats: what was read; may be NULL
 */
void vdev_stats_free(struct vdev_stats *stats);

/**
 * vdev_stats_instance() - of which instance of the family the generation is
 * @stats: what was read
 *
 * Return: a number that is another each time the module is loaded; 0 if not
 * reported.
 */
uint32_t vdev_stats_instance(const struct vdev_stats *stats);

/**
 * vdev_stats_generation() - how often something changed visibly
 * @stats: what was read
 *
 * Return: generation of the family; VDEV_UNKNOWN64 if not reported.
 */
uint64_t vdev_stats_generation(const struct vdev_stats *stats);

/**
 * vdev_stats_verdicts() - how many verdicts there were
 * @stats: what was read
 *
 * Return: the number of verdicts of check and find since the core was loaded;
 * VDEV_UNKNOWN64 if not reported.
 */
uint64_t vdev_stats_verdicts(const struct vdev_stats *stats);

/**
 * vdev_stats_events() - how many events were sent to subscribers
 * @stats: what was read
 *
 * Return: the number since the core was loaded; VDEV_UNKNOWN64 if not reported.
 */
uint64_t vdev_stats_events(const struct vdev_stats *stats);

/**
 * vdev_stats_events_lost() - how many events were not sent
 * @stats: what was read
 *
 * There was no memory for them, or too many were waiting. Subscribers know of
 * each loss.
 *
 * Return: the number since the core was loaded; VDEV_UNKNOWN64 if not reported.
 */
uint64_t vdev_stats_events_lost(const struct vdev_stats *stats);

/**
 * vdev_stats_num_providers() - how many providers there are
 * @stats: what was read
 *
 * Return: the number.
 */
unsigned int vdev_stats_num_providers(const struct vdev_stats *stats);

/**
 * vdev_stats_provider() - what is counted for a provider
 * @stats: what was read
 * @index: from 0 to vdev_stats_num_providers() - 1
 *
 * Return: the counters, valid as long as @stats; NULL if there is none with this
 * index.
 */
const struct vdev_provider_stats *vdev_stats_provider(const struct vdev_stats *stats,
						      unsigned int index);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_STATS_H */
