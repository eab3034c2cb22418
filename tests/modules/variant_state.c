// SPDX-License-Identifier: GPL-2.0
/*
 * The state of a device of the variant driver as a stream, and what is checked when one
 * is loaded.
 */
#include <linux/anon_inodes.h>
#include <linux/device.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/pci.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "variant.h"

/**
 * struct stream - a state that is being moved
 * @lock: guards what follows; as with that of a device, no user memory is touched with it held
 * @state: the state
 * @size: how much of it is there
 * @closed: the device has entered another state
 */
struct stream {
	struct mutex lock; /* guards what follows */
	struct variant_state state;
	size_t size;
	bool closed;
};

static ssize_t stream_read(struct file *file, char __user *to, size_t len, loff_t *pos)
{
	struct stream *stream = file->private_data;
	struct variant_state state;
	bool closed;

	mutex_lock(&stream->lock);
	closed = stream->closed;
	state = stream->state;
	mutex_unlock(&stream->lock);
	return closed ? -ENODEV : simple_read_from_buffer(to, len, pos, &state, sizeof(state));
}

static ssize_t stream_append(struct stream *stream, const u8 *part, size_t len)
{
	ssize_t done = -ENODEV;

	mutex_lock(&stream->lock);
	if (!stream->closed)
		done = len <= sizeof(stream->state) - stream->size ? len : -EINVAL;
	if (done > 0) {
		memcpy((u8 *)&stream->state + stream->size, part, len);
		stream->size += len;
	}
	mutex_unlock(&stream->lock);
	return done;
}

static ssize_t stream_write(struct file *file, const char __user *from, size_t len,
			    loff_t *pos)
{
	u8 part[sizeof(struct variant_state)];

	if (len > sizeof(part))
		return -EINVAL;
	if (copy_from_user(part, from, len))
		return -EFAULT;
	return stream_append(file->private_data, part, len);
}

static int stream_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}

static const struct file_operations stream_ops = {
	.owner = THIS_MODULE,
	.read = stream_read,
	.write = stream_write,
	.release = stream_release,
};

/* One reference is for the device, and one for who reads or writes. */
static struct file *stream_new(int flags, const struct variant_state *state)
{
	struct stream *stream = kzalloc(sizeof(*stream), GFP_KERNEL_ACCOUNT);
	struct file *file;

	if (!stream)
		return ERR_PTR(-ENOMEM);
	mutex_init(&stream->lock);
	if (state)
		stream->state = *state;
	file = anon_inode_getfile("vdev_test_variant", &stream_ops, stream, flags);
	if (IS_ERR(file)) {
		kfree(stream);
		return file;
	}
	nonseekable_open(file_inode(file), file);
	get_file(file);
	return file;
}

struct file *variant_save(const struct variant *variant)
{
	const struct variant_config *config = &variant->config;
	const struct variant_state state = {
		.magic = cpu_to_le64(VARIANT_MAGIC),
		.version = cpu_to_le32(config->version),
		.queues = cpu_to_le32(config->queues),
		.capabilities = cpu_to_le64(config->capabilities),
		.rate = cpu_to_le64(config->rate),
		.payload = cpu_to_le64(variant->payload),
	};

	return stream_new(O_RDONLY, &state);
}

struct file *variant_load(void)
{
	return stream_new(O_WRONLY, NULL);
}

/* What of a state the device cannot load; NULL if there is nothing. */
static const char *state_conflict(const struct variant_state *state,
				  const struct variant_config *config)
{
	u32 version = le32_to_cpu(state->version);

	if (le64_to_cpu(state->magic) != VARIANT_MAGIC)
		return "magic";
	if (version > VARIANT_VERSIONS || !(config->accept & BIT(version)))
		return "software-version";
	if (le64_to_cpu(state->capabilities) & ~config->capabilities)
		return "capabilities";
	if (le32_to_cpu(state->queues) != config->queues)
		return "queues";
	if (le64_to_cpu(state->rate) > config->rate)
		return "rate";
	return NULL;
}

/* The whole of it was written, or nothing is loaded. */
int variant_loaded(struct variant *variant)
{
	struct stream *stream = variant->file->private_data;
	const char *conflict = "length";

	lockdep_assert_held(&variant->lock);
	mutex_lock(&stream->lock);
	if (stream->size == sizeof(stream->state))
		conflict = state_conflict(&stream->state, &variant->config);
	if (!conflict)
		variant->payload = le64_to_cpu(stream->state.payload);
	mutex_unlock(&stream->lock);
	if (!conflict)
		return 0;
	dev_err(&variant->core.pdev->dev, "rejected a state: %s\n", conflict);
	return -EINVAL;
}

/* Who still has it open reads and writes nothing any more. */
void variant_close(struct file *file)
{
	struct stream *stream = file->private_data;

	mutex_lock(&stream->lock);
	stream->closed = true;
	mutex_unlock(&stream->lock);
	fput(file);
}
