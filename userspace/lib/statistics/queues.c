// SPDX-License-Identifier: LGPL-2.1
/*
 * What the drivers of vdpa devices count for their virtqueues: the vdpa family of the kernel
 * is asked for it, one virtqueue after the other. Which there are, only tries say: the
 * family has the most that there could be.
 */
#include <errno.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "gather.h"
#include "model/reply.h"
#include "netlink/request.h"
#include "netlink/sock_error.h"
#include "netlink/vdpa.h"

/* A network device with the most pairs that virtio allows, and its control queue. */
#define QUEUES_MAX (2 * 0x8000 + 1)
/* Any name that a driver has is much shorter. */
#define COUNTER_NAME_MAX 255

/* One virtqueue, as it is read. */
struct queue {
	struct vdev_dev_stats *stats;
	struct vdev_queue_stats *queue;
	bool seen;
};

static bool is_name(const struct nlattr *attr)
{
	const char *name = nla_data(attr);

	return nla_len(attr) > 1 && nla_len(attr) <= COUNTER_NAME_MAX + 1 &&
	       strnlen(name, (size_t)nla_len(attr)) == (size_t)nla_len(attr) - 1;
}

/* Whether each name is followed by its value, and how many there are. */
static bool count_counters(const struct nlmsghdr *nlh, unsigned int *num)
{
	const struct nlattr *pos;
	bool named = false;
	int rem;

	*num = 0;
	nla_for_each_attr(pos, vdev_reply_head(nlh), vdev_reply_len(nlh), rem) {
		bool value = nla_type(pos) == VDPA_COUNTER_VALUE;

		if (nla_type(pos) != VDPA_COUNTER_NAME && !value)
			continue;
		if (value != named ||
		    (value ? nla_len(pos) != sizeof(uint64_t) : !is_name(pos)))
			return false;
		named = !value;
		*num += value;
	}
	return !named && rem == 0;
}

static uint64_t get_u64(const struct nlattr *attr)
{
	uint64_t number;

	memcpy(&number, nla_data(attr), sizeof(number));
	return number;
}

/* From a checked message. Returns 0 or -ENOMEM. */
static int decode_counters(struct vdev_dev_stats *stats, const struct nlmsghdr *nlh,
			   struct vdev_counter *counters)
{
	const struct nlattr *pos;
	unsigned int num = 0;
	int rem;

	nla_for_each_attr(pos, vdev_reply_head(nlh), vdev_reply_len(nlh), rem) {
		if (nla_type(pos) == VDPA_COUNTER_NAME) {
			counters[num].name = vdev_dev_stats_text(stats, nla_data(pos),
								 (size_t)nla_len(pos) - 1);
			if (!counters[num].name)
				return -ENOMEM;
		} else if (nla_type(pos) == VDPA_COUNTER_VALUE) {
			counters[num++].value = get_u64(pos);
		}
	}
	return 0;
}

/* It is about the virtqueue that was asked for. */
static bool is_asked(const struct nlmsghdr *nlh, uint32_t index)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh),
					     VDPA_QUEUE_INDEX);

	return genl->cmd == VDPA_GET_QUEUE && attr &&
	       nla_len(attr) == sizeof(uint32_t) && nla_get_u32(attr) == index;
}

static int queue_reply(struct vdev_sock *vdpa, const struct nlmsghdr *nlh, void *arg)
{
	struct queue *queue = arg;
	struct vdev_counter *counters;
	unsigned int num;

	if (!is_asked(nlh, queue->queue->index) || !count_counters(nlh, &num))
		return vdev_error_reply(vdpa, NULL, "the reply of the vdpa family is broken");
	counters = vdev_arena_alloc(&queue->stats->arena, num, sizeof(*counters));
	if (!counters || decode_counters(queue->stats, nlh, counters))
		return vdev_error_local(vdpa, ENOMEM);
	queue->queue->counters = counters;
	queue->queue->num_counters = num;
	queue->seen = true;
	return 0;
}

/* Some drivers have one of them for it, and the family the other. */
static bool is_no_queue(int err)
{
	return err == -ERANGE || err == -EINVAL;
}

/* Drivers and the kernel's check of permissions say no more than an errno. */
static int explain(struct vdev_sock *vdpa, int err)
{
	const char *text = NULL;

	if (err == -EPERM)
		text = "reading the counters of virtqueues requires CAP_NET_ADMIN";
	else if (err == -EOPNOTSUPP)
		text = "the driver of the device counts nothing for virtqueues";
	else if (is_no_queue(err))
		text = "the device has no such virtqueue";
	if (text && vdpa->error.type == VDEV_ERROR_KERNEL && !vdpa->error.from_kernel)
		vdev_error_set(vdpa, VDEV_ERROR_KERNEL, -err, NULL, text);
	return err;
}

/* Read a virtqueue, for which there is room at the end of the list. */
static int ask_queue(struct vdev_sock *vdpa, struct vdev_dev_stats *stats, uint32_t index)
{
	struct queue queue = { .stats = stats, .queue = &stats->queues[stats->num_queues] };
	struct exchange exchange = { .reply = queue_reply, .arg = &queue };
	struct writer writer = { 0 };
	int err;

	*queue.queue = (struct vdev_queue_stats){ .index = index };
	vdev_error_clear(vdpa);
	vdev_writer_string(&writer, VDPA_DEVICE_NAME, stats->name);
	vdev_writer_u32(&writer, VDPA_QUEUE_INDEX, index);
	err = vdev_request_put(vdpa, VDPA_GET_QUEUE, &writer, &exchange);
	if (err)
		return explain(vdpa, err);
	if (!queue.seen)
		return vdev_error_reply(vdpa, NULL, "the reply of the vdpa family has no virtqueue");
	stats->num_queues++;
	return 0;
}

static int limit_reply(struct vdev_sock *vdpa, const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *max_vqs = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh),
						VDPA_DEVICE_MAX_VQS);
	uint32_t *limit = arg;

	if (!max_vqs || nla_len(max_vqs) != sizeof(*limit))
		return vdev_error_reply(vdpa, NULL, "the vdpa family does not say how many "
					"virtqueues there can be");
	*limit = nla_get_u32(max_vqs);
	return 0;
}

/* How many virtqueues the device can have. */
static int ask_limit(struct vdev_sock *vdpa, const struct vdev_dev_stats *stats, uint32_t *limit)
{
	struct exchange exchange = { .reply = limit_reply, .arg = limit };
	struct writer writer = { 0 };
	int err;

	*limit = 0;
	vdev_error_clear(vdpa);
	vdev_writer_string(&writer, VDPA_DEVICE_NAME, stats->name);
	err = vdev_request_put(vdpa, VDPA_GET_DEVICE, &writer, &exchange);
	if (!err && *limit > QUEUES_MAX)
		err = vdev_error_reply(vdpa, NULL, "the vdpa family reports more virtqueues than "
				       "there can be");
	return err;
}

/* One that the device could have and has not is passed over. */
static int ask_each(struct vdev_sock *vdpa, struct vdev_dev_stats *stats, uint32_t limit)
{
	uint32_t index;
	int err = 0;

	for (index = 0; index < limit && (!err || is_no_queue(err)); index++)
		err = ask_queue(vdpa, stats, index);
	return stats->num_queues && is_no_queue(err) ? 0 : err;
}

static int make_room(struct vdev_sock *vdpa, struct vdev_dev_stats *stats, uint32_t num)
{
	stats->queues = vdev_arena_alloc(&stats->arena, num, sizeof(*stats->queues));
	if (stats->queues)
		return 0;
	vdev_error_local(vdpa, ENOMEM);
	return -ENOMEM;
}

static int ask_all(struct vdev_sock *vdpa, struct vdev_dev_stats *stats)
{
	uint32_t limit;
	int err = ask_limit(vdpa, stats, &limit);

	if (err || !limit)
		return err;
	err = make_room(vdpa, stats, limit);
	return err ? err : ask_each(vdpa, stats, limit);
}

/* The socket of the other family, which lives as long as this one. */
static struct vdev_sock *vdpa_of(struct vdev_sock *sock)
{
	if (!sock->vdpa)
		sock->vdpa = vdev_sock_of(VDPA_FAMILY);
	if (sock->vdpa)
		sock->vdpa->timeout = sock->timeout;
	return sock->vdpa;
}

int vdev_dev_stats_ask_queue(struct vdev_sock *sock, struct vdev_dev_stats *stats,
			     uint32_t queue)
{
	struct vdev_sock *vdpa = vdpa_of(sock);
	int err;

	if (!vdpa)
		return vdev_error_local(sock, ENOMEM);
	err = make_room(vdpa, stats, 1);
	if (!err)
		err = ask_queue(vdpa, stats, queue);
	if (err)
		sock->error = vdpa->error;
	return err;
}

int vdev_dev_stats_ask_queues(struct vdev_sock *sock, struct vdev_dev_stats *stats)
{
	struct vdev_sock *vdpa = vdpa_of(sock);
	int err;

	if (!vdpa)
		return vdev_error_local(sock, ENOMEM);
	err = ask_all(vdpa, stats);
	if (err)
		sock->error = vdpa->error;
	return err;
}
