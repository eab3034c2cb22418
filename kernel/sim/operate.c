// SPDX-License-Identifier: GPL-2.0
/*
 * What the core asks of the simulator: to create, configure and remove devices, as a
 * real driver would; and what commands make go wrong with that.
 *
 * An endpoint is unregistered with sim_lock held, and that waits for what is asked
 * about it. So the callbacks do not simply wait for the lock: they give up when their
 * object is being destroyed, which they can see without it.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/ktime.h>
#include <linux/sched.h>
#include <linux/string.h>

#include "sim.h"

/* Written under sim_lock, read without. */
static u32 operate_delay;
static int operate_errno;
static unsigned int operate_released;

/* operate [delay=MILLISECONDS] [errno=NAME], or operate off */
int sim_operate_command(char *text, struct sim_error *error)
{
	int err, failure = 0;
	u64 delay = 0;
	char *rest = text;
	char *word = sim_word(&rest);

	if (word && !strcmp(word, "off")) {
		err = sim_arg_end(rest, error);
		if (!err)
			sim_operate_reset();
		return err;
	}
	err = sim_arg_knobs(&text, &delay, &failure, error) ?: sim_arg_end(text, error);
	if (err)
		return err;
	WRITE_ONCE(operate_delay, delay);
	WRITE_ONCE(operate_errno, failure);
	return 0;
}

/* What hangs goes on, too. */
void sim_operate_reset(void)
{
	lockdep_assert_held(&sim_lock);
	WRITE_ONCE(operate_delay, 0);
	WRITE_ONCE(operate_errno, 0);
	WRITE_ONCE(operate_released, operate_released + 1);
}

static void sim_operate_hang(void)
{
	const unsigned int released = READ_ONCE(operate_released);
	const u64 until = ktime_get_ns() + READ_ONCE(operate_delay) * NSEC_PER_MSEC;

	while (ktime_get_ns() < until && READ_ONCE(operate_released) == released)
		schedule_timeout_uninterruptible(1);
}

/* Only the object itself is looked at before the lock is held. */
static int sim_operate_lock(const struct sim_object *object, struct sim_error *error)
{
	while (!mutex_trylock(&sim_lock)) {
		if (READ_ONCE(object->dying))
			return sim_reject(error, -ENODEV, object->name, "is being removed");
		schedule_timeout_uninterruptible(1);
	}
	return 0;
}

typedef int (*sim_operate_fn)(struct sim_object *object, const struct vdev_order *order,
			      struct sim_error *error);

static int sim_operate(struct sim_object *object, const struct vdev_order *order,
		       char *reason, size_t size, sim_operate_fn fn)
{
	int err = READ_ONCE(operate_errno);
	struct sim_error error = { };

	sim_operate_hang();
	if (err) {
		sim_reject(&error, err, object->name, "fails as asked for");
	} else {
		err = sim_operate_lock(object, &error);
		if (!err) {
			err = fn(object, order, &error);
			mutex_unlock(&sim_lock);
		}
	}
	strscpy(reason, error.text, size);
	return err;
}

/* The facts of a device that is of that record. */
static struct sim_facts *sim_operate_facts(const struct sim_facts *from,
					   const struct vdev_record *record,
					   struct sim_error *error)
{
	struct sim_facts *facts = sim_facts_new(from);

	if (facts && !sim_facts_take(facts, record))
		return facts;
	sim_facts_put(facts);
	return ERR_PTR(sim_reject(error, -ENOMEM, NULL, "out of memory"));
}

static int sim_create_device(struct sim_object *type, const struct vdev_order *order,
			     struct sim_facts *facts, struct sim_error *error)
{
	struct sim_object *device;
	int err;

	device = sim_object_new(SIM_DEVICE, type->bus, type->bus, order->name, error);
	if (IS_ERR(device))
		return PTR_ERR(device);
	sim_object_adopt(device, type->parent, type);
	device->facts = sim_facts_get(facts);
	err = sim_units_take(device, sim_facts_units(facts), error);
	if (!err && !order->dry_run)
		err = sim_object_publish(device, error);
	if (err || order->dry_run)
		sim_object_destroy(device);
	else
		sim_capacity_publish(type->parent);
	return err;
}

static int sim_create_locked(struct sim_object *type, const struct vdev_order *order,
			     struct sim_error *error)
{
	struct sim_facts *facts;
	int err;

	lockdep_assert_held(&sim_lock);
	facts = sim_operate_facts(type->facts, order->record, error);
	if (IS_ERR(facts))
		return PTR_ERR(facts);
	facts->facts.capacity = (struct vdev_capacity){ };
	facts->facts.operations &= ~VDEV_OPERATION_CREATE;
	err = sim_create_device(type, order, facts, error);
	sim_facts_put(facts);
	return err;
}

static int sim_configure_device(struct sim_object *device, struct sim_facts *facts,
				bool dry_run, struct sim_error *error)
{
	u64 units = device->taken;
	int err;

	err = sim_units_take(device, sim_facts_units(facts), error);
	if (err)
		return err;
	if (!dry_run) {
		err = sim_fail_update();
		if (err)
			sim_reject(error, err, device->name, "change fails as asked for");
		else
			err = sim_object_update(device, facts, error);
	}
	if (err || dry_run)
		sim_units_take(device, units, error);
	else
		sim_capacity_publish(device->parent);
	return err;
}

static int sim_configure_locked(struct sim_object *device, const struct vdev_order *order,
				struct sim_error *error)
{
	struct sim_facts *facts;
	int err;

	lockdep_assert_held(&sim_lock);
	facts = sim_operate_facts(device->facts, order->record, error);
	if (IS_ERR(facts))
		return PTR_ERR(facts);
	err = sim_configure_device(device, facts, order->dry_run, error);
	sim_facts_put(facts);
	return err;
}

static int sim_remove_locked(struct sim_object *device, const struct vdev_order *order,
			     struct sim_error *error)
{
	const struct sim_object *parent = device->parent;

	lockdep_assert_held(&sim_lock);
	if (order->dry_run)
		return 0;
	sim_object_destroy(device);
	sim_capacity_publish(parent);
	return 0;
}

/* See struct vdev_provider_ops, also for the two below. */
int sim_create(struct vdev_endpoint *type, void *priv, const struct vdev_order *order,
	       char *reason, size_t size)
{
	return sim_operate(priv, order, reason, size, sim_create_locked);
}

int sim_configure(struct vdev_endpoint *device, void *priv,
		  const struct vdev_order *order, char *reason, size_t size)
{
	return sim_operate(priv, order, reason, size, sim_configure_locked);
}

int sim_remove(struct vdev_endpoint *device, void *priv, const struct vdev_order *order,
	       char *reason, size_t size)
{
	return sim_operate(priv, order, reason, size, sim_remove_locked);
}
