// SPDX-License-Identifier: GPL-2.0
/*
 * Who calls the device of vdev_test_select, which is known from the stack. So the
 * tests learn how often vdev asks the driver, from where, and whether it asks while
 * a driver sets the device up. The results are in debugfs, one "name value" on a
 * line:
 *
 *	calls/OPERATION/CALLER	how often, if at all
 *	interleavings		see select_device.c
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
#include <linux/kallsyms.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/seq_file.h>
#include <linux/stacktrace.h>
#include <linux/string.h>
#include <uapi/linux/virtio_config.h>

#include "select.h"

#define FRAMES		64

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

static const char *const caller_names[] = {
	[OTHER] = "other",
	[VHOST] = "vhost",
	[VIRTIO] = "virtio",
	[VDEV_POLLER] = "vdev-poller",
	[VDEV_EVENT] = "vdev-event",
	[VDEV_READER] = "vdev-reader",
	[VDEV_LOAD] = "vdev-load",
};

DEFINE_SPINLOCK(vdev_select_lock);
u8 vdev_select_status;

/* Guarded by the lock. */
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
	lockdep_assert_held(&vdev_select_lock);
	return vdev_select_status && !(vdev_select_status & VIRTIO_CONFIG_S_DRIVER_OK);
}

static void note_poll_locked(void)
{
	ktime_t now = ktime_get();
	s64 since = ktime_ms_delta(now, seen.last_poll);

	lockdep_assert_held(&vdev_select_lock);
	if (seen.polls == 1 || (seen.polls && since < seen.poll_min_ms))
		seen.poll_min_ms = since;
	seen.last_poll = now;
	seen.polls++;
}

enum caller vdev_select_note_call(enum operation operation)
{
	enum caller caller = find_caller();

	spin_lock(&vdev_select_lock);
	seen.calls[operation][caller]++;
	if (caller == VDEV_POLLER && operation == GET_STATUS)
		note_poll_locked();
	if (is_vdev(caller) && needs_select(operation) && in_setup_locked()) {
		seen.setup_reads++;
		seen.setup_read.operation = operation;
		seen.setup_read.caller = caller;
	}
	spin_unlock(&vdev_select_lock);
	return caller;
}

void vdev_select_note_interleaving_locked(const struct selector *victim,
					  const struct selector *intruder)
{
	lockdep_assert_held(&vdev_select_lock);
	seen.interleavings++;
	seen.victim = *victim;
	seen.intruder = *intruder;
}

static void show_selector(struct seq_file *file, const char *name,
			  const struct selector *reg)
{
	seq_printf(file, "%s %s/%s\n", name, operation_names[reg->operation],
		   caller_names[reg->caller]);
}

static int counts_show(struct seq_file *file, void *unused)
{
	unsigned int i, j;

	spin_lock(&vdev_select_lock);
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
	seq_printf(file, "status %u\n", vdev_select_status);
	spin_unlock(&vdev_select_lock);
	return 0;
}

static int counts_open(struct inode *inode, struct file *file)
{
	return single_open(file, counts_show, NULL);
}

static ssize_t counts_write(struct file *file, const char __user *text,
			    size_t len, loff_t *offset)
{
	spin_lock(&vdev_select_lock);
	memset(&seen, 0, sizeof(seen));
	spin_unlock(&vdev_select_lock);
	return len;
}

const struct file_operations vdev_select_counts_fops = {
	.owner = THIS_MODULE,
	.open = counts_open,
	.read = seq_read,
	.write = counts_write,
	.llseek = seq_lseek,
	.release = single_release,
};
