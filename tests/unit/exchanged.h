/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Requests of a socket with few attempts and little patience, for the tests of what
 * goes wrong between a request and its end.
 */
#ifndef EXCHANGED_H
#define EXCHANGED_H

#include "message.h"

#define ATTEMPTS 3

extern struct vdev_sock *sock;

/* Dumps that responders have begun, and the objects that came of them. */
extern unsigned int dumps;
extern unsigned int seen;

int exchanged_set_up(void **state);
int exchanged_tear_down(void **state);

#define EXCHANGED_TEST(test) \
	cmocka_unit_test_setup_teardown(test, exchanged_set_up, exchanged_tear_down)

/* A callback that counts what is seen. */
int count_object(const struct vdev_object *object, void *arg);

/* Ask a kernel that responds in this way for all devices, or for one. */
int dump_with(fake_responder *responder);
int get_with(fake_responder *responder);

/* The error of the last request. */
void assert_error(enum vdev_error_type type, int code, const char *message);

/* Responders: two devices; nothing but an acknowledgement. */
void good_dump(const struct nlmsghdr *request, void *arg);
void acknowledgement_alone(const struct nlmsghdr *request, void *arg);

#endif /* EXCHANGED_H */
