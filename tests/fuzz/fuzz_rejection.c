// SPDX-License-Identifier: GPL-2.0
/*
 * Rejections with extended acknowledgements, from a request for one device or
 * for a dump. The input is a byte of enum shape, the error, and what follows
 * it: for an acknowledgement the rejected request, and the attributes.
 */
#include <stdlib.h>
#include <string.h>

#include <vdev/vdev.h>

#include "model/attr.h"
#include "fake.h"
#include "fuzz.h"

#define LARGEST 0x8000

enum shape {
	DUMP = 1,
	DONE = 2,
	IS_CAPPED = 4,
	HAS_TLVS = 8,
};

static void reject(const struct nlmsghdr *request, void *arg)
{
	struct input *input = arg;
	uint8_t shape = take_byte(input);
	int32_t error = (int32_t)take_u32(input);
	size_t len = NLMSG_HDRLEN + sizeof(error) + input->size;
	struct nlmsghdr *nlh = calloc(1, len);

	(void)request;
	if (!nlh)
		abort();
	nlh->nlmsg_len = (uint32_t)len;
	nlh->nlmsg_type = shape & DONE ? NLMSG_DONE : NLMSG_ERROR;
	nlh->nlmsg_flags = (uint16_t)((shape & IS_CAPPED ? NLM_F_CAPPED : 0) |
				      (shape & HAS_TLVS ? NLM_F_ACK_TLVS : 0));
	memcpy(NLMSG_DATA(nlh), &error, sizeof(error));
	memcpy((char *)NLMSG_DATA(nlh) + sizeof(error), input->data, input->size);
	fake_datagram(nlh, len, 0, 1);
	free(nlh);
}

static int request_dump(struct vdev_sock *sock)
{
	struct vdev_filter *filter = vdev_filter_new();
	int err;

	vdev_filter_set_bus(filter, "pci");
	vdev_filter_set_parent(filter, "a");
	vdev_filter_set_since(filter, 5, 7);
	err = vdev_dev_dump(sock, filter, NULL, NULL);
	vdev_filter_free(filter);
	return err;
}

static void check_error(const struct vdev_error *error, int err)
{
	MUST(error->type != VDEV_ERROR_NONE, error->message);
	MUST(error->code == -err, error->message);
	MUST(error->message[0] || error->from_kernel, NULL);
	must_be_printable(error->attr, strlen(error->attr));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct vdev_handle handle = { .bus = "sim", .name = "sim1" };
	struct input input = { data, size < LARGEST ? size : LARGEST };
	struct vdev_object *object = NULL;
	struct vdev_sock *sock = vdev_sock_new();
	int err;

	fake_reset(reject, &input);
	err = size && *data & DUMP ? request_dump(sock) :
		vdev_dev_get(sock, &handle, &object);
	MUST(!object, NULL);
	if (err)
		check_error(vdev_sock_error(sock), err);
	vdev_sock_free(sock);
	fake_reset(NULL, NULL);
	return 0;
}
