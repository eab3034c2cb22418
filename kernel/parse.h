/* SPDX-License-Identifier: GPL-2.0 */
/*
 * One side of a check, read from attributes: those of a request, which are
 * hostile, or those that the core itself has made of an endpoint.
 */
#ifndef _VDEV_PARSE_H
#define _VDEV_PARSE_H

#include <net/netlink.h>

#include "check.h"

struct vdev_blob;

/**
 * struct vdev_parsed - one side of a check
 * @partial: a value may be missing that somebody else tells
 * @side: what the evaluator takes
 * @record: what @side.record points to
 * @software_version: what @record.software_version points to
 * @blockers: what @side.blockers points to
 * @features: what @record.features points to
 * @params: what @record.params points to
 * @next: the first byte of @room that is free
 * @end: the end of @room
 * @room: for bitmaps, and for lists inside the lists
 *
 * A list has room for one entry too many, which the bounds then refuse.
 * Strings stay in the attributes that were read, which must outlive it.
 */
struct vdev_parsed {
	bool partial;
	struct vdev_side side;
	struct vdev_record record;
	struct vdev_software_version software_version;
	struct vdev_blocker blockers[VDEV_BLOCKERS_MAX + 1];
	struct vdev_feature features[VDEV_FEATURES_MAX + 1];
	struct vdev_param params[VDEV_PARAMS_MAX + 1];
	u8 *next;
	const u8 *end;
	u8 room[] __aligned(8);
};

static inline u32 vdev_u32_or_0(const struct nlattr *attr)
{
	return attr ? nla_get_u32(attr) : 0;
}

/* Room for an entry of a list inside a list; NULL would be a bug. */
#define vdev_take_one(parsed, type)	\
	((type *)vdev_take(parsed, sizeof(type), __alignof__(type)))

/* parse.c */
struct vdev_parsed *vdev_parsed_new(size_t len);
void *vdev_take(struct vdev_parsed *parsed, size_t size, size_t align);
int vdev_parse_endpoint(struct vdev_parsed *parsed, u32 kind,
			const struct vdev_blob *blob);
int vdev_parse_declaration(struct vdev_parsed *parsed,
			   const struct nlattr *source,
			   struct nlattr **attrs,
			   struct netlink_ext_ack *extack);
int vdev_parse_bounds(const struct vdev_record *record,
		      const struct nlattr *nest,
		      struct netlink_ext_ack *extack);

/* parse_declared.c */
int vdev_parse_declared(struct vdev_parsed *parsed, const struct nlattr *record,
			struct netlink_ext_ack *extack);

/* parse_record.c */
int vdev_parse_record(struct vdev_parsed *parsed, const struct nlattr *nest,
		      struct netlink_ext_ack *extack);

/* parse_param.c */
int vdev_parse_param(struct vdev_parsed *parsed, const struct nlattr *nest,
		     struct netlink_ext_ack *extack);

#endif /* _VDEV_PARSE_H */
