// SPDX-License-Identifier: GPL-2.0
/*
 * The commands: the table of them, and those that change or remove what is
 * there. A command is done as a whole or leaves everything as it was.
 */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/string.h>

#include "sim.h"

static int sim_pick_word(enum sim_class class, const char *word,
			 struct list_head *picked, struct sim_error *error)
{
	char *key = sim_arg_key(word, error);
	int err;

	if (!key)
		return -ENOMEM;
	err = sim_objects_pick(class, key, picked, error);
	kfree(key);
	return err;
}

/* PATTERN */
static int sim_pick_simple(enum sim_class class, char **text,
			   struct list_head *picked, struct sim_error *error)
{
	char *word = sim_arg_word(text, "a name", error);

	return word ? sim_pick_word(class, word, picked, error) : -EINVAL;
}

/* PARENT PATTERN */
static int sim_pick_types(char **text, struct list_head *picked,
			  struct sim_error *error)
{
	char *parent = sim_arg_word(text, "a parent", error);
	char *name = parent ? sim_arg_word(text, "a type's name", error) : NULL;
	char *scope, *key;
	int err = -ENOMEM;

	if (!name)
		return -EINVAL;
	scope = sim_arg_key(parent, error);
	if (!scope)
		return -ENOMEM;
	key = kasprintf(GFP_KERNEL, "%s/%s", scope, name);
	if (key)
		err = sim_objects_pick(SIM_TYPE, key, picked, error);
	else
		sim_reject(error, err, name, "out of memory");
	kfree(key);
	kfree(scope);
	return err;
}

static void sim_unpick(struct list_head *picked)
{
	struct sim_object *object, *next;

	list_for_each_entry_safe(object, next, picked, picked)
		list_del_init(&object->picked);
}

/* Devices keep the types and parents that they are of. */
static int sim_check_unused(struct list_head *picked, struct sim_error *error)
{
	struct sim_object *object;

	list_for_each_entry(object, picked, picked) {
		if (object->users)
			return sim_reject(error, -EBUSY, object->name,
					  "has %u devices", object->users);
	}
	return 0;
}

static int sim_destroy_picked(struct list_head *picked, struct sim_error *error)
{
	const struct sim_object *parent = NULL;
	struct sim_object *object, *next;
	int err;

	err = sim_check_unused(picked, error);
	if (err) {
		sim_unpick(picked);
		return err;
	}
	list_for_each_entry_safe(object, next, picked, picked) {
		if (object->parent != parent)
			sim_capacity_publish(parent);
		parent = object->parent;
		sim_object_destroy(object);
		cond_resched();
	}
	sim_capacity_publish(parent);
	return 0;
}

static int sim_del_picked(int err, char *text, struct list_head *picked,
			  struct sim_error *error)
{
	if (!err)
		err = sim_arg_end(text, error);
	if (!err)
		return sim_destroy_picked(picked, error);
	sim_unpick(picked);
	return err;
}

/* parent del PATTERN */
static int sim_parent_del(char *text, struct sim_error *error)
{
	LIST_HEAD(picked);
	int err = sim_pick_simple(SIM_PARENT, &text, &picked, error);

	return sim_del_picked(err, text, &picked, error);
}

/* type del PARENT PATTERN */
static int sim_type_del(char *text, struct sim_error *error)
{
	LIST_HEAD(picked);
	int err = sim_pick_types(&text, &picked, error);

	return sim_del_picked(err, text, &picked, error);
}

/* dev del PATTERN */
static int sim_device_del(char *text, struct sim_error *error)
{
	LIST_HEAD(picked);
	int err = sim_pick_simple(SIM_DEVICE, &text, &picked, error);

	return sim_del_picked(err, text, &picked, error);
}

/* type set PARENT PATTERN FACT... */
static int sim_type_set(char *text, struct sim_error *error)
{
	LIST_HEAD(picked);
	int err = sim_pick_types(&text, &picked, error);

	return err ?: sim_change_picked(&picked, sim_arg_facts(text), error);
}

/* dev set PATTERN FACT... */
static int sim_device_set(char *text, struct sim_error *error)
{
	LIST_HEAD(picked);
	int err = sim_pick_simple(SIM_DEVICE, &text, &picked, error);

	return err ?: sim_change_picked(&picked, sim_arg_facts(text), error);
}

/* reset */
static int sim_reset(char *text, struct sim_error *error)
{
	int err = sim_arg_end(text, error);

	if (err)
		return err;
	sim_knobs_reset();
	sim_operate_reset();
	sim_objects_clear();
	return 0;
}

/* The verb is NULL where the noun stands alone. */
static const struct {
	const char *noun;
	const char *verb;
	int (*run)(char *text, struct sim_error *error);
} commands[] = {
	{ "parent", "add", sim_parent_add },
	{ "parent", "del", sim_parent_del },
	{ "type", "add", sim_type_add },
	{ "type", "set", sim_type_set },
	{ "type", "del", sim_type_del },
	{ "dev", "add", sim_device_add },
	{ "dev", "set", sim_device_set },
	{ "dev", "del", sim_device_del },
	{ "fail", NULL, sim_fail_command },
	{ "poll", NULL, sim_poll_command },
	{ "operate", NULL, sim_operate_command },
	{ "churn", NULL, sim_churn_command },
	{ "reset", NULL, sim_reset },
};

static int sim_run_verb(const char *noun, char *text, struct sim_error *error)
{
	const char *verb = NULL;
	bool known = false;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(commands); i++) {
		if (strcmp(commands[i].noun, noun))
			continue;
		known = true;
		if (!commands[i].verb)
			return commands[i].run(text, error);
		if (!verb)
			verb = sim_word(&text) ?: "";
		if (!strcmp(commands[i].verb, verb))
			return commands[i].run(text, error);
	}
	return sim_reject(error, -EINVAL, known ? verb : noun,
			  "no such command");
}

/**
 * sim_command_run() - do what one line says
 * @line: the line, without its end; destroyed
 * @error: says why it cannot be done
 *
 * An empty line, and one that starts with '#', says nothing.
 *
 * Return: 0 or an errno.
 */
int sim_command_run(char *line, struct sim_error *error)
{
	char *noun = sim_word(&line);
	int err;

	lockdep_assert_held(&sim_lock);
	if (!noun || *noun == '#')
		return 0;
	err = sim_run_verb(noun, line, error);
	if (!err)
		sim_stats.commands++;
	return err;
}
