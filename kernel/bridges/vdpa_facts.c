// SPDX-License-Identifier: GPL-2.0
/*
 * What is reported of a vdpa device, out of what was read from it and what is
 * known of its management device. No driver is called here.
 */
#include <linux/if_ether.h>
#include <linux/limits.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ids.h>

#include "vdpa_facts.h"

#define NET(field)	offsetof(struct virtio_net_config, field)

static const char *const apis[] = {
	[VIRTIO_ID_NET] = "vdpa-net",
	[VIRTIO_ID_BLOCK] = "vdpa-blk",
	[VIRTIO_ID_CONSOLE] = "vdpa-console",
	[VIRTIO_ID_RNG] = "vdpa-rng",
	[VIRTIO_ID_BALLOON] = "vdpa-balloon",
	[VIRTIO_ID_SCSI] = "vdpa-scsi",
	[VIRTIO_ID_9P] = "vdpa-9p",
	[VIRTIO_ID_GPU] = "vdpa-gpu",
	[VIRTIO_ID_INPUT] = "vdpa-input",
	[VIRTIO_ID_VSOCK] = "vdpa-vsock",
	[VIRTIO_ID_CRYPTO] = "vdpa-crypto",
	[VIRTIO_ID_IOMMU] = "vdpa-iommu",
	[VIRTIO_ID_MEM] = "vdpa-mem",
	[VIRTIO_ID_SOUND] = "vdpa-sound",
	[VIRTIO_ID_FS] = "vdpa-fs",
	[VIRTIO_ID_PMEM] = "vdpa-pmem",
};

/* Fixed ones (max-vqs, max-vq-size, min-vq-size) and those of a table. */
#define PARAMS_MAX	(3 + VDEV_VDPA_FIELDS_MAX)
#define INFO_MAX	4
#define BLOCKERS_MAX	2
#define FEATURES_MAX	2

/* What can be used by a process, and so by a VMM. */
#define VHOST_DRIVER	"vhost_vdpa"

/**
 * struct view - the facts of one device, and what they point to
 * @facts: the facts
 * @vdev: the device
 * @readings: what was read from it
 * @class: what is known of its class; NULL if it cannot be judged
 * @features: its feature sets
 * @supported: features that its parent claims
 * @required: features that a source must have, too
 * @hash_types: what its hashes can be made of
 * @blockers: why it cannot be migrated
 * @params: its parameters
 * @allowed: for each, what it allows beside its own value, and that
 * @info: what is only reported
 * @api: its interface
 * @mac: its address
 */
struct view {
	struct vdev_facts facts;
	const struct vdpa_device *vdev;
	const struct vdev_vdpa_readings *readings;
	const struct vdev_vdpa_class *class;
	struct vdev_feature features[FEATURES_MAX];
	u64 supported;
	u64 required;
	u64 hash_types;
	struct vdev_blocker blockers[BLOCKERS_MAX];
	struct vdev_param params[PARAMS_MAX];
	struct vdev_allowed allowed[PARAMS_MAX][2];
	struct vdev_info info[INFO_MAX];
	char api[sizeof("vdpa-virtio4294967295")];
	char mac[3 * ETH_ALEN];
};

/* Can "vdpa dev add" set it on devices of this parent? */
static u32 vdpa_param_flags(const struct view *view, u32 config_attr)
{
	const struct vdpa_mgmt_dev *mdev = view->vdev->mdev;

	if (!config_attr || !mdev ||
	    !(mdev->config_attr_mask & BIT_ULL(config_attr)))
		return 0;
	return VDEV_PARAM_FLAG_CONFIGURABLE;
}

/*
 * The kernel does not remember which values were given to "vdpa dev add" and
 * which the driver chose: the origin stays "default", the least that can be
 * claimed, and the flags say what can be given.
 */
static struct vdev_param *vdpa_add_param(struct view *view, const char *name,
					 u32 type, u32 rule)
{
	struct vdev_param *param =
		&view->params[view->facts.record.num_params++];

	param->name = name;
	param->type = type;
	param->rule = rule;
	param->value.type = type;
	return param;
}

static void vdpa_add_number(struct view *view, const char *name, u32 rule,
			    u64 number)
{
	vdpa_add_param(view, name, VDEV_VALUE_TYPE_U64, rule)->value.u64 = number;
}

static struct vdev_value *vdpa_add_info(struct view *view, const char *name,
					u32 type)
{
	struct vdev_info *info = &view->info[view->facts.num_info++];

	info->name = name;
	info->value.type = type;
	return &info->value;
}

static bool vdpa_offers(const struct view *view, u64 features)
{
	return view->readings->offered & features;
}

/* A field beyond the end of the device's configuration does not exist. */
static bool vdpa_has_config(const struct view *view, size_t offset, size_t size)
{
	return offset + size <= view->readings->config_size;
}

/* A device as virtio 1.0 has it: its configuration is little endian. */
static u64 vdpa_config_number(const struct view *view, size_t offset, size_t size)
{
	const u8 *bytes = (const u8 *)&view->readings->config + offset;
	u64 number = 0;
	size_t i;

	for (i = size; i > 0; i--)
		number = number << 8 | bytes[i - 1];
	return number;
}

static bool vdpa_has_field(const struct view *view, const struct vdev_vdpa_field *field)
{
	return (!field->features || vdpa_offers(view, field->features)) &&
	       vdpa_has_config(view, field->offset, field->size);
}

/* The source has the same value, or has none that its driver could rely on. */
static void vdpa_allow_same_or_off(struct view *view, struct vdev_param *param)
{
	struct vdev_allowed *allowed = view->allowed[param - view->params];

	allowed[0].low = param->off.u64;
	allowed[0].high = param->off.u64;
	allowed[1].low = param->value.u64;
	allowed[1].high = param->value.u64;
	param->allowed = allowed;
	param->num_allowed = 2;
}

static void vdpa_add_field_number(struct view *view, const struct vdev_vdpa_field *field,
				  u32 rule)
{
	u64 number = vdpa_config_number(view, field->offset, field->size) ?: field->zero;
	struct vdev_param *param;

	if (number > S64_MAX)
		return;
	param = vdpa_add_param(view, field->name, VDEV_VALUE_TYPE_U64, rule);
	param->value.u64 = number;
	param->flags = vdpa_param_flags(view, field->config_attr);
	if (field->has_off) {
		param->off.type = VDEV_VALUE_TYPE_U64;
		param->off.u64 = field->off;
	}
	if (rule == VDEV_RULE_ONE_OF)
		vdpa_allow_same_or_off(view, param);
}

static void vdpa_add_field_mac(struct view *view, const struct vdev_vdpa_field *field,
			       u32 rule)
{
	struct vdev_param *param;

	param = vdpa_add_param(view, field->name, VDEV_VALUE_TYPE_STRING, rule);
	param->value.string = view->mac;
	param->flags = vdpa_param_flags(view, field->config_attr);
}

static void vdpa_add_fields(struct view *view)
{
	const struct vdev_vdpa_class *class = view->class;
	const struct vdev_vdpa_field *field;
	u32 rule;

	for (field = class->fields; field < class->fields + class->num_fields; field++) {
		rule = vdev_vdpa_rule(field, view->readings->offered);
		if (!rule || !vdpa_has_field(view, field))
			continue;
		if (field->is_mac)
			vdpa_add_field_mac(view, field, rule);
		else
			vdpa_add_field_number(view, field, rule);
	}
}

/* Shown also where it is not part of the record. */
static void vdpa_fill_mac(struct view *view)
{
	if (!vdpa_offers(view, BIT_ULL(VIRTIO_NET_F_MAC)) ||
	    !vdpa_has_config(view, NET(mac), ETH_ALEN))
		return;
	snprintf(view->mac, sizeof(view->mac), "%pM",
		 view->readings->config.net.mac);
	vdpa_add_info(view, "mac", VDEV_VALUE_TYPE_STRING)->string = view->mac;
}

static void vdpa_add_link(struct view *view)
{
	u16 status;

	if (!vdpa_offers(view, BIT_ULL(VIRTIO_NET_F_STATUS)) ||
	    !vdpa_has_config(view, NET(status), sizeof(status)))
		return;
	status = __virtio16_to_cpu(true, view->readings->config.net.status);
	vdpa_add_info(view, "link", VDEV_VALUE_TYPE_STRING)->string =
		status & VIRTIO_NET_S_LINK_UP ? "up" : "down";
}

static void vdpa_fill_class(struct view *view)
{
	if (view->readings->id == VIRTIO_ID_NET) {
		vdpa_fill_mac(view);
		vdpa_add_link(view);
	}
	if (view->class)
		vdpa_add_fields(view);
}

static void vdpa_fill_queues(struct view *view)
{
	const struct vdev_vdpa_readings *readings = view->readings;

	vdpa_add_number(view, "max-vqs", VDEV_RULE_AT_LEAST, view->vdev->nvqs);
	vdpa_add_number(view, "max-vq-size", VDEV_RULE_AT_LEAST,
			readings->max_size);
	if (readings->has_min_size)
		vdpa_add_number(view, "min-vq-size", VDEV_RULE_AT_MOST,
				readings->min_size);
}

static void vdpa_set_bitmap(struct vdev_bitmap *bitmap, const u64 *word)
{
	bitmap->words = word;
	bitmap->num_words = 1;
}

static struct vdev_feature *vdpa_add_feature(struct view *view, const char *name,
					     const u64 *provisioned)
{
	struct vdev_feature *feature =
		&view->features[view->facts.record.num_features++];

	feature->name = name;
	vdpa_set_bitmap(&feature->provisioned, provisioned);
	return feature;
}

/*
 * A management device that claims no features at all does not report them
 * (vdpa_sim_blk).
 */
static void vdpa_fill_features(struct view *view)
{
	const struct vdev_vdpa_readings *readings = view->readings;
	const struct vdpa_mgmt_dev *mdev = view->vdev->mdev;
	struct vdev_feature *virtio;

	virtio = vdpa_add_feature(view, "virtio", &readings->offered);
	view->required = vdev_vdpa_required(view->class, readings->offered);
	vdpa_set_bitmap(&virtio->required, &view->required);
	if (mdev && mdev->supported_features) {
		view->supported = mdev->supported_features;
		vdpa_set_bitmap(&virtio->supported, &view->supported);
	}
	if (readings->has_negotiated)
		vdpa_set_bitmap(&virtio->negotiated, &readings->negotiated);
}

/* The driver chooses among them, so that a target must have each. */
static void vdpa_fill_hash_types(struct view *view)
{
	const size_t size = sizeof(view->readings->config.net.supported_hash_types);

	if (view->readings->id != VIRTIO_ID_NET ||
	    !vdpa_offers(view, BIT_ULL(VIRTIO_NET_F_RSS) | BIT_ULL(VIRTIO_NET_F_HASH_REPORT)) ||
	    !vdpa_has_config(view, NET(supported_hash_types), size))
		return;
	view->hash_types = vdpa_config_number(view, NET(supported_hash_types), size);
	vdpa_add_feature(view, "hash-types", &view->hash_types);
}

static void vdpa_fill_api(struct view *view)
{
	u32 id = view->readings->id;

	if (id < ARRAY_SIZE(apis) && apis[id])
		strscpy(view->api, apis[id], sizeof(view->api));
	else
		snprintf(view->api, sizeof(view->api), "vdpa-virtio%u", id);
	view->facts.record.device_api.value = view->api;
}

static void vdpa_add_blocker(struct view *view, const char *name, const char *reason,
			     u32 flags)
{
	struct vdev_blocker *blocker = &view->blockers[view->facts.num_blockers++];

	blocker->name = name;
	blocker->reason = reason;
	blocker->flags = flags;
}

/*
 * The state of a vdpa device is its configuration and where its queues are. Of a
 * class without a table nobody can say what else its driver has cached.
 */
static void vdpa_fill_migration(struct view *view)
{
	const struct vdpa_config_ops *ops = view->vdev->config;
	const char *bound_driver = view->facts.bound_driver;
	struct vdev_facts *facts = &view->facts;

	if (bound_driver && strcmp(bound_driver, VHOST_DRIVER))
		vdpa_add_blocker(view, "used-by-host",
				 "a driver of the host uses the device, so no VMM can stop it",
				 0);
	if (!ops->suspend || !ops->get_vq_state || !ops->set_vq_state) {
		facts->migration = VDEV_MIGRATION_UNSUPPORTED;
		vdpa_add_blocker(view, "no-suspend",
				 "the driver cannot stop the device and keep the state of its queues",
				 VDEV_BLOCKER_FLAG_PERMANENT);
		return;
	}
	facts->capabilities = VDEV_CAPABILITY_STOP_COPY;
	if (view->class)
		facts->migration = VDEV_MIGRATION_SUPPORTED;
}

/**
 * vdev_vdpa_parent() - the device that a vdpa device was created on
 * @vdev: the vdpa device
 *
 * Return: its management device; that of a driver without one, if any, is the
 * parent in the device model; or NULL.
 */
struct device *vdev_vdpa_parent(const struct vdpa_device *vdev)
{
	return vdev->mdev ? vdev->mdev->device : vdev->dev.parent;
}

/*
 * The driver is the one bound to the parent; it stays while its vdpa devices
 * do. A parent without one (vdpasim_net, vduse) does not say whose it is.
 */
static void vdpa_fill_driver(struct view *view)
{
	const struct device *parent = vdev_vdpa_parent(view->vdev);
	const struct device_driver *driver = parent ? parent->driver : NULL;

	if (!driver)
		return;
	view->facts.driver = driver->name;
	if (IS_ENABLED(CONFIG_MODULES) && driver->owner)
		view->facts.driver_version = driver->owner->version;
}

/* Without what does not change, nothing can be said about a migration. */
static void vdpa_fill_known(struct view *view)
{
	vdpa_add_info(view, "status", VDEV_VALUE_TYPE_U64)->u64 = view->readings->status;
	vdpa_add_info(view, "vendor-id", VDEV_VALUE_TYPE_U64)->u64 =
		view->readings->vendor;
	vdpa_fill_api(view);
	vdpa_fill_features(view);
	vdpa_fill_hash_types(view);
	vdpa_fill_queues(view);
	vdpa_fill_class(view);
	vdpa_fill_migration(view);
}

/**
 * vdev_vdpa_facts_new() - what is reported of a vdpa device
 * @vdev: the device
 * @readings: what was read from it, which must outlive the facts
 * @bound_driver: name of the driver that uses it, which must, too; empty if
 *	there is none
 *
 * Context: Process context. May sleep.
 * Return: the facts, to be given to vdev_vdpa_facts_free(); or NULL.
 */
struct vdev_facts *vdev_vdpa_facts_new(const struct vdpa_device *vdev,
				       const struct vdev_vdpa_readings *readings,
				       const char *bound_driver)
{
	struct view *view = kzalloc(sizeof(*view), GFP_KERNEL);

	if (!view)
		return NULL;
	view->vdev = vdev;
	view->readings = readings;
	view->class = readings->known ? vdev_vdpa_class_of(readings->id) : NULL;
	view->facts.record.params = view->params;
	view->facts.record.features = view->features;
	view->facts.blockers = view->blockers;
	view->facts.info = view->info;
	if (bound_driver[0])
		view->facts.bound_driver = bound_driver;
	vdpa_fill_driver(view);
	if (readings->known)
		vdpa_fill_known(view);
	return &view->facts;
}

/**
 * vdev_vdpa_facts_free() - free facts
 * @facts: the facts; may be NULL
 */
void vdev_vdpa_facts_free(struct vdev_facts *facts)
{
	if (facts)
		kfree(container_of(facts, struct view, facts));
}
