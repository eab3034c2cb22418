// SPDX-License-Identifier: LGPL-2.1
/*
 * What dumps have in common. One that the kernel says was interrupted is thrown
 * away and asked for again; nobody sees an object before the whole dump is known
 * good.
 */
#include <errno.h>
#include <time.h>

#include <netlink/msg.h>

#include "kernel/include/linux/vdev_limits.h"
#include "model/reply.h"
#include "dump.h"
#include "sock_error.h"

#define FIRST_PAUSE_MS 10
#define LAST_PAUSE_MS 500
/* Profiles and ceilings have no ids that would end a dump: more than any kernel has. */
#define MOST_OTHERS (16 * VDEV_CEILINGS_MAX)

/* That ids grow is also why a dump ends. */
static int note_endpoint(struct vdev_sock *sock, const struct nlmsghdr *nlh, struct dump *dump)
{
	uint64_t snapshot = vdev_reply_peek_snapshot(nlh);
	uint32_t id = vdev_reply_peek_id(nlh);

	if (id <= dump->last_id)
		return vdev_error_reply(sock, "id", "the dump is not in the order of ids");
	dump->last_id = id;
	if (dump->snapshot && snapshot && snapshot != dump->snapshot)
		dump->mixed = true;
	dump->snapshot = snapshot;
	return 0;
}

static int note_other(struct vdev_sock *sock, struct dump *dump)
{
	if (++dump->num_others > MOST_OTHERS)
		return vdev_error_reply(sock, NULL, "the dump does not end");
	return 0;
}

static int dump_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct dump *dump = arg;
	int err;

	err = vdev_reply_check(sock, nlh, dump->ops->check);
	if (!err)
		err = dump->ops->set ? note_other(sock, dump) : note_endpoint(sock, nlh, dump);
	if (err)
		return err;
	err = vdev_spool_add(&dump->spool, nlh);
	return err ? vdev_error_local(sock, -err) : 0;
}

static void pause_ms(unsigned int milliseconds)
{
	struct timespec time = { .tv_nsec = (long)milliseconds * 1000000 };

	while (nanosleep(&time, &time) && errno == EINTR)
		;
}

/* Whether a dump is worth another attempt, which starts from nothing. */
static bool try_again(const struct vdev_sock *sock, int err, bool interrupted)
{
	if (err == -ENOBUFS)
		return sock->error.type == VDEV_ERROR_LOCAL;
	return !err && interrupted;
}

/* What the last attempt comes to, if that was torn. */
static int end_torn(struct vdev_sock *sock, struct dump *dump)
{
	dump->torn = true;
	if (dump->ops->takes_torn)
		return 0;
	return vdev_error_set(sock, VDEV_ERROR_INCONSISTENT, EAGAIN, NULL, dump->ops->torn ?
			      dump->ops->torn :
			      "endpoints changed during every attempt to read them");
}

static void begin_attempt(struct dump *dump)
{
	vdev_spool_reset(&dump->spool);
	dump->ask = (struct ask){ .exchange = &dump->exchange };
	dump->attempt++;
	dump->resume = 0;
	dump->snapshot = 0;
	dump->last_id = 0;
	dump->num_others = 0;
	dump->mixed = false;
	dump->torn = false;
}

static void pause_dump(struct dump *dump)
{
	dump->resume = vdev_now() + dump->pause;
	dump->pause = 2 * dump->pause < LAST_PAUSE_MS ? 2 * dump->pause : LAST_PAUSE_MS;
}

int vdev_dump_step(struct vdev_sock *sock, struct dump *dump, bool wait)
{
	int64_t left;
	int err;

	for (;;) {
		left = dump->resume ? dump->resume - vdev_now() : 0;
		if (left > 0 && !wait)
			return -EINPROGRESS;
		if (left > 0)
			pause_ms((unsigned int)left);
		if (dump->resume)
			begin_attempt(dump);
		err = vdev_ask_step(sock, &dump->ask, wait);
		if (err == -EINPROGRESS)
			return err;
		vdev_ask_end(&dump->ask);
		if (!try_again(sock, err, dump->exchange.interrupted || dump->mixed))
			return err;
		if (dump->attempt >= sock->attempts)
			return err ? err : end_torn(sock, dump);
		pause_dump(dump);
	}
}

int64_t vdev_dump_due(const struct dump *dump)
{
	return dump->resume ? dump->resume : vdev_ask_due(&dump->ask);
}

int vdev_dump_replay(struct vdev_sock *sock, struct dump *dump, size_t limit, void *arg)
{
	const struct nlmsghdr *nlh;
	int ret;

	for (; limit; limit--) {
		ret = vdev_spool_next(&dump->spool, &nlh);
		if (ret <= 0)
			return ret ? vdev_error_local(sock, -ret) : 0;
		ret = dump->ops->each(sock, nlh, arg);
		if (ret)
			return ret;
	}
	return -EINPROGRESS;
}

int vdev_dump_begin(struct vdev_sock *sock, struct dump *dump, uint8_t cmd,
		    struct writer *writer, const struct dump_ops *ops)
{
	*dump = (struct dump){
		.ops = ops,
		.pause = FIRST_PAUSE_MS,
		.exchange = {
			.set = ops->set ? ops->set : &vdev_attr_set,
			.reply = dump_reply,
			.arg = dump,
		},
	};
	vdev_spool_init(&dump->spool);
	begin_attempt(dump);
	dump->exchange.msg = vdev_request_new(sock, cmd, NLM_F_DUMP, writer);
	return dump->exchange.msg ? 0 : -sock->error.code;
}

void vdev_dump_end(struct dump *dump)
{
	vdev_ask_end(&dump->ask);
	nlmsg_free(dump->exchange.msg);
	dump->exchange.msg = NULL;
	vdev_spool_free(&dump->spool);
}

int vdev_request_dump(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		      const struct dump_ops *ops, void *arg)
{
	struct dump dump;
	int err = vdev_sock_check(sock);

	if (err) {
		vdev_writer_free(writer);
		return err;
	}
	err = vdev_dump_begin(sock, &dump, cmd, writer, ops);
	if (!err)
		err = vdev_dump_step(sock, &dump, true);
	if (!err) {
		vdev_error_clear(sock);
		err = vdev_dump_replay(sock, &dump, SIZE_MAX, arg);
	}
	vdev_dump_end(&dump);
	return err;
}
