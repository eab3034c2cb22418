/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The policy of a running command, as the kernel reports it on
 * CTRL_CMD_GETPOLICY.
 */
#ifndef _TESTS_POLICY_H
#define _TESTS_POLICY_H

#include <stdint.h>

#define POLICY_ATTRS	64	/* more than any set has */
#define POLICY_NESTS	32	/* more than any command has */
#define POLICY_UINT	17	/* NL_ATTR_TYPE_UINT, which headers have since 6.7 */

/**
 * struct policy_attr - what is accepted of one attribute
 * @type: NL_ATTR_TYPE_*, or 0 if the attribute is not accepted
 * @max_len: longest payload, or 0 if that is not reported
 * @nested: index of the policy of what is in it, or -1
 */
struct policy_attr {
	uint32_t type;
	uint32_t max_len;
	int nested;
};

/**
 * struct policy - what a command accepts
 * @do_index: index of the policy of a request for one object, or -1
 * @dump_index: index of the policy of a request for a dump, or -1
 * @attrs: by index and attribute
 */
struct policy {
	int do_index;
	int dump_index;
	struct policy_attr attrs[POLICY_NESTS][POLICY_ATTRS];
};

int policy_read(int fd, int family, uint8_t command, struct policy *policy);

#endif /* _TESTS_POLICY_H */
