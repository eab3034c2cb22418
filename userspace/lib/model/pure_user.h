/* SPDX-License-Identifier: LGPL-2.1 */
/* The kernel's words of pure.h, in user space. */
#ifndef VDEV_PURE_USER_H
#define VDEV_PURE_USER_H

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <vdev/check.h>

#include "internal.h"
#include "kernel/include/linux/vdev_limits.h"
#include "record.h"

typedef uint32_t u32;
typedef uint64_t u64;

#define BIT(n) (1UL << (n))
#define S64_MAX INT64_MAX
#define U64_MAX UINT64_MAX
#define U32_MAX UINT32_MAX
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define scnprintf snprintf
#define vscnprintf vsnprintf
#define hweight64(word) ((u32)__builtin_popcountll(word))
#define __printf(text, first) __attribute__((format(printf, text, first)))

static inline u64 div_u64_rem(u64 dividend, u32 divisor, u32 *rest)
{
	*rest = (u32)(dividend % divisor);
	return dividend / divisor;
}

#endif /* VDEV_PURE_USER_H */
