// SPDX-License-Identifier: GPL-2.0
/* What the kernel's family of vdpa answers. */
#include <linux/genetlink.h>
#include <netlink/attr.h>
#include <netlink/msg.h>

#include "fake.h"
#include "message.h"

void message_vdpa_ack(int error, const char *text)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlmsghdr *nlh = nlmsg_put(msg, 0, 0, NLMSG_ERROR, sizeof(struct nlmsgerr),
					 NLM_F_CAPPED | (text ? NLM_F_ACK_TLVS : 0));
	struct nlmsgerr *ack = nlmsg_data(nlh);

	*ack = (struct nlmsgerr){ .error = -error };
	if (text)
		nla_put_string(msg, 1, text);
	fake_datagram(nlh, nlh->nlmsg_len, 0, 1);
	nlmsg_free(msg);
}

void message_vdpa_list(void)
{
	struct nl_msg *msg = nlmsg_alloc();
	struct nlmsghdr *nlh = nlmsg_put(msg, 0, 0, FAKE_VDPA, GENL_HDRLEN, NLM_F_MULTI);
	uint64_t features = 0x28;

	*(struct genlmsghdr *)nlmsg_data(nlh) = (struct genlmsghdr){ .cmd = 2, .version = 1 };
	nla_put_string(msg, 1, "pci");
	nla_put_string(msg, 2, "0000:65:00.2");
	nla_put_u64(msg, 3, 2);
	nla_put_u32(msg, 15, 9);
	nla_put_u64(msg, 16, features);
	fake_datagram(nlh, nlh->nlmsg_len, 0, 1);
	nlmsg_free(msg);
	msg = nlmsg_alloc();
	nlh = nlmsg_put(msg, 0, 0, NLMSG_DONE, sizeof(int), NLM_F_MULTI);
	*(int *)nlmsg_data(nlh) = 0;
	fake_datagram(nlh, nlh->nlmsg_len, 0, 1);
	nlmsg_free(msg);
}
