/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the device of vdev_test_select and the record of its calls share: the
 * operations, who called them, and what is guarded by one lock.
 */
#ifndef _VDEV_TEST_SELECT_H
#define _VDEV_TEST_SELECT_H

#include <linux/fs.h>
#include <linux/spinlock.h>
#include <linux/types.h>

enum operation {
	SET_VQ_ADDRESS,
	SET_VQ_NUM,
	SET_VQ_CB,
	SET_VQ_READY,
	GET_VQ_READY,
	SET_VQ_STATE,
	GET_VQ_STATE,
	GET_VQ_NUM_MAX,
	GET_DEVICE_FEATURES,
	SET_DRIVER_FEATURES,
	GET_DRIVER_FEATURES,
	/* From here on without a select register. */
	GET_STATUS,
	SET_STATUS,
	RESET,
	GET_CONFIG,
	SET_CONFIG,
	GET_GENERATION,
	OPERATIONS
};

/* Those of vdev are last. */
enum caller {
	OTHER,
	VHOST,
	VIRTIO,
	VDEV_POLLER,	/* a worker */
	VDEV_EVENT,	/* something happened on the bus */
	VDEV_READER,	/* a request of the family */
	VDEV_LOAD,	/* none of these: a bridge is being loaded */
	CALLERS
};

/**
 * struct selector - a select register
 * @stamp: number of the write that was last
 * @operation: what wrote it
 * @caller: for whom
 */
struct selector {
	u64 stamp;
	enum operation operation;
	enum caller caller;
};

/* Guards the registers of the device and what was seen. */
extern spinlock_t vdev_select_lock;

/* The status register, guarded by it, too. */
extern u8 vdev_select_status;

/* Count a call; who it is. */
enum caller vdev_select_note_call(enum operation operation);

/* What @victim had chosen is not chosen any more when it is used. */
void vdev_select_note_interleaving_locked(const struct selector *victim,
					  const struct selector *intruder);

/* The file "counts"; see select_calls.c. */
extern const struct file_operations vdev_select_counts_fops;

#endif /* _VDEV_TEST_SELECT_H */
