/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * What the files need that are compiled both into the module and into libvdev:
 * bounds.c, ceiling*.c, record.c, check*.c and skew.c. They know no lock, no allocation and no
 * I/O, so little is needed. Records and findings have the same fields in both.
 */
#ifndef _VDEV_PURE_H
#define _VDEV_PURE_H

#ifdef __KERNEL__
#include <linux/bitops.h>
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/math64.h>
#include <linux/string.h>
#include <linux/vdev.h>

#include "finding.h"
#else
#include "model/pure_user.h"
#endif

#endif /* _VDEV_PURE_H */
