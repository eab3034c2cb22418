/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A VFIO variant driver of the tests: its devices, the state that it moves, and what it
 * checks when it loads one.
 */
#ifndef _VARIANT_H
#define _VARIANT_H

#include <linux/fs.h>
#include <linux/mutex.h>
#include <linux/types.h>
#include <linux/vfio_pci_core.h>

#define VARIANT_MAGIC		0x746e616972617631ULL
/* The newest version of the state that there could be. */
#define VARIANT_VERSIONS	4

/**
 * struct variant_config - what decides whether a state can be loaded
 * @version: version of the state that the device saves
 * @accept: bit n: it loads version n
 * @queues: number of its queues
 * @capabilities: mask of what it can do
 * @rate: packets a second
 */
struct variant_config {
	u32 version;
	u32 accept;
	u32 queues;
	u64 capabilities;
	u64 rate;
};

/**
 * struct variant_state - a saved state
 * @magic: VARIANT_MAGIC
 * @version: version of the state
 * @queues: number of queues of the source
 * @capabilities: what the source can do
 * @rate: rate of the source
 * @payload: all else that the device would have
 */
struct variant_state {
	__le64 magic;
	__le32 version;
	__le32 queues;
	__le64 capabilities;
	__le64 rate;
	__le64 payload;
};

/**
 * struct variant_counts - what is counted for a device
 * @saves: states that began to be saved
 * @loads: states that were loaded
 * @rejected: states that were not
 */
struct variant_counts {
	u64 saves;
	u64 loads;
	u64 rejected;
};

/**
 * struct variant - a device
 * @core: what VFIO knows of it
 * @config: constant
 * @endpoint: its endpoint
 * @lock: guards what follows; VFIO takes it in a reset, under a lock that faults of user
 *	memory wait for, so nothing is copied from or to user space with it held
 * @state: state of its migration
 * @payload: what it would compute with
 * @file: what a state is read from or written to; NULL if none is moved
 * @counts: what has happened to it
 */
struct variant {
	struct vfio_pci_core_device core;
	struct variant_config config;
	struct vdev_endpoint *endpoint;
	struct mutex lock; /* guards what follows */
	enum vfio_device_mig_state state;
	u64 payload;
	struct file *file;
	struct variant_counts counts;
};

/* variant_state.c */
struct file *variant_save(const struct variant *variant);
struct file *variant_load(void);
int variant_loaded(struct variant *variant);
void variant_close(struct file *file);

/* variant_declare.c */
void variant_declare_init(void);
void variant_declare_exit(void);
void variant_declare(struct variant *variant);
void variant_withdraw(struct variant *variant);
void variant_set_loading(struct variant *variant, bool loading);
void variant_report_counts(const struct variant *variant);

#endif /* _VARIANT_H */
