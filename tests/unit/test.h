/* SPDX-License-Identifier: GPL-2.0 */
/* What every unit test includes, in the order that cmocka asks for. */
#ifndef TEST_H
#define TEST_H

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <vdev/vdev.h>

#define TEST_ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif /* TEST_H */
