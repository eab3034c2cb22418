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
#include "spool.h"

#define FIRST_PAUSE_MS 10
#define LAST_PAUSE_MS 500
/* Profiles have no ids that would end a dump: more than any kernel has. */
#define MOST_PROFILES (16 * VDEV_PROFILES_MAX)

struct dump {
	const struct dump_ops *ops;
	struct spool spool;
	uint64_t snapshot;
	uint32_t last_id;
	unsigned int num_profiles;
	/* Objects of two moments came without a word from the kernel. */
	bool mixed;
};

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

static int note_profile(struct vdev_sock *sock, struct dump *dump)
{
	if (++dump->num_profiles > MOST_PROFILES)
		return vdev_error_reply(sock, NULL, "the dump does not end");
	return 0;
}

static int dump_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct dump *dump = arg;
	int err;

	err = vdev_reply_check(sock, nlh, dump->ops->check);
	if (!err)
		err = dump->ops->set ? note_profile(sock, dump) : note_endpoint(sock, nlh, dump);
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

static int fill_dump(struct vdev_sock *sock, struct exchange *exchange, struct dump *dump)
{
	unsigned int pause = FIRST_PAUSE_MS;
	unsigned int attempt;
	int err;

	for (attempt = 1;; attempt++) {
		vdev_spool_reset(&dump->spool);
		dump->snapshot = 0;
		dump->last_id = 0;
		dump->num_profiles = 0;
		dump->mixed = false;
		err = vdev_request_ask(sock, exchange);
		if (!try_again(sock, err, exchange->interrupted || dump->mixed))
			return err;
		if (attempt >= sock->attempts)
			break;
		pause_ms(pause);
		pause = 2 * pause < LAST_PAUSE_MS ? 2 * pause : LAST_PAUSE_MS;
	}
	if (err)
		return err;
	return vdev_error_set(sock, VDEV_ERROR_INCONSISTENT, EAGAIN, NULL,
			      dump->ops->set ? "profiles changed during every attempt to read them" :
			      "endpoints changed during every attempt to read them");
}

static int replay(struct vdev_sock *sock, struct dump *dump, void *arg)
{
	const struct nlmsghdr *nlh;
	int ret;

	for (;;) {
		ret = vdev_spool_next(&dump->spool, &nlh);
		if (ret <= 0)
			return ret ? vdev_error_local(sock, -ret) : 0;
		ret = dump->ops->each(sock, nlh, arg);
		if (ret)
			return ret;
	}
}

int vdev_request_dump(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		      const struct dump_ops *ops, void *arg)
{
	struct dump dump = { .ops = ops };
	struct exchange exchange = {
		.set = ops->set ? ops->set : &vdev_attr_set, .reply = dump_reply, .arg = &dump,
	};
	int err;

	exchange.msg = vdev_request_new(sock, cmd, NLM_F_DUMP, writer);
	if (!exchange.msg)
		return -sock->error.code;
	vdev_spool_init(&dump.spool);
	err = fill_dump(sock, &exchange, &dump);
	if (!err) {
		vdev_error_clear(sock);
		err = replay(sock, &dump, arg);
	}
	nlmsg_free(exchange.msg);
	vdev_spool_free(&dump.spool);
	return err;
}
