// SPDX-License-Identifier: LGPL-2.1
/*
 * Reading JSON of unknown origin: a ceiling. Each part of it must be whole: one of which
 * something is missing would limit less than was meant.
 */
#include "common/keys.h"
#include "import_bitmap.h"
#include "import_ceiling.h"
#include "import_words.h"

static void need(struct import *import, const struct node *object, const char *key)
{
	struct node member = node_member(object, key);

	if (!member.json)
		import_reject(import, &member, "is missing");
}

static void read_feature(struct import *import, const struct node *node, void *element)
{
	struct vdev_ceiling_feature *feature = element;

	if (!import_is_object(import, node))
		return;
	need(import, node, KEY_CEILING_FEATURE_NAME);
	need(import, node, KEY_CEILING_FEATURE_MASK);
	import_string(import, node, KEY_CEILING_FEATURE_NAME, &feature->name);
	import_bitmap(import, node, KEY_CEILING_FEATURE_MASK, &feature->mask);
}

static void read_param(struct import *import, const struct node *node, void *element)
{
	struct vdev_ceiling_param *param = element;

	if (!import_is_object(import, node))
		return;
	need(import, node, KEY_CEILING_PARAM_NAME);
	need(import, node, KEY_CEILING_PARAM_LOW);
	need(import, node, KEY_CEILING_PARAM_HIGH);
	import_string(import, node, KEY_CEILING_PARAM_NAME, &param->name);
	import_number(import, node, KEY_CEILING_PARAM_LOW, INT64_MAX, &param->low);
	import_number(import, node, KEY_CEILING_PARAM_HIGH, INT64_MAX, &param->high);
}

const struct vdev_ceiling *import_ceiling(struct import *import, const struct node *object,
					  const char *key)
{
	struct node node = node_member(object, key);
	struct vdev_ceiling *ceiling;

	if (!node.json || !import_is_object(import, &node))
		return NULL;
	ceiling = import_alloc(import, 1, sizeof(*ceiling));
	if (!ceiling)
		return NULL;
	import_string(import, &node, KEY_CEILING_MAX_VERSION, &ceiling->max_version);
	ceiling->features = import_elements(import, &node, KEY_CEILING_FEATURE,
					    sizeof(*ceiling->features), read_feature,
					    &ceiling->num_features);
	ceiling->params = import_elements(import, &node, KEY_CEILING_PARAM,
					  sizeof(*ceiling->params), read_param,
					  &ceiling->num_params);
	return ceiling;
}
