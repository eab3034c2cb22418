// SPDX-License-Identifier: GPL-2.0
/*
 * The files in debugfs: control takes commands, a line each; last_error
 * has the reason why the last rejected command failed; stats counts.
 *
 * What is written to control is cut into lines, however the writer cuts it
 * into writes. A line is done when its end arrives. If it cannot be, the
 * write returns the errno, and the rest of that write is ignored.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/debugfs.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/log2.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>

#include "sim.h"

/* What a line has room for at first, in bytes. */
#define LINE_ROOM	1000

/**
 * struct session - a file that is open for writing
 * @lock: guards the other members; taken before sim_lock
 * @number: of the line that is being written, from 1
 * @len: how much of that line is there
 * @room: how long it can be as yet, without the NUL behind it
 * @lost: 0, or why what is left of the line is dropped: -EMSGSIZE if it is
 *	too long, -ENOMEM
 * @line: the start of the line
 */
struct session {
	struct mutex lock; /* guards all that follows */
	unsigned int number;
	size_t len;
	size_t room;
	int lost;
	char *line;
};

static struct dentry *folder;
static char last_error[320]; /* guarded by sim_lock */

static void sim_keep_error(const struct session *session, int err,
			   const struct sim_error *error)
{
	lockdep_assert_held(&sim_lock);
	sim_stats.rejected++;
	scnprintf(last_error, sizeof(last_error), "line %u: %s (errno %d)\n",
		  session->number, error->text, -err);
	pr_warn_ratelimited("control: %s", last_error);
}

static int sim_run_line(struct session *session)
{
	struct sim_error error = { };
	int err;

	session->line[session->len] = '\0';
	mutex_lock(&sim_lock);
	if (session->lost == -EMSGSIZE)
		err = sim_reject(&error, -EMSGSIZE, session->line,
				 "a line is longer than %u bytes",
				 SIM_LINE_MAX);
	else if (session->lost)
		err = sim_reject(&error, session->lost, session->line,
				 "out of memory");
	else if (strlen(session->line) != session->len)
		err = sim_reject(&error, -EINVAL, session->line,
				 "a byte of 0 in the line");
	else
		err = sim_command_run(session->line, &error);
	if (err)
		sim_keep_error(session, err, &error);
	mutex_unlock(&sim_lock);
	session->number++;
	session->len = 0;
	session->lost = 0;
	return err;
}

/* Make room for a line of @len bytes. */
static int sim_grow_line(struct session *session, size_t len)
{
	size_t room = roundup_pow_of_two(len + 1) - 1;
	char *line;

	if (len > SIM_LINE_MAX)
		return -EMSGSIZE;
	if (len <= session->room)
		return 0;
	line = kvmalloc(room + 1, GFP_KERNEL);
	if (!line)
		return -ENOMEM;
	memcpy(line, session->line, session->len);
	kvfree(session->line);
	session->line = line;
	session->room = room;
	return 0;
}

/* Add to the line; a newline ends it. Returns how much was taken. */
static size_t sim_add_to_line(struct session *session, const char *piece,
			      size_t size, bool *ended)
{
	const char *end = memchr(piece, '\n', size);
	size_t len = end ? end - piece : size;

	if (!session->lost)
		session->lost = sim_grow_line(session, session->len + len);
	if (!session->lost) {
		memcpy(session->line + session->len, piece, len);
		session->len += len;
	}
	*ended = end;
	return end ? len + 1 : len;
}

static int sim_write_piece(struct session *session, const char *piece, size_t size)
{
	size_t taken;
	bool ended;
	int err = 0;

	while (size && !err) {
		taken = sim_add_to_line(session, piece, size, &ended);
		piece += taken;
		size -= taken;
		if (ended)
			err = sim_run_line(session);
		cond_resched();
	}
	return err;
}

static int sim_write_pieces(struct session *session, const char __user *from,
			    size_t size)
{
	char *piece = kmalloc(PAGE_SIZE, GFP_KERNEL);
	size_t done, len;
	int err = 0;

	if (!piece)
		return -ENOMEM;
	for (done = 0; done < size && !err; done += len) {
		len = min_t(size_t, size - done, PAGE_SIZE);
		if (copy_from_user(piece, from + done, len))
			err = -EFAULT;
		else
			err = sim_write_piece(session, piece, len);
		if (!err && fatal_signal_pending(current))
			err = -EINTR;
	}
	kfree(piece);
	return err;
}

static ssize_t control_write(struct file *file, const char __user *from,
			     size_t size, loff_t *pos)
{
	struct session *session = file->private_data;
	int err;

	mutex_lock(&session->lock);
	err = sim_write_pieces(session, from, size);
	mutex_unlock(&session->lock);
	return err ?: size;
}

static int control_open(struct inode *inode, struct file *file)
{
	struct session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return -ENOMEM;
	mutex_init(&session->lock);
	session->number = 1;
	/* Room for the NUL behind a line of nothing. */
	if (sim_grow_line(session, LINE_ROOM)) {
		kfree(session);
		return -ENOMEM;
	}
	file->private_data = session;
	return stream_open(inode, file);
}

/* A line whose end never came may be a part of one: close() says so. */
static int control_flush(struct file *file, fl_owner_t id)
{
	struct session *session = file->private_data;
	bool unfinished;

	mutex_lock(&session->lock);
	unfinished = session->len || session->lost;
	mutex_unlock(&session->lock);
	return unfinished ? -EINVAL : 0;
}

static int control_release(struct inode *inode, struct file *file)
{
	struct session *session = file->private_data;
	struct sim_error error = { };
	int err;

	if (session->len || session->lost) {
		session->line[session->len] = '\0';
		err = sim_reject(&error, -EINVAL, session->line,
				 "a line without its end is not done");
		mutex_lock(&sim_lock);
		sim_keep_error(session, err, &error);
		mutex_unlock(&sim_lock);
	}
	mutex_destroy(&session->lock);
	kvfree(session->line);
	kfree(session);
	return 0;
}

static const struct file_operations control_fops = {
	.owner = THIS_MODULE,
	.open = control_open,
	.write = control_write,
	.flush = control_flush,
	.release = control_release,
};

static int last_error_show(struct seq_file *seq, void *unused)
{
	mutex_lock(&sim_lock);
	seq_puts(seq, last_error);
	mutex_unlock(&sim_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(last_error);

static int stats_show(struct seq_file *seq, void *unused)
{
	mutex_lock(&sim_lock);
	seq_printf(seq, "parents %u\n", sim_stats.count[SIM_PARENT]);
	seq_printf(seq, "types %u\n", sim_stats.count[SIM_TYPE]);
	seq_printf(seq, "devices %u\n", sim_stats.count[SIM_DEVICE]);
	seq_printf(seq, "created %llu\n", sim_stats.created);
	seq_printf(seq, "destroyed %llu\n", sim_stats.destroyed);
	seq_printf(seq, "commands %llu\n", sim_stats.commands);
	seq_printf(seq, "rejected %llu\n", sim_stats.rejected);
	seq_printf(seq, "registered %llu\n", sim_stats.registered);
	seq_printf(seq, "updated %llu\n", sim_stats.updated);
	seq_printf(seq, "injected %llu\n", sim_stats.injected);
	seq_printf(seq, "polled %lld\n", atomic64_read(&sim_stats.polled));
	mutex_unlock(&sim_lock);
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(stats);

int sim_control_init(void)
{
	folder = debugfs_create_dir(KBUILD_MODNAME, NULL);
	if (IS_ERR(folder))
		return PTR_ERR(folder);
	/*
	 * An open file keeps the module, and with it this one, so it needs no
	 * protection against removal; with that it would have no flush.
	 */
	debugfs_create_file_unsafe("control", 0200, folder, NULL,
				   &control_fops);
	debugfs_create_file("last_error", 0400, folder, NULL,
			    &last_error_fops);
	debugfs_create_file("stats", 0400, folder, NULL, &stats_fops);
	return 0;
}

void sim_control_exit(void)
{
	debugfs_remove(folder);
}
