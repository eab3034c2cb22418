/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the simulator share: parents, types and devices that
 * exist only as records, made and changed by commands written to debugfs.
 *
 * One lock, sim_lock, guards every object, every knob and the statistics. It
 * is held for the whole of a command, so that a command is seen as one step.
 * Endpoints are registered and unregistered with it held, and that waits for
 * their callbacks; so those only try to take it, or do without.
 */
#ifndef _VDEV_SIM_H
#define _VDEV_SIM_H

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/vdev.h>

#define SIM_BUS			"sim"

/* Longest command, in bytes. */
#define SIM_LINE_MAX		(128 * 1024)
/* Most objects of all classes. */
#define SIM_OBJECTS_MAX		(128 * 1024)
/* Most memory that one set of facts may take, in bytes. */
#define SIM_ARENA_MAX		(1024 * 1024)
/* Longest list that a set of facts may hold. */
#define SIM_LIST_MAX		1024

extern struct mutex sim_lock;

/**
 * struct sim_error - why a command was rejected
 * @text: the reason, with the word it is about; empty if there is none
 */
struct sim_error {
	char text[256];
};

/**
 * struct sim_arena - memory that is given back in one go
 * @chunks: what was allocated, newest first
 * @size: bytes in @chunks
 */
struct sim_arena {
	struct sim_chunk *chunks;
	size_t size;
};

/**
 * struct sim_veto - which sources an endpoint rejects although its rules allow
 *	them
 * @reason: the reason; NULL if it rejects nothing
 * @model: the sources' model; NULL for all of them
 */
struct sim_veto {
	const char *reason;
	const char *model;
};

/**
 * struct sim_facts - the facts of an endpoint, with the memory they are in
 * @users: objects that share them; they do not change once shared
 * @arena: holds what the pointers in @facts point to
 * @software_version: what @facts.record.software_version points to
 * @veto: what it rejects
 * @counters: what it counts
 * @num_counters: length of @counters
 * @facts: the facts, as the core takes them
 */
struct sim_facts {
	refcount_t users;
	struct sim_arena arena;
	struct vdev_software_version software_version;
	struct sim_veto veto;
	const struct vdev_counter *counters;
	unsigned int num_counters;
	struct vdev_facts facts;
};

/**
 * struct sim_parse - a word that is being read
 * @facts: what it changes
 * @error: where to say what is wrong with it
 * @emptied: the list that the word has begun to replace, or NULL
 */
struct sim_parse {
	struct sim_facts *facts;
	struct sim_error *error;
	const void *emptied;
};

/**
 * struct sim_field - a part of a word, NAME=TEXT
 * @name: its name
 * @parse: store @text at @at, which is @offset bytes into the entry
 * @offset: see @parse
 * @names: the names of 0, 1, 2 and so on, or of bit 0, bit 1, bit 2 and so on;
 *	ends in NULL
 *
 * The first field of an entry is written without its name.
 */
struct sim_field {
	const char *name;
	int (*parse)(struct sim_parse *parse, const struct sim_field *field,
		     void *at, char *text);
	size_t offset;
	const char *const *names;
};

/**
 * struct sim_key - a word, KEY=FIRST[,NAME=TEXT]...
 * @name: the key
 * @fields: the fields of the entry; ends in one without a name
 * @offset: where in struct sim_facts the entry is, or the list of entries
 * @num_offset: where in struct sim_facts the length of the list is; 0 if the
 *	key is not of a list
 * @size: size of an entry
 * @finish: called when the entry was changed; also, with NULL, when it was
 *	removed and is not of a list. May be NULL.
 */
struct sim_key {
	const char *name;
	const struct sim_field *fields;
	size_t offset;
	size_t num_offset;
	size_t size;
	void (*finish)(struct sim_facts *facts, void *entry);
};

/* What an object is. */
enum sim_class {
	SIM_PARENT,
	SIM_TYPE,
	SIM_DEVICE,
	SIM_CLASSES
};

/**
 * struct sim_object - a parent, a type or a device
 * @class: which of them
 * @hash: in the table of all objects, by @class and @key
 * @node: in the list of its class, oldest first
 * @picked: in the list of what a command is about
 * @parent: its parent; NULL for a parent, and for a device without one
 * @type: the type that a device was made of, or NULL
 * @types: the types of a parent; the place of a type in its parent's list
 * @users: how many devices have this parent or type
 * @facts: what is reported of it; NULL for a parent
 * @before: its facts before the command that is running
 * @endpoint: what the core knows it by; NULL for a parent
 * @veto: what it rejects, or NULL; written under the lock of veto.c
 * @preset: the hardware that a parent resembles
 * @total: base units that a parent has; 0 if they are not limited
 * @taken: base units that a device takes, or that are taken of a parent's
 * @dying: it is being destroyed; read without the lock
 * @bus: its bus; for a type the bus of the devices it would create
 * @name: the last part of @key
 * @key: BUS/NAME, or PARENT-BUS/PARENT/NAME for a type
 *
 * Guarded by sim_lock.
 */
struct sim_object {
	enum sim_class class;
	struct hlist_node hash;
	struct list_head node;
	struct list_head picked;
	struct sim_object *parent;
	struct sim_object *type;
	struct list_head types;
	unsigned int users;
	struct sim_facts *facts;
	struct sim_facts *before;
	struct vdev_endpoint *endpoint;
	const struct sim_veto *veto;
	const struct sim_preset *preset;
	u64 total;
	u64 taken;
	bool dying;
	const char *bus;
	const char *name;
	char key[];
};

/**
 * struct sim_template - a type that a parent comes with
 * @name: its name
 * @words: its facts, in the words of a command; ends in NULL
 */
struct sim_template {
	const char *name;
	const char *const *words;
};

/**
 * struct sim_preset - what hardware a parent resembles
 * @name: its name
 * @total: base units that such a parent has; 0 if they are not limited
 * @type_words: facts of each type that it comes with; ends in NULL
 * @types: those types; ends in one without a name
 * @device_words: facts of each device that is of a type; ends in NULL
 */
struct sim_preset {
	const char *name;
	u64 total;
	const char *const *type_words;
	const struct sim_template *types;
	const char *const *device_words;
};

/**
 * struct sim_stats - what has happened since the module was loaded
 * @count: objects that exist, by class
 * @created: objects and sets of facts that were ever made
 * @destroyed: those of them that are gone
 * @commands: commands that were done
 * @rejected: commands that were rejected
 * @registered: endpoints that the core took
 * @updated: changes that the core took
 * @injected: failures that were asked for and happened
 * @polled: polls of a device
 *
 * Guarded by sim_lock, but for @polled.
 */
struct sim_stats {
	unsigned int count[SIM_CLASSES];
	u64 created;
	u64 destroyed;
	u64 commands;
	u64 rejected;
	u64 registered;
	u64 updated;
	u64 injected;
	atomic64_t polled;
};

/**
 * struct sim_fault - failures that are to happen
 * @skip: how often it goes well before
 * @count: how often it fails then
 * @err: what it fails with
 */
struct sim_fault {
	u64 skip;
	u64 count;
	int err;
};

/* state.c */
extern struct sim_stats sim_stats;
extern struct vdev_provider *sim_provider;

/* words.c */
__printf(4, 5)
int sim_reject(struct sim_error *error, int err, const char *word,
	       const char *fmt, ...);
char *sim_word(char **text);
int sim_digit(char digit);
int sim_unescape(struct sim_error *error, char *text);
int sim_number(struct sim_error *error, const char *text, u64 most, u64 *number);

/* arena.c */
void *sim_arena_alloc(struct sim_arena *arena, size_t size);
void *sim_arena_copy(struct sim_arena *arena, const void *from, size_t size);
void sim_arena_free(struct sim_arena *arena);

/* facts.c */
struct sim_facts *sim_facts_new(const struct sim_facts *from);
struct sim_facts *sim_facts_get(struct sim_facts *facts);
void sim_facts_put(struct sim_facts *facts);
void sim_facts_become_device(struct sim_facts *facts);
u64 sim_facts_units(const struct sim_facts *facts);

/* copy.c */
int sim_facts_copy(struct sim_facts *to, const struct sim_facts *from);
int sim_facts_take(struct sim_facts *facts, const struct vdev_record *record);

/* grammar.c */
int sim_facts_apply(struct sim_facts *facts, const char *words,
		    struct sim_error *error);
int sim_facts_apply_list(struct sim_facts *facts, const char *const *words,
			 struct sim_error *error);

/* keys.c */
extern const struct sim_key sim_keys[]; /* ends in one without a name */

/* fields.c */
void *sim_list_grow(struct sim_parse *parse, void *at, unsigned int *num,
		    size_t size);

/* units.c */
int sim_units_take(struct sim_object *device, u64 units,
		   struct sim_error *error);
void sim_units_return(struct sim_object *device);

/* objects.c */
struct sim_object *sim_object_new(enum sim_class class, const char *bus,
				  const char *scope, const char *name,
				  struct sim_error *error);
void sim_object_adopt(struct sim_object *object, struct sim_object *parent,
		      struct sim_object *type);
int sim_object_publish(struct sim_object *object, struct sim_error *error);
void sim_object_destroy(struct sim_object *object);
void sim_objects_clear(void);
int sim_object_update(struct sim_object *object, struct sim_facts *facts,
		      struct sim_error *error);
struct sim_object *sim_object_find(enum sim_class class, const char *key);
int sim_objects_pick(enum sim_class class, const char *pattern,
		     struct list_head *picked, struct sim_error *error);

/* capacity.c */
void sim_capacity_fill(const struct sim_object *type, struct sim_facts *facts);
void sim_capacity_publish(const struct sim_object *parent);

/* presets.c */
const struct sim_preset *sim_preset_find(const char *name);

/* args.c */
char *sim_arg_word(char **text, const char *what, struct sim_error *error);
char *sim_arg_option(char **text, const char *name);
int sim_arg_end(char *text, struct sim_error *error);
char *sim_arg_key(const char *word, struct sim_error *error);
const char *sim_arg_facts(char *text);
const char *sim_arg_bus(char *handle, char **name);
struct sim_object *sim_arg_parent(const char *word, struct sim_error *error);

/* create.c */
int sim_parent_add(char *text, struct sim_error *error);
int sim_type_add(char *text, struct sim_error *error);

/* devices.c */
int sim_device_add(char *text, struct sim_error *error);

/* change.c */
int sim_change_picked(struct list_head *picked, const char *words,
		      struct sim_error *error);

/* command.c */
int sim_command_run(char *line, struct sim_error *error);

/* fault.c */
extern struct sim_fault sim_register_fault, sim_update_fault;

int sim_fail_register(void);
int sim_fail_update(void);

/* knobs.c */
int sim_arg_knobs(char **text, u64 *delay, int *failure, struct sim_error *error);
int sim_fail_command(char *words, struct sim_error *error);
int sim_poll_command(char *words, struct sim_error *error);
int sim_churn_command(char *words, struct sim_error *error);
void sim_knobs_reset(void);
void sim_churn_stop(void);
int sim_poll(struct vdev_endpoint *endpoint, void *priv);

/* operate.c */
int sim_operate_command(char *words, struct sim_error *error);
void sim_operate_reset(void);
int sim_create(struct vdev_endpoint *type, void *priv, const struct vdev_order *order,
	       char *reason, size_t size);
int sim_configure(struct vdev_endpoint *device, void *priv,
		  const struct vdev_order *order, char *reason, size_t size);
int sim_remove(struct vdev_endpoint *device, void *priv, const struct vdev_order *order,
	       char *reason, size_t size);

/* veto.c */
void sim_veto_publish(struct sim_object *object);
void sim_veto_withdraw(struct sim_object *object);
bool sim_veto(const struct vdev_endpoint *target, void *priv,
	      const struct vdev_record *source, char *reason, size_t size);

/* control.c */
int sim_control_init(void);
void sim_control_exit(void);

#endif /* _VDEV_SIM_H */
