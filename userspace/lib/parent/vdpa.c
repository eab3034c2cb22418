// SPDX-License-Identifier: LGPL-2.1
/* Management devices, as the kernel's vdpa family reports them. */
#include <errno.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>

#include "netlink/request.h"
#include "netlink/sock_error.h"
#include "internal.h"
#include "parents.h"
#include "vdpa.h"

static int vdpa_connect(struct vdev_provisioner *provisioner)
{
	if (provisioner->vdpa)
		return 0;
	provisioner->vdpa = vdev_sock_of(VDPA_FAMILY);
	return provisioner->vdpa ? 0 : vdev_provisioner_memory(provisioner);
}

/* No change is answered by more than that it was made. */
static int ignore_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	(void)sock;
	(void)nlh;
	(void)arg;
	return 0;
}

int vdev_vdpa_ask(struct vdev_provisioner *provisioner, uint8_t command, int flags,
		  struct writer *writer, reply_fn *reply, void *arg)
{
	struct exchange exchange = { .reply = reply ? reply : ignore_reply, .arg = arg };
	struct ask ask = { .exchange = &exchange };
	struct vdev_sock *sock;
	int err = vdpa_connect(provisioner);

	if (err) {
		vdev_writer_free(writer);
		return err;
	}
	sock = provisioner->vdpa;
	vdev_error_clear(sock);
	exchange.msg = vdev_request_new(sock, command, flags, writer);
	err = exchange.msg ? vdev_ask_step(sock, &ask, true) : -ENOMEM;
	nlmsg_free(exchange.msg);
	/* A reply's own error has been said already. */
	if (err && !provisioner->error.code)
		provisioner->error = sock->error;
	return err;
}

/* Names of the devices by their virtio number, and what the kernel's bridge calls their API. */
static const struct {
	unsigned int id;
	const char *name;
	const char *device_api;
} classes[] = {
	{ 1, "net", "vdpa-net" },
	{ 2, "block", "vdpa-blk" },
	{ 3, "console", "vdpa-console" },
	{ 4, "rng", "vdpa-rng" },
	{ 5, "balloon", "vdpa-balloon" },
	{ 8, "scsi", "vdpa-scsi" },
	{ 9, "9p", "vdpa-9p" },
	{ 16, "gpu", "vdpa-gpu" },
	{ 18, "input", "vdpa-input" },
	{ 19, "vsock", "vdpa-vsock" },
	{ 20, "crypto", "vdpa-crypto" },
	{ 26, "fs", "vdpa-fs" },
};

struct reading {
	struct vdev_provisioner *provisioner;
	struct vdev_parents *parents;
};

/* The attribute if it has such a length; *broken is set if it has another. */
static const struct nlattr *find(const struct nlmsghdr *nlh, int type, int len, bool *broken)
{
	const struct nlattr *attr = nla_find(nlmsg_attrdata(nlh, GENL_HDRLEN),
					     nlmsg_attrlen(nlh, GENL_HDRLEN), type);

	if (attr && nla_len(attr) != len)
		*broken = true;
	return attr && nla_len(attr) == len ? attr : NULL;
}

/* A name that ends, is not empty and is no path; *broken is set for another. */
static const char *find_name(const struct nlmsghdr *nlh, int type, bool *broken)
{
	const struct nlattr *attr = nla_find(nlmsg_attrdata(nlh, GENL_HDRLEN),
					     nlmsg_attrlen(nlh, GENL_HDRLEN), type);
	const char *name = attr ? nla_data(attr) : NULL;

	if (!name)
		return NULL;
	if (nla_len(attr) < 2 || !memchr(name, '\0', (size_t)nla_len(attr)) || !*name ||
	    strlen(name) > NAME_MAX || strchr(name, '/'))
		*broken = true;
	return *broken ? NULL : name;
}

/* Classes that have no name here cannot be asked for. */
static int add_classes(struct reading *reading, uint64_t mask)
{
	struct vdev_parent_type *type;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(classes); i++) {
		if (!(mask >> classes[i].id & 1))
			continue;
		type = vdev_parents_type(reading->provisioner, reading->parents,
					 classes[i].name);
		if (!type)
			return -reading->provisioner->error.code;
		type->device_api = classes[i].device_api;
	}
	return 0;
}

static int add_features(struct reading *reading, struct vdev_parent *parent,
			const struct nlattr *attr)
{
	uint64_t *word = vdev_arena_alloc(&reading->parents->arena, 1, sizeof(*word));

	if (!word)
		return vdev_provisioner_memory(reading->provisioner);
	*word = nla_get_u64(attr);
	parent->features = (struct vdev_bitmap){ .words = word, .num_words = 1 };
	return 0;
}

static int parent_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct reading *reading = arg;
	bool broken = false;
	const char *bus = find_name(nlh, VDPA_PARENT_BUS, &broken);
	const char *name = broken ? NULL : find_name(nlh, VDPA_PARENT_NAME, &broken);
	const struct nlattr *classes_attr = find(nlh, VDPA_PARENT_CLASSES, 8, &broken);
	const struct nlattr *features = find(nlh, VDPA_PARENT_FEATURES, 8, &broken);
	const struct nlattr *max_vqs = find(nlh, VDPA_PARENT_MAX_VQS, 4, &broken);
	struct vdev_parent *parent;
	int err = 0;

	if (broken || !name)
		return vdev_error_reply(sock, NULL, "the reply about a management device is broken");
	parent = vdev_parents_add(reading->provisioner, reading->parents, VDEV_PARENT_VDPA, bus,
				  name);
	if (!parent)
		return -reading->provisioner->error.code;
	if (max_vqs)
		parent->max_vqs = nla_get_u32(max_vqs);
	if (features)
		err = add_features(reading, parent, features);
	if (!err && classes_attr)
		err = add_classes(reading, nla_get_u64(classes_attr));
	return err;
}

int vdev_parents_read_vdpa(struct vdev_provisioner *provisioner, struct vdev_parents *parents)
{
	struct reading reading = { .provisioner = provisioner, .parents = parents };
	struct writer writer = { 0 };
	int err = vdev_vdpa_ask(provisioner, VDPA_GET_PARENT, NLM_F_DUMP, &writer, parent_reply,
				&reading);

	if (err && provisioner->error.type == VDEV_ERROR_ABSENT) {
		vdev_error_reset(&provisioner->error);
		return 0;
	}
	return err;
}
