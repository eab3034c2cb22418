// SPDX-License-Identifier: GPL-2.0
/*
 * The functions of the core that the KUnit tests call. Part of vdev.ko, but
 * only where the kernel has KUnit: elsewhere the core exports its provider
 * API and nothing else.
 */
#include <linux/export.h>

#include "../bounds.h"
#include "../core.h"
#include "../match.h"
#include "../merge.h"
#include "../notify.h"
#include "../parse.h"

EXPORT_SYMBOL_GPL(vdev_name_check);
EXPORT_SYMBOL_GPL(vdev_text_check);
EXPORT_SYMBOL_GPL(vdev_optional_text_check);
EXPORT_SYMBOL_GPL(vdev_number_check);
EXPORT_SYMBOL_GPL(vdev_rule_check);
EXPORT_SYMBOL_GPL(vdev_flags_check);
EXPORT_SYMBOL_GPL(vdev_count_check);
EXPORT_SYMBOL_GPL(vdev_unique_check);
EXPORT_SYMBOL_GPL(vdev_value_check);
EXPORT_SYMBOL_GPL(vdev_handle_check);
EXPORT_SYMBOL_GPL(vdev_record_check);
EXPORT_SYMBOL_GPL(vdev_facts_check);
EXPORT_SYMBOL_GPL(vdev_blob_build);
EXPORT_SYMBOL_GPL(vdev_blob_same);
EXPORT_SYMBOL_GPL(vdev_blob_alike);
EXPORT_SYMBOL_GPL(vdev_msg_put_record);
EXPORT_SYMBOL_GPL(vdev_filter_new);
EXPORT_SYMBOL_GPL(vdev_filter_match_locked);
EXPORT_SYMBOL_GPL(vdev_registry_sem);
EXPORT_SYMBOL_GPL(vdev_generation_locked);
EXPORT_SYMBOL_GPL(vdev_find_locked);
EXPORT_SYMBOL_GPL(vdev_next_locked);
EXPORT_SYMBOL_GPL(vdev_pattern_match);
EXPORT_SYMBOL_GPL(vdev_scope_holds);
EXPORT_SYMBOL_GPL(vdev_scope_compare);
EXPORT_SYMBOL_GPL(vdev_parsed_new);
EXPORT_SYMBOL_GPL(vdev_parsed_for);
EXPORT_SYMBOL_GPL(vdev_parsed_for_blob);
EXPORT_SYMBOL_GPL(vdev_parse_endpoint);
EXPORT_SYMBOL_GPL(vdev_parse_declaration);
EXPORT_SYMBOL_GPL(vdev_merge);
EXPORT_SYMBOL_GPL(vdev_nl_family);
EXPORT_SYMBOL_GPL(vdev_listened_to);
EXPORT_SYMBOL_GPL(vdev_event_queue_locked);
EXPORT_SYMBOL_GPL(vdev_event_deliver);
