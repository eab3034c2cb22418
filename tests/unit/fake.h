/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Stands in for the library's transport: what is sent goes to a responder,
 * which queues the datagrams that are then received. Nothing here waits.
 */
#ifndef FAKE_H
#define FAKE_H

#include <stddef.h>
#include <stdint.h>

#include <linux/netlink.h>

#define FAKE_PORT 4242
#define FAKE_FAMILY 0x1c
/* Number of the vdpa family, behind that of the other one. */
#define FAKE_VDPA (fake.family + 1)
#define FAKE_GROUP 0x77

enum fake_flags {
	/* The kernel had more than fitted in the buffer. */
	FAKE_TRUNCATED = 1,
	/* Another process sent it. */
	FAKE_FOREIGN = 2,
	/* Sequence number and port stay as they are. */
	FAKE_VERBATIM = 4,
	/* The id, which is the first attribute, is counted from 1. */
	FAKE_NUMBERED = 8,
};

/* Called for each request but those for the family, unless asked for them. */
typedef void fake_responder(const struct nlmsghdr *request, void *arg);

struct fake_state {
	/* What opening and sending return. */
	int open_error;
	int send_error;
	unsigned int opens;
	unsigned int sends;
	/* The responder also answers the requests for the family. */
	int all_requests;
	uint16_t family;
	/* There is a family vdpa, too. */
	int vdpa;
	/* The group that was joined last, and how many were. */
	uint32_t group;
	unsigned int joins;
	int join_error;
	/* Called when the socket that has joined has nothing more to read. */
	void (*dry)(void);
	/* Where the program seems to run, enum transport_place. */
	int place;
	/* An allocation of the fake's own, which must not fail, is under way. */
	volatile int allocating;
};

extern struct fake_state fake;

/* Discard everything and answer with @responder from now on. */
void fake_reset(fake_responder *responder, void *arg);

/* Queue a datagram that is received @repeat times. */
void fake_datagram(const void *data, size_t len, unsigned int flags, unsigned int repeat);

/* Queue an error of recvmsg(), as positive errno. */
void fake_fail(int error);

/*
 * The same for the socket that has joined a group: what is queued before is lost
 * with the one before. Nothing signals that there is something to read.
 */
void fake_event(const void *data, size_t len, unsigned int flags);
void fake_event_fail(int error);

/* The usual reply to a request for the family, and its acknowledgement. */
void fake_family(void);

/* The reply that there is no such family. */
void fake_no_family(void);

/* The last request. */
const struct nlmsghdr *fake_request(void);

/* How many datagrams nobody has read. */
size_t fake_unread(void);

#endif /* FAKE_H */
