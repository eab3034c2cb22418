// SPDX-License-Identifier: GPL-2.0
/*
 * The vocabulary of facts: each key with its fields, in the order of
 * struct vdev_facts; the veto; and the counters.
 */
#include <linux/kernel.h>
#include <linux/stddef.h>

#include "fields.h"
#include "names.h"

static const char *const poll_uses[] = {
	[VDEV_POLL_NONE] = "none",
	[VDEV_POLL_READ] = "read",
	[VDEV_POLL_UNREAD] = "unread",
	NULL
};

/* A field that is the member of that name in the structure of the entry. */
#define FIELD(label, reader, entry, member, ...) {			\
	.name = label, .parse = sim_field_##reader,			\
	.offset = offsetof(struct entry, member), ##__VA_ARGS__		\
}

static const struct sim_field text_fields[] = {
	{ "value", sim_field_text },
	{ }
};

static const struct sim_field poll_fields[] = {
	{ "value", sim_field_enum, 0, poll_uses },
	{ }
};

static const struct sim_field migration_fields[] = {
	{ "value", sim_field_enum, 0, sim_migration_names },
	{ }
};

static const struct sim_field operations_fields[] = {
	{ "flags", sim_field_flags, 0, sim_operation_names },
	{ }
};

static const struct sim_field capabilities_fields[] = {
	{ "value", sim_field_flags, 0, sim_capability_names },
	{ }
};

static const struct sim_field rule_fields[] = {
	{ "value", sim_field_enum, 0, sim_rule_names },
	{ }
};

static const struct sim_field blocker_fields[] = {
	FIELD("name", text, vdev_blocker, name),
	FIELD("reason", text, vdev_blocker, reason),
	FIELD("flags", flags, vdev_blocker, flags,
	      .names = sim_blocker_flag_names),
	{ }
};

static const struct sim_field capacity_fields[] = {
	FIELD("state", enum, vdev_capacity, state,
	      .names = sim_capacity_state_names),
	FIELD("available", u32, vdev_capacity, available),
	FIELD("limit", u32, vdev_capacity, limit),
	{ }
};

static const struct sim_field cost_fields[] = {
	FIELD("state-size", u64, vdev_cost, state_size),
	FIELD("precopy-size", u64, vdev_cost, precopy_size),
	FIELD("downtime", u64, vdev_cost, downtime),
	{ }
};

static const struct sim_field info_fields[] = {
	FIELD("name", text, vdev_info, name),
	FIELD("value", value, vdev_info, value, .names = sim_value_type_names),
	{ }
};

static const struct sim_field ident_fields[] = {
	FIELD("value", text, vdev_ident, value),
	FIELD("rule", enum, vdev_ident, rule, .names = sim_rule_names),
	{ "accept", sim_field_ident_accept },
	{ }
};

static const struct sim_field software_version_fields[] = {
	FIELD("value", semver, vdev_software_version, value),
	FIELD("rule", enum, vdev_software_version, rule,
	      .names = sim_rule_names),
	{ "accept", sim_field_semver_accept },
	{ }
};

static const struct sim_field version_fields[] = {
	FIELD("name", text, vdev_version, name),
	FIELD("flags", flags, vdev_version, flags,
	      .names = sim_version_flag_names),
	{ }
};

static const struct sim_field feature_fields[] = {
	FIELD("name", text, vdev_feature, name),
	FIELD("rule", enum, vdev_feature, rule, .names = sim_rule_names),
	FIELD("supported", bitmap, vdev_feature, supported),
	FIELD("provisioned", bitmap, vdev_feature, provisioned),
	FIELD("required", bitmap, vdev_feature, required),
	FIELD("negotiated", bitmap, vdev_feature, negotiated),
	{ }
};

static const struct sim_field param_fields[] = {
	FIELD("name", text, vdev_param, name),
	FIELD("value-type", enum, vdev_param, type,
	      .names = sim_value_type_names),
	FIELD("rule", enum, vdev_param, rule, .names = sim_rule_names),
	FIELD("flags", flags, vdev_param, flags, .names = sim_param_flag_names),
	FIELD("origin", enum, vdev_param, origin, .names = sim_origin_names),
	FIELD("value", value, vdev_param, value, .names = sim_value_type_names),
	FIELD("off", value, vdev_param, off, .names = sim_value_type_names),
	{ "allow", sim_field_allowed, 0, sim_value_type_names },
	{ }
};

static const struct sim_field aggregation_fields[] = {
	FIELD("base", text, vdev_aggregation, base),
	FIELD("units", u32, vdev_aggregation, units),
	FIELD("count", u32, vdev_aggregation, count),
	FIELD("limit", u32, vdev_aggregation, limit),
	FIELD("rule", enum, vdev_aggregation, rule, .names = sim_rule_names),
	FIELD("resplit", bool, vdev_aggregation, resplit),
	{ }
};

static const struct sim_field veto_fields[] = {
	FIELD("reason", text, sim_veto, reason),
	FIELD("model", text, sim_veto, model),
	{ }
};

static const struct sim_field counter_fields[] = {
	FIELD("name", text, vdev_counter, name),
	FIELD("value", u64, vdev_counter, value),
	{ }
};

/* A parameter without a type is of the type of its values. */
static void sim_finish_param(struct sim_facts *facts, void *entry)
{
	struct vdev_param *param = entry;

	if (!param->type)
		param->type = param->value.type ?: param->off.type;
}

/* @entry is NULL when the version was removed. */
static void sim_finish_software_version(struct sim_facts *facts, void *entry)
{
	facts->facts.record.software_version = entry;
}

#define AT(member)	.offset = offsetof(struct sim_facts, member)
#define SIZE(member)	.size = sizeof_field(struct sim_facts, member)
#define NUM(member)	.num_offset = offsetof(struct sim_facts, member)
#define EACH(entry)	.size = sizeof(struct entry)

const struct sim_key sim_keys[] = {
	{
		"poll", poll_fields,
		AT(facts.poll), SIZE(facts.poll),
	}, {
		"driver", text_fields,
		AT(facts.driver), SIZE(facts.driver),
	}, {
		"driver-version", text_fields,
		AT(facts.driver_version), SIZE(facts.driver_version),
	}, {
		"bound-driver", text_fields,
		AT(facts.bound_driver), SIZE(facts.bound_driver),
	}, {
		"migration", migration_fields,
		AT(facts.migration), SIZE(facts.migration),
	}, {
		"capabilities", capabilities_fields,
		AT(facts.capabilities), SIZE(facts.capabilities),
	}, {
		"operations", operations_fields,
		AT(facts.operations), SIZE(facts.operations),
	}, {
		"blocker", blocker_fields,
		AT(facts.blockers), NUM(facts.num_blockers),
		EACH(vdev_blocker),
	}, {
		"capacity", capacity_fields,
		AT(facts.capacity), SIZE(facts.capacity),
	}, {
		"cost", cost_fields,
		AT(facts.cost), SIZE(facts.cost),
	}, {
		"info", info_fields,
		AT(facts.info), NUM(facts.num_info), EACH(vdev_info),
	}, {
		"device-api", ident_fields,
		AT(facts.record.device_api), SIZE(facts.record.device_api),
	}, {
		"model", ident_fields,
		AT(facts.record.model), SIZE(facts.record.model),
	}, {
		"type", ident_fields,
		AT(facts.record.type), SIZE(facts.record.type),
	}, {
		"software-version", software_version_fields,
		AT(software_version), SIZE(software_version),
		.finish = sim_finish_software_version,
	}, {
		"version", version_fields,
		AT(facts.record.versions), NUM(facts.record.num_versions),
		EACH(vdev_version),
	}, {
		"versions-rule", rule_fields,
		AT(facts.record.versions_rule),
		SIZE(facts.record.versions_rule),
	}, {
		"feature", feature_fields,
		AT(facts.record.features), NUM(facts.record.num_features),
		EACH(vdev_feature),
	}, {
		"param", param_fields,
		AT(facts.record.params), NUM(facts.record.num_params),
		EACH(vdev_param), .finish = sim_finish_param,
	}, {
		"aggregation", aggregation_fields,
		AT(facts.record.aggregation), SIZE(facts.record.aggregation),
	}, {
		"veto", veto_fields,
		AT(veto), SIZE(veto),
	}, {
		"counter", counter_fields,
		AT(counters), NUM(num_counters), EACH(vdev_counter),
	},
	{ }
};
