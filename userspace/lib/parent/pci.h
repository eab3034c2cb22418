/* SPDX-License-Identifier: LGPL-2.1 */
/* PCI functions in sysfs. */
#ifndef VDEV_LIB_PCI_H
#define VDEV_LIB_PCI_H

#include "sysfs.h"

/* What SR-IOV says of a physical function. */
struct pci_pf {
	char folder[PATH_MAX];
	uint32_t limit;
	uint32_t enabled;
};

/*
 * Read a function. Returns 0 or a negative errno, with the error set; *is_pf is whether it can
 * have virtual functions.
 */
int vdev_pci_read_pf(struct vdev_provisioner *provisioner, const char *name, struct pci_pf *pf,
		     bool *is_pf);

/*
 * The name of a virtual function by its number, and its folder. Returns 0, or -ENOENT without
 * an error.
 */
int vdev_pci_vf(struct vdev_provisioner *provisioner, const struct pci_pf *pf, uint32_t number,
		char name[NAME_MAX + 1], char folder[PATH_MAX]);

/* Whether a driver is bound; its name if it is. */
bool vdev_pci_driver(const char *folder, char driver[NAME_MAX + 1]);

#endif /* VDEV_LIB_PCI_H */
