// SPDX-License-Identifier: GPL-2.0
/*
 * Making devices by command: all that a command asks for are there
 * afterwards, or none. They share their facts until one is changed.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "sim.h"

/* Most devices that one command can make. */
#define COUNT_MAX	65536

/**
 * struct plan - the devices that a command asks for
 * @bus: their bus
 * @name: their name, or the start of their names
 * @parent: their parent, or NULL
 * @type: the type they are of, or NULL
 * @numbered: there may be several, so their names end in a number
 * @count: how many
 * @facts: their facts
 */
struct plan {
	const char *bus;
	char *name;
	struct sim_object *parent;
	struct sim_object *type;
	bool numbered;
	u64 count;
	struct sim_facts *facts;
};

static int sim_plan_parent(struct plan *plan, char *word, struct sim_error *error)
{
	struct sim_object *parent;
	int err;

	err = sim_unescape(error, word);
	if (err)
		return err;
	parent = sim_arg_parent(word, error);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	plan->parent = parent;
	return 0;
}

static int sim_plan_type(struct plan *plan, char *word, struct sim_error *error)
{
	struct sim_object *type;
	int err;

	err = sim_unescape(error, word);
	if (err)
		return err;
	list_for_each_entry(type, &plan->parent->types, types) {
		if (!strcmp(type->name, word)) {
			plan->type = type;
			return 0;
		}
	}
	return sim_reject(error, -ENODEV, word, "no such type at %s",
			  plan->parent->key);
}

static int sim_plan_count(struct plan *plan, const char *word,
			  struct sim_error *error)
{
	plan->numbered = true;
	return sim_number(error, word, COUNT_MAX, &plan->count);
}

/* Read one option. Returns 1, 0 if the next word is none, or an errno. */
static int sim_plan_option(struct plan *plan, char **text, struct sim_error *error)
{
	char *word;

	if (!plan->numbered) {
		word = sim_arg_option(text, "count");
		if (word)
			return sim_plan_count(plan, word, error) ?: 1;
	}
	if (!plan->parent) {
		word = sim_arg_option(text, "parent");
		return word ? sim_plan_parent(plan, word, error) ?: 1 : 0;
	}
	if (!plan->type) {
		word = sim_arg_option(text, "type");
		return word ? sim_plan_type(plan, word, error) ?: 1 : 0;
	}
	return 0;
}

/* A device starts with the facts of its type. */
static int sim_plan_facts(struct plan *plan, const char *words,
			  struct sim_error *error)
{
	const struct sim_object *parent = plan->parent;
	const struct sim_object *type = plan->type;
	int err = 0;

	plan->facts = sim_facts_new(type ? type->facts : NULL);
	if (!plan->facts)
		return sim_reject(error, -ENOMEM, plan->name, "out of memory");
	sim_facts_become_device(plan->facts);
	if (type)
		err = sim_facts_apply_list(plan->facts,
					   parent->preset->device_words,
					   error);
	return err ?: sim_facts_apply(plan->facts, words, error);
}

static int sim_add_device(const struct plan *plan, const char *name,
			  struct list_head *made, struct sim_error *error)
{
	struct sim_object *device;
	int err;

	device = sim_object_new(SIM_DEVICE, plan->bus, plan->bus, name, error);
	if (IS_ERR(device))
		return PTR_ERR(device);
	sim_object_adopt(device, plan->parent, plan->type);
	device->facts = sim_facts_get(plan->facts);
	err = sim_units_take(device, sim_facts_units(plan->facts), error) ?:
	      sim_object_publish(device, error);
	if (err)
		sim_object_destroy(device);
	else
		list_add_tail(&device->picked, made);
	return err;
}

static int sim_add_numbered(const struct plan *plan, struct list_head *made,
			    struct sim_error *error)
{
	size_t size = strlen(plan->name) + sizeof("65535");
	unsigned int i;
	char *name;
	int err = 0;

	name = kvmalloc(size, GFP_KERNEL);
	if (!name)
		return sim_reject(error, -ENOMEM, plan->name, "out of memory");
	for (i = 0; i < plan->count && !err; i++) {
		snprintf(name, size, "%s%u", plan->name, i);
		err = sim_add_device(plan, name, made, error);
		if (!err && fatal_signal_pending(current))
			err = sim_reject(error, -EINTR, name, "interrupted");
		cond_resched();
	}
	kvfree(name);
	return err;
}

static int sim_add_planned(const struct plan *plan, struct sim_error *error)
{
	struct sim_object *device, *next;
	LIST_HEAD(made);
	int err;

	if (plan->numbered)
		err = sim_add_numbered(plan, &made, error);
	else
		err = sim_add_device(plan, plan->name, &made, error);

	list_for_each_entry_safe(device, next, &made, picked) {
		if (err)
			sim_object_destroy(device);
		else
			list_del_init(&device->picked);
		cond_resched();
	}
	if (!err)
		sim_capacity_publish(plan->parent);
	return err;
}

/* dev add NAME [parent=PARENT [type=TYPE]] [count=N] [--] [FACT]... */
int sim_device_add(char *text, struct sim_error *error)
{
	char *handle = sim_arg_word(&text, "a device's name", error);
	struct plan plan = { };
	int err;

	if (!handle)
		return -EINVAL;
	plan.bus = sim_arg_bus(handle, &plan.name);
	do {
		err = sim_plan_option(&plan, &text, error);
	} while (err > 0);
	err = err ?: sim_plan_facts(&plan, sim_arg_facts(text), error) ?:
	      sim_add_planned(&plan, error);
	sim_facts_put(plan.facts);
	return err;
}
