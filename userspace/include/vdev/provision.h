/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Devices that are created, configured and removed by request, where their provider offers it
 * (vdev_object_operations()). A change requires CAP_NET_ADMIN in the initial user namespace.
 *
 * All of an order is validated by the record of the type, or of the device, before the provider
 * is asked: a request that is rejected has changed nothing. A request that was accepted goes on
 * also if nobody waits for it: after -ETIMEDOUT, or if the process was killed, the device is
 * there as ordered, or as it was before.
 */
#ifndef VDEV_PROVISION_H
#define VDEV_PROVISION_H

#include <vdev/error.h>
#include <vdev/object.h>
#include <vdev/request.h>
#include <vdev/sock.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * struct vdev_order - what a device is to be
 * @name: name of the new device on the bus of its type; NULL but for vdev_dev_new()
 * @version: the device version, one that can be created; NULL to choose none
 * @features: feature sets of which bits are chosen; of each, @name and @provisioned have a
 *	meaning, and nothing else
 * @num_features: length of @features
 * @params: parameters that are chosen; of each, @name and @value have a meaning, and nothing
 *	else; the value must be of the parameter's type
 * @num_params: length of @params
 * @count: how many instances are aggregated; 0 to choose none
 * @partial: of vdev_dev_set() alone: parameters that are not chosen stay as they are
 * @dry_run: whether it could be done is asked, and nothing is changed; there is no object then
 * @expect: the type of the new device, or the device that is changed, must not have changed
 *	after this generation; 0 to let it
 * @instance: the instance of the family that @expect was read from; ignored if that is 0
 *
 * What is not chosen: a parameter has its off value. One without an off value has the value of
 * the type in a new device, and keeps its own in one that exists. All else is what the type
 * gives if nobody chooses, or stays as it is in a device that exists.
 *
 * To be zeroed before it is filled in. The call copies what it needs.
 */
struct vdev_order {
	const char *name;
	const char *version;
	const struct vdev_feature *features;
	unsigned int num_features;
	const struct vdev_param *params;
	unsigned int num_params;
	uint32_t count;
	bool partial;
	bool dry_run;
	uint64_t expect;
	uint32_t instance;
};

/**
 * vdev_order_check() - validate an order against an endpoint without asking the kernel
 * @object: the type of the new device, or the device that is to be configured
 * @order: the order
 * @size: size of *@order, as the caller knows it
 * @error: where to put what is rejected, and why; may be NULL
 *
 * By the code with which the kernel does it. What only the provider knows is left to it, and so
 * is what may have changed since the object was read.
 *
 * Return: 0; -EOPNOTSUPP if the provider offers no such operation; -EINVAL, -ERANGE or
 * -EMSGSIZE if something cannot be chosen; -ENOSPC if the type has no capacity; -ENOMEM.
 */
int vdev_order_check(const struct vdev_object *object, const struct vdev_order *order, size_t size,
		     struct vdev_error *error);

/**
 * vdev_dev_new() - create a device
 * @sock: the socket
 * @type: the type that it is to be of
 * @order: what it is to be; @name is needed
 * @size: size of *@order, as the caller knows it
 * @object: where to put the device, to be freed with vdev_object_free(); NULL after a failure
 *	and after a dry run; may be NULL
 *
 * Return: 0, or a negative errno: -ENODEV if there is no such type, -EOPNOTSUPP if its provider
 * creates none, -EEXIST if the name is taken (the attribute of vdev_sock_error() is "name"),
 * -EINVAL or -ERANGE if something cannot be chosen (the attribute is as "order.param"), -ENOSPC
 * if there is no capacity, -EBUSY if a device of that name is just being created or the provider
 * has too much to do, -ESTALE if the type changed after the generation that is expected, -EPERM;
 * or what the provider rejects it with. vdev_sock_error() has more.
 */
int vdev_dev_new(struct vdev_sock *sock, const struct vdev_handle *type,
		 const struct vdev_order *order, size_t size, struct vdev_object **object);

/**
 * vdev_dev_set() - give a device other values
 * @sock: the socket
 * @device: the device
 * @order: what it is to be
 * @size: size of *@order, as the caller knows it
 * @object: where to put the device as it is then, to be freed with vdev_object_free(); NULL
 *	after a failure and after a dry run; may be NULL
 *
 * Return: 0, or a negative errno as of vdev_dev_new(); -EBUSY also if the device is in use, or
 * if something is just done to it.
 */
int vdev_dev_set(struct vdev_sock *sock, const struct vdev_handle *device,
		 const struct vdev_order *order, size_t size, struct vdev_object **object);

/**
 * vdev_dev_del() - remove a device
 * @sock: the socket
 * @device: the device
 * @order: whether it is a dry run, and the generation that is expected; nothing else may be
 *	chosen. May be NULL.
 * @size: size of *@order, as the caller knows it
 * @object: where to put the device as it was last, to be freed with vdev_object_free(); NULL
 *	after a failure and after a dry run; may be NULL
 *
 * Return: 0, or a negative errno as of vdev_dev_set().
 */
int vdev_dev_del(struct vdev_sock *sock, const struct vdev_handle *device,
		 const struct vdev_order *order, size_t size, struct vdev_object **object);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_PROVISION_H */
