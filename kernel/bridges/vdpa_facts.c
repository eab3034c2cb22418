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
#include <uapi/linux/vdpa.h>

#include "vdpa_facts.h"

/**
 * struct vdpa_param - a number in the virtio configuration space
 * @name: name of the parameter
 * @features: the field exists if the device offers one of these; 0: always
 * @offset: where it is
 * @size: its length in bytes
 * @rule: how a target judges it
 * @config_attr: the attribute that "vdpa dev add" sends to set it; 0: none
 */
struct vdpa_param {
	const char *name;
	u64 features;
	size_t offset;
	size_t size;
	u32 rule;
	u32 config_attr;
};

#define NET(field)	offsetof(struct virtio_net_config, field)
#define BLK(field)	offsetof(struct virtio_blk_config, field)

static const struct vdpa_param net_params[] = {
	{ "mtu", BIT_ULL(VIRTIO_NET_F_MTU), NET(mtu), 2,
	  VDEV_RULE_AT_LEAST, VDPA_ATTR_DEV_NET_CFG_MTU },
	{ "max-vqp", BIT_ULL(VIRTIO_NET_F_MQ) | BIT_ULL(VIRTIO_NET_F_RSS),
	  NET(max_virtqueue_pairs), 2,
	  VDEV_RULE_AT_LEAST, VDPA_ATTR_DEV_NET_CFG_MAX_VQP },
	{ "rss-max-key-size", BIT_ULL(VIRTIO_NET_F_RSS),
	  NET(rss_max_key_size), 1, VDEV_RULE_AT_LEAST },
	{ "rss-max-table-length", BIT_ULL(VIRTIO_NET_F_RSS),
	  NET(rss_max_indirection_table_length), 2, VDEV_RULE_AT_LEAST },
};

/*
 * A guest reads these once. What it relies on must be the same, limits may
 * grow, and what only makes it faster is reported and not compared.
 */
static const struct vdpa_param blk_params[] = {
	{ "capacity", 0, BLK(capacity), 8, VDEV_RULE_EQUAL },
	{ "block-size", BIT_ULL(VIRTIO_BLK_F_BLK_SIZE),
	  BLK(blk_size), 4, VDEV_RULE_EQUAL },
	{ "size-max", BIT_ULL(VIRTIO_BLK_F_SIZE_MAX),
	  BLK(size_max), 4, VDEV_RULE_AT_LEAST },
	{ "seg-max", BIT_ULL(VIRTIO_BLK_F_SEG_MAX),
	  BLK(seg_max), 4, VDEV_RULE_AT_LEAST },
	{ "num-queues", BIT_ULL(VIRTIO_BLK_F_MQ),
	  BLK(num_queues), 2, VDEV_RULE_AT_LEAST },
	{ "physical-block-exp", BIT_ULL(VIRTIO_BLK_F_TOPOLOGY),
	  BLK(physical_block_exp), 1, VDEV_RULE_IGNORE },
	{ "alignment-offset", BIT_ULL(VIRTIO_BLK_F_TOPOLOGY),
	  BLK(alignment_offset), 1, VDEV_RULE_IGNORE },
	{ "min-io-size", BIT_ULL(VIRTIO_BLK_F_TOPOLOGY),
	  BLK(min_io_size), 2, VDEV_RULE_IGNORE },
	{ "opt-io-size", BIT_ULL(VIRTIO_BLK_F_TOPOLOGY),
	  BLK(opt_io_size), 4, VDEV_RULE_IGNORE },
	{ "max-discard-sectors", BIT_ULL(VIRTIO_BLK_F_DISCARD),
	  BLK(max_discard_sectors), 4, VDEV_RULE_AT_LEAST },
	{ "max-discard-seg", BIT_ULL(VIRTIO_BLK_F_DISCARD),
	  BLK(max_discard_seg), 4, VDEV_RULE_AT_LEAST },
	{ "discard-sector-alignment", BIT_ULL(VIRTIO_BLK_F_DISCARD),
	  BLK(discard_sector_alignment), 4, VDEV_RULE_EQUAL },
	{ "max-write-zeroes-sectors", BIT_ULL(VIRTIO_BLK_F_WRITE_ZEROES),
	  BLK(max_write_zeroes_sectors), 4, VDEV_RULE_AT_LEAST },
	{ "max-write-zeroes-seg", BIT_ULL(VIRTIO_BLK_F_WRITE_ZEROES),
	  BLK(max_write_zeroes_seg), 4, VDEV_RULE_AT_LEAST },
};

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

/* Fixed ones (max-vqs, max-vq-size, min-vq-size, mac) and those of a table. */
#define PARAMS_MAX	(4 + ARRAY_SIZE(blk_params))
#define INFO_MAX	4

/**
 * struct view - the facts of one device, and what they point to
 * @facts: the facts
 * @vdev: the device
 * @readings: what was read from it
 * @virtio: its feature set
 * @supported: features that its parent claims
 * @required: features that a driver must accept
 * @blocker: why it cannot be migrated
 * @params: its parameters
 * @info: what is only reported
 * @api: its interface
 * @mac: its address
 */
struct view {
	struct vdev_facts facts;
	const struct vdpa_device *vdev;
	const struct vdev_vdpa_readings *readings;
	struct vdev_feature virtio;
	u64 supported;
	u64 required;
	struct vdev_blocker blocker;
	struct vdev_param params[PARAMS_MAX];
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

/* A field beyond the end of the device's configuration does not exist. */
static bool vdpa_has_config(const struct view *view, size_t offset, size_t size)
{
	return offset + size <= view->readings->config_size;
}

/* A device as virtio 1.0 has it: its configuration is little endian. */
static u64 vdpa_config_number(const struct view *view,
			      const struct vdpa_param *field)
{
	const u8 *bytes = (const u8 *)&view->readings->config + field->offset;
	u64 number = 0;
	size_t i;

	for (i = field->size; i > 0; i--)
		number = number << 8 | bytes[i - 1];
	return number;
}

static bool vdpa_has_field(const struct view *view, const struct vdpa_param *field)
{
	return (!field->features ||
		view->readings->offered & field->features) &&
	       vdpa_has_config(view, field->offset, field->size);
}

static void vdpa_add_config_params(struct view *view,
				   const struct vdpa_param *fields, size_t num)
{
	const struct vdpa_param *field;
	struct vdev_param *param;
	u64 number;

	for (field = fields; field < fields + num; field++) {
		number = vdpa_config_number(view, field);
		if (number > S64_MAX || !vdpa_has_field(view, field))
			continue;
		param = vdpa_add_param(view, field->name, VDEV_VALUE_TYPE_U64,
				       field->rule);
		param->value.u64 = number;
		param->flags = vdpa_param_flags(view, field->config_attr);
	}
}

static void vdpa_add_mac(struct view *view)
{
	struct vdev_param *mac;

	if (!(view->readings->offered & BIT_ULL(VIRTIO_NET_F_MAC)) ||
	    !vdpa_has_config(view, NET(mac), ETH_ALEN))
		return;
	snprintf(view->mac, sizeof(view->mac), "%pM",
		 view->readings->config.net.mac);
	mac = vdpa_add_param(view, "mac", VDEV_VALUE_TYPE_STRING, VDEV_RULE_IGNORE);
	mac->value.string = view->mac;
	mac->flags = vdpa_param_flags(view, VDPA_ATTR_DEV_NET_CFG_MACADDR);
}

static void vdpa_add_link(struct view *view)
{
	u16 status;

	if (!(view->readings->offered & BIT_ULL(VIRTIO_NET_F_STATUS)) ||
	    !vdpa_has_config(view, NET(status), sizeof(status)))
		return;
	status = __virtio16_to_cpu(true, view->readings->config.net.status);
	vdpa_add_info(view, "link", VDEV_VALUE_TYPE_STRING)->string =
		status & VIRTIO_NET_S_LINK_UP ? "up" : "down";
}

static void vdpa_fill_class(struct view *view)
{
	if (view->readings->id == VIRTIO_ID_NET) {
		vdpa_add_mac(view);
		vdpa_add_config_params(view, net_params, ARRAY_SIZE(net_params));
		vdpa_add_link(view);
	} else if (view->readings->id == VIRTIO_ID_BLOCK) {
		vdpa_add_config_params(view, blk_params, ARRAY_SIZE(blk_params));
	}
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

/*
 * The virtio specification leaves a driver free to reject any feature but these
 * two, which it must accept where they are offered. A management device that
 * claims no features at all does not report them (vdpa_sim_blk).
 */
static void vdpa_fill_features(struct view *view)
{
	const struct vdev_vdpa_readings *readings = view->readings;
	const struct vdpa_mgmt_dev *mdev = view->vdev->mdev;
	struct vdev_feature *virtio = &view->virtio;

	virtio->name = "virtio";
	vdpa_set_bitmap(&virtio->provisioned, &readings->offered);
	view->required = readings->offered &
			 (BIT_ULL(VIRTIO_F_VERSION_1) |
			  BIT_ULL(VIRTIO_F_ACCESS_PLATFORM));
	vdpa_set_bitmap(&virtio->required, &view->required);
	if (mdev && mdev->supported_features) {
		view->supported = mdev->supported_features;
		vdpa_set_bitmap(&virtio->supported, &view->supported);
	}
	if (readings->has_negotiated)
		vdpa_set_bitmap(&virtio->negotiated, &readings->negotiated);
	view->facts.record.features = virtio;
	view->facts.record.num_features = 1;
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

/* The state of a vdpa device is its configuration and where its queues are. */
static void vdpa_fill_migration(struct view *view)
{
	const struct vdpa_config_ops *ops = view->vdev->config;
	struct vdev_facts *facts = &view->facts;

	if (ops->suspend && ops->get_vq_state && ops->set_vq_state) {
		facts->migration = VDEV_MIGRATION_SUPPORTED;
		facts->capabilities = VDEV_CAPABILITY_STOP_COPY;
		return;
	}
	facts->migration = VDEV_MIGRATION_UNSUPPORTED;
	view->blocker.name = "no-suspend";
	view->blocker.reason =
		"the driver cannot stop the device and keep the state of its queues";
	view->blocker.flags = VDEV_BLOCKER_FLAG_PERMANENT;
	facts->blockers = &view->blocker;
	facts->num_blockers = 1;
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
	view->facts.record.params = view->params;
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
