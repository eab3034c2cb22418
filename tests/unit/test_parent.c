// SPDX-License-Identifier: GPL-2.0
/*
 * Parents and devices in a folder that stands for sysfs, and what the vdpa family is asked.
 */
#include <sys/resource.h>
#include <sys/stat.h>

#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "sysfs_root.h"

#define UUID "c0ffee00-1c45-4b3f-9d37-0e5a1c2b3d4e"

/* What the vdpa family answers, one after the other; the last one again and again. */
static int answers[4];
static size_t num_answers, num_requests;
static char last_request[512];

static void put_ack(int error, const char *text)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlmsghdr *nlh = nlmsg_put(msg, 0, 0, NLMSG_ERROR, sizeof(struct nlmsgerr),
					 NLM_F_CAPPED | (text ? NLM_F_ACK_TLVS : 0));
	struct nlmsgerr *ack = nlmsg_data(nlh);

	*ack = (struct nlmsgerr){ .error = -error };
	if (text)
		nla_put_string(msg, 1, text);
	fake_datagram(nlh, nlh->nlmsg_len, 0, 1);
	nlmsg_free(msg);
}

static void put_parent(void)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlmsghdr *nlh = nlmsg_put(msg, 0, 0, FAKE_VDPA, GENL_HDRLEN, NLM_F_MULTI);
	uint64_t classes = 2, features = 0x28;
	int done = 0;

	*(struct genlmsghdr *)nlmsg_data(nlh) = (struct genlmsghdr){ .cmd = 2, .version = 1 };
	nla_put_string(msg, 1, "pci");
	nla_put_string(msg, 2, "0000:65:00.2");
	nla_put_u64(msg, 3, classes);
	nla_put_u32(msg, 15, 9);
	nla_put_u64(msg, 16, features);
	fake_datagram(nlh, nlh->nlmsg_len, 0, 1);
	nlmsg_free(msg);
	msg = nlmsg_alloc();
	nlh = nlmsg_put(msg, 0, 0, NLMSG_DONE, sizeof(done), NLM_F_MULTI);
	*(int *)nlmsg_data(nlh) = 0;
	fake_datagram(nlh, nlh->nlmsg_len, 0, 1);
	nlmsg_free(msg);
}

static void respond(const struct nlmsghdr *request, void *arg)
{
	const struct genlmsghdr *genl = nlmsg_data(request);
	int answer;

	(void)arg;
	assert_int_equal(request->nlmsg_type, FAKE_VDPA);
	if (genl->cmd == 2) {
		put_parent();
		return;
	}
	assert_true(request->nlmsg_len <= sizeof(last_request));
	memcpy(last_request, request, request->nlmsg_len);
	answer = num_answers ? answers[num_requests < num_answers ? num_requests :
				       num_answers - 1] : 0;
	num_requests++;
	if (answer != ETIMEDOUT)
		put_ack(answer, answer ? "the kernel's words" : NULL);
}

static const struct nlattr *asked(int type)
{
	const struct nlmsghdr *nlh = (const struct nlmsghdr *)last_request;

	return nla_find(nlmsg_attrdata(nlh, GENL_HDRLEN), nlmsg_attrlen(nlh, GENL_HDRLEN), type);
}

static int set_up(void **state)
{
	(void)state;
	num_answers = 0;
	num_requests = 0;
	return sysfs_set_up(respond);
}

static void parents_are_read(void **state)
{
	const struct vdev_parent *one;

	(void)state;
	one = parent("p");
	assert_int_equal(one->method, VDEV_PARENT_MDEV);
	assert_null(one->bus);
	assert_int_equal(one->num_types, 1);
	assert_string_equal(one->types[0].device_api, "vfio-pci");
	assert_int_equal(one->types[0].available, 3);
	one = parent("pci/0000:65:00.2");
	assert_int_equal(one->method, VDEV_PARENT_VDPA);
	assert_int_equal(one->max_vqs, 9);
	assert_true(vdev_bitmap_test(&one->features, 5));
	assert_string_equal(one->types[0].device_api, "vdpa-net");
	assert_null(vdev_parents_get(parents, 2));
	assert_null(vdev_parent_method_name(77));
}

/* What is no number, and what would be waited for or leads elsewhere. */
static void odd_files_are_rejected(void **state)
{
	static const struct {
		const char *command;
		int err;
	} odd[] = {
		{ "printf '3\\0004' >available_instances", -EBADMSG },
		{ "printf 'three' >available_instances", -EINVAL },
		{ "printf '99999999999999999999' >available_instances", -EINVAL },
		{ "printf '' >available_instances", -EINVAL },
		{ "printf -- '-1' >available_instances", -EINVAL },
		{ "head -c 70000 /dev/zero >available_instances", -EFBIG },
		{ "rm available_instances && ln -s device_api available_instances", -EINVAL },
		{ "rm available_instances && mkfifo available_instances", -EINVAL },
		{ "rm available_instances && mkdir available_instances", -EINVAL },
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(odd); i++) {
		run("cd class/mdev_bus/p/mdev_supported_types/t-1 && %s", odd[i].command);
		assert_int_equal(read_parents(), odd[i].err);
		assert_null(parents);
		assert_non_null(strstr(message(), "available_instances"));
	}
	run("rm -r class/mdev_bus/p/mdev_supported_types/t-1/available_instances");
	assert_int_equal(parent("p")->num_types, 0);
}

static void vdpa_is_asked_in_its_words(void **state)
{
	const struct vdev_config_pair params[] = {
		{ "mac", "02:00:00:aB:cd:56" }, { "mtu", "1400" }, { "max-vqp", "4" },
	};
	const struct vdev_config_pair features[] = { { "MAC", "on" }, { "bit-3", "off" } };
	struct vdev_config config = {
		.name = "a", .vfs = VDEV_UNKNOWN32, .params = params, .num_params = 3,
		.features = features, .num_features = 2,
	};
	struct vdev_made *made;

	(void)state;
	assert_int_equal(add(parent("pci/0000:65:00.2"), &config, &made), 0);
	assert_string_equal(made->handles[0].name, "a");
	vdev_made_free(made);
	assert_string_equal(nla_data(asked(1)), "pci");
	assert_string_equal(nla_data(asked(2)), "0000:65:00.2");
	assert_string_equal(nla_data(asked(4)), "a");
	assert_memory_equal(nla_data(asked(10)), "\x02\0\0\xab\xcd\x56", 6);
	assert_int_equal(nla_get_u16(asked(13)), 1400);
	assert_int_equal(nla_get_u16(asked(12)), 4);
	assert_int_equal(nla_get_u64(asked(20)), 0x20);
}

static void a_taken_name_leads_to_the_next(void **state)
{
	struct vdev_config config = VDEV_CONFIG_INIT;
	struct vdev_made *made;

	(void)state;
	run("ln -s x bus/vdpa/devices/vdpa0");
	answers[0] = EEXIST;
	answers[1] = 0;
	num_answers = 2;
	assert_int_equal(add(parent("pci/0000:65:00.2"), &config, &made), 0);
	assert_string_equal(made->handles[0].name, "vdpa2");
	vdev_made_free(made);
	config.name = "b";
	answers[0] = EEXIST;
	num_answers = 1;
	assert_int_equal(add(parent("pci/0000:65:00.2"), &config, &made), -EEXIST);
	assert_null(made);
	assert_string_equal(message(), "the kernel's words");
}

static void what_did_not_answer_may_come(void **state)
{
	struct vdev_config config = { .name = "late", .vfs = VDEV_UNKNOWN32 };
	struct vdev_made *made;

	(void)state;
	answers[0] = ETIMEDOUT;
	num_answers = 1;
	assert_int_equal(add(parent("pci/0000:65:00.2"), &config, &made), -ETIMEDOUT);
	assert_non_null(strstr(message(), "vdpa/late may still come"));
}

static void a_vdpa_device_changes_and_goes(void **state)
{
	const struct vdev_config_pair mac = { "mac", "02:00:00:00:00:01" };
	const struct vdev_config config = {
		.params = &mac, .num_params = 1, .vfs = VDEV_UNKNOWN32,
	};
	const struct vdev_handle handle = { .bus = "vdpa", .name = "a" };

	(void)state;
	assert_int_equal(vdev_provisioner_set(provisioner, &handle, &config, false), -ENODEV);
	run("ln -s x bus/vdpa/devices/a");
	assert_int_equal(vdev_provisioner_set(provisioner, &handle, &config, true), 0);
	assert_int_equal(num_requests, 0);
	assert_int_equal(vdev_provisioner_set(provisioner, &handle, &config, false), 0);
	assert_int_equal(((struct genlmsghdr *)(last_request + NLMSG_HDRLEN))->cmd, 8);
	assert_int_equal(vdev_provisioner_del(provisioner, &handle, false), 0);
	assert_int_equal(((struct genlmsghdr *)(last_request + NLMSG_HDRLEN))->cmd, 4);
	assert_string_equal(nla_data(asked(4)), "a");
}

/* It is a folder here, where the kernel has a link, so that it is not taken for one that exists. */
static void make_device(void)
{
	run("mkdir -p bus/mdev/devices/" UUID "/vendor && cd bus/mdev/devices/" UUID
	    " && : >remove && printf 1 >vendor/aggregator && printf 7 >nr_ports");
}

static void mdev_is_created_and_configured(void **state)
{
	const struct vdev_config_pair params[] = { { "nr-ports", "2" } };
	struct vdev_config config = {
		.name = UUID, .vfs = VDEV_UNKNOWN32, .params = params, .num_params = 1,
		.aggregation = 30,
	};
	struct vdev_made *made;

	(void)state;
	make_device();
	assert_int_equal(add(parent("p"), &config, &made), 0);
	assert_string_equal(made->handles[0].bus, "mdev");
	assert_string_equal(made->handles[0].name, UUID);
	assert_file("class/mdev_bus/p/mdev_supported_types/t-1/create", UUID);
	assert_file("bus/mdev/devices/" UUID "/nr_ports", "2");
	assert_file("bus/mdev/devices/" UUID "/vendor/aggregator", "30");
	assert_file("bus/mdev/devices/" UUID "/remove", "");
	assert_int_equal(vdev_provisioner_undo(provisioner, parent("p"), made), 0);
	assert_file("bus/mdev/devices/" UUID "/remove", "1");
	vdev_made_free(made);
}

static void a_half_made_mdev_is_removed(void **state)
{
	const struct vdev_config_pair params[] = { { "nr-ports", "2" }, { "speed", "1" } };
	struct vdev_config config = {
		.name = UUID, .vfs = VDEV_UNKNOWN32, .params = params, .num_params = 2,
	};
	struct vdev_made *made;

	(void)state;
	make_device();
	assert_int_equal(add(parent("p"), &config, &made), -EOPNOTSUPP);
	assert_null(made);
	assert_file("bus/mdev/devices/" UUID "/nr_ports", "7");
	assert_file("bus/mdev/devices/" UUID "/remove", "1");
	run("rm bus/mdev/devices/" UUID "/remove");
	assert_int_equal(add(parent("p"), &config, &made), -EOPNOTSUPP);
	assert_non_null(strstr(message(), "could not be removed again"));
}

static void values_are_set_back(void **state)
{
	const struct vdev_config_pair params[] = { { "nr_ports", "2" }, { "long", "12" } };
	const struct rlimit small = { .rlim_cur = 1, .rlim_max = RLIM_INFINITY };
	const struct rlimit any = { .rlim_cur = RLIM_INFINITY, .rlim_max = RLIM_INFINITY };
	struct vdev_config config = {
		.vfs = VDEV_UNKNOWN32, .params = params, .num_params = 2,
	};
	const struct vdev_handle handle = { .bus = "mdev", .name = UUID };

	(void)state;
	run("mkdir -p devices/" UUID " && ln -s ../../../devices/" UUID " bus/mdev/devices/" UUID
	    " && cd devices/" UUID " && printf 7 >nr_ports && printf 1 >long");
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_int_equal(vdev_provisioner_set(provisioner, &handle, &config, false), -EIO);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &any), 0);
	assert_null(strstr(message(), "could not be set back"));
	assert_file("devices/" UUID "/nr_ports", "7");
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, sysfs_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(parents_are_read),
		CASE(odd_files_are_rejected),
		CASE(vdpa_is_asked_in_its_words),
		CASE(a_taken_name_leads_to_the_next),
		CASE(what_did_not_answer_may_come),
		CASE(a_vdpa_device_changes_and_goes),
		CASE(mdev_is_created_and_configured),
		CASE(a_half_made_mdev_is_removed),
		CASE(values_are_set_back),
	};

	return cmocka_run_group_tests_name("parent", tests, NULL, NULL);
}
