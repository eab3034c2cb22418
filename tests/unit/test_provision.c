// SPDX-License-Identifier: GPL-2.0
/* Devices that are created, configured and removed: what is asked, and what is answered. */
#include "test.h"

#include "asked.h"

static const uint64_t bits[] = { 5, 1 };
static const struct vdev_feature features[] = {
	{ .name = "f", .provisioned = { .words = bits, .num_words = 2 } },
};

static const struct vdev_param params[] = {
	{ .name = "mtu", .value = { .type = VDEV_VALUE_TYPE_U64, .u64 = 1500 } },
	{ .name = "mac", .value = { .type = VDEV_VALUE_TYPE_STRING, .string = "aa" } },
};

static const struct vdev_handle type = {
	.parent_bus = "pci", .parent = "0000:01:00.0", .name = "big",
};

static const struct vdev_handle device = { .bus = "pci", .name = "a" };

static const struct vdev_order order = {
	.name = "a", .version = "v2", .features = features, .num_features = 1,
	.params = params, .num_params = 2, .count = 3, .expect = 7, .instance = MESSAGE_INSTANCE,
};

static const struct nlattr *in(const struct nlattr *nest, int attr)
{
	assert_non_null(nest);
	return nla_find(nla_data(nest), nla_len(nest), attr);
}

static void answer_with(uint8_t cmd)
{
	fake_reset(respond_with, &reply);
	reply = message_as(cmd, message_dev(1, "a", 5));
}

static void what_is_chosen_is_sent(void **state)
{
	struct vdev_object *object;
	const struct nlattr *part;

	(void)state;
	answer_with(VDEV_CMD_DEV_NEW);
	assert_int_equal(vdev_dev_new(sock, &type, &order, sizeof(order), &object), 0);
	assert_string_equal(vdev_object_name(object), "a");
	assert_int_equal(vdev_object_kind(object), VDEV_OBJECT_DEV);
	vdev_object_free(object);
	assert_string_equal(nla_get_string(sent(VDEV_A_NAME)), "a");
	assert_string_equal(nla_get_string(sent(VDEV_A_TYPE)), "big");
	assert_string_equal(nla_get_string(sent(VDEV_A_PARENT)), "0000:01:00.0");
	assert_string_equal(nla_get_string(sent(VDEV_A_PARENT_BUS)), "pci");
	assert_null(sent(VDEV_A_BUS));
	assert_null(sent(VDEV_A_PARTIAL));
	assert_null(sent(VDEV_A_DRY_RUN));
	assert_int_equal(nla_get_u32(sent(VDEV_A_EXPECT)), 7);
	assert_int_equal(nla_get_u32(sent(VDEV_A_INSTANCE)), MESSAGE_INSTANCE);
	assert_string_equal(nla_get_string(in(sent(VDEV_A_ORDER), VDEV_A_ORDER_VERSION)), "v2");
	assert_int_equal(nla_get_u32(in(sent(VDEV_A_ORDER), VDEV_A_ORDER_COUNT)), 3);
	part = in(sent(VDEV_A_ORDER), VDEV_A_ORDER_FEATURE);
	assert_string_equal(nla_get_string(in(part, VDEV_A_FEATURE_NAME)), "f");
	assert_int_equal(nla_len(in(part, VDEV_A_FEATURE_PROVISIONED)), 16);
	part = in(sent(VDEV_A_ORDER), VDEV_A_ORDER_PARAM);
	assert_string_equal(nla_get_string(in(part, VDEV_A_PARAM_NAME)), "mtu");
	assert_int_equal(nla_get_u32(in(in(part, VDEV_A_PARAM_VALUE), VDEV_A_VALUE_U64)), 1500);
	assert_null(in(part, VDEV_A_PARAM_FLAGS));
}

static void what_is_not_chosen_is_not_sent(void **state)
{
	const struct vdev_order partial = { .partial = true };

	(void)state;
	answer_with(VDEV_CMD_DEV_SET);
	assert_int_equal(vdev_dev_set(sock, &device, &partial, sizeof(partial), NULL), 0);
	assert_string_equal(nla_get_string(sent(VDEV_A_BUS)), "pci");
	assert_non_null(sent(VDEV_A_PARTIAL));
	assert_null(sent(VDEV_A_ORDER));
	assert_null(sent(VDEV_A_EXPECT));
	answer_with(VDEV_CMD_DEV_DEL);
	assert_int_equal(vdev_dev_del(sock, &device, NULL, 0, NULL), 0);
	assert_null(sent(VDEV_A_PARTIAL));
}

static void a_dry_run_has_no_object(void **state)
{
	const struct vdev_order dry = { .dry_run = true };
	struct vdev_object *object = (void *)1;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = NULL;
	assert_int_equal(vdev_dev_del(sock, &device, &dry, sizeof(dry), &object), 0);
	assert_null(object);
	assert_non_null(sent(VDEV_A_DRY_RUN));
}

static void a_change_without_an_object_is_none(void **state)
{
	struct vdev_object *object = (void *)1;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = NULL;
	assert_int_equal(vdev_dev_del(sock, &device, NULL, 0, &object), -EBADMSG);
	assert_null(object);
	answer_with(VDEV_CMD_TYPE_GET);
	assert_int_equal(vdev_dev_del(sock, &device, NULL, 0, &object), -EBADMSG);
	assert_null(object);
}

static void what_cannot_be_meant_is_not_sent(void **state)
{
	const struct vdev_order renamed = { .name = "b" }, chosen = { .count = 1 };
	struct { struct vdev_order order; long more; } newer = { .more = 1 };

	(void)state;
	answer_with(VDEV_CMD_DEV_SET);
	assert_int_equal(vdev_dev_set(sock, &device, &renamed, sizeof(renamed), NULL), -EINVAL);
	assert_int_equal(vdev_dev_del(sock, &device, &chosen, sizeof(chosen), NULL), -EINVAL);
	assert_int_equal(vdev_dev_set(sock, &device, &newer.order, sizeof(newer), NULL), -EINVAL);
	assert_string_equal(vdev_sock_error(sock)->message,
			    "the order is newer than this library");
	assert_int_equal(fake.sends, 0);
	nlmsg_free(reply);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ASKED_TEST(what_is_chosen_is_sent),
		ASKED_TEST(what_is_not_chosen_is_not_sent),
		ASKED_TEST(a_dry_run_has_no_object),
		ASKED_TEST(a_change_without_an_object_is_none),
		ASKED_TEST(what_cannot_be_meant_is_not_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
