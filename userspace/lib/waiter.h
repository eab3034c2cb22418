/* SPDX-License-Identifier: LGPL-2.1 */
/* One descriptor to poll for a socket that comes and goes, and for a pause. */
#ifndef VDEV_WAITER_H
#define VDEV_WAITER_H

struct waiter {
	int fd;
	int timer;
};

void vdev_waiter_init(struct waiter *waiter);

/* Returns 0 or a negative errno. */
int vdev_waiter_open(struct waiter *waiter);
void vdev_waiter_close(struct waiter *waiter);

/* Returns 0 or a negative errno. */
int vdev_waiter_add(struct waiter *waiter, int fd);
void vdev_waiter_remove(struct waiter *waiter, int fd);

/* Become readable after a pause, and no more before it is read. */
void vdev_waiter_pause(struct waiter *waiter, unsigned int milliseconds);

/* Whether the last pause is over; it is then forgotten. */
int vdev_waiter_over(struct waiter *waiter);

#endif /* VDEV_WAITER_H */
