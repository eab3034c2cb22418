/* SPDX-License-Identifier: LGPL-2.1 */
/* What every file of the library needs: small macros. */
#ifndef VDEV_INTERNAL_H
#define VDEV_INTERNAL_H

/* Marks the functions that the shared library exports; see libvdev.map. */
#define VDEV_API __attribute__((visibility("default")))

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#endif /* VDEV_INTERNAL_H */
