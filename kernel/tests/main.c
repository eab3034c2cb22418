// SPDX-License-Identifier: GPL-2.0
/*
 * The KUnit suites of the vdev core as one module. They run when it is
 * loaded; the results are in the log and in debugfs.
 */
#include <linux/module.h>

#include "tests.h"

kunit_test_suites(&vdev_bounds_suite, &vdev_facts_suite, &vdev_record_suite,
		  &vdev_blob_suite, &vdev_blob_record_suite,
		  &vdev_blob_size_suite, &vdev_blocker_suite,
		  &vdev_counters_suite, &vdev_registry_suite,
		  &vdev_filter_suite, &vdev_match_suite,
		  &vdev_merge_suite, &vdev_parse_suite,
		  &vdev_contract_suite, &vdev_outcomes_suite, &vdev_notify_suite,
		  &vdev_generation_suite, &vdev_pin_suite, &vdev_poll_suite,
		  &vdev_poll_wait_suite, &vdev_stale_suite,
		  &vdev_precedence_suite, &vdev_rebuild_suite, &vdev_ceiling_suite,
		  &vdev_dump_suite, &vdev_skew_suite, &vdev_order_suite,
		  &vdev_order_ceiling_suite, &vdev_request_suite);

MODULE_DESCRIPTION("KUnit tests of the vdev core");
MODULE_VERSION(VDEV_VERSION);
MODULE_LICENSE("GPL");
