// SPDX-License-Identifier: GPL-2.0
/*
 * Reading JSON of unknown origin: a record. Here only the kinds of the values
 * are looked at; the library keeps the bounds. Strings stay in the JSON, lists
 * are of the import's memory.
 */
#include <string.h>

#include "import.h"

static void read_string(struct import *import, const struct node *node, void *element)
{
	const char **string = element;

	*string = json_string_value(node->json);
	if (!*string)
		import_refuse(import, node, "is not a string");
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
	import_string(import, &node, "value", &ident->value);
	import_enum(import, &node, "rule", vdev_rule_name, &ident->rule);
	ident->accept = import_elements(import, &node, "accept", sizeof(*ident->accept),
					read_string, &ident->num_accept);
	return ident;
}

static void read_range(struct import *import, const struct node *node, void *element)
{
	struct vdev_semver_range *range = element;
	struct node from = node_member(node, "from");

	if (!import_is_object(import, node))
		return;
	if (!import_semver(import, node, "from", &range->from))
		import_refuse(import, &from, "is missing");
	range->open = !import_semver(import, node, "to", &range->to);
}

static const struct vdev_software_version *read_software_version(struct import *import,
								 const struct node *record)
{
	struct node node = node_member(record, "software-version");
	struct vdev_software_version *version;

	if (!node.json || !import_is_object(import, &node))
		return NULL;
	version = import_alloc(import, 1, sizeof(*version));
	if (!version)
		return NULL;
	version->has_value = import_semver(import, &node, "value", &version->value);
	import_enum(import, &node, "rule", vdev_rule_name, &version->rule);
	version->accept = import_elements(import, &node, "accept", sizeof(*version->accept),
					  read_range, &version->num_accept);
	return version;
}

static void read_version(struct import *import, const struct node *node, void *element)
{
	struct vdev_version *version = element;

	if (!import_is_object(import, node))
		return;
	import_string(import, node, "name", &version->name);
	import_flags(import, node, "flags", vdev_version_flag_name, &version->flags);
}

static void read_versions(struct import *import, const struct node *record,
			  struct vdev_draft *draft)
{
	struct node node = node_member(record, "versions");

	if (!node.json || !import_is_object(import, &node))
		return;
	import_enum(import, &node, "rule", vdev_rule_name, &draft->versions_rule);
	draft->versions = import_elements(import, &node, "list", sizeof(*draft->versions),
					  read_version, &draft->num_versions);
}

static void read_feature(struct import *import, const struct node *node, void *element)
{
	struct vdev_feature *feature = element;

	if (!import_is_object(import, node))
		return;
	import_string(import, node, "name", &feature->name);
	import_enum(import, node, "rule", vdev_rule_name, &feature->rule);
	import_bitmap(import, node, "supported", &feature->supported);
	import_bitmap(import, node, "provisioned", &feature->provisioned);
	import_bitmap(import, node, "required", &feature->required);
	import_bitmap(import, node, "negotiated", &feature->negotiated);
}

static void read_allowed(struct import *import, const struct node *node, void *element)
{
	struct vdev_allowed *allowed = element;
	bool low = json_object_get(node->json, "low");
	bool high = json_object_get(node->json, "high");
	bool string = json_object_get(node->json, "string");

	if (!import_is_object(import, node))
		return;
	if (low != high || low == string)
		import_refuse(import, node, "has neither low and high nor string alone");
	import_string(import, node, "string", &allowed->string);
	import_number(import, node, "low", INT64_MAX, &allowed->low);
	import_number(import, node, "high", INT64_MAX, &allowed->high);
}

static void read_param(struct import *import, const struct node *node, void *element)
{
	struct vdev_param *param = element;

	if (!import_is_object(import, node))
		return;
	import_string(import, node, "name", &param->name);
	import_enum(import, node, "value-type", vdev_value_type_name, &param->kind);
	import_enum(import, node, "rule", vdev_rule_name, &param->rule);
	import_flags(import, node, "flags", vdev_param_flag_name, &param->flags);
	import_enum(import, node, "origin", vdev_origin_name, &param->origin);
	import_value(import, node, "value", &param->value);
	import_value(import, node, "off-value", &param->off);
	param->allowed = import_elements(import, node, "allowed", sizeof(*param->allowed),
					 read_allowed, &param->num_allowed);
}

/* The total follows from the rest; it must not say anything else. */
static void check_total(struct import *import, const struct node *node,
			const struct vdev_aggregation *aggregation)
{
	struct node member = node_member(node, "total");
	uint64_t product = (uint64_t)aggregation->units * aggregation->count;
	uint64_t total = product;

	import_number(import, node, "total", INT64_MAX, &total);
	if (total != product)
		import_refuse(import, &member, "is not units times count");
}

static const struct vdev_aggregation *read_aggregation(struct import *import,
						       const struct node *record)
{
	struct node node = node_member(record, "aggregation");
	struct node base = node_member(&node, "base");
	struct vdev_aggregation *aggregation;

	if (!node.json || !import_is_object(import, &node))
		return NULL;
	aggregation = import_alloc(import, 1, sizeof(*aggregation));
	if (!aggregation)
		return NULL;
	import_string(import, &node, "base", &aggregation->base);
	if (!aggregation->base)
		import_refuse(import, &base, "is missing");
	import_u32(import, &node, "units", &aggregation->units);
	import_u32(import, &node, "count", &aggregation->count);
	import_u32(import, &node, "limit", &aggregation->limit);
	import_enum(import, &node, "rule", vdev_rule_name, &aggregation->rule);
	import_bool(import, &node, "resplit", &aggregation->resplit);
	check_total(import, &node, aggregation);
	return aggregation;
}

void import_record(struct import *import, const struct node *record, struct vdev_draft *draft)
{
	if (!record->json || !import_is_object(import, record))
		return;
	draft->device_api = read_ident(import, record, "device-api");
	draft->model = read_ident(import, record, "model");
	draft->type = read_ident(import, record, "type");
	draft->software_version = read_software_version(import, record);
	read_versions(import, record, draft);
	draft->features = import_elements(import, record, "features", sizeof(*draft->features),
					  read_feature, &draft->num_features);
	draft->params = import_elements(import, record, "params", sizeof(*draft->params),
					read_param, &draft->num_params);
	draft->aggregation = read_aggregation(import, record);
}
