// SPDX-License-Identifier: GPL-2.0
/*
 * The rules that the name and the reported part of an endpoint must keep.
 * Pure functions, no locks.
 */
#include "facts.h"
#include "model/bounds.h"
#include "model/words.h"

static int info_check(struct vdev_reason *reason,
		      const struct vdev_facts *facts)
{
	const struct vdev_info *info;
	unsigned int i;
	int err;

	err = vdev_count_check(reason, "info", facts->info, facts->num_info,
			       VDEV_INFO_MAX);
	if (err)
		return err;

	for (i = 0; i < facts->num_info; i++) {
		info = &facts->info[i];
		err = vdev_name_check(reason, "info", info->name);
		if (err)
			return err;
		if (!info->value.type || info->value.type > VDEV_VALUE_TYPE_MAX)
			return vdev_reject(reason, -EINVAL,
					   "%s: value type %u is not known",
					   info->name, info->value.type);
		err = vdev_value_check(reason, info->name, &info->value,
				       info->value.type);
		if (err)
			return err;
	}
	return vdev_unique_check(reason, "info", facts->info, facts->num_info,
				 sizeof(*facts->info));
}

static int capacity_check(struct vdev_reason *reason,
			  const struct vdev_capacity *capacity)
{
	if (capacity->state > VDEV_CAPACITY_STATE_MAX)
		return vdev_reject(reason, -EINVAL,
				   "capacity: state %u is not known",
				   capacity->state);
	if (capacity->limit && capacity->available > capacity->limit)
		return vdev_reject(reason, -ERANGE,
				   "capacity: available is above the limit");
	return 0;
}

int vdev_cost_check(struct vdev_reason *reason, const struct vdev_cost *cost)
{
	return vdev_number_check(reason, "state-size", cost->state_size) ?:
	       vdev_number_check(reason, "precopy-size", cost->precopy_size) ?:
	       vdev_number_check(reason, "downtime", cost->downtime);
}

int vdev_facts_check(struct vdev_reason *reason,
		     const struct vdev_facts *facts)
{
	if (facts->migration > VDEV_MIGRATION_MAX)
		return vdev_reject(reason, -EINVAL,
				   "migration: %u is not known",
				   facts->migration);
	return vdev_optional_text_check(reason, "driver", facts->driver) ?:
	       vdev_optional_text_check(reason, "driver-version",
					facts->driver_version) ?:
	       vdev_optional_text_check(reason, "bound-driver",
					facts->bound_driver) ?:
	       vdev_flags_check(reason, "capabilities", facts->capabilities,
				VDEV_CAPABILITY_MASK) ?:
	       vdev_flags_check(reason, "operations", facts->operations,
				VDEV_OPERATION_MASK) ?:
	       vdev_blockers_check(reason, facts->blockers,
				   facts->num_blockers) ?:
	       capacity_check(reason, &facts->capacity) ?:
	       vdev_cost_check(reason, &facts->cost) ?:
	       info_check(reason, facts) ?:
	       vdev_record_check(reason, &facts->record);
}

/* @kind is enum vdev_endpoint_kind. */
int vdev_handle_check(struct vdev_reason *reason, u32 kind,
		      const struct vdev_handle *handle)
{
	int err;

	err = vdev_name_check(reason, "bus", handle->bus) ?:
	      vdev_name_check(reason, "name", handle->name);
	if (!err && (handle->parent_bus || kind == VDEV_ENDPOINT_KIND_TYPE))
		err = vdev_name_check(reason, "parent-bus",
				      handle->parent_bus);
	if (!err && (handle->parent || kind == VDEV_ENDPOINT_KIND_TYPE))
		err = vdev_name_check(reason, "parent", handle->parent);
	return err;
}
