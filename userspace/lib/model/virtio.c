// SPDX-License-Identifier: LGPL-2.1
/*
 * Names of virtio feature bits: the constants of the virtio headers without
 * their prefix, as the vdpa tool prints them. Bits of the transport are the
 * same for all devices, the others depend on the device.
 */
#include <string.h>

#include <vdev/names.h>

#include "internal.h"

struct bit_name {
	unsigned int bit;
	const char *name;
};

static const struct bit_name transport_bits[] = {
	{ 24, "NOTIFY_ON_EMPTY" },
	{ 27, "ANY_LAYOUT" },
	{ 28, "RING_INDIRECT_DESC" },
	{ 29, "RING_EVENT_IDX" },
	{ 32, "VERSION_1" },
	{ 33, "ACCESS_PLATFORM" },
	{ 34, "RING_PACKED" },
	{ 35, "IN_ORDER" },
	{ 36, "ORDER_PLATFORM" },
	{ 37, "SR_IOV" },
	{ 38, "NOTIFICATION_DATA" },
	{ 40, "RING_RESET" },
};

static const struct bit_name net_bits[] = {
	{ 0, "CSUM" },
	{ 1, "GUEST_CSUM" },
	{ 2, "CTRL_GUEST_OFFLOADS" },
	{ 3, "MTU" },
	{ 5, "MAC" },
	{ 6, "GSO" },
	{ 7, "GUEST_TSO4" },
	{ 8, "GUEST_TSO6" },
	{ 9, "GUEST_ECN" },
	{ 10, "GUEST_UFO" },
	{ 11, "HOST_TSO4" },
	{ 12, "HOST_TSO6" },
	{ 13, "HOST_ECN" },
	{ 14, "HOST_UFO" },
	{ 15, "MRG_RXBUF" },
	{ 16, "STATUS" },
	{ 17, "CTRL_VQ" },
	{ 18, "CTRL_RX" },
	{ 19, "CTRL_VLAN" },
	{ 20, "CTRL_RX_EXTRA" },
	{ 21, "GUEST_ANNOUNCE" },
	{ 22, "MQ" },
	{ 23, "CTRL_MAC_ADDR" },
	{ 53, "NOTF_COAL" },
	{ 57, "HASH_REPORT" },
	{ 60, "RSS" },
	{ 61, "RSC_EXT" },
	{ 62, "STANDBY" },
	{ 63, "SPEED_DUPLEX" },
};

static const struct bit_name blk_bits[] = {
	{ 0, "BARRIER" },
	{ 1, "SIZE_MAX" },
	{ 2, "SEG_MAX" },
	{ 4, "GEOMETRY" },
	{ 5, "RO" },
	{ 6, "BLK_SIZE" },
	{ 7, "SCSI" },
	{ 9, "FLUSH" },
	{ 10, "TOPOLOGY" },
	{ 11, "CONFIG_WCE" },
	{ 12, "MQ" },
	{ 13, "DISCARD" },
	{ 14, "WRITE_ZEROES" },
	{ 16, "SECURE_ERASE" },
	{ 17, "ZONED" },
};

static const char *find_bit(const struct bit_name *bits, size_t num, unsigned int bit)
{
	size_t i;

	for (i = 0; i < num; i++)
		if (bits[i].bit == bit)
			return bits[i].name;
	return NULL;
}

VDEV_API const char *vdev_feature_bit_name(const char *set, const char *device_api,
					   unsigned int bit)
{
	const char *name;

	if (!set || strcmp(set, "virtio") != 0)
		return NULL;
	name = find_bit(transport_bits, ARRAY_SIZE(transport_bits), bit);
	if (!name && device_api && strcmp(device_api, "vdpa-net") == 0)
		name = find_bit(net_bits, ARRAY_SIZE(net_bits), bit);
	if (!name && device_api && strcmp(device_api, "vdpa-blk") == 0)
		name = find_bit(blk_bits, ARRAY_SIZE(blk_bits), bit);
	return name;
}

/* The numbers of all bits that have names are below. */
#define BITS_MAX 128

VDEV_API int vdev_feature_bit_from_name(const char *set, const char *device_api, const char *name)
{
	unsigned int bit;

	for (bit = 0; bit < BITS_MAX; bit++) {
		const char *known = vdev_feature_bit_name(set, device_api, bit);

		if (known && name && strcmp(known, name) == 0)
			return (int)bit;
	}
	return -1;
}
