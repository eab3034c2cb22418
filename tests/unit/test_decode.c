// SPDX-License-Identifier: GPL-2.0
/* Every decoder, by way of the public functions. */
#include "test.h"
#include "message.h"

static struct nl_msg *reply;

/* The object that comes of a reply; the caller frees it. */
static struct vdev_object *decode(struct nl_msg *msg)
{
	struct vdev_handle handle = { .id = 7 };
	struct vdev_sock *sock = vdev_sock_new();
	struct vdev_object *object;

	fake_reset(respond_with, &reply);
	reply = msg;
	assert_int_equal(vdev_dev_get(sock, &handle, &object), 0);
	vdev_sock_free(sock);
	return object;
}

static void an_identity_is_decoded(void **state)
{
	struct vdev_object *object = decode(message_full());

	(void)state;
	assert_int_equal(vdev_object_kind(object), VDEV_OBJECT_DEV);
	assert_string_equal(vdev_object_handle(object), "sim/sim3");
	assert_int_equal(vdev_object_id(object), 7);
	assert_int_equal(vdev_object_instance(object), MESSAGE_INSTANCE);
	assert_int_equal(vdev_object_generation(object), 40);
	assert_int_equal(vdev_object_snapshot(object), 41);
	assert_string_equal(vdev_object_bus(object), "sim");
	assert_string_equal(vdev_object_name(object), "sim3");
	assert_string_equal(vdev_object_parent_bus(object), "pci");
	assert_string_equal(vdev_object_parent(object), "0000:65:00.1");
	assert_string_equal(vdev_object_provider(object), "vdpa");
	assert_string_equal(vdev_object_driver(object), "mlx5_vdpa");
	assert_string_equal(vdev_object_driver_version(object), "6.12");
	assert_string_equal(vdev_object_bound_driver(object), "vhost_vdpa");
	assert_string_equal(vdev_object_profile(object), "example");
	assert_string_equal(vdev_object_conflict(object), "larger than 24576 bytes");
	vdev_object_free(object);
}

static void what_is_reported_is_decoded(void **state)
{
	struct vdev_object *object = decode(message_full());
	const struct vdev_blocker *blocker = vdev_object_blocker(object, 0);
	const struct vdev_info *info = vdev_object_info(object, 0);

	(void)state;
	assert_int_equal(vdev_object_migration(object), VDEV_MIGRATION_SUPPORTED);
	assert_false(vdev_object_migratable(object));
	assert_int_equal(vdev_object_capabilities(object), 15);
	assert_int_equal(vdev_object_age(object), 1234);
	assert_true(vdev_object_stale(object));
	assert_int_equal(vdev_object_num_blockers(object), 1);
	assert_string_equal(blocker->name, "p2p-dma");
	assert_string_equal(blocker->reason, "memory of a peer is pinned");
	assert_int_equal(blocker->flags, VDEV_BLOCKER_FLAG_PERMANENT);
	assert_null(vdev_object_blocker(object, 1));
	assert_int_equal(vdev_object_capacity(object)->state, VDEV_CAPACITY_STATE_BUSY);
	assert_int_equal(vdev_object_capacity(object)->available, 0);
	assert_int_equal(vdev_object_capacity(object)->limit, 16);
	assert_int_equal(vdev_object_cost(object)->state_size, 1ULL << 33);
	assert_int_equal(vdev_object_cost(object)->precopy_size, 1ULL << 32);
	assert_int_equal(vdev_object_cost(object)->downtime, 1500);
	assert_int_equal(vdev_object_num_info(object), 1);
	assert_string_equal(info->name, "serial");
	assert_int_equal(info->type, VDEV_VALUE_TYPE_STRING);
	assert_string_equal(info->value.string, "A-17");
	assert_null(vdev_object_info(object, 1));
	vdev_object_free(object);
}

static void identifying_strings_are_decoded(void **state)
{
	struct vdev_object *object = decode(message_full());
	const struct vdev_record *record = vdev_object_record(object);
	const struct vdev_ident *model = vdev_record_model(record);

	(void)state;
	assert_string_equal(vdev_record_device_api(record)->value, "vdpa-net");
	assert_int_equal(vdev_record_device_api(record)->rule, VDEV_RULE_EQUAL);
	assert_int_equal(vdev_record_device_api(record)->num_accept, 0);
	assert_string_equal(model->value, "qemu.org/net");
	assert_int_equal(model->rule, VDEV_RULE_ONE_OF);
	assert_int_equal(model->num_accept, 1);
	assert_string_equal(model->accept[0], "qemu.org/net1");
	assert_string_equal(vdev_record_type(record)->value, "net");
	assert_int_equal(vdev_record_type(record)->rule, VDEV_RULE_IGNORE);
	vdev_object_free(object);
}

static void versions_are_decoded(void **state)
{
	struct vdev_object *object = decode(message_full());
	const struct vdev_record *record = vdev_object_record(object);
	const struct vdev_software_version *software = vdev_record_software_version(record);

	(void)state;
	assert_true(software->has_value);
	assert_int_equal(software->value.major, 2);
	assert_int_equal(software->value.minor, 1);
	assert_int_equal(software->value.bugfix, 3);
	assert_int_equal(software->rule, VDEV_RULE_SEMVER);
	assert_int_equal(software->num_accept, 2);
	assert_int_equal(software->accept[0].from.bugfix, 2);
	assert_int_equal(software->accept[0].to.bugfix, 4);
	assert_false(software->accept[0].open);
	assert_int_equal(software->accept[1].from.minor, 1);
	assert_true(software->accept[1].open);
	assert_int_equal(vdev_record_versions_rule(record), VDEV_RULE_ONE_OF);
	assert_int_equal(vdev_record_num_versions(record), 2);
	assert_string_equal(vdev_record_version(record, 0)->name, "v1");
	assert_int_equal(vdev_record_version(record, 0)->flags, VDEV_VERSION_FLAG_ACCEPT);
	assert_string_equal(vdev_record_version(record, 1)->name, "v2");
	assert_int_equal(vdev_record_version(record, 1)->flags, 15);
	assert_null(vdev_record_version(record, 2));
	vdev_object_free(object);
}

static void feature_sets_are_decoded(void **state)
{
	struct vdev_object *object = decode(message_full());
	const struct vdev_record *record = vdev_object_record(object);
	const struct vdev_feature *feature = vdev_record_feature(record, 1);

	(void)state;
	assert_int_equal(vdev_record_num_features(record), 2);
	assert_string_equal(vdev_record_feature(record, 0)->name, "virtio");
	assert_string_equal(feature->name, "domains");
	assert_int_equal(feature->rule, VDEV_RULE_SUBSET);
	assert_int_equal(feature->supported.num_words, 4);
	assert_true(vdev_bitmap_test(&feature->supported, 3));
	assert_true(vdev_bitmap_test(&feature->provisioned, 5));
	assert_true(vdev_bitmap_test(&feature->negotiated, 128));
	assert_false(vdev_bitmap_test(&feature->negotiated, 4));
	assert_false(vdev_bitmap_test(&feature->negotiated, 256));
	assert_null(vdev_record_feature(record, 2));
	vdev_object_free(object);
}

static void an_empty_bitmap_is_not_an_unknown_one(void **state)
{
	struct vdev_object *object = decode(message_full());
	const struct vdev_feature *feature = vdev_record_feature(vdev_object_record(object), 0);
	struct vdev_bitmap unknown = { 0 };

	(void)state;
	assert_non_null(feature->required.words);
	assert_int_equal(feature->required.num_words, 0);
	assert_false(vdev_bitmap_test(&feature->required, 0));
	assert_false(vdev_bitmap_test(&unknown, 0));
	vdev_object_free(object);
}

static void params_are_decoded(void **state)
{
	struct vdev_object *object = decode(message_full());
	const struct vdev_record *record = vdev_object_record(object);
	const struct vdev_param *mtu = vdev_record_param(record, 0);
	const struct vdev_param *url = vdev_record_param(record, 1);
	const struct vdev_param *queues = vdev_record_param(record, 2);

	(void)state;
	assert_int_equal(vdev_record_num_params(record), 3);
	assert_string_equal(mtu->name, "mtu");
	assert_int_equal(mtu->type, VDEV_VALUE_TYPE_U64);
	assert_int_equal(mtu->rule, VDEV_RULE_AT_LEAST);
	assert_int_equal(mtu->flags, 3);
	assert_int_equal(mtu->origin, VDEV_ORIGIN_PROVISIONED);
	assert_int_equal(mtu->value.u64, 9000);
	assert_int_equal(mtu->off.type, VDEV_VALUE_TYPE_U64);
	assert_int_equal(mtu->off.u64, 0);
	assert_int_equal(mtu->num_allowed, 2);
	assert_int_equal(mtu->allowed[0].low, 68);
	assert_int_equal(mtu->allowed[0].high, 9000);
	assert_null(mtu->allowed[0].string);
	assert_string_equal(url->value.string, "nbd://a");
	assert_string_equal(url->allowed[0].string, "nbd://a");
	assert_int_equal(url->off.type, 0);
	assert_int_equal(queues->value.type, VDEV_VALUE_TYPE_BOOL);
	assert_true(queues->value.boolean);
	assert_null(vdev_record_param(record, 3));
	vdev_object_free(object);
}

static void an_aggregation_is_decoded(void **state)
{
	struct vdev_object *object = decode(message_full());
	const struct vdev_aggregation *aggregation =
		vdev_record_aggregation(vdev_object_record(object));

	(void)state;
	assert_string_equal(aggregation->base, "fps");
	assert_int_equal(aggregation->units, 15);
	assert_int_equal(aggregation->count, 2);
	assert_int_equal(aggregation->limit, 8);
	assert_int_equal(aggregation->total, 30);
	assert_int_equal(aggregation->rule, VDEV_RULE_EQUAL);
	assert_true(aggregation->resplit);
	vdev_object_free(object);
}

static void what_is_not_reported_is_absent(void **state)
{
	struct vdev_object *object = decode(message_dev(7, "sim3", 41));

	(void)state;
	assert_int_equal(vdev_object_instance(object), 0);
	assert_int_equal(vdev_object_generation(object), 0);
	assert_null(vdev_object_parent_bus(object));
	assert_null(vdev_object_parent(object));
	assert_null(vdev_object_provider(object));
	assert_null(vdev_object_driver(object));
	assert_null(vdev_object_driver_version(object));
	assert_null(vdev_object_bound_driver(object));
	assert_null(vdev_object_profile(object));
	assert_null(vdev_object_conflict(object));
	assert_int_equal(vdev_object_age(object), VDEV_UNKNOWN32);
	assert_false(vdev_object_stale(object));
	assert_int_equal(vdev_object_migration(object), 0);
	assert_false(vdev_object_migratable(object));
	assert_int_equal(vdev_object_num_blockers(object), 0);
	assert_null(vdev_object_capacity(object));
	assert_null(vdev_object_cost(object));
	assert_int_equal(vdev_object_num_info(object), 0);
	assert_null(vdev_object_record(object));
	vdev_object_free(object);
}

static void empty_nests_are_known_and_without_content(void **state)
{
	static const int nests[] = {
		VDEV_A_BLOCKER, VDEV_A_CAPACITY, VDEV_A_COST, VDEV_A_INFO, VDEV_A_RECORD,
	};
	struct nl_msg *msg = message_dev(7, "sim3", 41);
	struct vdev_object *object;
	const struct vdev_record *record;
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(nests); i++)
		nla_put(msg, nests[i], 0, NULL);
	object = decode(msg);
	record = vdev_object_record(object);
	assert_null(vdev_object_blocker(object, 0)->name);
	assert_int_equal(vdev_object_capacity(object)->available, VDEV_UNKNOWN32);
	assert_int_equal(vdev_object_capacity(object)->limit, VDEV_UNKNOWN32);
	assert_int_equal(vdev_object_cost(object)->state_size, VDEV_UNKNOWN64);
	assert_int_equal(vdev_object_cost(object)->downtime, VDEV_UNKNOWN64);
	assert_int_equal(vdev_object_info(object, 0)->value.type, 0);
	assert_null(vdev_record_device_api(record));
	assert_null(vdev_record_software_version(record));
	assert_null(vdev_record_aggregation(record));
	assert_int_equal(vdev_record_num_params(record), 0);
	vdev_object_free(object);
}

static void a_supported_migration_without_blockers_is_migratable(void **state)
{
	struct nl_msg *msg = message_dev(7, "sim3", 41);
	struct vdev_object *object;

	(void)state;
	nla_put_u32(msg, VDEV_A_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	object = decode(msg);
	assert_true(vdev_object_migratable(object));
	vdev_object_free(object);
}

static void what_a_newer_kernel_reports_is_passed_over(void **state)
{
	struct nl_msg *msg = message_dev(7, "sim3", 41);
	struct nlattr *record = nla_nest_start(msg, VDEV_A_RECORD);
	struct nlattr *param = nla_nest_start(msg, VDEV_A_RECORD_PARAM);
	struct vdev_object *object;

	(void)state;
	nla_put_u32(msg, VDEV_A_PARAM_VALUE_TYPE, 9);
	nla_put_u32(msg, VDEV_A_PARAM_RULE, 99);
	nla_put(msg, VDEV_A_PARAM_VALUE, 0, NULL);
	nla_put(msg, VDEV_A_PARAM_ALLOWED, 0, NULL);
	nla_put_u32(msg, VDEV_A_PARAM_MAX + 1, 5);
	nla_nest_end(msg, param);
	nla_put(msg, VDEV_A_RECORD_SOFTWARE_VERSION, 0, NULL);
	nla_put_string(msg, VDEV_A_RECORD_MAX + 1, "news");
	nla_nest_end(msg, record);
	nla_put_u32(msg, VDEV_A_MAX + 1, 1);
	nla_put_u32(msg, 0, 1);
	nla_put_u32(msg, VDEV_A_MIGRATION, 7);
	object = decode(msg);
	assert_int_equal(vdev_object_migration(object), 7);
	assert_int_equal(vdev_record_param(vdev_object_record(object), 0)->rule, 99);
	assert_int_equal(vdev_record_param(vdev_object_record(object), 0)->type, 9);
	assert_int_equal(vdev_record_param(vdev_object_record(object), 0)->value.type, 0);
	assert_true(vdev_record_param(vdev_object_record(object), 0)->allowed[0].low >
		    vdev_record_param(vdev_object_record(object), 0)->allowed[0].high);
	assert_false(vdev_record_software_version(vdev_object_record(object))->has_value);
	vdev_object_free(object);
}

static void assert_numbers(const struct vdev_object *object)
{
	const struct vdev_record *record = vdev_object_record(object);

	assert_int_equal(vdev_object_generation(object), 40);
	assert_int_equal(vdev_object_snapshot(object), 41);
	assert_int_equal(vdev_object_cost(object)->state_size, 1ULL << 33);
	assert_int_equal(vdev_object_cost(object)->downtime, 1500);
	assert_int_equal(vdev_record_param(record, 0)->value.u64, 9000);
	assert_int_equal(vdev_record_param(record, 0)->off.u64, 0);
	assert_int_equal(vdev_record_param(record, 0)->allowed[0].low, 68);
	assert_int_equal(vdev_record_param(record, 0)->allowed[1].high, 9216);
	assert_int_equal(vdev_record_aggregation(record)->total, 30);
}

static void a_number_may_have_more_bytes_than_it_needs(void **state)
{
	struct nl_msg *narrow = message_full(), *wide;
	struct vdev_object *object;

	(void)state;
	message_wide = true;
	wide = message_full();
	message_wide = false;
	assert_true(nlmsg_hdr(wide)->nlmsg_len > nlmsg_hdr(narrow)->nlmsg_len);
	object = decode(narrow);
	assert_numbers(object);
	vdev_object_free(object);
	object = decode(wide);
	assert_numbers(object);
	vdev_object_free(object);
}

/* Whatever the byte order of the host: bit n is bit n % 8 of byte n / 8. */
static void a_bitmap_is_bytes(void **state)
{
	static const unsigned char bytes[16] = { [0] = 0x81, [7] = 0x80, [9] = 0x02 };
	struct nl_msg *msg = message_dev(7, "sim3", 41);
	struct nlattr *record = nla_nest_start(msg, VDEV_A_RECORD);
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_RECORD_FEATURE);
	const struct vdev_feature *feature;
	struct vdev_object *object;
	unsigned int bit;

	(void)state;
	nla_put_string(msg, VDEV_A_FEATURE_NAME, "f");
	nla_put(msg, VDEV_A_FEATURE_SUPPORTED, sizeof(bytes), bytes);
	nla_nest_end(msg, nest);
	nla_nest_end(msg, record);
	object = decode(msg);
	feature = vdev_record_feature(vdev_object_record(object), 0);
	assert_int_equal(feature->supported.num_words, 2);
	assert_int_equal(feature->supported.words[0], 0x8000000000000081ULL);
	for (bit = 0; bit < 128; bit++)
		assert_int_equal(vdev_bitmap_test(&feature->supported, bit),
				 bit == 0 || bit == 7 || bit == 63 || bit == 73);
	vdev_object_free(object);
}

static void a_copy_outlives_its_original(void **state)
{
	struct vdev_object *object = decode(message_full());
	struct vdev_object *copy = vdev_object_dup(object);

	(void)state;
	vdev_object_free(object);
	assert_string_equal(vdev_object_handle(copy), "sim/sim3");
	assert_string_equal(vdev_record_param(vdev_object_record(copy), 1)->value.string,
			    "nbd://a");
	assert_true(vdev_bitmap_test(&vdev_record_feature(vdev_object_record(copy), 0)->supported,
				     3));
	vdev_object_free(copy);
	vdev_object_free(NULL);
}

static void a_type_is_known_by_its_parent(void **state)
{
	struct vdev_handle handle = { .id = 3 };
	struct vdev_sock *sock = vdev_sock_new();
	struct vdev_object *object;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = message_type(3, "small", 5);
	assert_int_equal(vdev_type_get(sock, &handle, &object), 0);
	assert_int_equal(vdev_object_kind(object), VDEV_OBJECT_TYPE);
	assert_string_equal(vdev_object_handle(object), "simbus/sim0/small");
	vdev_object_free(object);
	vdev_sock_free(sock);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_identity_is_decoded),
		cmocka_unit_test(what_is_reported_is_decoded),
		cmocka_unit_test(identifying_strings_are_decoded),
		cmocka_unit_test(versions_are_decoded),
		cmocka_unit_test(feature_sets_are_decoded),
		cmocka_unit_test(an_empty_bitmap_is_not_an_unknown_one),
		cmocka_unit_test(params_are_decoded),
		cmocka_unit_test(an_aggregation_is_decoded),
		cmocka_unit_test(what_is_not_reported_is_absent),
		cmocka_unit_test(empty_nests_are_known_and_without_content),
		cmocka_unit_test(a_supported_migration_without_blockers_is_migratable),
		cmocka_unit_test(what_a_newer_kernel_reports_is_passed_over),
		cmocka_unit_test(a_number_may_have_more_bytes_than_it_needs),
		cmocka_unit_test(a_bitmap_is_bytes),
		cmocka_unit_test(a_copy_outlives_its_original),
		cmocka_unit_test(a_type_is_known_by_its_parent),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	fake_reset(NULL, NULL);
	return failed != 0;
}
