// SPDX-License-Identifier: LGPL-2.1
/*
 * From a message to an object. The message was checked before: lengths and
 * terminators are right, and what is unknown is skipped.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <linux/genetlink.h>
#include <netlink/genl/genl.h>
#include <netlink/msg.h>

#include "object.h"

const struct nlattr *vdev_reply_head(const struct nlmsghdr *nlh)
{
	return nlmsg_attrdata(nlh, GENL_HDRLEN);
}

int vdev_reply_len(const struct nlmsghdr *nlh)
{
	return nlmsg_attrlen(nlh, GENL_HDRLEN);
}

const char *vdev_decode_string(const struct nlattr *attr)
{
	return nla_data(attr);
}

uint32_t vdev_decode_u32(const struct nlattr *attr)
{
	return nla_get_u32(attr);
}

uint64_t vdev_decode_uint(const struct nlattr *attr)
{
	return nla_len(attr) == sizeof(uint32_t) ? nla_get_u32(attr) : nla_get_u64(attr);
}

int vdev_decode_list(struct arena *arena, const struct nlattr *head, int len, int type,
		     size_t size, void **list, unsigned int *num)
{
	const struct nlattr *pos;
	unsigned int count = 0;
	int rem;

	nla_for_each_attr(pos, head, len, rem)
		count += nla_type(pos) == type;
	*num = 0;
	*list = NULL;
	if (!count)
		return 0;
	*list = vdev_arena_alloc(arena, count, size);
	return *list ? 0 : -ENOMEM;
}

void vdev_decode_value(const struct nlattr *nest, struct vdev_value *value)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_VALUE_U64:
			value->kind = VDEV_VALUE_TYPE_U64;
			value->u64 = vdev_decode_uint(pos);
			break;
		case VDEV_A_VALUE_STRING:
			value->kind = VDEV_VALUE_TYPE_STRING;
			value->string = vdev_decode_string(pos);
			break;
		case VDEV_A_VALUE_BOOL:
			value->kind = VDEV_VALUE_TYPE_BOOL;
			value->boolean = vdev_decode_u32(pos) != 0;
			break;
		}
	}
}

void vdev_decode_blocker(const struct nlattr *nest, struct vdev_blocker *blocker)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_BLOCKER_NAME:
			blocker->name = vdev_decode_string(pos);
			break;
		case VDEV_A_BLOCKER_REASON:
			blocker->reason = vdev_decode_string(pos);
			break;
		case VDEV_A_BLOCKER_FLAGS:
			blocker->flags = vdev_decode_u32(pos);
			break;
		}
	}
}

const struct vdev_capacity *vdev_decode_capacity(struct arena *arena, const struct nlattr *nest)
{
	struct vdev_capacity *capacity = vdev_arena_alloc(arena, 1, sizeof(*capacity));
	const struct nlattr *pos;
	int rem;

	if (!capacity)
		return NULL;
	capacity->available = VDEV_UNKNOWN32;
	capacity->limit = VDEV_UNKNOWN32;
	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_CAPACITY_STATE:
			capacity->state = vdev_decode_u32(pos);
			break;
		case VDEV_A_CAPACITY_AVAILABLE:
			capacity->available = vdev_decode_u32(pos);
			break;
		case VDEV_A_CAPACITY_LIMIT:
			capacity->limit = vdev_decode_u32(pos);
			break;
		}
	}
	return capacity;
}

const struct vdev_cost *vdev_decode_cost(struct arena *arena, const struct nlattr *nest)
{
	struct vdev_cost *cost = vdev_arena_alloc(arena, 1, sizeof(*cost));
	const struct nlattr *pos;
	int rem;

	if (!cost)
		return NULL;
	cost->state_size = VDEV_UNKNOWN64;
	cost->precopy_size = VDEV_UNKNOWN64;
	cost->downtime = VDEV_UNKNOWN64;
	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_COST_STATE_SIZE:
			cost->state_size = vdev_decode_uint(pos);
			break;
		case VDEV_A_COST_PRECOPY_SIZE:
			cost->precopy_size = vdev_decode_uint(pos);
			break;
		case VDEV_A_COST_DOWNTIME:
			cost->downtime = vdev_decode_uint(pos);
			break;
		}
	}
	return cost;
}

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
			info->kind = vdev_decode_u32(pos);
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

const char *vdev_decode_handle(struct arena *arena, const char *first, const char *parent,
			       const char *name)
{
	size_t size = strlen(first) + (parent ? strlen(parent) : 0) + strlen(name) + 3;
	char *handle = vdev_arena_alloc(arena, size, 1);

	if (handle)
		snprintf(handle, size, "%s/%s%s%s", first, parent ? parent : "",
			 parent ? "/" : "", name);
	return handle;
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
	struct nlmsghdr *copy = vdev_arena_alloc(&object->arena, nlh->nlmsg_len, 1);

	if (!copy)
		return -ENOMEM;
	memcpy(copy, nlh, nlh->nlmsg_len);
	return decode_message(object, copy);
}

int vdev_reply_needs(const struct nlmsghdr *nlh, const unsigned int *types,
		     char path[ATTR_PATH_SIZE])
{
	for (; *types; types++) {
		if (nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), (int)*types))
			continue;
		snprintf(path, ATTR_PATH_SIZE, "%s", vdev_attr_def(&vdev_attr_set, *types)->name);
		return -EBADMSG;
	}
	return 0;
}

/* Without these an object has no handle. */
static const unsigned int dev_needs[] = { VDEV_A_ID, VDEV_A_NAME, VDEV_A_BUS, 0 };
static const unsigned int type_needs[] = {
	VDEV_A_ID, VDEV_A_NAME, VDEV_A_PARENT_BUS, VDEV_A_PARENT, 0,
};

int vdev_object_check(const struct nlmsghdr *nlh, char path[ATTR_PATH_SIZE])
{
	const struct genlmsghdr *genl = nlmsg_data(nlh);

	path[0] = '\0';
	if (!genlmsg_valid_hdr((struct nlmsghdr *)nlh, 0) ||
	    (genl->cmd != VDEV_CMD_DEV_GET && genl->cmd != VDEV_CMD_TYPE_GET))
		return -EBADMSG;
	if (vdev_attrs_check(&vdev_attr_set, vdev_reply_head(nlh), vdev_reply_len(nlh), path))
		return -EBADMSG;
	return vdev_reply_needs(nlh, genl->cmd == VDEV_CMD_TYPE_GET ? type_needs : dev_needs, path);
}

uint32_t vdev_reply_peek_id(const struct nlmsghdr *nlh)
{
	return vdev_decode_u32(nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), VDEV_A_ID));
}

static uint64_t peek_uint(const struct nlmsghdr *nlh, int type)
{
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh), type);

	return attr ? vdev_decode_uint(attr) : 0;
}

uint32_t vdev_reply_peek_instance(const struct nlmsghdr *nlh)
{
	const struct nlattr *attr = nla_find(vdev_reply_head(nlh), vdev_reply_len(nlh),
					     VDEV_A_INSTANCE);

	return attr ? vdev_decode_u32(attr) : 0;
}

uint64_t vdev_reply_peek_snapshot(const struct nlmsghdr *nlh)
{
	return peek_uint(nlh, VDEV_A_SNAPSHOT);
}

uint64_t vdev_reply_peek_generation(const struct nlmsghdr *nlh)
{
	return peek_uint(nlh, VDEV_A_GENERATION);
}
