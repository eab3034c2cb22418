// SPDX-License-Identifier: GPL-2.0
/*
 * A VFIO variant driver as vendors write them, on vfio-pci-core, for any PCI device that
 * is given to it by driver_override: the states of the migration, and the device itself.
 * The parameters are those of devices that it is bound to from then on.
 */
#include <linux/err.h>
#include <linux/module.h>
#include <linux/pci.h>
#include <linux/random.h>
#include <linux/vfio.h>

#include "variant.h"

static struct variant_config next = {
	.version = 2,
	.accept = BIT(1) | BIT(2),
	.queues = 4,
	.capabilities = 0x7,
	.rate = 1000,
};
module_param_named(version, next.version, uint, 0644);
MODULE_PARM_DESC(version, "version of the state that is saved");
module_param_named(accept, next.accept, uint, 0644);
MODULE_PARM_DESC(accept, "versions of the state that are loaded, a bit each, beside the one that is saved");
module_param_named(queues, next.queues, uint, 0644);
MODULE_PARM_DESC(queues, "number of queues");
module_param_named(capabilities, next.capabilities, ullong, 0644);
MODULE_PARM_DESC(capabilities, "mask of capabilities");
module_param_named(rate, next.rate, ullong, 0644);
MODULE_PARM_DESC(rate, "packets a second");

static bool p2p = true;
module_param(p2p, bool, 0644);
MODULE_PARM_DESC(p2p, "stop in two steps, so that other devices can be stopped between them");

static bool track;
module_param(track, bool, 0644);
MODULE_PARM_DESC(track, "report what the device has written to memory, which is nothing");

static bool fail_probe;
module_param(fail_probe, bool, 0644);
MODULE_PARM_DESC(fail_probe, "register with VFIO, and fail to probe after that");

static struct variant *variant_of(struct vfio_device *vdev)
{
	return container_of(vdev, struct variant, core.vdev);
}

static struct file *variant_begin(struct variant *variant, struct file *file)
{
	lockdep_assert_held(&variant->lock);
	if (!IS_ERR(file))
		variant->file = file;
	return file;
}

static void variant_end(struct variant *variant)
{
	lockdep_assert_held(&variant->lock);
	if (!variant->file)
		return;
	variant_close(variant->file);
	variant->file = NULL;
	variant_set_loading(variant, false);
}

/* One of the counts, if what it counts has happened. */
static void variant_count(struct variant *variant, u64 *count, bool happened)
{
	lockdep_assert_held(&variant->lock);
	if (!happened)
		return;
	++*count;
	variant_report_counts(variant);
}

/* One step; the file if a state begins to be moved, NULL if none does. */
static struct file *variant_step(struct variant *variant, enum vfio_device_mig_state to)
{
	enum vfio_device_mig_state from = variant->state;
	struct file *file;
	int err = 0;

	if (to == VFIO_DEVICE_STATE_STOP_COPY) {
		file = variant_begin(variant, variant_save(variant));
		variant_count(variant, &variant->counts.saves, !IS_ERR(file));
		return file;
	}
	if (to == VFIO_DEVICE_STATE_RESUMING) {
		file = variant_begin(variant, variant_load());
		variant_set_loading(variant, !IS_ERR(file));
		return file;
	}
	if (from == VFIO_DEVICE_STATE_RESUMING) {
		err = variant_loaded(variant);
		variant_count(variant, err ? &variant->counts.rejected : &variant->counts.loads, true);
	}
	if (err)
		return ERR_PTR(err);
	variant_end(variant);
	return NULL;
}

static struct file *variant_set_state(struct vfio_device *vdev, enum vfio_device_mig_state to)
{
	struct variant *variant = variant_of(vdev);
	enum vfio_device_mig_state next_state;
	struct file *file = NULL;
	int err;

	mutex_lock(&variant->lock);
	while (variant->state != to && !IS_ERR(file)) {
		err = vfio_mig_get_next_state(vdev, variant->state, to, &next_state);
		file = err ? ERR_PTR(err) : variant_step(variant, next_state);
		if (!IS_ERR(file))
			variant->state = next_state;
	}
	mutex_unlock(&variant->lock);
	return file;
}

static int variant_get_state(struct vfio_device *vdev, enum vfio_device_mig_state *state)
{
	struct variant *variant = variant_of(vdev);

	mutex_lock(&variant->lock);
	*state = variant->state;
	mutex_unlock(&variant->lock);
	return 0;
}

#ifdef VARIANT_HAS_SIZE
static int variant_get_size(struct vfio_device *vdev, unsigned long *size)
{
	*size = sizeof(struct variant_state);
	return 0;
}
#endif

static const struct vfio_migration_ops migration_ops = {
	.migration_set_state = variant_set_state,
	.migration_get_state = variant_get_state,
#ifdef VARIANT_HAS_SIZE
	.migration_get_data_size = variant_get_size,
#endif
};

static int variant_log_start(struct vfio_device *vdev, struct rb_root_cached *ranges,
			     u32 nnodes, u64 *page_size)
{
	return 0;
}

static int variant_log_stop(struct vfio_device *vdev)
{
	return 0;
}

static int variant_log_read(struct vfio_device *vdev, unsigned long iova,
			    unsigned long length, struct iova_bitmap *dirty)
{
	return 0;
}

static const struct vfio_log_ops log_ops = {
	.log_start = variant_log_start,
	.log_stop = variant_log_stop,
	.log_read_and_clear = variant_log_read,
};

static void variant_run(struct variant *variant)
{
	mutex_lock(&variant->lock);
	variant_end(variant);
	variant->state = VFIO_DEVICE_STATE_RUNNING;
	mutex_unlock(&variant->lock);
}

static int variant_open(struct vfio_device *vdev)
{
	struct variant *variant = variant_of(vdev);
	int err = vfio_pci_core_enable(&variant->core);

	if (err)
		return err;
	variant_run(variant);
	vfio_pci_core_finish_enable(&variant->core);
	return 0;
}

static void variant_close_device(struct vfio_device *vdev)
{
	variant_run(variant_of(vdev));
	vfio_pci_core_close_device(vdev);
}

static int variant_init(struct vfio_device *vdev)
{
	struct variant *variant = variant_of(vdev);

	if (next.version > VARIANT_VERSIONS)
		return -EINVAL;
	mutex_init(&variant->lock);
	variant->config = next;
	variant->config.accept |= BIT(next.version);
	variant->payload = get_random_u64();
	vdev->migration_flags = VFIO_MIGRATION_STOP_COPY | (p2p ? VFIO_MIGRATION_P2P : 0);
	vdev->mig_ops = &migration_ops;
	if (track)
		vdev->log_ops = &log_ops;
	return vfio_pci_core_init_dev(vdev);
}

static const struct vfio_device_ops variant_ops = {
	.name = KBUILD_MODNAME,
	.init = variant_init,
	.release = vfio_pci_core_release_dev,
	.open_device = variant_open,
	.close_device = variant_close_device,
	.ioctl = vfio_pci_core_ioctl,
#ifdef VARIANT_HAS_TOKEN
	.get_region_info_caps = vfio_pci_ioctl_get_region_info,
	.match_token_uuid = vfio_pci_core_match_token_uuid,
#endif
	.device_feature = vfio_pci_core_ioctl_feature,
	.read = vfio_pci_core_read,
	.write = vfio_pci_core_write,
	.mmap = vfio_pci_core_mmap,
	.request = vfio_pci_core_request,
	.match = vfio_pci_core_match,
#ifdef VARIANT_HAS_IOMMUFD
	.bind_iommufd = vfio_iommufd_physical_bind,
	.unbind_iommufd = vfio_iommufd_physical_unbind,
	.attach_ioas = vfio_iommufd_physical_attach_ioas,
	.detach_ioas = vfio_iommufd_physical_detach_ioas,
#endif
};

/* A driver may find only then that its firmware does not answer. */
static int variant_register(struct variant *variant)
{
	int err = vfio_pci_core_register_device(&variant->core);

	if (err || !fail_probe)
		return err;
	vfio_pci_core_unregister_device(&variant->core);
	return -EIO;
}

static int variant_probe(struct pci_dev *pdev, const struct pci_device_id *id)
{
	struct variant *variant;
	int err;

	variant = vfio_alloc_device(variant, core.vdev, &pdev->dev, &variant_ops);
	if (IS_ERR(variant))
		return PTR_ERR(variant);
	dev_set_drvdata(&pdev->dev, &variant->core);
	variant_declare(variant);
	err = variant_register(variant);
	if (!err)
		return 0;
	variant_withdraw(variant);
	vfio_put_device(&variant->core.vdev);
	return err;
}

/* A device that is open is closed before its endpoint goes. */
static void variant_remove(struct pci_dev *pdev)
{
	struct vfio_pci_core_device *core = dev_get_drvdata(&pdev->dev);
	struct variant *variant = container_of(core, struct variant, core);

	vfio_pci_core_unregister_device(core);
	variant_withdraw(variant);
	vfio_put_device(&core->vdev);
}

static void variant_reset_done(struct pci_dev *pdev)
{
	struct vfio_pci_core_device *core = dev_get_drvdata(&pdev->dev);

	variant_run(container_of(core, struct variant, core));
}

static const struct pci_error_handlers error_handlers = {
	.reset_done = variant_reset_done,
	.error_detected = vfio_pci_core_aer_err_detected,
};

static const struct pci_device_id ids[] = {
	{ PCI_DRIVER_OVERRIDE_DEVICE_VFIO(PCI_ANY_ID, PCI_ANY_ID) },
	{ }
};

static struct pci_driver variant_driver = {
	.name = KBUILD_MODNAME,
	.id_table = ids,
	.probe = variant_probe,
	.remove = variant_remove,
	.err_handler = &error_handlers,
	.driver_managed_dma = true,
};

static int __init variant_module_init(void)
{
	int err;

	variant_declare_init();
	err = pci_register_driver(&variant_driver);
	if (err)
		variant_declare_exit();
	return err;
}

static void __exit variant_module_exit(void)
{
	pci_unregister_driver(&variant_driver);
	variant_declare_exit();
}

module_init(variant_module_init);
module_exit(variant_module_exit);

MODULE_DESCRIPTION("A VFIO variant driver whose load code checks what others check");
MODULE_LICENSE("GPL");
