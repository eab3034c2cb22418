// SPDX-License-Identifier: GPL-2.0
/*
 * What a dump costs that only copies: a generic netlink family whose dump is so many
 * messages of bytes that are ready. Beside it stands what a dump of vdev costs.
 */
#include <linux/module.h>
#include <linux/netlink.h>
#include <net/genetlink.h>

static unsigned int count = 10000;
module_param(count, uint, 0644);
MODULE_PARM_DESC(count, "messages of a dump");

static unsigned int size = 656;
module_param(size, uint, 0644);
MODULE_PARM_DESC(size, "bytes of a message, headers included; at most 4096");

/* Zeros, which nobody reads. */
static const u8 ready[4096];

static struct genl_family copy_family;

static int copy_put(struct sk_buff *skb, struct netlink_callback *cb)
{
	unsigned int len = clamp_t(unsigned int, size, NLMSG_HDRLEN + GENL_HDRLEN,
				   sizeof(ready)) - NLMSG_HDRLEN - GENL_HDRLEN;
	void *header;

	header = genlmsg_put(skb, NETLINK_CB(cb->skb).portid, cb->nlh->nlmsg_seq, &copy_family,
			     NLM_F_MULTI, 1);
	if (!header)
		return -EMSGSIZE;
	if (skb_tailroom(skb) < len) {
		genlmsg_cancel(skb, header);
		return -EMSGSIZE;
	}
	skb_put_data(skb, ready, len);
	genlmsg_end(skb, header);
	return 0;
}

static int copy_dumpit(struct sk_buff *skb, struct netlink_callback *cb)
{
	while (cb->args[0] < count && !copy_put(skb, cb))
		cb->args[0]++;
	return skb->len;
}

static const struct genl_ops copy_ops[] = {
	{
		.cmd = 1,
		.dumpit = copy_dumpit,
	},
};

static struct genl_family copy_family = {
	.name = "vdev-copy",
	.version = 1,
	.module = THIS_MODULE,
	.ops = copy_ops,
	.n_ops = ARRAY_SIZE(copy_ops),
};

static int __init copy_init(void)
{
	return genl_register_family(&copy_family);
}

static void __exit copy_exit(void)
{
	genl_unregister_family(&copy_family);
}

module_init(copy_init);
module_exit(copy_exit);

MODULE_DESCRIPTION("A dump of bytes that are ready, to measure against");
MODULE_LICENSE("GPL");
