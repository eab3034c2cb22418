// SPDX-License-Identifier: GPL-2.0
/*
 * The migration of a device through VFIO: its states, and the stream of a device state.
 */
#include <linux/anon_inodes.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "move.h"

/**
 * struct stream - a device state that is being moved
 * @size: of all of it; constant
 * @lock: guards what follows; as with that of a device, no user memory is touched with it held
 * @data: the device state
 * @there: how much of it is there
 * @closed: the device has entered another state of the migration
 */
struct stream {
	size_t size;
	struct mutex lock; /* guards what follows */
	u8 data[MOVE_SIZE_MAX];
	size_t there;
	bool closed;
};

static ssize_t stream_read(struct file *file, char __user *to, size_t len, loff_t *pos)
{
	struct stream *stream = file->private_data;
	u8 data[MOVE_SIZE_MAX];
	bool closed;

	mutex_lock(&stream->lock);
	closed = stream->closed;
	memcpy(data, stream->data, sizeof(data));
	mutex_unlock(&stream->lock);
	return closed ? -ENODEV : simple_read_from_buffer(to, len, pos, data, stream->size);
}

static ssize_t stream_append(struct stream *stream, const u8 *part, size_t len)
{
	ssize_t done = -ENODEV;

	mutex_lock(&stream->lock);
	if (!stream->closed)
		done = len <= stream->size - stream->there ? len : -EINVAL;
	if (done > 0) {
		memcpy(stream->data + stream->there, part, len);
		stream->there += len;
	}
	mutex_unlock(&stream->lock);
	return done;
}

static ssize_t stream_write(struct file *file, const char __user *from, size_t len,
			    loff_t *pos)
{
	u8 part[MOVE_SIZE_MAX];

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
static struct file *stream_file(struct stream *stream, int flags)
{
	struct file *file = anon_inode_getfile("[vdev_test_state]", &stream_ops, stream, flags);

	if (IS_ERR(file)) {
		kfree(stream);
		return file;
	}
	nonseekable_open(file_inode(file), file);
	get_file(file);
	return file;
}

static struct file *move_begin_locked(struct move *move, int flags)
{
	struct stream *stream = kzalloc(sizeof(*stream), GFP_KERNEL_ACCOUNT);
	struct file *file;

	lockdep_assert_held(&move->lock);
	if (!stream)
		return ERR_PTR(-ENOMEM);
	mutex_init(&stream->lock);
	stream->size = move->ops->size;
	if (flags == O_RDONLY)
		move->ops->save(move, stream->data);
	file = stream_file(stream, flags);
	if (!IS_ERR(file))
		move->file = file;
	return file;
}

/* The whole of it was written, or nothing is loaded. */
static int move_load_locked(struct move *move)
{
	struct stream *stream = move->file->private_data;
	int err;

	lockdep_assert_held(&move->lock);
	mutex_lock(&stream->lock);
	err = move->ops->load(move, stream->there == stream->size ? stream->data : NULL);
	mutex_unlock(&stream->lock);
	return err;
}

/* Who still has it open reads and writes nothing any more. */
static void move_end_locked(struct move *move)
{
	struct stream *stream;

	lockdep_assert_held(&move->lock);
	if (!move->file)
		return;
	stream = move->file->private_data;
	mutex_lock(&stream->lock);
	stream->closed = true;
	mutex_unlock(&stream->lock);
	fput(move->file);
	move->file = NULL;
	move->ops->set_loading(move, false);
}

/* One step; the file if a device state begins to be moved, NULL if none does. */
static struct file *move_step_locked(struct move *move, enum vfio_device_mig_state to)
{
	struct file *file;
	int err = 0;

	lockdep_assert_held(&move->lock);
	if (to == VFIO_DEVICE_STATE_STOP_COPY)
		return move_begin_locked(move, O_RDONLY);
	if (to == VFIO_DEVICE_STATE_RESUMING) {
		file = move_begin_locked(move, O_WRONLY);
		move->ops->set_loading(move, !IS_ERR(file));
		return file;
	}
	if (move->state == VFIO_DEVICE_STATE_RESUMING)
		err = move_load_locked(move);
	if (err)
		return ERR_PTR(err);
	move_end_locked(move);
	return NULL;
}

/* Go to a state, as vfio_migration_ops says. */
struct file *move_set_state(struct move *move, struct vfio_device *vdev,
			    enum vfio_device_mig_state to)
{
	enum vfio_device_mig_state next;
	struct file *file = NULL;
	int err;

	mutex_lock(&move->lock);
	while (move->state != to && !IS_ERR(file)) {
		err = vfio_mig_get_next_state(vdev, move->state, to, &next);
		file = err ? ERR_PTR(err) : move_step_locked(move, next);
		if (!IS_ERR(file))
			move->state = next;
	}
	mutex_unlock(&move->lock);
	return file;
}

enum vfio_device_mig_state move_state(struct move *move)
{
	enum vfio_device_mig_state state;

	mutex_lock(&move->lock);
	state = move->state;
	mutex_unlock(&move->lock);
	return state;
}

/* The device was opened, closed or reset. */
void move_run(struct move *move)
{
	mutex_lock(&move->lock);
	move_end_locked(move);
	move->state = VFIO_DEVICE_STATE_RUNNING;
	mutex_unlock(&move->lock);
}

void move_init(struct move *move, const struct move_ops *ops)
{
	move->ops = ops;
	mutex_init(&move->lock);
	move->state = VFIO_DEVICE_STATE_RUNNING;
}
