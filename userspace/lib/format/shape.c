// SPDX-License-Identifier: LGPL-2.1
/*
 * Which keys a document has, and what becomes of others. Those of the parts that are
 * sets of attributes are in shape_sets.c.
 */
#include <errno.h>
#include <string.h>

#include "common/keys.h"
#include "shape.h"
#include "shape_sets.h"

const struct shape endpoint_shape[] = {
	KEY(KEY_ENDPOINT), KEY("handle"), KEY(KEY_MIGRATION), KEY(KEY_SOURCE_CAPABILITIES),
	OBJECT(KEY_BLOCKER, blocker_shape), OBJECT(KEY_RECORD, record_shape),
	KEY(KEY_SOURCE_UNKNOWN), { 0 },
};

/* What a host is, is not for us to know. */
const struct shape document_shape[] = {
	KEY("format"), KEY("format-version"), KEY("host"), OBJECT("endpoints", endpoint_shape),
	{ 0 },
};

/* Where it was set before is of no meaning. */
static const struct shape profile_shape[] = {
	KEY(KEY_PROFILE_NAME), KEY("comment"), KEY(KEY_PROFILE_BUS), KEY(KEY_PROFILE_DRIVER),
	KEY(KEY_PROFILE_TYPE), KEY(KEY_PROFILE_MIGRATION), KEY(KEY_PROFILE_CAPABILITIES),
	OBJECT(KEY_PROFILE_COST, cost_shape), OBJECT(KEY_PROFILE_RECORD, record_shape),
	KEY(KEY_PROFILE_INSTANCE), KEY(KEY_PROFILE_GENERATION), { 0 },
};

const struct shape profiles_shape[] = {
	KEY("format"), KEY("format-version"), OBJECT("profiles", profile_shape), { 0 },
};

/* What distinguishes the elements of any of these lists; all names have the same key. */
static const char *const identity[] = {
	KEY_PARAM_NAME, KEY_SEMVER_RANGE_FROM, KEY_SEMVER_RANGE_TO, KEY_ALLOWED_LOW,
	KEY_ALLOWED_HIGH, KEY_ALLOWED_STRING,
};

static const struct shape *find(const struct shape *shape, const char *key)
{
	for (; shape->key; shape++)
		if (strcmp(shape->key, key) == 0)
			return shape;
	return NULL;
}

static void walk_value(const struct shape *inner, const struct node *node, shape_fn *fn,
		       void *arg)
{
	size_t i;

	if (!json_is_array(node->json)) {
		shape_walk(inner, node, fn, arg);
		return;
	}
	for (i = 0; i < json_array_size(node->json); i++) {
		struct node element = node_element(node, i);

		shape_walk(inner, &element, fn, arg);
	}
}

void shape_walk(const struct shape *shape, const struct node *node, shape_fn *fn, void *arg)
{
	const char *key;
	json_t *value;

	json_object_foreach(node->json, key, value) {
		const struct shape *known = find(shape, key);
		struct node member = node_member(node, key);

		if (!known)
			fn(&member, arg);
		else if (known->inner)
			walk_value(known->inner, &member, fn, arg);
	}
}

static bool is_same(const json_t *a, const json_t *b)
{
	size_t i;

	for (i = 0; i < sizeof(identity) / sizeof(identity[0]); i++) {
		json_t *of_a = json_object_get(a, identity[i]);
		json_t *of_b = json_object_get(b, identity[i]);

		if (of_a != of_b && !json_equal(of_a, of_b))
			return false;
	}
	return true;
}

static int keep_in_list(const struct shape *shape, json_t *to, const json_t *from)
{
	size_t i, j;
	int err = 0;

	for (i = 0; !err && i < json_array_size(from); i++) {
		json_t *element = json_array_get(from, i);

		for (j = 0; j < json_array_size(to); j++)
			if (is_same(json_array_get(to, j), element))
				break;
		if (j < json_array_size(to))
			err = shape_keep(shape, json_array_get(to, j), element);
	}
	return err;
}

/* What was made of an object without anything known in it may be absent. */
static int keep_in_object(const struct shape *shape, json_t *to, const char *key,
			  const json_t *from)
{
	json_t *inner = json_object_get(to, key);
	int err;

	if (inner)
		return shape_keep(shape, inner, from);
	inner = json_object();
	err = inner ? shape_keep(shape, inner, from) : -ENOMEM;
	if (!err && json_object_size(inner))
		err = json_object_set(to, key, inner) ? -ENOMEM : 0;
	json_decref(inner);
	return err;
}

int shape_keep(const struct shape *shape, json_t *to, const json_t *from)
{
	const char *key;
	json_t *value;
	int err = 0;

	json_object_foreach((json_t *)from, key, value) {
		const struct shape *known = find(shape, key);

		if (!known)
			err = json_object_set(to, key, value) ? -ENOMEM : 0;
		else if (known->inner && json_is_array(value))
			err = keep_in_list(known->inner, json_object_get(to, key), value);
		else if (known->inner)
			err = keep_in_object(known->inner, to, key, value);
		if (err)
			return err;
	}
	return 0;
}
