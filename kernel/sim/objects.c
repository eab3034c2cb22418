// SPDX-License-Identifier: GPL-2.0
/*
 * The objects: found by class and key, registered with the core, taken down.
 * All of it under sim_lock, except where the provider is gone already.
 */
#include <linux/err.h>
#include <linux/hashtable.h>
#include <linux/jhash.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "sim.h"

/* Guarded by sim_lock. Short chains for as many devices as there can be. */
static DEFINE_HASHTABLE(objects, 14);
static struct list_head classes[SIM_CLASSES] = {
	LIST_HEAD_INIT(classes[SIM_PARENT]),
	LIST_HEAD_INIT(classes[SIM_TYPE]),
	LIST_HEAD_INIT(classes[SIM_DEVICE]),
};

static const char *const class_names[SIM_CLASSES] = {
	[SIM_PARENT] = "parent",
	[SIM_TYPE] = "type",
	[SIM_DEVICE] = "device",
};

static u32 sim_hash_key(enum sim_class class, const char *key)
{
	return jhash(key, strlen(key), class);
}

static unsigned int sim_num_objects(void)
{
	return sim_stats.count[SIM_PARENT] + sim_stats.count[SIM_TYPE] +
	       sim_stats.count[SIM_DEVICE];
}

static struct sim_object *sim_object_alloc(const char *bus, const char *scope,
					   const char *name)
{
	size_t bus_size = strlen(bus) + 1;
	size_t scope_len = strlen(scope);
	size_t key_size = scope_len + 1 + strlen(name) + 1;
	struct sim_object *object;

	object = kvzalloc(struct_size(object, key, key_size + bus_size),
			  GFP_KERNEL);
	if (!object)
		return NULL;
	snprintf(object->key, key_size, "%s/%s", scope, name);
	object->name = object->key + scope_len + 1;
	object->bus = memcpy(object->key + key_size, bus, bus_size);
	return object;
}

/**
 * sim_object_new() - make an object that nobody sees yet
 * @class: what it is
 * @bus: its bus
 * @scope: what its name is unique in: its bus, or the key of its parent
 * @name: its name
 * @error: says why it cannot be done
 *
 * Return: the object, to be published or destroyed; or an ERR_PTR.
 */
struct sim_object *sim_object_new(enum sim_class class, const char *bus,
				  const char *scope, const char *name,
				  struct sim_error *error)
{
	struct sim_object *object;
	int err;

	lockdep_assert_held(&sim_lock);
	if (sim_num_objects() >= SIM_OBJECTS_MAX) {
		err = sim_reject(error, -ENOSPC, name, "more than %u objects",
				 SIM_OBJECTS_MAX);
		return ERR_PTR(err);
	}
	object = sim_object_alloc(bus, scope, name);
	if (!object) {
		err = sim_reject(error, -ENOMEM, name, "out of memory");
		return ERR_PTR(err);
	}
	object->class = class;
	INIT_LIST_HEAD(&object->picked);
	INIT_LIST_HEAD(&object->types);
	hash_add(objects, &object->hash, sim_hash_key(class, object->key));
	list_add_tail(&object->node, &classes[class]);
	sim_stats.count[class]++;
	sim_stats.created++;
	return object;
}

/* Give a type its parent; give a device its parent and type, if it has them. */
void sim_object_adopt(struct sim_object *object, struct sim_object *parent,
		      struct sim_object *type)
{
	lockdep_assert_held(&sim_lock);
	object->parent = parent;
	object->type = type;
	if (object->class == SIM_TYPE) {
		list_add_tail(&object->types, &parent->types);
		return;
	}
	if (parent)
		parent->users++;
	if (type)
		type->users++;
}

/* The opposite of sim_object_adopt(). */
static void sim_object_abandon(struct sim_object *object)
{
	list_del(&object->types);
	if (object->class != SIM_DEVICE)
		return;
	if (object->parent)
		object->parent->users--;
	if (object->type)
		object->type->users--;
}

static int sim_object_count(const struct sim_object *object,
			    const struct sim_facts *facts,
			    struct sim_error *error)
{
	int err = vdev_counters_set(object->endpoint, facts->counters,
				    facts->num_counters);

	if (err)
		sim_reject(error, err, object->name,
			   "counters rejected by the core, which logs the reason");
	return err;
}

/**
 * sim_object_publish() - let the core know of a type or a device
 * @object: the object, with its facts and parent
 * @error: says why it cannot be done
 *
 * Return: 0 or an errno; the caller destroys the object then.
 */
int sim_object_publish(struct sim_object *object, struct sim_error *error)
{
	const struct sim_object *parent = object->parent;
	const struct vdev_handle handle = {
		.bus = object->bus,
		.name = object->name,
		.parent_bus = parent ? parent->bus : NULL,
		.parent = parent ? parent->name : NULL,
	};
	struct vdev_endpoint *endpoint;
	int err;

	lockdep_assert_held(&sim_lock);
	err = sim_fail_register();
	if (err)
		return sim_reject(error, err, object->name,
				  "registration fails as asked for");
	if (object->class == SIM_TYPE)
		endpoint = vdev_type_register(sim_provider, &handle,
					      &object->facts->facts, object);
	else
		endpoint = vdev_device_register(sim_provider, &handle,
						&object->facts->facts, object);
	if (IS_ERR(endpoint))
		return sim_reject(error, PTR_ERR(endpoint), object->name,
				  "rejected by the core, which logs the reason");
	object->endpoint = endpoint;
	sim_veto_publish(object);
	sim_stats.registered++;
	return sim_object_count(object, object->facts, error);
}

/**
 * sim_object_update() - give a type or a device other facts
 * @object: the object
 * @facts: its facts from now on; a reference is taken
 * @error: says why it cannot be done
 *
 * Return: 0 or an errno; the object is as it was then.
 */
int sim_object_update(struct sim_object *object, struct sim_facts *facts,
		      struct sim_error *error)
{
	struct sim_facts *before = object->facts;
	int err;

	lockdep_assert_held(&sim_lock);
	err = sim_object_count(object, facts, error);
	if (err)
		return err;
	err = vdev_update(object->endpoint, &facts->facts);
	if (err) {
		/* What was there before is within its bounds, so only memory can be missing. */
		vdev_counters_set(object->endpoint, before->counters,
				  before->num_counters);
		return sim_reject(error, err, object->name,
				  "change rejected by the core, which logs the reason");
	}
	object->facts = sim_facts_get(facts);
	sim_veto_publish(object);
	sim_facts_put(before);
	sim_stats.updated++;
	return 0;
}

static void sim_destroy_types(struct sim_object *parent)
{
	struct sim_object *type, *next;

	list_for_each_entry_safe(type, next, &parent->types, types)
		sim_object_destroy(type);
}

/**
 * sim_object_destroy() - take an object down, published or not
 * @object: the object; no device may be of it any more. The types of a
 *	parent go with it.
 */
void sim_object_destroy(struct sim_object *object)
{
	lockdep_assert_held(&sim_lock);
	if (object->class == SIM_PARENT)
		sim_destroy_types(object);
	WRITE_ONCE(object->dying, true);
	sim_veto_withdraw(object);
	/* The endpoints go with their provider when the module does. */
	if (sim_provider)
		vdev_unregister(object->endpoint);
	sim_units_return(object);
	sim_object_abandon(object);
	hash_del(&object->hash);
	list_del(&object->node);
	list_del(&object->picked);
	sim_stats.count[object->class]--;
	sim_stats.destroyed++;
	sim_facts_put(object->facts);
	kvfree(object);
}

/* Devices go before the types and the parents that they are of. */
void sim_objects_clear(void)
{
	struct sim_object *object, *next;
	int class;

	lockdep_assert_held(&sim_lock);
	for (class = SIM_CLASSES - 1; class >= 0; class--) {
		list_for_each_entry_safe(object, next, &classes[class], node) {
			sim_object_destroy(object);
			cond_resched();
		}
	}
}

/* The oldest object of that class and key, or NULL. */
struct sim_object *sim_object_find(enum sim_class class, const char *key)
{
	struct sim_object *object, *found = NULL;

	lockdep_assert_held(&sim_lock);
	hash_for_each_possible(objects, object, hash, sim_hash_key(class, key)) {
		if (object->class == class && !strcmp(object->key, key))
			found = object;
	}
	return found;
}

/* '*' matches any characters, also none. */
static bool sim_key_matches(const char *pattern, const char *text)
{
	const char *star = NULL, *retry = NULL;

	while (*text) {
		if (*pattern == '*') {
			star = pattern++;
			retry = text;
		} else if (*pattern == *text) {
			pattern++;
			text++;
		} else if (star) {
			pattern = star + 1;
			text = ++retry;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

static void sim_pick_matching(enum sim_class class, const char *pattern,
			      struct list_head *picked)
{
	struct sim_object *object;

	list_for_each_entry(object, &classes[class], node) {
		if (sim_key_matches(pattern, object->key))
			list_add_tail(&object->picked, picked);
		cond_resched();
	}
}

/**
 * sim_objects_pick() - collect the objects that a command is about
 * @class: their class
 * @pattern: a key, or a pattern of keys with '*'
 * @picked: the list they are added to, by @picked
 * @error: says that there is none
 *
 * Return: 0, or -ENODEV if there is none.
 */
int sim_objects_pick(enum sim_class class, const char *pattern,
		     struct list_head *picked, struct sim_error *error)
{
	struct sim_object *object;

	if (strchr(pattern, '*')) {
		sim_pick_matching(class, pattern, picked);
	} else {
		object = sim_object_find(class, pattern);
		if (object)
			list_add_tail(&object->picked, picked);
	}
	if (list_empty(picked))
		return sim_reject(error, -ENODEV, pattern, "no such %s",
				  class_names[class]);
	return 0;
}
