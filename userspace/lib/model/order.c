// SPDX-License-Identifier: LGPL-2.1
/* Orders: read, validated by what an endpoint is, and written. */
#include <errno.h>
#include <stdlib.h>

#include "kernel/model/order.h"
#include "draft.h"
#include "encode.h"
#include "error.h"
#include "object.h"
#include "order.h"

int vdev_order_read(struct vdev_order *known, const struct vdev_order *order, size_t size)
{
	static const struct vdev_order none;

	return order ? vdev_draft_read(known, sizeof(*known), order, size) :
		       vdev_draft_read(known, sizeof(*known), &none, sizeof(none));
}

bool vdev_order_is_bare(const struct vdev_order *known)
{
	return !known->name && !known->version && !known->num_features && !known->num_params &&
	       !known->count && !known->partial;
}

static void put_feature(struct writer *writer, const struct vdev_feature *feature)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_ORDER_FEATURE);

	vdev_encode_string(writer, VDEV_A_FEATURE_NAME, feature->name);
	vdev_encode_bitmap(writer, VDEV_A_FEATURE_PROVISIONED, &feature->provisioned);
	vdev_writer_end(writer, nest);
}

static void put_param(struct writer *writer, const struct vdev_param *param)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_ORDER_PARAM);

	vdev_encode_string(writer, VDEV_A_PARAM_NAME, param->name);
	vdev_encode_value(writer, VDEV_A_PARAM_VALUE, &param->value);
	vdev_writer_end(writer, nest);
}

static void put_choices(struct writer *writer, const struct vdev_order *known)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_ORDER);
	unsigned int i;

	vdev_encode_string(writer, VDEV_A_ORDER_VERSION, known->version);
	for (i = 0; i < known->num_features; i++)
		put_feature(writer, &known->features[i]);
	for (i = 0; i < known->num_params; i++)
		put_param(writer, &known->params[i]);
	if (known->count)
		vdev_writer_u32(writer, VDEV_A_ORDER_COUNT, known->count);
	vdev_writer_end(writer, nest);
}

void vdev_order_put(struct writer *writer, const struct vdev_order *known)
{
	vdev_encode_string(writer, VDEV_A_NAME, known->name);
	if (known->version || known->num_features || known->num_params || known->count)
		put_choices(writer, known);
	if (known->partial)
		vdev_writer_put(writer, VDEV_A_PARTIAL, NULL, 0);
	if (known->dry_run)
		vdev_writer_put(writer, VDEV_A_DRY_RUN, NULL, 0);
	if (known->expect) {
		vdev_writer_uint(writer, VDEV_A_EXPECT, known->expect);
		vdev_writer_u32(writer, VDEV_A_INSTANCE, known->instance);
	}
}

static int check_endpoint(const struct vdev_object *object, struct vdev_error *error)
{
	bool type = object->kind == VDEV_OBJECT_TYPE;

	if (!(object->operations & (type ? VDEV_OPERATION_CREATE : VDEV_OPERATION_CONFIGURE)))
		return vdev_error_say(error, -EOPNOTSUPP, "the provider offers no such operation");
	if (type && object->capacity &&
	    object->capacity->state != VDEV_CAPACITY_STATE_SUFFICIENT)
		return vdev_error_say(error, -ENOSPC, "the type has no capacity");
	return 0;
}

static int check_choices(const struct vdev_object *object, const struct vdev_order *known,
			 struct vdev_made *made, struct vdev_error *error)
{
	const struct vdev_choices choices = {
		.version = known->version,
		.features = known->features,
		.num_features = known->num_features,
		.params = known->params,
		.num_params = known->num_params,
		.count = known->count,
		.partial = known->partial,
	};
	static const struct vdev_record nothing;
	struct vdev_reason reason = { .why = "" };
	int err;

	err = vdev_order_make(&reason, made, object->kind,
			      object->record ? object->record : &nothing, &choices);
	return err ? vdev_error_say(error, err, "%s", reason.why) : 0;
}

VDEV_API int vdev_order_check(const struct vdev_object *object, const struct vdev_order *order,
			      size_t size, struct vdev_error *error)
{
	struct vdev_reason reason = { .why = "" };
	struct vdev_order known;
	struct vdev_made *made;
	int err;

	if (vdev_order_read(&known, order, size))
		return vdev_error_say(error, -EINVAL, "the order is newer than this library");
	err = check_endpoint(object, error);
	if (err)
		return err;
	if (known.name && vdev_name_check(&reason, "name", known.name))
		return vdev_error_say(error, -EINVAL, "%s", reason.why);
	made = calloc(1, sizeof(*made));
	if (!made)
		return vdev_error_say(error, -ENOMEM, "out of memory");
	err = check_choices(object, &known, made, error);
	free(made);
	return err;
}
