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

/* One entry too many, which the bounds then refuse. */
#define VDEV_PARSED_FEATURES	(VDEV_FEATURES_MAX + 1)
#define VDEV_PARSED_PARAMS	(VDEV_PARAMS_MAX + 1)

/**
 * struct vdev_parsed - one side of a check
 * @partial: a value may be missing that somebody else tells
 * @side: what the evaluator takes
 * @record: what @side.record points to
 * @software_version: what @record.software_version points to
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
	struct vdev_side side;
	struct vdev_record record;
	struct vdev_software_version software_version;
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

/* parse.c */
struct vdev_parsed *vdev_parsed_new(size_t len);
struct vdev_parsed *vdev_parsed_for(size_t len, const struct nlattr *record);
struct vdev_parsed *vdev_parsed_for_blob(const struct vdev_blob *blob);
void vdev_parsed_empty(struct vdev_parsed *parsed);
void *vdev_take(struct vdev_parsed *parsed, size_t size, size_t align);
int vdev_parse_endpoint(struct vdev_parsed *parsed, u32 kind,
			const struct vdev_blob *blob);
int vdev_parse_declaration(struct vdev_parsed *parsed,
			   const struct nlattr *source,
			   struct nlattr **attrs,
			   struct netlink_ext_ack *extack);
int vdev_parse_size(const struct nlattr *record,
		    struct netlink_ext_ack *extack);
int vdev_parse_bounds(const struct vdev_parsed *parsed,
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
