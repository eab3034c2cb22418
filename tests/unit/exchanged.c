// SPDX-License-Identifier: GPL-2.0
/* Requests of a socket with few attempts and the patience of a slow machine. */
#include "test.h"

#include "exchanged.h"

struct vdev_sock *sock;
unsigned int dumps;
unsigned int seen;

int exchanged_set_up(void **state)
{
	(void)state;
	fake_reset(NULL, NULL);
	sock = vdev_sock_new();
	vdev_sock_set_attempts(sock, ATTEMPTS);
	vdev_sock_set_timeout(sock, 60000);
	dumps = 0;
	seen = 0;
	return 0;
}

int exchanged_tear_down(void **state)
{
	(void)state;
	vdev_sock_free(sock);
	fake_reset(NULL, NULL);
	return 0;
}

int count_object(const struct vdev_object *object, void *arg)
{
	(void)object;
	(void)arg;
	seen++;
	return 0;
}

int dump_with(fake_responder *responder)
{
	fake_reset(responder, NULL);
	return vdev_dev_dump(sock, NULL, count_object, NULL);
}

int get_with(fake_responder *responder)
{
	struct vdev_handle handle = { .id = 1 };
	struct vdev_object *object;
	int err;

	fake_reset(responder, NULL);
	err = vdev_dev_get(sock, &handle, &object);
	assert_true(err ? !object : !!object);
	vdev_object_free(object);
	return err;
}

void assert_error(enum vdev_error_type type, int code, const char *message)
{
	assert_int_equal(vdev_sock_error(sock)->type, type);
	assert_int_equal(vdev_sock_error(sock)->code, code);
	assert_string_equal(vdev_sock_error(sock)->message, message);
}

void good_dump(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	dumps++;
	message_send(message_dev(1, "sim1", 5));
	message_send(message_dev(2, "sim2", 5));
	send_done(0, 0, NULL);
}

void acknowledgement_alone(const struct nlmsghdr *request, void *arg)
{
	(void)request;
	(void)arg;
	send_ack(&(struct reason){ 0 });
}
