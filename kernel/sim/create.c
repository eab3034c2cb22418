// SPDX-License-Identifier: GPL-2.0
/*
 * Making parents and types by command. A parent comes with the types of its
 * preset, or not at all.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/limits.h>
#include <linux/string.h>

#include "sim.h"

/* The facts of a type start with its own name. */
static int sim_name_type(struct sim_object *type, struct sim_error *error)
{
	struct vdev_ident *ident;

	type->facts = sim_facts_new(NULL);
	if (!type->facts)
		return sim_reject(error, -ENOMEM, type->name, "out of memory");
	ident = &type->facts->facts.record.type;
	ident->value = sim_arena_copy(&type->facts->arena, type->name,
				      strlen(type->name) + 1);
	if (!ident->value)
		return sim_reject(error, -ENOMEM, type->name, "out of memory");
	return 0;
}

static struct sim_object *sim_new_type(struct sim_object *parent, const char *bus,
				       const char *name, struct sim_error *error)
{
	struct sim_object *type;
	int err;

	type = sim_object_new(SIM_TYPE, bus, parent->key, name, error);
	if (IS_ERR(type))
		return type;
	sim_object_adopt(type, parent, NULL);
	err = sim_name_type(type, error);
	if (!err)
		return type;
	sim_object_destroy(type);
	return ERR_PTR(err);
}

/* @err is what came of giving the type its facts. */
static int sim_publish_type(struct sim_object *type, int err,
			    struct sim_error *error)
{
	if (!err) {
		sim_capacity_fill(type, type->facts);
		err = sim_object_publish(type, error);
	}
	if (err)
		sim_object_destroy(type);
	return err;
}

static int sim_add_template(struct sim_object *parent,
			    const struct sim_template *template,
			    struct sim_error *error)
{
	struct sim_object *type;
	int err;

	type = sim_new_type(parent, SIM_BUS, template->name, error);
	if (IS_ERR(type))
		return PTR_ERR(type);
	err = sim_facts_apply_list(type->facts, parent->preset->type_words,
				   error) ?:
	      sim_facts_apply_list(type->facts, template->words, error);
	return sim_publish_type(type, err, error);
}

static int sim_add_templates(struct sim_object *parent, struct sim_error *error)
{
	const struct sim_template *template;
	int err = 0;

	for (template = parent->preset->types; template->name && !err;
	     template++)
		err = sim_add_template(parent, template, error);
	return err;
}

static int sim_add_parent(char *handle, const struct sim_preset *preset,
			  u64 total, struct sim_error *error)
{
	struct sim_object *parent;
	const char *bus;
	char *name;
	int err;

	bus = sim_arg_bus(handle, &name);
	parent = sim_object_new(SIM_PARENT, bus, bus, name, error);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	if (sim_object_find(SIM_PARENT, parent->key) != parent) {
		sim_object_destroy(parent);
		return sim_reject(error, -EEXIST, name, "exists already");
	}
	parent->preset = preset;
	parent->total = total;
	err = sim_add_templates(parent, error);
	if (err)
		sim_object_destroy(parent);
	return err;
}

/* parent add NAME PRESET [units=N] */
int sim_parent_add(char *text, struct sim_error *error)
{
	char *handle = sim_arg_word(&text, "a parent's name", error);
	char *word = handle ? sim_arg_word(&text, "a preset", error) : NULL;
	const struct sim_preset *preset;
	const char *units;
	u64 total;
	int err;

	if (!word)
		return -EINVAL;
	preset = sim_preset_find(word);
	if (!preset)
		return sim_reject(error, -EINVAL, word, "no such preset");
	total = preset->total;
	units = sim_arg_option(&text, "units");
	err = units ? sim_number(error, units, U64_MAX, &total) : 0;
	if (!err)
		err = sim_arg_end(text, error);
	return err ?: sim_add_parent(handle, preset, total, error);
}

/* type add PARENT NAME [bus=BUS] [FACT]... */
int sim_type_add(char *text, struct sim_error *error)
{
	char *word = sim_arg_word(&text, "a parent", error);
	char *name = word ? sim_arg_word(&text, "a type's name", error) : NULL;
	struct sim_object *parent, *type;
	char *bus;
	int err;

	if (!name)
		return -EINVAL;
	parent = sim_arg_parent(word, error);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	bus = sim_arg_option(&text, "bus");
	err = bus ? sim_unescape(error, bus) : 0;
	if (err)
		return err;
	type = sim_new_type(parent, bus ?: SIM_BUS, name, error);
	if (IS_ERR(type))
		return PTR_ERR(type);
	err = sim_facts_apply(type->facts, sim_arg_facts(text), error);
	return sim_publish_type(type, err, error);
}
