// SPDX-License-Identifier: LGPL-2.1
/* Connecting, and finding the family. */
#include <errno.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>

#include "model/error.h"
#include "sock_error.h"
#include "family.h"
#include "internal.h"

/* Number of the group that gets the events; 0 if there is none. */
static uint32_t find_group(const struct nlattr *groups)
{
	const struct nlattr *group, *name, *id;
	int rem;

	nla_for_each_nested(group, groups, rem) {
		name = nla_find(nla_data(group), nla_len(group), CTRL_ATTR_MCAST_GRP_NAME);
		id = nla_find(nla_data(group), nla_len(group), CTRL_ATTR_MCAST_GRP_ID);
		if (name && nla_strcmp(name, VDEV_MCGRP_MONITOR) == 0 && id &&
		    nla_len(id) == sizeof(uint32_t))
			return nla_get_u32(id);
	}
	return 0;
}

static int family_reply(struct vdev_sock *sock, const struct nlmsghdr *nlh, void *arg)
{
	const struct nlattr *head = nlmsg_attrdata(nlh, GENL_HDRLEN);
	int len = nlmsg_attrlen(nlh, GENL_HDRLEN);
	const struct nlattr *id = nla_find(head, len, CTRL_ATTR_FAMILY_ID);
	const struct nlattr *name = nla_find(head, len, CTRL_ATTR_FAMILY_NAME);
	const struct nlattr *groups = nla_find(head, len, CTRL_ATTR_MCAST_GROUPS);

	(void)arg;
	if (name && nla_strcmp(name, sock->name) != 0)
		return vdev_error_reply(sock, NULL, "the reply is about another family");
	if (!id || nla_len(id) != sizeof(uint16_t) || nla_get_u16(id) < NLMSG_MIN_TYPE)
		return vdev_error_reply(sock, NULL, "the number of the family is broken");
	sock->family = nla_get_u16(id);
	sock->group = groups ? find_group(groups) : 0;
	return 0;
}

static int begin_search(struct vdev_sock *sock, struct search *search)
{
	struct exchange *exchange = &search->exchange;

	*exchange = (struct exchange){ .reply = family_reply, .msg = nlmsg_alloc() };
	if (!exchange->msg ||
	    !genlmsg_put(exchange->msg, 0, 0, GENL_ID_CTRL, 0, NLM_F_REQUEST | NLM_F_ACK,
			 CTRL_CMD_GETFAMILY, 1) ||
	    nla_put_string(exchange->msg, CTRL_ATTR_FAMILY_NAME, sock->name))
		return vdev_error_local(sock, ENOMEM);
	return vdev_exchange_begin(sock, exchange);
}

static int absent(struct vdev_sock *sock)
{
	vdev_error_say(&sock->error, -ENOENT, "family %s not found; load the module: modprobe %s",
		       sock->name, sock->name);
	sock->error.type = VDEV_ERROR_ABSENT;
	return -ENOENT;
}

static int found(struct vdev_sock *sock, int err)
{
	if (err == -ENOENT && sock->error.type == VDEV_ERROR_KERNEL)
		return absent(sock);
	if (!err && !sock->family)
		return vdev_error_reply(sock, NULL, "the number of the family is missing");
	return err;
}

static int connect_again(struct vdev_sock *sock)
{
	int err;

	if (sock->stale) {
		vdev_transport_close(sock->transport);
		sock->transport = NULL;
		sock->stale = false;
	}
	if (sock->transport)
		return 0;
	sock->family = 0;
	err = vdev_transport_open(&sock->transport);
	return err ? vdev_error_local(sock, -err) : 0;
}

int vdev_search_step(struct vdev_sock *sock, struct search *search, bool wait)
{
	int err = 0;

	if (!search->exchange.msg) {
		err = connect_again(sock);
		if (err || sock->family)
			return err;
		err = begin_search(sock, search);
	}
	if (!err)
		err = vdev_exchange_step(sock, &search->exchange, wait);
	if (err == -EINPROGRESS)
		return err;
	vdev_search_end(search);
	return found(sock, err);
}

void vdev_search_end(struct search *search)
{
	nlmsg_free(search->exchange.msg);
	search->exchange.msg = NULL;
}

int vdev_sock_ready(struct vdev_sock *sock)
{
	struct search search = { 0 };

	return vdev_search_step(sock, &search, true);
}

VDEV_API int vdev_sock_connect(struct vdev_sock *sock)
{
	int err = vdev_sock_check(sock);

	if (err)
		return err;
	vdev_error_clear(sock);
	return vdev_sock_ready(sock);
}
