// SPDX-License-Identifier: GPL-2.0
/*
 * What commands make go wrong, or change by itself: failing
 * registrations and changes, a poll that is slow, that fails, that changes a
 * fact; a fact that changes all the time.
 *
 * The knobs are guarded by sim_lock; the poll callback reads them without, and
 * only tries to take it, because a device is unregistered with sim_lock held and
 * that waits for its poll.
 */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/errno.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>

#include "sim.h"

/* Longest delay and longest period, in milliseconds. */
#define TIME_MAX	60000

static const struct {
	const char *name;
	int err;
} errnos[] = {
	{ "ENOMEM", -ENOMEM }, { "EINVAL", -EINVAL }, { "EBUSY", -EBUSY },
	{ "ENOSPC", -ENOSPC }, { "EEXIST", -EEXIST }, { "EIO", -EIO },
	{ "ENODEV", -ENODEV }, { "EMSGSIZE", -EMSGSIZE },
	{ "ERANGE", -ERANGE }, { "EPERM", -EPERM },
};

/* All guarded by sim_lock. */
static u32 poll_delay;
static int poll_errno;
static char *poll_touch;
static char *churn_touch;
static u32 churn_period;
static u64 touched;

static void sim_churn_run(struct work_struct *work);
static DECLARE_DELAYED_WORK(churn_work, sim_churn_run);

static int sim_find_errno(const char *name, int *err, struct sim_error *error)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(errnos); i++) {
		if (!strcmp(errnos[i].name, name)) {
			*err = errnos[i].err;
			return 0;
		}
	}
	return sim_reject(error, -EINVAL, name, "no such errno");
}

static int sim_number_option(char **text, const char *name, u64 most, u64 *number,
			     struct sim_error *error)
{
	char *word = sim_arg_option(text, name);

	return word ? sim_number(error, word, most, number) : 0;
}

/* fail register|update COUNT [errno=NAME] [skip=N] */
int sim_fail_command(char *text, struct sim_error *error)
{
	char *what = sim_arg_word(&text, "register or update", error);
	char *count = what ? sim_arg_word(&text, "a count", error) : NULL;
	struct sim_fault fault = { .err = -ENOMEM };
	char *name;
	int err;

	if (!count)
		return -EINVAL;
	if (strcmp(what, "register") && strcmp(what, "update"))
		return sim_reject(error, -EINVAL, what,
				  "neither register nor update");
	err = sim_number(error, count, U32_MAX, &fault.count);
	if (err)
		return err;
	name = sim_arg_option(&text, "errno");
	err = name ? sim_find_errno(name, &fault.err, error) : 0;
	err = err ?: sim_number_option(&text, "skip", U32_MAX, &fault.skip, error);
	err = err ?: sim_arg_end(text, error);
	if (err)
		return err;
	*(strcmp(what, "update") ? &sim_register_fault : &sim_update_fault) = fault;
	return 0;
}

/* The device that a knob names from now on; none if @word is NULL or empty. */
static int sim_set_touch(char **touch, char *word, struct sim_error *error)
{
	char *key = NULL;
	int err;

	if (word && *word) {
		err = sim_unescape(error, word);
		if (err)
			return err;
		key = sim_arg_key(word, error);
		if (!key)
			return -ENOMEM;
	}
	kfree(xchg(touch, key));
	return 0;
}

/* [delay=MILLISECONDS] [errno=NAME] */
int sim_arg_knobs(char **text, u64 *delay, int *failure, struct sim_error *error)
{
	char *name;
	int err;

	err = sim_number_option(text, "delay", TIME_MAX, delay, error);
	if (err)
		return err;
	name = sim_arg_option(text, "errno");
	return name ? sim_find_errno(name, failure, error) : 0;
}

/* poll [delay=MILLISECONDS] [errno=NAME] [touch=DEVICE]; what is not given is off */
int sim_poll_command(char *text, struct sim_error *error)
{
	char *touch;
	u64 delay = 0;
	int err, failure = 0;

	err = sim_arg_knobs(&text, &delay, &failure, error);
	if (err)
		return err;
	touch = sim_arg_option(&text, "touch");
	err = sim_arg_end(text, error) ?: sim_set_touch(&poll_touch, touch, error);
	if (err)
		return err;
	WRITE_ONCE(poll_delay, delay);
	WRITE_ONCE(poll_errno, failure);
	return 0;
}

/* churn DEVICE MILLISECONDS, or churn off */
int sim_churn_command(char *text, struct sim_error *error)
{
	char *name = sim_word(&text);
	char *word = sim_word(&text);
	u64 period = 0;
	int err;

	if (!name)
		return sim_reject(error, -EINVAL, NULL, "a device is missing");
	if (!word && strcmp(name, "off"))
		return sim_reject(error, -EINVAL, name, "how often?");
	err = word ? sim_number(error, word, TIME_MAX, &period) : 0;
	if (!err && word && !period)
		err = sim_reject(error, -ERANGE, word, "at least 1");
	err = err ?: sim_arg_end(text, error) ?:
	      sim_set_touch(&churn_touch, word ? name : NULL, error);
	if (err)
		return err;
	churn_period = period;
	if (period) {
		cancel_delayed_work(&churn_work);
		schedule_delayed_work(&churn_work, 0);
	}
	return 0;
}

void sim_knobs_reset(void)
{
	struct sim_error error = { };

	lockdep_assert_held(&sim_lock);
	sim_register_fault = (struct sim_fault){ };
	sim_update_fault = (struct sim_fault){ };
	sim_set_touch(&poll_touch, NULL, &error);
	sim_set_touch(&churn_touch, NULL, &error);
	WRITE_ONCE(poll_delay, 0);
	WRITE_ONCE(poll_errno, 0);
	churn_period = 0;
}

/*
 * Give a device, if it is there, a fact that it did not have before; but only if
 * its number is @id, when that is not 0.
 */
static void sim_touch_device(const char *key, u32 id)
{
	struct sim_object *object, *next;
	struct sim_error error = { };
	char words[64];
	LIST_HEAD(picked);

	if (!key || sim_objects_pick(SIM_DEVICE, key, &picked, &error))
		return;
	list_for_each_entry_safe(object, next, &picked, picked) {
		if (id && vdev_endpoint_id(object->endpoint) != id)
			list_del_init(&object->picked);
	}
	if (list_empty(&picked))
		return;
	snprintf(words, sizeof(words), "info=touched,value=u64:%llu",
		 ++touched);
	sim_change_picked(&picked, words, &error);
}

static void sim_churn_run(struct work_struct *work)
{
	mutex_lock(&sim_lock);
	if (churn_period) {
		sim_touch_device(churn_touch, 0);
		schedule_delayed_work(&churn_work,
				      msecs_to_jiffies(churn_period));
	}
	mutex_unlock(&sim_lock);
}

/* To be called when no command can come any more, without sim_lock. */
void sim_churn_stop(void)
{
	mutex_lock(&sim_lock);
	sim_knobs_reset();
	mutex_unlock(&sim_lock);
	cancel_delayed_work_sync(&churn_work);
}

/* See struct vdev_provider_ops. */
int sim_poll(struct vdev_endpoint *endpoint, void *priv)
{
	u32 delay = READ_ONCE(poll_delay);
	int err = READ_ONCE(poll_errno);

	if (delay)
		msleep_interruptible(delay);
	atomic64_inc(&sim_stats.polled);
	if (err || !READ_ONCE(poll_touch))
		return err;
	if (!mutex_trylock(&sim_lock))
		return -EBUSY;
	sim_touch_device(poll_touch, vdev_endpoint_id(endpoint));
	mutex_unlock(&sim_lock);
	return 0;
}
