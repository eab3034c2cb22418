// SPDX-License-Identifier: GPL-2.0
/*
 * What can be made to go wrong, or to change by itself: failing
 * registrations and changes, a slow refresh, a refresh that changes a fact, a
 * fact that changes all the time.
 *
 * The knobs are guarded by sim_lock; the refresh callback reads the delay, and
 * whether there is something to touch, without it, so that a slow reader does
 * not hold up commands, and a long command does not hold up readers.
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

/**
 * struct fault - failures that are to happen
 * @skip: how often it goes well before
 * @count: how often it fails then
 * @err: what it fails with
 */
struct fault {
	u64 skip;
	u64 count;
	int err;
};

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
static struct fault register_fault, update_fault;
static u32 refresh_delay;
static char *refresh_touch;
static char *churn_touch;
static u32 churn_period;
static u64 touched;

static void churn(struct work_struct *work);
static DECLARE_DELAYED_WORK(churn_work, churn);

static int fault_now(struct fault *fault)
{
	lockdep_assert_held(&sim_lock);
	if (!fault->count)
		return 0;
	if (fault->skip) {
		fault->skip--;
		return 0;
	}
	fault->count--;
	sim_stats.injected++;
	return fault->err;
}

/* An errno if the next registration is to fail, else 0. */
int sim_fail_register(void)
{
	return fault_now(&register_fault);
}

/* An errno if the next change is to fail, else 0. */
int sim_fail_update(void)
{
	return fault_now(&update_fault);
}

static int find_errno(const char *name, int *err, struct sim_error *error)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(errnos); i++) {
		if (!strcmp(errnos[i].name, name)) {
			*err = errnos[i].err;
			return 0;
		}
	}
	return sim_refuse(error, -EINVAL, name, "no such errno");
}

static int number_option(char **text, const char *name, u64 most, u64 *number,
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
	struct fault fault = { .err = -ENOMEM };
	char *name;
	int err;

	if (!count)
		return -EINVAL;
	if (strcmp(what, "register") && strcmp(what, "update"))
		return sim_refuse(error, -EINVAL, what,
				  "neither register nor update");
	err = sim_number(error, count, U32_MAX, &fault.count);
	if (err)
		return err;
	name = sim_arg_option(&text, "errno");
	err = name ? find_errno(name, &fault.err, error) : 0;
	err = err ?: number_option(&text, "skip", U32_MAX, &fault.skip, error);
	err = err ?: sim_arg_end(text, error);
	if (err)
		return err;
	*(strcmp(what, "update") ? &register_fault : &update_fault) = fault;
	return 0;
}

/* The device that a knob names from now on; none if @word is NULL or empty. */
static int set_touch(char **touch, char *word, struct sim_error *error)
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

/* refresh [delay=MILLISECONDS] [touch=DEVICE]; what is not given is off */
int sim_refresh_command(char *text, struct sim_error *error)
{
	u64 delay = 0;
	char *touch;
	int err;

	err = number_option(&text, "delay", TIME_MAX, &delay, error);
	if (err)
		return err;
	touch = sim_arg_option(&text, "touch");
	err = sim_arg_end(text, error) ?:
	      set_touch(&refresh_touch, touch, error);
	if (!err)
		WRITE_ONCE(refresh_delay, delay);
	return err;
}

/* churn DEVICE MILLISECONDS, or churn off */
int sim_churn_command(char *text, struct sim_error *error)
{
	char *name = sim_word(&text);
	char *word = sim_word(&text);
	u64 period = 0;
	int err;

	if (!name)
		return sim_refuse(error, -EINVAL, NULL, "a device is missing");
	if (!word && strcmp(name, "off"))
		return sim_refuse(error, -EINVAL, name, "how often?");
	err = word ? sim_number(error, word, TIME_MAX, &period) : 0;
	if (!err && word && !period)
		err = sim_refuse(error, -ERANGE, word, "at least 1");
	err = err ?: sim_arg_end(text, error) ?:
	      set_touch(&churn_touch, word ? name : NULL, error);
	if (err)
		return err;
	churn_period = period;
	if (period)
		mod_delayed_work(system_wq, &churn_work, 0);
	return 0;
}

void sim_knobs_reset(void)
{
	struct sim_error error = { };

	lockdep_assert_held(&sim_lock);
	register_fault = (struct fault){ };
	update_fault = (struct fault){ };
	set_touch(&refresh_touch, NULL, &error);
	set_touch(&churn_touch, NULL, &error);
	WRITE_ONCE(refresh_delay, 0);
	churn_period = 0;
}

/*
 * Give a device, if it is there, a fact that it did not have before; but only if
 * its number is @id, when that is not 0.
 */
static void touch_device(const char *key, u32 id)
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

static void churn(struct work_struct *work)
{
	mutex_lock(&sim_lock);
	if (churn_period) {
		touch_device(churn_touch, 0);
		queue_delayed_work(system_wq, &churn_work,
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

/* A reader is about to be answered; called by the core. */
void sim_refresh(void *priv, u32 id)
{
	u32 delay = READ_ONCE(refresh_delay);

	if (delay)
		msleep_interruptible(delay);
	atomic64_inc(&sim_stats.refreshed);
	if (!READ_ONCE(refresh_touch))
		return;
	mutex_lock(&sim_lock);
	touch_device(refresh_touch, id);
	mutex_unlock(&sim_lock);
}
