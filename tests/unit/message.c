// SPDX-License-Identifier: GPL-2.0
/* Messages as the kernel would send them. */
#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "message.h"

struct nl_msg *message_new(uint16_t type, uint8_t cmd, int flags)
{
	struct nl_msg *msg = nlmsg_alloc_size(32768);

	if (!msg || !genlmsg_put(msg, 0, 0, type, 0, flags, cmd, VDEV_FAMILY_VERSION))
		abort();
	return msg;
}

bool message_wide;

void message_uint(struct nl_msg *msg, int type, uint64_t number)
{
	if (number > UINT32_MAX || message_wide)
		nla_put_u64(msg, type, number);
	else
		nla_put_u32(msg, type, (uint32_t)number);
}

void message_bitmap(struct nl_msg *msg, int type, const uint64_t *words, size_t num)
{
	uint64_t bytes[8];
	size_t i;

	for (i = 0; i < num; i++)
		bytes[i] = htole64(words[i]);
	nla_put(msg, type, (int)(num * sizeof(*bytes)), bytes);
}

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

static void put_value(struct nl_msg *msg, int type, uint32_t kind, uint64_t number,
		      const char *string)
{
	struct nlattr *nest = nla_nest_start(msg, type | NLA_F_NESTED);

	if (kind == VDEV_VALUE_TYPE_U64)
		message_uint(msg, VDEV_A_VALUE_U64, number);
	else if (kind == VDEV_VALUE_TYPE_STRING)
		nla_put_string(msg, VDEV_A_VALUE_STRING, string);
	else
		nla_put_u32(msg, VDEV_A_VALUE_BOOL, (uint32_t)number);
	nla_nest_end(msg, nest);
}

static struct nlattr *begin_param(struct nl_msg *msg, int type, const char *name, uint32_t kind)
{
	struct nlattr *nest = nla_nest_start(msg, type | NLA_F_NESTED);

	nla_put_string(msg, VDEV_A_PARAM_NAME, name);
	nla_put_u32(msg, VDEV_A_PARAM_VALUE_TYPE, kind);
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
	put_value(msg, VDEV_A_PARAM_VALUE, VDEV_VALUE_TYPE_U64, 9000, NULL);
	put_value(msg, VDEV_A_PARAM_OFF_VALUE, VDEV_VALUE_TYPE_U64, 0, NULL);
	put_allowed(msg, 68, 9000, NULL);
	put_allowed(msg, 9216, 9216, NULL);
	nla_nest_end(msg, nest);

	nest = begin_param(msg, VDEV_A_RECORD_PARAM, "remote-url", VDEV_VALUE_TYPE_STRING);
	nla_put_u32(msg, VDEV_A_PARAM_RULE, VDEV_RULE_ONE_OF);
	nla_put_u32(msg, VDEV_A_PARAM_FLAGS, 0);
	nla_put_u32(msg, VDEV_A_PARAM_ORIGIN, VDEV_ORIGIN_INHERITED);
	put_value(msg, VDEV_A_PARAM_VALUE, VDEV_VALUE_TYPE_STRING, 0, "nbd://a");
	put_allowed(msg, 0, 0, "nbd://a");
	nla_nest_end(msg, nest);

	nest = begin_param(msg, VDEV_A_RECORD_PARAM, "multiqueue", VDEV_VALUE_TYPE_BOOL);
	nla_put_u32(msg, VDEV_A_PARAM_RULE, VDEV_RULE_EQUAL);
	nla_put_u32(msg, VDEV_A_PARAM_FLAGS, 0);
	nla_put_u32(msg, VDEV_A_PARAM_ORIGIN, VDEV_ORIGIN_DEFAULT);
	put_value(msg, VDEV_A_PARAM_VALUE, VDEV_VALUE_TYPE_BOOL, 1, NULL);
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
	put_value(msg, VDEV_A_PARAM_VALUE, VDEV_VALUE_TYPE_STRING, 0, "A-17");
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

static void put_rank(struct nl_msg *msg, const struct vdev_rank *rank)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_RANK | NLA_F_NESTED);

	nla_put_u32(msg, VDEV_A_RANK_PREFERENCE, rank->preference);
	if (rank->same_version)
		nla_put_flag(msg, VDEV_A_RANK_SAME_VERSION);
	nla_put_u32(msg, VDEV_A_RANK_BUGFIX, rank->bugfix);
	nla_put_u32(msg, VDEV_A_RANK_SURPLUS, rank->surplus);
	nla_nest_end(msg, nest);
}

struct nl_msg *message_judgement(uint8_t cmd, uint32_t id, const char *name, uint32_t verdict,
				 const struct vdev_rank *rank)
{
	struct nl_msg *msg = message_new(fake.family, cmd, NLM_F_MULTI);

	nla_put_u32(msg, VDEV_A_ID, id);
	message_uint(msg, VDEV_A_SNAPSHOT, 5);
	nla_put_string(msg, VDEV_A_BUS, "sim");
	nla_put_string(msg, VDEV_A_NAME, name);
	nla_put_u32(msg, VDEV_A_ENDPOINT, VDEV_ENDPOINT_KIND_DEVICE);
	nla_put_u32(msg, VDEV_A_VERDICT, verdict);
	if (rank)
		put_rank(msg, rank);
	return msg;
}

static struct nlattr *begin_finding(struct nl_msg *msg, uint32_t field, const char *name,
				    uint32_t result, uint32_t code)
{
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_FINDING | NLA_F_NESTED);

	nla_put_u32(msg, VDEV_A_FINDING_FIELD, field);
	if (name)
		nla_put_string(msg, VDEV_A_FINDING_NAME, name);
	nla_put_u32(msg, VDEV_A_FINDING_RESULT, result);
	nla_put_u32(msg, VDEV_A_FINDING_CODE, code);
	return nest;
}

static void put_findings(struct nl_msg *msg)
{
	static const uint64_t words[] = { 0, 1ULL << 63 };
	struct nlattr *nest;

	nest = begin_finding(msg, VDEV_FIELD_FEATURE, "virtio", VDEV_RESULT_FAIL,
			     VDEV_CODE_FEATURE_MISSING);
	nla_put_u32(msg, VDEV_A_FINDING_RULE, VDEV_RULE_SUBSET);
	message_bitmap(msg, VDEV_A_FINDING_MISSING, words, 2);
	message_bitmap(msg, VDEV_A_FINDING_UNMET, words, 1);
	nla_nest_end(msg, nest);
	nest = begin_finding(msg, VDEV_FIELD_PARAM, "mtu", VDEV_RESULT_OK, VDEV_CODE_ACCEPTED);
	put_value(msg, VDEV_A_FINDING_SOURCE, VDEV_VALUE_TYPE_U64, 1500, NULL);
	put_value(msg, VDEV_A_FINDING_TARGET, VDEV_VALUE_TYPE_STRING, 0, "9000");
	nla_nest_end(msg, nest);
	nest = begin_finding(msg, VDEV_FIELD_VETO, NULL, VDEV_RESULT_FAIL, VDEV_CODE_DRIVER_VETO);
	nla_put_string(msg, VDEV_A_FINDING_REASON, "not on a Tuesday");
	nla_nest_end(msg, nest);
}

struct nl_msg *message_findings(uint8_t cmd)
{
	static const struct vdev_rank rank = { 3, true, 7, 2 };
	struct nl_msg *msg = message_new(fake.family, cmd, NLM_F_MULTI);
	struct nlattr *nest;

	nla_put_u32(msg, VDEV_A_ID, 9);
	nla_put_u32(msg, VDEV_A_INSTANCE, MESSAGE_INSTANCE);
	message_uint(msg, VDEV_A_GENERATION, 40);
	message_uint(msg, VDEV_A_SNAPSHOT, 41);
	nla_put_string(msg, VDEV_A_BUS, "mdev");
	nla_put_string(msg, VDEV_A_NAME, "net");
	nla_put_string(msg, VDEV_A_PARENT_BUS, "pci");
	nla_put_string(msg, VDEV_A_PARENT, "0000:65:00.1");
	nest = nla_nest_start(msg, VDEV_A_CAPACITY | NLA_F_NESTED);
	nla_put_u32(msg, VDEV_A_CAPACITY_STATE, VDEV_CAPACITY_STATE_BUSY);
	nla_put_u32(msg, VDEV_A_CAPACITY_AVAILABLE, 0);
	nla_nest_end(msg, nest);
	nla_put_u32(msg, VDEV_A_ENDPOINT, VDEV_ENDPOINT_KIND_TYPE);
	nla_put_u32(msg, VDEV_A_VERDICT, VDEV_VERDICT_INCOMPATIBLE);
	put_findings(msg);
	put_rank(msg, &rank);
	nla_put_u32(msg, VDEV_A_AGE, 56);
	nla_put_flag(msg, VDEV_A_STALE);
	nla_put_flag(msg, VDEV_A_TRUNCATED);
	return msg;
}

void message_send(struct nl_msg *msg)
{
	fake_datagram(nlmsg_hdr(msg), nlmsg_hdr(msg)->nlmsg_len, 0, 1);
	nlmsg_free(msg);
}

void send_done(int error, int flags, const char *words)
{
	struct nl_msg *msg = nlmsg_alloc_size(1024);
	int *code;

	nlmsg_put(msg, 0, 0, NLMSG_DONE, sizeof(*code),
		  NLM_F_MULTI | flags | (words ? NLM_F_ACK_TLVS : 0));
	code = nlmsg_data(nlmsg_hdr(msg));
	*code = -error;
	if (words)
		nla_put_string(msg, NLMSGERR_ATTR_MSG, words);
	message_send(msg);
}

void send_ack(const struct refusal *refusal)
{
	struct nl_msg *msg = nlmsg_alloc_size(32768);
	const struct nlmsghdr *request = fake_request();
	size_t payload = refusal->uncapped ? request->nlmsg_len - sizeof(*request) : 0;
	struct nlmsgerr *err;

	nlmsg_put(msg, 0, 0, NLMSG_ERROR, (int)(sizeof(*err) + payload),
		  NLM_F_ACK_TLVS | (refusal->uncapped ? 0 : NLM_F_CAPPED));
	err = nlmsg_data(nlmsg_hdr(msg));
	err->error = -refusal->error;
	memcpy(&err->msg, request, sizeof(*request) + payload);
	if (refusal->words)
		nla_put_string(msg, NLMSGERR_ATTR_MSG, refusal->words);
	if (refusal->offset)
		nla_put_u32(msg, NLMSGERR_ATTR_OFFS, refusal->offset);
	if (refusal->missing_type)
		nla_put_u32(msg, NLMSGERR_ATTR_MISS_TYPE, refusal->missing_type);
	if (refusal->missing_nest)
		nla_put_u32(msg, NLMSGERR_ATTR_MISS_NEST, refusal->missing_nest);
	message_send(msg);
}

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

struct nl_msg *message_as(uint8_t cmd, struct nl_msg *msg)
{
	((struct genlmsghdr *)nlmsg_data(nlmsg_hdr(msg)))->cmd = cmd;
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

void respond_with(const struct nlmsghdr *request, void *arg)
{
	struct nl_msg **message = arg;

	(void)request;
	if (*message)
		message_send(*message);
	send_ack(&(struct refusal){ 0 });
}

void respond_refusal(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	send_ack(arg);
}
