// SPDX-License-Identifier: LGPL-2.1
/*
 * One request and all that the kernel says to it: replies, and then an
 * acknowledgement, a rejection or the end of a dump. Messages that are not from
 * the kernel or not for this request are passed over.
 */
#include <errno.h>
#include <time.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>

#include "sock_error.h"
#include "exchange.h"

/* Linux errnos are smaller than this; anything else is no errno. */
#define MAX_ERRNO 4095
/* What is read in one step before others have their turn. */
#define STEP_DATAGRAMS 64

enum progress {
	GO_ON,
	FINISHED,
};

int64_t vdev_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static bool is_dump(const struct exchange *exchange)
{
	return nlmsg_hdr(exchange->msg)->nlmsg_flags & NLM_F_DUMP;
}

/* A rejection with its extended acknowledgement, which begins at @skip. */
static int rejected(struct vdev_sock *sock, const struct exchange *exchange,
		    const struct nlmsghdr *nlh, int code, size_t skip)
{
	const struct nlattr *tlvs = NULL;
	int len = 0;

	if (code >= 0 || code < -MAX_ERRNO)
		return vdev_error_reply(sock, NULL, "the reply ends with a number that is no error");
	skip = NLMSG_ALIGN(skip);
	if (nlh->nlmsg_flags & NLM_F_ACK_TLVS && skip < (size_t)nlmsg_datalen(nlh)) {
		tlvs = (const struct nlattr *)((const char *)nlmsg_data(nlh) + skip);
		len = nlmsg_datalen(nlh) - (int)skip;
	}
	return vdev_error_kernel(sock, -code, tlvs, len, nlmsg_hdr(exchange->msg), exchange->set);
}

/* The end of a dump carries an error that nothing else reports. */
static int handle_done(struct vdev_sock *sock, const struct exchange *exchange,
		       const struct nlmsghdr *nlh)
{
	const int *code = nlmsg_data(nlh);

	if (nlmsg_datalen(nlh) < (int)sizeof(*code))
		return vdev_error_reply(sock, NULL, "the end of the dump is cut short");
	return *code ? rejected(sock, exchange, nlh, *code, sizeof(*code)) : 0;
}

static int handle_ack(struct vdev_sock *sock, const struct exchange *exchange,
		      const struct nlmsghdr *nlh)
{
	const struct nlmsgerr *ack = nlmsg_data(nlh);
	size_t skip = sizeof(*ack);

	if (nlmsg_datalen(nlh) < (int)sizeof(*ack))
		return vdev_error_reply(sock, NULL, "the acknowledgement is cut short");
	if (!ack->error && is_dump(exchange))
		return vdev_error_reply(sock, NULL, "the end of the dump is missing");
	if (!ack->error)
		return 0;
	if (!(nlh->nlmsg_flags & NLM_F_CAPPED) && ack->msg.nlmsg_len > NLMSG_HDRLEN)
		skip += NLMSG_ALIGN((size_t)ack->msg.nlmsg_len) - NLMSG_HDRLEN;
	return rejected(sock, exchange, nlh, ack->error, skip);
}

static int handle_message(struct vdev_sock *sock, struct exchange *exchange,
			  const struct nlmsghdr *nlh, enum progress *progress)
{
	const struct nlmsghdr *request = nlmsg_hdr(exchange->msg);

	if (nlh->nlmsg_seq != request->nlmsg_seq || nlh->nlmsg_pid != request->nlmsg_pid)
		return 0;
	if (nlh->nlmsg_flags & NLM_F_DUMP_INTR)
		exchange->interrupted = true;
	switch (nlh->nlmsg_type) {
	case NLMSG_DONE:
		*progress = FINISHED;
		return handle_done(sock, exchange, nlh);
	case NLMSG_ERROR:
		*progress = FINISHED;
		return handle_ack(sock, exchange, nlh);
	case NLMSG_OVERRUN:
		return vdev_error_local(sock, ENOBUFS);
	}
	if (nlh->nlmsg_type != request->nlmsg_type)
		return 0;
	if (!genlmsg_valid_hdr((struct nlmsghdr *)nlh, 0))
		return vdev_error_reply(sock, NULL, "the reply is cut short");
	exchange->alive = true;
	return exchange->reply(sock, nlh, exchange->arg);
}

static int handle_datagram(struct vdev_sock *sock, struct exchange *exchange,
			   const struct datagram *datagram, enum progress *progress)
{
	struct nlmsghdr *nlh = sock->buffer;
	int rem = (int)datagram->len;
	int err = 0;

	if (datagram->sender)
		return 0;
	if (datagram->truncated)
		return vdev_error_reply(sock, NULL, "the reply is longer than any can be");
	while (!err && *progress == GO_ON && nlmsg_ok(nlh, rem)) {
		err = handle_message(sock, exchange, nlh, progress);
		nlh = nlmsg_next(nlh, &rem);
	}
	if (!err && *progress == GO_ON && rem > 0)
		return vdev_error_reply(sock, NULL, "the reply is cut short");
	return err;
}

/* Where nothing is waited for, that nothing is there has two names. */
static int receive(struct vdev_sock *sock, const struct exchange *exchange, bool wait,
		   struct datagram *datagram)
{
	int64_t left = exchange->end - vdev_now();
	int err;

	if (left < 0)
		return -ETIMEDOUT;
	err = vdev_transport_recv(sock->transport, sock->buffer, TRANSPORT_BUFFER,
				  wait ? (int)left : 0, datagram);
	return !wait && err == -ETIMEDOUT ? -EAGAIN : err;
}

int vdev_exchange_step(struct vdev_sock *sock, struct exchange *exchange, bool wait)
{
	enum progress progress = GO_ON;
	struct datagram datagram;
	unsigned int i;
	int err = 0;

	for (i = 0; !err && progress == GO_ON; i++) {
		if (!wait && i == STEP_DATAGRAMS)
			return -EINPROGRESS;
		exchange->alive = false;
		err = receive(sock, exchange, wait, &datagram);
		if (err == -EAGAIN && !wait)
			return -EINPROGRESS;
		if (err == -EINTR || err == -EAGAIN) {
			err = 0;
			continue;
		}
		err = err ? vdev_error_local(sock, -err) :
			    handle_datagram(sock, exchange, &datagram, &progress);
		if (!err && exchange->alive && is_dump(exchange))
			exchange->end = vdev_now() + sock->timeout;
	}
	sock->stale = progress == GO_ON;
	return err;
}

int vdev_exchange_begin(struct vdev_sock *sock, struct exchange *exchange)
{
	struct nlmsghdr *nlh = nlmsg_hdr(exchange->msg);
	int err;

	exchange->interrupted = false;
	exchange->end = vdev_now() + sock->timeout;
	nlh->nlmsg_seq = ++sock->seq;
	nlh->nlmsg_pid = vdev_transport_port(sock->transport);
	err = vdev_transport_send(sock->transport, nlh);
	if (err) {
		sock->stale = true;
		return vdev_error_local(sock, -err);
	}
	return 0;
}
