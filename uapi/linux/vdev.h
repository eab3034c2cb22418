/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * The vdev family: migration capability of virtual devices.
 *
 * The family is reached over generic netlink under the name "vdev", in the
 * initial network namespace. Its constants below follow from the
 * specification Documentation/netlink/specs/vdev.yaml (scripts/generate.py).
 *
 * An endpoint is a device that exists, or a type that a parent could create.
 * It has a number (VDEV_A_ID) and a handle: BUS/NAME for a device,
 * PARENT-BUS/PARENT/NAME for a type. One message describes one endpoint:
 *
 *	nlmsghdr, genlmsghdr
 *	VDEV_A_ID, VDEV_A_ENDPOINT
 *	VDEV_A_INSTANCE, VDEV_A_GENERATION, VDEV_A_SNAPSHOT
 *	VDEV_A_BUS, VDEV_A_NAME, VDEV_A_PARENT_BUS, VDEV_A_PARENT
 *	VDEV_A_PROVIDER ... VDEV_A_INFO		reported, never compared
 *	VDEV_A_RECORD				compared, may travel
 *		VDEV_A_RECORD_DEVICE_API	{ value, rule, accept ... }
 *		VDEV_A_RECORD_MODEL		{ value, rule, accept ... }
 *		VDEV_A_RECORD_TYPE		{ value, rule, accept ... }
 *		VDEV_A_RECORD_SOFTWARE_VERSION	{ value, rule, accept ... }
 *		VDEV_A_RECORD_VERSIONS		{ rule, entry ... }
 *		VDEV_A_RECORD_FEATURE ...	{ name, rule, bitmaps }
 *		VDEV_A_RECORD_PARAM ...		{ name, value type, rule, value ... }
 *		VDEV_A_RECORD_AGGREGATION	{ base, units, count ... }
 *	VDEV_A_PROFILE, VDEV_A_CONFLICT		if a profile matches the endpoint
 *
 * The order of attributes in a message has no meaning, but for that of an
 * attribute that is repeated: such a list has its own order. A field that has
 * no value is absent. Every value is published with the rule that a target
 * applies to it.
 *
 * Strings end in NUL, which is the last byte of the attribute. Numbers have
 * host byte order. One that can exceed 32 bits ("uint" in the specification)
 * takes 4 bytes if its value fits, else 8, and is aligned to 4 as every
 * attribute; a reader accepts both lengths. There are no pad attributes. A
 * bitmap is an array of bytes whatever the byte order of the host: bit n is
 * bit n % 8 of byte n / 8, and the length is a multiple of 8 bytes.
 *
 * The instance is a random number, never 0, that is chosen when the module is
 * loaded. The generation starts at 1 and every visible change adds one to it.
 * A generation belongs to the instance beside it. A request that depends on a
 * generation (VDEV_A_EXPECT, VDEV_A_FILTER_SINCE) gives the instance as well,
 * and fails with ESTALE if the module has been loaded again since.
 *
 * A dump returns the endpoints in the order of their ids. If anything visible
 * changed while it ran, its messages carry NLM_F_DUMP_INTR, and the program
 * asks for the dump again.
 *
 * Each change of a device, a type or a profile is one event to the members of
 * the multicast group VDEV_MCGRP_MONITOR: VDEV_CMD_DEV_CREATE_NTF ...
 * VDEV_CMD_PROFILE_CHANGE_NTF. An event is the same message as the reply about
 * the endpoint or profile; its generation is the number of the event. Events
 * come in the order of the changes, and each has the generation after the one
 * before. If one is missing, or reading fails with ENOBUFS, events were lost.
 * Instance, generation and snapshot have the same numbers in a message about
 * an endpoint and in one about a profile, so a program can count generations
 * in events that it does not know.
 *
 * To follow: join the group, dump, and skip events that are not newer than the
 * snapshot. After a loss: read until nothing is left, then dump again.
 *
 * An error comes with an extended acknowledgment, which has a text and points
 * at the attribute that is meant or names the one that is missing. See
 * Documentation/uapi.rst for the errors, and for bounds that are no constants
 * here because they may grow.
 */
#ifndef _UAPI_LINUX_VDEV_H
#define _UAPI_LINUX_VDEV_H

#define VDEV_FAMILY_NAME "vdev"
#define VDEV_FAMILY_VERSION 1

/* Name of a multicast group. */
#define VDEV_MCGRP_MONITOR "monitor"

/**
 * enum vdev_rule - How the target's field judges the source's value.
 * @VDEV_RULE_EQUAL: The values must be the same.
 * @VDEV_RULE_SUBSET: Every bit the source uses must be present at the target.
 * @VDEV_RULE_AT_LEAST: The target's value must not be smaller than the
 *   source's.
 * @VDEV_RULE_AT_MOST: The target's value must not be larger than the source's.
 * @VDEV_RULE_ONE_OF: The source's value must be one the target accepts.
 * @VDEV_RULE_RANGE: The source's value must lie within a range the target
 *   accepts.
 * @VDEV_RULE_SEMVER: Majors must be the same, the target's minor must not be
 *   smaller than the source's, the bugfix number only ranks.
 * @VDEV_RULE_IGNORE: The value is reported but not compared.
 */
enum vdev_rule {
	VDEV_RULE_EQUAL = 1,
	VDEV_RULE_SUBSET = 2,
	VDEV_RULE_AT_LEAST = 3,
	VDEV_RULE_AT_MOST = 4,
	VDEV_RULE_ONE_OF = 5,
	VDEV_RULE_RANGE = 6,
	VDEV_RULE_SEMVER = 7,
	VDEV_RULE_IGNORE = 8,
};

/**
 * enum vdev_value_type - The type of a value.
 * @VDEV_VALUE_TYPE_U64: An unsigned number, at most 2^63 - 1.
 * @VDEV_VALUE_TYPE_STRING: A string of UTF-8 text.
 * @VDEV_VALUE_TYPE_BOOL: True or false.
 */
enum vdev_value_type {
	VDEV_VALUE_TYPE_U64 = 1,
	VDEV_VALUE_TYPE_STRING = 2,
	VDEV_VALUE_TYPE_BOOL = 3,
};

/**
 * enum vdev_origin - Where the value of a parameter came from.
 * @VDEV_ORIGIN_DEFAULT: The driver chose it.
 * @VDEV_ORIGIN_INHERITED: It is a fact about the parent.
 * @VDEV_ORIGIN_PROVISIONED: It was given when the device was created or
 *   configured.
 * @VDEV_ORIGIN_PROFILE: A profile declares the parameter; the value is the
 *   driver's own where the driver reports one.
 */
enum vdev_origin {
	VDEV_ORIGIN_DEFAULT = 1,
	VDEV_ORIGIN_INHERITED = 2,
	VDEV_ORIGIN_PROVISIONED = 3,
	VDEV_ORIGIN_PROFILE = 4,
};

/**
 * enum vdev_migration - What the driver declares about migration.
 * @VDEV_MIGRATION_UNDECLARED: The driver publishes no migration contract.
 * @VDEV_MIGRATION_UNSUPPORTED: The driver declares that the state cannot be
 *   moved.
 * @VDEV_MIGRATION_SUPPORTED: The driver declares that the state can be moved.
 */
enum vdev_migration {
	VDEV_MIGRATION_UNDECLARED = 1,
	VDEV_MIGRATION_UNSUPPORTED = 2,
	VDEV_MIGRATION_SUPPORTED = 3,
};

/**
 * enum vdev_capacity_state - Whether the parent has room for one more
 *   instance.
 * @VDEV_CAPACITY_STATE_SUFFICIENT: One more instance can be created now.
 * @VDEV_CAPACITY_STATE_BUSY: What is needed exists but is in use.
 * @VDEV_CAPACITY_STATE_IMPOSSIBLE: What is needed can never exist on this
 *   parent.
 */
enum vdev_capacity_state {
	VDEV_CAPACITY_STATE_SUFFICIENT = 1,
	VDEV_CAPACITY_STATE_BUSY = 2,
	VDEV_CAPACITY_STATE_IMPOSSIBLE = 3,
};

/**
 * enum vdev_version_flag - What an endpoint can do with a device version.
 * @VDEV_VERSION_FLAG_CREATE: A device of this version can be created.
 * @VDEV_VERSION_FLAG_ACCEPT: State of this version can be loaded.
 * @VDEV_VERSION_FLAG_DEFAULT: The version a device gets when none is asked
 *   for; only with create, and of one version at most.
 * @VDEV_VERSION_FLAG_CURRENT: The version in use by this device; of one
 *   version at most.
 */
enum vdev_version_flag {
	VDEV_VERSION_FLAG_CREATE = 1,
	VDEV_VERSION_FLAG_ACCEPT = 2,
	VDEV_VERSION_FLAG_DEFAULT = 4,
	VDEV_VERSION_FLAG_CURRENT = 8,
};

/**
 * enum vdev_param_flag - Properties of a parameter.
 * @VDEV_PARAM_FLAG_CONFIGURABLE: It can be chosen when a device is created or
 *   configured.
 * @VDEV_PARAM_FLAG_MANDATORY: It must be chosen when a device is created, and
 *   when it is configured without partial; only with configurable.
 */
enum vdev_param_flag {
	VDEV_PARAM_FLAG_CONFIGURABLE = 1,
	VDEV_PARAM_FLAG_MANDATORY = 2,
};

/**
 * enum vdev_operation - What a provider offers to do by request.
 * @VDEV_OPERATION_CREATE: Devices of the type can be created with dev-new.
 * @VDEV_OPERATION_CONFIGURE: The device can be given other values with
 *   dev-set; of a type, so can the devices that are created of it.
 * @VDEV_OPERATION_REMOVE: The device can be removed with dev-del; of a type,
 *   so can the devices that are created of it.
 */
enum vdev_operation {
	VDEV_OPERATION_CREATE = 1,
	VDEV_OPERATION_CONFIGURE = 2,
	VDEV_OPERATION_REMOVE = 4,
};

/**
 * enum vdev_capability - What a device can do while it is migrated.
 * @VDEV_CAPABILITY_STOP_COPY: State is saved and loaded while the device is
 *   stopped.
 * @VDEV_CAPABILITY_P2P: Peer-to-peer traffic can be quiesced before the stop.
 * @VDEV_CAPABILITY_PRE_COPY: State can be saved while the device runs.
 * @VDEV_CAPABILITY_DIRTY_TRACKING: The device reports the memory that it
 *   writes.
 * @VDEV_CAPABILITY_IOMMU_DIRTY_TRACKING: The IOMMU reports the memory that the
 *   device writes.
 */
enum vdev_capability {
	VDEV_CAPABILITY_STOP_COPY = 1,
	VDEV_CAPABILITY_P2P = 2,
	VDEV_CAPABILITY_PRE_COPY = 4,
	VDEV_CAPABILITY_DIRTY_TRACKING = 8,
	VDEV_CAPABILITY_IOMMU_DIRTY_TRACKING = 16,
};

/**
 * enum vdev_blocker_flag - Properties of a blocker.
 * @VDEV_BLOCKER_FLAG_PERMANENT: It lasts as long as the device.
 */
enum vdev_blocker_flag {
	VDEV_BLOCKER_FLAG_PERMANENT = 1,
};

/**
 * enum vdev_endpoint_kind - What an endpoint is.
 * @VDEV_ENDPOINT_KIND_DEVICE: A device that exists.
 * @VDEV_ENDPOINT_KIND_TYPE: What a parent could create.
 */
enum vdev_endpoint_kind {
	VDEV_ENDPOINT_KIND_DEVICE = 1,
	VDEV_ENDPOINT_KIND_TYPE = 2,
};

/**
 * enum vdev_verdict - Whether the target can load the source's state. Where
 *   several hold, the one listed last is the verdict.
 * @VDEV_VERDICT_IDENTICAL: Every compared field is equal.
 * @VDEV_VERDICT_COMPATIBLE: The source meets every rule.
 * @VDEV_VERDICT_UNDECLARED: Nothing contradicts, but the driver of one side
 *   publishes no migration contract, or one side has a part that cannot be
 *   judged.
 * @VDEV_VERDICT_INCOMPATIBLE: The source breaks at least one rule.
 * @VDEV_VERDICT_NOT_MIGRATABLE: One side cannot be migrated, whatever the
 *   other is.
 */
enum vdev_verdict {
	VDEV_VERDICT_IDENTICAL = 1,
	VDEV_VERDICT_COMPATIBLE = 2,
	VDEV_VERDICT_UNDECLARED = 3,
	VDEV_VERDICT_INCOMPATIBLE = 4,
	VDEV_VERDICT_NOT_MIGRATABLE = 5,
};

/**
 * enum vdev_field - What a finding is about, in the order of the findings.
 * @VDEV_FIELD_MIGRATION: What the drivers declare about migration.
 * @VDEV_FIELD_BLOCKER: A reason why one side cannot be migrated at present;
 *   the name says which.
 * @VDEV_FIELD_DEVICE_API: The interface that the device shows.
 * @VDEV_FIELD_MODEL: The identity of the device model.
 * @VDEV_FIELD_TYPE: The name of the type.
 * @VDEV_FIELD_SOFTWARE_VERSION: The version of the state stream.
 * @VDEV_FIELD_VERSION: The device version in use.
 * @VDEV_FIELD_FEATURE: A feature set; the name says which.
 * @VDEV_FIELD_PARAM: A parameter; the name says which.
 * @VDEV_FIELD_AGGREGATION: The base units.
 * @VDEV_FIELD_CAPACITY: What the target needs to exist.
 * @VDEV_FIELD_UNKNOWN: A part of the source, or of a target that was exported,
 *   that is not known where the check is made. The name is its path.
 * @VDEV_FIELD_VETO: What the target's driver says itself.
 */
enum vdev_field {
	VDEV_FIELD_MIGRATION = 1,
	VDEV_FIELD_BLOCKER = 2,
	VDEV_FIELD_DEVICE_API = 3,
	VDEV_FIELD_MODEL = 4,
	VDEV_FIELD_TYPE = 5,
	VDEV_FIELD_SOFTWARE_VERSION = 6,
	VDEV_FIELD_VERSION = 7,
	VDEV_FIELD_FEATURE = 8,
	VDEV_FIELD_PARAM = 9,
	VDEV_FIELD_AGGREGATION = 10,
	VDEV_FIELD_CAPACITY = 11,
	VDEV_FIELD_UNKNOWN = 12,
	VDEV_FIELD_VETO = 13,
};

/**
 * enum vdev_result - What a finding means for the verdict.
 * @VDEV_RESULT_OK: The source meets the rule.
 * @VDEV_RESULT_FAIL: The source breaks the rule.
 * @VDEV_RESULT_SKIPPED: Nothing was compared.
 * @VDEV_RESULT_NOTE: It does not decide, but is worth knowing.
 */
enum vdev_result {
	VDEV_RESULT_OK = 1,
	VDEV_RESULT_FAIL = 2,
	VDEV_RESULT_SKIPPED = 3,
	VDEV_RESULT_NOTE = 4,
};

/**
 * enum vdev_code - Why a finding is what it is.
 * @VDEV_CODE_SAME: Both sides have the same value.
 * @VDEV_CODE_ACCEPTED: The values differ, and the target's rule accepts the
 *   source's.
 * @VDEV_CODE_IGNORED: The target's rule is to ignore the field.
 * @VDEV_CODE_NOT_IN_EFFECT: The parameter is not in effect at the source, and
 *   need not be.
 * @VDEV_CODE_OTHER_MODEL: Parameters of different models are not compared.
 * @VDEV_CODE_NOT_REPORTED: One side reports no value; its driver publishes no
 *   contract.
 * @VDEV_CODE_MISSING: One side reports no value, although its driver publishes
 *   a contract.
 * @VDEV_CODE_SOURCE_UNDECLARED: The source's driver publishes no migration
 *   contract.
 * @VDEV_CODE_TARGET_UNDECLARED: The target's driver publishes no migration
 *   contract.
 * @VDEV_CODE_SOURCE_UNSUPPORTED: The source's driver declares that its state
 *   cannot be moved.
 * @VDEV_CODE_TARGET_UNSUPPORTED: The target's driver declares that its state
 *   cannot be moved.
 * @VDEV_CODE_SOURCE_BLOCKED: The blocker is the source's. It decides only if
 *   it is permanent.
 * @VDEV_CODE_TARGET_BLOCKED: The blocker is the target's. It decides only if
 *   it is permanent.
 * @VDEV_CODE_DEVICE_API: The target shows another interface.
 * @VDEV_CODE_MODEL: The target accepts no such model.
 * @VDEV_CODE_TYPE: The target accepts no such type.
 * @VDEV_CODE_VERSION_DIFFERS: The versions must be the same, and are not.
 * @VDEV_CODE_VERSION_MAJOR: The major numbers differ, and no accepted range
 *   has the source's version.
 * @VDEV_CODE_VERSION_MINOR: The target's minor number is smaller, and no
 *   accepted range has the source's version.
 * @VDEV_CODE_VERSION_RANGE: No accepted range has the source's version.
 * @VDEV_CODE_VERSION_NOT_ACCEPTED: The target does not accept state of this
 *   device version.
 * @VDEV_CODE_FEATURE_MISSING: The source has bits that the target lacks.
 * @VDEV_CODE_FEATURE_REQUIRED: The target requires bits that the source lacks.
 * @VDEV_CODE_FEATURE_DIFFERS: The bits must be the same, and are not.
 * @VDEV_CODE_VALUE_TYPE_DIFFERS: The values are of different types.
 * @VDEV_CODE_VALUE_DIFFERS: The values must be the same, and are not.
 * @VDEV_CODE_VALUE_NOT_ALLOWED: The source's value is none that the target
 *   accepts.
 * @VDEV_CODE_TOO_SMALL: The target's value is smaller than the source's.
 * @VDEV_CODE_TOO_LARGE: The target's value is larger than the source's.
 * @VDEV_CODE_PARAM_UNKNOWN: The parameter is in effect at the source, and
 *   unknown to the target.
 * @VDEV_CODE_AGGREGATION_BASE: The base units are not the same.
 * @VDEV_CODE_AGGREGATION_TOTAL: The numbers of base units are not the same.
 * @VDEV_CODE_AGGREGATION_SPLIT: The numbers of base units are the same but
 *   made of other instances, which the target does not accept.
 * @VDEV_CODE_AGGREGATION_LIMIT: The target cannot aggregate as many instances.
 * @VDEV_CODE_RESOURCE_IMPOSSIBLE: What is needed can never exist on the
 *   target's parent.
 * @VDEV_CODE_SOURCE_UNKNOWN: This part of the source is not known where the
 *   check is made, and so cannot be judged. A source of a newer version can
 *   have such parts.
 * @VDEV_CODE_TARGET_UNKNOWN: The same of a part of the target; only where a
 *   target was exported, as an endpoint of this host has no such part.
 * @VDEV_CODE_DRIVER_VETO: The target's driver rejects what the rules allow;
 *   the reason says why.
 * @VDEV_CODE_NO_DIRTY_TRACKING: Neither the source's driver nor its IOMMU
 *   reports the memory that the device writes. It decides nothing: whether a
 *   VMM needs to know is up to the VMM. Only of a VFIO device with the
 *   capability stop-copy.
 * @VDEV_CODE_CEILING: The source's value is above the target's ceiling,
 *   although the rules allow it.
 */
enum vdev_code {
	VDEV_CODE_SAME = 1,
	VDEV_CODE_ACCEPTED = 2,
	VDEV_CODE_IGNORED = 3,
	VDEV_CODE_NOT_IN_EFFECT = 4,
	VDEV_CODE_OTHER_MODEL = 5,
	VDEV_CODE_NOT_REPORTED = 6,
	VDEV_CODE_MISSING = 7,
	VDEV_CODE_SOURCE_UNDECLARED = 8,
	VDEV_CODE_TARGET_UNDECLARED = 9,
	VDEV_CODE_SOURCE_UNSUPPORTED = 10,
	VDEV_CODE_TARGET_UNSUPPORTED = 11,
	VDEV_CODE_SOURCE_BLOCKED = 12,
	VDEV_CODE_TARGET_BLOCKED = 13,
	VDEV_CODE_DEVICE_API = 14,
	VDEV_CODE_MODEL = 15,
	VDEV_CODE_TYPE = 16,
	VDEV_CODE_VERSION_DIFFERS = 17,
	VDEV_CODE_VERSION_MAJOR = 18,
	VDEV_CODE_VERSION_MINOR = 19,
	VDEV_CODE_VERSION_RANGE = 20,
	VDEV_CODE_VERSION_NOT_ACCEPTED = 21,
	VDEV_CODE_FEATURE_MISSING = 22,
	VDEV_CODE_FEATURE_REQUIRED = 23,
	VDEV_CODE_FEATURE_DIFFERS = 24,
	VDEV_CODE_VALUE_TYPE_DIFFERS = 25,
	VDEV_CODE_VALUE_DIFFERS = 26,
	VDEV_CODE_VALUE_NOT_ALLOWED = 27,
	VDEV_CODE_TOO_SMALL = 28,
	VDEV_CODE_TOO_LARGE = 29,
	VDEV_CODE_PARAM_UNKNOWN = 30,
	VDEV_CODE_AGGREGATION_BASE = 31,
	VDEV_CODE_AGGREGATION_TOTAL = 32,
	VDEV_CODE_AGGREGATION_SPLIT = 33,
	VDEV_CODE_AGGREGATION_LIMIT = 34,
	VDEV_CODE_RESOURCE_IMPOSSIBLE = 35,
	VDEV_CODE_SOURCE_UNKNOWN = 36,
	VDEV_CODE_TARGET_UNKNOWN = 37,
	VDEV_CODE_DRIVER_VETO = 38,
	VDEV_CODE_NO_DIRTY_TRACKING = 39,
	VDEV_CODE_CEILING = 40,
};

/**
 * enum vdev_attr - Attributes. An endpoint, that is a device or a type; also
 *   the requests about them.
 * @VDEV_A_ID: Number of the endpoint, unique among devices and types, not soon
 *   reused.
 * @VDEV_A_INSTANCE: A random number that the family takes when it is loaded.
 *   Generations are of one instance: one that was read from another says
 *   nothing. In a check, the instance of which the generation is that is
 *   expected.
 * @VDEV_A_GENERATION: Generation of the family at the endpoint's last visible
 *   change.
 * @VDEV_A_SNAPSHOT: Generation of the family when the message was filled. In a
 *   dump without NLM_F_DUMP_INTR it is the same in every message.
 * @VDEV_A_BUS: Bus of the device, or of the devices that the type would
 *   create.
 * @VDEV_A_NAME: Name of the device on its bus, or of the type at its parent.
 * @VDEV_A_PARENT_BUS: Bus or class of the parent. Absent if the parent is on
 *   none.
 * @VDEV_A_PARENT: Name of the parent. Absent if the endpoint has none.
 * @VDEV_A_PROVIDER: The kernel code that reports the endpoint.
 * @VDEV_A_DRIVER: Driver that implements the device.
 * @VDEV_A_DRIVER_VERSION: Version of that driver, in its own words.
 * @VDEV_A_BOUND_DRIVER: Driver that uses the device at present. Absent if
 *   there is none.
 * @VDEV_A_MIGRATION: What the driver declares about migration.
 * @VDEV_A_CAPABILITIES: What the device can do while it is migrated.
 * @VDEV_A_BLOCKER: A reason why the device cannot be migrated at present.
 *   Repeated.
 * @VDEV_A_CAPACITY: Room for more instances of a type.
 * @VDEV_A_COST: What a migration is expected to cost.
 * @VDEV_A_INFO: A provider-specific fact that takes no part in a comparison.
 *   Repeated.
 * @VDEV_A_RECORD: The compared part, which may travel between hosts.
 * @VDEV_A_FILTER: Dump only the endpoints that match every given condition.
 * @VDEV_A_ENDPOINT: What the endpoint is.
 * @VDEV_A_EXPECT: The target of a check, or the endpoint that a request is to
 *   change or to make a device of, must not have changed after this
 *   generation, which is one of the instance that is given beside it.
 * @VDEV_A_SOURCE: The endpoint whose state is to be loaded.
 * @VDEV_A_VERDICT: Whether the target can load the source's state.
 * @VDEV_A_FINDING: What was found about one field, in the order of the fields.
 *   Repeated.
 * @VDEV_A_RANK: What orders the targets that can load the source's state.
 * @VDEV_A_PROFILE: Name of the profile that is for the endpoint. What it
 *   declares is part of the endpoint, unless there is a conflict.
 * @VDEV_A_CONFLICT: Why what the profile declares cannot be applied to the
 *   endpoint, which stays undeclared.
 * @VDEV_A_AGE: Milliseconds since the facts that change without an event were
 *   last read from the device, when the message was filled. Absent if the
 *   endpoint has no such facts, or if they were never read.
 * @VDEV_A_STALE: The device did not answer when it was polled: the facts that
 *   change without an event are older than they should be, or were never read.
 * @VDEV_A_MAX_AGE: Wait until the facts that change without an event are at
 *   most so many milliseconds old, but no longer than 100 ms; then answer with
 *   what is there. 0 asks for facts that are read after the request arrived.
 *   Without it nothing is waited for.
 * @VDEV_A_TRUNCATED: Findings were left out, because a message with all of
 *   them would be too large: first those that are neither failures nor notes,
 *   then those that come last. The verdict and the rank are of all.
 * @VDEV_A_OPERATIONS: What the provider offers to do by request. Absent if
 *   nothing.
 * @VDEV_A_TYPE: Name of the type, at its parent, that a new device is to be
 *   of.
 * @VDEV_A_ORDER: What is chosen for a device. Without it nothing is.
 * @VDEV_A_PARTIAL: Parameters that are not in the order stay as they are.
 *   Without it they take their neutral value, as those of a new device do.
 * @VDEV_A_DRY_RUN: Say whether the request would be accepted, and change
 *   nothing. There is no reply but the acknowledgment.
 * @VDEV_A_CEILING: The administrator's ceiling of a type, in requests and
 *   replies about it alone. An endpoint has it in its record.
 * @VDEV_A_RESET: The type is to have no ceiling. In the place of one.
 * @VDEV_A_PENDING: The ceiling waits for its type, which is not there.
 * @VDEV_A_COUNTER: What the provider of a device counts, in its order.
 *   Repeated. A change of it is no event, and moves no generation.
 * @__VDEV_A_MAX: One more than the highest number in use.
 * @VDEV_A_MAX: Highest number in use.
 */
enum vdev_attr {
	VDEV_A_ID = 1,
	VDEV_A_INSTANCE = 2,
	VDEV_A_GENERATION = 3,
	VDEV_A_SNAPSHOT = 4,
	VDEV_A_BUS = 5,
	VDEV_A_NAME = 6,
	VDEV_A_PARENT_BUS = 7,
	VDEV_A_PARENT = 8,
	VDEV_A_PROVIDER = 9,
	VDEV_A_DRIVER = 10,
	VDEV_A_DRIVER_VERSION = 11,
	VDEV_A_BOUND_DRIVER = 12,
	VDEV_A_MIGRATION = 13,
	VDEV_A_CAPABILITIES = 14,
	VDEV_A_BLOCKER = 15,
	VDEV_A_CAPACITY = 16,
	VDEV_A_COST = 17,
	VDEV_A_INFO = 18,
	VDEV_A_RECORD = 19,
	VDEV_A_FILTER = 20,
	VDEV_A_ENDPOINT = 21,
	VDEV_A_EXPECT = 22,
	VDEV_A_SOURCE = 23,
	VDEV_A_VERDICT = 24,
	VDEV_A_FINDING = 25,
	VDEV_A_RANK = 26,
	VDEV_A_PROFILE = 27,
	VDEV_A_CONFLICT = 28,
	VDEV_A_AGE = 29,
	VDEV_A_STALE = 30,
	VDEV_A_MAX_AGE = 31,
	VDEV_A_TRUNCATED = 32,
	VDEV_A_OPERATIONS = 33,
	VDEV_A_TYPE = 34,
	VDEV_A_ORDER = 35,
	VDEV_A_PARTIAL = 36,
	VDEV_A_DRY_RUN = 37,
	VDEV_A_CEILING = 38,
	VDEV_A_RESET = 39,
	VDEV_A_PENDING = 40,
	VDEV_A_COUNTER = 41,

	__VDEV_A_MAX,
	VDEV_A_MAX = __VDEV_A_MAX - 1
};

/**
 * enum vdev_a_record - Attributes. The compared part of an endpoint. It names
 *   no host, UUID or serial number of the endpoint. A driver can report an
 *   address, such as a MAC, as a parameter; then the rule of that is to ignore
 *   it.
 * @VDEV_A_RECORD_DEVICE_API: Interface that the device shows, such as vfio-pci
 *   or vdpa-net.
 * @VDEV_A_RECORD_MODEL: Identity of the device model; compared byte for byte,
 *   never resolved. Accepted models are in order of preference.
 * @VDEV_A_RECORD_TYPE: Name of the type that the device is of.
 * @VDEV_A_RECORD_SOFTWARE_VERSION: Version of the state stream.
 * @VDEV_A_RECORD_VERSIONS: Device versions.
 * @VDEV_A_RECORD_FEATURE: A named feature set. Repeated, each name once.
 * @VDEV_A_RECORD_PARAM: A named parameter. Repeated, each name once.
 * @VDEV_A_RECORD_AGGREGATION: How many base units the device is made of.
 * @VDEV_A_RECORD_CEILING: What of all this the administrator of the host lets
 *   a type offer. It is in the record of the type, and of each device of it.
 *   Not in a profile.
 * @__VDEV_A_RECORD_MAX: One more than the highest number in use.
 * @VDEV_A_RECORD_MAX: Highest number in use.
 */
enum vdev_a_record {
	VDEV_A_RECORD_DEVICE_API = 1,
	VDEV_A_RECORD_MODEL = 2,
	VDEV_A_RECORD_TYPE = 3,
	VDEV_A_RECORD_SOFTWARE_VERSION = 4,
	VDEV_A_RECORD_VERSIONS = 5,
	VDEV_A_RECORD_FEATURE = 6,
	VDEV_A_RECORD_PARAM = 7,
	VDEV_A_RECORD_AGGREGATION = 8,
	VDEV_A_RECORD_CEILING = 9,

	__VDEV_A_RECORD_MAX,
	VDEV_A_RECORD_MAX = __VDEV_A_RECORD_MAX - 1
};

/**
 * enum vdev_a_ident - Attributes. An identifying string with its rule.
 * @VDEV_A_IDENT_VALUE: The string itself.
 * @VDEV_A_IDENT_RULE: How it is judged; one of equal, one-of, ignore.
 * @VDEV_A_IDENT_ACCEPT: A further string that is accepted from a source.
 *   Repeated.
 * @__VDEV_A_IDENT_MAX: One more than the highest number in use.
 * @VDEV_A_IDENT_MAX: Highest number in use.
 */
enum vdev_a_ident {
	VDEV_A_IDENT_VALUE = 1,
	VDEV_A_IDENT_RULE = 2,
	VDEV_A_IDENT_ACCEPT = 3,

	__VDEV_A_IDENT_MAX,
	VDEV_A_IDENT_MAX = __VDEV_A_IDENT_MAX - 1
};

/**
 * enum vdev_a_semver - Attributes. A version of three numbers.
 * @VDEV_A_SEMVER_MAJOR: Changes when older state can no longer be loaded.
 * @VDEV_A_SEMVER_MINOR: Changes when state gains something that older code
 *   cannot load.
 * @VDEV_A_SEMVER_BUGFIX: Changes when nothing about the state does.
 * @__VDEV_A_SEMVER_MAX: One more than the highest number in use.
 * @VDEV_A_SEMVER_MAX: Highest number in use.
 */
enum vdev_a_semver {
	VDEV_A_SEMVER_MAJOR = 1,
	VDEV_A_SEMVER_MINOR = 2,
	VDEV_A_SEMVER_BUGFIX = 3,

	__VDEV_A_SEMVER_MAX,
	VDEV_A_SEMVER_MAX = __VDEV_A_SEMVER_MAX - 1
};

/**
 * enum vdev_a_semver_range - Attributes. A range of versions, both ends
 *   included.
 * @VDEV_A_SEMVER_RANGE_FROM: The oldest version of the range.
 * @VDEV_A_SEMVER_RANGE_TO: The newest version of the range. Absent if there is
 *   no end.
 * @__VDEV_A_SEMVER_RANGE_MAX: One more than the highest number in use.
 * @VDEV_A_SEMVER_RANGE_MAX: Highest number in use.
 */
enum vdev_a_semver_range {
	VDEV_A_SEMVER_RANGE_FROM = 1,
	VDEV_A_SEMVER_RANGE_TO = 2,

	__VDEV_A_SEMVER_RANGE_MAX,
	VDEV_A_SEMVER_RANGE_MAX = __VDEV_A_SEMVER_RANGE_MAX - 1
};

/**
 * enum vdev_a_software_version - Attributes. The version of the state stream
 *   with its rule.
 * @VDEV_A_SOFTWARE_VERSION_VALUE: The version itself.
 * @VDEV_A_SOFTWARE_VERSION_RULE: How it is judged; one of semver, range,
 *   equal, ignore.
 * @VDEV_A_SOFTWARE_VERSION_ACCEPT: A range that is accepted from a source.
 *   Repeated.
 * @__VDEV_A_SOFTWARE_VERSION_MAX: One more than the highest number in use.
 * @VDEV_A_SOFTWARE_VERSION_MAX: Highest number in use.
 */
enum vdev_a_software_version {
	VDEV_A_SOFTWARE_VERSION_VALUE = 1,
	VDEV_A_SOFTWARE_VERSION_RULE = 2,
	VDEV_A_SOFTWARE_VERSION_ACCEPT = 3,

	__VDEV_A_SOFTWARE_VERSION_MAX,
	VDEV_A_SOFTWARE_VERSION_MAX = __VDEV_A_SOFTWARE_VERSION_MAX - 1
};

/**
 * enum vdev_a_versions - Attributes. Device versions, oldest to newest, with
 *   their rule.
 * @VDEV_A_VERSIONS_RULE: How the source's version is judged; one of one-of,
 *   equal, ignore.
 * @VDEV_A_VERSIONS_ENTRY: A version. Repeated; the order is the list's.
 * @__VDEV_A_VERSIONS_MAX: One more than the highest number in use.
 * @VDEV_A_VERSIONS_MAX: Highest number in use.
 */
enum vdev_a_versions {
	VDEV_A_VERSIONS_RULE = 1,
	VDEV_A_VERSIONS_ENTRY = 2,

	__VDEV_A_VERSIONS_MAX,
	VDEV_A_VERSIONS_MAX = __VDEV_A_VERSIONS_MAX - 1
};

/**
 * enum vdev_a_version - Attributes. A device version.
 * @VDEV_A_VERSION_NAME: Its opaque name.
 * @VDEV_A_VERSION_FLAGS: What can be done with it.
 * @__VDEV_A_VERSION_MAX: One more than the highest number in use.
 * @VDEV_A_VERSION_MAX: Highest number in use.
 */
enum vdev_a_version {
	VDEV_A_VERSION_NAME = 1,
	VDEV_A_VERSION_FLAGS = 2,

	__VDEV_A_VERSION_MAX,
	VDEV_A_VERSION_MAX = __VDEV_A_VERSION_MAX - 1
};

/**
 * enum vdev_a_feature - Attributes. A named feature set. A bitmap is an array
 *   of bytes, whatever the byte order of the host; bit n is bit n % 8 of byte
 *   n / 8, and the length is a multiple of 8 bytes. An absent bitmap is
 *   unknown.
 * @VDEV_A_FEATURE_NAME: Name of the set, such as virtio or domains.
 * @VDEV_A_FEATURE_RULE: How it is judged; one of subset, equal, ignore.
 * @VDEV_A_FEATURE_SUPPORTED: What the parent can offer.
 * @VDEV_A_FEATURE_PROVISIONED: What this device was given, or what a device of
 *   this type is given if nobody chooses. A device that does not report it
 *   offers nothing.
 * @VDEV_A_FEATURE_REQUIRED: What a source must have, too, because it restricts
 *   what the device does, or cannot be left out by its driver.
 * @VDEV_A_FEATURE_NEGOTIATED: What the driver in the guest has accepted.
 * @__VDEV_A_FEATURE_MAX: One more than the highest number in use.
 * @VDEV_A_FEATURE_MAX: Highest number in use.
 */
enum vdev_a_feature {
	VDEV_A_FEATURE_NAME = 1,
	VDEV_A_FEATURE_RULE = 2,
	VDEV_A_FEATURE_SUPPORTED = 3,
	VDEV_A_FEATURE_PROVISIONED = 4,
	VDEV_A_FEATURE_REQUIRED = 5,
	VDEV_A_FEATURE_NEGOTIATED = 6,

	__VDEV_A_FEATURE_MAX,
	VDEV_A_FEATURE_MAX = __VDEV_A_FEATURE_MAX - 1
};

/**
 * enum vdev_a_param - Attributes. A named parameter with its rule.
 * @VDEV_A_PARAM_NAME: Name of the parameter, the same on every host.
 * @VDEV_A_PARAM_VALUE_TYPE: Type of its values.
 * @VDEV_A_PARAM_RULE: How it is judged; any rule but subset and semver.
 * @VDEV_A_PARAM_FLAGS: Its properties.
 * @VDEV_A_PARAM_ORIGIN: Where the value came from.
 * @VDEV_A_PARAM_VALUE: The value. Absent if there is none yet.
 * @VDEV_A_PARAM_OFF_VALUE: The value that means the parameter is not in
 *   effect.
 * @VDEV_A_PARAM_ALLOWED: A value or range that is accepted. Repeated.
 * @__VDEV_A_PARAM_MAX: One more than the highest number in use.
 * @VDEV_A_PARAM_MAX: Highest number in use.
 */
enum vdev_a_param {
	VDEV_A_PARAM_NAME = 1,
	VDEV_A_PARAM_VALUE_TYPE = 2,
	VDEV_A_PARAM_RULE = 3,
	VDEV_A_PARAM_FLAGS = 4,
	VDEV_A_PARAM_ORIGIN = 5,
	VDEV_A_PARAM_VALUE = 6,
	VDEV_A_PARAM_OFF_VALUE = 7,
	VDEV_A_PARAM_ALLOWED = 8,

	__VDEV_A_PARAM_MAX,
	VDEV_A_PARAM_MAX = __VDEV_A_PARAM_MAX - 1
};

/**
 * enum vdev_a_order - Attributes. What is chosen for a device that is created
 *   or configured. What is not there is as follows. A parameter takes its
 *   neutral value: that is its off value, if it has one; a new device of which
 *   it has none has the value of the type, and a device that exists keeps what
 *   it has. All else is what the type gives if nobody chooses, and stays as it
 *   is of a device that exists. All of it obeys the administrator's ceiling.
 *   Of the version and the features that are not chosen a new device has what
 *   is below. What is chosen above the ceiling fails with ERANGE; so does a
 *   parameter that is not chosen, if it takes a value outside of the ceiling,
 *   and a version or parameter of a new device that is limited, not chosen,
 *   and not known.
 * @VDEV_A_ORDER_VERSION: The device version; one of those that can be created.
 * @VDEV_A_ORDER_FEATURE: A feature set, and the bits that are provisioned: no
 *   other than are supported, and all that are required. Repeated.
 * @VDEV_A_ORDER_PARAM: A parameter that is configurable, and its value: one
 *   that is allowed, or the off value. Repeated.
 * @VDEV_A_ORDER_COUNT: How many instances are aggregated.
 * @__VDEV_A_ORDER_MAX: One more than the highest number in use.
 * @VDEV_A_ORDER_MAX: Highest number in use.
 */
enum vdev_a_order {
	VDEV_A_ORDER_VERSION = 1,
	VDEV_A_ORDER_FEATURE = 2,
	VDEV_A_ORDER_PARAM = 3,
	VDEV_A_ORDER_COUNT = 4,

	__VDEV_A_ORDER_MAX,
	VDEV_A_ORDER_MAX = __VDEV_A_ORDER_MAX - 1
};

/**
 * enum vdev_a_counter - Attributes. Something that a provider counts for a
 *   device.
 * @VDEV_A_COUNTER_NAME: Name of the counter, as the driver has it, unique at
 *   the device.
 * @VDEV_A_COUNTER_VALUE: Its value when the message was filled, at most 2^63 -
 *   1.
 * @__VDEV_A_COUNTER_MAX: One more than the highest number in use.
 * @VDEV_A_COUNTER_MAX: Highest number in use.
 */
enum vdev_a_counter {
	VDEV_A_COUNTER_NAME = 1,
	VDEV_A_COUNTER_VALUE = 2,

	__VDEV_A_COUNTER_MAX,
	VDEV_A_COUNTER_MAX = __VDEV_A_COUNTER_MAX - 1
};

/**
 * enum vdev_a_value - Attributes. One value; exactly one attribute is present.
 * @VDEV_A_VALUE_U64: A number, at most 2^63 - 1.
 * @VDEV_A_VALUE_STRING: A string.
 * @VDEV_A_VALUE_BOOL: 0 for false, 1 for true.
 * @__VDEV_A_VALUE_MAX: One more than the highest number in use.
 * @VDEV_A_VALUE_MAX: Highest number in use.
 */
enum vdev_a_value {
	VDEV_A_VALUE_U64 = 1,
	VDEV_A_VALUE_STRING = 2,
	VDEV_A_VALUE_BOOL = 3,

	__VDEV_A_VALUE_MAX,
	VDEV_A_VALUE_MAX = __VDEV_A_VALUE_MAX - 1
};

/**
 * enum vdev_a_allowed - Attributes. One accepted value or range; low and high
 *   together, or string alone.
 * @VDEV_A_ALLOWED_LOW: The smallest accepted number.
 * @VDEV_A_ALLOWED_HIGH: The largest accepted number; the same as low for a
 *   single value.
 * @VDEV_A_ALLOWED_STRING: An accepted string.
 * @__VDEV_A_ALLOWED_MAX: One more than the highest number in use.
 * @VDEV_A_ALLOWED_MAX: Highest number in use.
 */
enum vdev_a_allowed {
	VDEV_A_ALLOWED_LOW = 1,
	VDEV_A_ALLOWED_HIGH = 2,
	VDEV_A_ALLOWED_STRING = 3,

	__VDEV_A_ALLOWED_MAX,
	VDEV_A_ALLOWED_MAX = __VDEV_A_ALLOWED_MAX - 1
};

/**
 * enum vdev_a_aggregation - Attributes. How many base units one device is made
 *   of.
 * @VDEV_A_AGGREGATION_BASE: Name of the base unit.
 * @VDEV_A_AGGREGATION_UNITS: Base units in one instance.
 * @VDEV_A_AGGREGATION_COUNT: Instances aggregated.
 * @VDEV_A_AGGREGATION_LIMIT: Most instances that can be aggregated. Absent if
 *   not known.
 * @VDEV_A_AGGREGATION_TOTAL: Units times count, at most 2^63 - 1.
 * @VDEV_A_AGGREGATION_RULE: How it is judged; one of equal, ignore.
 * @VDEV_A_AGGREGATION_RESPLIT: The same total with another split is accepted.
 * @__VDEV_A_AGGREGATION_MAX: One more than the highest number in use.
 * @VDEV_A_AGGREGATION_MAX: Highest number in use.
 */
enum vdev_a_aggregation {
	VDEV_A_AGGREGATION_BASE = 1,
	VDEV_A_AGGREGATION_UNITS = 2,
	VDEV_A_AGGREGATION_COUNT = 3,
	VDEV_A_AGGREGATION_LIMIT = 4,
	VDEV_A_AGGREGATION_TOTAL = 5,
	VDEV_A_AGGREGATION_RULE = 6,
	VDEV_A_AGGREGATION_RESPLIT = 7,

	__VDEV_A_AGGREGATION_MAX,
	VDEV_A_AGGREGATION_MAX = __VDEV_A_AGGREGATION_MAX - 1
};

/**
 * enum vdev_a_ceiling - Attributes. The administrator's ceiling: the part of
 *   what a driver offers that a type may offer. The rules judge a source as if
 *   there was none; what they allow and the ceiling does not is a finding with
 *   the code ceiling. What is not in it is not limited.
 * @VDEV_A_CEILING_MAX_VERSION: The newest device version, by the order of the
 *   list. If the list has no such version any more, no version is below the
 *   ceiling.
 * @VDEV_A_CEILING_FEATURE: The bits of a feature set. Repeated, each name
 *   once.
 * @VDEV_A_CEILING_PARAM: The range of a parameter that is a number. Repeated,
 *   each name once.
 * @__VDEV_A_CEILING_MAX: One more than the highest number in use.
 * @VDEV_A_CEILING_MAX: Highest number in use.
 */
enum vdev_a_ceiling {
	VDEV_A_CEILING_MAX_VERSION = 1,
	VDEV_A_CEILING_FEATURE = 2,
	VDEV_A_CEILING_PARAM = 3,

	__VDEV_A_CEILING_MAX,
	VDEV_A_CEILING_MAX = __VDEV_A_CEILING_MAX - 1
};

/**
 * enum vdev_a_ceiling_feature - Attributes. The part of a feature set that is
 *   below a ceiling.
 * @VDEV_A_CEILING_FEATURE_NAME: Name of the set.
 * @VDEV_A_CEILING_FEATURE_MASK: The bits that may be offered; a bitmap as in a
 *   feature set.
 * @__VDEV_A_CEILING_FEATURE_MAX: One more than the highest number in use.
 * @VDEV_A_CEILING_FEATURE_MAX: Highest number in use.
 */
enum vdev_a_ceiling_feature {
	VDEV_A_CEILING_FEATURE_NAME = 1,
	VDEV_A_CEILING_FEATURE_MASK = 2,

	__VDEV_A_CEILING_FEATURE_MAX,
	VDEV_A_CEILING_FEATURE_MAX = __VDEV_A_CEILING_FEATURE_MAX - 1
};

/**
 * enum vdev_a_ceiling_param - Attributes. The values of a parameter that are
 *   below a ceiling.
 * @VDEV_A_CEILING_PARAM_NAME: Name of the parameter.
 * @VDEV_A_CEILING_PARAM_LOW: The smallest number.
 * @VDEV_A_CEILING_PARAM_HIGH: The largest number.
 * @__VDEV_A_CEILING_PARAM_MAX: One more than the highest number in use.
 * @VDEV_A_CEILING_PARAM_MAX: Highest number in use.
 */
enum vdev_a_ceiling_param {
	VDEV_A_CEILING_PARAM_NAME = 1,
	VDEV_A_CEILING_PARAM_LOW = 2,
	VDEV_A_CEILING_PARAM_HIGH = 3,

	__VDEV_A_CEILING_PARAM_MAX,
	VDEV_A_CEILING_PARAM_MAX = __VDEV_A_CEILING_PARAM_MAX - 1
};

/**
 * enum vdev_a_blocker - Attributes. A reason why a device cannot be migrated
 *   at present.
 * @VDEV_A_BLOCKER_NAME: Short name, unique at the endpoint.
 * @VDEV_A_BLOCKER_REASON: The reason in a sentence for people.
 * @VDEV_A_BLOCKER_FLAGS: Its properties.
 * @__VDEV_A_BLOCKER_MAX: One more than the highest number in use.
 * @VDEV_A_BLOCKER_MAX: Highest number in use.
 */
enum vdev_a_blocker {
	VDEV_A_BLOCKER_NAME = 1,
	VDEV_A_BLOCKER_REASON = 2,
	VDEV_A_BLOCKER_FLAGS = 3,

	__VDEV_A_BLOCKER_MAX,
	VDEV_A_BLOCKER_MAX = __VDEV_A_BLOCKER_MAX - 1
};

/**
 * enum vdev_a_capacity - Attributes. Room for more instances of a type.
 * @VDEV_A_CAPACITY_STATE: Whether there is room.
 * @VDEV_A_CAPACITY_AVAILABLE: How many more instances can be created now.
 * @VDEV_A_CAPACITY_LIMIT: Most instances there can be at all. Absent if not
 *   known.
 * @__VDEV_A_CAPACITY_MAX: One more than the highest number in use.
 * @VDEV_A_CAPACITY_MAX: Highest number in use.
 */
enum vdev_a_capacity {
	VDEV_A_CAPACITY_STATE = 1,
	VDEV_A_CAPACITY_AVAILABLE = 2,
	VDEV_A_CAPACITY_LIMIT = 3,

	__VDEV_A_CAPACITY_MAX,
	VDEV_A_CAPACITY_MAX = __VDEV_A_CAPACITY_MAX - 1
};

/**
 * enum vdev_a_cost - Attributes. What a migration is expected to cost. Each is
 *   absent if not known.
 * @VDEV_A_COST_STATE_SIZE: Upper bound of the device state, in bytes.
 * @VDEV_A_COST_PRECOPY_SIZE: State that can be moved before the stop, in
 *   bytes.
 * @VDEV_A_COST_DOWNTIME: Expected time from stop to resume without the
 *   transfer, in microseconds.
 * @__VDEV_A_COST_MAX: One more than the highest number in use.
 * @VDEV_A_COST_MAX: Highest number in use.
 */
enum vdev_a_cost {
	VDEV_A_COST_STATE_SIZE = 1,
	VDEV_A_COST_PRECOPY_SIZE = 2,
	VDEV_A_COST_DOWNTIME = 3,

	__VDEV_A_COST_MAX,
	VDEV_A_COST_MAX = __VDEV_A_COST_MAX - 1
};

/**
 * enum vdev_a_filter - Attributes. Conditions of a dump; an endpoint has to
 *   match all that are given.
 * @VDEV_A_FILTER_BUS: The endpoint's bus is this one.
 * @VDEV_A_FILTER_PARENT_BUS: The parent's bus is this one.
 * @VDEV_A_FILTER_PARENT: The parent's name is this one.
 * @VDEV_A_FILTER_TYPE: The record's type is this one.
 * @VDEV_A_FILTER_MODEL: The record's model is this one.
 * @VDEV_A_FILTER_DEVICE_API: The record's device-api is this one.
 * @VDEV_A_FILTER_MIGRATABLE: The driver declares migration and nothing blocks
 *   it.
 * @VDEV_A_FILTER_SINCE: The endpoint changed after this generation, which is
 *   one of the instance that is given beside it. One that has not been reached
 *   is rejected with ESTALE.
 * @VDEV_A_FILTER_INSTANCE: The instance of which the generation is. Another
 *   than the present one is rejected with ESTALE.
 * @VDEV_A_FILTER_ENDPOINT: The endpoint is this, a device or a type.
 * @VDEV_A_FILTER_AT_LEAST: The verdict is this one, or one that is listed
 *   before it. In a find alone; a target is judged no further than it takes to
 *   know.
 * @__VDEV_A_FILTER_MAX: One more than the highest number in use.
 * @VDEV_A_FILTER_MAX: Highest number in use.
 */
enum vdev_a_filter {
	VDEV_A_FILTER_BUS = 1,
	VDEV_A_FILTER_PARENT_BUS = 2,
	VDEV_A_FILTER_PARENT = 3,
	VDEV_A_FILTER_TYPE = 4,
	VDEV_A_FILTER_MODEL = 5,
	VDEV_A_FILTER_DEVICE_API = 6,
	VDEV_A_FILTER_MIGRATABLE = 7,
	VDEV_A_FILTER_SINCE = 8,
	VDEV_A_FILTER_INSTANCE = 9,
	VDEV_A_FILTER_ENDPOINT = 10,
	VDEV_A_FILTER_AT_LEAST = 11,

	__VDEV_A_FILTER_MAX,
	VDEV_A_FILTER_MAX = __VDEV_A_FILTER_MAX - 1
};

/**
 * enum vdev_a_source - Attributes. The endpoint whose state is to be loaded:
 *   one of this host, named as in a request of its own, or a record that has
 *   travelled with what its driver declared. A record without a declaration is
 *   undeclared. What is in it that this version does not know is accepted, and
 *   is a finding each.
 * @VDEV_A_SOURCE_ID: Number of an endpoint of this host.
 * @VDEV_A_SOURCE_BUS: Bus of a device of this host.
 * @VDEV_A_SOURCE_NAME: Name of a device or type of this host.
 * @VDEV_A_SOURCE_PARENT_BUS: Bus or class of the parent of a type of this
 *   host.
 * @VDEV_A_SOURCE_PARENT: Name of the parent of a type of this host.
 * @VDEV_A_SOURCE_MIGRATION: What the driver of the record's endpoint declares
 *   about migration.
 * @VDEV_A_SOURCE_BLOCKER: A reason why the record's endpoint cannot be
 *   migrated. Repeated.
 * @VDEV_A_SOURCE_RECORD: The compared part of an endpoint of any host.
 * @VDEV_A_SOURCE_ENDPOINT: What the record's endpoint is; a device if absent.
 * @VDEV_A_SOURCE_UNKNOWN: Path of a part of the record that the sender knows
 *   of and cannot express. Repeated.
 * @VDEV_A_SOURCE_CAPABILITIES: What the record's endpoint can do while it is
 *   migrated. No rule judges it: it travels for those who move several devices
 *   of one machine.
 * @__VDEV_A_SOURCE_MAX: One more than the highest number in use.
 * @VDEV_A_SOURCE_MAX: Highest number in use.
 */
enum vdev_a_source {
	VDEV_A_SOURCE_ID = 1,
	VDEV_A_SOURCE_BUS = 2,
	VDEV_A_SOURCE_NAME = 3,
	VDEV_A_SOURCE_PARENT_BUS = 4,
	VDEV_A_SOURCE_PARENT = 5,
	VDEV_A_SOURCE_MIGRATION = 6,
	VDEV_A_SOURCE_BLOCKER = 7,
	VDEV_A_SOURCE_RECORD = 8,
	VDEV_A_SOURCE_ENDPOINT = 9,
	VDEV_A_SOURCE_UNKNOWN = 10,
	VDEV_A_SOURCE_CAPABILITIES = 11,

	__VDEV_A_SOURCE_MAX,
	VDEV_A_SOURCE_MAX = __VDEV_A_SOURCE_MAX - 1
};

/**
 * enum vdev_a_finding - Attributes. What was found about one field. Source and
 *   target are absent where there is no value, or where it is a bitmap; a
 *   version is a string, and so is an aggregation (as count, x and units).
 * @VDEV_A_FINDING_FIELD: What it is about.
 * @VDEV_A_FINDING_NAME: Name of the feature set, parameter or blocker.
 * @VDEV_A_FINDING_RULE: The rule by which the target judged. Absent where
 *   there is none.
 * @VDEV_A_FINDING_RESULT: What it means for the verdict.
 * @VDEV_A_FINDING_CODE: Why it is so.
 * @VDEV_A_FINDING_SOURCE: The source's value.
 * @VDEV_A_FINDING_TARGET: The target's value.
 * @VDEV_A_FINDING_MISSING: Bits that the source has and the target lacks.
 * @VDEV_A_FINDING_UNMET: Bits that the target requires and the source lacks.
 * @VDEV_A_FINDING_REASON: The reason in a sentence for people, of a blocker or
 *   a veto.
 * @__VDEV_A_FINDING_MAX: One more than the highest number in use.
 * @VDEV_A_FINDING_MAX: Highest number in use.
 */
enum vdev_a_finding {
	VDEV_A_FINDING_FIELD = 1,
	VDEV_A_FINDING_NAME = 2,
	VDEV_A_FINDING_RULE = 3,
	VDEV_A_FINDING_RESULT = 4,
	VDEV_A_FINDING_CODE = 5,
	VDEV_A_FINDING_SOURCE = 6,
	VDEV_A_FINDING_TARGET = 7,
	VDEV_A_FINDING_MISSING = 8,
	VDEV_A_FINDING_UNMET = 9,
	VDEV_A_FINDING_REASON = 10,

	__VDEV_A_FINDING_MAX,
	VDEV_A_FINDING_MAX = __VDEV_A_FINDING_MAX - 1
};

/**
 * enum vdev_a_rank - Attributes. What orders the targets that can load the
 *   source's state, most important first.
 * @VDEV_A_RANK_PREFERENCE: 0 if the source's model is the target's own, else
 *   its place in the target's list of accepted models.
 * @VDEV_A_RANK_SAME_VERSION: Major and minor number of the software version
 *   are the same, and so is the device version.
 * @VDEV_A_RANK_BUGFIX: The target's bugfix number; a newer one is better.
 * @VDEV_A_RANK_SURPLUS: How many feature bits the target has beyond the
 *   source's; fewer are better.
 * @__VDEV_A_RANK_MAX: One more than the highest number in use.
 * @VDEV_A_RANK_MAX: Highest number in use.
 */
enum vdev_a_rank {
	VDEV_A_RANK_PREFERENCE = 1,
	VDEV_A_RANK_SAME_VERSION = 2,
	VDEV_A_RANK_BUGFIX = 3,
	VDEV_A_RANK_SURPLUS = 4,

	__VDEV_A_RANK_MAX,
	VDEV_A_RANK_MAX = __VDEV_A_RANK_MAX - 1
};

/**
 * enum vdev_a_profile - Attributes. What a vendor declares for a driver that
 *   declares nothing itself. It is for the endpoints whose bus, driver and
 *   type it names, of which one at least is given. Where several profiles are
 *   for one endpoint, the one is in effect that gives more of the three; then
 *   the one whose type has more characters that are no wildcards; then the one
 *   with fewer wildcards; then the one whose name comes first, byte for byte.
 *   Instance, generation and snapshot have the numbers that they have of an
 *   endpoint.
 * @VDEV_A_PROFILE_NAME: Its name, unique among the profiles.
 * @VDEV_A_PROFILE_INSTANCE: See the attribute of an endpoint.
 * @VDEV_A_PROFILE_GENERATION: Generation of the family when the profile was
 *   set; in the answer to profile-del, and in its event, when it was removed.
 * @VDEV_A_PROFILE_SNAPSHOT: Generation of the family when the message was
 *   filled.
 * @VDEV_A_PROFILE_BUS: Bus of the endpoints. Absent if any will do.
 * @VDEV_A_PROFILE_DRIVER: Driver that implements the endpoints. Absent if any
 *   will do.
 * @VDEV_A_PROFILE_TYPE: Type of the endpoints, with * for any number of bytes
 *   and ? for one. Absent if any will do, and an endpoint without a type too.
 * @VDEV_A_PROFILE_MIGRATION: What is declared about migration. With
 *   undeclared, the record says what must hold, and not that nothing else
 *   must.
 * @VDEV_A_PROFILE_CAPABILITIES: What is declared of the capabilities, beside
 *   those that the driver reports.
 * @VDEV_A_PROFILE_COST: What is declared of the cost, where the driver reports
 *   none.
 * @VDEV_A_PROFILE_RECORD: What is declared of the compared part. Rules,
 *   accepted and allowed values, required bits, off values and the base and
 *   units of an aggregation stand in the place of what the driver reports;
 *   values and bitmaps only where it reports none, and so does the number of
 *   instances of an aggregation. A value of device-api, model and type can be
 *   left out. The origin of a parameter and negotiated bits are of no meaning.
 * @VDEV_A_PROFILE_REPLACE: The profile may take the place of one with the same
 *   name.
 * @VDEV_A_PROFILE_CHANGED: How many endpoints changed when the profile was set
 *   or removed; each change has a generation of its own, after that of the
 *   profile.
 * @__VDEV_A_PROFILE_MAX: One more than the highest number in use.
 * @VDEV_A_PROFILE_MAX: Highest number in use.
 */
enum vdev_a_profile {
	VDEV_A_PROFILE_NAME = 1,
	VDEV_A_PROFILE_INSTANCE = 2,
	VDEV_A_PROFILE_GENERATION = 3,
	VDEV_A_PROFILE_SNAPSHOT = 4,
	VDEV_A_PROFILE_BUS = 5,
	VDEV_A_PROFILE_DRIVER = 6,
	VDEV_A_PROFILE_TYPE = 7,
	VDEV_A_PROFILE_MIGRATION = 8,
	VDEV_A_PROFILE_CAPABILITIES = 9,
	VDEV_A_PROFILE_COST = 10,
	VDEV_A_PROFILE_RECORD = 11,
	VDEV_A_PROFILE_REPLACE = 12,
	VDEV_A_PROFILE_CHANGED = 13,

	__VDEV_A_PROFILE_MAX,
	VDEV_A_PROFILE_MAX = __VDEV_A_PROFILE_MAX - 1
};

/**
 * enum vdev_a_stats - Attributes. What the family counts, since the core was
 *   loaded.
 * @VDEV_A_STATS_INSTANCE: See the attribute of an endpoint.
 * @VDEV_A_STATS_GENERATION: Generation of the family, which counts the visible
 *   changes.
 * @VDEV_A_STATS_VERDICTS: Verdicts of check and find.
 * @VDEV_A_STATS_EVENTS: Events that were sent to subscribers.
 * @VDEV_A_STATS_EVENTS_LOST: Events that were not sent, for lack of memory or
 *   because too many were waiting. Subscribers got ENOBUFS for each loss.
 * @VDEV_A_STATS_PROVIDER: What is counted for one provider. Repeated.
 * @__VDEV_A_STATS_MAX: One more than the highest number in use.
 * @VDEV_A_STATS_MAX: Highest number in use.
 */
enum vdev_a_stats {
	VDEV_A_STATS_INSTANCE = 1,
	VDEV_A_STATS_GENERATION = 2,
	VDEV_A_STATS_VERDICTS = 3,
	VDEV_A_STATS_EVENTS = 4,
	VDEV_A_STATS_EVENTS_LOST = 5,
	VDEV_A_STATS_PROVIDER = 6,

	__VDEV_A_STATS_MAX,
	VDEV_A_STATS_MAX = __VDEV_A_STATS_MAX - 1
};

/**
 * enum vdev_a_provider_stats - Attributes. What the family counts for one
 *   provider, since that was registered.
 * @VDEV_A_PROVIDER_STATS_NAME: Name of the provider.
 * @VDEV_A_PROVIDER_STATS_ENDPOINTS: Endpoints that are registered now.
 * @VDEV_A_PROVIDER_STATS_STALE: Endpoints that are stale now.
 * @VDEV_A_PROVIDER_STATS_POLLS: Polls of a device that have ended.
 * @VDEV_A_PROVIDER_STATS_POLLS_BUSY: Those of them that read nothing, mostly
 *   because the device was busy.
 * @VDEV_A_PROVIDER_STATS_SLOWEST_POLL: Duration of the slowest poll, in
 *   microseconds.
 * @VDEV_A_PROVIDER_STATS_SLOWEST_ENDPOINT: Name of the endpoint whose poll
 *   that was. Absent before the first poll.
 * @VDEV_A_PROVIDER_STATS_REJECTED: Registrations and updates that were
 *   rejected.
 * @VDEV_A_PROVIDER_STATS_VETOES: Sources that the provider rejected although
 *   the rules allow them.
 * @VDEV_A_PROVIDER_STATS_NOT_FOLLOWED: How often a device on the bus could not
 *   be registered.
 * @VDEV_A_PROVIDER_STATS_NOT_FOLLOWED_REASON: Which device the last of them
 *   was, and why. Absent if there was none.
 * @__VDEV_A_PROVIDER_STATS_MAX: One more than the highest number in use.
 * @VDEV_A_PROVIDER_STATS_MAX: Highest number in use.
 */
enum vdev_a_provider_stats {
	VDEV_A_PROVIDER_STATS_NAME = 1,
	VDEV_A_PROVIDER_STATS_ENDPOINTS = 2,
	VDEV_A_PROVIDER_STATS_STALE = 3,
	VDEV_A_PROVIDER_STATS_POLLS = 4,
	VDEV_A_PROVIDER_STATS_POLLS_BUSY = 5,
	VDEV_A_PROVIDER_STATS_SLOWEST_POLL = 6,
	VDEV_A_PROVIDER_STATS_SLOWEST_ENDPOINT = 7,
	VDEV_A_PROVIDER_STATS_REJECTED = 8,
	VDEV_A_PROVIDER_STATS_VETOES = 9,
	VDEV_A_PROVIDER_STATS_NOT_FOLLOWED = 10,
	VDEV_A_PROVIDER_STATS_NOT_FOLLOWED_REASON = 11,

	__VDEV_A_PROVIDER_STATS_MAX,
	VDEV_A_PROVIDER_STATS_MAX = __VDEV_A_PROVIDER_STATS_MAX - 1
};

/**
 * enum vdev_cmd - Commands. Migration capability of the virtual devices of
 *   this host, and of the types that could be created on it. Present in the
 *   initial network namespace only. Reading needs no privilege.
 * @VDEV_CMD_DEV_GET: Get one device by id, or by bus and name; or dump the
 *   devices that pass the filter, in the order of their ids.
 * @VDEV_CMD_TYPE_GET: Get one type by id, or by parent-bus, parent and name;
 *   or dump the types that pass the filter, in the order of their ids.
 * @VDEV_CMD_CHECK: Judge whether one target can load the source's state. The
 *   target is named by id; a device also by bus and name, a type also by
 *   parent-bus, parent and name. The reply has the verdict and all findings.
 *   Fails with ESTALE if the target changed after the generation that is
 *   expected, or if that has not been reached.
 * @VDEV_CMD_FIND: Judge every endpoint that passes the filter, in the order of
 *   ids, as check does. The answer has only the findings that are failures or
 *   notes. A source of this host is read once, when the dump starts.
 * @VDEV_CMD_PROFILE_GET: Get one profile by its name; or dump all, in order of
 *   precedence.
 * @VDEV_CMD_PROFILE_SET: Declare what a driver does not, from now on and for
 *   every endpoint that matches, present or future. A driver that declares
 *   anything about migration is not affected. Fails with EEXIST if there is a
 *   profile of that name which is not to be replaced, and with ENOSPC if there
 *   are as many as there can be. Endpoints that change do so one after the
 *   other, and all have when the answer comes. In the place of an equal one
 *   nothing changes, and the answer has the generation at which that was set.
 * @VDEV_CMD_PROFILE_DEL: Remove a profile. Endpoints that it was in effect for
 *   are again what their driver reports, or what another profile declares. The
 *   answer has the profile as it was.
 * @VDEV_CMD_STATS_GET: Get what the family counts.
 * @VDEV_CMD_DEV_CREATE_NTF: A device is there. Every change of a device, a
 *   type or a profile is one event, in the order of the changes. The event is
 *   the object as dev-get reports it, at the moment of the change: its
 *   generation and the snapshot are the number of the event. The next event
 *   has the next generation, which is one higher.
 * @VDEV_CMD_DEV_DELETE_NTF: A device is gone. It is reported as it was last,
 *   but for its generation, which is the number of the event.
 * @VDEV_CMD_DEV_CHANGE_NTF: Something that is reported of a device has
 *   changed.
 * @VDEV_CMD_TYPE_CREATE_NTF: A type can be created. See dev-create-ntf.
 * @VDEV_CMD_TYPE_DELETE_NTF: A type can no longer be created. See
 *   dev-delete-ntf.
 * @VDEV_CMD_TYPE_CHANGE_NTF: Something that is reported of a type has changed.
 * @VDEV_CMD_PROFILE_CREATE_NTF: A profile was added. The event comes before
 *   those of the endpoints that change by it. See dev-create-ntf.
 * @VDEV_CMD_PROFILE_DELETE_NTF: A profile was removed. It is as it was last,
 *   but for its generation.
 * @VDEV_CMD_PROFILE_CHANGE_NTF: A profile took the place of one with the same
 *   name.
 * @VDEV_CMD_DEV_NEW: Create a device. Its type is named by id, or by
 *   parent-bus, parent and type; its name is on the bus of the type. All of
 *   the order is validated, by the record of the type, before the provider is
 *   asked. The reply is the device. Fails with EOPNOTSUPP if the provider
 *   creates no such devices, EEXIST if the name is taken, ERANGE if a value is
 *   out of bounds, ENOSPC if the type has no capacity, ESTALE if the type
 *   changed after the generation that is expected, EBUSY if the device is just
 *   being created, if the type is changing, or if the provider has too much to
 *   do. Other errors are the provider's. A change does not depend on whether
 *   the requester still waits.
 * @VDEV_CMD_DEV_SET: Give a device other values. It is named by id, or by bus
 *   and name. The record of the device decides what it can be given; see
 *   dev-new. The reply is the device as it is then.
 * @VDEV_CMD_DEV_DEL: Remove a device. It is named by id, or by bus and name.
 *   The reply is the device as it was last, but for its generation, which is
 *   that of the removal.
 * @VDEV_CMD_TYPE_SET: Give a type a ceiling, in the place of the one that it
 *   has, or reset it. The type, and each device of it, changes, with an event
 *   each; all have when the answer comes. The ceiling must be a part of what
 *   the driver offers, else the request fails with ERANGE. A type that is not
 *   there can be given a ceiling by its name: it is pending until the type
 *   comes, and again when that goes. Then the answer has the name, the ceiling
 *   and pending alone. Fails with ESTALE if the type changed after the
 *   generation that is expected, with ENODEV if a type that is not there is
 *   expected to have one, or has no ceiling to reset, with EMSGSIZE if the
 *   ceiling is too large, with ENOSPC if there are as many as there can be,
 *   with EBUSY while a device of the type is being created or configured. A
 *   dry run is acknowledged, and has no other answer.
 * @VDEV_CMD_CEILING_GET: Dump the ceilings, also those of types that are not
 *   there, in the order in which they were set first.
 * @VDEV_CMD_DEV_STATS_GET: Get what the provider of one device counts, the
 *   device named by id, or by bus and name; or dump that of the devices that
 *   pass the filter and for which something is counted, in the order of their
 *   ids. The answer has what the provider set last; no driver is asked for it.
 * @__VDEV_CMD_MAX: One more than the highest number in use.
 * @VDEV_CMD_MAX: Highest number in use.
 */
enum vdev_cmd {
	VDEV_CMD_DEV_GET = 1,
	VDEV_CMD_TYPE_GET = 2,
	VDEV_CMD_CHECK = 3,
	VDEV_CMD_FIND = 4,
	VDEV_CMD_PROFILE_GET = 5,
	VDEV_CMD_PROFILE_SET = 6,
	VDEV_CMD_PROFILE_DEL = 7,
	VDEV_CMD_STATS_GET = 8,
	VDEV_CMD_DEV_CREATE_NTF = 9,
	VDEV_CMD_DEV_DELETE_NTF = 10,
	VDEV_CMD_DEV_CHANGE_NTF = 11,
	VDEV_CMD_TYPE_CREATE_NTF = 12,
	VDEV_CMD_TYPE_DELETE_NTF = 13,
	VDEV_CMD_TYPE_CHANGE_NTF = 14,
	VDEV_CMD_PROFILE_CREATE_NTF = 15,
	VDEV_CMD_PROFILE_DELETE_NTF = 16,
	VDEV_CMD_PROFILE_CHANGE_NTF = 17,
	VDEV_CMD_DEV_NEW = 18,
	VDEV_CMD_DEV_SET = 19,
	VDEV_CMD_DEV_DEL = 20,
	VDEV_CMD_TYPE_SET = 21,
	VDEV_CMD_CEILING_GET = 22,
	VDEV_CMD_DEV_STATS_GET = 23,

	__VDEV_CMD_MAX,
	VDEV_CMD_MAX = __VDEV_CMD_MAX - 1
};

#endif /* _UAPI_LINUX_VDEV_H */
