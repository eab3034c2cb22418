// SPDX-License-Identifier: LGPL-2.1
/* Requests in steps, and the descriptor that says when the next step can be taken. */
#include <errno.h>
#include <stdlib.h>

#include "call.h"
#include "internal.h"
#include "sock_error.h"

struct call {
	/* NULL if none is under way. */
	const struct call_ops *ops;
	void *state;
	/* In a step, and so perhaps in the caller's function, which must find all as it was. */
	bool stepping;
	struct dump dump;
	/* Of a request for one answer. */
	struct exchange exchange;
	struct ask ask;
	/* Not open before it is asked for. */
	struct poller poller;
};

struct call *vdev_call_new(void)
{
	struct call *call = calloc(1, sizeof(*call));

	if (call)
		vdev_poller_init(&call->poller);
	return call;
}

static void forget(struct call *call)
{
	if (call->ops->dump)
		vdev_dump_end(&call->dump);
	vdev_ask_end(&call->ask);
	nlmsg_free(call->exchange.msg);
	call->exchange.msg = NULL;
	call->ops->release(call->state);
	call->ops = NULL;
}

static void end(struct vdev_sock *sock, struct call *call)
{
	forget(call);
	sock->busy = false;
	if (call->poller.fd >= 0)
		vdev_poller_stop(&call->poller);
}

void vdev_call_free(struct call *call)
{
	if (!call)
		return;
	if (call->ops)
		forget(call);
	vdev_poller_close(&call->poller);
	free(call);
}

static int begin_ask(struct vdev_sock *sock, uint8_t cmd, struct writer *writer)
{
	struct call *call = sock->call;

	call->exchange = (struct exchange){
		.set = &vdev_attr_set,
		.reply = call->ops->reply,
		.arg = call->state,
		.msg = vdev_request_new(sock, cmd, NLM_F_ACK, writer),
	};
	call->ask = (struct ask){ .exchange = &call->exchange };
	return call->exchange.msg ? 0 : -sock->error.code;
}

int vdev_call_begin(struct vdev_sock *sock, uint8_t cmd, struct writer *writer,
		    const struct call_ops *ops, void *state)
{
	struct call *call = sock->call;
	int err = vdev_sock_check(sock);

	if (!err && !state)
		err = vdev_error_local(sock, ENOMEM);
	if (err) {
		vdev_writer_free(writer);
		if (state)
			ops->release(state);
		return err;
	}
	vdev_error_clear(sock);
	sock->busy = true;
	call->ops = ops;
	call->state = state;
	call->ask = (struct ask){ 0 };
	err = ops->dump ? vdev_dump_begin(sock, &call->dump, cmd, writer, ops->dump) :
			  begin_ask(sock, cmd, writer);
	if (err)
		end(sock, call);
	else if (call->poller.fd >= 0)
		vdev_poller_pause(&call->poller, 0);
	return err;
}

/* Sets *over if the request is. */
static int go_on(struct vdev_sock *sock, struct call *call, bool wait, bool *over)
{
	int err = call->ops->dump ? vdev_dump_step(sock, &call->dump, wait) :
				    vdev_ask_step(sock, &call->ask, wait);

	*over = err != -EINPROGRESS;
	if (err || !call->ops->dump)
		return err;
	vdev_error_clear(sock);
	return vdev_dump_replay(sock, &call->dump, SIZE_MAX, call->state);
}

/* A socket that was closed is no longer watched by itself; the same one may be there already. */
static int watch(struct vdev_sock *sock, struct call *call)
{
	int64_t due = call->ops->dump ? vdev_dump_due(&call->dump) : vdev_ask_due(&call->ask);
	int64_t left = due - vdev_now();
	int err = 0;

	if (call->poller.fd < 0)
		return 0;
	if (sock->transport)
		err = vdev_poller_add(&call->poller, vdev_transport_fd(sock->transport));
	if (err && err != -EEXIST)
		return vdev_error_local(sock, -err);
	/* It is not over before that millisecond is. */
	vdev_poller_pause(&call->poller, left > 0 ? (unsigned int)left + 1 : 0);
	return 0;
}

static int step(struct vdev_sock *sock, struct call *call, bool wait)
{
	bool over;
	int err;

	call->stepping = true;
	err = go_on(sock, call, wait, &over);
	if (over)
		err = call->ops->finish(sock, call->state, err);
	/* The caller's function has returned it. */
	if (over && err == -EINPROGRESS)
		err = vdev_error_local(sock, EINPROGRESS);
	call->stepping = false;
	if (!over) {
		err = watch(sock, call);
		if (!err)
			return -EINPROGRESS;
		sock->stale = true;
	}
	end(sock, call);
	return err;
}

int vdev_call_wait(struct vdev_sock *sock, int err)
{
	return err ? err : step(sock, sock->call, true);
}

VDEV_API int vdev_sock_step(struct vdev_sock *sock)
{
	if (sock->call->stepping)
		return vdev_error_local(sock, EBUSY);
	vdev_error_clear(sock);
	if (!sock->call->ops)
		return vdev_error_set(sock, VDEV_ERROR_LOCAL, EINVAL, NULL,
				      "no request was begun");
	if (sock->call->poller.fd >= 0)
		vdev_poller_over(&sock->call->poller);
	return step(sock, sock->call, false);
}

VDEV_API void vdev_sock_cancel(struct vdev_sock *sock)
{
	if (!sock->call->ops || sock->call->stepping)
		return;
	end(sock, sock->call);
	sock->stale = true;
}

VDEV_API int vdev_sock_fd(struct vdev_sock *sock)
{
	struct poller *poller = &sock->call->poller;
	int err;

	if (poller->fd >= 0)
		return poller->fd;
	err = vdev_poller_open(poller);
	if (err)
		return err;
	if (sock->call->ops)
		vdev_poller_pause(poller, 0);
	return poller->fd;
}
