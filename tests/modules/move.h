/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The migration of a device through VFIO, as the drivers of the tests share it: its states,
 * and the stream of a device state that is a few bytes. What these mean is the driver's.
 */
#ifndef _MOVE_H
#define _MOVE_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/vfio.h>

/* The largest device state. */
#define MOVE_SIZE_MAX	64

struct move;

/**
 * struct move_ops - what a driver does; each is called under the lock of struct move
 * @size: bytes of a device state, at most MOVE_SIZE_MAX
 * @save: write the device state to a buffer of this size
 * @load: load what was saved; NULL if that is not of this size. Returns 0, or an errno if
 *	nothing was loaded
 * @set_loading: a device state is being loaded, or no longer
 */
struct move_ops {
	size_t size;
	void (*save)(struct move *move, void *data);
	int (*load)(struct move *move, const void *data);
	void (*set_loading)(struct move *move, bool loading);
};

/**
 * struct move - the migration of a device
 * @ops: the driver's
 * @lock: guards what follows; VFIO takes it in a reset, under a lock that faults of user
 *	memory wait for, so nothing is copied from or to user space with it held
 * @state: state of the migration
 * @file: what a device state is read from or written to; NULL if none is moved
 */
struct move {
	const struct move_ops *ops;
	struct mutex lock; /* guards what follows */
	enum vfio_device_mig_state state;
	struct file *file;
};

void move_init(struct move *move, const struct move_ops *ops);
void move_run(struct move *move);
struct file *move_set_state(struct move *move, struct vfio_device *vdev,
			    enum vfio_device_mig_state to);
enum vfio_device_mig_state move_state(struct move *move);

#endif /* _MOVE_H */
