/* SPDX-License-Identifier: GPL-2.0 OR LGPL-2.1 */
/*
 * The bounds of what is reported of an endpoint. They may grow: user space
 * learns of a bound by the error of a request, or from the policies of the
 * family, and never from a constant.
 */
#ifndef _LINUX_VDEV_LIMITS_H
#define _LINUX_VDEV_LIMITS_H

/* Longest name, in bytes without the terminating NUL. */
#define VDEV_NAME_LEN 63

/* Longest string that is not a name, in bytes without the terminating NUL. */
#define VDEV_STRING_LEN 255

/* Most accepted values (or ranges) of one field. */
#define VDEV_ACCEPT_MAX 64

/* Most versions of one endpoint. */
#define VDEV_VERSIONS_MAX 64

/* Most feature sets of one endpoint. */
#define VDEV_FEATURES_MAX 16

/* Longest feature bitmap, in bytes (16,384 bits). */
#define VDEV_FEATURE_BYTES 2048

/* Most parameters of one endpoint. */
#define VDEV_PARAMS_MAX 64

/* Most allowed values (or ranges) of one parameter. */
#define VDEV_ALLOWED_MAX 64

/* Most blockers of one endpoint. */
#define VDEV_BLOCKERS_MAX 16

/* Most provider-specific facts of one endpoint. */
#define VDEV_INFO_MAX 32

/* Most counters of one device. */
#define VDEV_COUNTERS_MAX 64

/* Most parts of a source that are not known and are findings; further ones are not. */
#define VDEV_UNKNOWN_MAX 64

/* Largest serialised endpoint, in bytes without its ceiling and what is said of its profile. */
#define VDEV_OBJECT_BYTES 24576

/* Most requests that one provider is asked to do at a time. */
#define VDEV_ORDERS_MAX 64

/* Largest ceiling, serialised. */
#define VDEV_CEILING_BYTES 4096

/* Most ceilings. */
#define VDEV_CEILINGS_MAX 1024

/* Most profiles. */
#define VDEV_PROFILES_MAX 256

#endif /* _LINUX_VDEV_LIMITS_H */
