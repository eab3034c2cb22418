// SPDX-License-Identifier: GPL-2.0
/* Handles as people write them, and requests as the kernel gets them. */
#include "test.h"
#include "message.h"

static void assert_bad(const char *text, enum vdev_object_kind kind, int err)
{
	struct vdev_handle handle;

	assert_int_equal(vdev_handle_parse(text, kind, &handle), err);
}

static void a_device_is_bus_and_name(void **state)
{
	struct vdev_handle handle;

	(void)state;
	assert_int_equal(vdev_handle_parse("pci/0000:65:00.1", VDEV_OBJECT_DEV, &handle), 0);
	assert_int_equal(handle.id, 0);
	assert_string_equal(handle.bus, "pci");
	assert_string_equal(handle.name, "0000:65:00.1");
	assert_string_equal(handle.parent_bus, "");
	assert_string_equal(handle.parent, "");
}

static void a_type_is_parent_and_name(void **state)
{
	struct vdev_handle handle;

	(void)state;
	assert_int_equal(vdev_handle_parse("pci/0000:65:00.0/net", VDEV_OBJECT_TYPE, &handle), 0);
	assert_string_equal(handle.parent_bus, "pci");
	assert_string_equal(handle.parent, "0000:65:00.0");
	assert_string_equal(handle.name, "net");
	assert_string_equal(handle.bus, "");
}

static void a_number_is_an_id(void **state)
{
	struct vdev_handle handle;

	(void)state;
	assert_int_equal(vdev_handle_parse("4294967295", VDEV_OBJECT_TYPE, &handle), 0);
	assert_int_equal(handle.id, UINT32_MAX);
	assert_int_equal(vdev_handle_parse("0000001", VDEV_OBJECT_DEV, &handle), 0);
	assert_int_equal(handle.id, 1);
	assert_bad("0", VDEV_OBJECT_DEV, -EINVAL);
	assert_bad("4294967296", VDEV_OBJECT_DEV, -ERANGE);
	assert_bad("99999999999999999999999999", VDEV_OBJECT_DEV, -ERANGE);
}

static void what_is_no_handle_is_rejected(void **state)
{
	static const char *const devices[] = {
		"", "/", "a", "a/", "/b", "a/b/c", "a//b", "-1", "1x", "//",
	};
	static const char *const types[] = {
		"", "a", "a/b", "a//c", "/b/c", "a/b/", "a/b/c/d", "//", "///",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(devices); i++)
		assert_bad(devices[i], VDEV_OBJECT_DEV, -EINVAL);
	for (i = 0; i < TEST_ARRAY_SIZE(types); i++)
		assert_bad(types[i], VDEV_OBJECT_TYPE, -EINVAL);
}

static void names_have_a_longest_length(void **state)
{
	char text[VDEV_HANDLE_NAME_MAX + 8];
	struct vdev_handle handle;

	(void)state;
	memset(text, 'n', sizeof(text));
	memcpy(text, "a/", 2);
	text[VDEV_HANDLE_NAME_MAX + 2] = '\0';
	assert_int_equal(vdev_handle_parse(text, VDEV_OBJECT_DEV, &handle), 0);
	assert_int_equal(strlen(handle.name), VDEV_HANDLE_NAME_MAX);
	text[VDEV_HANDLE_NAME_MAX + 2] = 'n';
	text[VDEV_HANDLE_NAME_MAX + 3] = '\0';
	assert_bad(text, VDEV_OBJECT_DEV, -ENAMETOOLONG);
}

static struct reason reason = { .error = ENODEV };

static const struct nlattr *sent(int type)
{
	return nla_find(nlmsg_attrdata(fake_request(), GENL_HDRLEN),
			nlmsg_attrlen(fake_request(), GENL_HDRLEN), type);
}

static void get(struct vdev_handle *handle, bool type)
{
	struct vdev_sock *sock = vdev_sock_new();
	struct vdev_object *object;

	fake_reset(respond_rejection, &reason);
	assert_int_equal(type ? vdev_type_get(sock, handle, &object) :
			 vdev_dev_get(sock, handle, &object), -ENODEV);
	vdev_sock_free(sock);
}

static void a_get_sends_a_number_or_names(void **state)
{
	struct vdev_handle id = { .id = 9, .bus = "ignored" };
	struct vdev_handle name = { .parent_bus = "pci", .parent = "p", .name = "n" };

	(void)state;
	get(&id, false);
	assert_int_equal(nla_get_u32(sent(VDEV_A_ID)), 9);
	assert_null(sent(VDEV_A_BUS));
	assert_int_equal(fake_request()->nlmsg_flags, NLM_F_REQUEST | NLM_F_ACK);
	get(&name, true);
	assert_null(sent(VDEV_A_ID));
	assert_null(sent(VDEV_A_BUS));
	assert_string_equal(nla_get_string((struct nlattr *)sent(VDEV_A_PARENT_BUS)), "pci");
	assert_string_equal(nla_get_string((struct nlattr *)sent(VDEV_A_PARENT)), "p");
	assert_string_equal(nla_get_string((struct nlattr *)sent(VDEV_A_NAME)), "n");
}

static int dump(const struct vdev_filter *filter)
{
	struct vdev_sock *sock = vdev_sock_new();
	int err;

	fake_reset(respond_rejection, &reason);
	err = vdev_dev_dump(sock, filter, NULL, NULL);
	vdev_sock_free(sock);
	return err;
}

/* What a get, and then a dump, say about ages. */
static void assert_max_age_sent(struct vdev_sock *sock, const uint32_t *expected)
{
	struct vdev_handle id = { .id = 9 };
	struct vdev_object *object;

	assert_int_equal(vdev_type_get(sock, &id, &object), -ENODEV);
	assert_int_equal(!sent(VDEV_A_MAX_AGE), !expected);
	if (expected)
		assert_int_equal(nla_get_u32(sent(VDEV_A_MAX_AGE)), *expected);
	assert_int_equal(vdev_dev_dump(sock, NULL, NULL, NULL), -ENODEV);
	assert_int_equal(!sent(VDEV_A_MAX_AGE), !expected);
	if (expected)
		assert_int_equal(nla_get_u32(sent(VDEV_A_MAX_AGE)), *expected);
}

static void an_age_is_asked_for_if_there_is_a_bound(void **state)
{
	static const uint32_t bounds[] = { 0, 1000, UINT32_MAX - 1 };
	struct vdev_sock *sock = vdev_sock_new();
	size_t i;

	(void)state;
	fake_reset(respond_rejection, &reason);
	assert_max_age_sent(sock, NULL);
	for (i = 0; i < TEST_ARRAY_SIZE(bounds); i++) {
		vdev_sock_set_max_age(sock, bounds[i]);
		assert_max_age_sent(sock, &bounds[i]);
	}
	vdev_sock_set_max_age(sock, VDEV_MAX_AGE_ANY);
	assert_max_age_sent(sock, NULL);
	vdev_sock_free(sock);
}

static void a_filter_without_conditions_is_not_sent(void **state)
{
	struct vdev_filter *filter = vdev_filter_new();

	(void)state;
	vdev_filter_set_bus(filter, "pci");
	vdev_filter_set_bus(filter, NULL);
	vdev_filter_set_since(filter, 0, 0);
	assert_int_equal(dump(filter), -ENODEV);
	assert_null(sent(VDEV_A_FILTER));
	assert_int_equal(dump(NULL), -ENODEV);
	assert_null(sent(VDEV_A_FILTER));
	vdev_filter_free(filter);
	vdev_filter_free(NULL);
}

static const char *condition(int type)
{
	const struct nlattr *filter = sent(VDEV_A_FILTER);
	const struct nlattr *attr = nla_find(nla_data(filter), nla_len(filter), type);

	return attr ? nla_data(attr) : NULL;
}

static void strings_of_a_filter_are_copied(void **state)
{
	struct vdev_filter *filter = vdev_filter_new();
	char text[] = "pci";

	(void)state;
	assert_int_equal(vdev_filter_set_bus(filter, "other"), 0);
	assert_int_equal(vdev_filter_set_bus(filter, text), 0);
	memset(text, 'x', sizeof(text) - 1);
	assert_int_equal(dump(filter), -ENODEV);
	assert_string_equal(condition(VDEV_A_FILTER_BUS), "pci");
	vdev_filter_free(filter);
}

static void every_condition_is_sent(void **state)
{
	struct vdev_filter *filter = vdev_filter_new();
	uint64_t since;
	uint32_t number;

	(void)state;
	vdev_filter_set_bus(filter, "vdpa");
	vdev_filter_set_parent_bus(filter, "pci");
	vdev_filter_set_parent(filter, "0000:65:00.0");
	vdev_filter_set_type(filter, "net");
	vdev_filter_set_model(filter, "qemu.org/net");
	vdev_filter_set_device_api(filter, "vdpa-net");
	vdev_filter_set_migratable(filter, true);
	vdev_filter_set_since(filter, 1ULL << 40, 7);
	vdev_filter_set_at_least(filter, VDEV_VERDICT_COMPATIBLE);
	assert_int_equal(dump(filter), -ENODEV);
	assert_string_equal(condition(VDEV_A_FILTER_BUS), "vdpa");
	assert_string_equal(condition(VDEV_A_FILTER_PARENT_BUS), "pci");
	assert_string_equal(condition(VDEV_A_FILTER_PARENT), "0000:65:00.0");
	assert_string_equal(condition(VDEV_A_FILTER_TYPE), "net");
	assert_string_equal(condition(VDEV_A_FILTER_MODEL), "qemu.org/net");
	assert_string_equal(condition(VDEV_A_FILTER_DEVICE_API), "vdpa-net");
	assert_non_null(condition(VDEV_A_FILTER_MIGRATABLE));
	memcpy(&since, condition(VDEV_A_FILTER_SINCE), sizeof(since));
	assert_int_equal(since, 1ULL << 40);
	memcpy(&number, condition(VDEV_A_FILTER_INSTANCE), sizeof(number));
	assert_int_equal(number, 7);
	memcpy(&number, condition(VDEV_A_FILTER_AT_LEAST), sizeof(number));
	assert_int_equal(number, VDEV_VERDICT_COMPATIBLE);
	vdev_filter_free(filter);
}

/* So that who starts from nothing learns that the module was loaded again. */
static void the_beginning_of_an_instance_is_a_condition(void **state)
{
	struct vdev_filter *filter = vdev_filter_new();
	uint32_t number;

	(void)state;
	vdev_filter_set_since(filter, 0, 7);
	assert_int_equal(dump(filter), -ENODEV);
	memcpy(&number, condition(VDEV_A_FILTER_SINCE), sizeof(number));
	assert_int_equal(number, 0);
	memcpy(&number, condition(VDEV_A_FILTER_INSTANCE), sizeof(number));
	assert_int_equal(number, 7);
	vdev_filter_free(filter);
}

static void a_request_that_is_too_long_is_not_sent(void **state)
{
	struct vdev_filter *filter = vdev_filter_new();
	char *model = malloc(100000);

	(void)state;
	memset(model, 'm', 99999);
	model[99999] = '\0';
	vdev_filter_set_model(filter, model);
	assert_int_equal(dump(filter), -EMSGSIZE);
	assert_int_equal(fake.sends, 0);
	vdev_filter_free(filter);
	free(model);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_device_is_bus_and_name),
		cmocka_unit_test(a_type_is_parent_and_name),
		cmocka_unit_test(a_number_is_an_id),
		cmocka_unit_test(what_is_no_handle_is_rejected),
		cmocka_unit_test(names_have_a_longest_length),
		cmocka_unit_test(a_get_sends_a_number_or_names),
		cmocka_unit_test(an_age_is_asked_for_if_there_is_a_bound),
		cmocka_unit_test(a_filter_without_conditions_is_not_sent),
		cmocka_unit_test(strings_of_a_filter_are_copied),
		cmocka_unit_test(every_condition_is_sent),
		cmocka_unit_test(the_beginning_of_an_instance_is_a_condition),
		cmocka_unit_test(a_request_that_is_too_long_is_not_sent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
