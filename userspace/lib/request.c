// SPDX-License-Identifier: LGPL-2.1
/*
 * The requests of the family, from the arguments of a call to the objects of
 * its result. A dump that the kernel says was interrupted is thrown away and
 * asked for again; nobody sees an object before the whole dump is known good.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <netlink/genl/genl.h>

#include "filter.h"
#include "internal.h"
#include "object.h"
#include "sock.h"
#include "spool.h"

#define REQUEST_SIZE 8192
#define FIRST_PAUSE_MS 10
#define LAST_PAUSE_MS 500

static struct nl_msg *new_request(uint8_t cmd, int flags)
{
	struct nl_msg *msg = nlmsg_alloc_size(REQUEST_SIZE);

	if (msg && !genlmsg_put(msg, 0, 0, 0, 0, NLM_F_REQUEST | flags, cmd, VDEV_FAMILY_VERSION)) {
		nlmsg_free(msg);
		return NULL;
	}
	return msg;
}

/*
 * Where the module was loaded anew the number that was found before is of no
 * family, which is an error that the family itself never returns. It is looked
 * for again, also when it was found a moment ago, to tell whether it is absent.
 */
static int ask(struct vdev_sock *sock, struct exchange *exchange)
{
	int err;

	err = vdev_sock_ready(sock);
	if (err)
		return err;
	nlmsg_hdr(exchange->msg)->nlmsg_type = sock->family;
	err = vdev_exchange(sock, exchange);
	if (err != -ENOENT || sock->error.kind != VDEV_ERROR_KERNEL)
		return err;
	sock->family = 0;
	err = vdev_sock_ready(sock);
	if (err)
		return err;
	nlmsg_hdr(exchange->msg)->nlmsg_type = sock->family;
	return vdev_exchange(sock, exchange);
}

static int check_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh)
{
	char path[ATTR_PATH_SIZE];

	if (!vdev_object_check(nlh, path))
		return 0;
	return vdev_error_reply(sock, path, "the reply breaks the specification");
}

static int get_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct vdev_object **object = arg;
	int err;

	err = check_reply(sock, nlh);
	if (err)
		return err;
	vdev_object_free(*object);
	*object = calloc(1, sizeof(**object));
	if (!*object || vdev_object_decode_copy(*object, nlh))
		return vdev_error_local(sock, ENOMEM);
	return 0;
}

static int put_handle(struct nl_msg *msg, const struct vdev_handle *handle)
{
	struct {
		int attr;
		const char *name;
	} names[] = {
		{ VDEV_A_BUS, handle->bus },
		{ VDEV_A_NAME, handle->name },
		{ VDEV_A_PARENT_BUS, handle->parent_bus },
		{ VDEV_A_PARENT, handle->parent },
	};
	size_t i;

	if (handle->id)
		return nla_put_u32(msg, VDEV_A_ID, handle->id);
	for (i = 0; i < ARRAY_SIZE(names); i++)
		if (names[i].name[0] && nla_put_string(msg, names[i].attr, names[i].name))
			return -EMSGSIZE;
	return 0;
}

static int get(struct vdev_sock *sock, uint8_t cmd, const struct vdev_handle *handle,
	       struct vdev_object **object)
{
	struct exchange exchange = { .set = &vdev_attr_set, .reply = get_reply, .arg = object };
	int err;

	*object = NULL;
	vdev_error_clear(sock);
	exchange.msg = new_request(cmd, NLM_F_ACK);
	if (!exchange.msg || put_handle(exchange.msg, handle))
		err = vdev_error_local(sock, ENOMEM);
	else
		err = ask(sock, &exchange);
	nlmsg_free(exchange.msg);
	if (!err && !*object)
		err = vdev_error_reply(sock, NULL, "the reply has no endpoint");
	if (err) {
		vdev_object_free(*object);
		*object = NULL;
	}
	return err;
}

struct dump {
	struct spool spool;
	uint64_t snapshot;
	uint32_t last_id;
	/* Objects of two moments came without a word from the kernel. */
	bool mixed;
};

/* That ids grow is also why a dump ends. */
static int dump_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	struct dump *dump = arg;
	uint64_t snapshot;
	uint32_t id;
	int err;

	err = check_reply(sock, nlh);
	if (err)
		return err;
	id = vdev_object_peek_id(nlh);
	if (id <= dump->last_id)
		return vdev_error_reply(sock, "id", "the dump is not in the order of ids");
	dump->last_id = id;
	snapshot = vdev_object_peek_snapshot(nlh);
	if (dump->snapshot && snapshot && snapshot != dump->snapshot)
		dump->mixed = true;
	dump->snapshot = snapshot;
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
		return sock->error.kind == VDEV_ERROR_LOCAL;
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
		dump->mixed = false;
		err = ask(sock, exchange);
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
			      "endpoints changed during every attempt to read them");
}

static int replay(struct vdev_sock *sock, struct dump *dump, vdev_object_fn *fn, void *arg)
{
	struct vdev_object object = { 0 };
	const struct nlmsghdr *nlh;
	int ret;

	for (;;) {
		ret = vdev_spool_next(&dump->spool, &nlh);
		if (ret > 0)
			ret = vdev_object_decode(&object, nlh) ? -ENOMEM : 1;
		if (ret <= 0) {
			ret = ret ? vdev_error_local(sock, -ret) : 0;
			break;
		}
		ret = fn(&object, arg);
		if (ret)
			break;
	}
	vdev_arena_free(&object.arena);
	return ret;
}

static int dump_all(struct vdev_sock *sock, uint8_t cmd, const struct vdev_filter *filter,
		    vdev_object_fn *fn, void *arg)
{
	struct dump dump;
	struct exchange exchange = { .set = &vdev_attr_set, .reply = dump_reply, .arg = &dump };
	int err;

	vdev_error_clear(sock);
	vdev_spool_init(&dump.spool);
	exchange.msg = new_request(cmd, NLM_F_DUMP);
	if (!exchange.msg)
		err = vdev_error_local(sock, ENOMEM);
	else if (vdev_filter_put(exchange.msg, filter))
		err = vdev_error_local(sock, EMSGSIZE);
	else
		err = fill_dump(sock, &exchange, &dump);
	if (!err) {
		vdev_error_clear(sock);
		err = replay(sock, &dump, fn, arg);
	}
	nlmsg_free(exchange.msg);
	vdev_spool_free(&dump.spool);
	return err;
}

VDEV_API int vdev_dev_get(struct vdev_sock *sock, const struct vdev_handle *handle,
			  struct vdev_object **object)
{
	return get(sock, VDEV_CMD_DEV_GET, handle, object);
}

VDEV_API int vdev_type_get(struct vdev_sock *sock, const struct vdev_handle *handle,
			   struct vdev_object **object)
{
	return get(sock, VDEV_CMD_TYPE_GET, handle, object);
}

VDEV_API int vdev_dev_dump(struct vdev_sock *sock, const struct vdev_filter *filter,
			   vdev_object_fn *fn, void *arg)
{
	return dump_all(sock, VDEV_CMD_DEV_GET, filter, fn, arg);
}

VDEV_API int vdev_type_dump(struct vdev_sock *sock, const struct vdev_filter *filter,
			    vdev_object_fn *fn, void *arg)
{
	return dump_all(sock, VDEV_CMD_TYPE_GET, filter, fn, arg);
}
