/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the core has only for its KUnit tests.
 */
#ifndef _VDEV_EXPORTS_H
#define _VDEV_EXPORTS_H

struct module;

struct module *vdev_test_core(void);

#endif /* _VDEV_EXPORTS_H */
