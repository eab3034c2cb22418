// SPDX-License-Identifier: GPL-2.0
/* Endpoints by their nodes, their places in sysfs, and other names. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "test.h"

#include "format/path.h"

#define UUID "83b8f4f2-509f-382f-3c1e-e6bfe0fa1001"
#define OTHER "93b8f4f2-509f-382f-3c1e-e6bfe0fa1002"

static char root[] = "/tmp/vdev-path-XXXXXX";
static enum vdev_object_kind kind;
static struct vdev_handle handle;

__attribute__((format(printf, 1, 2)))
static void run(const char *format, ...)
{
	char command[2048];
	va_list args;

	va_start(args, format);
	vsnprintf(command, sizeof(command), format, args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

/* A folder below root, and the bus or class that it is of; NULL for none. */
static void make(const char *folder, const char *subsystem)
{
	run("mkdir -p %s/%s", root, folder);
	if (!subsystem)
		return;
	run("mkdir -p %s/%s", root, subsystem);
	run("ln -s %s/%s %s/%s/subsystem", root, subsystem, root, folder);
}

static void link_to(const char *target, const char *name)
{
	run("ln -s %s/%s %s/%s", root, target, root, name);
}

static int set_up(void **state)
{
	(void)state;
	if (!mkdtemp(root))
		return -1;
	make("dev/char", NULL);
	make("devices/vdpa0", "bus/vdpa");
	make("devices/vdpa0/vhost-vdpa-0", NULL);
	make("devices/pci0000:65/0000:65:00.0", "bus/pci");
	make("devices/pci0000:65/0000:65:00.0/vfio-dev/vfio3", "class/vfio-dev");
	make("devices/pci0000:65/0000:65:00.0/mdev_supported_types/nic-1", NULL);
	make("devices/virtual/mtty/mtty", "class/mtty");
	make("devices/virtual/mtty/mtty/mdev_supported_types/mtty-1", NULL);
	make("devices/virtual/mtty/mtty/" UUID, "bus/mdev");
	make("devices/virtual/mtty/mtty/" OTHER, "bus/mdev");
	make("kernel/iommu_groups/7/devices", NULL);
	make("kernel/iommu_groups/8/devices", NULL);
	make("kernel/iommu_groups/9/devices", NULL);
	make("devices/virtual/vfio/7", "class/vfio");
	make("devices/virtual/vfio/noiommu-8", "class/vfio");
	make("devices/virtual/vfio/9", "class/vfio");
	make("devices/virtual/vfio/10", "class/vfio");
	make("devices/virtual/tty/7", "class/tty");
	link_to("devices/virtual/vfio/7", "dev/char/240:1");
	link_to("devices/virtual/vfio/noiommu-8", "dev/char/240:2");
	link_to("devices/virtual/vfio/9", "dev/char/240:3");
	link_to("devices/virtual/vfio/10", "dev/char/240:4");
	link_to("devices/virtual/tty/7", "dev/char/4:7");
	link_to("devices/vdpa0/vhost-vdpa-0", "dev/char/509:0");
	link_to("devices/pci0000:65/0000:65:00.0/vfio-dev/vfio3", "dev/char/510:3");
	link_to("devices/virtual/mtty/mtty/" UUID, "kernel/iommu_groups/7/devices/" UUID);
	link_to("devices/virtual/mtty/mtty/" UUID, "kernel/iommu_groups/8/devices/" UUID);
	link_to("devices/virtual/mtty/mtty/" OTHER, "kernel/iommu_groups/8/devices/" OTHER);
	link_to("devices/virtual/mtty/mtty/mdev_supported_types/mtty-1",
		"devices/virtual/mtty/mtty/" UUID "/mdev_type");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	run("rm -r %s", root);
	return 0;
}

static int from_node(const char *node, unsigned int major, unsigned int minor)
{
	struct stat status = { .st_mode = S_IFCHR, .st_rdev = makedev(major, minor) };

	kind = VDEV_OBJECT_DEV;
	handle = (struct vdev_handle){ 0 };
	return vdev_path_handle(root, node, &status, &kind, &handle);
}

static int from_sysfs(const char *name)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", root, name);
	return vdev_handle_from_path(path, &kind, &handle);
}

static void assert_device(const char *bus, const char *name)
{
	assert_int_equal(kind, VDEV_OBJECT_DEV);
	assert_int_equal(handle.id, 0);
	assert_string_equal(handle.bus, bus);
	assert_string_equal(handle.name, name);
}

static void a_node_is_its_device(void **state)
{
	(void)state;
	assert_int_equal(from_node("/dev/vhost-vdpa-0", 509, 0), 0);
	assert_device("vdpa", "vdpa0");
	assert_int_equal(from_node("/dev/vfio/devices/vfio3", 510, 3), 0);
	assert_device("pci", "0000:65:00.0");
	assert_int_equal(vdev_handle_from_path("10000:E1:00.0", &kind, &handle), 0);
	assert_device("pci", "10000:e1:00.0");
	assert_int_equal(from_node("/dev/vhost-vdpa-1", 509, 1), -ENOENT);
}

static void a_group_is_its_only_device(void **state)
{
	(void)state;
	assert_int_equal(from_node("/dev/vfio/7", 240, 1), 0);
	assert_device("mdev", UUID);
	assert_int_equal(from_node("/dev/vfio/noiommu-8", 240, 2), -ENOTUNIQ);
	assert_int_equal(from_node("/dev/vfio/9", 240, 3), -ENODEV);
	assert_int_equal(from_node("/dev/vfio/10", 240, 4), -ENOENT);
	assert_int_equal(from_node("/dev/tty/7", 4, 7), -EINVAL);
}

static void a_place_in_sysfs_is_the_nearest_device(void **state)
{
	(void)state;
	assert_int_equal(from_sysfs("devices/vdpa0"), 0);
	assert_device("vdpa", "vdpa0");
	assert_int_equal(from_sysfs("devices/vdpa0/vhost-vdpa-0"), 0);
	assert_device("vdpa", "vdpa0");
	assert_int_equal(from_sysfs("kernel/iommu_groups/7/devices/" UUID "/"), 0);
	assert_device("mdev", UUID);
	assert_int_equal(from_sysfs("devices/pci0000:65/0000:65:00.0/vfio-dev/vfio3"), 0);
	assert_device("pci", "0000:65:00.0");
	assert_int_equal(from_sysfs("devices/virtual/mtty/mtty"), -EINVAL);
	assert_int_equal(from_sysfs("bus"), -EINVAL);
	assert_int_equal(from_sysfs("devices/vdpa1"), -ENOENT);
}

static void a_type_has_a_parent_on_a_bus_or_of_a_class(void **state)
{
	static const char *const places[] = {
		"devices/virtual/mtty/mtty/mdev_supported_types/mtty-1",
		"devices/virtual/mtty/mtty/" UUID "/mdev_type",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(places); i++) {
		assert_int_equal(from_sysfs(places[i]), 0);
		assert_int_equal(kind, VDEV_OBJECT_TYPE);
		assert_string_equal(handle.parent_bus, "mtty");
		assert_string_equal(handle.parent, "mtty");
		assert_string_equal(handle.name, "mtty-1");
		assert_string_equal(handle.bus, "");
	}
	assert_int_equal(from_sysfs("devices/pci0000:65/0000:65:00.0/mdev_supported_types/nic-1"),
			 0);
	assert_int_equal(kind, VDEV_OBJECT_TYPE);
	assert_string_equal(handle.parent_bus, "pci");
	assert_string_equal(handle.parent, "0000:65:00.0");
}

static void words_are_taken_as_they_are(void **state)
{
	(void)state;
	assert_int_equal(vdev_handle_from_path(UUID, &kind, &handle), 0);
	assert_device("mdev", UUID);
	assert_int_equal(vdev_handle_from_path("83B8F4F2-509f-382f-3c1e-e6bfe0fa1001", &kind,
					       &handle), 0);
	assert_device("mdev", UUID);
	assert_int_equal(vdev_handle_from_path("0000:65:00.0", &kind, &handle), 0);
	assert_device("pci", "0000:65:00.0");
	assert_int_equal(vdev_handle_from_path("AB:1f.7", &kind, &handle), 0);
	assert_device("pci", "0000:ab:1f.7");
}

static void others_are_none(void **state)
{
	static const char *const words[] = {
		"", "vdpa0", "vdpa/vdpa0", "7", "./x", "dev/null", "0000:65:00", "65:00.0x",
		"83b8f4f2-509f-382f-3c1e-e6bfe0fa100", UUID "0", "/",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(words); i++) {
		assert_int_equal(vdev_handle_from_path(words[i], &kind, &handle), -EINVAL);
		assert_string_equal(handle.name, "");
	}
	assert_int_equal(vdev_handle_from_path("/no/such/path", &kind, &handle), -ENOENT);
	/* A node of no device. */
	assert_true(vdev_handle_from_path("/dev/null", &kind, &handle) < 0);
}

static void a_long_name_is_rejected(void **state)
{
	char name[128];

	(void)state;
	snprintf(name, sizeof(name), "devices/%064d", 0);
	make(name, "bus/vdpa");
	assert_int_equal(from_sysfs(name), -ENAMETOOLONG);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_node_is_its_device),
		cmocka_unit_test(a_group_is_its_only_device),
		cmocka_unit_test(a_place_in_sysfs_is_the_nearest_device),
		cmocka_unit_test(a_type_has_a_parent_on_a_bus_or_of_a_class),
		cmocka_unit_test(words_are_taken_as_they_are),
		cmocka_unit_test(others_are_none),
		cmocka_unit_test(a_long_name_is_rejected),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
