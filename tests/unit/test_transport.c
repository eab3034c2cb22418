// SPDX-License-Identifier: GPL-2.0
/* The real transport against the kernel's own generic netlink families. */
#include <sys/socket.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "netlink/transport.h"
#include "test.h"

static struct vdev_transport *transport;

static int setup(void **state)
{
	(void)state;
	return vdev_transport_open(&transport);
}

static int teardown(void **state)
{
	(void)state;
	vdev_transport_close(transport);
	vdev_transport_close(NULL);
	return 0;
}

static void ask_for_family(const char *name, uint32_t seq)
{
	struct nl_msg *msg = nlmsg_alloc();

	genlmsg_put(msg, vdev_transport_port(transport), seq, GENL_ID_CTRL, 0,
		    NLM_F_REQUEST, CTRL_CMD_GETFAMILY, 1);
	nla_put_string(msg, CTRL_ATTR_FAMILY_NAME, name);
	assert_int_equal(vdev_transport_send(transport, nlmsg_hdr(msg)), 0);
	nlmsg_free(msg);
}

static void the_kernel_answers(void **state)
{
	union {
		struct nlmsghdr nlh;
		char data[8192];
	} reply;
	struct datagram datagram;

	(void)state;
	ask_for_family("nlctrl", 77);
	assert_int_equal(vdev_transport_recv(transport, &reply, sizeof(reply), 5000, &datagram),
			 0);
	assert_int_equal(datagram.sender, 0);
	assert_false(datagram.truncated);
	assert_int_equal(datagram.len, reply.nlh.nlmsg_len);
	assert_int_equal(reply.nlh.nlmsg_type, GENL_ID_CTRL);
	assert_int_equal(reply.nlh.nlmsg_seq, 77);
	assert_int_equal(reply.nlh.nlmsg_pid, vdev_transport_port(transport));
}

static void what_does_not_fit_is_seen(void **state)
{
	struct datagram datagram;
	char small[20];

	(void)state;
	ask_for_family("nlctrl", 1);
	assert_int_equal(vdev_transport_recv(transport, small, sizeof(small), 5000, &datagram),
			 0);
	assert_true(datagram.truncated);
}

static void a_rejection_comes_without_the_request(void **state)
{
	union {
		struct nlmsghdr nlh;
		char data[8192];
	} reply;
	struct datagram datagram;

	(void)state;
	ask_for_family("no-such-family", 2);
	assert_int_equal(vdev_transport_recv(transport, &reply, sizeof(reply), 5000, &datagram),
			 0);
	assert_int_equal(reply.nlh.nlmsg_type, NLMSG_ERROR);
	assert_int_equal(reply.nlh.nlmsg_flags & NLM_F_CAPPED, NLM_F_CAPPED);
	assert_int_equal(((struct nlmsgerr *)NLMSG_DATA(&reply.nlh))->error, -ENOENT);
}

static void silence_has_an_end(void **state)
{
	struct datagram datagram;
	char buffer[64];

	(void)state;
	assert_int_equal(vdev_transport_recv(transport, buffer, sizeof(buffer), 20, &datagram),
			 -ETIMEDOUT);
}

static void two_transports_have_two_ports(void **state)
{
	struct vdev_transport *other;

	(void)state;
	assert_int_equal(vdev_transport_open(&other), 0);
	assert_int_not_equal(vdev_transport_port(other), vdev_transport_port(transport));
	vdev_transport_close(other);
}

/* The controller's own group, which anybody may join. */
static void a_group_is_joined_and_nothing_is_waited_for(void **state)
{
	struct datagram datagram;
	char buffer[64];

	(void)state;
	assert_int_equal(vdev_transport_join(transport, GENL_ID_CTRL), 0);
	assert_int_equal(vdev_transport_join(transport, 0), -EINVAL);
	assert_int_equal(vdev_transport_recv(transport, buffer, sizeof(buffer), 0, &datagram),
			 -EAGAIN);
}

static void the_buffer_is_as_large_as_it_may_be(void **state)
{
	socklen_t len = sizeof(int);
	int small, large;
	int fd = vdev_transport_fd(transport);

	(void)state;
	vdev_transport_reserve(transport, 8192);
	assert_int_equal(getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, &len), 0);
	vdev_transport_reserve(transport, SIZE_MAX);
	assert_int_equal(getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &large, &len), 0);
	assert_in_range(small, 8192, 16384);
	assert_true(large > small);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(the_kernel_answers),
		TEST(what_does_not_fit_is_seen),
		TEST(a_rejection_comes_without_the_request),
		TEST(silence_has_an_end),
		TEST(two_transports_have_two_ports),
		TEST(a_group_is_joined_and_nothing_is_waited_for),
		TEST(the_buffer_is_as_large_as_it_may_be),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
