// SPDX-License-Identifier: LGPL-2.1
/* From a message to a profile, its life and the functions that read it. */
#include <errno.h>
#include <stdlib.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "decode.h"
#include "getter.h"
#include "profile.h"
#include "record.h"
#include "reply.h"

int vdev_profile_message_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	const struct nlattr *head = vdev_reply_head(nlh);
	int len = vdev_reply_len(nlh);

	path[0] = '\0';
	if (!genlmsg_valid_hdr((struct nlmsghdr *)nlh, 0) ||
	    vdev_attrs_check(&vdev_profile_attrs, head, len, path))
		return -EBADMSG;
	if (nla_find(head, len, VDEV_A_PROFILE_NAME))
		return 0;
	vdev_path_prepend(path, vdev_attr_def(&vdev_profile_attrs, VDEV_A_PROFILE_NAME), 0);
	return -EBADMSG;
}

static void decode_number(struct vdev_profile *profile, const struct nlattr *attr)
{
	switch (nla_type(attr)) {
	case VDEV_A_PROFILE_INSTANCE:
		profile->instance = vdev_decode_u32(attr);
		break;
	case VDEV_A_PROFILE_GENERATION:
		profile->generation = vdev_decode_uint(attr);
		break;
	case VDEV_A_PROFILE_SNAPSHOT:
		profile->snapshot = vdev_decode_uint(attr);
		break;
	case VDEV_A_PROFILE_CHANGED:
		profile->changed = vdev_decode_u32(attr);
		break;
	case VDEV_A_PROFILE_MIGRATION:
		profile->migration = vdev_decode_u32(attr);
		break;
	case VDEV_A_PROFILE_CAPABILITIES:
		profile->capabilities = vdev_decode_u32(attr);
		break;
	}
}

static int decode_message(struct vdev_profile *profile, const struct nlmsghdr *nlh)
{
	const char **strings[] = {
		[VDEV_A_PROFILE_NAME] = &profile->name,
		[VDEV_A_PROFILE_BUS] = &profile->bus,
		[VDEV_A_PROFILE_DRIVER] = &profile->driver,
		[VDEV_A_PROFILE_TYPE] = &profile->type,
	};
	const struct nlattr *pos;
	const void *got = profile;
	int rem;

	profile->msg = nlh;
	profile->changed = VDEV_UNKNOWN32;
	nla_for_each_attr(pos, vdev_reply_head(nlh), vdev_reply_len(nlh), rem) {
		switch (nla_type(pos)) {
		case VDEV_A_PROFILE_NAME:
		case VDEV_A_PROFILE_BUS ... VDEV_A_PROFILE_TYPE:
			*strings[nla_type(pos)] = vdev_decode_string(pos);
			break;
		case VDEV_A_PROFILE_COST:
			got = profile->cost = vdev_decode_cost(&profile->arena, pos);
			break;
		case VDEV_A_PROFILE_RECORD:
			got = profile->record = vdev_record_decode(&profile->arena, pos);
			break;
		default:
			decode_number(profile, pos);
		}
		if (!got)
			return -ENOMEM;
	}
	return 0;
}

int vdev_profile_decode(struct vdev_profile *profile, const struct nlmsghdr *nlh)
{
	struct arena arena = profile->arena;

	vdev_arena_reset(&arena);
	*profile = (struct vdev_profile){ .arena = arena };
	return decode_message(profile, nlh);
}

struct vdev_profile *vdev_profile_copy(const struct nlmsghdr *nlh)
{
	struct vdev_profile *profile = calloc(1, sizeof(*profile));
	const struct nlmsghdr *copy;

	if (!profile)
		return NULL;
	copy = vdev_reply_copy(&profile->arena, nlh);
	if (copy && !decode_message(profile, copy))
		return profile;
	vdev_profile_free(profile);
	return NULL;
}

VDEV_API void vdev_profile_free(struct vdev_profile *profile)
{
	if (!profile)
		return;
	vdev_arena_free(&profile->arena);
	free(profile);
}

GETTER(const char *, profile, name)
GETTER(const char *, profile, bus)
GETTER(const char *, profile, driver)
GETTER(const char *, profile, type)
GETTER(uint32_t, profile, migration)
GETTER(const struct vdev_record *, profile, record)
GETTER(uint32_t, profile, capabilities)
GETTER(const struct vdev_cost *, profile, cost)
GETTER(uint32_t, profile, instance)
GETTER(uint64_t, profile, generation)
GETTER(uint64_t, profile, snapshot)
GETTER(uint32_t, profile, changed)
