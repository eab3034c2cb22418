// SPDX-License-Identifier: GPL-2.0
/*
 * Words for numbers. That the tables agree with the specification is a test of
 * tests/schema; here are their edges, and the kernel's own virtio headers.
 */
#include <linux/virtio_blk.h>
#include <linux/virtio_config.h>
#include <linux/virtio_net.h>
#include <linux/virtio_ring.h>

#include "test.h"

static void known_numbers_have_words(void **state)
{
	(void)state;
	assert_string_equal(vdev_rule_name(VDEV_RULE_ONE_OF), "one-of");
	assert_string_equal(vdev_value_type_name(VDEV_VALUE_TYPE_BOOL), "bool");
	assert_string_equal(vdev_origin_name(VDEV_ORIGIN_INHERITED), "inherited");
	assert_string_equal(vdev_migration_name(VDEV_MIGRATION_UNDECLARED), "undeclared");
	assert_string_equal(vdev_capacity_state_name(VDEV_CAPACITY_STATE_BUSY), "busy");
	assert_string_equal(vdev_version_flag_name(3), "current");
	assert_string_equal(vdev_param_flag_name(1), "mandatory");
	assert_string_equal(vdev_capability_name(3), "dirty-tracking");
	assert_string_equal(vdev_capability_name(4), "iommu-dirty-tracking");
	assert_string_equal(vdev_blocker_flag_name(0), "permanent");
}

static void unknown_numbers_have_none(void **state)
{
	static const uint32_t numbers[] = { 0, 9, 1000, UINT32_MAX };
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(numbers); i++) {
		assert_null(vdev_rule_name(numbers[i]));
		assert_null(vdev_value_type_name(numbers[i]));
		assert_null(vdev_origin_name(numbers[i]));
		assert_null(vdev_migration_name(numbers[i]));
		assert_null(vdev_capacity_state_name(numbers[i]));
	}
	assert_null(vdev_version_flag_name(4));
	assert_null(vdev_param_flag_name(2));
	assert_null(vdev_capability_name(31));
	assert_null(vdev_blocker_flag_name(1));
}

/* The number of a flag is that of its bit. */
#define NUMBERS(what) { vdev_##what##_name, vdev_##what##_from_name, false }
#define FLAGS(what) { vdev_##what##_name, vdev_##what##_from_name, true }

static const struct {
	const char *(*name)(uint32_t number);
	uint32_t (*from_name)(const char *name);
	bool flags;
} words[] = {
	NUMBERS(rule), NUMBERS(value_type), NUMBERS(origin), NUMBERS(migration),
	NUMBERS(capacity_state), FLAGS(version_flag), FLAGS(param_flag), FLAGS(capability),
	FLAGS(blocker_flag), NUMBERS(endpoint_kind), NUMBERS(verdict), NUMBERS(field),
	NUMBERS(result), NUMBERS(code),
};

static void words_have_their_numbers(void **state)
{
	uint32_t number, num;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(words); i++) {
		for (number = 0, num = 0; number < 32 || words[i].name(number); number++) {
			const char *name = words[i].name(number);

			if (!name)
				continue;
			assert_int_equal(words[i].from_name(name),
					 words[i].flags ? 1U << number : number);
			num++;
		}
		assert_true(num);
		assert_int_equal(words[i].from_name("no such word"), 0);
		assert_int_equal(words[i].from_name(""), 0);
		assert_int_equal(words[i].from_name(NULL), 0);
	}
}

static void bits_have_their_numbers(void **state)
{
	unsigned int bit, num = 0;

	(void)state;
	for (bit = 0; bit < 64; bit++) {
		const char *name = vdev_feature_bit_name("virtio", "vdpa-net", bit);

		if (!name)
			continue;
		assert_int_equal(vdev_feature_bit_from_name("virtio", "vdpa-net", name), bit);
		num++;
	}
	assert_true(num > 30);
	assert_int_equal(vdev_feature_bit_from_name("virtio", "vdpa-net", "RO"), -1);
	assert_int_equal(vdev_feature_bit_from_name("virtio", "vdpa-net", NULL), -1);
	assert_int_equal(vdev_feature_bit_from_name("virtio", NULL, "VERSION_1"), 32);
	assert_int_equal(vdev_feature_bit_from_name("other", "vdpa-net", "MTU"), -1);
	assert_int_equal(vdev_feature_bit_from_name(NULL, "vdpa-net", "MTU"), -1);
}

static void the_version_has_numbers(void **state)
{
	unsigned int major, minor;

	(void)state;
	assert_int_equal(sscanf(vdev_version(), "%u.%u", &major, &minor), 2);
	assert_string_equal(vdev_version(), VDEV_PACKAGE_VERSION);
}

struct bit {
	unsigned int number;
	const char *name;
};

static void check_bits(const char *api, const struct bit *bits, size_t num)
{
	size_t i;

	for (i = 0; i < num; i++)
		assert_string_equal(vdev_feature_bit_name("virtio", api, bits[i].number),
				    bits[i].name);
}

#define NET(word) { VIRTIO_NET_F_##word, #word }
#define BLK(word) { VIRTIO_BLK_F_##word, #word }

static void net_bits_are_those_of_the_kernel(void **state)
{
	static const struct bit bits[] = {
		NET(CSUM), NET(GUEST_CSUM), NET(CTRL_GUEST_OFFLOADS), NET(MTU), NET(MAC),
		NET(GSO), NET(GUEST_TSO4), NET(GUEST_TSO6), NET(GUEST_ECN), NET(GUEST_UFO),
		NET(HOST_TSO4), NET(HOST_TSO6), NET(HOST_ECN), NET(HOST_UFO), NET(MRG_RXBUF),
		NET(STATUS), NET(CTRL_VQ), NET(CTRL_RX), NET(CTRL_VLAN), NET(CTRL_RX_EXTRA),
		NET(GUEST_ANNOUNCE), NET(MQ), NET(CTRL_MAC_ADDR), NET(NOTF_COAL),
		NET(HASH_REPORT), NET(RSS), NET(RSC_EXT), NET(STANDBY), NET(SPEED_DUPLEX),
	};

	(void)state;
	check_bits("vdpa-net", bits, TEST_ARRAY_SIZE(bits));
}

static void blk_bits_are_those_of_the_kernel(void **state)
{
	static const struct bit bits[] = {
		BLK(BARRIER), BLK(SIZE_MAX), BLK(SEG_MAX), BLK(GEOMETRY), BLK(RO),
		BLK(BLK_SIZE), BLK(SCSI), BLK(FLUSH), BLK(TOPOLOGY), BLK(CONFIG_WCE),
		BLK(MQ), BLK(DISCARD), BLK(WRITE_ZEROES), BLK(SECURE_ERASE),
	};

	(void)state;
	check_bits("vdpa-blk", bits, TEST_ARRAY_SIZE(bits));
}

static void transport_bits_are_the_same_for_all_devices(void **state)
{
	static const struct bit bits[] = {
		{ VIRTIO_F_NOTIFY_ON_EMPTY, "NOTIFY_ON_EMPTY" },
		{ VIRTIO_F_ANY_LAYOUT, "ANY_LAYOUT" },
		{ VIRTIO_RING_F_INDIRECT_DESC, "RING_INDIRECT_DESC" },
		{ VIRTIO_RING_F_EVENT_IDX, "RING_EVENT_IDX" },
		{ VIRTIO_F_VERSION_1, "VERSION_1" },
		{ VIRTIO_F_ACCESS_PLATFORM, "ACCESS_PLATFORM" },
		{ VIRTIO_F_RING_PACKED, "RING_PACKED" },
		{ VIRTIO_F_IN_ORDER, "IN_ORDER" },
		{ VIRTIO_F_ORDER_PLATFORM, "ORDER_PLATFORM" },
		{ VIRTIO_F_SR_IOV, "SR_IOV" },
		{ VIRTIO_F_RING_RESET, "RING_RESET" },
	};

	(void)state;
	check_bits("vdpa-net", bits, TEST_ARRAY_SIZE(bits));
	check_bits("vdpa-fs", bits, TEST_ARRAY_SIZE(bits));
	check_bits(NULL, bits, TEST_ARRAY_SIZE(bits));
}

static void other_bits_have_no_name(void **state)
{
	(void)state;
	assert_null(vdev_feature_bit_name("virtio", "vdpa-net", 4));
	assert_null(vdev_feature_bit_name("virtio", "vdpa-net", 16000));
	assert_null(vdev_feature_bit_name("virtio", "vdpa-fs", 0));
	assert_null(vdev_feature_bit_name("virtio", NULL, 0));
	assert_null(vdev_feature_bit_name("domains", "vdpa-net", 0));
	assert_null(vdev_feature_bit_name(NULL, NULL, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_numbers_have_words),
		cmocka_unit_test(unknown_numbers_have_none),
		cmocka_unit_test(words_have_their_numbers),
		cmocka_unit_test(bits_have_their_numbers),
		cmocka_unit_test(the_version_has_numbers),
		cmocka_unit_test(net_bits_are_those_of_the_kernel),
		cmocka_unit_test(blk_bits_are_those_of_the_kernel),
		cmocka_unit_test(transport_bits_are_the_same_for_all_devices),
		cmocka_unit_test(other_bits_have_no_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
