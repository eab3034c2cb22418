/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The differences between the supported kernels, and the only version tests
 * in the tree. A name here says what is wanted; no kernel name is redefined.
 */
#ifndef _VDEV_COMPAT_H
#define _VDEV_COMPAT_H

#include <linux/device.h>
#include <linux/version.h>
#include <net/genetlink.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
static inline struct nlattr **vdev_compat_dump_attrs(struct netlink_callback *cb)
{
	return genl_dumpit_info(cb)->attrs;
}
#else
static inline struct nlattr **vdev_compat_dump_attrs(struct netlink_callback *cb)
{
	return genl_info_dump(cb)->attrs;
}
#endif

/* Before 6.4 the driver core took the bus as a mutable pointer. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
static inline struct bus_type *vdev_compat_bus(const struct bus_type *bus)
{
	return (struct bus_type *)bus;
}
#else
static inline const struct bus_type *vdev_compat_bus(const struct bus_type *bus)
{
	return bus;
}
#endif

/* Before 6.2 the text of an acknowledgment had to be a constant. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
static inline void vdev_compat_extack_text(struct netlink_ext_ack *extack,
					   const char *text)
{
	NL_SET_ERR_MSG(extack, "out of bounds");
}
#else
static inline void vdev_compat_extack_text(struct netlink_ext_ack *extack,
					   const char *text)
{
	NL_SET_ERR_MSG_FMT(extack, "%.*s", NETLINK_MAX_FMTMSG_LEN - 1, text);
}
#endif

#endif /* _VDEV_COMPAT_H */
