/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What an operand of a check is read into, and values that may be missing.
 */
#ifndef _VDEV_PARSED_H
#define _VDEV_PARSED_H

#include <net/netlink.h>

#include "model/check.h"

/* One entry too many, which the check of the bounds rejects. */
#define VDEV_PARSED_FEATURES	(VDEV_FEATURES_MAX + 1)
#define VDEV_PARSED_PARAMS	(VDEV_PARAMS_MAX + 1)

/**
 * struct vdev_parsed - one operand of a check
 * @partial: a value may be missing that another source reports
 * @operand: what the evaluator takes
 * @record: what @operand.record points to
 * @software_version: what @record.software_version points to
 * @ceiling: what @record.ceiling points to, if there is one
 * @features: what @record.features points to; with room for @max_features
 * @params: what @record.params points to; with room for @max_params
 * @max_features: VDEV_PARSED_FEATURES, or as many as there are
 * @max_params: VDEV_PARSED_PARAMS, or as many as there are
 * @next: the first byte of @room that is free
 * @end: the end of @room
 * @room: for all lists and bitmaps, those two lists first
 *
 * Strings stay in the attributes that were read, which must outlive it.
 */
struct vdev_parsed {
	bool partial;
	struct vdev_operand operand;
	struct vdev_record record;
	struct vdev_software_version software_version;
	struct vdev_ceiling ceiling;
	struct vdev_feature *features;
	struct vdev_param *params;
	unsigned int max_features;
	unsigned int max_params;
	u8 *next;
	const u8 *end;
	u8 room[] __aligned(8);
};

static inline u32 vdev_u32_or_0(const struct nlattr *attr)
{
	return attr ? nla_get_u32(attr) : 0;
}

static inline const char *vdev_string_or_null(const struct nlattr *attr)
{
	return attr ? nla_data(attr) : NULL;
}

/* Room for an entry of a list; NULL would be a bug. */
#define vdev_take_one(parsed, type)	\
	((type *)vdev_take(parsed, sizeof(type), __alignof__(type)))

struct vdev_parsed *vdev_parsed_new(size_t len);
struct vdev_parsed *vdev_parsed_for(size_t len, const struct nlattr *record);
struct vdev_parsed *vdev_parsed_for_object(const void *data, int len);
size_t vdev_parsed_size(const struct vdev_parsed *parsed);
struct vdev_parsed *vdev_parsed_like(void *memory, const struct vdev_parsed *parsed);
void vdev_parsed_empty(struct vdev_parsed *parsed);
void *vdev_take(struct vdev_parsed *parsed, size_t size, size_t align);

#endif /* _VDEV_PARSED_H */
