/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Parents, and the devices that are created on them: by the kernel's vdpa family, by mdev's
 * files in sysfs, and by the SR-IOV files of a PCI function. None of this needs a module of
 * vdev, and a parent is listed before it has a device.
 */
#ifndef VDEV_PARENT_H
#define VDEV_PARENT_H

#include <vdev/declaration.h>
#include <vdev/error.h>
#include <vdev/request.h>

#ifdef __cplusplus
extern "C" {
#endif

/**
 * enum vdev_parent_method - how devices of a parent are created
 * @VDEV_PARENT_VDPA: it is a management device of the vdpa family
 * @VDEV_PARENT_MDEV: it has types of mediated devices
 * @VDEV_PARENT_SRIOV: it is a physical function with virtual ones
 */
enum vdev_parent_method {
	VDEV_PARENT_VDPA = 1,
	VDEV_PARENT_MDEV = 2,
	VDEV_PARENT_SRIOV = 3,
};

/**
 * struct vdev_parent_type - what a parent can create
 * @name: of an mdev type; the class of a vdpa device, such as "net"; of virtual functions, as
 *	the types of the family are named
 * @device_api: the API of such a device; NULL if not known
 * @description: what sysfs says to people; NULL if nothing
 * @available: how many more can be created now; VDEV_UNKNOWN32 if nobody says
 */
struct vdev_parent_type {
	const char *name;
	const char *device_api;
	const char *description;
	uint32_t available;
};

/**
 * struct vdev_parent - where devices can be created
 * @method: how, enum vdev_parent_method
 * @handle: its name for people: BUS/NAME, or NAME without a bus
 * @bus: its bus or class; NULL if it is on none
 * @name: its name
 * @driver: the driver that is bound to it; NULL if not known
 * @types: what it can create
 * @num_types: how many these are
 * @features: virtio features that it can give to a vdpa device
 * @max_vqs: most virtqueues of one vdpa device; VDEV_UNKNOWN32 if not known
 * @limit: most virtual functions; VDEV_UNKNOWN32 for other methods
 * @enabled: how many virtual functions there are; VDEV_UNKNOWN32 for other methods
 */
struct vdev_parent {
	uint32_t method;
	const char *handle;
	const char *bus;
	const char *name;
	const char *driver;
	const struct vdev_parent_type *types;
	size_t num_types;
	struct vdev_bitmap features;
	uint32_t max_vqs;
	uint32_t limit;
	uint32_t enabled;
};

/**
 * struct vdev_config_pair - a name and what it is to be
 * @name: of a parameter or a feature
 * @value: the value as text; of a feature "on" or "off"
 */
struct vdev_config_pair {
	const char *name;
	const char *value;
};

/**
 * struct vdev_config - what a device is to be
 * @name: its name on its bus, for an mdev its UUID; NULL to choose a free one
 * @version: the device version; NULL for the default
 * @features: the features that are asked for or not wanted; without any, the parent chooses
 * @num_features: how many these are
 * @params: the parameters that are asked for
 * @num_params: how many these are
 * @aggregation: how many instances of the type are aggregated; 0 for the default
 * @vfs: how many virtual functions there are to be; VDEV_UNKNOWN32 for no change
 * @driver: the driver to bind a virtual function to, "none" for no driver; NULL for
 *	vfio-pci when one is added, and for no change else
 *
 * All pointers stay the caller's.
 */
struct vdev_config {
	const char *name;
	const char *version;
	const struct vdev_config_pair *features;
	size_t num_features;
	const struct vdev_config_pair *params;
	size_t num_params;
	uint32_t aggregation;
	uint32_t vfs;
	const char *driver;
};

/* Nothing is asked for. */
#define VDEV_CONFIG_INIT { .vfs = VDEV_UNKNOWN32 }

/**
 * struct vdev_made - what a request has created
 * @handles: the devices
 * @num: how many these are
 * @enabled: virtual functions were enabled for it
 * @driver: the driver that was bound to virtual functions; empty for none
 */
struct vdev_made {
	struct vdev_handle *handles;
	size_t num;
	bool enabled;
	char driver[VDEV_HANDLE_NAME_MAX + 1];
};

/* Reads parents, and creates devices. One thread at a time may use it. */
struct vdev_provisioner;

/* The parents as they were read. */
struct vdev_parents;

/**
 * vdev_provisioner_new() - make a provisioner
 *
 * Return: the provisioner, which the caller frees with vdev_provisioner_free(); NULL if there
 * is no memory.
 */
struct vdev_provisioner *vdev_provisioner_new(void);

/**
 * vdev_provisioner_free() - free a provisioner
 * @provisioner: the provisioner; may be NULL
 */
void vdev_provisioner_free(struct vdev_provisioner *provisioner);

/**
 * vdev_provisioner_set_sysfs() - where sysfs is, instead of /sys
 * @provisioner: the provisioner
 * @folder: the path
 *
 * Return: 0, or -ENAMETOOLONG.
 */
int vdev_provisioner_set_sysfs(struct vdev_provisioner *provisioner, const char *folder);

/**
 * vdev_provisioner_error() - why the last call failed
 * @provisioner: the provisioner
 *
 * Return: the error, valid until the next call.
 */
const struct vdev_error *vdev_provisioner_error(const struct vdev_provisioner *provisioner);

/**
 * vdev_parents_read() - read all parents of this host
 * @provisioner: the provisioner
 * @parents: where to put them, sorted by handle and method, which the caller frees with
 *	vdev_parents_free(); NULL after a failure
 *
 * A kernel without the vdpa family has no vdpa parent. A parent that goes while it is read is
 * left out.
 *
 * Return: 0 or a negative errno; -EFBIG, -EBADMSG or -EINVAL for a file that no kernel writes
 * so.
 */
int vdev_parents_read(struct vdev_provisioner *provisioner, struct vdev_parents **parents);

/**
 * vdev_parents_free() - free parents and all that was got from them
 * @parents: the parents; may be NULL
 */
void vdev_parents_free(struct vdev_parents *parents);

/**
 * vdev_parents_num() - how many parents there are
 * @parents: the parents
 *
 * Return: the number. A function that can create devices by two methods counts twice.
 */
size_t vdev_parents_num(const struct vdev_parents *parents);

/**
 * vdev_parents_get() - one of the parents
 * @parents: the parents
 * @index: from 0 to vdev_parents_num() - 1
 *
 * Return: the parent; NULL if there is none with this index.
 */
const struct vdev_parent *vdev_parents_get(const struct vdev_parents *parents, size_t index);

/**
 * vdev_parent_method_name() - the word for a method
 * @method: enum vdev_parent_method
 *
 * Return: "vdpa", "mdev" or "sriov"; NULL if there is none.
 */
const char *vdev_parent_method_name(uint32_t method);

/**
 * vdev_provisioner_add() - create a device
 * @provisioner: the provisioner
 * @parent: where
 * @type: which of the parent's types; NULL for a parent with one
 * @config: what it is to be
 * @dry_run: check all that is checked before, and change nothing
 * @made: where to put what was created, which the caller frees with vdev_made_free(); NULL
 *	after a failure, and in a dry run
 *
 * All is checked before anything changes. What was begun and fails is undone; if that fails
 * too, the error says so. Virtual functions are enabled with no driver of the host bound to
 * them: for that sriov_drivers_autoprobe is 0 meanwhile. All signals are blocked until it is
 * put back, and a child process, which is waited for, does so if the caller is killed.
 *
 * Return: 0 or a negative errno: -EINVAL for a value that cannot be, -EOPNOTSUPP for one that
 * the parent does not take, -EEXIST for a name that is taken, -ENOSPC without capacity, -EBUSY
 * while in use, or what the kernel said. After -ETIMEDOUT the device may still come.
 */
int vdev_provisioner_add(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		       const struct vdev_parent_type *type, const struct vdev_config *config,
		       bool dry_run, struct vdev_made **made);

/**
 * vdev_provisioner_set() - change a device, or the number of virtual functions
 * @provisioner: the provisioner
 * @handle: the device; its bus is vdpa, mdev or pci
 * @config: what it is to be; what is not in it stays
 * @dry_run: check all that is checked before, and change nothing
 *
 * Return: as vdev_provisioner_add(); -ENODEV if there is no such device.
 */
int vdev_provisioner_set(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
		       const struct vdev_config *config, bool dry_run);

/**
 * vdev_provisioner_del() - remove a device
 * @provisioner: the provisioner
 * @handle: the device; its bus is vdpa or mdev
 * @dry_run: check all that is checked before, and change nothing
 *
 * Return: as vdev_provisioner_set(); -EOPNOTSUPP for a virtual function, which goes with all
 * others of its parent.
 */
int vdev_provisioner_del(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
		       bool dry_run);

/**
 * vdev_provisioner_undo() - remove what was created
 * @provisioner: the provisioner
 * @parent: where
 * @made: what vdev_provisioner_add() has created
 *
 * Virtual functions that were there before are released, and not removed; no function that
 * another driver uses meanwhile is.
 *
 * Return: 0 or a negative errno.
 */
int vdev_provisioner_undo(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
			const struct vdev_made *made);

/**
 * vdev_made_free() - free the list of what was created
 * @made: the list; may be NULL
 */
void vdev_made_free(struct vdev_made *made);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_PARENT_H */
