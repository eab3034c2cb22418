// SPDX-License-Identifier: GPL-2.0
/*
 * What is told of a vdpa device, out of its driver and its management device,
 * as the kernel's own vdpa family reads them.
 *
 * Everything is read under the device's cf_lock. Never by vdpa_get_config():
 * on a device whose features are not set yet that sets them.
 */
#include <linux/limits.h>
#include <linux/module.h>
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
 * grow, and what only helps it to go faster is told and not compared.
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

/* What is told of one device; guarded by the follower's lock. */
static struct {
	struct vdev_facts facts;
	struct vdev_feature virtio;
	u64 supported;
	u64 provisioned;
	u64 required;
	u64 negotiated;
	struct vdev_blocker blocker;
	struct vdev_param params[PARAMS_MAX];
	struct vdev_info info[INFO_MAX];
	union {
		struct virtio_net_config net;
		struct virtio_blk_config blk;
	} config;
	char api[sizeof("vdpa-virtio4294967295")];
	char mac[3 * ETH_ALEN];
} view;

/* Can "vdpa dev add" set it on devices of this parent? */
static u32 param_flags(const struct vdpa_device *vdev, u32 config_attr)
{
	if (!config_attr || !vdev->mdev ||
	    !(vdev->mdev->config_attr_mask & BIT_ULL(config_attr)))
		return 0;
	return VDEV_PARAM_FLAG_CONFIGURABLE;
}

/*
 * The kernel does not remember which values were given to "vdpa dev add" and
 * which the driver chose: the origin stays "default", the least that can be
 * claimed, and the flags say what can be given.
 */
static struct vdev_param *add_param(const char *name, u32 kind, u32 rule)
{
	struct vdev_record *record = &view.facts.record;
	struct vdev_param *param = &view.params[record->num_params++];

	param->name = name;
	param->kind = kind;
	param->rule = rule;
	param->value.kind = kind;
	return param;
}

static struct vdev_value *add_info(const char *name, u32 kind)
{
	struct vdev_info *info = &view.info[view.facts.num_info++];

	info->name = name;
	info->value.kind = kind;
	return &info->value;
}

/* A device as virtio 1.0 has it: its configuration is little endian. */
static u64 config_number(const struct vdpa_param *field)
{
	const u8 *bytes = (const u8 *)&view.config + field->offset;
	u64 number = 0;
	size_t i;

	for (i = field->size; i > 0; i--)
		number = number << 8 | bytes[i - 1];
	return number;
}

static void add_config_params(const struct vdpa_device *vdev,
			      const struct vdpa_param *fields, size_t num)
{
	const struct vdpa_param *field;
	struct vdev_param *param;
	u64 number;

	for (field = fields; field < fields + num; field++) {
		number = config_number(field);
		if (number > S64_MAX ||
		    (field->features && !(view.provisioned & field->features)))
			continue;
		param = add_param(field->name, VDEV_KIND_U64, field->rule);
		param->value.u64 = number;
		param->flags = param_flags(vdev, field->config_attr);
	}
}

/* A device is asked for no more than it has; the rest reads as zero. */
static void read_config(struct vdpa_device *vdev, size_t size)
{
	size = min(size, vdev->config->get_config_size(vdev));
	vdev->config->get_config(vdev, 0, &view.config, size);
}

static void fill_net(struct vdpa_device *vdev)
{
	struct virtio_net_config *config = &view.config.net;
	struct vdev_param *mac;
	u16 status;

	read_config(vdev, sizeof(*config));
	if (view.provisioned & BIT_ULL(VIRTIO_NET_F_MAC)) {
		snprintf(view.mac, sizeof(view.mac), "%pM", config->mac);
		mac = add_param("mac", VDEV_KIND_STRING, VDEV_RULE_IGNORE);
		mac->value.string = view.mac;
		mac->flags = param_flags(vdev, VDPA_ATTR_DEV_NET_CFG_MACADDR);
	}
	add_config_params(vdev, net_params, ARRAY_SIZE(net_params));
	if (view.provisioned & BIT_ULL(VIRTIO_NET_F_STATUS)) {
		status = __virtio16_to_cpu(true, config->status);
		add_info("link", VDEV_KIND_STRING)->string =
			status & VIRTIO_NET_S_LINK_UP ? "up" : "down";
	}
}

static void fill_class(struct vdpa_device *vdev, u32 id)
{
	if (id == VIRTIO_ID_NET) {
		fill_net(vdev);
	} else if (id == VIRTIO_ID_BLOCK) {
		read_config(vdev, sizeof(view.config.blk));
		add_config_params(vdev, blk_params, ARRAY_SIZE(blk_params));
	}
}

static void fill_queues(struct vdpa_device *vdev)
{
	const struct vdpa_config_ops *ops = vdev->config;

	add_param("max-vqs", VDEV_KIND_U64,
		  VDEV_RULE_AT_LEAST)->value.u64 = vdev->nvqs;
	add_param("max-vq-size", VDEV_KIND_U64,
		  VDEV_RULE_AT_LEAST)->value.u64 = ops->get_vq_num_max(vdev);
	if (ops->get_vq_num_min)
		add_param("min-vq-size", VDEV_KIND_U64,
			  VDEV_RULE_AT_MOST)->value.u64 =
			ops->get_vq_num_min(vdev);
}

static void set_bitmap(struct vdev_bitmap *bitmap, u64 *word, u64 bits)
{
	*word = bits;
	bitmap->words = word;
	bitmap->num_words = 1;
}

/*
 * The virtio specification leaves a driver free to refuse any feature but
 * these two, which it must accept where they are offered. A management device
 * that claims no features at all does not tell them (vdpa_sim_blk). Those of
 * the driver mean nothing before the negotiation is over.
 */
static void fill_features(struct vdpa_device *vdev, u8 status)
{
	struct vdev_feature *virtio = &view.virtio;

	virtio->name = "virtio";
	set_bitmap(&virtio->provisioned, &view.provisioned,
		   vdev->config->get_device_features(vdev));
	set_bitmap(&virtio->required, &view.required,
		   view.provisioned & (BIT_ULL(VIRTIO_F_VERSION_1) |
				       BIT_ULL(VIRTIO_F_ACCESS_PLATFORM)));
	if (vdev->mdev && vdev->mdev->supported_features)
		set_bitmap(&virtio->supported, &view.supported,
			   vdev->mdev->supported_features);
	if (status & VIRTIO_CONFIG_S_FEATURES_OK)
		set_bitmap(&virtio->negotiated, &view.negotiated,
			   vdev->config->get_driver_features(vdev));
	view.facts.record.features = virtio;
	view.facts.record.num_features = 1;
}

static void fill_api(u32 id)
{
	if (id < ARRAY_SIZE(apis) && apis[id])
		strscpy(view.api, apis[id], sizeof(view.api));
	else
		snprintf(view.api, sizeof(view.api), "vdpa-virtio%u", id);
	view.facts.record.device_api.value = view.api;
}

/* The state of a vdpa device is its configuration and where its queues are. */
static void fill_migration(const struct vdpa_device *vdev)
{
	const struct vdpa_config_ops *ops = vdev->config;
	struct vdev_facts *facts = &view.facts;

	if (ops->suspend && ops->get_vq_state && ops->set_vq_state) {
		facts->migration = VDEV_MIGRATION_SUPPORTED;
		facts->abilities = VDEV_ABILITY_STOP_COPY;
		return;
	}
	facts->migration = VDEV_MIGRATION_UNSUPPORTED;
	view.blocker.name = "no-suspend";
	view.blocker.reason =
		"the driver cannot stop the device and keep the state of its queues";
	view.blocker.flags = VDEV_BLOCKER_FLAG_PERMANENT;
	facts->blockers = &view.blocker;
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
static void fill_driver(const struct vdpa_device *vdev)
{
	const struct device *parent = vdev_vdpa_parent(vdev);
	const struct device_driver *driver = parent ? parent->driver : NULL;

	if (!driver)
		return;
	view.facts.driver = driver->name;
	if (IS_ENABLED(CONFIG_MODULES) && driver->owner)
		view.facts.driver_version = driver->owner->version;
}

static void fill_view(struct vdpa_device *vdev)
{
	u32 id = vdev->config->get_device_id(vdev);
	u8 status = vdev->config->get_status(vdev);

	add_info("status", VDEV_KIND_U64)->u64 = status;
	add_info("vendor-id", VDEV_KIND_U64)->u64 =
		vdev->config->get_vendor_id(vdev);
	fill_api(id);
	fill_features(vdev, status);
	fill_queues(vdev);
	fill_class(vdev, id);
	fill_migration(vdev);
	fill_driver(vdev);
}

/**
 * vdev_vdpa_facts() - read all that is told of a vdpa device
 * @vdev: the device
 * @bound_driver: name of the driver that uses it; empty if there is none
 *
 * Context: The follower's lock held. Takes the device's cf_lock.
 * Return: the facts, good until the lock is dropped or the next call.
 */
const struct vdev_facts *vdev_vdpa_facts(struct vdpa_device *vdev,
					 const char *bound_driver)
{
	memset(&view, 0, sizeof(view));
	view.facts.record.params = view.params;
	view.facts.info = view.info;
	if (bound_driver[0])
		view.facts.bound_driver = bound_driver;

	down_read(&vdev->cf_lock);
	fill_view(vdev);
	up_read(&vdev->cf_lock);
	return &view.facts;
}
