// SPDX-License-Identifier: LGPL-2.1
/* From a reply to what the family counts, its life and the functions that read it. */
#include <errno.h>
#include <stdlib.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "decode.h"
#include "getter.h"
#include "reply.h"
#include "stats.h"

/* Without its name nobody knows whose numbers they are. */
static int check_provider(const struct nlattr *nest, char path[ATTR_PATH_SIZE])
{
	if (nla_find(nla_data(nest), nla_len(nest), VDEV_A_PROVIDER_STATS_NAME))
		return 0;
	vdev_path_prepend(path, vdev_attr_def(&vdev_provider_stats_attrs,
					      VDEV_A_PROVIDER_STATS_NAME), 0);
	vdev_path_prepend(path, vdev_attr_def(&vdev_stats_attrs, VDEV_A_STATS_PROVIDER), 0);
	return -EBADMSG;
}

int vdev_stats_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const struct nlattr *pos;
	int rem, err = 0;

	path[0] = '\0';
	if (!genlmsg_valid_hdr((struct nlmsghdr *)nlh, 0) || genl->cmd != VDEV_CMD_STATS_GET ||
	    vdev_attrs_check(&vdev_stats_attrs, vdev_reply_head(nlh), vdev_reply_len(nlh), path))
		return -EBADMSG;
	nla_for_each_attr(pos, vdev_reply_head(nlh), vdev_reply_len(nlh), rem) {
		if (!err && nla_type(pos) == VDEV_A_STATS_PROVIDER)
			err = check_provider(pos, path);
	}
	return err;
}

static void decode_provider_string(const struct nlattr *attr,
				   struct vdev_provider_stats *provider)
{
	switch (nla_type(attr)) {
	case VDEV_A_PROVIDER_STATS_NAME:
		provider->name = vdev_decode_string(attr);
		break;
	case VDEV_A_PROVIDER_STATS_SLOWEST_ENDPOINT:
		provider->slowest_endpoint = vdev_decode_string(attr);
		break;
	case VDEV_A_PROVIDER_STATS_NOT_FOLLOWED_REASON:
		provider->not_followed_reason = vdev_decode_string(attr);
		break;
	}
}

static void decode_provider_attr(const struct nlattr *attr, struct vdev_provider_stats *provider)
{
	uint64_t *counters[] = {
		[VDEV_A_PROVIDER_STATS_POLLS] = &provider->polls,
		[VDEV_A_PROVIDER_STATS_POLLS_BUSY] = &provider->polls_busy,
		[VDEV_A_PROVIDER_STATS_SLOWEST_POLL] = &provider->slowest_poll,
		[VDEV_A_PROVIDER_STATS_REJECTED] = &provider->rejected,
		[VDEV_A_PROVIDER_STATS_VETOES] = &provider->vetoes,
		[VDEV_A_PROVIDER_STATS_NOT_FOLLOWED] = &provider->not_followed,
	};
	unsigned int type = (unsigned int)nla_type(attr);

	if (type == VDEV_A_PROVIDER_STATS_ENDPOINTS)
		provider->endpoints = vdev_decode_u32(attr);
	else if (type == VDEV_A_PROVIDER_STATS_STALE)
		provider->stale = vdev_decode_u32(attr);
	else if (type < ARRAY_SIZE(counters) && counters[type])
		*counters[type] = vdev_decode_uint(attr);
	else
		decode_provider_string(attr, provider);
}

static void decode_provider(const struct nlattr *nest, struct vdev_provider_stats *provider)
{
	const struct nlattr *pos;
	int rem;

	*provider = (struct vdev_provider_stats){
		.endpoints = VDEV_UNKNOWN32, .stale = VDEV_UNKNOWN32,
		.polls = VDEV_UNKNOWN64, .polls_busy = VDEV_UNKNOWN64,
		.slowest_poll = VDEV_UNKNOWN64, .rejected = VDEV_UNKNOWN64,
		.vetoes = VDEV_UNKNOWN64, .not_followed = VDEV_UNKNOWN64,
	};
	nla_for_each_nested(pos, nest, rem)
		decode_provider_attr(pos, provider);
}

static void decode_counter(struct vdev_stats *stats, const struct nlattr *attr)
{
	switch (nla_type(attr)) {
	case VDEV_A_STATS_INSTANCE:
		stats->instance = vdev_decode_u32(attr);
		break;
	case VDEV_A_STATS_GENERATION:
		stats->generation = vdev_decode_uint(attr);
		break;
	case VDEV_A_STATS_VERDICTS:
		stats->verdicts = vdev_decode_uint(attr);
		break;
	case VDEV_A_STATS_EVENTS:
		stats->events = vdev_decode_uint(attr);
		break;
	case VDEV_A_STATS_EVENTS_LOST:
		stats->events_lost = vdev_decode_uint(attr);
		break;
	}
}

static int decode(struct vdev_stats *stats, const struct nlmsghdr *nlh)
{
	const struct nlattr *head = vdev_reply_head(nlh);
	struct vdev_provider_stats *providers;
	int len = vdev_reply_len(nlh);
	const struct nlattr *pos;
	int rem;

	if (vdev_decode_list(&stats->arena, head, len, VDEV_A_STATS_PROVIDER, sizeof(*providers),
			     (void **)&providers, &stats->num_providers))
		return -ENOMEM;
	stats->generation = VDEV_UNKNOWN64;
	stats->verdicts = VDEV_UNKNOWN64;
	stats->events = VDEV_UNKNOWN64;
	stats->events_lost = VDEV_UNKNOWN64;
	nla_for_each_attr(pos, head, len, rem) {
		if (nla_type(pos) == VDEV_A_STATS_PROVIDER)
			decode_provider(pos, &providers[stats->num_providers++]);
		else
			decode_counter(stats, pos);
	}
	stats->providers = providers;
	return 0;
}

struct vdev_stats *vdev_stats_copy(const struct nlmsghdr *nlh)
{
	struct vdev_stats *stats = calloc(1, sizeof(*stats));
	const struct nlmsghdr *copy;

	if (!stats)
		return NULL;
	copy = vdev_reply_copy(&stats->arena, nlh);
	if (copy && !decode(stats, copy))
		return stats;
	vdev_stats_free(stats);
	return NULL;
}

VDEV_API void vdev_stats_free(struct vdev_stats *stats)
{
	if (!stats)
		return;
	vdev_arena_free(&stats->arena);
	free(stats);
}

VDEV_API const struct vdev_provider_stats *vdev_stats_provider(const struct vdev_stats *stats,
							       unsigned int index)
{
	return index < stats->num_providers ? &stats->providers[index] : NULL;
}

GETTER(uint32_t, stats, instance)
GETTER(uint64_t, stats, generation)
GETTER(uint64_t, stats, verdicts)
GETTER(uint64_t, stats, events)
GETTER(uint64_t, stats, events_lost)
GETTER(unsigned int, stats, num_providers)
