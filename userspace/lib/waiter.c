// SPDX-License-Identifier: LGPL-2.1
/* A set of descriptors with a timer in it. */
#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "waiter.h"

void vdev_waiter_init(struct waiter *waiter)
{
	waiter->fd = -1;
	waiter->timer = -1;
}

int vdev_waiter_open(struct waiter *waiter)
{
	int err;

	waiter->fd = epoll_create1(EPOLL_CLOEXEC);
	waiter->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	err = waiter->fd < 0 || waiter->timer < 0 ? -errno :
		vdev_waiter_add(waiter, waiter->timer);
	if (err)
		vdev_waiter_close(waiter);
	return err;
}

void vdev_waiter_close(struct waiter *waiter)
{
	if (waiter->fd >= 0)
		close(waiter->fd);
	if (waiter->timer >= 0)
		close(waiter->timer);
	vdev_waiter_init(waiter);
}

int vdev_waiter_add(struct waiter *waiter, int fd)
{
	struct epoll_event event = { .events = EPOLLIN };

	return epoll_ctl(waiter->fd, EPOLL_CTL_ADD, fd, &event) ? -errno : 0;
}

void vdev_waiter_remove(struct waiter *waiter, int fd)
{
	struct epoll_event event = { 0 };

	epoll_ctl(waiter->fd, EPOLL_CTL_DEL, fd, &event);
}

void vdev_waiter_pause(struct waiter *waiter, unsigned int milliseconds)
{
	struct itimerspec time = {
		.it_value = {
			.tv_sec = milliseconds / 1000,
			/* A timer of no time at all would never be over. */
			.tv_nsec = milliseconds % 1000 * 1000000L + 1,
		},
	};

	timerfd_settime(waiter->timer, 0, &time, NULL);
}

int vdev_waiter_over(struct waiter *waiter)
{
	uint64_t times;

	return read(waiter->timer, &times, sizeof(times)) == sizeof(times);
}
