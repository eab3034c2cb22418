// SPDX-License-Identifier: LGPL-2.1
/*
 * The state of a migration of a VFIO device, which VFIO has in debugfs where the kernel is
 * built so. What is in the files is held to what VFIO writes there.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "gather.h"
#include "model/error.h"

/* Longer than any state. */
#define STATE_SIZE 32

/* Names of the kernel are parts of a path, and nothing that leads elsewhere. */
static bool is_part(const char *name)
{
	return *name && !strchr(name, '/') && strcmp(name, ".") != 0 && strcmp(name, "..") != 0;
}

static bool is_vfio(const struct vdev_dev_stats *stats, const char *sysfs)
{
	char path[PATH_MAX];
	int len;

	if (!is_part(stats->bus) || !is_part(stats->name))
		return false;
	len = snprintf(path, sizeof(path), "%s/bus/%s/devices/%s/vfio-dev", sysfs, stats->bus,
		       stats->name);
	return len < (int)sizeof(path) && access(path, F_OK) == 0;
}

/* Returns the length, or a negative errno: -EFBIG if there is more than fits. */
static ssize_t read_all(int fd, char *buffer, size_t size)
{
	size_t len = 0;
	ssize_t n;

	do {
		n = read(fd, buffer + len, size - len);
		if (n > 0)
			len += (size_t)n;
	} while ((n > 0 && len < size) || (n < 0 && errno == EINTR));
	if (n < 0)
		return -errno;
	return len < size ? (ssize_t)len : -EFBIG;
}

/* A link would lead elsewhere, and a FIFO would be waited for. */
static ssize_t read_file(const char *path, char *buffer, size_t size)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	struct stat status;
	ssize_t len;

	if (fd < 0)
		return errno == ELOOP || errno == ENXIO ? -EBADMSG : -errno;
	if (fstat(fd, &status))
		len = -errno;
	else if (!S_ISREG(status.st_mode))
		len = -EBADMSG;
	else
		len = read_all(fd, buffer, size);
	close(fd);
	return len;
}

/* As the words of the specification are written: RUNNING_P2P is running-p2p. */
static bool take_state(char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++) {
		if (text[i] == '_')
			text[i] = '-';
		else if (isupper((unsigned char)text[i]))
			text[i] = (char)tolower((unsigned char)text[i]);
		else if (!isdigit((unsigned char)text[i]))
			return false;
	}
	return len > 0;
}

static int keep_state(struct vdev_dev_stats *stats, char *text, size_t len,
		      struct vdev_error *error)
{
	if (len && text[len - 1] == '\n')
		len--;
	if (!take_state(text, len))
		return vdev_error_say(error, -EBADMSG, "what debugfs has is no state of a migration");
	stats->migration_state = vdev_dev_stats_text(stats, text, len);
	return stats->migration_state ? 0 : -ENOMEM;
}

int vdev_dev_stats_read_migration(struct vdev_dev_stats *stats, const struct stats_roots *roots,
				  struct vdev_error *error)
{
	char path[PATH_MAX], text[STATE_SIZE] = "";
	ssize_t len;

	if (!is_vfio(stats, roots->sysfs))
		return 0;
	snprintf(path, sizeof(path), "%s/vfio/%s/migration/state", roots->debugfs, stats->name);
	len = read_file(path, text, sizeof(text));
	if (len == -ENOENT)
		return 0;
	if (len == -EFBIG || len == -EBADMSG)
		return vdev_error_say(error, -EBADMSG, "what debugfs has is no state of a migration");
	if (len < 0)
		return vdev_error_say(error, (int)len, "debugfs: %s", strerror((int)-len));
	return keep_state(stats, text, (size_t)len, error);
}
