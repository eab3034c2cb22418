// SPDX-License-Identifier: GPL-2.0
/*
 * Getting what the family counts: of itself and of each provider.
 */
#include <net/genetlink.h>
#include <net/netlink.h>

#include "compat.h"
#include "core/core.h"
#include "judge.h"
#include "netlink.h"
#include "notify.h"

/* Room for one provider, texts included. */
#define PROVIDER_ROOM	(nla_total_size(0) + \
			 2 * nla_total_size(VDEV_NAME_LEN + 1) + \
			 nla_total_size(VDEV_STRING_LEN + 1) + \
			 2 * nla_total_size(sizeof(u32)) + \
			 6 * nla_total_size(sizeof(u64)))
#define FAMILY_ROOM	(nla_total_size(sizeof(u32)) + \
			 4 * nla_total_size(sizeof(u64)))

static int stats_put_counts(struct sk_buff *skb, struct vdev_provider_stats *stats)
{
	return nla_put_u32(skb, VDEV_A_PROVIDER_STATS_ENDPOINTS,
			   atomic_read(&stats->endpoints)) ?:
	       nla_put_u32(skb, VDEV_A_PROVIDER_STATS_STALE,
			   atomic_read(&stats->stale)) ?:
	       vdev_compat_put_uint(skb, VDEV_A_PROVIDER_STATS_POLLS,
				    atomic64_read(&stats->polls)) ?:
	       vdev_compat_put_uint(skb, VDEV_A_PROVIDER_STATS_POLLS_BUSY,
				    atomic64_read(&stats->busy)) ?:
	       vdev_compat_put_uint(skb, VDEV_A_PROVIDER_STATS_REJECTED,
				    atomic64_read(&stats->rejected)) ?:
	       vdev_compat_put_uint(skb, VDEV_A_PROVIDER_STATS_VETOES,
				    atomic64_read(&stats->vetoes)) ?:
	       vdev_compat_put_uint(skb, VDEV_A_PROVIDER_STATS_NOT_FOLLOWED,
				    atomic64_read(&stats->not_followed));
}

static int stats_put_texts(struct sk_buff *skb, struct vdev_provider_stats *stats)
{
	int err;

	spin_lock(&stats->lock);
	err = vdev_compat_put_uint(skb, VDEV_A_PROVIDER_STATS_SLOWEST_POLL,
				   stats->slowest) ?:
	      vdev_msg_put_optional(skb, VDEV_A_PROVIDER_STATS_SLOWEST_ENDPOINT,
				    stats->slowest_name[0] ?
				    stats->slowest_name : NULL) ?:
	      vdev_msg_put_optional(skb,
				    VDEV_A_PROVIDER_STATS_NOT_FOLLOWED_REASON,
				    stats->reason[0] ? stats->reason : NULL);
	spin_unlock(&stats->lock);
	return err;
}

static int stats_put_provider(struct vdev_provider *provider, void *arg)
{
	struct sk_buff *skb = arg;
	struct nlattr *nest = nla_nest_start(skb, VDEV_A_STATS_PROVIDER);

	if (!nest)
		return -EMSGSIZE;
	return vdev_msg_nest_close(skb, nest,
				   nla_put_string(skb,
						  VDEV_A_PROVIDER_STATS_NAME,
						  provider->name) ?:
				   stats_put_counts(skb, &provider->stats) ?:
				   stats_put_texts(skb, &provider->stats));
}

static int stats_put_family(struct sk_buff *skb)
{
	u64 sent, lost;

	vdev_notify_count(&sent, &lost);
	return vdev_msg_put_generation(skb, VDEV_A_STATS_INSTANCE, vdev_instance(),
				       VDEV_A_STATS_GENERATION,
				       vdev_generation()) ?:
	       vdev_compat_put_uint(skb, VDEV_A_STATS_VERDICTS,
				    vdev_verdicts_count()) ?:
	       vdev_compat_put_uint(skb, VDEV_A_STATS_EVENTS, sent) ?:
	       vdev_compat_put_uint(skb, VDEV_A_STATS_EVENTS_LOST, lost);
}

static int stats_count_provider(struct vdev_provider *provider, void *arg)
{
	*(size_t *)arg += PROVIDER_ROOM;
	return 0;
}

static int stats_fill(struct sk_buff *skb, struct genl_info *info)
{
	void *header;
	int err;

	header = genlmsg_put_reply(skb, info, &vdev_nl_family, 0,
				   info->genlhdr->cmd);
	if (!header)
		return -EMSGSIZE;
	err = stats_put_family(skb) ?: vdev_providers_each(stats_put_provider, skb);
	if (!err)
		genlmsg_end(skb, header);
	return err;
}

int vdev_nl_stats_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	size_t room = FAMILY_ROOM;
	struct sk_buff *reply;
	int err;

	/* One that is registered meanwhile has room, if only one is. */
	vdev_providers_each(stats_count_provider, &room);
	reply = genlmsg_new(room + PROVIDER_ROOM, GFP_KERNEL);
	if (!reply)
		return -ENOMEM;
	err = stats_fill(reply, info);
	if (err) {
		nlmsg_free(reply);
		return err == -EMSGSIZE ? -EAGAIN : err;
	}
	return genlmsg_reply(reply, info);
}
