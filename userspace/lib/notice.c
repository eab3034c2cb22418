// SPDX-License-Identifier: LGPL-2.1
/* Reading what was multicast by the family, and by the controller about it. */
#include <linux/genetlink.h>
#include <linux/vdev.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "internal.h"
#include "notice.h"
#include "object.h"

struct event_def {
	enum notice_kind kind;
	enum vdev_object_kind object;
};

static const struct event_def events[] = {
	[VDEV_CMD_DEV_NEW_NTF] = { NOTICE_NEW, VDEV_OBJECT_DEV },
	[VDEV_CMD_DEV_DEL_NTF] = { NOTICE_DEL, VDEV_OBJECT_DEV },
	[VDEV_CMD_DEV_CHANGE_NTF] = { NOTICE_CHANGE, VDEV_OBJECT_DEV },
	[VDEV_CMD_TYPE_NEW_NTF] = { NOTICE_NEW, VDEV_OBJECT_TYPE },
	[VDEV_CMD_TYPE_DEL_NTF] = { NOTICE_DEL, VDEV_OBJECT_TYPE },
	[VDEV_CMD_TYPE_CHANGE_NTF] = { NOTICE_CHANGE, VDEV_OBJECT_TYPE },
};

/* 0 if it is not told, or is no number. */
static uint64_t generation_of(const struct nlmsghdr *nlh)
{
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh),
					     VDEV_A_GENERATION);

	return attr && nla_len(attr) == sizeof(uint64_t) ? vdev_decode_u64(attr) : 0;
}

static enum notice_kind read_endpoint(struct notice *notice, struct nlmsghdr *nlh,
				      const struct event_def *event)
{
	struct genlmsghdr *genl = nlmsg_data(nlh);
	char path[ATTR_PATH_SIZE];

	genl->cmd = event->object == VDEV_OBJECT_TYPE ? VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET;
	notice->object = event->object;
	if (vdev_object_check(nlh, path) || !notice->generation)
		return NOTICE_BROKEN;
	return event->kind;
}

static enum notice_kind read_event(struct notice *notice, struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);

	if (!genlmsg_valid_hdr(nlh, 0))
		return NOTICE_BROKEN;
	notice->generation = generation_of(nlh);
	if (genl->cmd < ARRAY_SIZE(events) && events[genl->cmd].kind)
		return read_endpoint(notice, nlh, &events[genl->cmd]);
	return notice->generation ? NOTICE_OTHER : NOTICE_NONE;
}

/* The controller tells of all families, and of their groups. */
static enum notice_kind read_control(struct nlmsghdr *nlh, uint16_t family)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const struct nlattr *name, *id;
	bool ours;

	if (!genlmsg_valid_hdr(nlh, 0))
		return NOTICE_NONE;
	name = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), CTRL_ATTR_FAMILY_NAME);
	id = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), CTRL_ATTR_FAMILY_ID);
	if (!name || nla_strcmp(name, VDEV_FAMILY_NAME) != 0 || !id ||
	    nla_len(id) != sizeof(uint16_t))
		return NOTICE_NONE;
	ours = family && nla_get_u16(id) == family;
	if (genl->cmd == CTRL_CMD_DELFAMILY)
		return ours ? NOTICE_GONE : NOTICE_NONE;
	return genl->cmd == CTRL_CMD_NEWFAMILY && !ours ? NOTICE_BACK : NOTICE_NONE;
}

void vdev_notice_read(struct notice *notice, struct nlmsghdr *nlh, uint16_t family)
{
	*notice = (struct notice){ 0 };
	if (nlh->nlmsg_type == GENL_ID_CTRL)
		notice->kind = read_control(nlh, family);
	else if (family && nlh->nlmsg_type == family)
		notice->kind = read_event(notice, nlh);
}
