// SPDX-License-Identifier: GPL-2.0
/*
 * A vdpa device with select registers, as hardware has them: one chooses the
 * queue, two choose the half of a feature word, and what follows applies to
 * what was chosen last. Every operation that needs one writes it, waits, and
 * sees whether somebody else wrote it meanwhile: an interleaving.
 *
 * Who called is known from the stack. So the tests learn how often vdev asks
 * the driver, from where, and whether it asks while a driver sets the device
 * up. The results are in debugfs, one "name value" on a line:
 *
 *	calls/OPERATION/CALLER	how often, if at all
 *	interleavings		see above
 *	interleaved		who was in the way of whom, the last time
 *	setup-reads		reads by vdev that need a select register, between
 *				the first status after a reset and DRIVER_OK
 *	setup-read		the last of them
 *	polls			how often a worker of vdev asked for the status
 *	poll-min-ms		shortest time between two of them
 *	status			of the device
 *
 * Writing to the file clears them.
 */
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/platform_device.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/spinlock.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <linux/vdpa.h>
#include <linux/vhost_iotlb.h>
#include <uapi/linux/virtio_blk.h>
#include <uapi/linux/virtio_config.h>
#include <uapi/linux/virtio_ids.h>

#define QUEUES		2
#define QUEUE_SIZE	64
#define CONFIG_MAX	60
#define FRAMES		64

static unsigned int id = VIRTIO_ID_BLOCK;
module_param(id, uint, 0444);
MODULE_PARM_DESC(id, "virtio device id");

static unsigned long long features = BIT_ULL(VIRTIO_F_VERSION_1) |
				     BIT_ULL(VIRTIO_F_ACCESS_PLATFORM) |
				     BIT_ULL(VIRTIO_BLK_F_BLK_SIZE);
module_param(features, ullong, 0444);
MODULE_PARM_DESC(features, "features of the device");

static unsigned int config_size = CONFIG_MAX;
module_param(config_size, uint, 0444);
MODULE_PARM_DESC(config_size, "size of the configuration space in bytes");

static unsigned int window_us = 300;
module_param(window_us, uint, 0644);
MODULE_PARM_DESC(window_us, "microseconds between the write of a select register and what depends on it");

static bool hold;
module_param(hold, bool, 0644);
MODULE_PARM_DESC(hold, "do not answer a worker of vdev that asks for the status");

/* Later kernels ask for the operations of a mapping, too. */
#ifdef VDPA_WITH_MAP
#define NO_MAP NULL,
#else
#define NO_MAP
#endif

enum operation {
	SET_VQ_ADDRESS,
	SET_VQ_NUM,
	SET_VQ_CB,
	SET_VQ_READY,
	GET_VQ_READY,
	SET_VQ_STATE,
	GET_VQ_STATE,
	GET_VQ_NUM_MAX,
	GET_DEVICE_FEATURES,
	SET_DRIVER_FEATURES,
	GET_DRIVER_FEATURES,
	/* From here on without a select register. */
	GET_STATUS,
	SET_STATUS,
	RESET,
	GET_CONFIG,
	SET_CONFIG,
	GET_GENERATION,
	OPERATIONS
};

static const char *const operation_names[] = {
	[SET_VQ_ADDRESS] = "set_vq_address",
	[SET_VQ_NUM] = "set_vq_num",
	[SET_VQ_CB] = "set_vq_cb",
	[SET_VQ_READY] = "set_vq_ready",
	[GET_VQ_READY] = "get_vq_ready",
	[SET_VQ_STATE] = "set_vq_state",
	[GET_VQ_STATE] = "get_vq_state",
	[GET_VQ_NUM_MAX] = "get_vq_num_max",
	[GET_DEVICE_FEATURES] = "get_device_features",
	[SET_DRIVER_FEATURES] = "set_driver_features",
	[GET_DRIVER_FEATURES] = "get_driver_features",
	[GET_STATUS] = "get_status",
	[SET_STATUS] = "set_status",
	[RESET] = "reset",
	[GET_CONFIG] = "get_config",
	[SET_CONFIG] = "set_config",
	[GET_GENERATION] = "get_generation",
};

/* Those of vdev are last. */
enum caller {
	OTHER,
	VHOST,
	VIRTIO,
	VDEV_POLLER,	/* a worker */
	VDEV_EVENT,	/* something happened on the bus */
	VDEV_READER,	/* a request of the family */
	VDEV_LOAD,	/* none of these: a bridge is being loaded */
	CALLERS
};

static const char *const caller_names[] = {
	[OTHER] = "other",
	[VHOST] = "vhost",
	[VIRTIO] = "virtio",
	[VDEV_POLLER] = "vdev-poller",
	[VDEV_EVENT] = "vdev-event",
	[VDEV_READER] = "vdev-reader",
	[VDEV_LOAD] = "vdev-load",
};

/**
 * struct selector - a select register
 * @stamp: number of the write that was last
 * @operation: what wrote it
 * @caller: for whom
 */
struct selector {
	u64 stamp;
	enum operation operation;
	enum caller caller;
};

/* All that follows is guarded by it. */
static DEFINE_SPINLOCK(lock);
static struct selector queue_select, device_select, driver_select;
static u64 stamps;
static u64 driver_features;
static u8 status;
static u8 config[CONFIG_MAX] = { 65 };
static bool ready[QUEUES];
static struct {
	u64 calls[OPERATIONS][CALLERS];
	u64 interleavings;
	struct selector victim;
	struct selector intruder;
	u64 setup_reads;
	struct selector setup_read;
	u64 polls;
	ktime_t last_poll;
	s64 poll_min_ms;
} seen;

static bool is_vdev(enum caller caller)
{
	return caller >= VDEV_POLLER;
}

static bool needs_select(enum operation operation)
{
	return operation < GET_STATUS;
}

/* Where in vdev the call comes from; @frames are those above it. */
static enum caller part_of_vdev(const unsigned long *frames, unsigned int num)
{
	char name[KSYM_SYMBOL_LEN];
	unsigned int i;

	if (current->flags & PF_WQ_WORKER)
		return VDEV_POLLER;
	for (i = 0; i < num; i++) {
		snprintf(name, sizeof(name), "%ps", (void *)frames[i]);
		if (strstr(name, "notifier_call_chain"))
			return VDEV_EVENT;
		if (!strncmp(name, "genl_", 5) || !strncmp(name, "netlink_", 8))
			return VDEV_READER;
	}
	return VDEV_LOAD;
}

/*
 * The innermost module on the stack that is neither this one nor the core of
 * vdpa, which calls for others.
 */
static noinline enum caller find_caller(void)
{
	static const char own[] = "[" KBUILD_MODNAME "]";
	unsigned long frames[FRAMES];
	char name[KSYM_SYMBOL_LEN];
	const char *module;
	unsigned int num, i;

	num = stack_trace_save(frames, ARRAY_SIZE(frames), 1);
	for (i = 0; i < num; i++) {
		snprintf(name, sizeof(name), "%ps", (void *)frames[i]);
		module = strchr(name, '[');
		if (!module || !strncmp(module, own, sizeof(own) - 1))
			continue;
		if (!strncmp(module, "[vhost_vdpa", 11))
			return VHOST;
		if (!strncmp(module, "[virtio_vdpa", 12))
			return VIRTIO;
		if (!strncmp(module, "[vdev", 5))
			return part_of_vdev(frames + i + 1, num - i - 1);
	}
	return OTHER;
}

/* Has a driver begun to set the device up, and not ended? */
static bool in_setup_locked(void)
{
	lockdep_assert_held(&lock);
	return status && !(status & VIRTIO_CONFIG_S_DRIVER_OK);
}

static void note_poll_locked(void)
{
	ktime_t now = ktime_get();
	s64 since = ktime_ms_delta(now, seen.last_poll);

	lockdep_assert_held(&lock);
	if (seen.polls == 1 || (seen.polls && since < seen.poll_min_ms))
		seen.poll_min_ms = since;
	seen.last_poll = now;
	seen.polls++;
}

/* Count a call; who it is. */
static enum caller note_call(enum operation operation)
{
	enum caller caller = find_caller();

	spin_lock(&lock);
	seen.calls[operation][caller]++;
	if (caller == VDEV_POLLER && operation == GET_STATUS)
		note_poll_locked();
	if (is_vdev(caller) && needs_select(operation) && in_setup_locked()) {
		seen.setup_reads++;
		seen.setup_read.operation = operation;
		seen.setup_read.caller = caller;
	}
	spin_unlock(&lock);
	return caller;
}

/* Write the register; what was chosen is used after this. */
static void choose(struct selector *reg, enum operation operation,
		   enum caller caller)
{
	struct selector own = { .operation = operation, .caller = caller };
	unsigned int wait = READ_ONCE(window_us);

	spin_lock(&lock);
	own.stamp = ++stamps;
	*reg = own;
	spin_unlock(&lock);

	usleep_range(wait, wait + wait / 2);

	spin_lock(&lock);
	if (reg->stamp != own.stamp) {
		seen.interleavings++;
		seen.victim = own;
		seen.intruder = *reg;
	}
	spin_unlock(&lock);
}

static void choose_queue(enum operation operation)
{
	choose(&queue_select, operation, note_call(operation));
}

/* A feature word has two halves. */
static void choose_features(struct selector *reg, enum operation operation)
{
	enum caller caller = note_call(operation);

	choose(reg, operation, caller);
	choose(reg, operation, caller);
}

static int set_vq_address(struct vdpa_device *vdev, u16 idx, u64 desc,
			  u64 driver, u64 device)
{
	choose_queue(SET_VQ_ADDRESS);
	return 0;
}

static void set_vq_num(struct vdpa_device *vdev, u16 idx, u32 num)
{
	choose_queue(SET_VQ_NUM);
}

static void kick_vq(struct vdpa_device *vdev, u16 idx)
{
}

static void set_vq_cb(struct vdpa_device *vdev, u16 idx,
		      struct vdpa_callback *cb)
{
	choose_queue(SET_VQ_CB);
}

static void set_vq_ready(struct vdpa_device *vdev, u16 idx, bool is_ready)
{
	choose_queue(SET_VQ_READY);
	spin_lock(&lock);
	ready[idx] = is_ready;
	spin_unlock(&lock);
}

static bool get_vq_ready(struct vdpa_device *vdev, u16 idx)
{
	choose_queue(GET_VQ_READY);
	return READ_ONCE(ready[idx]);
}

static int set_vq_state(struct vdpa_device *vdev, u16 idx,
			const struct vdpa_vq_state *state)
{
	choose_queue(SET_VQ_STATE);
	return 0;
}

static int get_vq_state(struct vdpa_device *vdev, u16 idx,
			struct vdpa_vq_state *state)
{
	choose_queue(GET_VQ_STATE);
	memset(state, 0, sizeof(*state));
	return 0;
}

static u32 get_vq_align(struct vdpa_device *vdev)
{
	return PAGE_SIZE;
}

static u16 get_vq_num_max(struct vdpa_device *vdev)
{
	choose_queue(GET_VQ_NUM_MAX);
	return QUEUE_SIZE;
}

static u64 get_device_features(struct vdpa_device *vdev)
{
	choose_features(&device_select, GET_DEVICE_FEATURES);
	return features;
}

static int set_driver_features(struct vdpa_device *vdev, u64 bits)
{
	choose_features(&driver_select, SET_DRIVER_FEATURES);
	spin_lock(&lock);
	driver_features = bits & features;
	spin_unlock(&lock);
	return 0;
}

static u64 get_driver_features(struct vdpa_device *vdev)
{
	choose_features(&driver_select, GET_DRIVER_FEATURES);
	return READ_ONCE(driver_features);
}

static void set_config_cb(struct vdpa_device *vdev, struct vdpa_callback *cb)
{
}

static u32 get_device_id(struct vdpa_device *vdev)
{
	return id;
}

static u32 get_vendor_id(struct vdpa_device *vdev)
{
	return 0x1234;
}

static u8 get_status(struct vdpa_device *vdev)
{
	if (note_call(GET_STATUS) == VDEV_POLLER) {
		while (READ_ONCE(hold))
			msleep(20);
	}
	return READ_ONCE(status);
}

static void set_status(struct vdpa_device *vdev, u8 bits)
{
	note_call(SET_STATUS);
	spin_lock(&lock);
	status = bits;
	spin_unlock(&lock);
}

static int reset(struct vdpa_device *vdev)
{
	note_call(RESET);
	spin_lock(&lock);
	status = 0;
	driver_features = 0;
	memset(ready, 0, sizeof(ready));
	spin_unlock(&lock);
	return 0;
}

static int suspend(struct vdpa_device *vdev)
{
	return 0;
}

static size_t get_config_size(struct vdpa_device *vdev)
{
	return config_size;
}

static void get_config(struct vdpa_device *vdev, unsigned int offset, void *buf,
		       unsigned int len)
{
	note_call(GET_CONFIG);
	if (WARN_ON(offset > config_size || len > config_size - offset))
		return;
	spin_lock(&lock);
	memcpy(buf, config + offset, len);
	spin_unlock(&lock);
}

static void set_config(struct vdpa_device *vdev, unsigned int offset,
		       const void *buf, unsigned int len)
{
	note_call(SET_CONFIG);
	if (WARN_ON(offset > config_size || len > config_size - offset))
		return;
	spin_lock(&lock);
	memcpy(config + offset, buf, len);
	spin_unlock(&lock);
}

static u32 get_generation(struct vdpa_device *vdev)
{
	note_call(GET_GENERATION);
	return 0;
}

static int set_map(struct vdpa_device *vdev, unsigned int asid,
		   struct vhost_iotlb *iotlb)
{
	return 0;
}

static const struct vdpa_config_ops config_ops = {
	.set_vq_address = set_vq_address,
	.set_vq_num = set_vq_num,
	.kick_vq = kick_vq,
	.set_vq_cb = set_vq_cb,
	.set_vq_ready = set_vq_ready,
	.get_vq_ready = get_vq_ready,
	.set_vq_state = set_vq_state,
	.get_vq_state = get_vq_state,
	.get_vq_align = get_vq_align,
	.get_vq_num_max = get_vq_num_max,
	.get_device_features = get_device_features,
	.set_driver_features = set_driver_features,
	.get_driver_features = get_driver_features,
	.set_config_cb = set_config_cb,
	.get_device_id = get_device_id,
	.get_vendor_id = get_vendor_id,
	.get_status = get_status,
	.set_status = set_status,
	.reset = reset,
	.suspend = suspend,
	.get_config_size = get_config_size,
	.get_config = get_config,
	.set_config = set_config,
	.get_generation = get_generation,
	.set_map = set_map,
};

static void show_selector(struct seq_file *file, const char *name,
			  const struct selector *reg)
{
	seq_printf(file, "%s %s/%s\n", name, operation_names[reg->operation],
		   caller_names[reg->caller]);
}

static int counts_show(struct seq_file *file, void *unused)
{
	unsigned int i, j;

	spin_lock(&lock);
	for (i = 0; i < OPERATIONS; i++) {
		for (j = 0; j < CALLERS; j++) {
			if (!seen.calls[i][j])
				continue;
			seq_printf(file, "calls/%s/%s %llu\n",
				   operation_names[i], caller_names[j],
				   seen.calls[i][j]);
		}
	}
	seq_printf(file, "interleavings %llu\n", seen.interleavings);
	if (seen.interleavings) {
		show_selector(file, "interleaved", &seen.victim);
		show_selector(file, "interleaved-by", &seen.intruder);
	}
	seq_printf(file, "setup-reads %llu\n", seen.setup_reads);
	if (seen.setup_reads)
		show_selector(file, "setup-read", &seen.setup_read);
	seq_printf(file, "polls %llu\n", seen.polls);
	if (seen.polls > 1)
		seq_printf(file, "poll-min-ms %lld\n", seen.poll_min_ms);
	seq_printf(file, "status %u\n", status);
	spin_unlock(&lock);
	return 0;
}

static int counts_open(struct inode *inode, struct file *file)
{
	return single_open(file, counts_show, NULL);
}

static ssize_t counts_write(struct file *file, const char __user *text,
			    size_t len, loff_t *offset)
{
	spin_lock(&lock);
	memset(&seen, 0, sizeof(seen));
	spin_unlock(&lock);
	return len;
}

static const struct file_operations counts_fops = {
	.owner = THIS_MODULE,
	.open = counts_open,
	.read = seq_read,
	.write = counts_write,
	.llseek = seq_lseek,
	.release = single_release,
};

static struct dentry *folder;
static struct platform_device *parent;
static struct vdpa_device *vdev;

static int register_device(void)
{
	int err;

	vdev = __vdpa_alloc_device(&parent->dev, &config_ops, NO_MAP 1, 1,
				   sizeof(*vdev), "vdev_select", false);
	if (IS_ERR(vdev))
		return PTR_ERR(vdev);
	err = vdpa_register_device(vdev, QUEUES);
	if (err)
		put_device(&vdev->dev);
	return err;
}

static int __init test_select_init(void)
{
	int err;

	if (config_size > CONFIG_MAX)
		return -EINVAL;
	parent = platform_device_register_simple(KBUILD_MODNAME,
						 PLATFORM_DEVID_NONE, NULL, 0);
	if (IS_ERR(parent))
		return PTR_ERR(parent);
	folder = debugfs_create_dir(KBUILD_MODNAME, NULL);
	debugfs_create_file("counts", 0600, folder, NULL, &counts_fops);
	err = register_device();
	if (err) {
		debugfs_remove(folder);
		platform_device_unregister(parent);
	}
	return err;
}

static void __exit test_select_exit(void)
{
	vdpa_unregister_device(vdev);
	debugfs_remove(folder);
	platform_device_unregister(parent);
}

module_init(test_select_init);
module_exit(test_select_exit);

MODULE_DESCRIPTION("vdpa device with select registers for the tests of vdev");
MODULE_LICENSE("GPL");
