// SPDX-License-Identifier: GPL-2.0
/*
 * Tests of contracts: endpoints that declare the same share one, whatever else is
 * reported of them, and it is there as long as one of them is.
 */
#include <linux/err.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "codec/contract.h"
#include "codec/parsed.h"
#include "core/profile.h"
#include "tests.h"

static const struct vdev_blocker temporary = { "b", "why" };
static const struct vdev_blocker permanent = { "b", "why", VDEV_BLOCKER_FLAG_PERMANENT };
static const struct vdev_blocker other_permanent = { "b", "who", VDEV_BLOCKER_FLAG_PERMANENT };

static const struct vdev_info info = {
	"i", { VDEV_VALUE_TYPE_U64, { .u64 = 1 } }
};

static const struct vdev_param params[] = {
	{ "p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_EQUAL, 0, 0, { VDEV_VALUE_TYPE_BOOL } },
	{ "p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_IGNORE, 0, 0, { VDEV_VALUE_TYPE_BOOL } },
	{ "q", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_IGNORE, 0, 0, { VDEV_VALUE_TYPE_BOOL } },
	{ "p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_IGNORE, 0, 0,
	  { VDEV_VALUE_TYPE_BOOL, { .boolean = true } } },
	{ "p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_EQUAL, 0, 0,
	  { VDEV_VALUE_TYPE_BOOL, { .boolean = true } } },
	{ "p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_EQUAL, 0, VDEV_ORIGIN_PROVISIONED,
	  { VDEV_VALUE_TYPE_BOOL } },
	{ "p", VDEV_VALUE_TYPE_BOOL, VDEV_RULE_IGNORE },
};

static const u64 bits[] = { 1, 2 };

static const struct vdev_feature features[] = {
	{ "f", .provisioned = { &bits[0], 1 } },
	{ "f", .provisioned = { &bits[0], 1 }, .negotiated = { &bits[0], 1 } },
	{ "f", .provisioned = { &bits[1], 1 } },
	{ "f", .provisioned = { &bits[0], 1 }, .required = { &bits[0], 1 } },
};

#define PARAM(n)	{ .record = { .params = &params[n], .num_params = 1 } }
#define FEATURE(n)	{ .record = { .features = &features[n], .num_features = 1 } }
#define MODEL(m)	{ .record = { .model = { m } } }

#define BLOCKER(b)	{ .blockers = &(b), .num_blockers = 1 }

static const struct vdev_facts blocked = BLOCKER(permanent);
static const struct vdev_facts plain = MODEL("m");

/* Do both share a contract? */
static const struct contract_case {
	const char *label;
	struct vdev_facts a;
	struct vdev_facts b;
	bool shared;
} contract_cases[] = {
	{ "same", MODEL("m"), MODEL("m"), true },
	{ "driver", MODEL("m"), {
		.driver = "d", .driver_version = "1", .bound_driver = "b",
		.record = { .model = { "m" } } }, true },
	{ "capabilities", MODEL("m"), {
		.capabilities = VDEV_CAPABILITY_P2P, .cost = { 1, 2, 3 },
		.record = { .model = { "m" } } }, true },
	{ "info", MODEL("m"), {
		.info = &info, .num_info = 1, .record = { .model = { "m" } } }, true },
	{ "capacity", { .capacity = { VDEV_CAPACITY_STATE_SUFFICIENT, 2, 3 } },
	  { .capacity = { VDEV_CAPACITY_STATE_BUSY, 0, 3 } }, true },
	{ "same temporary blocker", BLOCKER(temporary), BLOCKER(temporary), true },
	{ "impossible", { .capacity = { VDEV_CAPACITY_STATE_IMPOSSIBLE, 0, 3 } },
	  { .capacity = { VDEV_CAPACITY_STATE_IMPOSSIBLE, 0, 4 } }, true },
	{ "ignored value", PARAM(1), PARAM(3), true },
	{ "ignored value or none", PARAM(1), PARAM(6), true },
	{ "origin", PARAM(0), PARAM(5), true },
	{ "negotiated", FEATURE(0), FEATURE(1), true },
	{ "model", MODEL("m"), MODEL("n") },
	{ "longer model", MODEL("m"), MODEL("much longer") },
	{ "no model", MODEL("m"), { } },
	{ "migration", MODEL("m"), {
		.migration = VDEV_MIGRATION_SUPPORTED, .record = { .model = { "m" } } } },
	{ "temporary blocker", { }, BLOCKER(temporary) },
	{ "permanent blocker", { }, BLOCKER(permanent) },
	{ "permanent or not", BLOCKER(temporary), BLOCKER(permanent) },
	{ "reason", BLOCKER(other_permanent), BLOCKER(permanent) },
	{ "impossible or busy", { .capacity = { VDEV_CAPACITY_STATE_IMPOSSIBLE } },
	  { .capacity = { VDEV_CAPACITY_STATE_BUSY } } },
	{ "value", PARAM(0), PARAM(4) },
	{ "rule", PARAM(0), PARAM(1) },
	{ "ignored name", PARAM(1), PARAM(2) },
	{ "bits", FEATURE(0), FEATURE(2) },
	{ "required", FEATURE(0), FEATURE(3) },
};

static void contract_label(const struct contract_case *c, char *label)
{
	strscpy(label, c->label, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(contract, contract_cases, contract_label);

static void free_blob(void *blob)
{
	vdev_blob_put(blob);
}

static struct vdev_blob *sign(struct kunit *test, const char *name,
			      const struct vdev_facts *facts, u32 kind)
{
	const struct vdev_handle handle = { "kunit", name, "kunit", "parent" };
	struct vdev_reason reason = { };
	struct vdev_blob *blob;

	blob = vdev_blob_build(&reason, "kunit", &handle, facts);
	KUNIT_ASSERT_NOT_ERR_OR_NULL_MSG(test, blob, "%s", reason.why);
	KUNIT_ASSERT_EQ(test, 0, kunit_add_action_or_reset(test, free_blob, blob));
	KUNIT_ASSERT_EQ(test, 0, vdev_blob_sign(blob, kind));
	return blob;
}

static void what_is_declared_is_shared(struct kunit *test)
{
	const struct contract_case *c = test->param_value;
	const struct vdev_blob *a, *b;

	a = sign(test, "a", &c->a, VDEV_ENDPOINT_KIND_DEVICE);
	b = sign(test, "b", &c->b, VDEV_ENDPOINT_KIND_DEVICE);
	KUNIT_EXPECT_EQ(test, a->contract == b->contract, c->shared);
	KUNIT_EXPECT_EQ(test, a->contract->number == b->contract->number, c->shared);
}

static void devices_and_types_share_none(struct kunit *test)
{
	KUNIT_EXPECT_PTR_NE(test, sign(test, "a", &plain, VDEV_ENDPOINT_KIND_DEVICE)->contract,
			    sign(test, "a", &plain, VDEV_ENDPOINT_KIND_TYPE)->contract);
}

/* What the evaluator takes is what was declared. */
static void contract_is_parsed(struct kunit *test)
{
	static const struct vdev_facts facts = {
		.migration = VDEV_MIGRATION_SUPPORTED,
		.capacity = { VDEV_CAPACITY_STATE_IMPOSSIBLE, 0, 3 },
		.blockers = &permanent, .num_blockers = 1,
		.record = { .model = { "m" }, .params = &params[3], .num_params = 1 },
	};
	const struct vdev_blob *blob = sign(test, "a", &facts, VDEV_ENDPOINT_KIND_TYPE);
	const struct vdev_operand *operand = &blob->contract->parsed->operand;

	KUNIT_EXPECT_EQ(test, operand->kind, VDEV_ENDPOINT_KIND_TYPE);
	KUNIT_EXPECT_EQ(test, operand->migration, VDEV_MIGRATION_SUPPORTED);
	KUNIT_EXPECT_EQ(test, operand->capacity, VDEV_CAPACITY_STATE_IMPOSSIBLE);
	KUNIT_ASSERT_EQ(test, operand->num_blockers, 1);
	KUNIT_EXPECT_STREQ(test, operand->blockers[0].reason, "why");
	KUNIT_EXPECT_STREQ(test, operand->record->model.value, "m");
	KUNIT_ASSERT_EQ(test, operand->record->num_params, 1);
	KUNIT_EXPECT_STREQ(test, operand->record->params[0].name, "p");
	KUNIT_EXPECT_EQ(test, operand->record->params[0].rule, VDEV_RULE_IGNORE);
	KUNIT_EXPECT_EQ(test, operand->record->params[0].value.type, 0);
}

static struct vdev_terms read_terms(struct kunit *test, const struct vdev_facts *facts)
{
	struct vdev_blob *blob = sign(test, "t", facts, VDEV_ENDPOINT_KIND_DEVICE);
	struct vdev_terms terms = { };

	KUNIT_ASSERT_EQ(test, 0, vdev_terms_read(&terms, VDEV_ENDPOINT_KIND_DEVICE,
						 blob->data, blob->len));
	return terms;
}

static void hash_is_not_trusted(struct kunit *test)
{
	static const struct vdev_facts other = MODEL("n");
	struct vdev_terms a = read_terms(test, &plain), b = read_terms(test, &other);
	struct vdev_contract *one, *two;

	KUNIT_EXPECT_EQ(test, a.len, b.len);
	a.hash = 1;
	b.hash = 1;
	one = vdev_contract_get(&a);
	two = vdev_contract_get(&b);
	KUNIT_EXPECT_PTR_NE(test, one, two);
	if (one && two)
		KUNIT_EXPECT_MEMEQ(test, two->terms.data, b.data, b.len);
	vdev_contract_put(one);
	vdev_contract_put(two);
	kfree(a.data);
	kfree(b.data);
}

static const struct vdev_contract *contract_seen(struct kunit *test, const char *name)
{
	const struct vdev_contract *contract = NULL;
	struct vdev_endpoint *endpoint;
	struct vdev_view view;

	rcu_read_lock();
	endpoint = vdev_see_rcu(&view, &(struct vdev_key){
				VDEV_IS_DEVICE, 0, { "kunit", name } });
	if (endpoint)
		contract = view.blob->contract;
	rcu_read_unlock();
	KUNIT_ASSERT_NOT_NULL(test, contract);
	return contract;
}

/* Only its address is compared, and only while the endpoint is there. */
static void reported_facts_leave_it_alone(struct kunit *test)
{
	static const struct vdev_facts later = {
		.driver = "d", .bound_driver = "b", .info = &info, .num_info = 1,
		.record = { .model = { "m" } },
	};
	struct vdev_provider *provider = vdev_test_provider(test, "kunit", NULL);
	struct vdev_endpoint *a = vdev_test_device(test, provider, "a", &plain, NULL);
	const struct vdev_contract *contract = contract_seen(test, "a");
	u64 number = contract->number;

	KUNIT_ASSERT_EQ(test, 0, vdev_update(a, &later));
	KUNIT_EXPECT_PTR_EQ(test, contract, contract_seen(test, "a"));
	KUNIT_EXPECT_EQ(test, number, contract->number);
	KUNIT_ASSERT_EQ(test, 0, vdev_update(a, &blocked));
	KUNIT_EXPECT_NE(test, number, contract_seen(test, "a")->number);
}

static void view_keeps_the_contract(struct kunit *test)
{
	struct vdev_provider *provider = vdev_test_provider(test, "kunit", NULL);
	struct vdev_endpoint *a = vdev_test_device(test, provider, "a", &plain, NULL);
	struct vdev_view view;

	vdev_view_find(&view, &(struct vdev_key){ VDEV_IS_DEVICE, 0, { "kunit", "a" } });
	KUNIT_ASSERT_EQ(test, 0, vdev_update(a, &blocked));
	vdev_test_device(test, provider, "b", &plain, NULL);
	KUNIT_EXPECT_PTR_EQ(test, contract_seen(test, "b"), view.blob->contract);
	KUNIT_EXPECT_PTR_NE(test, contract_seen(test, "a"), view.blob->contract);
	vdev_view_release(&view, a);
}

/* One that nobody has any more is none: who declares the same gets a new one. */
static void last_user_takes_it_along(struct kunit *test)
{
	static const struct vdev_facts own = MODEL("of this test alone");
	struct vdev_provider *provider = vdev_test_provider(test, "kunit", NULL);
	struct vdev_endpoint *a = vdev_test_device(test, provider, "a", &own, NULL);
	u64 number = contract_seen(test, "a")->number;

	vdev_test_device(test, provider, "b", &own, NULL);
	vdev_unregister(a);
	KUNIT_EXPECT_EQ(test, number, contract_seen(test, "b")->number);
	vdev_unregister(vdev_test_find("b"));
	vdev_test_device(test, provider, "a", &own, NULL);
	KUNIT_EXPECT_NE(test, number, contract_seen(test, "a")->number);
}

static void profile_makes_another(struct kunit *test)
{
	static const struct vdev_facts driven = { .driver = "kunit-contract" };
	struct vdev_provider *provider = vdev_test_provider(test, "kunit", NULL);
	u64 number;

	vdev_test_device(test, provider, "a", &driven, NULL);
	number = contract_seen(test, "a")->number;
	vdev_test_set_profile(test, "kunit-contract", "kunit-contract");
	KUNIT_EXPECT_NE(test, number, contract_seen(test, "a")->number);
	KUNIT_ASSERT_EQ(test, 0, vdev_test_del_profile("kunit-contract"));
	KUNIT_EXPECT_EQ(test, number, contract_seen(test, "a")->number);
}

/**
 * struct sharing - somebody who takes and gives back a contract, again and again
 * @work: who does it
 * @terms: of which
 * @missing: how often there was none
 */
struct sharing {
	struct work_struct work;
	const struct vdev_terms *terms;
	unsigned int missing;
};

static void share(struct work_struct *work)
{
	struct sharing *sharing = container_of(work, struct sharing, work);
	struct vdev_contract *contract;
	unsigned int i;

	for (i = 0; i < 2000; i++) {
		contract = vdev_contract_get(sharing->terms);
		sharing->missing += !contract || !vdev_terms_same(sharing->terms,
								  &contract->terms);
		vdev_contract_put(contract);
		cond_resched();
	}
}

/* It comes and goes all the time. */
static void many_share_at_once(struct kunit *test)
{
	static const struct vdev_facts own = MODEL("of many at once");
	struct vdev_blob *blob = sign(test, "t", &own, VDEV_ENDPOINT_KIND_TYPE);
	struct vdev_terms terms = { };
	struct sharing *sharing;
	unsigned int i;

	sharing = kunit_kcalloc(test, 4, sizeof(*sharing), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, sharing);
	KUNIT_ASSERT_EQ(test, 0, vdev_terms_read(&terms, VDEV_ENDPOINT_KIND_DEVICE,
						 blob->data, blob->len));
	for (i = 0; i < 4; i++) {
		sharing[i].terms = &terms;
		INIT_WORK(&sharing[i].work, share);
		queue_work(system_unbound_wq, &sharing[i].work);
	}
	for (i = 0; i < 4; i++) {
		flush_work(&sharing[i].work);
		KUNIT_EXPECT_EQ(test, sharing[i].missing, 0);
	}
	kfree(terms.data);
}

static struct kunit_case cases[] = {
	KUNIT_CASE_PARAM(what_is_declared_is_shared, contract_gen_params),
	KUNIT_CASE(devices_and_types_share_none),
	KUNIT_CASE(contract_is_parsed),
	KUNIT_CASE(hash_is_not_trusted),
	KUNIT_CASE(reported_facts_leave_it_alone),
	KUNIT_CASE(view_keeps_the_contract),
	KUNIT_CASE(last_user_takes_it_along),
	KUNIT_CASE(profile_makes_another),
	KUNIT_CASE(many_share_at_once),
	{ }
};

struct kunit_suite vdev_contract_suite = {
	.name = "vdev-contract",
	.test_cases = cases,
};
