/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * A request of a caller, waited for or not: both take the same steps. A socket has one at a
 * time.
 */
#ifndef VDEV_LIB_CALL_H
#define VDEV_LIB_CALL_H

#include <vdev/call.h>

#include "dump.h"
#include "poller.h"

/* What a call does with its state. */
struct call_ops {
	/* Of a dump; NULL for a request for one answer. Its argument is the state. */
	const struct dump_ops *dump;
	/* Of a request for one answer. Its argument is the state. */
	reply_fn *reply;
	/* What the call comes to; reports the answer if @err is 0. */
	int (*finish)(struct vdev_sock *sock, void *state, int err);
	void (*release)(void *state);
};

struct call;

/* NULL if there is no memory. */
struct call *vdev_call_new(void);
void vdev_call_free(struct call *call);

/*
 * Begin a request with what was written, which is freed. @state is taken over, also if it fails;
 * NULL fails. Returns 0 or a negative errno, -EBUSY if there is another one.
 */
int vdev_call_begin(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		    const struct call_ops *ops, void *state);

/* Wait for what was begun with the result @err. Returns what the call comes to. */
int vdev_call_wait(struct vdev_sock *sock, int err);

#endif /* VDEV_LIB_CALL_H */
