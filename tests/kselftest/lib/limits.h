/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The bounds that the documentation promises. They are no constants of the
 * header, and a test does not take them from what it tests.
 */
#ifndef _TESTS_LIMITS_H
#define _TESTS_LIMITS_H

#define VDEV_NAME_LEN		63
#define VDEV_STRING_LEN		255
#define VDEV_ACCEPT_MAX		64
#define VDEV_VERSIONS_MAX	64
#define VDEV_FEATURES_MAX	16
#define VDEV_FEATURE_BYTES	2048
#define VDEV_PARAMS_MAX		64
#define VDEV_ALLOWED_MAX	64
#define VDEV_BLOCKERS_MAX	16
#define VDEV_INFO_MAX		32
#define VDEV_OBJECT_BYTES	24576
#define VDEV_PROFILES_MAX	256
#define VDEV_UNKNOWN_MAX	64

#endif /* _TESTS_LIMITS_H */
