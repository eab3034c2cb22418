// SPDX-License-Identifier: GPL-2.0
/* What the kernel reports besides endpoints: profiles, and what the family counts. */
#include "message.h"

struct nl_msg *message_profile(const char *name, bool full)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_PROFILE_GET, NLM_F_MULTI);
	struct nlattr *record, *type, *cost;

	nla_put_string(msg, VDEV_A_PROFILE_NAME, name);
	if (!full)
		return msg;
	nla_put_u32(msg, VDEV_A_PROFILE_INSTANCE, MESSAGE_INSTANCE);
	message_uint(msg, VDEV_A_PROFILE_GENERATION, 38);
	message_uint(msg, VDEV_A_PROFILE_SNAPSHOT, 41);
	nla_put_string(msg, VDEV_A_PROFILE_BUS, "mdev");
	nla_put_string(msg, VDEV_A_PROFILE_DRIVER, "mtty");
	nla_put_string(msg, VDEV_A_PROFILE_TYPE, "mtty-?");
	nla_put_u32(msg, VDEV_A_PROFILE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	nla_put_u32(msg, VDEV_A_PROFILE_CAPABILITIES, VDEV_CAPABILITY_STOP_COPY);
	cost = nla_nest_start(msg, VDEV_A_PROFILE_COST);
	message_uint(msg, VDEV_A_COST_STATE_SIZE, 1ULL << 33);
	message_uint(msg, VDEV_A_COST_DOWNTIME, 1500);
	nla_nest_end(msg, cost);
	nla_put_u32(msg, VDEV_A_PROFILE_CHANGED, 3);
	record = nla_nest_start(msg, VDEV_A_PROFILE_RECORD);
	type = nla_nest_start(msg, VDEV_A_RECORD_TYPE);
	nla_put_string(msg, VDEV_A_IDENT_ACCEPT, "mtty-9");
	nla_nest_end(msg, type);
	nla_nest_end(msg, record);
	return msg;
}

static void put_provider_stats(struct nl_msg *msg)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_STATS_PROVIDER | NLA_F_NESTED);

	nla_put_string(msg, VDEV_A_PROVIDER_STATS_NAME, "vdpa");
	nla_put_u32(msg, VDEV_A_PROVIDER_STATS_ENDPOINTS, 12);
	nla_put_u32(msg, VDEV_A_PROVIDER_STATS_STALE, 1);
	message_uint(msg, VDEV_A_PROVIDER_STATS_POLLS, 1ULL << 40);
	message_uint(msg, VDEV_A_PROVIDER_STATS_POLLS_BUSY, 2);
	message_uint(msg, VDEV_A_PROVIDER_STATS_SLOWEST_POLL, 1500);
	nla_put_string(msg, VDEV_A_PROVIDER_STATS_SLOWEST_ENDPOINT, "vdpa/net3");
	message_uint(msg, VDEV_A_PROVIDER_STATS_REJECTED, 3);
	message_uint(msg, VDEV_A_PROVIDER_STATS_VETOES, 4);
	message_uint(msg, VDEV_A_PROVIDER_STATS_NOT_FOLLOWED, 5);
	nla_put_string(msg, VDEV_A_PROVIDER_STATS_NOT_FOLLOWED_REASON, "vdpa/net9: no MAC");
	nla_nest_end(msg, nest);
}

struct nl_msg *message_stats(void)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_STATS_GET, 0);

	nla_put_u32(msg, VDEV_A_STATS_INSTANCE, MESSAGE_INSTANCE);
	message_uint(msg, VDEV_A_STATS_GENERATION, 41);
	message_uint(msg, VDEV_A_STATS_VERDICTS, 17);
	message_uint(msg, VDEV_A_STATS_EVENTS, 1ULL << 33);
	message_uint(msg, VDEV_A_STATS_EVENTS_LOST, 0);
	put_provider_stats(msg);
	return msg;
}
