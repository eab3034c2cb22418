/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The differences between the supported kernels, and the only version tests
 * in the tree. A name here says what is wanted; no kernel name is redefined.
 */
#ifndef _VDEV_COMPAT_H
#define _VDEV_COMPAT_H

#include <linux/device.h>
#include <linux/version.h>
#include <linux/workqueue.h>
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

/*
 * A number of 4 or of 8 bytes, whichever is enough, that needs no alignment.
 * Before 6.7 netlink had none.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 7, 0)
static inline int vdev_compat_put_uint(struct sk_buff *skb, int attrtype,
				       u64 number)
{
	u32 small = number;

	if (small == number)
		return nla_put_u32(skb, attrtype, small);
	return nla_put(skb, attrtype, sizeof(number), &number);
}

static inline u64 vdev_compat_get_uint(const struct nlattr *attr)
{
	return nla_len(attr) == sizeof(u32) ? nla_get_u32(attr) :
					      nla_get_u64(attr);
}

static inline int vdev_compat_uint_check(const struct nlattr *attr,
					 struct netlink_ext_ack *extack)
{
	if (nla_len(attr) == sizeof(u32) || nla_len(attr) == sizeof(u64))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "invalid attribute length");
	return -EINVAL;
}

#define VDEV_COMPAT_POLICY_UINT \
	NLA_POLICY_VALIDATE_FN(NLA_BINARY, vdev_compat_uint_check)
#else
static inline int vdev_compat_put_uint(struct sk_buff *skb, int attrtype,
				       u64 number)
{
	return nla_put_uint(skb, attrtype, number);
}

static inline u64 vdev_compat_get_uint(const struct nlattr *attr)
{
	return nla_get_uint(attr);
}

#define VDEV_COMPAT_POLICY_UINT	{ .type = NLA_UINT }
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

/* Since 6.17 a workqueue that is not unbound has to say so. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 17, 0)
#define VDEV_COMPAT_WQ_PERCPU	0
#else
#define VDEV_COMPAT_WQ_PERCPU	WQ_PERCPU
#endif

/*
 * Has a socket of the initial network namespace joined a group that somebody has
 * joined? Before 6.6 its namespace is unknown.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
static inline bool vdev_compat_has_members(const struct genl_family *family,
					   unsigned int group)
{
	return true;
}
#else
static inline int vdev_compat_see_member(struct sock *sk, struct sk_buff *skb,
					 void *found)
{
	*(bool *)found = true;
	return 1; /* it gets nothing */
}

static inline bool vdev_compat_has_members(const struct genl_family *family,
					   unsigned int group)
{
	struct sk_buff *skb = nlmsg_new(0, GFP_KERNEL);
	bool found = false;

	if (!skb)
		return true;
	netlink_broadcast_filtered(init_net.genl_sock, skb, 0,
				   family->mcgrp_offset + group, GFP_KERNEL,
				   vdev_compat_see_member, &found);
	return found;
}
#endif

/* Since 6.18 a vdpa device has operations of a mapping, too. */
#if IS_ENABLED(CONFIG_VDPA)
#include <linux/vdpa.h>

static inline struct vdpa_device *
vdev_compat_vdpa_alloc(const struct vdpa_config_ops *ops, const char *name)
{
	const size_t size = sizeof(struct vdpa_device);

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 18, 0)
	return __vdpa_alloc_device(NULL, ops, 1, 1, size, name, false);
#else
	return __vdpa_alloc_device(NULL, ops, NULL, 1, 1, size, name, false);
#endif
}
#endif

/* Before 6.2 a driver freed its VFIO device itself. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define VDEV_COMPAT_VFIO_RELEASE	vfio_free_device
#else
#define VDEV_COMPAT_VFIO_RELEASE	NULL
#endif

/* Before 6.14 what a child is compared with was mutable. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
static inline int vdev_compat_is_of_class(struct device *dev, void *class)
#else
static inline int vdev_compat_is_of_class(struct device *dev, const void *class)
#endif
{
	return dev->class == class;
}

/**
 * struct vdev_compat_interface - who is called about the devices of a class
 * @interface: the kernel's; set by vdev_compat_interface_init()
 * @add: a device is there
 * @remove: it goes
 *
 * Before 6.4 the callbacks were given the interface too, and the class was mutable.
 */
struct vdev_compat_interface {
	struct class_interface interface;
	int (*add)(struct device *child);
	void (*remove)(struct device *child);
};

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
static inline int vdev_compat_interface_add(struct device *child,
					    struct class_interface *interface)
{
	return container_of(interface, struct vdev_compat_interface,
			    interface)->add(child);
}

static inline void vdev_compat_interface_remove(struct device *child,
						struct class_interface *interface)
{
	container_of(interface, struct vdev_compat_interface,
		     interface)->remove(child);
}

static inline void vdev_compat_interface_init(struct vdev_compat_interface *compat,
					      const struct class *class)
{
	compat->interface.class = (struct class *)class;
	compat->interface.add_dev = vdev_compat_interface_add;
	compat->interface.remove_dev = vdev_compat_interface_remove;
}
#else
static inline void vdev_compat_interface_init(struct vdev_compat_interface *compat,
					      const struct class *class)
{
	compat->interface.class = class;
	compat->interface.add_dev = compat->add;
	compat->interface.remove_dev = compat->remove;
}
#endif

#endif /* _VDEV_COMPAT_H */
