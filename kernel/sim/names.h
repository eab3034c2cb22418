/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The words for the numbers and flags of facts, as a field takes them.
 */
#ifndef _VDEV_SIM_NAMES_H
#define _VDEV_SIM_NAMES_H

extern const char *const sim_rule_names[];
extern const char *const sim_value_type_names[];
extern const char *const sim_origin_names[];
extern const char *const sim_migration_names[];
extern const char *const sim_capacity_state_names[];
extern const char *const sim_version_flag_names[];
extern const char *const sim_param_flag_names[];
extern const char *const sim_operation_names[];
extern const char *const sim_capability_names[];
extern const char *const sim_blocker_flag_names[];

#endif /* _VDEV_SIM_NAMES_H */
