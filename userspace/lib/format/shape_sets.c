// SPDX-License-Identifier: LGPL-2.1
/*
 * Which keys the parts of documents have that are sets of attributes.
 * scripts/generate.py writes this file from the specification.
 */
#include "shape_sets.h"

static const struct shape bitmap_shape[] = {
	KEY("hex"), KEY("names"), { 0 },
};

const struct shape blocker_shape[] = {
	KEY("name"), KEY("reason"), KEY("flags"), { 0 },
};

static const struct shape ident_shape[] = {
	KEY("value"), KEY("rule"), KEY("accept"), { 0 },
};

static const struct shape semver_range_shape[] = {
	KEY("from"), KEY("to"), { 0 },
};

static const struct shape software_version_shape[] = {
	KEY("value"), KEY("rule"), OBJECT("accept", semver_range_shape), { 0 },
};

static const struct shape version_shape[] = {
	KEY("name"), KEY("flags"), { 0 },
};

static const struct shape versions_shape[] = {
	KEY("rule"), OBJECT("list", version_shape), { 0 },
};

static const struct shape feature_shape[] = {
	KEY("name"), KEY("rule"), OBJECT("supported", bitmap_shape),
	OBJECT("provisioned", bitmap_shape), OBJECT("required", bitmap_shape),
	OBJECT("negotiated", bitmap_shape), { 0 },
};

static const struct shape value_shape[] = {
	KEY("u64"), KEY("string"), KEY("bool"), { 0 },
};

static const struct shape allowed_shape[] = {
	KEY("low"), KEY("high"), KEY("string"), { 0 },
};

static const struct shape param_shape[] = {
	KEY("name"), KEY("value-type"), KEY("rule"), KEY("flags"), KEY("origin"),
	OBJECT("value", value_shape), OBJECT("off-value", value_shape),
	OBJECT("allowed", allowed_shape), { 0 },
};

static const struct shape aggregation_shape[] = {
	KEY("base"), KEY("units"), KEY("count"), KEY("limit"), KEY("total"), KEY("rule"),
	KEY("resplit"), { 0 },
};

static const struct shape ceiling_feature_shape[] = {
	KEY("name"), OBJECT("mask", bitmap_shape), { 0 },
};

static const struct shape ceiling_param_shape[] = {
	KEY("name"), KEY("low"), KEY("high"), { 0 },
};

static const struct shape ceiling_shape[] = {
	KEY("max-version"), OBJECT("features", ceiling_feature_shape),
	OBJECT("params", ceiling_param_shape), { 0 },
};

const struct shape record_shape[] = {
	OBJECT("device-api", ident_shape), OBJECT("model", ident_shape),
	OBJECT("type", ident_shape), OBJECT("software-version", software_version_shape),
	OBJECT("versions", versions_shape), OBJECT("features", feature_shape),
	OBJECT("params", param_shape), OBJECT("aggregation", aggregation_shape),
	OBJECT("ceiling", ceiling_shape), { 0 },
};

const struct shape cost_shape[] = {
	KEY("state-size"), KEY("precopy-size"), KEY("downtime"), { 0 },
};
