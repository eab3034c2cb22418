/* SPDX-License-Identifier: GPL-2.0 */
/* Two sides with one parameter each, "p", and what is expected of it. */
#ifndef EXPECT_PARAM_H
#define EXPECT_PARAM_H

#include "expect.h"

#define U64(n)		{ .type = VDEV_VALUE_TYPE_U64, .u64 = (n) }
#define STRING(s)	{ .type = VDEV_VALUE_TYPE_STRING, .string = (s) }
#define BOOL(b)		{ .type = VDEV_VALUE_TYPE_BOOL, .boolean = (b) }
#define NONE		{ .type = 0 }

extern struct vdev_param from_param, to_param;

/* Both sides have the parameter, without a value. */
void params(uint32_t type);

/* Judge; there is this finding about it. */
void expect_param(uint32_t code);

#endif /* EXPECT_PARAM_H */
