/* SPDX-License-Identifier: LGPL-2.1 */
/* Which version of the library is in use. */
#ifndef VDEV_VERSION_H
#define VDEV_VERSION_H

#ifdef __cplusplus
extern "C" {
#endif

/**
 * vdev_version() - the version of the library that the program runs with
 *
 * Until its ABI is declared stable, the library has the soname libvdev.so.0, and a program
 * must run with the version that it was built with: here it can see whether it does.
 *
 * Return: numbers and dots, such as "0.4.0"; constant.
 */
const char *vdev_version(void);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_VERSION_H */
