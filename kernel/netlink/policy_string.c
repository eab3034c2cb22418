// SPDX-License-Identifier: GPL-2.0
/*
 * What the policy of a string checks beside its length. The policies are in policy.c.
 */
#include <linux/string.h>

#include "policy.h"

/**
 * vdev_nl_string_check() - part of a policy: nothing is behind a string
 * @attr: the string, which ends in NUL
 * @extack: where an error is reported
 *
 * A profile is reported as it was set, in the bytes of the request.
 *
 * Return: 0 or -EINVAL.
 */
int vdev_nl_string_check(const struct nlattr *attr,
			 struct netlink_ext_ack *extack)
{
	if (strlen(nla_data(attr)) + 1 == nla_len(attr))
		return 0;
	NL_SET_ERR_MSG_ATTR(extack, attr, "string ends before its attribute");
	return -EINVAL;
}
