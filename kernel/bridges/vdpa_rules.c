// SPDX-License-Identifier: GPL-2.0
/*
 * What a driver of a virtio device may have cached, and what restricts it: for each
 * feature bit and each field of the configuration space how a target judges it. A
 * comment is the reason of the entries that follow it, with the section of the virtio
 * specification 1.3. Documentation/virtio.rst is made of this table by
 * scripts/generate.py. Nothing is read here, and no driver is called.
 */
#include <linux/if_ether.h>
#include <linux/limits.h>
#include <linux/vdev.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ids.h>
#include <linux/virtio_ring.h>
#include <uapi/linux/vdpa.h>
#include <uapi/linux/virtio_blk.h>
#include <uapi/linux/virtio_net.h>

#include "vdpa_rules.h"

/* Headers of older kernels lack these bits of the specification. */
#define VIRTIO_BLK_F_LIFETIME		15
#define VIRTIO_BLK_F_ZONED		17
#define VIRTIO_F_NOTIFICATION_DATA	38
#define VIRTIO_F_NOTIF_CONFIG_DATA	39
#define VIRTIO_F_ADMIN_VQ		41
#define VIRTIO_NET_F_DEVICE_STATS	50
#define VIRTIO_NET_F_VQ_NOTF_COAL	52
#define VIRTIO_NET_F_GUEST_USO4		54
#define VIRTIO_NET_F_GUEST_USO6		55
#define VIRTIO_NET_F_HOST_USO		56
#define VIRTIO_NET_F_GUEST_HDRLEN	59

/*
 * What it means that a target offers a bit that the source does not. A bit that is not
 * in a table (0) may restrict the device: its meaning is not known.
 */
enum vdev_vdpa_bit {
	BIT_MORE = 1,	/* nothing, as long as the driver does not accept it */
	BIT_SAME,	/* the driver cannot work as before: the source must offer it */
};

#define NUM_BITS	64

static const u8 transport_bits[NUM_BITS] = {
	/* 2.7, 2.8: the layout of the rings is as before unless the driver accepts it */
	[VIRTIO_F_NOTIFY_ON_EMPTY] = BIT_MORE,
	[VIRTIO_F_ANY_LAYOUT] = BIT_MORE,
	[VIRTIO_RING_F_INDIRECT_DESC] = BIT_MORE,
	[VIRTIO_RING_F_EVENT_IDX] = BIT_MORE,
	[VIRTIO_F_RING_PACKED] = BIT_MORE,
	[VIRTIO_F_IN_ORDER] = BIT_MORE,
	/* 2.6.1, 2.9, 2.12: only a driver that has accepted it uses it */
	[VIRTIO_F_SR_IOV] = BIT_MORE,
	[VIRTIO_F_NOTIFICATION_DATA] = BIT_MORE,
	[VIRTIO_F_NOTIF_CONFIG_DATA] = BIT_MORE,
	[VIRTIO_F_RING_RESET] = BIT_MORE,
	[VIRTIO_F_ADMIN_VQ] = BIT_MORE,
	/* 6.1: a driver must accept it where it is offered */
	[VIRTIO_F_VERSION_1] = BIT_SAME,
	[VIRTIO_F_ACCESS_PLATFORM] = BIT_SAME,
	/* 6.1: without it the driver uses barriers that hardware does not observe */
	[VIRTIO_F_ORDER_PLATFORM] = BIT_SAME,
};

static const u8 net_bits[NUM_BITS] = {
	/*
	 * 5.1.6.2: the device completes no checksum and splits no packet before the driver
	 * accepts it
	 */
	[VIRTIO_NET_F_CSUM] = BIT_MORE,
	[VIRTIO_NET_F_GSO] = BIT_MORE,
	[VIRTIO_NET_F_HOST_TSO4] = BIT_MORE,
	[VIRTIO_NET_F_HOST_TSO6] = BIT_MORE,
	[VIRTIO_NET_F_HOST_ECN] = BIT_MORE,
	[VIRTIO_NET_F_HOST_UFO] = BIT_MORE,
	[VIRTIO_NET_F_HOST_USO] = BIT_MORE,
	/* 5.1.6.4: the driver gets no such packet before it accepts it */
	[VIRTIO_NET_F_GUEST_CSUM] = BIT_MORE,
	[VIRTIO_NET_F_GUEST_TSO4] = BIT_MORE,
	[VIRTIO_NET_F_GUEST_TSO6] = BIT_MORE,
	[VIRTIO_NET_F_GUEST_ECN] = BIT_MORE,
	[VIRTIO_NET_F_GUEST_UFO] = BIT_MORE,
	[VIRTIO_NET_F_GUEST_USO4] = BIT_MORE,
	[VIRTIO_NET_F_GUEST_USO6] = BIT_MORE,
	[VIRTIO_NET_F_GUEST_HDRLEN] = BIT_MORE,
	[VIRTIO_NET_F_RSC_EXT] = BIT_MORE,
	/* 5.1.6: the header of a packet is as before unless the driver accepts it */
	[VIRTIO_NET_F_MRG_RXBUF] = BIT_MORE,
	[VIRTIO_NET_F_HASH_REPORT] = BIT_MORE,
	/*
	 * 5.1.4.1: it limits the packets that the device takes, and a driver that did not have
	 * it has no limit
	 */
	[VIRTIO_NET_F_MTU] = BIT_SAME,
	/* 5.1.4: the driver reads the field only if it has accepted it */
	[VIRTIO_NET_F_MAC] = BIT_MORE,
	[VIRTIO_NET_F_STATUS] = BIT_MORE,
	[VIRTIO_NET_F_SPEED_DUPLEX] = BIT_MORE,
	/* 5.1.2: where the control queue is depends on what the driver accepts; see max-vqp */
	[VIRTIO_NET_F_CTRL_VQ] = BIT_MORE,
	[VIRTIO_NET_F_MQ] = BIT_MORE,
	[VIRTIO_NET_F_RSS] = BIT_MORE,
	/* 5.1.6.5: the driver gives the commands only if it has accepted it */
	[VIRTIO_NET_F_CTRL_RX] = BIT_MORE,
	[VIRTIO_NET_F_CTRL_VLAN] = BIT_MORE,
	[VIRTIO_NET_F_CTRL_RX_EXTRA] = BIT_MORE,
	[VIRTIO_NET_F_CTRL_MAC_ADDR] = BIT_MORE,
	[VIRTIO_NET_F_CTRL_GUEST_OFFLOADS] = BIT_MORE,
	[VIRTIO_NET_F_GUEST_ANNOUNCE] = BIT_MORE,
	[VIRTIO_NET_F_DEVICE_STATS] = BIT_MORE,
	[VIRTIO_NET_F_VQ_NOTF_COAL] = BIT_MORE,
	[VIRTIO_NET_F_NOTF_COAL] = BIT_MORE,
	/* 5.1.3: the device is one of a pair only for a driver that has accepted it */
	[VIRTIO_NET_F_STANDBY] = BIT_MORE,
};

static const u8 blk_bits[NUM_BITS] = {
	/* 5.2.6.2: writes fail, whatever the driver has accepted */
	[VIRTIO_BLK_F_RO] = BIT_SAME,
	/* 5.2.6.1: it limits requests, and a driver that did not have it has no limit */
	[VIRTIO_BLK_F_SIZE_MAX] = BIT_SAME,
	[VIRTIO_BLK_F_SEG_MAX] = BIT_SAME,
	/*
	 * 5.2.6.2: a device with zones has to be written in order, and refuses a driver that
	 * does not know them
	 */
	[VIRTIO_BLK_F_ZONED] = BIT_SAME,
	/* 5.2.5: the driver reads the fields only if it has accepted it */
	[VIRTIO_BLK_F_GEOMETRY] = BIT_MORE,
	[VIRTIO_BLK_F_BLK_SIZE] = BIT_MORE,
	[VIRTIO_BLK_F_TOPOLOGY] = BIT_MORE,
	[VIRTIO_BLK_F_MQ] = BIT_MORE,
	/* 5.2.6: the driver sends such requests only if it has accepted it */
	[VIRTIO_BLK_F_BARRIER] = BIT_MORE,
	[VIRTIO_BLK_F_SCSI] = BIT_MORE,
	[VIRTIO_BLK_F_DISCARD] = BIT_MORE,
	[VIRTIO_BLK_F_WRITE_ZEROES] = BIT_MORE,
	[VIRTIO_BLK_F_LIFETIME] = BIT_MORE,
	[VIRTIO_BLK_F_SECURE_ERASE] = BIT_MORE,
	/*
	 * 5.2.6.2: for a driver that has not accepted it, a write has reached the storage when
	 * it ends
	 */
	[VIRTIO_BLK_F_FLUSH] = BIT_MORE,
	[VIRTIO_BLK_F_CONFIG_WCE] = BIT_MORE,
};

#define F(class, feature)	BIT_ULL(VIRTIO_##class##_F_##feature)
#define NET(field)		offsetof(struct virtio_net_config, field)
#define BLK(field)		offsetof(struct virtio_blk_config, field)
#define OFF(value)		.has_off = true, .off = (value)

/* The characteristics of zones, for which not every kernel has names. */
#define ZONED_AT		72
#define ZONED_END		VDEV_VDPA_CONFIG_MAX

static const struct vdev_vdpa_field net_fields[] = {
	/*
	 * 5.1.4: read once; a driver with CTRL_MAC_ADDR sets it again at the target, another
	 * one cannot
	 */
	{ "mac", F(NET, MAC), NET(mac), ETH_ALEN, .is_mac = true, .rule = VDEV_RULE_EQUAL,
	  .absent_with = F(NET, CTRL_MAC_ADDR),
	  .config_attr = VDPA_ATTR_DEV_NET_CFG_MACADDR },
	/* 5.1.4.1: the device never changes it; the driver's buffers and packets fit it */
	{ "mtu", F(NET, MTU), NET(mtu), 2, .rule = VDEV_RULE_EQUAL,
	  .config_attr = VDPA_ATTR_DEV_NET_CFG_MTU },
	/*
	 * 5.1.2: the control queue comes after all pairs; without it, more pairs are not used;
	 * without the field, there is one
	 */
	{ "max-vqp", F(NET, MQ) | F(NET, RSS), NET(max_virtqueue_pairs), 2,
	  .rule = VDEV_RULE_AT_LEAST, .equal_with = F(NET, CTRL_VQ), OFF(1),
	  .config_attr = VDPA_ATTR_DEV_NET_CFG_MAX_VQP },
	/* 5.1.6.5.7: an upper limit of what the driver sends in a command */
	{ "rss-max-key-size", F(NET, RSS) | F(NET, HASH_REPORT), NET(rss_max_key_size), 1,
	  .rule = VDEV_RULE_AT_LEAST, OFF(0) },
	{ "rss-max-table-length", F(NET, RSS), NET(rss_max_indirection_table_length), 2,
	  .rule = VDEV_RULE_AT_LEAST, OFF(0) },
	/* 5.1.4: of the link, and may change at any time */
	{ "speed", F(NET, SPEED_DUPLEX), NET(speed), 4, .rule = VDEV_RULE_IGNORE },
	{ "duplex", F(NET, SPEED_DUPLEX), NET(duplex), 1, .rule = VDEV_RULE_IGNORE },
};

static const struct vdev_vdpa_field blk_fields[] = {
	/* 5.2.5: read once, and again only after a notification, which a migration does not send */
	{ "capacity", 0, BLK(capacity), 8, .rule = VDEV_RULE_EQUAL },
	/* 5.2.6.1: an upper limit of what the driver sends in a request */
	{ "size-max", F(BLK, SIZE_MAX), BLK(size_max), 4, .rule = VDEV_RULE_AT_LEAST },
	{ "seg-max", F(BLK, SEG_MAX), BLK(seg_max), 4, .rule = VDEV_RULE_AT_LEAST },
	/* 5.2.5: a driver translates addresses by it */
	{ "geometry-cylinders", F(BLK, GEOMETRY), BLK(geometry.cylinders), 2,
	  .rule = VDEV_RULE_ONE_OF, OFF(0) },
	{ "geometry-heads", F(BLK, GEOMETRY), BLK(geometry.heads), 1,
	  .rule = VDEV_RULE_ONE_OF, OFF(0) },
	{ "geometry-sectors", F(BLK, GEOMETRY), BLK(geometry.sectors), 1,
	  .rule = VDEV_RULE_ONE_OF, OFF(0) },
	/* 5.2.5: file systems are made for it; without it, blocks are of 512 bytes */
	{ "block-size", F(BLK, BLK_SIZE), BLK(blk_size), 4, .rule = VDEV_RULE_EQUAL, OFF(512) },
	/* 5.2.5: advice for speed */
	{ "physical-block-exp", F(BLK, TOPOLOGY), BLK(physical_block_exp), 1,
	  .rule = VDEV_RULE_IGNORE },
	{ "alignment-offset", F(BLK, TOPOLOGY), BLK(alignment_offset), 1,
	  .rule = VDEV_RULE_IGNORE },
	{ "min-io-size", F(BLK, TOPOLOGY), BLK(min_io_size), 2, .rule = VDEV_RULE_IGNORE },
	{ "opt-io-size", F(BLK, TOPOLOGY), BLK(opt_io_size), 4, .rule = VDEV_RULE_IGNORE },
	/*
	 * 5.2.6.2: a driver that knows of no write cache (0) does not flush; without the
	 * field, it flushes
	 */
	{ "write-cache", F(BLK, CONFIG_WCE), BLK(wce), 1, .rule = VDEV_RULE_AT_MOST, OFF(1) },
	/*
	 * 5.2.2: queues that the driver does not know are not used; without the field, there
	 * is one
	 */
	{ "num-queues", F(BLK, MQ), BLK(num_queues), 2, .rule = VDEV_RULE_AT_LEAST, OFF(1) },
	/* 5.2.6.1: an upper limit of what the driver sends; drivers read 0 as no limit */
	{ "max-discard-sectors", F(BLK, DISCARD), BLK(max_discard_sectors), 4,
	  .rule = VDEV_RULE_AT_LEAST, OFF(0), .zero = U32_MAX },
	{ "max-discard-seg", F(BLK, DISCARD), BLK(max_discard_seg), 4,
	  .rule = VDEV_RULE_AT_LEAST, OFF(0), .zero = U32_MAX },
	{ "max-write-zeroes-sectors", F(BLK, WRITE_ZEROES), BLK(max_write_zeroes_sectors), 4,
	  .rule = VDEV_RULE_AT_LEAST, OFF(0), .zero = U32_MAX },
	{ "max-write-zeroes-seg", F(BLK, WRITE_ZEROES), BLK(max_write_zeroes_seg), 4,
	  .rule = VDEV_RULE_AT_LEAST, OFF(0), .zero = U32_MAX },
	{ "max-secure-erase-sectors", F(BLK, SECURE_ERASE), BLK(max_secure_erase_sectors), 4,
	  .rule = VDEV_RULE_AT_LEAST, OFF(0), .zero = U32_MAX },
	{ "max-secure-erase-seg", F(BLK, SECURE_ERASE), BLK(max_secure_erase_seg), 4,
	  .rule = VDEV_RULE_AT_LEAST, OFF(0), .zero = U32_MAX },
	/* 5.2.5: the driver aligns its requests to it; 0 is no alignment */
	{ "discard-sector-alignment", F(BLK, DISCARD), BLK(discard_sector_alignment), 4,
	  .rule = VDEV_RULE_ONE_OF, OFF(0), .zero = 1 },
	{ "secure-erase-sector-alignment", F(BLK, SECURE_ERASE),
	  BLK(secure_erase_sector_alignment), 4, .rule = VDEV_RULE_ONE_OF, OFF(0), .zero = 1 },
	/* 5.2.5: what the device may do, and need not */
	{ "write-zeroes-may-unmap", F(BLK, WRITE_ZEROES), BLK(write_zeroes_may_unmap), 1,
	  .rule = VDEV_RULE_IGNORE },
	/* 5.2.5: file systems are made for these zones */
	{ "zone-sectors", F(BLK, ZONED), ZONED_AT, 4, .rule = VDEV_RULE_EQUAL },
	{ "write-granularity", F(BLK, ZONED), ZONED_AT + 16, 4, .rule = VDEV_RULE_EQUAL },
	{ "zone-model", F(BLK, ZONED), ZONED_AT + 20, 1, .rule = VDEV_RULE_EQUAL },
	/* 5.2.5: an upper limit that the driver keeps; 0 is no limit */
	{ "max-open-zones", F(BLK, ZONED), ZONED_AT + 4, 4,
	  .rule = VDEV_RULE_AT_LEAST, .zero = U32_MAX },
	{ "max-active-zones", F(BLK, ZONED), ZONED_AT + 8, 4,
	  .rule = VDEV_RULE_AT_LEAST, .zero = U32_MAX },
	/* 5.2.6.1: an upper limit of what the driver sends in a request */
	{ "max-append-sectors", F(BLK, ZONED), ZONED_AT + 12, 4, .rule = VDEV_RULE_AT_LEAST },
};

static const struct vdev_vdpa_class net_class = {
	.bits = net_bits,
	.fields = net_fields,
	.num_fields = ARRAY_SIZE(net_fields),
	.config_size = sizeof(struct virtio_net_config),
};

static const struct vdev_vdpa_class blk_class = {
	.bits = blk_bits,
	.fields = blk_fields,
	.num_fields = ARRAY_SIZE(blk_fields),
	.config_size = ZONED_END,
};

/**
 * vdev_vdpa_class_of() - what is known of a class of virtio devices
 * @id: its virtio device id
 *
 * Return: the class; NULL if devices of it cannot be judged.
 */
const struct vdev_vdpa_class *vdev_vdpa_class_of(u32 id)
{
	BUILD_BUG_ON(ARRAY_SIZE(net_fields) > VDEV_VDPA_FIELDS_MAX);
	BUILD_BUG_ON(ARRAY_SIZE(blk_fields) > VDEV_VDPA_FIELDS_MAX);
	switch (id) {
	case VIRTIO_ID_NET:
		return &net_class;
	case VIRTIO_ID_BLOCK:
		return &blk_class;
	default:
		return NULL;
	}
}

/**
 * vdev_vdpa_required() - what a source must offer of what a target offers
 * @class: the class of the target; NULL if it cannot be judged
 * @offered: what the target offers
 *
 * Return: the bits of @offered of which more is not better, or that are not known.
 */
u64 vdev_vdpa_required(const struct vdev_vdpa_class *class, u64 offered)
{
	unsigned int bit;

	for (bit = 0; bit < NUM_BITS; bit++) {
		if (transport_bits[bit] == BIT_MORE ||
		    (class && class->bits[bit] == BIT_MORE))
			offered &= ~BIT_ULL(bit);
	}
	return offered;
}

/**
 * vdev_vdpa_rule() - how a target judges a field
 * @field: the field
 * @offered: what the target offers
 *
 * Return: enum vdev_rule; 0 if the field is not part of the record.
 */
u32 vdev_vdpa_rule(const struct vdev_vdpa_field *field, u64 offered)
{
	if (offered & field->absent_with)
		return 0;
	return offered & field->equal_with ? VDEV_RULE_EQUAL : field->rule;
}
