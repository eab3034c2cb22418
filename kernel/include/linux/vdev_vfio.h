/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What VFIO knows of the migration of a device, as facts for the vdev core. It is
 * what a program that opens the device gets as VFIO_DEVICE_FEATURE_MIGRATION, whether
 * the IOMMU reports what the device writes, and whether its group is taken.
 */
#ifndef _LINUX_VDEV_VFIO_H
#define _LINUX_VDEV_VFIO_H

#include <linux/iommu.h>
#include <linux/vdev.h>
#include <linux/vfio.h>

/**
 * vdev_vfio_iommu_tracks_dirty() - does the IOMMU keep track of what a device writes?
 * @vfio: the device
 *
 * A mediated device has no IOMMU of its own; those of old kernels did not keep track.
 *
 * Context: Any, in or after the probe of the device's driver.
 * Return: true if so.
 */
static inline bool vdev_vfio_iommu_tracks_dirty(const struct vfio_device *vfio)
{
#ifdef IOMMU_DIRTY_NO_CLEAR
	return device_iommu_capable(vfio->dev, IOMMU_CAP_DIRTY_TRACKING);
#else
	return false;
#endif
}

/**
 * vdev_vfio_capabilities() - what a driver offers VFIO for the migration of a device
 * @vfio: the device, as its driver registered or is about to register it
 *
 * Context: Any. The driver sets what is read before it registers the device, and
 * does not change it.
 * Return: enum vdev_capability, or-ed; 0 if the device cannot be migrated.
 */
static inline u32 vdev_vfio_capabilities(const struct vfio_device *vfio)
{
	u32 capabilities = 0;

	if (!vfio->mig_ops || !(vfio->migration_flags & VFIO_MIGRATION_STOP_COPY))
		return 0;
	capabilities |= VDEV_CAPABILITY_STOP_COPY;
	if (vfio->migration_flags & VFIO_MIGRATION_P2P)
		capabilities |= VDEV_CAPABILITY_P2P;
#ifdef VFIO_MIGRATION_PRE_COPY
	if (vfio->migration_flags & VFIO_MIGRATION_PRE_COPY)
		capabilities |= VDEV_CAPABILITY_PRE_COPY;
#endif
	if (vfio->log_ops)
		capabilities |= VDEV_CAPABILITY_DIRTY_TRACKING;
	if (vdev_vfio_iommu_tracks_dirty(vfio))
		capabilities |= VDEV_CAPABILITY_IOMMU_DIRTY_TRACKING;
	return capabilities;
}

/**
 * vdev_facts_declare_vfio() - report what a driver offers VFIO
 * @facts: where to put it: capabilities, and if there are none, also the
 *	migration and the blockers
 * @capabilities: what vdev_vfio_capabilities() returned
 *
 * A device that can be migrated stays undeclared, because VFIO does not say which
 * states it can load. One that cannot is unsupported, and has a permanent blocker.
 *
 * Context: Any.
 */
static inline void vdev_facts_declare_vfio(struct vdev_facts *facts, u32 capabilities)
{
	static const struct vdev_blocker blocker = {
		.name = "no-vfio-migration",
		.reason = "the driver offers VFIO no migration of the device",
		.flags = VDEV_BLOCKER_FLAG_PERMANENT,
	};

	facts->capabilities = capabilities;
	if (capabilities)
		return;
	facts->migration = VDEV_MIGRATION_UNSUPPORTED;
	facts->blockers = &blocker;
	facts->num_blockers = 1;
}

/**
 * vdev_facts_from_vfio() - report what VFIO knows of the migration of a device
 * @facts: where to put it, see vdev_facts_declare_vfio()
 * @vfio: the device, see vdev_vfio_capabilities()
 *
 * A driver that can say which states it loads then sets the migration to
 * VDEV_MIGRATION_SUPPORTED, and the record.
 *
 * Context: Any.
 */
static inline void vdev_facts_from_vfio(struct vdev_facts *facts,
					const struct vfio_device *vfio)
{
	vdev_facts_declare_vfio(facts, vdev_vfio_capabilities(vfio));
}

#if IS_REACHABLE(CONFIG_VDEV)
bool vdev_vfio_group_blocker(struct vdev_blocker *blocker, const struct vfio_device *vfio,
			     char *reason);
int vdev_vfio_update_group(struct vdev_endpoint *endpoint, const struct vfio_device *vfio);
#else
static inline bool vdev_vfio_group_blocker(struct vdev_blocker *blocker,
					   const struct vfio_device *vfio, char *reason)
{
	return false;
}

static inline int vdev_vfio_update_group(struct vdev_endpoint *endpoint,
					 const struct vfio_device *vfio)
{
	return 0;
}
#endif

#endif /* _LINUX_VDEV_VFIO_H */
