// SPDX-License-Identifier: GPL-2.0
/*
 * Start and end of the vdev core.
 */
#include <linux/init.h>
#include <linux/module.h>
#include <net/genetlink.h>

#include "codec/contract.h"
#include "core/ceiling.h"
#include "core/core.h"
#include "core/events.h"
#include "core/poll.h"
#include "core/profile.h"
#include "netlink/family.h"
#include "netlink/netlink.h"
#include "netlink/notify.h"
#include "netlink/policy.h"
#include "netlink/provision.h"

static int __init vdev_init(void)
{
	int err;

	err = vdev_contracts_init();
	if (err)
		return err;
	err = vdev_registry_init();
	if (err)
		goto exit_contracts;
	err = vdev_polls_init();
	if (err)
		goto exit_registry;
	vdev_events_register(&vdev_notify_ops);
	err = vdev_nl_relaxed_init();
	if (err)
		goto exit_polls;
	err = vdev_provision_init();
	if (err)
		goto exit_relaxed;
	err = vdev_family_register(&vdev_nl_tables);
	if (err)
		goto exit_provision;
	return 0;

exit_provision:
	vdev_provision_exit();
exit_relaxed:
	vdev_nl_relaxed_exit();
exit_polls:
	vdev_polls_exit();
exit_registry:
	vdev_registry_exit();
exit_contracts:
	vdev_contracts_exit();
	return err;
}

static void __exit vdev_exit(void)
{
	vdev_notify_flush();
	vdev_family_unregister();
	vdev_provision_exit();
	vdev_nl_relaxed_exit();
	vdev_notify_exit();
	vdev_rounds_stop();
	vdev_polls_exit();
	vdev_profiles_exit();
	vdev_limits_exit();
	vdev_registry_exit();
	vdev_endpoints_exit();
}

/* Before the drivers that call it. */
subsys_initcall(vdev_init);
module_exit(vdev_exit);

MODULE_DESCRIPTION("Migration capability of virtual devices");
MODULE_ALIAS_GENL_FAMILY(VDEV_FAMILY_NAME);
MODULE_VERSION(VDEV_VERSION);
MODULE_LICENSE("GPL");
