// SPDX-License-Identifier: GPL-2.0
/*
 * The functions of the core that the KUnit tests call. Part of vdev.ko, but
 * only where the kernel has KUnit: elsewhere the core exports its provider
 * API and nothing else.
 */
#include <linux/export.h>
#include <linux/module.h>

#include "codec/contract.h"
#include "codec/facts.h"
#include "codec/parse.h"
#include "core/ceiling.h"
#include "core/core.h"
#include "core/events.h"
#include "core/match.h"
#include "core/merge.h"
#include "core/poll.h"
#include "core/profile.h"
#include "core/request.h"
#include "exports.h"
#include "model/bounds.h"
#include "model/order.h"
#include "model/skew.h"
#include "netlink/netlink.h"
#include "netlink/notify.h"
#include "netlink/outcomes.h"
#include "netlink/walk.h"

/* Whose parameters the tests set. */
struct module *vdev_test_core(void)
{
	return THIS_MODULE;
}
EXPORT_SYMBOL_GPL(vdev_test_core);

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
EXPORT_SYMBOL_GPL(vdev_terms_read);
EXPORT_SYMBOL_GPL(vdev_terms_same);
EXPORT_SYMBOL_GPL(vdev_contract_get);
EXPORT_SYMBOL_GPL(vdev_contract_put);
EXPORT_SYMBOL_GPL(vdev_blob_sign);
EXPORT_SYMBOL_GPL(vdev_msg_put_record);
EXPORT_SYMBOL_GPL(vdev_filter_new);
EXPORT_SYMBOL_GPL(vdev_filter_match);
EXPORT_SYMBOL_GPL(vdev_registry_lock);
EXPORT_SYMBOL_GPL(vdev_generation);
EXPORT_SYMBOL_GPL(vdev_find_rcu);
EXPORT_SYMBOL_GPL(vdev_next_rcu);
EXPORT_SYMBOL_GPL(vdev_see_rcu);
EXPORT_SYMBOL_GPL(vdev_walk_begin);
EXPORT_SYMBOL_GPL(vdev_walk_next_rcu);
EXPORT_SYMBOL_GPL(vdev_stale_locked);
EXPORT_SYMBOL_GPL(vdev_endpoint_new);
EXPORT_SYMBOL_GPL(vdev_endpoint_free);
EXPORT_SYMBOL_GPL(vdev_endpoint_pin);
EXPORT_SYMBOL_GPL(vdev_endpoint_unpin);
EXPORT_SYMBOL_GPL(vdev_counters_put);
EXPORT_SYMBOL_GPL(vdev_view_of);
EXPORT_SYMBOL_GPL(vdev_view_hold);
EXPORT_SYMBOL_GPL(vdev_view_release);
EXPORT_SYMBOL_GPL(vdev_view_find);
EXPORT_SYMBOL_GPL(vdev_blob_put);
EXPORT_SYMBOL_GPL(vdev_poll_new);
EXPORT_SYMBOL_GPL(vdev_poll_start);
EXPORT_SYMBOL_GPL(vdev_poll_stop);
EXPORT_SYMBOL_GPL(vdev_poll_free);
EXPORT_SYMBOL_GPL(vdev_poll_age);
EXPORT_SYMBOL_GPL(vdev_poll_is_fresh);
EXPORT_SYMBOL_GPL(vdev_poll_hasten);
EXPORT_SYMBOL_GPL(vdev_poll_want);
EXPORT_SYMBOL_GPL(vdev_poll_wait);
EXPORT_SYMBOL_GPL(vdev_poll_wait_all);
EXPORT_SYMBOL_GPL(vdev_profiles_sem);
EXPORT_SYMBOL_GPL(vdev_profile_new);
EXPORT_SYMBOL_GPL(vdev_profile_put);
EXPORT_SYMBOL_GPL(vdev_profile_set);
EXPORT_SYMBOL_GPL(vdev_filter_at_least);
EXPORT_SYMBOL_GPL(vdev_instance);
EXPORT_SYMBOL_GPL(vdev_profile_del);
EXPORT_SYMBOL_GPL(vdev_profile_get);
EXPORT_SYMBOL_GPL(vdev_limit_new);
EXPORT_SYMBOL_GPL(vdev_limit_put);
EXPORT_SYMBOL_GPL(vdev_limit_set);
EXPORT_SYMBOL_GPL(vdev_blob_limit);
EXPORT_SYMBOL_GPL(vdev_rebuild_prepare_locked);
EXPORT_SYMBOL_GPL(vdev_rebuild_finish_locked);
EXPORT_SYMBOL_GPL(vdev_outcomes_find);
EXPORT_SYMBOL_GPL(vdev_outcomes_keep);
EXPORT_SYMBOL_GPL(vdev_outcomes_free);
EXPORT_SYMBOL_GPL(vdev_nl_find_start);
EXPORT_SYMBOL_GPL(vdev_nl_find_dumpit);
EXPORT_SYMBOL_GPL(vdev_nl_find_done);
EXPORT_SYMBOL_GPL(vdev_nl_dev_get_start);
EXPORT_SYMBOL_GPL(vdev_nl_dev_get_dumpit);
EXPORT_SYMBOL_GPL(vdev_nl_walk_done);
EXPORT_SYMBOL_GPL(vdev_nl_dump_see);
EXPORT_SYMBOL_GPL(vdev_msg_size);
EXPORT_SYMBOL_GPL(vdev_pattern_match);
EXPORT_SYMBOL_GPL(vdev_scope_matches);
EXPORT_SYMBOL_GPL(vdev_scope_compare);
EXPORT_SYMBOL_GPL(vdev_parsed_new);
EXPORT_SYMBOL_GPL(vdev_parsed_for);
EXPORT_SYMBOL_GPL(vdev_parsed_for_object);
EXPORT_SYMBOL_GPL(vdev_parse_object);
EXPORT_SYMBOL_GPL(vdev_parse_declaration);
EXPORT_SYMBOL_GPL(vdev_skew_operand);
EXPORT_SYMBOL_GPL(vdev_merge);
EXPORT_SYMBOL_GPL(vdev_is_subscribed);
EXPORT_SYMBOL_GPL(vdev_event_queue_locked);
EXPORT_SYMBOL_GPL(vdev_events_send);
EXPORT_SYMBOL_GPL(vdev_notify_count);
EXPORT_SYMBOL_GPL(vdev_order_make);
EXPORT_SYMBOL_GPL(vdev_request_begin);
EXPORT_SYMBOL_GPL(vdev_request_run);
EXPORT_SYMBOL_GPL(vdev_operations_have_callbacks);
