/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the files of the VFIO bridge share.
 */
#ifndef _VDEV_VFIO_FACTS_H
#define _VDEV_VFIO_FACTS_H

#include <linux/pci.h>
#include <linux/vdev.h>
#include <linux/vfio.h>

/* Of the type of a virtual function, which is all that a PF tells of it. */
#define VDEV_VFIO_TYPE_SIZE	sizeof("vf-vvvv:dddd")

struct vdev_vfio_pf;

/**
 * struct vdev_vfio_polled - what is polled of VFIO
 * @poll: reads it, see struct vdev_provider_ops
 *
 * The first member of what an endpoint is registered with.
 */
struct vdev_vfio_polled {
	int (*poll)(struct vdev_endpoint *endpoint,
		    struct vdev_vfio_polled *polled);
};

/**
 * struct vdev_vfio_device - a device that is registered with VFIO
 * @polled: how it is polled
 * @vfio: the device; valid until its class reports that it goes
 * @pf: the physical function, if the device is a virtual one; else NULL
 * @pf_node: among the virtual functions of @pf; guarded by a lock of vfio_types.c
 * @node: among all devices; the mutex of the class is held by whoever is here
 * @endpoint: its endpoint
 * @open: how often it is open, as reported last; of the poll, once registered
 */
struct vdev_vfio_device {
	struct vdev_vfio_polled polled;
	struct vfio_device *vfio;
	struct vdev_vfio_pf *pf;
	struct list_head pf_node;
	struct list_head node;
	struct vdev_endpoint *endpoint;
	unsigned int open;
};

/**
 * struct vdev_vfio_vfs - what is known of the virtual functions of one PF
 * @one: one of them that can be migrated, if there is any, or else any
 * @available: of those that can be migrated nobody has so many open
 * @limit: how many the PF can have
 * @enabled: how many it has
 */
struct vdev_vfio_vfs {
	const struct vfio_device *one;
	u32 available;
	u32 limit;
	u32 enabled;
};

/* vfio_facts.c */
struct pci_dev *vdev_vfio_pf_of(const struct vfio_device *vfio);
void vdev_vfio_type_name(const struct pci_dev *vf, char *name);
struct vdev_facts *vdev_vfio_facts_new(void);
void vdev_vfio_fill_device(struct vdev_facts *facts,
			   const struct vdev_vfio_device *device);
void vdev_vfio_fill_type(struct vdev_facts *facts, const struct vdev_vfio_vfs *vfs);
void vdev_vfio_facts_free(struct vdev_facts *facts);

/* vfio_types.c */
int vdev_vfio_pf_get(struct vdev_vfio_device *device,
		     struct vdev_provider *provider);
void vdev_vfio_pf_put(struct vdev_vfio_device *device);
void vdev_vfio_pf_poll(struct vdev_vfio_pf *pf);

#endif /* _VDEV_VFIO_FACTS_H */
