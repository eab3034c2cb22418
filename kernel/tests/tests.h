/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the KUnit suites share.
 */
#ifndef _VDEV_TESTS_H
#define _VDEV_TESTS_H

#include <kunit/test.h>

#include "../bounds.h"
#include "../core.h"

/* The check must have accepted. */
#define VDEV_EXPECT_ACCEPTED(test, refusal, err) \
	KUNIT_EXPECT_EQ_MSG(test, err, 0, "%s", (refusal)->why)

/* The check must have ended with the errno @want, in these words. */
void vdev_expect_verdict(struct kunit *test, const struct vdev_refusal *refusal,
			 int err, int want, const char *words);

/* A string of @len bytes @c; freed with the test. */
char *vdev_test_string(struct kunit *test, char c, size_t len);

extern struct kunit_suite vdev_bounds_suite;
extern struct kunit_suite vdev_facts_suite;
extern struct kunit_suite vdev_record_suite;
extern struct kunit_suite vdev_blob_suite;
extern struct kunit_suite vdev_blob_size_suite;
extern struct kunit_suite vdev_registry_suite;
extern struct kunit_suite vdev_filter_suite;
extern struct kunit_suite vdev_match_suite;
extern struct kunit_suite vdev_merge_suite;
extern struct kunit_suite vdev_notify_suite;
extern struct kunit_suite vdev_parse_suite;
extern struct kunit_suite vdev_alike_suite;

#endif /* _VDEV_TESTS_H */
