/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A socket by which the fake kernel is asked, the reply that it is to give, and what
 * the request said; for the tests of one request and its answer.
 */
#ifndef ASKED_H
#define ASKED_H

#include "message.h"

extern struct vdev_sock *sock;

/* For respond_with(). */
extern struct nl_msg *reply;

/* What migrates, in the tests of judgements. */
extern struct vdev_declaration *source;

int asked_set_up(void **state);
int asked_set_up_source(void **state);
int asked_tear_down(void **state);

#define ASKED_TEST(test) cmocka_unit_test_setup_teardown(test, asked_set_up, asked_tear_down)
#define ASKED_SOURCE_TEST(test) \
	cmocka_unit_test_setup_teardown(test, asked_set_up_source, asked_tear_down)

/* An attribute of the last request, at its top or in the source; NULL if it is not there. */
const struct nlattr *sent(int type);
const struct nlattr *in_source(int type);

#endif /* ASKED_H */
