/* SPDX-License-Identifier: GPL-2.0 */
/* The commands, and the options that each one has. */
#ifndef VDEVCTL_CMD_H
#define VDEVCTL_CMD_H

#include "cli/command.h"

#define NUM_CHECK_OPTIONS 8
#define NUM_LIST_OPTIONS 2
#define NUM_MATRIX_OPTIONS 2
#define NUM_METRICS_OPTIONS 1
#define NUM_MONITOR_OPTIONS 4
#define NUM_LOAD_OPTIONS 2
#define NUM_SYNC_OPTIONS 1
#define NUM_DEL_OPTIONS 1
#define NUM_TYPE_SET_OPTIONS 3
#define NUM_STATS_KEYWORDS 1

extern const struct keyword check_options[];
extern const struct keyword list_options[];
extern const struct keyword matrix_options[];
extern const struct keyword metrics_options[];
extern const struct keyword monitor_options[];
extern const struct keyword load_options[];
extern const struct keyword sync_options[];
extern const struct keyword del_options[];
extern const struct keyword type_set_options[];
extern const struct keyword stats_keywords[];

command_fn cmd_dev_show, cmd_type_show;
command_fn cmd_dev_list, cmd_type_list;
command_fn cmd_type_set, cmd_type_ceilings, cmd_type_save, cmd_type_load;
command_fn cmd_export, cmd_dev_export, cmd_type_export;
command_fn cmd_dev_add, cmd_dev_set, cmd_dev_del;
command_fn cmd_parent_show;
command_fn cmd_record_show, cmd_record_convert;
command_fn cmd_check, cmd_suggest;
command_fn cmd_find;
command_fn cmd_monitor;
command_fn cmd_baseline, cmd_matrix;
command_fn cmd_profile_load, cmd_profile_sync, cmd_profile_show, cmd_profile_del;
command_fn cmd_stats_show, cmd_metrics;
command_fn cmd_libvirt_annotate, cmd_libvirt_hook;

#endif /* VDEVCTL_CMD_H */
