/* SPDX-License-Identifier: GPL-2.0 */
/* What is exported of this host beside its endpoints, and where its files are. */
#ifndef VDEVCTL_HOST_H
#define VDEVCTL_HOST_H

struct host {
	char machine[65];
	char kernel_release[65];
	const char *vdev_version;
};

/* Room for a time as host_time() writes it. */
#define HOST_TIME_SIZE 40

/* Now, in UTC, as 2020-02-29T12:34:56.123456Z. */
void host_time(char buffer[HOST_TIME_SIZE]);

/* Nothing by which hosts of the same make differ. */
void host_get(struct host *host);

/*
 * Where profiles are, ended by NULL; a file takes precedence over one of the same name in a later
 * directory.
 */
extern const char *const host_profile_dirs[];

/* Where ceilings are kept. */
extern const char *const host_ceilings;

/* What is wanted of "libvirt hook". */
extern const char *const host_policy;

/* Where sysfs is. */
extern const char *const host_sysfs;

#endif /* VDEVCTL_HOST_H */
