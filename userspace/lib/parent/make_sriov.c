// SPDX-License-Identifier: LGPL-2.1
/*
 * Virtual functions of a PCI function: enabled, bound to a driver, and taken away. New ones
 * are kept away from the drivers of the host, and none that a driver uses is ever taken.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "config.h"
#include "guard.h"
#include "pci.h"

/* Whether drivers of the host take virtual functions that are new. */
#define AUTOPROBE "sriov_drivers_autoprobe"
#define DEFAULT_DRIVER "vfio-pci"
#define NO_DRIVER "none"

/* A number that is written to a file. */
static int write_number(struct vdev_provisioner *provisioner, const char *folder,
			const char *name, uint32_t number)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", number);
	return vdev_sysfs_write(provisioner, folder, name, text);
}

static int busy(struct vdev_provisioner *provisioner, const char *name, const char *driver)
{
	return vdev_error_say(&provisioner->error, -EBUSY, "pci/%.64s: the driver %.64s uses it",
			      name, driver);
}

static int check_driver(struct vdev_provisioner *provisioner, const char *driver)
{
	char folder[PATH_MAX];
	int err;

	if (strcmp(driver, NO_DRIVER) == 0)
		return 0;
	err = vdev_config_name(provisioner, driver);
	if (!err)
		err = vdev_sysfs_path(provisioner, folder, "bus/pci/drivers");
	if (!err && !vdev_sysfs_has(folder, driver))
		err = vdev_error_say(&provisioner->error, -ENOENT,
				     "driver %s: not loaded; modprobe %s", driver, driver);
	return err;
}

static int enable_vfs(struct vdev_provisioner *provisioner, struct pci_pf *pf, uint32_t vfs)
{
	int err = write_number(provisioner, pf->folder, "sriov_numvfs", vfs);

	if (!err)
		pf->enabled = vfs;
	return err;
}

/*
 * Enable functions without a driver of the host taking them. What the host does with new ones
 * else is put back, whatever happens.
 */
static int enable_unprobed(struct vdev_provisioner *provisioner, struct pci_pf *pf, uint32_t vfs,
			   uint32_t probes)
{
	struct vdev_error error;
	struct guard guard;
	char text[16];
	int back, err;

	snprintf(text, sizeof(text), "%u", probes);
	err = vdev_guard_begin(provisioner, &guard, pf->folder, AUTOPROBE, text);
	if (err)
		return err;
	err = write_number(provisioner, pf->folder, AUTOPROBE, 0);
	if (!err)
		err = enable_vfs(provisioner, pf, vfs);
	error = provisioner->error;
	back = vdev_sysfs_write(provisioner, pf->folder, AUTOPROBE, text);
	vdev_guard_end(&guard);
	if (err)
		provisioner->error = error;
	return err ? err : back;
}

/* Enabling can take seconds: who interrupts it waits until all is put back. */
static int enable(struct vdev_provisioner *provisioner, struct pci_pf *pf, uint32_t vfs)
{
	sigset_t all, before;
	uint32_t probes = 0;
	int err = 0;

	if (vdev_sysfs_has(pf->folder, AUTOPROBE))
		err = vdev_sysfs_number(provisioner, pf->folder, AUTOPROBE, &probes);
	if (err)
		return err;
	sigfillset(&all);
	pthread_sigmask(SIG_BLOCK, &all, &before);
	err = probes ? enable_unprobed(provisioner, pf, vfs, probes) :
		       enable_vfs(provisioner, pf, vfs);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return err;
}

/* Not while a driver uses one of them. */
static int disable(struct vdev_provisioner *provisioner, const struct pci_pf *pf)
{
	char name[NAME_MAX + 1], driver[NAME_MAX + 1], folder[PATH_MAX];
	uint32_t i;

	for (i = 0; i < pf->enabled; i++)
		if (!vdev_pci_vf(provisioner, pf, i, name, folder) &&
		    vdev_pci_driver(folder, driver))
			return busy(provisioner, name, driver);
	return write_number(provisioner, pf->folder, "sriov_numvfs", 0);
}

static int release_vf(struct vdev_provisioner *provisioner, const char *name)
{
	char driver[NAME_MAX + 1], folder[PATH_MAX], driver_folder[PATH_MAX];
	int err = vdev_sysfs_path(provisioner, folder, "bus/pci/devices/%s", name);

	if (!err && vdev_pci_driver(folder, driver)) {
		err = vdev_sysfs_path(provisioner, driver_folder, "bus/pci/drivers/%s", driver);
		if (!err)
			err = vdev_sysfs_write(provisioner, driver_folder, "unbind", name);
	}
	/* An empty line takes away what was written before. */
	return err ? err : vdev_sysfs_write(provisioner, folder, "driver_override", "\n");
}

/* The file bind of a driver takes none that is bound: of two who want one, one gets it. */
static int bind_vf(struct vdev_provisioner *provisioner, const char *name, const char *driver)
{
	char bound[NAME_MAX + 1], folder[PATH_MAX], driver_folder[PATH_MAX];
	int err = vdev_sysfs_path(provisioner, folder, "bus/pci/devices/%s", name);

	if (!err)
		err = vdev_sysfs_path(provisioner, driver_folder, "bus/pci/drivers/%s", driver);
	if (!err)
		err = vdev_sysfs_write(provisioner, folder, "driver_override", driver);
	if (err)
		return err;
	err = vdev_sysfs_write(provisioner, driver_folder, "bind", name);
	if (err == -EBUSY && vdev_pci_driver(folder, bound))
		return busy(provisioner, name, bound);
	if (!err && vdev_pci_driver(folder, bound) && strcmp(bound, driver) == 0)
		return 0;
	/* What has taken it instead keeps it. */
	vdev_sysfs_write(provisioner, folder, "driver_override", "\n");
	return vdev_error_say(&provisioner->error, -EIO,
			      "pci/%.64s: the driver %.64s does not take it", name, driver);
}

/* One that another driver has taken meanwhile stays with it. */
static int undo_one(struct vdev_provisioner *provisioner, const struct vdev_made *made,
		    const char *name)
{
	char folder[PATH_MAX], driver[NAME_MAX + 1];
	int err = vdev_sysfs_path(provisioner, folder, "bus/pci/devices/%s", name);

	if (err || !vdev_pci_driver(folder, driver) || strcmp(driver, made->driver) != 0)
		return err;
	return release_vf(provisioner, name);
}

/* Other functions than those that were made stay as they are. */
static int undo_all(struct vdev_provisioner *provisioner, const struct pci_pf *pf,
		    const struct vdev_made *made)
{
	size_t i;
	int err = 0;

	for (i = 0; i < made->num && !err; i++)
		err = undo_one(provisioner, made, made->handles[i].name);
	return !err && made->enabled ? disable(provisioner, pf) : err;
}

/* The first that no driver uses. */
static int take_free(struct vdev_provisioner *provisioner, const struct pci_pf *pf,
		     const char *parent, struct vdev_made *made)
{
	char name[NAME_MAX + 1], driver[NAME_MAX + 1], folder[PATH_MAX];
	uint32_t i;

	for (i = 0; i < pf->enabled; i++)
		if (!vdev_pci_vf(provisioner, pf, i, name, folder) &&
		    !vdev_pci_driver(folder, driver))
			return made ? vdev_made_add(provisioner, made, "pci", name) : 0;
	return vdev_error_say(&provisioner->error, -ENOSPC,
			      "%s: drivers use all %u virtual functions that are enabled", parent,
			      pf->enabled);
}

static int take_new(struct vdev_provisioner *provisioner, struct pci_pf *pf, uint32_t vfs,
		    struct vdev_made *made)
{
	char name[NAME_MAX + 1], folder[PATH_MAX];
	uint32_t i;
	int err = enable(provisioner, pf, vfs);

	made->enabled = pf->enabled == vfs;
	for (i = 0; i < vfs && !err; i++) {
		if (vdev_pci_vf(provisioner, pf, i, name, folder))
			return vdev_error_say(&provisioner->error, -ENODEV,
					      "virtual function %u is not there", i);
		err = vdev_made_add(provisioner, made, "pci", name);
	}
	return err;
}

static int bind_all(struct vdev_provisioner *provisioner, struct vdev_made *made,
		    const char *driver)
{
	size_t i;
	int err = 0;

	if (strcmp(driver, NO_DRIVER) == 0)
		return 0;
	snprintf(made->driver, sizeof(made->driver), "%s", driver);
	for (i = 0; i < made->num && !err; i++)
		err = bind_vf(provisioner, made->handles[i].name, driver);
	/* The others are not released, as somebody else may have them. */
	if (err)
		made->num = i - 1;
	return err;
}

/* One that somebody else has taken meanwhile leads to the next one. */
static int bind_free(struct vdev_provisioner *provisioner, const struct pci_pf *pf,
		     const char *parent, struct vdev_made *made, const char *driver)
{
	unsigned int attempts = 0;
	int err;

	do {
		made->num = 0;
		vdev_error_reset(&provisioner->error);
		err = take_free(provisioner, pf, parent, made);
		if (!err)
			err = bind_all(provisioner, made, driver);
	} while (err == -EBUSY && ++attempts < NAME_ATTEMPTS);
	return err;
}

/* All that can be known before; *vfs is how many are enabled, 0 to take one of those there. */
static int check_add(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		     const struct vdev_config *config, struct pci_pf *pf, uint32_t *vfs)
{
	bool is_pf, any = config->vfs == VDEV_UNKNOWN32;
	int err = vdev_config_check(provisioner, config, CONFIG_VFS | CONFIG_DRIVER,
				    "a virtual function");

	if (!err)
		err = check_driver(provisioner, config->driver ? config->driver : DEFAULT_DRIVER);
	if (!err)
		err = vdev_pci_read_pf(provisioner, parent->name, pf, &is_pf);
	if (!err && !is_pf)
		err = vdev_error_say(&provisioner->error, -ENODEV, "%s: no such parent",
				     parent->handle);
	if (err)
		return err;
	*vfs = any && pf->enabled ? 0 : any ? 1 : config->vfs;
	if (!any && (!*vfs || *vfs > pf->limit))
		return vdev_error_say(&provisioner->error, -ERANGE,
				      "vfs %u: %s has 1 to %u virtual functions", *vfs,
				      parent->handle, pf->limit);
	if (!any && pf->enabled)
		return vdev_error_say(&provisioner->error, -EBUSY,
				      "%s: %u virtual functions are enabled; without vfs, one of "
				      "them is taken", parent->handle, pf->enabled);
	return *vfs ? 0 : take_free(provisioner, pf, parent->handle, NULL);
}

static int add(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
	       const struct vdev_parent_type *type, const struct vdev_config *config,
	       struct vdev_made *made)
{
	struct vdev_error error;
	struct pci_pf pf = { 0 };
	const char *driver;
	uint32_t vfs;
	int undone, err = check_add(provisioner, parent, config, &pf, &vfs);

	(void)type;
	if (err || !made)
		return err;
	driver = config->driver ? config->driver : DEFAULT_DRIVER;
	if (vfs) {
		err = take_new(provisioner, &pf, vfs, made);
		if (!err)
			err = bind_all(provisioner, made, driver);
	} else {
		err = bind_free(provisioner, &pf, parent->handle, made, driver);
	}
	if (!err)
		return 0;
	error = provisioner->error;
	undone = undo_all(provisioner, &pf, made);
	provisioner->error = error;
	if (undone)
		vdev_provisioner_half(provisioner, "what was enabled", undone);
	return err;
}

static int set_vfs(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
		   uint32_t vfs, bool dry_run)
{
	struct pci_pf pf = { 0 };
	bool is_pf;
	int err = vdev_pci_read_pf(provisioner, handle->name, &pf, &is_pf);

	if (err)
		return err;
	if (!is_pf)
		return vdev_error_say(&provisioner->error, -EOPNOTSUPP,
				      "pci/%s: has no virtual functions", handle->name);
	if (vfs > pf.limit)
		return vdev_error_say(&provisioner->error, -ERANGE,
				      "vfs %u: pci/%s has at most %u virtual functions", vfs,
				      handle->name, pf.limit);
	if (vfs && pf.enabled && vfs != pf.enabled)
		return vdev_error_say(&provisioner->error, -EBUSY,
				      "pci/%s: %u virtual functions are enabled; set vfs 0 first",
				      handle->name, pf.enabled);
	if (dry_run || vfs == pf.enabled)
		return 0;
	return vfs ? enable(provisioner, &pf, vfs) : disable(provisioner, &pf);
}

/* What the file driver_override has, as it is written there; an empty line is none. */
static void read_override(struct vdev_provisioner *provisioner, const char *folder,
			  char text[SYSFS_TEXT_SIZE])
{
	if (vdev_sysfs_read(provisioner, folder, "driver_override", text) || !*text ||
	    strcmp(text, "(null)") == 0)
		strcpy(text, "\n");
	vdev_error_reset(&provisioner->error);
}

/* What was bound before is bound again if the new driver does not take it. */
static int set_driver(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
		      const char *driver, bool dry_run)
{
	char folder[PATH_MAX], before[NAME_MAX + 1], pf[NAME_MAX + 1];
	char override[SYSFS_TEXT_SIZE];
	struct vdev_error error;
	bool bound;
	int err = check_driver(provisioner, driver);

	if (!err)
		err = vdev_sysfs_path(provisioner, folder, "bus/pci/devices/%s", handle->name);
	if (!err && vdev_sysfs_link(folder, "physfn", pf))
		err = vdev_error_say(&provisioner->error, -EOPNOTSUPP,
				     "pci/%s: not a virtual function", handle->name);
	if (err || dry_run)
		return err;
	bound = vdev_pci_driver(folder, before);
	if (bound && strcmp(before, driver) == 0)
		return 0;
	read_override(provisioner, folder, override);
	err = release_vf(provisioner, handle->name);
	if (err || strcmp(driver, NO_DRIVER) == 0)
		return err;
	err = bind_vf(provisioner, handle->name, driver);
	if (!err || !bound)
		return err;
	error = provisioner->error;
	if (!bind_vf(provisioner, handle->name, before)) {
		vdev_sysfs_write(provisioner, folder, "driver_override", override);
		provisioner->error = error;
		return err;
	}
	return vdev_error_say(&provisioner->error, err, "%s, and %.64s could not be bound again",
			      error.message, before);
}

static int check_device(struct vdev_provisioner *provisioner, const struct vdev_handle *handle)
{
	char folder[PATH_MAX], last[NAME_MAX + 1];
	int err = vdev_sysfs_path(provisioner, folder, "bus/pci/devices");

	if (!err && vdev_sysfs_link(folder, handle->name, last))
		err = vdev_error_say(&provisioner->error, -ENODEV, "pci/%s: no such device",
				     handle->name);
	return err;
}

static int set(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
	       const struct vdev_config *config, bool dry_run)
{
	bool vfs = config->vfs != VDEV_UNKNOWN32;
	int err = vdev_config_check(provisioner, config, CONFIG_VFS | CONFIG_DRIVER,
				    "a PCI function");

	if (!err)
		err = check_device(provisioner, handle);
	if (!err && vfs && config->driver)
		err = vdev_error_say(&provisioner->error, -EINVAL,
				     "vfs is of a physical function, and driver of a virtual one");
	if (!err && vfs)
		err = set_vfs(provisioner, handle, config->vfs, dry_run);
	if (!err && config->driver)
		err = set_driver(provisioner, handle, config->driver, dry_run);
	return err;
}

static int del(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
	       bool dry_run)
{
	char folder[PATH_MAX], pf[NAME_MAX + 1];
	int err = check_device(provisioner, handle);

	(void)dry_run;
	if (!err)
		err = vdev_sysfs_path(provisioner, folder, "bus/pci/devices/%s", handle->name);
	if (!err && vdev_sysfs_link(folder, "physfn", pf))
		err = vdev_error_say(&provisioner->error, -EOPNOTSUPP,
				     "pci/%s: not a virtual function", handle->name);
	if (err)
		return err;
	return vdev_error_say(&provisioner->error, -EOPNOTSUPP,
			      "pci/%s: a virtual function goes with all others of its parent: "
			      "vdevctl dev set pci/%s vfs 0", handle->name, pf);
}

static int undo(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		const struct vdev_made *made)
{
	struct pci_pf pf = { 0 };
	bool is_pf;
	int err = vdev_pci_read_pf(provisioner, parent->name, &pf, &is_pf);

	return err ? err : undo_all(provisioner, &pf, made);
}

const struct maker vdev_maker_sriov = { .add = add, .set = set, .del = del, .undo = undo };
