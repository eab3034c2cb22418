/* SPDX-License-Identifier: LGPL-2.1 */
/* What a socket is inside the library. */
#ifndef VDEV_LIB_SOCK_H
#define VDEV_LIB_SOCK_H

#include <stdbool.h>
#include <stdint.h>

#include <netlink/msg.h>

#include <vdev/request.h>
#include <vdev/sock.h>

#include "model/attr.h"
#include "transport.h"

struct call;

struct vdev_sock {
	/* A socket of the vdpa family; NULL before that is asked something. */
	struct vdev_sock *vdpa;
	struct vdev_transport *transport;
	void *buffer;
	/* Something may still be on its way: connect again before the next use. */
	bool stale;
	/* The family that is asked, whose module has its name, and its number once that is known. */
	const char *family_name;
	uint16_t family;
	/* The group that gets the events; 0 if there is none. */
	uint32_t group;
	uint32_t seq;
	unsigned int timeout;
	unsigned int attempts;
	/* VDEV_MAX_AGE_ANY is not sent. */
	uint32_t max_age;
	struct vdev_error error;
	/* The request of a caller, and whether it is under way. */
	struct call *call;
	bool busy;
};

/* A socket of a family, whose name must outlive it; NULL if there is no memory. */
struct vdev_sock *vdev_sock_of(const char *name);

#endif /* VDEV_LIB_SOCK_H */
