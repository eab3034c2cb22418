// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of the registry: numbers, names, the order of a walk, the generation.
 * They use the registry that is live, so they only use what they made.
 */
#include <linux/err.h>

#include "tests.h"

static const struct vdev_facts no_facts;
static const struct vdev_facts some_facts = { .driver = "kunit" };

static int setup(struct kunit *test)
{
	test->priv = vdev_test_provider(test, "kunit", NULL);
	return 0;
}

static struct vdev_endpoint *add_device(struct kunit *test, const char *name)
{
	return vdev_test_device(test, test->priv, name, &no_facts, NULL);
}

static struct vdev_endpoint *add_type(struct kunit *test, const char *name,
				      const char *parent)
{
	const struct vdev_handle handle = { "kunit", name, "kunit", parent };
	struct vdev_endpoint *endpoint;

	endpoint = vdev_type_register(test->priv, &handle, &no_facts, NULL);
	KUNIT_ASSERT_NOT_ERR_OR_NULL(test, endpoint);
	return endpoint;
}

static struct vdev_endpoint *find(const struct vdev_key *key)
{
	struct vdev_endpoint *endpoint;

	rcu_read_lock();
	endpoint = vdev_find_rcu(key);
	rcu_read_unlock();
	return endpoint;
}

static struct vdev_endpoint *find_id(xa_mark_t mark, u32 id)
{
	const struct vdev_key key = { .mark = mark, .id = id };

	return find(&key);
}

static void ids_ascend_and_are_not_used_again(struct kunit *test)
{
	struct vdev_endpoint *a = add_device(test, "a");
	struct vdev_endpoint *b = add_device(test, "b");
	struct vdev_endpoint *c = add_type(test, "c", "p");
	u32 last = vdev_endpoint_id(c);

	KUNIT_EXPECT_GE(test, vdev_endpoint_id(a), 1);
	KUNIT_EXPECT_LT(test, vdev_endpoint_id(a), vdev_endpoint_id(b));
	KUNIT_EXPECT_LT(test, vdev_endpoint_id(b), last);
	vdev_unregister(c);
	KUNIT_EXPECT_NULL(test, find_id(VDEV_IS_TYPE, last));
	KUNIT_EXPECT_GT(test, vdev_endpoint_id(add_device(test, "d")), last);
}

static void device_is_found_by_name_and_number(struct kunit *test)
{
	struct vdev_endpoint *a = add_device(test, "a");
	u32 id = vdev_endpoint_id(a);

	KUNIT_EXPECT_PTR_EQ(test, vdev_test_find("a"), a);
	KUNIT_EXPECT_NULL(test, vdev_test_find("aa"));
	KUNIT_EXPECT_NULL(test, vdev_test_find("A"));
	KUNIT_EXPECT_PTR_EQ(test, find_id(VDEV_IS_DEVICE, id), a);
	KUNIT_EXPECT_NULL(test, find_id(VDEV_IS_TYPE, id));
	KUNIT_EXPECT_NULL(test, find_id(VDEV_IS_DEVICE, INT_MAX));
	KUNIT_EXPECT_NULL(test, find_id(VDEV_IS_DEVICE, U32_MAX));
	vdev_unregister(a);
	KUNIT_EXPECT_NULL(test, vdev_test_find("a"));
	KUNIT_EXPECT_NULL(test, find_id(VDEV_IS_DEVICE, id));
}

static void bus_is_part_of_the_name(struct kunit *test)
{
	const struct vdev_key key = { VDEV_IS_DEVICE, 0, { "other", "a" } };
	const struct vdev_key shifted = { VDEV_IS_DEVICE, 0, { "kunita", "" } };

	add_device(test, "a");
	KUNIT_EXPECT_NULL(test, find(&key));
	KUNIT_EXPECT_NULL(test, find(&shifted));
}

static void device_and_type_of_one_name_coexist(struct kunit *test)
{
	const struct vdev_key key = {
		VDEV_IS_TYPE, 0, { "kunit", "a", "kunit", "p" },
	};
	const struct vdev_key elsewhere = {
		VDEV_IS_TYPE, 0, { "kunit", "a", "kunit", "q" },
	};
	struct vdev_endpoint *device = add_device(test, "a");
	struct vdev_endpoint *type = add_type(test, "a", "p");

	KUNIT_EXPECT_PTR_EQ(test, vdev_test_find("a"), device);
	KUNIT_EXPECT_PTR_EQ(test, find(&key), type);
	KUNIT_EXPECT_NULL(test, find(&elsewhere));
}

static void taken_name_is_rejected(struct kunit *test)
{
	const struct vdev_handle handle = { "kunit", "a", "pci", "p" };
	struct vdev_endpoint *first = add_device(test, "a");
	u64 before = first->generation;
	struct vdev_endpoint *second;

	second = vdev_device_register(test->priv, &handle, &some_facts, NULL);
	KUNIT_ASSERT_TRUE(test, IS_ERR(second));
	KUNIT_EXPECT_EQ(test, PTR_ERR(second), -EEXIST);
	KUNIT_EXPECT_PTR_EQ(test, vdev_test_find("a"), first);
	KUNIT_EXPECT_EQ(test, first->generation, before);
	vdev_unregister(first);
	KUNIT_EXPECT_NOT_NULL(test, add_device(test, "a"));
}

static void rejected_facts_leave_nothing_behind(struct kunit *test)
{
	const struct vdev_handle handle = { "kunit", "bad" };
	const struct vdev_facts facts = { .capabilities = U32_MAX };
	struct vdev_endpoint *endpoint;

	endpoint = vdev_device_register(test->priv, &handle, &facts, NULL);
	KUNIT_ASSERT_TRUE(test, IS_ERR(endpoint));
	KUNIT_EXPECT_EQ(test, PTR_ERR(endpoint), -EINVAL);
	KUNIT_EXPECT_NULL(test, vdev_test_find("bad"));
	vdev_unregister(endpoint);
}

static void generation_grows_with_every_change(struct kunit *test)
{
	struct vdev_endpoint *a;
	u64 before, added, updated;

	before = vdev_generation();
	a = add_device(test, "a");
	added = a->generation;
	KUNIT_EXPECT_GT(test, added, before);
	KUNIT_EXPECT_GE(test, vdev_generation(), added);

	KUNIT_EXPECT_EQ(test, 0, vdev_update(a, &some_facts));
	updated = a->generation;
	KUNIT_EXPECT_GT(test, updated, added);

	vdev_unregister(a);
	KUNIT_EXPECT_GT(test, vdev_generation(), updated);
}

static void update_without_a_change_is_none(struct kunit *test)
{
	const struct vdev_facts bad = { .migration = 99 };
	struct vdev_endpoint *a = add_device(test, "a");
	u64 before = a->generation;

	KUNIT_EXPECT_EQ(test, 0, vdev_update(a, &no_facts));
	KUNIT_EXPECT_EQ(test, a->generation, before);
	KUNIT_EXPECT_EQ(test, -EINVAL, vdev_update(a, &bad));
	KUNIT_EXPECT_EQ(test, a->generation, before);
}

/* As a dump walks: from the number after the last one seen. */
static void walk_is_in_order_and_complete(struct kunit *test)
{
	struct vdev_endpoint *mine[] = {
		add_device(test, "c"), add_device(test, "a"),
		add_device(test, "b"),
	};
	struct vdev_endpoint *endpoint;
	unsigned int seen = 0;
	u32 id = 0;

	add_type(test, "a", "p");
	rcu_read_lock();
	while ((endpoint = vdev_next_rcu(VDEV_IS_DEVICE, id + 1ul))) {
		KUNIT_EXPECT_GT(test, vdev_endpoint_id(endpoint), id);
		KUNIT_EXPECT_EQ(test, (__force int)endpoint->mark,
				(__force int)VDEV_IS_DEVICE);
		id = vdev_endpoint_id(endpoint);
		if (seen < ARRAY_SIZE(mine) && endpoint == mine[seen])
			seen++;
	}
	rcu_read_unlock();
	KUNIT_EXPECT_EQ(test, seen, ARRAY_SIZE(mine));
}

/* After each change it searches again, from the number where it stands. */
static void walk_follows_what_changes(struct kunit *test)
{
	struct vdev_endpoint *a = add_device(test, "a");
	struct vdev_endpoint *b = add_device(test, "b");
	struct vdev_endpoint *c = add_device(test, "c");
	struct vdev_walk walk;
	struct vdev_view view;

	vdev_walk_begin(&walk, VDEV_IS_DEVICE, vdev_endpoint_id(a));
	rcu_read_lock();
	KUNIT_EXPECT_PTR_EQ(test, vdev_walk_next_rcu(&walk, &view), a);
	rcu_read_unlock();
	vdev_unregister(b);
	rcu_read_lock();
	KUNIT_EXPECT_PTR_EQ(test, vdev_walk_next_rcu(&walk, &view), c);
	KUNIT_EXPECT_EQ(test, view.id, vdev_endpoint_id(c));
	KUNIT_EXPECT_EQ(test, view.snapshot, vdev_generation());
	KUNIT_EXPECT_NULL(test, vdev_walk_next_rcu(&walk, &view));
	rcu_read_unlock();
	b = add_device(test, "d");
	rcu_read_lock();
	KUNIT_EXPECT_PTR_EQ(test, vdev_walk_next_rcu(&walk, &view), b);
	KUNIT_EXPECT_NULL(test, vdev_walk_next_rcu(&walk, &view));
	rcu_read_unlock();
}

/* Between two parts of a dump the endpoint at the cursor may go. */
static void walk_goes_on_after_a_removal(struct kunit *test)
{
	struct vdev_endpoint *a = add_device(test, "a");
	struct vdev_endpoint *b = add_device(test, "b");
	struct vdev_endpoint *c = add_device(test, "c");
	u32 cursor = vdev_endpoint_id(a) + 1;

	vdev_unregister(b);
	rcu_read_lock();
	KUNIT_EXPECT_PTR_EQ(test, vdev_next_rcu(VDEV_IS_DEVICE, cursor), c);
	KUNIT_EXPECT_NULL(test, vdev_next_rcu(VDEV_IS_DEVICE,
					      vdev_endpoint_id(c) + 1ul));
	rcu_read_unlock();
}

static void provider_takes_its_endpoints_along(struct kunit *test)
{
	struct vdev_provider *other;

	other = vdev_test_provider(test, "kunit-other", NULL);
	add_device(test, "mine");
	vdev_test_device(test, other, "theirs", &no_facts, NULL);
	vdev_test_drop_provider(test, other);
	KUNIT_EXPECT_NULL(test, vdev_test_find("theirs"));
	KUNIT_EXPECT_NOT_NULL(test, vdev_test_find("mine"));
}

/* Enough of them that the table of names grows and shrinks. */
static void many_names_are_all_found(struct kunit *test)
{
	enum { MANY = 300 };
	struct vdev_endpoint **all;
	unsigned int i, found = 0;
	char name[8];

	all = kunit_kcalloc(test, MANY, sizeof(*all), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, all);
	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "m%u", i);
		all[i] = add_device(test, name);
	}
	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "m%u", i);
		found += vdev_test_find(name) == all[i];
	}
	KUNIT_EXPECT_EQ(test, found, MANY);
}

static struct kunit_case cases[] = {
	KUNIT_CASE(ids_ascend_and_are_not_used_again),
	KUNIT_CASE(device_is_found_by_name_and_number),
	KUNIT_CASE(bus_is_part_of_the_name),
	KUNIT_CASE(device_and_type_of_one_name_coexist),
	KUNIT_CASE(taken_name_is_rejected),
	KUNIT_CASE(rejected_facts_leave_nothing_behind),
	KUNIT_CASE(generation_grows_with_every_change),
	KUNIT_CASE(update_without_a_change_is_none),
	KUNIT_CASE(walk_is_in_order_and_complete),
	KUNIT_CASE(walk_follows_what_changes),
	KUNIT_CASE(walk_goes_on_after_a_removal),
	KUNIT_CASE(provider_takes_its_endpoints_along),
	KUNIT_CASE(many_names_are_all_found),
	{ }
};

struct kunit_suite vdev_registry_suite = {
	.name = "vdev-registry",
	.init = setup,
	.test_cases = cases,
};
