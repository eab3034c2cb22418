// SPDX-License-Identifier: GPL-2.0
/*
 * The rules that the name and the reported part of an endpoint must keep.
 * Pure functions, no locks.
 */
#include "bounds.h"
#include "core.h"

static int info_check(struct vdev_refusal *refusal,
		      const struct vdev_facts *facts)
{
	const struct vdev_info *info;
	unsigned int i;
	int err;

	err = vdev_count_check(refusal, "info", facts->info, facts->num_info,
			       VDEV_INFO_MAX);
	if (err)
		return err;

	for (i = 0; i < facts->num_info; i++) {
		info = &facts->info[i];
		err = vdev_name_check(refusal, "info", info->name);
		if (err)
			return err;
		if (!info->value.kind || info->value.kind > VDEV_VALUE_TYPE_BOOL)
			return vdev_refuse(refusal, -EINVAL,
					   "%s: value type %u is not known",
					   info->name, info->value.kind);
		err = vdev_value_check(refusal, info->name, &info->value,
				       info->value.kind);
		if (err)
			return err;
	}
	return vdev_unique_check(refusal, "info", facts->info, facts->num_info,
				 sizeof(*facts->info));
}

static int capacity_check(struct vdev_refusal *refusal,
			  const struct vdev_capacity *capacity)
{
	if (capacity->state > VDEV_CAPACITY_STATE_IMPOSSIBLE)
		return vdev_refuse(refusal, -EINVAL,
				   "capacity: state %u is not known",
				   capacity->state);
	if (capacity->limit && capacity->available > capacity->limit)
		return vdev_refuse(refusal, -ERANGE,
				   "capacity: available is above the limit");
	return 0;
}

int vdev_cost_check(struct vdev_refusal *refusal, const struct vdev_cost *cost)
{
	return vdev_number_check(refusal, "state-size", cost->state_size) ?:
	       vdev_number_check(refusal, "precopy-size", cost->precopy_size) ?:
	       vdev_number_check(refusal, "downtime", cost->downtime);
}

int vdev_facts_check(struct vdev_refusal *refusal,
		     const struct vdev_facts *facts)
{
	if (facts->migration > VDEV_MIGRATION_SUPPORTED)
		return vdev_refuse(refusal, -EINVAL,
				   "migration: %u is not known",
				   facts->migration);
	return vdev_optional_text_check(refusal, "driver", facts->driver) ?:
	       vdev_optional_text_check(refusal, "driver-version",
					facts->driver_version) ?:
	       vdev_optional_text_check(refusal, "bound-driver",
					facts->bound_driver) ?:
	       vdev_flags_check(refusal, "capabilities", facts->capabilities,
				VDEV_CAPABILITIES) ?:
	       vdev_blockers_check(refusal, facts->blockers,
				   facts->num_blockers) ?:
	       capacity_check(refusal, &facts->capacity) ?:
	       vdev_cost_check(refusal, &facts->cost) ?:
	       info_check(refusal, facts) ?:
	       vdev_record_check(refusal, &facts->record);
}

int vdev_handle_check(struct vdev_refusal *refusal, xa_mark_t mark,
		      const struct vdev_handle *handle)
{
	int err;

	err = vdev_name_check(refusal, "bus", handle->bus) ?:
	      vdev_name_check(refusal, "name", handle->name);
	if (!err && (handle->parent_bus || mark == VDEV_IS_TYPE))
		err = vdev_name_check(refusal, "parent-bus",
				      handle->parent_bus);
	if (!err && (handle->parent || mark == VDEV_IS_TYPE))
		err = vdev_name_check(refusal, "parent", handle->parent);
	return err;
}
