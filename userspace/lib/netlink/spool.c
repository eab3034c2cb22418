// SPDX-License-Identifier: LGPL-2.1
/*
 * One buffer and one unnamed file. While messages are added the buffer holds
 * the newest of them, and is written to the file when it is full; while they
 * are read it holds the next part of the file. Peak memory does not depend on
 * their number. Where no file can be made, or it takes no more, the buffer grows
 * instead.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <netlink/msg.h>

#include "internal.h"
#include "spool.h"

void vdev_spool_init(struct spool *spool)
{
	*spool = (struct spool){ .fd = -1 };
}

void vdev_spool_free(struct spool *spool)
{
	if (spool->fd >= 0)
		close(spool->fd);
	free(spool->data);
	vdev_spool_init(spool);
}

void vdev_spool_reset(struct spool *spool)
{
	spool->start = 0;
	spool->end = 0;
	spool->file_end = 0;
	spool->file_next = 0;
}

static int open_unnamed(const char *folder)
{
	char path[4096];
	size_t len = strlen(folder);
	int fd;

	fd = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC | O_EXCL, 0600);
	if (fd >= 0 || len + sizeof("/vdev.XXXXXX") > sizeof(path))
		return fd;
	/* Some file systems have no O_TMPFILE. */
	memcpy(path, folder, len);
	memcpy(path + len, "/vdev.XXXXXX", sizeof("/vdev.XXXXXX"));
	fd = mkostemp(path, O_CLOEXEC);
	if (fd >= 0)
		unlink(path);
	return fd;
}

static void open_file(struct spool *spool)
{
	const char *folders[] = { secure_getenv("TMPDIR"), "/var/tmp", "/tmp" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(folders) && spool->fd < 0; i++)
		if (folders[i] && folders[i][0])
			spool->fd = open_unnamed(folders[i]);
	spool->no_file = spool->fd < 0;
}

static int write_out(struct spool *spool)
{
	size_t done = 0;

	while (done < spool->end) {
		ssize_t n = pwrite(spool->fd, spool->data + done, spool->end - done,
				   spool->file_end + (off_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -errno;
		done += (size_t)n;
	}
	spool->file_end += (off_t)done;
	spool->end = 0;
	return 0;
}

static int read_part(const struct spool *spool, char *data, size_t len, off_t from)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = pread(spool->fd, data + done, len - done, from + (off_t)done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n ? -errno : -EIO;
		done += (size_t)n;
	}
	return 0;
}

/* Without the file: what is in it comes before what is in the buffer. */
static int take_back(struct spool *spool)
{
	size_t len = (size_t)spool->file_end;
	char *data = malloc(len + spool->size);
	int err;

	if (!data)
		return -ENOMEM;
	err = read_part(spool, data, len, 0);
	if (err) {
		free(data);
		return err;
	}
	memcpy(data + len, spool->data, spool->end);
	free(spool->data);
	close(spool->fd);
	spool->data = data;
	spool->size += len;
	spool->end += len;
	spool->file_end = 0;
	spool->fd = -1;
	spool->no_file = true;
	return 0;
}

/* Full disks and quotas are no reason to report nothing. */
static int store(struct spool *spool)
{
	return write_out(spool) ? take_back(spool) : 0;
}

static int grow(struct spool *spool)
{
	size_t size = spool->size ? 2 * spool->size : SPOOL_MEMORY;
	char *data = realloc(spool->data, size);

	if (!data)
		return -ENOMEM;
	spool->data = data;
	spool->size = size;
	return 0;
}

static int make_room(struct spool *spool)
{
	if (!spool->size)
		return grow(spool);
	if (spool->fd < 0 && !spool->no_file)
		open_file(spool);
	return spool->fd < 0 ? grow(spool) : store(spool);
}

int vdev_spool_add(struct spool *spool, const struct nlmsghdr *nlh)
{
	size_t len = NLMSG_ALIGN(nlh->nlmsg_len);
	int err;

	while (spool->size - spool->end < len) {
		err = make_room(spool);
		if (err)
			return err;
	}
	/* The padding after the last message of a datagram need not be there. */
	memset(spool->data + spool->end + len - NLMSG_ALIGNTO, 0, NLMSG_ALIGNTO);
	memcpy(spool->data + spool->end, nlh, nlh->nlmsg_len);
	spool->end += len;
	return 0;
}

/* Move what is left to the front and fill the rest from the file. */
static int refill(struct spool *spool)
{
	size_t len = (size_t)(spool->file_end - spool->file_next);
	size_t left = spool->end - spool->start;
	int err;

	memmove(spool->data, spool->data + spool->start, left);
	spool->start = 0;
	spool->end = left;
	if (len > spool->size - left)
		len = spool->size - left;
	err = read_part(spool, spool->data + left, len, spool->file_next);
	if (err)
		return err;
	spool->end += len;
	spool->file_next += (off_t)len;
	return 0;
}

static bool complete(const struct spool *spool)
{
	const struct nlmsghdr *nlh;

	if (spool->end - spool->start < sizeof(*nlh))
		return false;
	nlh = (const struct nlmsghdr *)(spool->data + spool->start);
	return NLMSG_ALIGN(nlh->nlmsg_len) <= spool->end - spool->start;
}

int vdev_spool_next(struct spool *spool, const struct nlmsghdr **nlh)
{
	int err = 0;

	if (spool->file_end && !spool->file_next && !spool->start)
		err = store(spool);
	if (!err && !complete(spool) && spool->file_next < spool->file_end)
		err = refill(spool);
	if (err)
		return err;
	if (!complete(spool))
		return 0;
	*nlh = (const struct nlmsghdr *)(spool->data + spool->start);
	spool->start += NLMSG_ALIGN((*nlh)->nlmsg_len);
	return 1;
}
