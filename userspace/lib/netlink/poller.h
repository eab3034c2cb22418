/* SPDX-License-Identifier: LGPL-2.1 */
/* One descriptor to poll for a socket that comes and goes, and for a pause. */
#ifndef VDEV_POLLER_H
#define VDEV_POLLER_H

struct poller {
	int fd;
	int timer;
};

void vdev_poller_init(struct poller *poller);

/* Returns 0 or a negative errno. */
int vdev_poller_open(struct poller *poller);
void vdev_poller_close(struct poller *poller);

/* Returns 0 or a negative errno. */
int vdev_poller_add(struct poller *poller, int fd);
void vdev_poller_remove(struct poller *poller, int fd);

/* Become readable after a pause, and no more before it is read. */
void vdev_poller_pause(struct poller *poller, unsigned int milliseconds);

/* Forget the pause: only sockets make it readable. */
void vdev_poller_stop(struct poller *poller);

/* Whether the last pause is over; it is then discarded. */
int vdev_poller_over(struct poller *poller);

#endif /* VDEV_POLLER_H */
