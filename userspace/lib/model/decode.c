// SPDX-License-Identifier: LGPL-2.1
/*
 * What several decoders have in common. Messages were checked before: lengths and
 * terminators are right, and what is unknown is skipped.
 */
#include <endian.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <linux/vdev.h>

#include "decode.h"

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

/* In the message the bytes are little-endian, and need not be aligned. */
int vdev_decode_bitmap(struct arena *arena, const struct nlattr *attr, struct vdev_bitmap *bitmap)
{
	unsigned int num = (unsigned int)nla_len(attr) / sizeof(uint64_t);
	uint64_t *words = vdev_arena_alloc(arena, num, sizeof(*words));
	unsigned int i;

	if (!words)
		return -ENOMEM;
	memcpy(words, nla_data(attr), num * sizeof(*words));
	for (i = 0; i < num; i++)
		words[i] = le64toh(words[i]);
	bitmap->words = words;
	bitmap->num_words = num;
	return 0;
}

void vdev_decode_value(const struct nlattr *nest, struct vdev_value *value)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_VALUE_U64:
			value->type = VDEV_VALUE_TYPE_U64;
			value->u64 = vdev_decode_uint(pos);
			break;
		case VDEV_A_VALUE_STRING:
			value->type = VDEV_VALUE_TYPE_STRING;
			value->string = vdev_decode_string(pos);
			break;
		case VDEV_A_VALUE_BOOL:
			value->type = VDEV_VALUE_TYPE_BOOL;
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
