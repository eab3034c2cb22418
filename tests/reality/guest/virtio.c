// SPDX-License-Identifier: GPL-2.0
/*
 * A driver of a virtio 1.0 PCI device: its registers, and split rings that are polled.
 */
#include "virtio.h"

#define CAP_VENDOR	9
#define CAP_COMMON	1
#define CAP_NOTIFY	2
#define CAP_DEVICE	4

#define ACKNOWLEDGE	1
#define DRIVER		2
#define DRIVER_OK	4
#define FEATURES_OK	8

#define DESC_NEXT	1
#define DESC_WRITE	2

struct common {
	uint32_t device_select, device_features, driver_select, driver_features;
	uint16_t config_vector, num_queues;
	uint8_t status, generation;
	uint16_t queue_select, queue_size, queue_vector, queue_enable, queue_notify;
	uint32_t desc[2], avail[2], used[2];
};

struct desc {
	uint64_t addr;
	uint32_t len;
	uint16_t flags, next;
};

struct queue {
	struct desc desc[QUEUE_SIZE];
	struct { uint16_t flags, idx, ring[QUEUE_SIZE]; } avail;
	struct { uint16_t flags, idx; struct { uint32_t id, len; } ring[QUEUE_SIZE]; } used
		__attribute__((aligned(4)));
	uint16_t free, seen, index;
	volatile uint16_t *notify;
} __attribute__((aligned(16)));

static volatile struct common *common;
static volatile uint8_t *config, *notify;
static uint32_t notify_step;
static volatile struct queue queues[NUM_QUEUES];

static volatile uint8_t *region(unsigned int cap)
{
	uint32_t bar = pci_read(cap + 4) & 7;

	return (volatile uint8_t *)(uintptr_t)((pci_read(0x10 + 4 * bar) & ~15u) +
					       pci_read(cap + 8));
}

bool virtio_find(void)
{
	unsigned int cap;

	pci_write(4, pci_read(4) | 6);
	for (cap = pci_read(0x34) & 0xff; cap; cap = pci_read(cap) >> 8 & 0xff) {
		if ((pci_read(cap) & 0xff) != CAP_VENDOR)
			continue;
		switch (pci_read(cap) >> 24) {
		case CAP_COMMON:
			common = (volatile struct common *)region(cap);
			break;
		case CAP_NOTIFY:
			notify = region(cap);
			notify_step = pci_read(cap + 16);
			break;
		case CAP_DEVICE:
			config = region(cap);
			break;
		}
	}
	return common && config && notify;
}

uint64_t virtio_offered(void)
{
	uint64_t low;

	common->device_select = 0;
	low = common->device_features;
	common->device_select = 1;
	return low | (uint64_t)common->device_features << 32;
}

uint8_t virtio_status(void)
{
	return common->status;
}

uint8_t virtio_config8(unsigned int offset)
{
	return config[offset];
}

uint16_t virtio_config16(unsigned int offset)
{
	return *(volatile uint16_t *)(config + offset);
}

bool virtio_start(uint64_t features)
{
	common->status = 0;
	while (common->status)
		;
	common->status = ACKNOWLEDGE | DRIVER;
	common->driver_select = 0;
	common->driver_features = features;
	common->driver_select = 1;
	common->driver_features = features >> 32;
	common->status = ACKNOWLEDGE | DRIVER | FEATURES_OK;
	return common->status & FEATURES_OK;
}

static void set_address(volatile uint32_t *at, volatile void *address)
{
	at[0] = (uintptr_t)address;
	at[1] = 0;
}

void virtio_start_queue(unsigned int number, unsigned int index)
{
	volatile struct queue *queue = &queues[number];

	memset((void *)queue, 0, sizeof(*queue));
	queue->index = index;
	common->queue_select = index;
	common->queue_size = QUEUE_SIZE;
	set_address(common->desc, queue->desc);
	set_address(common->avail, &queue->avail);
	set_address(common->used, &queue->used);
	queue->notify = (volatile uint16_t *)(notify + common->queue_notify * notify_step);
	common->queue_enable = 1;
}

void virtio_run(void)
{
	common->status = ACKNOWLEDGE | DRIVER | FEATURES_OK | DRIVER_OK;
}

/* There are never more buffers under way than a ring has places. */
void virtio_give(unsigned int number, const struct buffer *buffers, unsigned int count)
{
	volatile struct queue *queue = &queues[number];
	unsigned int i, first = queue->free % QUEUE_SIZE;

	for (i = 0; i < count; i++, queue->free++) {
		volatile struct desc *desc = &queue->desc[queue->free % QUEUE_SIZE];

		desc->addr = (uintptr_t)buffers[i].data;
		desc->len = buffers[i].size;
		desc->flags = (buffers[i].written_by_device ? DESC_WRITE : 0) |
			      (i + 1 < count ? DESC_NEXT : 0);
		desc->next = (queue->free + 1) % QUEUE_SIZE;
	}
	queue->avail.ring[queue->avail.idx % QUEUE_SIZE] = first;
	__sync_synchronize();
	queue->avail.idx++;
	__sync_synchronize();
	*queue->notify = queue->index;
}

int virtio_take(unsigned int number, unsigned int milliseconds, uint32_t *length)
{
	volatile struct queue *queue = &queues[number];
	uint32_t since = now();
	unsigned int at;

	while (queue->used.idx == queue->seen) {
		if (has_passed(since, milliseconds))
			return -1;
	}
	__sync_synchronize();
	at = queue->seen++ % QUEUE_SIZE;
	*length = queue->used.ring[at].len;
	return queue->used.ring[at].id;
}
