// SPDX-License-Identifier: LGPL-2.1
/* The version of the library, which is that of the whole project. */
#include <vdev/version.h>

#include "internal.h"

VDEV_API const char *vdev_version(void)
{
	return VDEV_PACKAGE_VERSION;
}
