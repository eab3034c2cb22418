// SPDX-License-Identifier: LGPL-2.1
/* A ceiling: from its nest to structs, and back. */
#include <errno.h>

#include "decode.h"
#include "encode.h"
#include "record.h"

static int decode_feature(struct arena *arena, const struct nlattr *nest,
			  struct vdev_ceiling_feature *feature)
{
	const struct nlattr *pos;
	int err = 0;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_CEILING_FEATURE_NAME:
			feature->name = vdev_decode_string(pos);
			break;
		case VDEV_A_CEILING_FEATURE_MASK:
			err = vdev_decode_bitmap(arena, pos, &feature->mask);
			break;
		}
		if (err)
			return err;
	}
	return 0;
}

static void decode_param(const struct nlattr *nest, struct vdev_ceiling_param *param)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_CEILING_PARAM_NAME:
			param->name = vdev_decode_string(pos);
			break;
		case VDEV_A_CEILING_PARAM_LOW:
			param->low = vdev_decode_uint(pos);
			break;
		case VDEV_A_CEILING_PARAM_HIGH:
			param->high = vdev_decode_uint(pos);
			break;
		}
	}
}

struct vdev_ceiling *vdev_ceiling_decode(struct arena *arena, const struct nlattr *nest)
{
	struct vdev_ceiling *ceiling = vdev_arena_alloc(arena, 1, sizeof(*ceiling));
	struct vdev_ceiling_feature *features;
	struct vdev_ceiling_param *params;
	const struct nlattr *pos;
	int rem;

	if (!ceiling ||
	    vdev_decode_list(arena, nla_data(nest), nla_len(nest), VDEV_A_CEILING_FEATURE,
			     sizeof(*features), (void **)&features, &ceiling->num_features) ||
	    vdev_decode_list(arena, nla_data(nest), nla_len(nest), VDEV_A_CEILING_PARAM,
			     sizeof(*params), (void **)&params, &ceiling->num_params))
		return NULL;
	nla_for_each_nested(pos, nest, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_CEILING_MAX_VERSION:
			ceiling->max_version = vdev_decode_string(pos);
			break;
		case VDEV_A_CEILING_FEATURE:
			if (decode_feature(arena, pos, &features[ceiling->num_features++]))
				return NULL;
			break;
		case VDEV_A_CEILING_PARAM:
			decode_param(pos, &params[ceiling->num_params++]);
			break;
		}
	}
	ceiling->features = features;
	ceiling->params = params;
	return ceiling;
}

static void put_feature(struct writer *writer, const struct vdev_ceiling_feature *feature)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_CEILING_FEATURE);

	vdev_writer_string(writer, VDEV_A_CEILING_FEATURE_NAME, feature->name);
	vdev_encode_bitmap(writer, VDEV_A_CEILING_FEATURE_MASK, &feature->mask);
	vdev_writer_end(writer, nest);
}

static void put_param(struct writer *writer, const struct vdev_ceiling_param *param)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_CEILING_PARAM);

	vdev_writer_string(writer, VDEV_A_CEILING_PARAM_NAME, param->name);
	vdev_writer_uint(writer, VDEV_A_CEILING_PARAM_LOW, param->low);
	vdev_writer_uint(writer, VDEV_A_CEILING_PARAM_HIGH, param->high);
	vdev_writer_end(writer, nest);
}

void vdev_encode_ceiling(struct writer *writer, unsigned int type,
			 const struct vdev_ceiling *ceiling)
{
	size_t nest = vdev_writer_begin(writer, type);
	unsigned int i;

	if (ceiling->max_version)
		vdev_writer_string(writer, VDEV_A_CEILING_MAX_VERSION, ceiling->max_version);
	for (i = 0; i < ceiling->num_features; i++)
		put_feature(writer, &ceiling->features[i]);
	for (i = 0; i < ceiling->num_params; i++)
		put_param(writer, &ceiling->params[i]);
	vdev_writer_end(writer, nest);
}
