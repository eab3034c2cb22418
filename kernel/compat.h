/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The differences between the supported kernels, and the only version tests
 * in the tree. A name here says what is wanted; no kernel name is redefined.
 *
 * A kernel tree needs none of it: there, scripts/patches.py writes what a name means in that
 * kernel where it is used. So from 6.12 on each is a macro, or a function of one expression; no
 * argument is used twice, and none has to be evaluated before another.
 */
#ifndef _VDEV_COMPAT_H
#define _VDEV_COMPAT_H

#include <linux/device.h>
#include <linux/version.h>
#include <linux/workqueue.h>
#include <net/genetlink.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "vdev needs Linux 6.1 or later"
#endif

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
 * Call see() for each socket of the initial network namespace that has joined a
 * group. Before 6.6 the namespace is unknown: there may be one.
 */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 6, 0)
static inline int
vdev_compat_each_member(struct sk_buff *skb, unsigned int group,
			int (*see)(struct sock *sk, struct sk_buff *skb, void *data),
			void *data)
{
	int err = see(NULL, skb, data);

	kfree_skb(skb);
	return err;
}
#else
static inline int
vdev_compat_each_member(struct sk_buff *skb, unsigned int group,
			int (*see)(struct sock *sk, struct sk_buff *skb, void *data),
			void *data)
{
	return netlink_broadcast_filtered(init_net.genl_sock, skb, 0, group, GFP_KERNEL, see, data);
}
#endif

/* Since 6.19 an address that sockets are given has a type that says so. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 19, 0)
#define VDEV_COMPAT_SOCKADDR	struct sockaddr
#else
#define VDEV_COMPAT_SOCKADDR	struct sockaddr_unsized
#endif

/* Since 6.18 a vdpa device has operations of a mapping, too. */
#if IS_ENABLED(CONFIG_VDPA)
#include <linux/vdpa.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 18, 0)
static inline struct vdpa_device *
vdev_compat_vdpa_alloc(const struct vdpa_config_ops *ops, size_t size, const char *name)
{
	return __vdpa_alloc_device(NULL, ops, 1, 1, size, name, false);
}
#else
static inline struct vdpa_device *
vdev_compat_vdpa_alloc(const struct vdpa_config_ops *ops, size_t size, const char *name)
{
	return __vdpa_alloc_device(NULL, ops, NULL, 1, 1, size, name, false);
}
#endif
#endif

/* Before 6.2 a driver freed its VFIO device itself. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define VDEV_COMPAT_VFIO_RELEASE	.release = vfio_free_device,
#else
#define VDEV_COMPAT_VFIO_RELEASE
#endif

/* Before 6.14 what a child is compared with was mutable. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 14, 0)
#define VDEV_COMPAT_MATCHED(name)	void *name
#else
#define VDEV_COMPAT_MATCHED(name)	const void *name
#endif

/* Before 6.4 who follows a class was given his interface too, and the class was mutable. */
#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 4, 0)
#define VDEV_COMPAT_INTERFACE_ARGS(child) \
	struct device *child, struct class_interface *unused

static inline struct class *vdev_compat_class(const struct class *class)
{
	return (struct class *)class;
}
#else
#define VDEV_COMPAT_INTERFACE_ARGS(child)	struct device *child

static inline const struct class *vdev_compat_class(const struct class *class)
{
	return class;
}
#endif

#endif /* _VDEV_COMPAT_H */
