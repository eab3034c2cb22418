/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A VFIO variant driver of the tests: its devices, the state that it moves, and what it
 * checks when it loads one.
 */
#ifndef _VARIANT_H
#define _VARIANT_H

#include <linux/types.h>
#include <linux/vfio_pci_core.h>

#include "move.h"

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
 * @move: its migration
 * @payload: what it would compute with; guarded by the lock of @move
 * @counts: what has happened to it; guarded by the lock of @move
 */
struct variant {
	struct vfio_pci_core_device core;
	struct variant_config config;
	struct vdev_endpoint *endpoint;
	struct move move;
	u64 payload;
	struct variant_counts counts;
};

/* variant_state.c */
extern const struct move_ops variant_move_ops;

/* variant_declare.c */
void variant_declare_init(void);
void variant_declare_exit(void);
void variant_declare(struct variant *variant);
void variant_withdraw(struct variant *variant);
void variant_set_loading(struct variant *variant, bool loading);
void variant_report_counts(const struct variant *variant);

#endif /* _VARIANT_H */
