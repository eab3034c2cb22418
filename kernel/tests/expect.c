// SPDX-License-Identifier: GPL-2.0
/*
 * What suites that check bounds share.
 */
#include <linux/string.h>

#include "tests.h"

char *vdev_test_string(struct kunit *test, char c, size_t len)
{
	char *string = kunit_kzalloc(test, len + 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, string);
	memset(string, c, len);
	return string;
}

void vdev_expect_verdict(struct kunit *test, const struct vdev_reason *reason,
			 int err, int want, const char *words)
{
	KUNIT_EXPECT_EQ(test, err, want);
	KUNIT_EXPECT_STREQ(test, reason->why, words);
}
