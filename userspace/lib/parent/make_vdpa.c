// SPDX-License-Identifier: LGPL-2.1
/* Devices of the kernel's vdpa family: created, changed and removed. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vdev/names.h>

#include "config.h"
#include "sysfs.h"
#include "vdpa.h"

#define WHAT "a vdpa device"

/* The least that virtio 5.1.4.1 allows. */
#define MTU_LEAST 68

/* A request that is made of a configuration. */
struct wanted {
	unsigned char mac[MAC_SIZE];
	uint16_t mtu;
	uint16_t max_vqp;
	uint64_t features;
	bool has_mac;
	bool has_mtu;
	bool has_max_vqp;
	bool has_features;
};

static int take_param(struct vdev_provisioner *provisioner,
		      const struct vdev_config_pair *param, struct wanted *wanted)
{
	if (strcmp(param->name, "mac") == 0) {
		wanted->has_mac = true;
		return vdev_config_mac(provisioner, param, wanted->mac);
	}
	if (strcmp(param->name, "mtu") == 0) {
		wanted->has_mtu = true;
		return vdev_config_u16(provisioner, param, MTU_LEAST, &wanted->mtu);
	}
	if (strcmp(param->name, "max-vqp") == 0) {
		wanted->has_max_vqp = true;
		return vdev_config_u16(provisioner, param, 1, &wanted->max_vqp);
	}
	return vdev_error_say(&provisioner->error, -EOPNOTSUPP,
			      "param %s: " WHAT " takes mac, mtu and max-vqp", param->name);
}

static int take_params(struct vdev_provisioner *provisioner, const struct vdev_config *config,
		       struct wanted *wanted)
{
	size_t i;
	int err = 0;

	for (i = 0; i < config->num_params && !err; i++)
		err = take_param(provisioner, &config->params[i], wanted);
	return err;
}

static int find_bit(struct vdev_provisioner *provisioner, const struct vdev_parent_type *type,
		    const char *name)
{
	int bit = vdev_feature_bit_from_name("virtio", type->device_api, name);
	char *end;
	long number;

	if (bit < 0 && strncmp(name, "bit-", 4) == 0) {
		number = strtol(name + 4, &end, 10);
		if (name[4] >= '0' && name[4] <= '9' && !*end && number < 64)
			bit = (int)number;
	}
	if (bit >= 0 && bit < 64)
		return bit;
	return vdev_error_say(&provisioner->error, -EINVAL,
			      "feature %s: not one of %s, nor bit-0 to bit-63", name,
			      type->device_api);
}

/* All that the parent supports, but for what is not wanted. */
static int take_features(struct vdev_provisioner *provisioner,
			 const struct vdev_parent *parent, const struct vdev_parent_type *type,
			 const struct vdev_config *config, struct wanted *wanted)
{
	uint64_t supported;
	size_t i;
	bool on;
	int bit, err;

	if (!config->num_features)
		return 0;
	if (!parent->features.num_words)
		return vdev_error_say(&provisioner->error, -EOPNOTSUPP,
				      "%s: does not report which features it supports",
				      parent->handle);
	supported = parent->features.words[0];
	wanted->features = supported;
	wanted->has_features = true;
	for (i = 0; i < config->num_features; i++) {
		const struct vdev_config_pair *feature = &config->features[i];

		err = vdev_config_on(provisioner, feature, &on);
		bit = err ? err : find_bit(provisioner, type, feature->name);
		if (bit < 0)
			return bit;
		if (on && !(supported >> bit & 1))
			return vdev_error_say(&provisioner->error, -EOPNOTSUPP,
					      "feature %s: %s does not support it", feature->name,
					      parent->handle);
		if (!on)
			wanted->features &= ~(1ULL << bit);
	}
	return 0;
}

static void write_wanted(struct writer *writer, const struct wanted *wanted)
{
	if (wanted->has_mac)
		vdev_writer_put(writer, VDPA_NET_MAC, wanted->mac, sizeof(wanted->mac));
	if (wanted->has_mtu)
		vdev_writer_put(writer, VDPA_NET_MTU, &wanted->mtu, sizeof(wanted->mtu));
	if (wanted->has_max_vqp)
		vdev_writer_put(writer, VDPA_NET_MAX_VQP, &wanted->max_vqp,
				sizeof(wanted->max_vqp));
	if (wanted->has_features)
		vdev_writer_put(writer, VDPA_FEATURES, &wanted->features,
				sizeof(wanted->features));
}

static int ask_new(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		   const char *name, const struct wanted *wanted)
{
	struct writer writer = { 0 };
	int err;

	if (parent->bus)
		vdev_writer_string(&writer, VDPA_PARENT_BUS, parent->bus);
	vdev_writer_string(&writer, VDPA_PARENT_NAME, parent->name);
	vdev_writer_string(&writer, VDPA_DEVICE_NAME, name);
	write_wanted(&writer, wanted);
	err = vdev_vdpa_ask(provisioner, VDPA_NEW_DEVICE, NLM_F_ACK, &writer, NULL, NULL);
	if (err == -ETIMEDOUT)
		vdev_error_say(&provisioner->error, err, "the kernel did not answer in time; "
			       "vdpa/%s may still come", name);
	return err;
}

static bool is_there(struct vdev_provisioner *provisioner, const char *name)
{
	char folder[PATH_MAX], last[NAME_MAX + 1];

	return !vdev_sysfs_path(provisioner, folder, "bus/vdpa/devices") &&
	       !vdev_sysfs_link(folder, name, last);
}

/* A name that is taken meanwhile leads to the next one. */
static int add_free(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		    const struct wanted *wanted, char name[VDEV_HANDLE_NAME_MAX + 1])
{
	unsigned int number, attempts = 0;
	int err = -EEXIST;

	for (number = 0; err == -EEXIST && attempts < NAME_ATTEMPTS; number++) {
		snprintf(name, VDEV_HANDLE_NAME_MAX + 1, "vdpa%u", number);
		if (is_there(provisioner, name))
			continue;
		attempts++;
		vdev_error_reset(&provisioner->error);
		err = ask_new(provisioner, parent, name, wanted);
	}
	return err;
}

static int add(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
	       const struct vdev_parent_type *type, const struct vdev_config *config,
	       struct vdev_made *made)
{
	struct wanted wanted = { 0 };
	int err = vdev_config_check(provisioner, config,
				    CONFIG_NAME | CONFIG_FEATURES | CONFIG_PARAMS, WHAT);

	if (!err)
		err = take_params(provisioner, config, &wanted);
	if (!err)
		err = take_features(provisioner, parent, type, config, &wanted);
	if (!err && config->name)
		err = vdev_config_name(provisioner, config->name);
	if (!err && config->name && is_there(provisioner, config->name))
		err = vdev_error_say(&provisioner->error, -EEXIST,
				     "vdpa/%s: there is one already", config->name);
	if (!err && made)
		err = vdev_made_add(provisioner, made, "vdpa", config->name ? config->name : "");
	if (err || !made)
		return err;
	return config->name ? ask_new(provisioner, parent, config->name, &wanted) :
			      add_free(provisioner, parent, &wanted, made->handles->name);
}

static int check_device(struct vdev_provisioner *provisioner, const struct vdev_handle *handle)
{
	if (is_there(provisioner, handle->name))
		return 0;
	return vdev_error_say(&provisioner->error, -ENODEV, "vdpa/%s: no such device",
			      handle->name);
}

static int set(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
	       const struct vdev_config *config, bool dry_run)
{
	struct wanted wanted = { 0 };
	struct writer writer = { 0 };
	int err = vdev_config_check(provisioner, config, CONFIG_PARAMS, WHAT " that exists");

	if (!err)
		err = take_params(provisioner, config, &wanted);
	if (!err && (wanted.has_mtu || wanted.has_max_vqp))
		err = vdev_error_say(&provisioner->error, -EOPNOTSUPP, "param %s: " WHAT
				     " keeps it; of one that exists the mac can be set",
				     wanted.has_mtu ? "mtu" : "max-vqp");
	if (!err)
		err = check_device(provisioner, handle);
	if (err || dry_run || !wanted.has_mac)
		return err;
	vdev_writer_string(&writer, VDPA_DEVICE_NAME, handle->name);
	write_wanted(&writer, &wanted);
	return vdev_vdpa_ask(provisioner, VDPA_SET_ATTR, NLM_F_ACK, &writer, NULL, NULL);
}

static int del(struct vdev_provisioner *provisioner, const struct vdev_handle *handle,
	       bool dry_run)
{
	struct writer writer = { 0 };
	int err = check_device(provisioner, handle);

	if (err || dry_run)
		return err;
	vdev_writer_string(&writer, VDPA_DEVICE_NAME, handle->name);
	return vdev_vdpa_ask(provisioner, VDPA_DEL_DEVICE, NLM_F_ACK, &writer, NULL, NULL);
}

static int undo(struct vdev_provisioner *provisioner, const struct vdev_parent *parent,
		const struct vdev_made *made)
{
	size_t i;
	int err = 0;

	(void)parent;
	for (i = 0; i < made->num && !err; i++)
		err = del(provisioner, &made->handles[i], false);
	return err;
}

const struct maker vdev_maker_vdpa = { .add = add, .set = set, .del = del, .undo = undo };
