// SPDX-License-Identifier: GPL-2.0
/*
 * The generation in a request: one that the requester can have read.
 */
#include <net/netlink.h>

#include "compat.h"
#include "core/core.h"
#include "netlink.h"

/**
 * vdev_nl_generation_check() - can a request know of a generation?
 * @nest: the attribute that both are in; NULL if they are in none
 * @attrs: the attributes of the request, or of the nest
 * @type: the one that is the generation, if there is one
 * @instance_type: the one that says of which instance it is
 * @extack: where an error is reported
 *
 * Return: 0; -EINVAL if one is given without the other, -ESTALE if the generation
 * was read from another instance, or is one that is still to come.
 */
int vdev_nl_generation_check(const struct nlattr *nest, struct nlattr **attrs,
			     int type, int instance_type,
			     struct netlink_ext_ack *extack)
{
	const struct nlattr *attr = attrs[type];
	const struct nlattr *instance = attrs[instance_type];

	if (!attr && !instance)
		return 0;
	if (!attr || !instance) {
		NL_SET_ERR_ATTR_MISS(extack, nest, attr ? instance_type : type);
		return -EINVAL;
	}
	if (nla_get_u32(instance) != vdev_instance()) {
		NL_SET_ERR_MSG_ATTR(extack, instance,
				    "that generation is of another instance");
		return -ESTALE;
	}
	if (vdev_compat_get_uint(attr) > vdev_generation()) {
		NL_SET_ERR_MSG_ATTR(extack, attr,
				    "that generation has not been reached");
		return -ESTALE;
	}
	return 0;
}

/**
 * vdev_nl_expect_check() - has the target of a request not changed, as that expects?
 * @attrs: the attributes of the request
 * @generation: generation of the target's last change
 * @extack: where an error is reported
 *
 * Return: 0, also if nothing is expected; what vdev_nl_generation_check() returns, or
 * -ESTALE if the target has changed.
 */
int vdev_nl_expect_check(struct nlattr **attrs, u64 generation,
			 struct netlink_ext_ack *extack)
{
	const struct nlattr *expect = attrs[VDEV_A_EXPECT];
	int err;

	err = vdev_nl_generation_check(NULL, attrs, VDEV_A_EXPECT, VDEV_A_INSTANCE,
				       extack);
	if (err || !expect)
		return err;
	if (generation > vdev_compat_get_uint(expect)) {
		NL_SET_ERR_MSG_ATTR(extack, expect, "the target has changed");
		return -ESTALE;
	}
	return 0;
}
