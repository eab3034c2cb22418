// SPDX-License-Identifier: GPL-2.0
/*
 * The simulator: a provider whose parents, types and devices exist only as
 * records, so that everything that can be reported of a device can be shown and
 * tested without one. Here it only starts and stops.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/err.h>
#include <linux/module.h>

#include "sim.h"

static const struct vdev_provider_ops sim_ops = {
	.owner = THIS_MODULE,
	.poll = sim_poll,
	.veto = sim_veto,
	.create = sim_create,
	.configure = sim_configure,
	.remove = sim_remove,
};

static int __init sim_init(void)
{
	int err;

	sim_provider = vdev_provider_register(KBUILD_MODNAME, &sim_ops);
	if (IS_ERR(sim_provider))
		return PTR_ERR(sim_provider);
	err = sim_control_init();
	if (err)
		vdev_provider_unregister(sim_provider);
	return err;
}

/*
 * First no command can come, then nothing changes by itself, then no reader
 * can call back; only then the objects go, without the core's knowledge.
 */
static void __exit sim_exit(void)
{
	sim_control_exit();
	sim_churn_stop();
	vdev_provider_unregister(sim_provider);
	mutex_lock(&sim_lock);
	sim_provider = NULL;
	sim_objects_clear();
	mutex_unlock(&sim_lock);
	pr_info("unloaded, %llu created, %llu destroyed\n", sim_stats.created,
		sim_stats.destroyed);
}

module_init(sim_init);
module_exit(sim_exit);

MODULE_DESCRIPTION("Simulated devices for the vdev family");
MODULE_VERSION(VDEV_VERSION);
MODULE_LICENSE("GPL");
