// SPDX-License-Identifier: LGPL-2.1
/*
 * Reading JSON of unknown origin: a record. Here only the JSON types of the values
 * are checked; the library checks the bounds. Strings stay in the JSON, lists
 * are of the import's memory.
 */
#include <string.h>

#include "import_bitmap.h"
#include "import_ceiling.h"
#include "import_record.h"
#include "import_words.h"
#include "common/keys.h"

#define VALUE_TYPE_UNKNOWN UINT32_MAX
/* The start of a range; no number is as large. */
#define ALLOWED_UNKNOWN UINT64_MAX

static void read_string(struct import *import, const struct node *node, void *element)
{
	const char **string = element;

	*string = json_string_value(node->json);
	if (!*string)
		import_reject(import, node, "is not a string");
}

static const struct vdev_ident *read_ident(struct import *import, const struct node *record,
					   const char *key)
{
	struct node node = node_member(record, key);
	struct vdev_ident *ident;

	if (!node.json || !import_is_object(import, &node))
		return NULL;
	ident = import_alloc(import, 1, sizeof(*ident));
	if (!ident)
		return NULL;
	import_string(import, &node, KEY_IDENT_VALUE, &ident->value);
	import_rule(import, &node, KEY_IDENT_RULE, &ident->rule);
	ident->accept = import_elements(import, &node, KEY_IDENT_ACCEPT, sizeof(*ident->accept),
					read_string, &ident->num_accept);
	return ident;
}

static void read_range(struct import *import, const struct node *node, void *element)
{
	struct vdev_semver_range *range = element;
	struct node from = node_member(node, KEY_SEMVER_RANGE_FROM);

	if (!import_is_object(import, node))
		return;
	if (!import_semver(import, node, KEY_SEMVER_RANGE_FROM, &range->from))
		import_reject(import, &from, "is missing");
	range->open = !import_semver(import, node, KEY_SEMVER_RANGE_TO, &range->to);
}

static const struct vdev_software_version *read_software_version(struct import *import,
								 const struct node *record)
{
	struct node node = node_member(record, KEY_RECORD_SOFTWARE_VERSION);
	struct vdev_software_version *version;

	if (!node.json || !import_is_object(import, &node))
		return NULL;
	version = import_alloc(import, 1, sizeof(*version));
	if (!version)
		return NULL;
	version->has_value = import_semver(import, &node, KEY_SOFTWARE_VERSION_VALUE,
					   &version->value);
	import_rule(import, &node, KEY_SOFTWARE_VERSION_RULE, &version->rule);
	version->accept = import_elements(import, &node, KEY_SOFTWARE_VERSION_ACCEPT,
					  sizeof(*version->accept), read_range,
					  &version->num_accept);
	return version;
}

static void read_version(struct import *import, const struct node *node, void *element)
{
	struct vdev_version *version = element;

	if (!import_is_object(import, node))
		return;
	import_string(import, node, KEY_VERSION_NAME, &version->name);
	import_flags(import, node, KEY_VERSION_FLAGS, vdev_version_flag_from_name, &version->flags);
}

static void read_versions(struct import *import, const struct node *record,
			  struct vdev_draft *draft)
{
	struct node node = node_member(record, KEY_RECORD_VERSIONS);

	if (!node.json || !import_is_object(import, &node))
		return;
	import_rule(import, &node, KEY_VERSIONS_RULE, &draft->versions_rule);
	draft->versions = import_elements(import, &node, KEY_VERSIONS_ENTRY,
					  sizeof(*draft->versions), read_version,
					  &draft->num_versions);
}

static void read_feature(struct import *import, const struct node *node, void *element)
{
	struct vdev_feature *feature = element;

	if (!import_is_object(import, node))
		return;
	import_string(import, node, KEY_FEATURE_NAME, &feature->name);
	import_rule(import, node, KEY_FEATURE_RULE, &feature->rule);
	import_bitmap(import, node, KEY_FEATURE_SUPPORTED, &feature->supported);
	import_bitmap(import, node, KEY_FEATURE_PROVISIONED, &feature->provisioned);
	import_bitmap(import, node, KEY_FEATURE_REQUIRED, &feature->required);
	import_bitmap(import, node, KEY_FEATURE_NEGOTIATED, &feature->negotiated);
}

static void read_allowed(struct import *import, const struct node *node, void *element)
{
	struct vdev_allowed *allowed = element;
	bool low = json_object_get(node->json, KEY_ALLOWED_LOW);
	bool high = json_object_get(node->json, KEY_ALLOWED_HIGH);
	bool string = json_object_get(node->json, KEY_ALLOWED_STRING);

	if (!import_is_object(import, node))
		return;
	if (import_is_newer(import, node, low || high || string)) {
		allowed->low = ALLOWED_UNKNOWN;
		/* The whole list is reported, and replaced. */
		json_object_clear(node->json);
		return;
	}
	if (low != high || low == string)
		import_reject(import, node, "has neither low and high nor string alone");
	import_string(import, node, KEY_ALLOWED_STRING, &allowed->string);
	import_number(import, node, KEY_ALLOWED_LOW, INT64_MAX, &allowed->low);
	import_number(import, node, KEY_ALLOWED_HIGH, INT64_MAX, &allowed->high);
}

static bool allows_unknown(const struct vdev_param *param)
{
	unsigned int i;

	for (i = 0; i < param->num_allowed; i++)
		if (param->allowed[i].low == ALLOWED_UNKNOWN)
			return true;
	return false;
}

/* With some of what is allowed, whether a value is allowed is not known. */
static void read_allowed_list(struct import *import, const struct node *node,
			      struct vdev_param *param)
{
	struct node list = node_member(node, KEY_PARAM_ALLOWED);

	param->allowed = import_elements(import, node, KEY_PARAM_ALLOWED, sizeof(*param->allowed),
					 read_allowed, &param->num_allowed);
	if (!allows_unknown(param))
		return;
	param->num_allowed = 0;
	if (param->rule == VDEV_RULE_RANGE || param->rule == VDEV_RULE_ONE_OF)
		param->rule = VDEV_RULE_IGNORE;
	import_unknown(import, &list);
}

/* What a value of an unknown type can be is not known either. */
static void read_values(struct import *import, const struct node *node, struct vdev_param *param)
{
	if (param->type == VALUE_TYPE_UNKNOWN) {
		param->type = VDEV_VALUE_TYPE_U64;
		param->rule = VDEV_RULE_IGNORE;
		return;
	}
	import_value(import, node, KEY_PARAM_VALUE, &param->value);
	import_value(import, node, KEY_PARAM_OFF_VALUE, &param->off);
	read_allowed_list(import, node, param);
}

static void read_param(struct import *import, const struct node *node, void *element)
{
	struct vdev_param *param = element;

	if (!import_is_object(import, node))
		return;
	import_string(import, node, KEY_PARAM_NAME, &param->name);
	import_enum(import, node, KEY_PARAM_VALUE_TYPE, vdev_value_type_from_name, VALUE_TYPE_UNKNOWN,
		    &param->type);
	import_rule(import, node, KEY_PARAM_RULE, &param->rule);
	import_flags(import, node, KEY_PARAM_FLAGS, vdev_param_flag_from_name, &param->flags);
	import_enum(import, node, KEY_PARAM_ORIGIN, vdev_origin_from_name, VDEV_ORIGIN_DEFAULT,
		    &param->origin);
	read_values(import, node, param);
}

/* The total follows from the rest; it must not say anything else. */
static void check_total(struct import *import, const struct node *node,
			const struct vdev_aggregation *aggregation)
{
	struct node member = node_member(node, KEY_AGGREGATION_TOTAL);
	uint64_t product = (uint64_t)aggregation->units * aggregation->count;
	uint64_t total = product;

	import_number(import, node, KEY_AGGREGATION_TOTAL, INT64_MAX, &total);
	if (total != product)
		import_reject(import, &member, "is not units times count");
}

static const struct vdev_aggregation *read_aggregation(struct import *import,
						       const struct node *record)
{
	struct node node = node_member(record, KEY_RECORD_AGGREGATION);
	struct node base = node_member(&node, KEY_AGGREGATION_BASE);
	struct vdev_aggregation *aggregation;

	if (!node.json || !import_is_object(import, &node))
		return NULL;
	aggregation = import_alloc(import, 1, sizeof(*aggregation));
	if (!aggregation)
		return NULL;
	import_string(import, &node, KEY_AGGREGATION_BASE, &aggregation->base);
	if (!aggregation->base)
		import_reject(import, &base, "is missing");
	import_u32(import, &node, KEY_AGGREGATION_UNITS, &aggregation->units);
	import_u32(import, &node, KEY_AGGREGATION_COUNT, &aggregation->count);
	import_u32(import, &node, KEY_AGGREGATION_LIMIT, &aggregation->limit);
	import_rule(import, &node, KEY_AGGREGATION_RULE, &aggregation->rule);
	import_bool(import, &node, KEY_AGGREGATION_RESPLIT, &aggregation->resplit);
	check_total(import, &node, aggregation);
	return aggregation;
}

void import_record(struct import *import, const struct node *record, struct vdev_draft *draft)
{
	if (!record->json || !import_is_object(import, record))
		return;
	draft->device_api = read_ident(import, record, KEY_RECORD_DEVICE_API);
	draft->model = read_ident(import, record, KEY_RECORD_MODEL);
	draft->type = read_ident(import, record, KEY_RECORD_TYPE);
	draft->software_version = read_software_version(import, record);
	read_versions(import, record, draft);
	draft->features = import_elements(import, record, KEY_RECORD_FEATURE,
					  sizeof(*draft->features), read_feature,
					  &draft->num_features);
	draft->params = import_elements(import, record, KEY_RECORD_PARAM, sizeof(*draft->params),
					read_param, &draft->num_params);
	draft->aggregation = read_aggregation(import, record);
	draft->ceiling = import_ceiling(import, record, KEY_RECORD_CEILING);
}
