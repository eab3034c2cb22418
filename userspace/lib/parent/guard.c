// SPDX-License-Identifier: LGPL-2.1
/*
 * A process that puts a file of sysfs back if this one is killed before it has: SIGKILL
 * cannot be blocked. The other process waits at a socket, which is closed at the latest when
 * this one is gone, and its last write has returned. It has no other file descriptor, so that
 * nobody waits for the end of a pipe that only it still holds open.
 */
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guard.h"
#include "sysfs.h"

/* Where all are closed one by one: no more than the kernel allows by default. */
#define DESCRIPTORS_MAX (1U << 20)

/* One byte: the one is ready, or the other has nothing to be put back any more. */
static bool guard_say(int fd)
{
	return send(fd, "", 1, MSG_NOSIGNAL) == 1;
}

static bool guard_hear(int fd)
{
	ssize_t n;
	char byte;

	do {
		n = recv(fd, &byte, sizeof(byte), 0);
	} while (n < 0 && errno == EINTR);
	return n > 0;
}

/* A filter of system calls can reject one that it does not know. */
static void guard_close(unsigned int first, unsigned int last)
{
	struct rlimit limit = { 0 };
	unsigned int fd;

	if (close_range(first, last, 0) == 0)
		return;
	getrlimit(RLIMIT_NOFILE, &limit);
	for (fd = first; fd <= last && fd < limit.rlim_cur && fd < DESCRIPTORS_MAX; fd++)
		close((int)fd);
}

static void guard_close_others(int fd)
{
	if (fd > 0)
		guard_close(0, (unsigned int)fd - 1);
	guard_close((unsigned int)fd + 1, UINT_MAX);
}

static void guard_watch(struct vdev_provisioner *provisioner, int fd, const char *folder,
			const char *name, const char *text)
{
	/* Who kills all processes of a terminal or of a job leaves this one. */
	setsid();
	guard_close_others(fd);
	if (guard_say(fd) && !guard_hear(fd))
		vdev_sysfs_write(provisioner, folder, name, text);
	_exit(0);
}

static int guard_fail(struct vdev_provisioner *provisioner, int code)
{
	return vdev_error_say(&provisioner->error, -code,
			      "starting a process that puts things back: %s", strerror(code));
}

/* Who ignores SIGCHLD, or waits for any process, has nothing left to be waited for here. */
static void guard_wait(const struct guard *guard)
{
	while (waitpid(guard->pid, NULL, 0) < 0 && errno == EINTR)
		;
}

int vdev_guard_begin(struct vdev_provisioner *provisioner, struct guard *guard,
		     const char *folder, const char *name, const char *text)
{
	int code, fds[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds))
		return guard_fail(provisioner, errno);
	guard->fd = fds[0];
	guard->pid = fork();
	code = errno;
	if (!guard->pid)
		guard_watch(provisioner, fds[1], folder, name, text);
	close(fds[1]);
	if (guard->pid > 0 && guard_hear(guard->fd))
		return 0;
	if (guard->pid > 0) {
		code = ECHILD;
		guard_wait(guard);
	}
	close(fds[0]);
	return guard_fail(provisioner, code);
}

void vdev_guard_end(struct guard *guard)
{
	guard_say(guard->fd);
	close(guard->fd);
	guard_wait(guard);
}
