// SPDX-License-Identifier: LGPL-2.1
/* Files of sysfs, which are read with a bound and never waited for. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "sysfs.h"

int vdev_sysfs_path(struct vdev_provisioner *provisioner, char path[PATH_MAX],
		    const char *format, ...)
{
	int len = snprintf(path, PATH_MAX, "%s/", provisioner->sysfs);
	va_list args;

	va_start(args, format);
	len += vsnprintf(path + len, (size_t)(PATH_MAX - len), format, args);
	va_end(args);
	if (len < PATH_MAX)
		return 0;
	return vdev_error_say(&provisioner->error, -ENAMETOOLONG, "a path in sysfs is too long");
}

static bool sysfs_join(char path[PATH_MAX], const char *folder, const char *name)
{
	return (size_t)snprintf(path, PATH_MAX, "%s/%s", folder, name) < PATH_MAX;
}

bool vdev_sysfs_has(const char *folder, const char *name)
{
	char path[PATH_MAX];
	struct stat status;

	return sysfs_join(path, folder, name) && lstat(path, &status) == 0 &&
	       (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode));
}

/* The errno in the words of the C library, after the path. */
static int sysfs_fail(struct vdev_provisioner *provisioner, const char *path, int code)
{
	return vdev_error_say(&provisioner->error, -code, "%.256s: %s", path, strerror(code));
}

/* A link would lead elsewhere, and a FIFO would be waited for. */
static int sysfs_open(struct vdev_provisioner *provisioner, const char *path, int flags, int *fd)
{
	struct stat status;

	*fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (*fd >= 0 && fstat(*fd, &status) == 0 && S_ISREG(status.st_mode))
		return 0;
	if (*fd >= 0)
		close(*fd);
	else if (errno != ELOOP && errno != ENXIO)
		return sysfs_fail(provisioner, path, errno);
	return vdev_error_say(&provisioner->error, -EINVAL, "%.256s: not a plain file", path);
}

/* As much as there is; the bound is passed where there is more. */
static ssize_t sysfs_take(int fd, char *text, size_t size)
{
	size_t len = 0;
	ssize_t n = 1;

	while (n > 0 && len < size) {
		n = read(fd, text + len, size - len);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n < 0)
			return -errno;
		else
			len += (size_t)n;
	}
	return (ssize_t)len;
}

int vdev_sysfs_read(struct vdev_provisioner *provisioner, const char *folder, const char *name,
		    char text[SYSFS_TEXT_SIZE])
{
	char path[PATH_MAX];
	ssize_t len;
	int fd, err;

	text[0] = '\0';
	if (!sysfs_join(path, folder, name))
		return sysfs_fail(provisioner, folder, ENAMETOOLONG);
	err = sysfs_open(provisioner, path, O_RDONLY, &fd);
	if (err)
		return err;
	len = sysfs_take(fd, text, SYSFS_TEXT_SIZE);
	close(fd);
	if (len < 0)
		return sysfs_fail(provisioner, path, (int)-len);
	if (len == SYSFS_TEXT_SIZE)
		return vdev_error_say(&provisioner->error, -EFBIG,
				      "%.256s: longer than any file of sysfs", path);
	text[len] = '\0';
	if (strlen(text) != (size_t)len)
		return vdev_error_say(&provisioner->error, -EBADMSG, "%.256s: has a NUL", path);
	if (len && text[len - 1] == '\n')
		text[len - 1] = '\0';
	return 0;
}

int vdev_sysfs_number(struct vdev_provisioner *provisioner, const char *folder,
		      const char *name, uint32_t *number)
{
	char text[SYSFS_TEXT_SIZE];
	unsigned long long value;
	int err = vdev_sysfs_read(provisioner, folder, name, text);

	if (err)
		return err;
	errno = 0;
	value = strtoull(text, NULL, 10);
	if (!*text || text[strspn(text, "0123456789")] || errno || value >= VDEV_UNKNOWN32)
		return vdev_error_say(&provisioner->error, -EINVAL, "%.256s/%.64s: not a number",
				      folder, name);
	*number = (uint32_t)value;
	return 0;
}

int vdev_sysfs_write(struct vdev_provisioner *provisioner, const char *folder, const char *name,
		     const char *text)
{
	char path[PATH_MAX];
	ssize_t n;
	int fd, err;

	if (!sysfs_join(path, folder, name))
		return sysfs_fail(provisioner, folder, ENAMETOOLONG);
	err = sysfs_open(provisioner, path, O_WRONLY, &fd);
	if (err)
		return err;
	/* One write is one change: it is not tried again. */
	n = write(fd, text, strlen(text));
	err = n < 0 ? errno : 0;
	close(fd);
	if (err)
		return sysfs_fail(provisioner, path, err);
	if ((size_t)n != strlen(text))
		return sysfs_fail(provisioner, path, EIO);
	return 0;
}

int vdev_sysfs_link(const char *folder, const char *name, char last[NAME_MAX + 1])
{
	char path[PATH_MAX], target[PATH_MAX];
	const char *slash;
	ssize_t len;

	if (!sysfs_join(path, folder, name))
		return -ENAMETOOLONG;
	len = readlink(path, target, sizeof(target) - 1);
	if (len < 0)
		return -errno;
	target[len] = '\0';
	slash = strrchr(target, '/');
	slash = slash ? slash + 1 : target;
	if (!*slash || strlen(slash) > NAME_MAX)
		return -ENOENT;
	strcpy(last, slash);
	return 0;
}

int vdev_sysfs_each(struct vdev_provisioner *provisioner, const char *folder, sysfs_fn *fn,
		    void *arg)
{
	DIR *stream = opendir(folder);
	struct dirent *entry;
	int err = 0;

	if (!stream && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (!stream)
		return sysfs_fail(provisioner, folder, errno);
	while (!err && (entry = readdir(stream)))
		if (entry->d_name[0] != '.')
			err = fn(entry->d_name, arg);
	closedir(stream);
	return err;
}
