// SPDX-License-Identifier: LGPL-2.1
/* Reading what was multicast by the family, and by the controller about it. */
#include <assert.h>

#include <linux/genetlink.h>
#include <linux/vdev.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "model/decode.h"
#include "model/object.h"
#include "model/profile.h"
#include "model/reply.h"
#include "internal.h"
#include "notification.h"

struct event_def {
	enum notification_type type;
	/* 0 of a profile. */
	enum vdev_object_kind object;
};

static const struct event_def events[] = {
	[VDEV_CMD_DEV_CREATE_NTF] = { NOTIFICATION_NEW, VDEV_OBJECT_DEV },
	[VDEV_CMD_DEV_DELETE_NTF] = { NOTIFICATION_DEL, VDEV_OBJECT_DEV },
	[VDEV_CMD_DEV_CHANGE_NTF] = { NOTIFICATION_CHANGE, VDEV_OBJECT_DEV },
	[VDEV_CMD_TYPE_CREATE_NTF] = { NOTIFICATION_NEW, VDEV_OBJECT_TYPE },
	[VDEV_CMD_TYPE_DELETE_NTF] = { NOTIFICATION_DEL, VDEV_OBJECT_TYPE },
	[VDEV_CMD_TYPE_CHANGE_NTF] = { NOTIFICATION_CHANGE, VDEV_OBJECT_TYPE },
	[VDEV_CMD_PROFILE_CREATE_NTF] = { NOTIFICATION_NEW, 0 },
	[VDEV_CMD_PROFILE_DELETE_NTF] = { NOTIFICATION_DEL, 0 },
	[VDEV_CMD_PROFILE_CHANGE_NTF] = { NOTIFICATION_CHANGE, 0 },
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

/* 0 if it is not reported, or is no number. */
static uint64_t generation_of(const struct nlmsghdr *nlh)
{
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh),
					     VDEV_A_GENERATION);

	if (!attr || (nla_len(attr) != sizeof(uint32_t) && nla_len(attr) != sizeof(uint64_t)))
		return 0;
	return vdev_decode_uint(attr);
}

static enum notification_type read_endpoint(struct notification *notification, struct nlmsghdr *nlh,
					    const struct event_def *event)
{
	struct genlmsghdr *genl = nlmsg_data(nlh);
	char path[ATTR_PATH_SIZE];

	genl->cmd = event->object == VDEV_OBJECT_TYPE ? VDEV_CMD_TYPE_GET : VDEV_CMD_DEV_GET;
	notification->object = event->object;
	if (vdev_object_check(nlh, path) || !notification->generation)
		return NOTIFICATION_BROKEN;
	return event->type;
}

static enum notification_type read_profile(struct notification *notification, const struct nlmsghdr *nlh,
					   const struct event_def *event)
{
	char path[ATTR_PATH_SIZE];

	notification->profile = true;
	if (vdev_profile_message_check(nlh, path) || !notification->generation)
		return NOTIFICATION_BROKEN;
	return event->type;
}

static enum notification_type read_known(struct notification *notification, struct nlmsghdr *nlh,
					 const struct event_def *event)
{
	return event->object ? read_endpoint(notification, nlh, event) :
			       read_profile(notification, nlh, event);
}

static enum notification_type read_event(struct notification *notification, struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);

	if (!genlmsg_valid_hdr(nlh, 0))
		return NOTIFICATION_BROKEN;
	notification->instance = instance_of(nlh);
	notification->generation = generation_of(nlh);
	if (genl->cmd < ARRAY_SIZE(events) && events[genl->cmd].type)
		return read_known(notification, nlh, &events[genl->cmd]);
	return notification->generation ? NOTIFICATION_OTHER : NOTIFICATION_NONE;
}

/* The controller reports all families, and their groups. */
static enum notification_type read_control(struct nlmsghdr *nlh, uint16_t family)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	const struct nlattr *name, *id;
	bool ours;

	if (!genlmsg_valid_hdr(nlh, 0))
		return NOTIFICATION_NONE;
	name = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), CTRL_ATTR_FAMILY_NAME);
	id = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), CTRL_ATTR_FAMILY_ID);
	if (!name || nla_strcmp(name, VDEV_FAMILY_NAME) != 0 || !id ||
	    nla_len(id) != sizeof(uint16_t))
		return NOTIFICATION_NONE;
	ours = family && nla_get_u16(id) == family;
	if (genl->cmd == CTRL_CMD_DELFAMILY)
		return ours ? NOTIFICATION_GONE : NOTIFICATION_NONE;
	return genl->cmd == CTRL_CMD_NEWFAMILY && !ours ? NOTIFICATION_BACK : NOTIFICATION_NONE;
}

void vdev_notification_read(struct notification *notification, struct nlmsghdr *nlh, uint16_t family)
{
	*notification = (struct notification){ 0 };
	if (nlh->nlmsg_type == GENL_ID_CTRL)
		notification->type = read_control(nlh, family);
	else if (family && nlh->nlmsg_type == family)
		notification->type = read_event(notification, nlh);
}
