// SPDX-License-Identifier: GPL-2.0
/*
 * The types of virtual functions. A PF has one as long as functions of it are
 * registered with VFIO: they pin it. What is available of it changes when a function
 * comes, goes, is opened or closed, and is polled.
 */
#include <linux/err.h>
#include <linux/list.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/vdev_vfio.h>

#include "vfio_facts.h"

/**
 * struct vdev_vfio_pf - a physical function some of whose functions VFIO has
 * @polled: how its type is polled
 * @node: among all; the mutex of the class is held by whoever is here
 * @pdev: the function, which its virtual ones pin
 * @vfs: they, as struct vdev_vfio_device; guarded by vfs_lock
 * @type: the type; NULL if it was rejected
 */
struct vdev_vfio_pf {
	struct vdev_vfio_polled polled;
	struct list_head node;
	struct pci_dev *pdev;
	struct list_head vfs;
	struct vdev_endpoint *type;
};

static LIST_HEAD(pfs);
static DEFINE_SPINLOCK(vfs_lock);

/* While its PF's driver is still adding functions, the PCI core counts none. */
static struct vdev_vfio_vfs vfio_survey_locked(const struct vdev_vfio_pf *pf)
{
	struct vdev_vfio_vfs vfs = { .limit = pci_sriov_get_totalvfs(pf->pdev) };
	const struct vdev_vfio_device *device;
	bool capable = false;
	u32 followed = 0;

	lockdep_assert_held(&vfs_lock);
	list_for_each_entry(device, &pf->vfs, pf_node) {
		bool migrates = vdev_vfio_capabilities(device->vfio);

		followed++;
		if (!vfs.one || (migrates && !capable))
			vfs.one = device->vfio;
		capable |= migrates;
		if (migrates && !READ_ONCE(device->vfio->open_count))
			vfs.available++;
	}
	vfs.enabled = max_t(u32, pci_num_vf(pf->pdev), followed);
	return vfs;
}

/* False if the last function has gone, and the type goes. */
static bool vfio_fill_type(struct vdev_facts *facts, const struct vdev_vfio_pf *pf)
{
	struct vdev_vfio_vfs vfs;

	spin_lock(&vfs_lock);
	vfs = vfio_survey_locked(pf);
	if (vfs.one)
		vdev_vfio_fill_type(facts, &vfs);
	spin_unlock(&vfs_lock);
	return vfs.one;
}

static int vfio_poll_type(struct vdev_endpoint *endpoint, struct vdev_vfio_polled *polled)
{
	const struct vdev_vfio_pf *pf = container_of(polled, struct vdev_vfio_pf, polled);
	struct vdev_facts *facts = vdev_vfio_facts_new();
	int err = 0;

	if (!facts)
		return -ENOMEM;
	if (vfio_fill_type(facts, pf))
		err = vdev_update(endpoint, facts);
	vdev_vfio_facts_free(facts);
	return err;
}

static struct vdev_vfio_pf *vfio_pf_find(const struct pci_dev *pdev)
{
	struct vdev_vfio_pf *pf;

	list_for_each_entry(pf, &pfs, node) {
		if (pf->pdev == pdev)
			return pf;
	}
	return NULL;
}

static void vfio_pf_add(struct vdev_vfio_pf *pf, struct vdev_vfio_device *device)
{
	device->pf = pf;
	spin_lock(&vfs_lock);
	list_add_tail(&device->pf_node, &pf->vfs);
	spin_unlock(&vfs_lock);
}

/* A type that is rejected is logged, and left out. */
static void vfio_register_type(struct vdev_vfio_pf *pf, struct vdev_provider *provider,
			       const struct pci_dev *vf)
{
	char name[VDEV_VFIO_TYPE_SIZE];
	const struct vdev_handle handle = {
		.bus = "pci",
		.name = name,
		.parent_bus = "pci",
		.parent = pci_name(pf->pdev),
	};
	struct vdev_facts *facts = vdev_vfio_facts_new();
	struct vdev_endpoint *type;

	if (!facts)
		return;
	vdev_vfio_type_name(vf, name);
	vfio_fill_type(facts, pf);
	facts->poll = VDEV_POLL_READ;
	type = vdev_type_register(provider, &handle, facts, &pf->polled);
	pf->type = IS_ERR(type) ? NULL : type;
	vdev_vfio_facts_free(facts);
}

/* The PF of a first device, whose type is registered before the device is. */
static int vfio_pf_new(struct vdev_vfio_device *device, struct vdev_provider *provider)
{
	struct vdev_vfio_pf *pf = kzalloc(sizeof(*pf), GFP_KERNEL);

	if (!pf)
		return -ENOMEM;
	pf->polled.poll = vfio_poll_type;
	pf->pdev = vdev_vfio_pf_of(device->vfio);
	INIT_LIST_HEAD(&pf->vfs);
	list_add_tail(&pf->node, &pfs);
	vfio_pf_add(pf, device);
	vfio_register_type(pf, provider, to_pci_dev(device->vfio->dev));
	return 0;
}

/**
 * vdev_vfio_pf_get() - a device comes, whose PF may have a type
 * @device: the device; what is set of it is its PF
 * @provider: who reports the type
 *
 * Context: Process context, the mutex of the class is held. May sleep.
 * Return: 0; -ENOMEM.
 */
int vdev_vfio_pf_get(struct vdev_vfio_device *device, struct vdev_provider *provider)
{
	const struct pci_dev *pdev = vdev_vfio_pf_of(device->vfio);
	struct vdev_vfio_pf *pf;

	if (!pdev)
		return 0;
	pf = vfio_pf_find(pdev);
	if (!pf)
		return vfio_pf_new(device, provider);
	vfio_pf_add(pf, device);
	vdev_vfio_pf_poll(pf);
	return 0;
}

/**
 * vdev_vfio_pf_put() - a device goes
 * @device: the device
 *
 * The type goes with the last one.
 *
 * Context: Process context, the mutex of the class is held. May sleep.
 */
void vdev_vfio_pf_put(struct vdev_vfio_device *device)
{
	struct vdev_vfio_pf *pf = device->pf;
	bool last;

	if (!pf)
		return;
	spin_lock(&vfs_lock);
	list_del(&device->pf_node);
	last = list_empty(&pf->vfs);
	spin_unlock(&vfs_lock);
	if (!last) {
		vdev_vfio_pf_poll(pf);
		return;
	}
	vdev_unregister(pf->type);
	list_del(&pf->node);
	kfree(pf);
}

/**
 * vdev_vfio_pf_poll() - what is available of a PF's type may have changed
 * @pf: the PF
 *
 * Context: Process context. A function of the PF is still there.
 */
void vdev_vfio_pf_poll(struct vdev_vfio_pf *pf)
{
	if (pf->type)
		vdev_poll_now(pf->type);
}
