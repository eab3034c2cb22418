// SPDX-License-Identifier: GPL-2.0
/*
 * The KUnit suites of the vdev core as one module. They run when it is
 * loaded; the results are in the log and in debugfs.
 */
#include <linux/module.h>
#include <linux/string.h>

#include "tests.h"

char *vdev_test_string(struct kunit *test, char c, size_t len)
{
	char *string = kunit_kzalloc(test, len + 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, string);
	memset(string, c, len);
	return string;
}

void vdev_expect_verdict(struct kunit *test, const struct vdev_refusal *refusal,
			 int err, int want, const char *words)
{
	KUNIT_EXPECT_EQ(test, err, want);
	KUNIT_EXPECT_STREQ(test, refusal->why, words);
}

kunit_test_suites(&vdev_bounds_suite, &vdev_facts_suite, &vdev_record_suite,
		  &vdev_blob_suite, &vdev_blob_size_suite,
		  &vdev_registry_suite, &vdev_filter_suite, &vdev_match_suite,
		  &vdev_merge_suite, &vdev_parse_suite,
		  &vdev_alike_suite, &vdev_notify_suite,
		  &vdev_generation_suite, &vdev_pin_suite, &vdev_poll_suite,
		  &vdev_poll_wait_suite, &vdev_stale_suite,
		  &vdev_precedence_suite, &vdev_rebuild_suite,
		  &vdev_dump_suite);

MODULE_DESCRIPTION("KUnit tests of the vdev core");
MODULE_LICENSE("GPL");
