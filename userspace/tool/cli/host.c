// SPDX-License-Identifier: GPL-2.0
/* What is exported of this host, and what is on it; tests have answers of their own. */
#include <stddef.h>
#include <stdio.h>
#include <sys/utsname.h>
#include <time.h>

#include "host.h"

void host_get(struct host *host)
{
	struct utsname name = { 0 };

	/* Fails for a bad address only. */
	uname(&name);
	snprintf(host->machine, sizeof(host->machine), "%s", name.machine);
	snprintf(host->kernel_release, sizeof(host->kernel_release), "%s", name.release);
	host->vdev_version = VDEV_PACKAGE_VERSION;
}

void host_time(char buffer[HOST_TIME_SIZE])
{
	struct timespec now;
	struct tm parts;
	size_t len;

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &parts);
	len = strftime(buffer, HOST_TIME_SIZE, "%FT%T", &parts);
	snprintf(buffer + len, HOST_TIME_SIZE - len, ".%06ldZ", now.tv_nsec / 1000);
}

const char *const host_profile_dirs[] = {
	VDEV_SYSCONFDIR "/vdev/profiles.d",
	VDEV_DATADIR "/vdev/profiles.d",
	NULL,
};

const char *const host_ceilings = VDEV_SYSCONFDIR "/vdev/ceilings.conf";
const char *const host_policy = VDEV_SYSCONFDIR "/vdev/libvirt.conf";

const char *const host_sysfs = "/sys";
