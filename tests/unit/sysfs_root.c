// SPDX-License-Identifier: GPL-2.0
/* A folder that stands for sysfs. Folders that a kernel would create are there before. */
#include <fcntl.h>
#include <stdarg.h>
#include <unistd.h>

#include "sysfs_root.h"

static char root[] = "/tmp/vdev-parent-XXXXXX";
struct vdev_provisioner *provisioner;
struct vdev_parents *parents;

void run(const char *format, ...)
{
	char command[2048];
	int len = snprintf(command, sizeof(command), "cd %s && ", root);
	va_list args;

	va_start(args, format);
	vsnprintf(command + len, sizeof(command) - (size_t)len, format, args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

void read_file(const char *name, char text[64])
{
	char path[256];
	ssize_t n;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", root, name);
	fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	n = read(fd, text, 63);
	close(fd);
	assert_true(n >= 0);
	text[n] = '\0';
}

void assert_file(const char *name, const char *expected)
{
	char text[64];

	read_file(name, text);
	assert_string_equal(text, expected);
}

int sysfs_set_up(fake_responder *responder)
{
	strcpy(root + strlen(root) - 6, "XXXXXX");
	if (!mkdtemp(root))
		return -1;
	run("mkdir -p class/mdev_bus/p/mdev_supported_types/t-1 bus/mdev/devices bus/pci/devices "
	    "bus/pci/drivers/vfio-pci bus/vdpa/devices");
	run("cd class/mdev_bus/p/mdev_supported_types/t-1 && printf 3 >available_instances && "
	    "printf 'vfio-pci\\n' >device_api && : >create");
	fake_reset(responder, NULL);
	fake.vdpa = responder ? 1 : 0;
	parents = NULL;
	provisioner = vdev_provisioner_new();
	return provisioner && !vdev_provisioner_set_sysfs(provisioner, root) ? 0 : -1;
}

int sysfs_tear_down(void **state)
{
	(void)state;
	vdev_parents_free(parents);
	vdev_provisioner_free(provisioner);
	fake_reset(NULL, NULL);
	run("rm -r %s", root);
	return 0;
}

int read_parents(void)
{
	vdev_parents_free(parents);
	return vdev_parents_read(provisioner, &parents);
}

const struct vdev_parent *parent(const char *handle)
{
	size_t i;

	assert_int_equal(read_parents(), 0);
	for (i = 0; i < vdev_parents_num(parents); i++)
		if (strcmp(vdev_parents_get(parents, i)->handle, handle) == 0)
			return vdev_parents_get(parents, i);
	fail_msg("no parent %s", handle);
	return NULL;
}

int add(const struct vdev_parent *where, const struct vdev_config *config,
	       struct vdev_made **made)
{
	return vdev_provisioner_add(provisioner, where, NULL, config, false, made);
}

const char *message(void)
{
	return vdev_provisioner_error(provisioner)->message;
}
