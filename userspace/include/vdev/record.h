/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What is reported of an endpoint, decoded: read-only views that belong to the
 * object that they were got from and live exactly as long as it does.
 *
 * A number 0 in a field of an enumeration, and a NULL string, mean that the
 * kernel did not report it. A value of an enumeration that is newer than this
 * header is kept as the number that it is; names.h turns numbers into words.
 * Structs may grow at their end, except those that say that they will not.
 */
#ifndef VDEV_RECORD_H
#define VDEV_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <linux/vdev.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a number is when the kernel did not report it and 0 has a meaning. */
#define VDEV_UNKNOWN32 UINT32_MAX
#define VDEV_UNKNOWN64 UINT64_MAX

/**
 * struct vdev_ident - an identifying string with its rule
 * @value: the string
 * @rule: how a source's string is judged, enum vdev_rule
 * @accept: further strings that are accepted from a source
 * @num_accept: length of @accept
 */
struct vdev_ident {
	const char *value;
	uint32_t rule;
	const char *const *accept;
	unsigned int num_accept;
};

/**
 * struct vdev_semver - a version of three numbers; will not grow
 * @major: changes when older state can no longer be loaded
 * @minor: changes when state gains something that older code cannot load
 * @bugfix: changes when nothing about the state does
 */
struct vdev_semver {
	uint32_t major;
	uint32_t minor;
	uint32_t bugfix;
};

/**
 * struct vdev_semver_range - a range, both ends included; will not grow
 * @from: the oldest version of the range
 * @to: the newest version of the range; without meaning if @open
 * @open: the range has no newest version
 */
struct vdev_semver_range {
	struct vdev_semver from;
	struct vdev_semver to;
	bool open;
};

/**
 * struct vdev_software_version - the version of the state stream
 * @value: the version
 * @rule: how a source's version is judged, enum vdev_rule
 * @accept: ranges that are accepted from a source
 * @num_accept: length of @accept
 * @has_value: the kernel reported the version
 */
struct vdev_software_version {
	struct vdev_semver value;
	uint32_t rule;
	const struct vdev_semver_range *accept;
	unsigned int num_accept;
	bool has_value;
};

/**
 * struct vdev_version - a device version
 * @name: its opaque name
 * @flags: what can be done with it, enum vdev_version_flag, or-ed
 *
 * VDEV_VERSION_FLAG_DEFAULT needs VDEV_VERSION_FLAG_CREATE. In a list at most one
 * version is the default, and at most one is the current one.
 */
struct vdev_version {
	const char *name;
	uint32_t flags;
};

/**
 * struct vdev_bitmap - a bitmap of any length; will not grow
 * @words: bit n is bit n % 64 of word n / 64; NULL if the bitmap is unknown
 * @num_words: length of @words
 */
struct vdev_bitmap {
	const uint64_t *words;
	unsigned int num_words;
};

/**
 * struct vdev_feature - a named feature set
 * @name: name of the set
 * @rule: how a source's set is judged, enum vdev_rule
 * @supported: what the parent can offer
 * @provisioned: what this device was given, or what a device of this type is given
 *	if nobody chooses; a device without it offers nothing
 * @required: what a source must have, too, because it restricts what the device
 *	does, or cannot be left out by its driver
 * @negotiated: what the driver in the guest has accepted
 */
struct vdev_feature {
	const char *name;
	uint32_t rule;
	struct vdev_bitmap supported;
	struct vdev_bitmap provisioned;
	struct vdev_bitmap required;
	struct vdev_bitmap negotiated;
};

/**
 * struct vdev_value - one value, or none; will not grow
 * @type: which member of the union is meant, enum vdev_value_type; 0 if there is no
 *	value, or one of a type that this library does not know
 * @u64: a number
 * @string: a string, as the kernel sent it: not known to be valid UTF-8
 * @boolean: true or false
 */
struct vdev_value {
	uint32_t type;
	union {
		uint64_t u64;
		const char *string;
		bool boolean;
	};
};

/**
 * struct vdev_allowed - one accepted value or range; will not grow
 * @low: the smallest accepted number; without meaning if there is a @string
 * @high: the largest accepted number; without meaning if there is a @string
 * @string: the accepted string; NULL if numbers are accepted
 *
 * Without a string, @low is greater than @high if what is accepted is of a
 * type that this library does not know.
 */
struct vdev_allowed {
	uint64_t low;
	uint64_t high;
	const char *string;
};

/**
 * struct vdev_param - a named parameter with its rule
 * @name: name of the parameter
 * @type: type of its values, enum vdev_value_type
 * @rule: how a source's value is judged, enum vdev_rule
 * @flags: its properties, enum vdev_param_flag, or-ed
 * @origin: where the value came from, enum vdev_origin
 * @value: the value, if there is one
 * @off: the value that means "not in effect", if there is one
 * @allowed: values and ranges that are accepted
 * @num_allowed: length of @allowed
 *
 * VDEV_PARAM_FLAG_MANDATORY needs VDEV_PARAM_FLAG_CONFIGURABLE.
 */
struct vdev_param {
	const char *name;
	uint32_t type;
	uint32_t rule;
	uint32_t flags;
	uint32_t origin;
	struct vdev_value value;
	struct vdev_value off;
	const struct vdev_allowed *allowed;
	unsigned int num_allowed;
};

/**
 * struct vdev_aggregation - how many base units one device is made of
 * @base: name of the base unit
 * @units: base units in one instance; 0 if not reported
 * @count: instances aggregated; 0 if not reported
 * @limit: most instances that can be aggregated; 0 if not known
 * @rule: how a source's aggregation is judged, enum vdev_rule
 * @resplit: the same total with another split is accepted
 * @total: base units altogether; 0 if not reported
 */
struct vdev_aggregation {
	const char *base;
	uint32_t units;
	uint32_t count;
	uint32_t limit;
	uint32_t rule;
	bool resplit;
	uint64_t total;
};

/**
 * struct vdev_ceiling_feature - the part of a feature set that is below a ceiling
 * @name: name of the set
 * @mask: the bits that may be offered
 */
struct vdev_ceiling_feature {
	const char *name;
	struct vdev_bitmap mask;
};

/**
 * struct vdev_ceiling_param - the values of a parameter that are below a ceiling
 * @name: name of the parameter, which is a number
 * @low: the smallest number
 * @high: the largest number, at most 2^63 - 1
 */
struct vdev_ceiling_param {
	const char *name;
	uint64_t low;
	uint64_t high;
};

/**
 * struct vdev_ceiling - what an administrator lets a type offer
 * @max_version: name of the newest device version; NULL for no limit
 * @features: feature sets, each name once; others are not limited
 * @num_features: length of @features
 * @params: parameters, each name once; others are not limited
 * @num_params: length of @params
 */
struct vdev_ceiling {
	const char *max_version;
	const struct vdev_ceiling_feature *features;
	unsigned int num_features;
	const struct vdev_ceiling_param *params;
	unsigned int num_params;
};

/**
 * struct vdev_blocker - why a device cannot be migrated at present
 * @name: short name, unique at the endpoint
 * @reason: the reason in a sentence for people
 * @flags: its properties, enum vdev_blocker_flag, or-ed
 */
struct vdev_blocker {
	const char *name;
	const char *reason;
	uint32_t flags;
};

/**
 * struct vdev_capacity - room for more instances of a type
 * @state: whether there is room, enum vdev_capacity_state
 * @available: how many more instances can be created now, or VDEV_UNKNOWN32
 * @limit: most instances there can be at all, or VDEV_UNKNOWN32
 */
struct vdev_capacity {
	uint32_t state;
	uint32_t available;
	uint32_t limit;
};

/**
 * struct vdev_cost - what a migration is expected to cost
 * @state_size: upper bound of the device state in bytes, or VDEV_UNKNOWN64
 * @precopy_size: bytes that can move before the stop, or VDEV_UNKNOWN64
 * @downtime: microseconds from stop to resume without the transfer, or
 *	VDEV_UNKNOWN64
 */
struct vdev_cost {
	uint64_t state_size;
	uint64_t precopy_size;
	uint64_t downtime;
};

/**
 * struct vdev_info - a provider-specific fact that is never compared
 * @name: name of the fact
 * @type: type of its value, enum vdev_value_type
 * @value: its value
 */
struct vdev_info {
	const char *name;
	uint32_t type;
	struct vdev_value value;
};

/* The compared part of an endpoint. */
struct vdev_record;

/**
 * vdev_record_device_api() - interface that the device shows
 * @record: the record
 *
 * Return: the field; NULL if the endpoint has none.
 */
const struct vdev_ident *vdev_record_device_api(const struct vdev_record *record);

/**
 * vdev_record_model() - identity of the device model
 * @record: the record
 *
 * Return: the field, accepted models in order of preference; NULL if the
 * endpoint has none.
 */
const struct vdev_ident *vdev_record_model(const struct vdev_record *record);

/**
 * vdev_record_type() - the type that the device is of
 * @record: the record
 *
 * Return: the field; NULL if the endpoint has none.
 */
const struct vdev_ident *vdev_record_type(const struct vdev_record *record);

/**
 * vdev_record_software_version() - version of the state stream
 * @record: the record
 *
 * Return: the field; NULL if the endpoint has none.
 */
const struct vdev_software_version *
vdev_record_software_version(const struct vdev_record *record);

/**
 * vdev_record_versions_rule() - how a source's device version is judged
 * @record: the record
 *
 * Return: enum vdev_rule; 0 if the endpoint has no device versions.
 */
uint32_t vdev_record_versions_rule(const struct vdev_record *record);

/**
 * vdev_record_num_versions() - how many device versions there are
 * @record: the record
 *
 * Return: the number.
 */
unsigned int vdev_record_num_versions(const struct vdev_record *record);

/**
 * vdev_record_version() - a device version
 * @record: the record
 * @index: from 0, the oldest, to vdev_record_num_versions() - 1
 *
 * Return: the version; NULL if there is none with this index.
 */
const struct vdev_version *vdev_record_version(const struct vdev_record *record,
					       unsigned int index);

/**
 * vdev_record_num_features() - how many feature sets there are
 * @record: the record
 *
 * Return: the number.
 */
unsigned int vdev_record_num_features(const struct vdev_record *record);

/**
 * vdev_record_feature() - a feature set
 * @record: the record
 * @index: from 0 to vdev_record_num_features() - 1
 *
 * Return: the feature set; NULL if there is none with this index.
 */
const struct vdev_feature *vdev_record_feature(const struct vdev_record *record,
					       unsigned int index);

/**
 * vdev_record_num_params() - how many parameters there are
 * @record: the record
 *
 * Return: the number.
 */
unsigned int vdev_record_num_params(const struct vdev_record *record);

/**
 * vdev_record_param() - a parameter
 * @record: the record
 * @index: from 0 to vdev_record_num_params() - 1
 *
 * Return: the parameter; NULL if there is none with this index.
 */
const struct vdev_param *vdev_record_param(const struct vdev_record *record,
					   unsigned int index);

/**
 * vdev_record_aggregation() - how many base units the device is made of
 * @record: the record
 *
 * Return: the field; NULL if the endpoint has none.
 */
const struct vdev_aggregation *vdev_record_aggregation(const struct vdev_record *record);

/**
 * vdev_record_ceiling() - what the administrator of the host lets the type offer
 * @record: the record
 *
 * All else in the record is what the driver reports. A check judges by both.
 *
 * Return: the ceiling; NULL if there is none.
 */
const struct vdev_ceiling *vdev_record_ceiling(const struct vdev_record *record);

/**
 * vdev_bitmap_test() - whether a bit is set
 * @bitmap: the bitmap, which may be unknown
 * @bit: number of the bit
 *
 * Return: true if the bitmap is known and has the bit.
 */
bool vdev_bitmap_test(const struct vdev_bitmap *bitmap, unsigned int bit);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_RECORD_H */
