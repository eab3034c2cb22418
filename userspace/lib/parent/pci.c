// SPDX-License-Identifier: LGPL-2.1
/* Physical functions and their virtual ones, as sysfs shows them. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parents.h"
#include "pci.h"

int vdev_pci_read_pf(struct vdev_provisioner *provisioner, const char *name, struct pci_pf *pf,
		     bool *is_pf)
{
	int err = vdev_sysfs_path(provisioner, pf->folder, "bus/pci/devices/%s", name);

	*is_pf = false;
	if (err || !vdev_sysfs_has(pf->folder, "sriov_totalvfs"))
		return err;
	err = vdev_sysfs_number(provisioner, pf->folder, "sriov_totalvfs", &pf->limit);
	if (!err && pf->limit)
		err = vdev_sysfs_number(provisioner, pf->folder, "sriov_numvfs", &pf->enabled);
	*is_pf = !err && pf->limit;
	return err;
}

int vdev_pci_vf(struct vdev_provisioner *provisioner, const struct pci_pf *pf, uint32_t number,
		char name[NAME_MAX + 1], char folder[PATH_MAX])
{
	char link[32];

	snprintf(link, sizeof(link), "virtfn%u", number);
	if (vdev_sysfs_link(pf->folder, link, name) ||
	    vdev_sysfs_path(provisioner, folder, "bus/pci/devices/%s", name))
		return -ENOENT;
	return 0;
}

bool vdev_pci_driver(const char *folder, char driver[NAME_MAX + 1])
{
	return vdev_sysfs_link(folder, "driver", driver) == 0;
}

/* One that a driver uses is not available; when there is none yet, all can be enabled. */
static uint32_t count_available(struct vdev_provisioner *provisioner, const struct pci_pf *pf)
{
	char name[NAME_MAX + 1], driver[NAME_MAX + 1], folder[PATH_MAX];
	uint32_t i, available = 0;

	if (!pf->enabled)
		return pf->limit;
	for (i = 0; i < pf->enabled; i++) {
		if (vdev_pci_vf(provisioner, pf, i, name, folder))
			break;
		available += !vdev_pci_driver(folder, driver);
	}
	return available;
}

/* As the kernel names the type: by the ids that the virtual functions have. */
static int type_name(struct vdev_provisioner *provisioner, const char *folder, char name[32])
{
	char vendor[SYSFS_TEXT_SIZE], device[SYSFS_TEXT_SIZE];
	int err = vdev_sysfs_read(provisioner, folder, "vendor", vendor);

	if (!err)
		err = vdev_sysfs_read(provisioner, folder, "sriov_vf_device", device);
	if (!err)
		snprintf(name, 32, "vf-%04lx:%04lx", strtoul(vendor, NULL, 16) & 0xffff,
			 strtoul(device, NULL, 16) & 0xffff);
	return err;
}

static int fill_pf(struct vdev_provisioner *provisioner, struct vdev_parents *parents,
		   const struct pci_pf *pf, struct vdev_parent *parent)
{
	char driver[NAME_MAX + 1], name[32];
	struct vdev_parent_type *type;
	int err = type_name(provisioner, pf->folder, name);

	if (err)
		return err;
	parent->limit = pf->limit;
	parent->enabled = pf->enabled;
	if (vdev_pci_driver(pf->folder, driver)) {
		parent->driver = vdev_parents_string(provisioner, parents, driver);
		if (!parent->driver)
			return -ENOMEM;
	}
	type = vdev_parents_type(provisioner, parents, name);
	if (!type)
		return -provisioner->error.code;
	type->device_api = "vfio-pci";
	type->available = count_available(provisioner, pf);
	return 0;
}

struct reading {
	struct vdev_provisioner *provisioner;
	struct vdev_parents *parents;
};

/* A function that goes while it is read is left out. */
static int read_function(const char *name, void *arg)
{
	struct reading *reading = arg;
	struct vdev_parents *parents = reading->parents;
	struct vdev_parent *parent;
	struct pci_pf pf = { 0 };
	bool is_pf;
	int err = vdev_pci_read_pf(reading->provisioner, name, &pf, &is_pf);

	if (!err && !is_pf)
		return 0;
	if (!err) {
		parent = vdev_parents_add(reading->provisioner, parents, VDEV_PARENT_SRIOV, "pci",
					  name);
		if (!parent)
			return -reading->provisioner->error.code;
		err = fill_pf(reading->provisioner, parents, &pf, parent);
		if (err == -ENOENT || err == -ENODEV)
			parents->num--;
	}
	if (err != -ENOENT && err != -ENODEV)
		return err;
	vdev_error_reset(&reading->provisioner->error);
	return 0;
}

int vdev_parents_read_sriov(struct vdev_provisioner *provisioner, struct vdev_parents *parents)
{
	struct reading reading = { .provisioner = provisioner, .parents = parents };
	char folder[PATH_MAX];
	int err = vdev_sysfs_path(provisioner, folder, "bus/pci/devices");

	return err ? err : vdev_sysfs_each(provisioner, folder, read_function, &reading);
}
