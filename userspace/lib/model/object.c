// SPDX-License-Identifier: LGPL-2.1
/*
 * From a message to an object, its life and the functions that read it. The message is
 * checked before it is decoded: what is unknown is skipped.
 */
#include <errno.h>
#include <stdlib.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "decode.h"
#include "getter.h"
#include "object.h"
#include "record.h"
#include "reply.h"

static void decode_info(const struct nlattr *nest, struct vdev_info *info)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_PARAM_NAME:
			info->name = vdev_decode_string(pos);
			break;
		case VDEV_A_PARAM_VALUE_TYPE:
			info->type = vdev_decode_u32(pos);
			break;
		case VDEV_A_PARAM_VALUE:
			vdev_decode_value(pos, &info->value);
			break;
		}
	}
}

/* The plain numbers and strings of an object. */
static void decode_scalar(struct vdev_object *object, const struct nlattr *attr)
{
	const char **strings[] = {
		[VDEV_A_BUS] = &object->bus,
		[VDEV_A_NAME] = &object->name,
		[VDEV_A_PARENT_BUS] = &object->parent_bus,
		[VDEV_A_PARENT] = &object->parent,
		[VDEV_A_PROVIDER] = &object->provider,
		[VDEV_A_DRIVER] = &object->driver,
		[VDEV_A_DRIVER_VERSION] = &object->driver_version,
		[VDEV_A_BOUND_DRIVER] = &object->bound_driver,
		[VDEV_A_PROFILE] = &object->profile,
		[VDEV_A_CONFLICT] = &object->conflict,
	};

	switch (nla_type(attr)) {
	case VDEV_A_ID:
		object->id = vdev_decode_u32(attr);
		break;
	case VDEV_A_INSTANCE:
		object->instance = vdev_decode_u32(attr);
		break;
	case VDEV_A_GENERATION:
		object->generation = vdev_decode_uint(attr);
		break;
	case VDEV_A_SNAPSHOT:
		object->snapshot = vdev_decode_uint(attr);
		break;
	case VDEV_A_MIGRATION:
		object->migration = vdev_decode_u32(attr);
		break;
	case VDEV_A_CAPABILITIES:
		object->capabilities = vdev_decode_u32(attr);
		break;
	case VDEV_A_OPERATIONS:
		object->operations = vdev_decode_u32(attr);
		break;
	case VDEV_A_AGE:
		object->age = vdev_decode_u32(attr);
		break;
	case VDEV_A_STALE:
		object->stale = true;
		break;
	case VDEV_A_BUS ... VDEV_A_BOUND_DRIVER:
	case VDEV_A_PROFILE ... VDEV_A_CONFLICT:
		*strings[nla_type(attr)] = vdev_decode_string(attr);
		break;
	}
}

static int decode_nests(struct vdev_object *object, const struct nlattr *head, int len)
{
	struct arena *arena = &object->arena;
	const struct nlattr *pos;
	const void *got = object;
	struct vdev_blocker *blockers;
	struct vdev_info *info;
	int rem;

	if (vdev_decode_list(arena, head, len, VDEV_A_BLOCKER, sizeof(*blockers),
			     (void **)&blockers, &object->num_blockers) ||
	    vdev_decode_list(arena, head, len, VDEV_A_INFO, sizeof(*info),
			     (void **)&info, &object->num_info))
		return -ENOMEM;
	object->blockers = blockers;
	object->info = info;
	nla_for_each_attr(pos, head, len, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_BLOCKER:
			vdev_decode_blocker(pos, &blockers[object->num_blockers++]);
			break;
		case VDEV_A_INFO:
			decode_info(pos, &info[object->num_info++]);
			break;
		case VDEV_A_CAPACITY:
			got = object->capacity = vdev_decode_capacity(arena, pos);
			break;
		case VDEV_A_COST:
			got = object->cost = vdev_decode_cost(arena, pos);
			break;
		case VDEV_A_RECORD:
			got = object->record = vdev_record_decode(arena, pos);
			break;
		default:
			decode_scalar(object, pos);
		}
		if (!got)
			return -ENOMEM;
	}
	return 0;
}

static int make_handle(struct vdev_object *object)
{
	bool type = object->kind == VDEV_OBJECT_TYPE;

	object->handle = vdev_decode_handle(&object->arena,
					    type ? object->parent_bus : object->bus,
					    type ? object->parent : NULL, object->name);
	return object->handle ? 0 : -ENOMEM;
}

static int decode_message(struct vdev_object *object, const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);
	int err;

	object->msg = nlh;
	object->age = VDEV_UNKNOWN32;
	object->kind = genl->cmd == VDEV_CMD_TYPE_GET ? VDEV_OBJECT_TYPE : VDEV_OBJECT_DEV;
	err = decode_nests(object, vdev_reply_head(nlh), vdev_reply_len(nlh));
	return err ? err : make_handle(object);
}

int vdev_object_decode(struct vdev_object *object, const struct nlmsghdr *nlh)
{
	struct arena arena = object->arena;

	vdev_arena_reset(&arena);
	*object = (struct vdev_object){ .arena = arena };
	return decode_message(object, nlh);
}

int vdev_object_decode_copy(struct vdev_object *object, const struct nlmsghdr *nlh)
{
	const struct nlmsghdr *copy = vdev_reply_copy(&object->arena, nlh);

	return copy ? decode_message(object, copy) : -ENOMEM;
}

/* Without these an object has no handle. */
static const unsigned int dev_needs[] = { VDEV_A_ID, VDEV_A_NAME, VDEV_A_BUS, 0 };
static const unsigned int type_needs[] = {
	VDEV_A_ID, VDEV_A_NAME, VDEV_A_PARENT_BUS, VDEV_A_PARENT, 0,
};

static int check_message(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);

	if (vdev_attrs_check(&vdev_attr_set, vdev_reply_head(nlh), vdev_reply_len(nlh), path))
		return -EBADMSG;
	return vdev_reply_needs(nlh, genl->cmd == VDEV_CMD_TYPE_GET ? type_needs : dev_needs, path);
}

/* The command of a reply; 0 if there is none. */
static unsigned int command_of(const struct nlmsghdr *nlh)
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);

	return genlmsg_valid_hdr((struct nlmsghdr *)nlh, 0) ? genl->cmd : 0;
}

int vdev_object_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	unsigned int cmd = command_of(nlh);

	path[0] = '\0';
	if (cmd != VDEV_CMD_DEV_GET && cmd != VDEV_CMD_TYPE_GET)
		return -EBADMSG;
	return check_message(nlh, path);
}

int vdev_object_check_change(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	unsigned int cmd = command_of(nlh);

	path[0] = '\0';
	if (cmd != VDEV_CMD_DEV_NEW && cmd != VDEV_CMD_DEV_SET && cmd != VDEV_CMD_DEV_DEL)
		return -EBADMSG;
	return check_message(nlh, path);
}

VDEV_API struct vdev_object *vdev_object_dup(const struct vdev_object *object)
{
	struct vdev_object *copy = calloc(1, sizeof(*copy));

	if (copy && vdev_object_decode_copy(copy, object->msg)) {
		vdev_object_free(copy);
		return NULL;
	}
	return copy;
}

VDEV_API void vdev_object_free(struct vdev_object *object)
{
	if (!object)
		return;
	vdev_arena_free(&object->arena);
	free(object);
}

VDEV_API bool vdev_object_migratable(const struct vdev_object *object)
{
	return object->migration == VDEV_MIGRATION_SUPPORTED && !object->num_blockers;
}

GETTER(enum vdev_object_kind, object, kind)
GETTER(const char *, object, handle)
GETTER(uint32_t, object, id)
GETTER(uint32_t, object, instance)
GETTER(uint64_t, object, generation)
GETTER(uint64_t, object, snapshot)
GETTER(const char *, object, bus)
GETTER(const char *, object, name)
GETTER(const char *, object, parent_bus)
GETTER(const char *, object, parent)
GETTER(const char *, object, provider)
GETTER(const char *, object, driver)
GETTER(const char *, object, driver_version)
GETTER(const char *, object, bound_driver)
GETTER(const char *, object, profile)
GETTER(const char *, object, conflict)
GETTER(uint32_t, object, migration)
GETTER(uint32_t, object, capabilities)
GETTER(uint32_t, object, operations)
GETTER(uint32_t, object, age)
GETTER(bool, object, stale)
GETTER(unsigned int, object, num_blockers)
LIST_GETTER(blocker, object, blockers, num_blockers)
GETTER(const struct vdev_capacity *, object, capacity)
GETTER(const struct vdev_cost *, object, cost)
GETTER(unsigned int, object, num_info)
LIST_GETTER(info, object, info, num_info)
GETTER(const struct vdev_record *, object, record)
