// SPDX-License-Identifier: GPL-2.0
/*
 * Those who change: writers that command the simulator, and one that loads
 * and unloads providers. A writer is alone with its endpoints, so it knows
 * each state they go through; it announces them before it commands, and what was
 * acknowledged afterwards.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "lib/sim.h"
#include "torture.h"

#define UNLOAD_TRIES	60000

/**
 * struct model - a writer's own view of its endpoints
 * @number: its number
 * @me: where it announces
 * @values: of each slot; 0 if it is not there
 * @order: the slots that are there, oldest first
 * @present: how many
 * @digest: of the state
 * @picked: what the command is about, in the order in which it happens
 * @num_picked: how many
 */
static struct model {
	unsigned int number;
	struct writer *me;
	uint64_t values[SLOTS];
	unsigned int order[SLOTS];
	unsigned int present;
	uint64_t digest;
	unsigned int picked[GROUP];
	unsigned int num_picked;
} model;

uint64_t state_digest(unsigned int slot, uint64_t value)
{
	uint64_t mixed = (slot + 1) * 0x9e3779b97f4a7c15ULL ^
			 value * 0xbf58476d1ce4e5b9ULL;

	mixed ^= mixed >> 29;
	mixed *= 0x94d049bb133111ebULL;
	return value ? mixed ^ mixed >> 32 : 0;
}

void slot_name(char *name, unsigned int writer, unsigned int slot)
{
	sprintf(name, "w%u_%c%u", writer, 'a' + slot / GROUP, slot % GROUP);
}

void parent_name(char *name, unsigned int writer)
{
	sprintf(name, "p%u", writer);
}

bool is_of_types(unsigned int writer)
{
	return writer >= DEVICE_WRITERS;
}

static bool is_blocked(uint64_t value)
{
	return value % 5 == 0;
}

bool is_migratable(uint64_t value)
{
	return value % 2 == 0 && !is_blocked(value);
}

/* The devices of the first writer take capacity from the types of a GPU. */
int prepare_writers(void)
{
	char parent[16];
	unsigned int i;
	int err;

	err = sim_do("reset");
	for (i = 0; i < WRITERS && !err; i++) {
		parent_name(parent, i);
		err = sim_do("parent add %s %s units=%u", parent,
			     i ? "plain" : "i915-gvtg", i ? 0 : 100000);
	}
	return err ? fail("parents: %s", strerror(errno)) : 0;
}

/* A reset took everything away. */
void discard_writers(void)
{
	struct writer *writer;
	uint64_t step;
	unsigned int i;

	for (i = 0; i < WRITERS; i++) {
		writer = &shared->writers[i];
		step = atomic_load(&writer->begun) + 1;
		atomic_store(&writer->states[step % STATES], 0);
		atomic_store(&writer->begun, step);
		atomic_store(&writer->acked, step);
	}
}

static void order_remove(unsigned int slot)
{
	unsigned int i = 0;

	while (model.order[i] != slot)
		i++;
	model.present--;
	memmove(model.order + i, model.order + i + 1,
		(model.present - i) * sizeof(*model.order));
}

/* Announce every step of the command that is about to be given. */
static void begin(uint64_t value, uint64_t number)
{
	struct writer *me = model.me;
	uint64_t step = atomic_load(&me->begun);
	unsigned int i, slot;

	atomic_store(&me->command, number);
	for (i = 0; i < model.num_picked; i++) {
		slot = model.picked[i];
		atomic_fetch_add(&me->slots[slot].begun, 1);
		model.digest ^= state_digest(slot, model.values[slot]) ^
				state_digest(slot, value);
		atomic_store(&me->states[++step % STATES], model.digest);
	}
	atomic_store(&me->begun, step);
}

/* It was acknowledged: nobody who asks from now on sees what was before. */
static void end(uint64_t value, uint64_t number)
{
	struct writer *me = model.me;
	unsigned int i, place;
	struct slot *slot;

	for (i = 0; i < model.num_picked; i++) {
		place = model.picked[i];
		slot = &me->slots[place];
		if (value && !model.values[place])
			model.order[model.present++] = place;
		else if (!value)
			order_remove(place);
		if (value && !model.values[place])
			atomic_store(&slot->birth, value);
		atomic_store(&slot->value, value);
		atomic_store(&slot->floor, value ? value : number + 1);
		model.values[place] = value;
		atomic_fetch_add(&slot->acked, 1);
	}
	atomic_store(&me->acked, atomic_load(&me->begun));
}

static void pick_slot(unsigned int slot)
{
	model.picked[0] = slot;
	model.num_picked = 1;
}

/* All of a group that are there: a command meets them oldest first. */
static void pick_group(unsigned int group)
{
	unsigned int i;

	model.num_picked = 0;
	for (i = 0; i < model.present; i++)
		if (model.order[i] / GROUP == group)
			model.picked[model.num_picked++] = model.order[i];
}

/* One word for one endpoint, or a pattern for all that were picked. */
static void picked_name(char *name)
{
	if (model.num_picked == 1)
		slot_name(name, model.number, model.picked[0]);
	else
		sprintf(name, "w%u_%c*", model.number,
			'a' + model.picked[0] / GROUP);
}

/*
 * Some are polled from their registration on; nothing changes by that, but a poll
 * may be under way whatever else happens to them.
 *
 * A veto is no part of what is reported, so what is found of a generation would depend
 * on the moment. These are of a model that nobody has: they are asked, and reject
 * nothing.
 *
 * All of a group that get a value at once share a contract, and leave it one by one.
 */
static void facts(char *text, uint64_t value)
{
	sprintf(text, "poll=%s driver=d migration=%s model=m,accept=n software-version=1.0.%llu cost=1,downtime=%llu %s %s",
		value % 3 ? "none" : value % 2 ? "read" : "unread",
		value % 2 ? "unsupported" : "supported",
		(unsigned long long)value, (unsigned long long)value,
		value % 4 ? "-veto" : "veto=no,model=x",
		is_blocked(value) ? "blocker=b,reason=r" : "-blocker");
}

static int command(const char *verb, const char *options, const char *words,
		   bool many)
{
	char name[32], parent[16];

	if (many)
		sprintf(name, "w%u_%c", model.number,
			'a' + model.picked[0] / GROUP);
	else
		picked_name(name);
	parent_name(parent, model.number);
	if (is_of_types(model.number))
		return sim_do("type %s %s %s %s", verb, parent, name, words);
	return sim_do("dev %s %s %s %s", verb, name, options, words);
}

static int change(const char *verb, bool gone, const char *options, bool many)
{
	uint64_t number = atomic_load(&model.me->command) + 1;
	uint64_t value = gone ? 0 : number;
	char words[192] = "";
	int err;

	if (!gone)
		facts(words, number);
	begin(value, number);
	err = command(verb, options, words, many);
	if (err)
		return fail("writer %u: %s %s: %s", model.number, verb, options,
			    strerror(errno));
	end(value, number);
	return 0;
}

static int add(bool many)
{
	char options[96], parent[16];
	int len = 0;

	parent_name(parent, model.number);
	if (many)
		len = sprintf(options, "count=%u ", GROUP);
	sprintf(options + len, "parent=%s%s --", parent,
		model.number ? "" : " type=i915-GVTg_V5_8");
	return change("add", false, options, many);
}

static int add_some(unsigned int slot)
{
	unsigned int i;

	pick_group(slot / GROUP);
	if (model.num_picked || is_of_types(model.number)) {
		pick_slot(slot);
		return add(false);
	}
	for (i = 0; i < GROUP; i++)
		model.picked[i] = slot / GROUP * GROUP + i;
	model.num_picked = GROUP;
	return add(true);
}

/* A name that is taken: rejected, and nothing is seen of it. */
static int add_twice(unsigned int slot)
{
	char options[96], parent[16];

	pick_slot(slot);
	parent_name(parent, model.number);
	sprintf(options, "parent=%s --", parent);
	if (!command("add", options, "", false) || errno != EEXIST)
		return fail("writer %u: a name was taken twice: %s",
			    model.number, strerror(errno));
	return 0;
}

static int write_something(void)
{
	unsigned int slot = random_below(SLOTS), dice = random_below(100);

	if (!model.values[slot])
		return add_some(slot);
	if (dice < 4)
		return add_twice(slot);
	if (dice % 8)
		pick_slot(slot);
	else
		pick_group(slot / GROUP);
	return dice < 75 ? change("set", false, "", false) :
			   change("del", true, "", false);
}

/* A reader asks for a moment without changes, to see something whole. */
static void wait_for_readers(void)
{
	while (atomic_load(&shared->hold) && !atomic_load(&shared->stop))
		usleep(200);
}

int run_writer(unsigned int number)
{
	int err = 0;

	model.number = number;
	model.me = &shared->writers[number];
	while (!err && going_on()) {
		wait_for_readers();
		err = write_something();
		count(&shared->counts.commands);
	}
	return err;
}

static int load_module(struct module *module)
{
	int fd = open(module->path, O_RDONLY | O_CLOEXEC), err;

	if (fd < 0)
		return fail("%s: %s", module->path, strerror(errno));
	atomic_fetch_add(&module->epoch, 1);
	err = syscall(SYS_finit_module, fd, "", 0);
	close(fd);
	if (err)
		return fail("%s: %s", module->path, strerror(errno));
	atomic_fetch_add(&module->epoch, 1);
	return 0;
}

static int unload_module(struct module *module)
{
	unsigned int tries;
	int err = -1;

	atomic_fetch_add(&module->epoch, 1);
	for (tries = 0; err && tries < UNLOAD_TRIES; tries++) {
		err = syscall(SYS_delete_module, module->name, O_NONBLOCK);
		if (err)
			usleep(1000);
	}
	if (err)
		return fail("%s: unload: %s", module->name, strerror(errno));
	atomic_fetch_add(&module->epoch, 1);
	return 0;
}

/* Leaves no module behind. */
int run_loader(unsigned int number)
{
	struct module *module;
	unsigned int i = 0;
	int err = 0;

	(void)number;
	if (!shared->modules[0].path)
		return 0;
	while (!err && going_on()) {
		module = &shared->modules[i++ % MODULES_MAX];
		if (!module->path)
			continue;
		wait_for_readers();
		err = load_module(module);
		usleep(random_below(20000));
		err = err ? err : unload_module(module);
		count(&shared->counts.loads);
	}
	return err;
}
