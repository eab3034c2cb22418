/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The source of check and of find.
 */
#ifndef _VDEV_NL_SOURCE_H
#define _VDEV_NL_SOURCE_H

#include "codec/parse.h"
#include "core/core.h"
#include "key.h"
#include "unknown.h"

/**
 * struct vdev_source - an endpoint whose state is to be loaded somewhere
 * @attrs: what the request says of it
 * @naming: how the request names it, if it is of this host
 * @nest: the attribute that it is in
 * @local: it is of this host
 * @key: which one it is, if it is of this host
 * @kind: enum vdev_endpoint_kind, if it is of this host and was read
 * @blob: a copy of what was known of it when it was read, if it is of this host
 * @unknown: what is not known of it, if it came with the request; or NULL
 * @parsed: what is known of it; its strings are in the request or in @blob
 */
struct vdev_source {
	struct nlattr *attrs[VDEV_A_SOURCE_MAX + 1];
	struct vdev_naming naming;
	const struct nlattr *nest;
	bool local;
	struct vdev_key key;
	u32 kind;
	struct vdev_blob *blob;
	struct vdev_unknown *unknown;
	struct vdev_parsed *parsed;
};

int vdev_source_parse(struct vdev_source *source, const struct nlattr *nest,
		      struct netlink_ext_ack *extack);
int vdev_source_read(struct vdev_source *source, u64 *snapshot);
void vdev_source_pause(struct vdev_source *source);
int vdev_source_resume(struct vdev_source *source);
void vdev_source_clear(struct vdev_source *source);

#endif /* _VDEV_NL_SOURCE_H */
