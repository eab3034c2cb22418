/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files with policies share.
 */
#ifndef _VDEV_NL_POLICY_H
#define _VDEV_NL_POLICY_H

#include <linux/vdev.h>
#include <net/netlink.h>

#include "compat.h"

#define VDEV_STRING_OF(max)	{ \
	.type = NLA_NUL_STRING, \
	.validation_type = NLA_VALIDATE_FUNCTION, \
	.len = (max), \
	.validate = vdev_nl_string_check, \
}

#define VDEV_NAME_POLICY	VDEV_STRING_OF(VDEV_NAME_LEN)
#define VDEV_STRING_POLICY	VDEV_STRING_OF(VDEV_STRING_LEN)
/* An attribute that is not part of the request. */
#define VDEV_REJECT_POLICY	{ \
	.type = NLA_REJECT, \
	.reject_message = "attribute is not part of this request", \
}

int vdev_nl_string_check(const struct nlattr *attr,
			 struct netlink_ext_ack *extack);

extern const struct nla_policy vdev_nl_record_policy[VDEV_A_RECORD_MAX + 1];
extern const struct nla_policy vdev_nl_cost_policy[VDEV_A_COST_MAX + 1];
extern const struct nla_policy vdev_nl_source_policy[VDEV_A_SOURCE_MAX + 1];

#endif /* _VDEV_NL_POLICY_H */
