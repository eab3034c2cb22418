// SPDX-License-Identifier: GPL-2.0
/*
 * What is in the serialised form of an endpoint, attribute by attribute, for the
 * suites that compare it with what was reported.
 */
#include <linux/slab.h>
#include <linux/string.h>
#include <net/netlink.h>

#include "compat.h"
#include "tests.h"

/* Build, and leave the freeing to the test. */
const struct vdev_blob *vdev_test_blob(struct kunit *test,
				       const struct vdev_handle *handle,
				       const struct vdev_facts *facts)
{
	struct vdev_reason reason = { };
	struct vdev_blob *blob, *copy;

	blob = vdev_blob_build(&reason, "kunit", handle, facts);
	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, blob, "%s", reason.why);
	copy = kunit_kmalloc(test, struct_size(blob, data, blob->len),
			     GFP_KERNEL);
	if (copy)
		memcpy(copy, blob, struct_size(blob, data, blob->len));
	vdev_blob_put(blob);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	return copy;
}

const struct nlattr *vdev_attr(const struct vdev_blob *blob, int type)
{
	return nla_find((const struct nlattr *)blob->data, blob->len, type);
}

const struct nlattr *vdev_attr_in(struct kunit *test,
				  const struct nlattr *nest, int type)
{
	KUNIT_ASSERT_NOT_NULL(test, nest);
	return nla_find(nla_data(nest), nla_len(nest), type);
}

void vdev_expect_string(struct kunit *test, const struct nlattr *attr,
			const char *want)
{
	KUNIT_ASSERT_NOT_NULL(test, attr);
	KUNIT_ASSERT_EQ(test, nla_len(attr), strlen(want) + 1);
	KUNIT_EXPECT_STREQ(test, (const char *)nla_data(attr), want);
}

void vdev_expect_u32(struct kunit *test, const struct nlattr *attr, u32 want)
{
	KUNIT_ASSERT_NOT_NULL(test, attr);
	KUNIT_ASSERT_EQ(test, nla_len(attr), sizeof(u32));
	KUNIT_EXPECT_EQ(test, nla_get_u32(attr), want);
}

/* In as many bytes as it takes. */
void vdev_expect_uint(struct kunit *test, const struct nlattr *attr, u64 want)
{
	int len = want > U32_MAX ? sizeof(u64) : sizeof(u32);

	KUNIT_ASSERT_NOT_NULL(test, attr);
	KUNIT_ASSERT_EQ(test, nla_len(attr), len);
	KUNIT_EXPECT_EQ(test, vdev_compat_get_uint(attr), want);
}
