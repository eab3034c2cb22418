// SPDX-License-Identifier: GPL-2.0
/* What the kernel answers to check and find: the target, the verdict, findings, the rank. */
#include "message.h"

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
	message_value(msg, VDEV_A_FINDING_SOURCE, VDEV_VALUE_TYPE_U64, 1500, NULL);
	message_value(msg, VDEV_A_FINDING_TARGET, VDEV_VALUE_TYPE_STRING, 0, "9000");
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
