// SPDX-License-Identifier: GPL-2.0
/* What the kernel reports besides endpoints: profiles, and what is counted. */
#include <linux/vdpa.h>

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

static void put_counter(struct nl_msg *msg, const char *name, uint64_t value)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_COUNTER | NLA_F_NESTED);

	nla_put_string(msg, VDEV_A_COUNTER_NAME, name);
	message_uint(msg, VDEV_A_COUNTER_VALUE, value);
	nla_nest_end(msg, nest);
}

struct nl_msg *message_dev_stats(const char *bus, const char *name)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_DEV_STATS_GET, 0);

	nla_put_u32(msg, VDEV_A_ID, 7);
	nla_put_u32(msg, VDEV_A_ENDPOINT, VDEV_ENDPOINT_KIND_DEVICE);
	nla_put_u32(msg, VDEV_A_INSTANCE, MESSAGE_INSTANCE);
	message_uint(msg, VDEV_A_GENERATION, 38);
	message_uint(msg, VDEV_A_SNAPSHOT, 41);
	nla_put_string(msg, VDEV_A_BUS, bus);
	nla_put_string(msg, VDEV_A_NAME, name);
	put_counter(msg, "saves", 3);
	put_counter(msg, "bytes", 1ULL << 40);
	return msg;
}

struct nl_msg *message_vdpa_dev(uint32_t max_vqs)
{
	struct nl_msg *msg = message_new(FAKE_VDPA, VDPA_CMD_DEV_NEW, 0);

	nla_put_string(msg, VDPA_ATTR_DEV_NAME, "net0");
	nla_put_u32(msg, VDPA_ATTR_DEV_MAX_VQS, max_vqs);
	return msg;
}

struct nl_msg *message_vdpa_stats(uint32_t index)
{
	struct nl_msg *msg = message_new(FAKE_VDPA, VDPA_CMD_DEV_VSTATS_GET, 0);

	nla_put_string(msg, VDPA_ATTR_DEV_NAME, "net0");
	nla_put_u32(msg, VDPA_ATTR_DEV_QUEUE_INDEX, index);
	nla_put_string(msg, VDPA_ATTR_DEV_VENDOR_ATTR_NAME, "rx packets");
	nla_put_u64(msg, VDPA_ATTR_DEV_VENDOR_ATTR_VALUE, 100 + index);
	return msg;
}

/* A management device, as old kernels report it. */
static struct nl_msg *message_vdpa_parent(void)
{
	struct nl_msg *msg = message_new(FAKE_VDPA, VDPA_CMD_MGMTDEV_NEW, NLM_F_MULTI);

	nla_put_string(msg, VDPA_ATTR_MGMTDEV_BUS_NAME, "pci");
	nla_put_string(msg, VDPA_ATTR_MGMTDEV_DEV_NAME, "0000:65:00.2");
	nla_put_u64(msg, VDPA_ATTR_MGMTDEV_SUPPORTED_CLASSES, 2);
	return msg;
}

struct nl_msg *message_vdpa(const struct nlmsghdr *request)
{
	const struct genlmsghdr *genl = nlmsg_data(request);
	const struct nlattr *index = nla_find(nlmsg_attrdata(request, GENL_HDRLEN),
					      nlmsg_attrlen(request, GENL_HDRLEN),
					      VDPA_ATTR_DEV_QUEUE_INDEX);

	if (genl->cmd == VDPA_CMD_MGMTDEV_GET)
		return message_vdpa_parent();
	return index ? message_vdpa_stats(nla_get_u32(index)) : message_vdpa_dev(2);
}
