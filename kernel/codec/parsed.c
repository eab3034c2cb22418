// SPDX-License-Identifier: GPL-2.0
/*
 * The memory that an operand of a check is read into: allocated once, as large as
 * its attributes can make it. No locks.
 */
#include <linux/align.h>
#include <linux/mm.h>
#include <linux/slab.h>
#include <net/netlink.h>

#include "parsed.h"

static void parsed_init(struct vdev_parsed *parsed, size_t room,
			unsigned int max_features, unsigned int max_params)
{
	parsed->partial = false;
	parsed->features = (struct vdev_feature *)parsed->room;
	parsed->params = (struct vdev_param *)(parsed->features + max_features);
	parsed->max_features = max_features;
	parsed->max_params = max_params;
	parsed->end = parsed->room + room;
	vdev_parsed_empty(parsed);
}

/*
 * No entry of any other list is more than twice as large as the attribute that
 * it is read from, if that has all that is required; and no bitmap is larger.
 */
static struct vdev_parsed *parsed_alloc(size_t len, unsigned int max_features,
					unsigned int max_params)
{
	size_t room = 2 * ALIGN(len, 8) +
		      max_features * sizeof(struct vdev_feature) +
		      max_params * sizeof(struct vdev_param);
	struct vdev_parsed *parsed;

	parsed = kvmalloc(struct_size(parsed, room, room), GFP_KERNEL_ACCOUNT);
	if (parsed)
		parsed_init(parsed, room, max_features, max_params);
	return parsed;
}

/**
 * vdev_parsed_new() - allocate what any operand of a check can be read into
 * @len: length of the attributes, in bytes
 *
 * Context: Process context. May sleep.
 * Return: the room, to be freed with kvfree(); or NULL.
 */
struct vdev_parsed *vdev_parsed_new(size_t len)
{
	return parsed_alloc(len, VDEV_PARSED_FEATURES, VDEV_PARSED_PARAMS);
}

/**
 * vdev_parsed_for() - allocate what a certain operand of a check is read into
 * @len: length of the attributes, in bytes
 * @record: the record in them; may be NULL
 *
 * What is allocated is zeroed by many kernels: so no more than is needed.
 *
 * Context: Process context. May sleep.
 * Return: the room, to be freed with kvfree(); or NULL.
 */
struct vdev_parsed *vdev_parsed_for(size_t len, const struct nlattr *record)
{
	unsigned int num_features = 0, num_params = 0;
	const struct nlattr *attr;
	int rest;

	if (!record)
		return parsed_alloc(len, 0, 0);
	nla_for_each_nested(attr, record, rest) {
		num_features += nla_type(attr) == VDEV_A_RECORD_FEATURE;
		num_params += nla_type(attr) == VDEV_A_RECORD_PARAM;
	}
	return parsed_alloc(len, min_t(unsigned int, num_features, VDEV_PARSED_FEATURES),
			    min_t(unsigned int, num_params, VDEV_PARSED_PARAMS));
}

/**
 * vdev_parsed_for_object() - allocate what the core has made of an endpoint is read into
 * @data: the attributes
 * @len: length of @data in bytes
 *
 * Context: Process context. May sleep.
 * Return: the room, to be freed with kvfree(); or NULL.
 */
struct vdev_parsed *vdev_parsed_for_object(const void *data, int len)
{
	return vdev_parsed_for(len, nla_find(data, len, VDEV_A_RECORD));
}

/**
 * vdev_parsed_size() - how much memory what was read takes
 * @parsed: where it is
 *
 * Return: the size in bytes, for vdev_parsed_like().
 */
size_t vdev_parsed_size(const struct vdev_parsed *parsed)
{
	return parsed->next - (const u8 *)parsed;
}

/**
 * vdev_parsed_like() - prepare memory to read the same once more
 * @memory: as much as vdev_parsed_size() says, aligned to 8
 * @parsed: what was read
 *
 * Return: the room, with nothing in it.
 */
struct vdev_parsed *vdev_parsed_like(void *memory, const struct vdev_parsed *parsed)
{
	struct vdev_parsed *like = memory;

	parsed_init(like, parsed->next - parsed->room, parsed->max_features,
		    parsed->max_params);
	return like;
}

/**
 * vdev_parsed_empty() - let all of the room be free again
 * @parsed: where it is
 */
void vdev_parsed_empty(struct vdev_parsed *parsed)
{
	parsed->next = (u8 *)(parsed->params + parsed->max_params);
}

/**
 * vdev_take() - take room for an entry of a list, or for a bitmap
 * @parsed: where it is
 * @size: how much, in bytes
 * @align: its alignment
 *
 * An entry takes room when all that it requires is known to be there.
 *
 * Return: the room; NULL, which would be a bug, if there is no more.
 */
void *vdev_take(struct vdev_parsed *parsed, size_t size, size_t align)
{
	u8 *taken = PTR_ALIGN(parsed->next, align);

	if (WARN_ON_ONCE(taken > parsed->end || size > parsed->end - taken))
		return NULL;
	parsed->next = taken + size;
	return taken;
}
