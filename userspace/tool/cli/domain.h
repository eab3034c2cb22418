/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What libvirt's XML of a domain says about devices that are assigned to it, and about what
 * they declared on the host that the domain comes from.
 */
#ifndef VDEVCTL_DOMAIN_H
#define VDEVCTL_DOMAIN_H

#include <vdev/vdev.h>

/* Of the element that has the declarations, in the metadata of a domain. */
#define DOMAIN_NAME_SPACE "urn:vdev:endpoints:1"

/* No domain has that many. */
#define DOMAIN_DEVICES_MAX VDEV_PLAN_MAX

/* Largest XML of a domain, in bytes: that of libvirt's protocol. */
#define DOMAIN_SIZE_MAX (4U << 20)

struct domain_device {
	/* As vdev_handle_from_path() takes it. */
	char *name;
	/* What it declared; NULL if nobody says. */
	struct vdev_declaration *declaration;
};

struct domain {
	struct domain_device devices[DOMAIN_DEVICES_MAX];
	unsigned int num_devices;
};

/*
 * Read the XML, which may come from anywhere. Returns 0, -ENOMEM, or -EINVAL and why; in any
 * case the caller frees what is in the domain.
 */
int domain_read(struct domain *domain, const char *text, size_t size, struct vdev_error *error);
void domain_free(struct domain *domain);

/*
 * The element for the metadata, as text, which the caller frees; NULL if there is no memory.
 * @handles: of the devices, as they were found; devices without a declaration are left out.
 */
char *domain_annotation(const struct domain *domain, const char *const *handles);

#endif /* VDEVCTL_DOMAIN_H */
