// SPDX-License-Identifier: GPL-2.0
/*
 * Changing the facts of many types or devices by one command: all of them
 * change, or none.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/printk.h>
#include <linux/sched/signal.h>

#include "sim.h"

/**
 * struct change - what a command changes, and the last result
 * @words: the change
 * @from: facts that it was applied to; shared by objects as a rule
 * @to: what they became
 */
struct change {
	const char *words;
	const struct sim_facts *from;
	struct sim_facts *to;
};

/* What the facts of the object become; objects that shared them still do. */
static int sim_change_apply(struct change *change, const struct sim_object *object,
			    struct sim_error *error)
{
	struct sim_facts *facts;
	int err;

	if (change->from == object->facts)
		return 0;
	facts = sim_facts_new(object->facts);
	if (!facts)
		return sim_reject(error, -ENOMEM, object->name,
				  "out of memory");
	err = sim_facts_apply(facts, change->words, error);
	if (err) {
		sim_facts_put(facts);
		return err;
	}
	if (object->class == SIM_TYPE)
		sim_capacity_fill(object, facts);
	sim_facts_put(change->to);
	change->from = object->facts;
	change->to = facts;
	return 0;
}

static int sim_change_take_units(struct sim_object *object, const struct sim_facts *facts,
				 struct sim_error *error)
{
	if (object->class != SIM_DEVICE)
		return 0;
	return sim_units_take(object, sim_facts_units(facts), error);
}

static int sim_change_object(struct change *change, struct sim_object *object,
			     struct sim_error *error)
{
	u64 units = object->taken;
	int err;

	if (fatal_signal_pending(current))
		return sim_reject(error, -EINTR, object->name, "interrupted");
	err = sim_change_apply(change, object, error) ?:
	      sim_change_take_units(object, change->to, error);
	if (err)
		return err;

	/* Held until the command is over, so that it can be undone. */
	object->before = sim_facts_get(object->facts);
	err = sim_fail_update();
	if (err)
		sim_reject(error, err, object->name,
			   "change fails as asked for");
	else
		err = sim_object_update(object, change->to, error);
	if (err) {
		sim_units_take(object, units, error);
		sim_facts_put(object->before);
		object->before = NULL;
	}
	return err;
}

static void sim_change_undo(struct sim_object *object)
{
	struct sim_error error = { };

	if (!object->before)
		return;
	/* What was there before fitted, so only memory can be missing. */
	if (sim_object_update(object, object->before, &error))
		pr_err("change is not undone: %s\n", error.text);
	else
		sim_change_take_units(object, object->before, &error);
}

static void sim_change_finish(struct list_head *picked, int err)
{
	struct sim_object *object, *next;
	struct sim_object *parent = NULL;

	list_for_each_entry_safe(object, next, picked, picked) {
		if (err)
			sim_change_undo(object);
		sim_facts_put(object->before);
		object->before = NULL;
		list_del_init(&object->picked);
		if (object->parent != parent)
			sim_capacity_publish(parent);
		parent = object->parent;
		cond_resched();
	}
	sim_capacity_publish(parent);
}

/**
 * sim_change_picked() - change the facts of types or devices
 * @picked: the objects; the list is empty afterwards
 * @words: the change
 * @error: says why it cannot be done
 *
 * Return: 0, or an errno and nothing is changed.
 */
int sim_change_picked(struct list_head *picked, const char *words,
		      struct sim_error *error)
{
	struct change change = { .words = words };
	struct sim_object *object;
	int err = 0;

	lockdep_assert_held(&sim_lock);
	list_for_each_entry(object, picked, picked) {
		err = sim_change_object(&change, object, error);
		if (err)
			break;
		cond_resched();
	}
	sim_change_finish(picked, err);
	sim_facts_put(change.to);
	return err;
}
