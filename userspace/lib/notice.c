// SPDX-License-Identifier: LGPL-2.1
/* Reading what was multicast by the family, and by the controller about it. */
#include <assert.h>

#include <linux/genetlink.h>
#include <linux/vdev.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "internal.h"
#include "notice.h"
#include "object.h"
#include "profile.h"

struct event_def {
	enum notice_kind kind;
	/* 0 of a profile. */
	enum vdev_object_kind object;
};

static const struct event_def events[] = {
	[VDEV_CMD_DEV_CREATE_NTF] = { NOTICE_NEW, VDEV_OBJECT_DEV },
	[VDEV_CMD_DEV_DELETE_NTF] = { NOTICE_DEL, VDEV_OBJECT_DEV },
	[VDEV_CMD_DEV_CHANGE_NTF] = { NOTICE_CHANGE, VDEV_OBJECT_DEV },
	[VDEV_CMD_TYPE_CREATE_NTF] = { NOTICE_NEW, VDEV_OBJECT_TYPE },
	[VDEV_CMD_TYPE_DELETE_NTF] = { NOTICE_DEL, VDEV_OBJECT_TYPE },
	[VDEV_CMD_TYPE_CHANGE_NTF] = { NOTICE_CHANGE, VDEV_OBJECT_TYPE },
	[VDEV_CMD_PROFILE_CREATE_NTF] = { NOTICE_NEW, 0 },
	[VDEV_CMD_PROFILE_DELETE_NTF] = { NOTICE_DEL, 0 },
	[VDEV_CMD_PROFILE_CHANGE_NTF] = { NOTICE_CHANGE, 0 },
};

/* These have the same numbers in every event, of whatever it is. */
static_assert(VDEV_A_PROFILE_INSTANCE == (int)VDEV_A_INSTANCE, "instance");
static_assert(VDEV_A_PROFILE_GENERATION == (int)VDEV_A_GENERATION, "generation");
static_assert(VDEV_A_PROFILE_SNAPSHOT == (int)VDEV_A_SNAPSHOT, "snapshot");

static uint32_t instance_of(const struct nlmsghdr *nlh)
{
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh),
					     VDEV_A_INSTANCE);

	return attr && nla_len(attr) == sizeof(uint32_t) ? vdev_decode_u32(attr) : 0;
}

/* 0 if it is not told, or is no number. */
static uint64_t generation_of(const struct nlmsghdr *nlh)
{
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh),
					     VDEV_A_GENERATION);

	if (!attr || (nla_len(attr) != sizeof(uint32_t) && nla_len(attr) != sizeof(uint64_t)))
		return 0;
	return vdev_decode_uint(attr);
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

static enum notice_kind read_profile(struct notice *notice, const struct nlmsghdr *nlh,
				     const struct event_def *event)
{
	char path[ATTR_PATH_SIZE];

	notice->profile = true;
	if (vdev_profile_message_check(nlh, path) || !notice->generation)
		return NOTICE_BROKEN;
	return event->kind;
}

static enum notice_kind read_known(struct notice *notice, struct nlmsghdr *nlh,
				   const struct event_def *event)
{
	return event->object ? read_endpoint(notice, nlh, event) :
			       read_profile(notice, nlh, event);
}

static enum notice_kind read_event(struct notice *notice, struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);

	if (!genlmsg_valid_hdr(nlh, 0))
		return NOTICE_BROKEN;
	notice->instance = instance_of(nlh);
	notice->generation = generation_of(nlh);
	if (genl->cmd < ARRAY_SIZE(events) && events[genl->cmd].kind)
		return read_known(notice, nlh, &events[genl->cmd]);
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
