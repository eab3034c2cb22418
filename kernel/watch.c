// SPDX-License-Identifier: GPL-2.0
/*
 * Facts that change without an event are read again before a reader is
 * answered. Who listens is a reader who does not ask: as long as there is one,
 * the providers are let read at an interval, and what has changed is an event.
 *
 * No kernel before 6.9 tells a family that somebody joins its group. So this
 * starts with the first read or event after that, which is no loss: who has
 * read nothing, and was told nothing, knows of nothing that could change.
 */
#include <linux/jiffies.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/workqueue.h>

#include "core.h"
#include "notify.h"

static void look(struct work_struct *unused)
{
	if (vdev_listened_to())
		vdev_providers_refresh();
}

static DECLARE_DELAYED_WORK(next_look, look);
static unsigned int refresh_ms = 1000;
/* Both are guarded by the lock of the module's parameters. */
static bool stopped;

static unsigned long interval(void)
{
	return msecs_to_jiffies(READ_ONCE(refresh_ms));
}

static int set_refresh_ms(const char *text, const struct kernel_param *param)
{
	int err;

	err = param_set_uint_minmax(text, param, 10, 3600 * MSEC_PER_SEC);
	if (!err && !stopped && vdev_listened_to())
		mod_delayed_work(system_power_efficient_wq, &next_look,
				 interval());
	return err;
}

static const struct kernel_param_ops refresh_ms_ops = {
	.set = set_refresh_ms,
	.get = param_get_uint,
};

module_param_cb(refresh_ms, &refresh_ms_ops, &refresh_ms, 0644);
MODULE_PARM_DESC(refresh_ms,
		 "Milliseconds between two looks at facts that change without an event, while somebody listens (10 to 3600000)");

/**
 * vdev_watch() - have the providers read again in a while, if somebody listens
 *
 * Context: Any.
 */
void vdev_watch(void)
{
	if (vdev_listened_to())
		queue_delayed_work(system_power_efficient_wq, &next_look,
				   interval());
}

/**
 * vdev_watch_stop() - end it
 *
 * The family is gone, and the providers with it.
 *
 * Context: Process context, no lock held. May sleep.
 */
void vdev_watch_stop(void)
{
	/* The parameter can be written until the module is freed. */
	kernel_param_lock(THIS_MODULE);
	stopped = true;
	kernel_param_unlock(THIS_MODULE);
	cancel_delayed_work_sync(&next_look);
}
