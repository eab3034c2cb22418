/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A driver of a virtio 1.0 PCI device. What the device says and what the driver has read
 * of it when it started are two things: the device may be another one since.
 */
#ifndef _REALITY_VIRTIO_H
#define _REALITY_VIRTIO_H

#include "machine.h"

#define NUM_QUEUES	3
#define QUEUE_SIZE	8

#define F_MTU		(1ull << 3)
#define F_MAC		(1ull << 5)
#define F_STATUS	(1ull << 16)
#define F_CTRL_VQ	(1ull << 17)
#define F_MQ		(1ull << 22)
#define F_CTRL_MAC_ADDR	(1ull << 23)

/* Offsets in the configuration of a network device. */
#define CONFIG_MAC	0
#define CONFIG_STATUS	6
#define CONFIG_MAX_VQP	8
#define CONFIG_MTU	10

struct buffer {
	void *data;
	uint32_t size;
	bool written_by_device;
};

bool virtio_find(void);
uint64_t virtio_offered(void);
uint8_t virtio_status(void);
uint8_t virtio_config8(unsigned int offset);
uint16_t virtio_config16(unsigned int offset);
/* Reset the device and accept these features; false if it does not take them. */
bool virtio_start(uint64_t features);
void virtio_start_queue(unsigned int number, unsigned int index);
void virtio_run(void);
/* Give buffers, which belong together, to the device. */
void virtio_give(unsigned int number, const struct buffer *buffers, unsigned int count);
/* Wait until it has used something; the first buffer of that, or -1. */
int virtio_take(unsigned int number, unsigned int milliseconds, uint32_t *length);

#endif /* _REALITY_VIRTIO_H */
