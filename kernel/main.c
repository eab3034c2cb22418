// SPDX-License-Identifier: GPL-2.0
/*
 * Start and end of the vdev core.
 */
#include <linux/module.h>
#include <net/genetlink.h>

#include "core.h"
#include "front.h"
#include "nl.h"
#include "notify.h"
#include "poll.h"
#include "profile.h"

static int __init vdev_init(void)
{
	int err;

	err = vdev_registry_init();
	if (err)
		return err;
	err = vdev_polls_init();
	if (err)
		goto exit_registry;
	err = vdev_front_register(&vdev_nl_front);
	if (err)
		goto exit_polls;
	return 0;

exit_polls:
	vdev_polls_exit();
exit_registry:
	vdev_registry_exit();
	return err;
}

static void __exit vdev_exit(void)
{
	vdev_events_flush();
	vdev_front_unregister();
	vdev_events_exit();
	vdev_rounds_stop();
	vdev_polls_exit();
	vdev_profiles_exit();
	vdev_registry_exit();
	vdev_endpoints_exit();
}

module_init(vdev_init);
module_exit(vdev_exit);

MODULE_DESCRIPTION("Migration capability of virtual devices");
MODULE_ALIAS_GENL_FAMILY(VDEV_FAMILY_NAME);
MODULE_LICENSE("GPL");
