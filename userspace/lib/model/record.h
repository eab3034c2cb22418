/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * What a record is inside the library: field for field what it is in the
 * kernel, because the files that judge it are the same (see pure.h). A field
 * that is absent is all zeros.
 */
#ifndef VDEV_LIB_RECORD_H
#define VDEV_LIB_RECORD_H

#include <vdev/record.h>

struct arena;
struct nlattr;

struct vdev_record {
	struct vdev_ident device_api;
	struct vdev_ident model;
	struct vdev_ident type;
	const struct vdev_software_version *software_version;
	const struct vdev_version *versions;
	unsigned int num_versions;
	uint32_t versions_rule;
	const struct vdev_feature *features;
	unsigned int num_features;
	const struct vdev_param *params;
	unsigned int num_params;
	struct vdev_aggregation aggregation;
	const struct vdev_ceiling *ceiling;
};

/* Decode the nest of a record; NULL if there is no memory. */
struct vdev_record *vdev_record_decode(struct arena *arena, const struct nlattr *nest);

/* Decode the nest of a ceiling; NULL if there is no memory. */
struct vdev_ceiling *vdev_ceiling_decode(struct arena *arena, const struct nlattr *nest);

#endif /* VDEV_LIB_RECORD_H */
