/* SPDX-License-Identifier: GPL-2.0 */
/* Messages as the kernel would send them, for the fake transport. */
#ifndef MESSAGE_H
#define MESSAGE_H

#include <stdbool.h>
#include <stdint.h>

#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include <vdev/check.h>

#include "fake.h"

/* Of which the generations are, where it is reported. */
#define MESSAGE_INSTANCE 0xd1ce

/* Numbers have 8 bytes, also where 4 are enough. */
extern bool message_wide;

/* A number as the kernel puts it, the bits of words, and a nest with a value. */
void message_uint(struct nl_msg *msg, int type, uint64_t number);
void message_bitmap(struct nl_msg *msg, int type, const uint64_t *words, size_t num);
void message_value(struct nl_msg *msg, int type, uint32_t value_type, uint64_t number,
		   const char *string);

struct nl_msg *message_new(uint16_t type, uint8_t cmd, int flags);

/* The same message with another command. */
struct nl_msg *message_as(uint8_t cmd, struct nl_msg *msg);

/* Queue the message as a datagram and free it. */
void message_send(struct nl_msg *msg);

/* The end of a dump, with an error and words if there was one. */
void send_done(int error, int flags, const char *words);

struct reason {
	int error;
	const char *words;
	uint32_t offset;
	uint32_t missing_type;
	uint32_t missing_nest;
	/* The rejected request is sent back whole. */
	int uncapped;
};

/* An acknowledgement; a rejection if the error is not 0. */
void send_ack(const struct reason *reason);

/* Responders: the message at *arg, if there is one, acknowledged; a rejection. */
void respond_with(const struct nlmsghdr *request, void *arg);
void respond_rejection(const struct nlmsghdr *request, void *arg);

/* message_endpoint.c: a reply of the family; all that a device or type must have is put. */
struct nl_msg *message_dev(uint32_t id, const char *name, uint64_t snapshot);
struct nl_msg *message_type(uint32_t id, const char *name, uint64_t snapshot);

/* A device with every attribute of the specification. */
struct nl_msg *message_full(void);

/* message_judgement.c: the judgement of a device, with a rank or without. */
struct nl_msg *message_judgement(uint8_t cmd, uint32_t id, const char *name, uint32_t verdict,
				 const struct vdev_rank *rank);

/* The same for a type, with findings that have every attribute. */
struct nl_msg *message_findings(uint8_t cmd);

/* message_family.c: a profile, with everything or as short as can be. */
struct nl_msg *message_profile(const char *name, bool full);

/* All that the family counts, with one provider. */
struct nl_msg *message_stats(void);

/* What is counted for a device of that bus: two counters of its provider. */
struct nl_msg *message_dev_stats(const char *bus, const char *name);

/* What the vdpa family says: how many virtqueues there can be, and one counter of one. */
struct nl_msg *message_vdpa_dev(uint32_t max_vqs);
struct nl_msg *message_vdpa_stats(uint32_t index);

/* The answer of that family: a management device, or a device with two virtqueues. */
struct nl_msg *message_vdpa(const struct nlmsghdr *request);

#endif /* MESSAGE_H */
