// SPDX-License-Identifier: LGPL-2.1
/* A set of descriptors with a timer in it. */
#include <errno.h>
#include <stdint.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "poller.h"

void vdev_poller_init(struct poller *poller)
{
	poller->fd = -1;
	poller->timer = -1;
}

int vdev_poller_open(struct poller *poller)
{
	int err;

	poller->fd = epoll_create1(EPOLL_CLOEXEC);
	poller->timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	err = poller->fd < 0 || poller->timer < 0 ? -errno :
		vdev_poller_add(poller, poller->timer);
	if (err)
		vdev_poller_close(poller);
	return err;
}

void vdev_poller_close(struct poller *poller)
{
	if (poller->fd >= 0)
		close(poller->fd);
	if (poller->timer >= 0)
		close(poller->timer);
	vdev_poller_init(poller);
}

int vdev_poller_add(struct poller *poller, int fd)
{
	struct epoll_event event = { .events = EPOLLIN };

	return epoll_ctl(poller->fd, EPOLL_CTL_ADD, fd, &event) ? -errno : 0;
}

void vdev_poller_remove(struct poller *poller, int fd)
{
	struct epoll_event event = { 0 };

	epoll_ctl(poller->fd, EPOLL_CTL_DEL, fd, &event);
}

void vdev_poller_pause(struct poller *poller, unsigned int milliseconds)
{
	struct itimerspec time = {
		.it_value = {
			.tv_sec = milliseconds / 1000,
			/* A timer of no time at all would never be over. */
			.tv_nsec = milliseconds % 1000 * 1000000L + 1,
		},
	};

	timerfd_settime(poller->timer, 0, &time, NULL);
}

void vdev_poller_stop(struct poller *poller)
{
	struct itimerspec never = { 0 };

	timerfd_settime(poller->timer, 0, &never, NULL);
}

int vdev_poller_over(struct poller *poller)
{
	uint64_t times;

	return read(poller->timer, &times, sizeof(times)) == sizeof(times);
}
