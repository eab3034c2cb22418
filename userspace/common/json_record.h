/* SPDX-License-Identifier: LGPL-2.1 */
/* What an endpoint declares, as JSON. */
#ifndef VDEV_COMMON_JSON_RECORD_H
#define VDEV_COMMON_JSON_RECORD_H

#include "json.h"

json_t *build_bitmap(struct builder *builder, const char *set, const char *device_api,
		     const struct vdev_bitmap *bitmap);
json_t *build_ceiling(struct builder *builder, const struct vdev_ceiling *ceiling,
		      const char *device_api);
json_t *build_record(struct builder *builder, const struct vdev_record *record);
json_t *build_blocker(struct builder *builder, const struct vdev_blocker *blocker);

#endif /* VDEV_COMMON_JSON_RECORD_H */
