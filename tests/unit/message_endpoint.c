// SPDX-License-Identifier: GPL-2.0
/*
 * Devices and types as the kernel reports them: as short as can be, and with every
 * attribute of the specification.
 */
#include "message.h"

struct nl_msg *message_dev(uint32_t id, const char *name, uint64_t snapshot)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_DEV_GET, NLM_F_MULTI);

	nla_put_u32(msg, VDEV_A_ID, id);
	message_uint(msg, VDEV_A_SNAPSHOT, snapshot);
	nla_put_string(msg, VDEV_A_BUS, "sim");
	nla_put_string(msg, VDEV_A_NAME, name);
	return msg;
}

struct nl_msg *message_type(uint32_t id, const char *name, uint64_t snapshot)
{
	struct nl_msg *msg = message_new(fake.family, VDEV_CMD_TYPE_GET, NLM_F_MULTI);

	nla_put_u32(msg, VDEV_A_ID, id);
	message_uint(msg, VDEV_A_SNAPSHOT, snapshot);
	nla_put_string(msg, VDEV_A_BUS, "sim");
	nla_put_string(msg, VDEV_A_NAME, name);
	nla_put_string(msg, VDEV_A_PARENT_BUS, "simbus");
	nla_put_string(msg, VDEV_A_PARENT, "sim0");
	return msg;
}

static void put_ident(struct nl_msg *msg, int type, const char *value, uint32_t rule,
		      const char *accept)
{
	struct nlattr *nest = nla_nest_start(msg, type | NLA_F_NESTED);

	nla_put_string(msg, VDEV_A_IDENT_VALUE, value);
	nla_put_u32(msg, VDEV_A_IDENT_RULE, rule);
	if (accept)
		nla_put_string(msg, VDEV_A_IDENT_ACCEPT, accept);
	nla_nest_end(msg, nest);
}

static void put_semver(struct nl_msg *msg, int type, uint32_t major, uint32_t minor,
		       uint32_t bugfix)
{
	struct nlattr *nest = nla_nest_start(msg, type | NLA_F_NESTED);

	nla_put_u32(msg, VDEV_A_SEMVER_MAJOR, major);
	nla_put_u32(msg, VDEV_A_SEMVER_MINOR, minor);
	nla_put_u32(msg, VDEV_A_SEMVER_BUGFIX, bugfix);
	nla_nest_end(msg, nest);
}

static void put_software_version(struct nl_msg *msg)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_RECORD_SOFTWARE_VERSION | NLA_F_NESTED);
	struct nlattr *range;

	put_semver(msg, VDEV_A_SOFTWARE_VERSION_VALUE, 2, 1, 3);
	nla_put_u32(msg, VDEV_A_SOFTWARE_VERSION_RULE, VDEV_RULE_SEMVER);
	range = nla_nest_start(msg, VDEV_A_SOFTWARE_VERSION_ACCEPT | NLA_F_NESTED);
	put_semver(msg, VDEV_A_SEMVER_RANGE_FROM, 2, 0, 2);
	put_semver(msg, VDEV_A_SEMVER_RANGE_TO, 2, 0, 4);
	nla_nest_end(msg, range);
	range = nla_nest_start(msg, VDEV_A_SOFTWARE_VERSION_ACCEPT | NLA_F_NESTED);
	put_semver(msg, VDEV_A_SEMVER_RANGE_FROM, 2, 1, 0);
	nla_nest_end(msg, range);
	nla_nest_end(msg, nest);
}

static void put_version(struct nl_msg *msg, const char *name, uint32_t flags)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_VERSIONS_ENTRY | NLA_F_NESTED);

	nla_put_string(msg, VDEV_A_VERSION_NAME, name);
	nla_put_u32(msg, VDEV_A_VERSION_FLAGS, flags);
	nla_nest_end(msg, nest);
}

static void put_versions(struct nl_msg *msg)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_RECORD_VERSIONS | NLA_F_NESTED);

	nla_put_u32(msg, VDEV_A_VERSIONS_RULE, VDEV_RULE_ONE_OF);
	put_version(msg, "v1", VDEV_VERSION_FLAG_ACCEPT);
	put_version(msg, "v2", VDEV_VERSION_FLAG_CREATE | VDEV_VERSION_FLAG_ACCEPT |
		    VDEV_VERSION_FLAG_DEFAULT | VDEV_VERSION_FLAG_CURRENT);
	nla_nest_end(msg, nest);
}

static void put_feature(struct nl_msg *msg, const char *name, size_t num_words)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_RECORD_FEATURE | NLA_F_NESTED);
	static const uint64_t words[4] = { 0x28, 0, 1, 0 };

	nla_put_string(msg, VDEV_A_FEATURE_NAME, name);
	nla_put_u32(msg, VDEV_A_FEATURE_RULE, VDEV_RULE_SUBSET);
	message_bitmap(msg, VDEV_A_FEATURE_SUPPORTED, words, num_words);
	message_bitmap(msg, VDEV_A_FEATURE_PROVISIONED, words, num_words);
	message_bitmap(msg, VDEV_A_FEATURE_REQUIRED, words, 0);
	message_bitmap(msg, VDEV_A_FEATURE_NEGOTIATED, words, num_words);
	nla_nest_end(msg, nest);
}

static struct nlattr *begin_param(struct nl_msg *msg, int type, const char *name, uint32_t value_type)
{
	struct nlattr *nest = nla_nest_start(msg, type | NLA_F_NESTED);

	nla_put_string(msg, VDEV_A_PARAM_NAME, name);
	nla_put_u32(msg, VDEV_A_PARAM_VALUE_TYPE, value_type);
	return nest;
}

static void put_allowed(struct nl_msg *msg, uint64_t low, uint64_t high, const char *string)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_PARAM_ALLOWED | NLA_F_NESTED);

	if (string) {
		nla_put_string(msg, VDEV_A_ALLOWED_STRING, string);
	} else {
		message_uint(msg, VDEV_A_ALLOWED_LOW, low);
		message_uint(msg, VDEV_A_ALLOWED_HIGH, high);
	}
	nla_nest_end(msg, nest);
}

static void put_params(struct nl_msg *msg)
{
	struct nlattr *nest = begin_param(msg, VDEV_A_RECORD_PARAM, "mtu", VDEV_VALUE_TYPE_U64);

	nla_put_u32(msg, VDEV_A_PARAM_RULE, VDEV_RULE_AT_LEAST);
	nla_put_u32(msg, VDEV_A_PARAM_FLAGS,
		    VDEV_PARAM_FLAG_CONFIGURABLE | VDEV_PARAM_FLAG_MANDATORY);
	nla_put_u32(msg, VDEV_A_PARAM_ORIGIN, VDEV_ORIGIN_PROVISIONED);
	message_value(msg, VDEV_A_PARAM_VALUE, VDEV_VALUE_TYPE_U64, 9000, NULL);
	message_value(msg, VDEV_A_PARAM_OFF_VALUE, VDEV_VALUE_TYPE_U64, 0, NULL);
	put_allowed(msg, 68, 9000, NULL);
	put_allowed(msg, 9216, 9216, NULL);
	nla_nest_end(msg, nest);

	nest = begin_param(msg, VDEV_A_RECORD_PARAM, "remote-url", VDEV_VALUE_TYPE_STRING);
	nla_put_u32(msg, VDEV_A_PARAM_RULE, VDEV_RULE_ONE_OF);
	nla_put_u32(msg, VDEV_A_PARAM_FLAGS, 0);
	nla_put_u32(msg, VDEV_A_PARAM_ORIGIN, VDEV_ORIGIN_INHERITED);
	message_value(msg, VDEV_A_PARAM_VALUE, VDEV_VALUE_TYPE_STRING, 0, "nbd://a");
	put_allowed(msg, 0, 0, "nbd://a");
	nla_nest_end(msg, nest);

	nest = begin_param(msg, VDEV_A_RECORD_PARAM, "multiqueue", VDEV_VALUE_TYPE_BOOL);
	nla_put_u32(msg, VDEV_A_PARAM_RULE, VDEV_RULE_EQUAL);
	nla_put_u32(msg, VDEV_A_PARAM_FLAGS, 0);
	nla_put_u32(msg, VDEV_A_PARAM_ORIGIN, VDEV_ORIGIN_DEFAULT);
	message_value(msg, VDEV_A_PARAM_VALUE, VDEV_VALUE_TYPE_BOOL, 1, NULL);
	nla_nest_end(msg, nest);
}

static void put_aggregation(struct nl_msg *msg)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_RECORD_AGGREGATION | NLA_F_NESTED);

	nla_put_string(msg, VDEV_A_AGGREGATION_BASE, "fps");
	nla_put_u32(msg, VDEV_A_AGGREGATION_UNITS, 15);
	nla_put_u32(msg, VDEV_A_AGGREGATION_COUNT, 2);
	nla_put_u32(msg, VDEV_A_AGGREGATION_LIMIT, 8);
	message_uint(msg, VDEV_A_AGGREGATION_TOTAL, 30);
	nla_put_u32(msg, VDEV_A_AGGREGATION_RULE, VDEV_RULE_EQUAL);
	nla_put_flag(msg, VDEV_A_AGGREGATION_RESPLIT);
	nla_nest_end(msg, nest);
}

static void put_record(struct nl_msg *msg)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_RECORD | NLA_F_NESTED);

	put_ident(msg, VDEV_A_RECORD_DEVICE_API, "vdpa-net", VDEV_RULE_EQUAL, NULL);
	put_ident(msg, VDEV_A_RECORD_MODEL, "qemu.org/net", VDEV_RULE_ONE_OF, "qemu.org/net1");
	put_ident(msg, VDEV_A_RECORD_TYPE, "net", VDEV_RULE_IGNORE, NULL);
	put_software_version(msg);
	put_versions(msg);
	put_feature(msg, "virtio", 1);
	put_feature(msg, "domains", 4);
	put_params(msg);
	put_aggregation(msg);
	nla_nest_end(msg, nest);
}

static void put_reported(struct nl_msg *msg)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_BLOCKER | NLA_F_NESTED);

	nla_put_string(msg, VDEV_A_BLOCKER_NAME, "p2p-dma");
	nla_put_string(msg, VDEV_A_BLOCKER_REASON, "memory of a peer is pinned");
	nla_put_u32(msg, VDEV_A_BLOCKER_FLAGS, VDEV_BLOCKER_FLAG_PERMANENT);
	nla_nest_end(msg, nest);

	nest = nla_nest_start(msg, VDEV_A_CAPACITY | NLA_F_NESTED);
	nla_put_u32(msg, VDEV_A_CAPACITY_STATE, VDEV_CAPACITY_STATE_BUSY);
	nla_put_u32(msg, VDEV_A_CAPACITY_AVAILABLE, 0);
	nla_put_u32(msg, VDEV_A_CAPACITY_LIMIT, 16);
	nla_nest_end(msg, nest);

	nest = nla_nest_start(msg, VDEV_A_COST | NLA_F_NESTED);
	message_uint(msg, VDEV_A_COST_STATE_SIZE, 1ULL << 33);
	message_uint(msg, VDEV_A_COST_PRECOPY_SIZE, 1ULL << 32);
	message_uint(msg, VDEV_A_COST_DOWNTIME, 1500);
	nla_nest_end(msg, nest);

	nest = begin_param(msg, VDEV_A_INFO, "serial", VDEV_VALUE_TYPE_STRING);
	message_value(msg, VDEV_A_PARAM_VALUE, VDEV_VALUE_TYPE_STRING, 0, "A-17");
	nla_nest_end(msg, nest);
}

struct nl_msg *message_full(void)
{
	struct nl_msg *msg = message_dev(7, "sim3", 41);

	nla_put_u32(msg, VDEV_A_INSTANCE, MESSAGE_INSTANCE);
	message_uint(msg, VDEV_A_GENERATION, 40);
	nla_put_u32(msg, VDEV_A_ENDPOINT, VDEV_ENDPOINT_KIND_DEVICE);
	nla_put_string(msg, VDEV_A_PARENT_BUS, "pci");
	nla_put_string(msg, VDEV_A_PARENT, "0000:65:00.1");
	nla_put_string(msg, VDEV_A_PROVIDER, "vdpa");
	nla_put_string(msg, VDEV_A_DRIVER, "mlx5_vdpa");
	nla_put_string(msg, VDEV_A_DRIVER_VERSION, "6.12");
	nla_put_string(msg, VDEV_A_BOUND_DRIVER, "vhost_vdpa");
	nla_put_string(msg, VDEV_A_PROFILE, "example");
	nla_put_string(msg, VDEV_A_CONFLICT, "larger than 24576 bytes");
	nla_put_u32(msg, VDEV_A_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	nla_put_u32(msg, VDEV_A_CAPABILITIES, VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_P2P |
		    VDEV_CAPABILITY_PRE_COPY | VDEV_CAPABILITY_DIRTY_TRACKING);
	nla_put_u32(msg, VDEV_A_AGE, 1234);
	nla_put_flag(msg, VDEV_A_STALE);
	put_reported(msg);
	put_record(msg);
	return msg;
}
