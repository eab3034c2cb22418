// SPDX-License-Identifier: GPL-2.0
/* Declarations: of an object, of a draft; their canonical form and bounds. */
#include "kernel/include/linux/vdev_limits.h"
#include "model/declaration.h"
#include "model/object.h"
#include "draft_again.h"
#include "message.h"
#include "test.h"

#define MAKE(draft, declaration, error) \
	vdev_declaration_new(draft, sizeof(*(draft)), declaration, error)

static const struct vdev_ident model = { .value = "example.org/nic" };
static const uint64_t bits[] = { 0x28, 1 };

static struct vdev_declaration *make(const struct vdev_draft *draft)
{
	struct vdev_declaration *declaration;
	struct vdev_error error = { 0 };
	int err = MAKE(draft, &declaration, &error);

	assert_string_equal(error.message, "");
	assert_int_equal(err, 0);
	return declaration;
}

/* The draft is rejected, with these words. */
static void reject(const struct vdev_draft *draft, int err, const char *words)
{
	struct vdev_declaration *declaration = (void *)1;
	struct vdev_error error = { 0 };

	assert_int_equal(MAKE(draft, &declaration, &error), err);
	assert_string_equal(error.message, words);
	assert_null(declaration);
	assert_int_equal(MAKE(draft, &declaration, NULL), err);
}

static struct vdev_object *object_of(struct nl_msg *msg)
{
	struct vdev_object *object = calloc(1, sizeof(*object));
	char path[ATTR_PATH_SIZE];

	assert_int_equal(vdev_object_check(nlmsg_hdr(msg), path), 0);
	assert_int_equal(vdev_object_decode_copy(object, nlmsg_hdr(msg)), 0);
	nlmsg_free(msg);
	return object;
}

static struct vdev_declaration *declare(struct nl_msg *msg)
{
	struct vdev_object *object = object_of(msg);
	struct vdev_declaration *declaration;
	struct vdev_error error = { 0 };

	assert_int_equal(vdev_declaration_of(object, &declaration, &error), 0);
	assert_string_equal(error.message, "");
	vdev_object_free(object);
	return declaration;
}

static void assert_same(struct vdev_declaration *a, struct vdev_declaration *b)
{
	assert_int_equal(a->len, b->len);
	assert_memory_equal(a->attrs, b->attrs, a->len);
	vdev_declaration_free(a);
	vdev_declaration_free(b);
}

static void an_object_is_declared(void **state)
{
	struct vdev_declaration *declaration = declare(message_full());
	const struct vdev_record *record = vdev_declaration_record(declaration);

	(void)state;
	assert_int_equal(vdev_declaration_kind(declaration), VDEV_OBJECT_DEV);
	assert_int_equal(vdev_declaration_migration(declaration), VDEV_MIGRATION_SUPPORTED);
	assert_true(vdev_declaration_capabilities(declaration) & VDEV_CAPABILITY_P2P);
	assert_int_equal(vdev_declaration_num_blockers(declaration), 1);
	assert_string_equal(vdev_declaration_blocker(declaration, 0)->name, "p2p-dma");
	assert_null(vdev_declaration_blocker(declaration, 1));
	assert_string_equal(vdev_record_model(record)->value, "qemu.org/net");
	assert_int_equal(vdev_record_num_features(record), 2);
	assert_string_equal(vdev_record_feature(record, 0)->name, "domains");
	assert_string_equal(vdev_record_feature(record, 1)->name, "virtio");
	assert_string_equal(vdev_record_param(record, 0)->name, "mtu");
	assert_string_equal(vdev_record_param(record, 1)->name, "multiqueue");
	assert_string_equal(vdev_record_param(record, 2)->name, "remote-url");
	assert_int_equal(vdev_record_aggregation(record)->total, 30);
	assert_int_equal(vdev_declaration_num_unknown(declaration), 0);
	assert_null(vdev_declaration_unknown(declaration, 0));
	vdev_declaration_free(declaration);
	vdev_declaration_free(NULL);
}

static void what_an_object_does_not_tell_is_undeclared(void **state)
{
	struct vdev_declaration *declaration = declare(message_type(1, "t", 1));

	(void)state;
	assert_int_equal(vdev_declaration_kind(declaration), VDEV_OBJECT_TYPE);
	assert_int_equal(vdev_declaration_migration(declaration), VDEV_MIGRATION_UNDECLARED);
	assert_null(vdev_record_model(vdev_declaration_record(declaration)));
	vdev_declaration_free(declaration);
}

static void where_an_object_is_makes_no_difference(void **state)
{
	struct nl_msg *msg = message_dev(1, "a", 1), *other = message_dev(2, "b", 7);

	(void)state;
	nla_put_string(other, VDEV_A_DRIVER, "driver");
	nla_put_u32(other, VDEV_A_CAPABILITIES, 0);
	nla_put_u32(other, VDEV_A_AGE, 5);
	nla_put_flag(other, VDEV_A_STALE);
	nla_put_string(other, 3000, "surprise");
	assert_same(declare(msg), declare(other));
}

static void an_object_out_of_bounds_is_rejected(void **state)
{
	struct nl_msg *msg = message_dev(1, "a", 1);
	struct nlattr *nest = nla_nest_start(msg, VDEV_A_RECORD);
	struct vdev_declaration *declaration;
	struct vdev_error error = { 0 };
	struct vdev_object *object;

	(void)state;
	nla_put(msg, VDEV_A_RECORD_PARAM, 0, NULL);
	nla_nest_end(msg, nest);
	object = object_of(msg);
	assert_int_equal(vdev_declaration_of(object, &declaration, &error), -EINVAL);
	assert_string_equal(error.message, "record.param.name is missing");
	assert_null(declaration);
	vdev_object_free(object);
}

static const struct vdev_blocker blockers[] = {
	{ "pinned", "a peer maps its memory", 0 },
	{ "busy", "it is in use", VDEV_BLOCKER_FLAG_PERMANENT },
};

static const char *const accepted[] = { "z", "a", "m" };

static const struct vdev_ident ident = {
	.value = "v", .accept = accepted, .num_accept = 3,
};

static const struct vdev_semver_range ranges[] = {
	{ .from = { 2, 1, 0 }, .open = true },
	{ .from = { 2, 0, 10 }, .to = { 2, 0, 11 } },
	{ .from = { 2, 0, 9 }, .to = { 2, 0, 10 } },
};

static const struct vdev_software_version software = {
	.value = { 2, 1, 3 }, .has_value = true, .accept = ranges, .num_accept = 3,
};

static const struct vdev_version versions[] = {
	{ "v9", VDEV_VERSION_FLAG_ACCEPT }, { "v10", VDEV_VERSION_FLAG_CREATE },
};

static const struct vdev_feature features[] = {
	{ .name = "virtio", .supported = { bits, 2 }, .required = { bits, 0 } },
	{ .name = "domains", .rule = VDEV_RULE_EQUAL, .provisioned = { bits, 1 } },
};

static const struct vdev_allowed numbers[] = {
	{ .low = 1000, .high = 2000 }, { .low = 68, .high = 999 }, { .low = 68, .high = 68 },
};

static const struct vdev_param params[] = {
	{
		.name = "mtu", .type = VDEV_VALUE_TYPE_U64, .rule = VDEV_RULE_RANGE,
		.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = 1500 },
		.off = { .type = VDEV_VALUE_TYPE_U64, .u64 = 0 },
		.allowed = numbers, .num_allowed = 3,
	}, {
		.name = "mac", .type = VDEV_VALUE_TYPE_STRING,
		.value = { .type = VDEV_VALUE_TYPE_STRING, .string = "" },
		.flags = VDEV_PARAM_FLAG_CONFIGURABLE, .origin = VDEV_ORIGIN_PROVISIONED,
	}, {
		.name = "bool", .type = VDEV_VALUE_TYPE_BOOL,
		.value = { .type = VDEV_VALUE_TYPE_BOOL, .boolean = true },
	},
};

static const struct vdev_aggregation aggregation = {
	.base = "fps", .units = 15, .count = 2, .limit = 4, .resplit = true,
};

static const struct vdev_draft full = {
	.kind = VDEV_OBJECT_TYPE, .migration = VDEV_MIGRATION_SUPPORTED,
	.blockers = blockers, .num_blockers = 2, .device_api = &ident, .model = &ident,
	.type = &ident, .software_version = &software, .versions = versions,
	.num_versions = 2, .features = features, .num_features = 2, .params = params,
	.num_params = 3, .aggregation = &aggregation,
	.capabilities = VDEV_CAPABILITY_STOP_COPY | VDEV_CAPABILITY_P2P,
};

static void lists_without_order_are_sorted(void **state)
{
	struct vdev_declaration *declaration = make(&full);
	const struct vdev_record *record = vdev_declaration_record(declaration);
	const struct vdev_software_version *version = vdev_record_software_version(record);

	(void)state;
	assert_string_equal(vdev_declaration_blocker(declaration, 0)->name, "busy");
	assert_string_equal(vdev_record_device_api(record)->accept[0], "a");
	assert_string_equal(vdev_record_device_api(record)->accept[2], "z");
	assert_string_equal(vdev_record_type(record)->accept[0], "a");
	assert_int_equal(version->accept[0].from.bugfix, 9);
	assert_int_equal(version->accept[1].from.bugfix, 10);
	assert_true(version->accept[2].open);
	assert_string_equal(vdev_record_feature(record, 0)->name, "domains");
	assert_string_equal(vdev_record_param(record, 0)->name, "bool");
	assert_int_equal(vdev_record_param(record, 2)->allowed[0].high, 68);
	assert_int_equal(vdev_record_param(record, 2)->allowed[1].high, 999);
	assert_int_equal(vdev_record_param(record, 2)->allowed[2].low, 1000);
	vdev_declaration_free(declaration);
}

static void lists_with_an_order_keep_it(void **state)
{
	struct vdev_declaration *declaration = make(&full);
	const struct vdev_record *record = vdev_declaration_record(declaration);

	(void)state;
	assert_string_equal(vdev_record_model(record)->accept[0], "z");
	assert_string_equal(vdev_record_model(record)->accept[2], "m");
	assert_string_equal(vdev_record_version(record, 0)->name, "v9");
	assert_string_equal(vdev_record_version(record, 1)->name, "v10");
	vdev_declaration_free(declaration);
}

static void defaults_are_written_out(void **state)
{
	struct vdev_draft draft = full;
	struct vdev_ident bare = { .value = "v" };
	struct vdev_declaration *declaration;
	const struct vdev_record *record;

	(void)state;
	draft.migration = 0;
	draft.device_api = &bare;
	declaration = make(&draft);
	record = vdev_declaration_record(declaration);
	assert_int_equal(vdev_declaration_migration(declaration), VDEV_MIGRATION_UNDECLARED);
	assert_int_equal(vdev_record_device_api(record)->rule, VDEV_RULE_EQUAL);
	assert_int_equal(vdev_record_model(record)->rule, VDEV_RULE_ONE_OF);
	assert_int_equal(vdev_record_type(record)->rule, VDEV_RULE_ONE_OF);
	assert_int_equal(vdev_record_software_version(record)->rule, VDEV_RULE_SEMVER);
	assert_int_equal(vdev_record_versions_rule(record), VDEV_RULE_ONE_OF);
	assert_int_equal(vdev_record_feature(record, 1)->rule, VDEV_RULE_SUBSET);
	assert_int_equal(vdev_record_param(record, 0)->rule, VDEV_RULE_EQUAL);
	assert_int_equal(vdev_record_param(record, 0)->origin, VDEV_ORIGIN_DEFAULT);
	assert_int_equal(vdev_record_aggregation(record)->rule, VDEV_RULE_EQUAL);
	assert_int_equal(vdev_record_aggregation(record)->total, 30);
	vdev_declaration_free(declaration);
	draft.type = &bare;
	declaration = make(&draft);
	record = vdev_declaration_record(declaration);
	assert_int_equal(vdev_record_type(record)->rule, VDEV_RULE_EQUAL);
	vdev_declaration_free(declaration);
}

static void what_is_known_to_be_empty_is_not_unknown(void **state)
{
	struct vdev_declaration *declaration = make(&full);
	const struct vdev_feature *feature;

	(void)state;
	feature = vdev_record_feature(vdev_declaration_record(declaration), 1);
	assert_string_equal(feature->name, "virtio");
	assert_non_null(feature->required.words);
	assert_int_equal(feature->required.num_words, 0);
	assert_null(feature->provisioned.words);
	vdev_declaration_free(declaration);
}

static void a_bitmap_ends_with_its_last_bit(void **state)
{
	const uint64_t words[] = { 0, 1, 0, 0 };
	const struct vdev_feature feature = {
		.name = "f", .supported = { words, 4 }, .provisioned = { words + 2, 2 },
	};
	struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV, .features = &feature, .num_features = 1,
	};
	struct vdev_declaration *declaration = make(&draft);
	const struct vdev_feature *reported;

	(void)state;
	reported = vdev_record_feature(vdev_declaration_record(declaration), 0);
	assert_int_equal(reported->supported.num_words, 2);
	assert_int_equal(reported->supported.words[1], 1);
	assert_non_null(reported->provisioned.words);
	assert_int_equal(reported->provisioned.num_words, 0);
	vdev_declaration_free(declaration);
}

static void what_an_object_declares_has_no_width(void **state)
{
	struct vdev_declaration *narrow = declare(message_full()), *wide;

	(void)state;
	message_wide = true;
	wide = declare(message_full());
	message_wide = false;
	assert_non_null(vdev_record_feature(vdev_declaration_record(wide), 0)->supported.words);
	assert_same(narrow, wide);
}

/* Made of what another one reports, it is the same. */
static void a_declaration_can_be_made_again(void **state)
{
	struct vdev_declaration *first = make(&full);
	struct vdev_draft draft = draft_again(first);

	(void)state;
	assert_same(first, make(&draft));
}

static void a_draft_may_be_older_or_newer(void **state)
{
	struct {
		struct vdev_draft draft;
		uint64_t news;
	} newer = { .draft = { .kind = VDEV_OBJECT_DEV } };
	struct vdev_declaration *declaration;
	struct vdev_error error = { 0 };
	struct vdev_draft older;

	(void)state;
	memset(&older, 0xff, sizeof(older));
	older.kind = VDEV_OBJECT_DEV;
	assert_int_equal(vdev_declaration_new(&older, sizeof(older.kind), &declaration, NULL), 0);
	vdev_declaration_free(declaration);
	assert_int_equal(vdev_declaration_new(&newer.draft, sizeof(newer), &declaration, NULL), 0);
	vdev_declaration_free(declaration);
	newer.news = 1;
	assert_int_equal(vdev_declaration_new(&newer.draft, sizeof(newer), &declaration, &error),
			 -EINVAL);
	assert_string_equal(error.message, "the draft is newer than this library");
}

static void the_bounds_are_the_kernels(void **state)
{
	struct vdev_draft draft = { .kind = VDEV_OBJECT_DEV, .model = &model };
	struct vdev_feature feature = { .name = "f", .required = { bits, 1 } };
	struct vdev_aggregation split = aggregation;
	struct vdev_blocker nameless = { NULL, "", 0 };

	(void)state;
	draft.features = &feature;
	draft.num_features = 1;
	reject(&draft, -EINVAL, "feature f: requires what it does not offer");
	draft.num_features = VDEV_FEATURES_MAX + 1;
	reject(&draft, -EMSGSIZE, "features: more than 16 entries");
	draft.num_features = 0;
	draft.blockers = &nameless;
	draft.num_blockers = 1;
	reject(&draft, -EINVAL, "blocker: name is empty");
	draft.num_blockers = 0;
	split.total = 31;
	draft.aggregation = &split;
	reject(&draft, -EINVAL, "aggregation: total is not units times count");
	split.limit = 1;
	reject(&draft, -ERANGE, "aggregation: count is above the limit");
}

static void a_draft_says_what_it_is_of(void **state)
{
	struct vdev_draft draft = { .model = &model };
	struct vdev_software_version none = { .rule = VDEV_RULE_EQUAL };

	(void)state;
	reject(&draft, -EINVAL, "endpoint: 0 is not known");
	draft.kind = VDEV_OBJECT_TYPE;
	draft.migration = 4;
	reject(&draft, -EINVAL, "migration: 4 is not known");
	draft.migration = 0;
	draft.capabilities = 0x23;
	reject(&draft, -EINVAL, "capabilities: 0x20 is not known");
	draft.capabilities = 0;
	draft.software_version = &none;
	reject(&draft, -EINVAL, "record.software-version.value is missing");
}

static void a_record_that_is_too_large_is_rejected(void **state)
{
	uint64_t words[VDEV_FEATURE_BYTES / sizeof(uint64_t)] = { 0 };
	struct vdev_feature many[VDEV_FEATURES_MAX];
	struct vdev_draft draft = { .kind = VDEV_OBJECT_DEV, .features = many };
	char names[VDEV_FEATURES_MAX][3];
	unsigned int i;

	(void)state;
	words[TEST_ARRAY_SIZE(words) - 1] = 1;
	for (i = 0; i < VDEV_FEATURES_MAX; i++) {
		snprintf(names[i], sizeof(names[i]), "%02u", i);
		many[i] = (struct vdev_feature) {
			.name = names[i], .supported = { words, TEST_ARRAY_SIZE(words) },
		};
	}
	draft.num_features = 11;
	vdev_declaration_free(make(&draft));
	draft.num_features = 12;
	reject(&draft, -EMSGSIZE, "record: larger than 24576 bytes");
	for (i = 0; i < VDEV_FEATURES_MAX; i++)
		many[i].provisioned = many[i].required = many[i].supported;
	draft.num_features = VDEV_FEATURES_MAX;
	reject(&draft, -EMSGSIZE, "larger than 32768 bytes");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_object_is_declared),
		cmocka_unit_test(what_an_object_does_not_tell_is_undeclared),
		cmocka_unit_test(where_an_object_is_makes_no_difference),
		cmocka_unit_test(an_object_out_of_bounds_is_rejected),
		cmocka_unit_test(lists_without_order_are_sorted),
		cmocka_unit_test(lists_with_an_order_keep_it),
		cmocka_unit_test(defaults_are_written_out),
		cmocka_unit_test(what_is_known_to_be_empty_is_not_unknown),
		cmocka_unit_test(a_bitmap_ends_with_its_last_bit),
		cmocka_unit_test(what_an_object_declares_has_no_width),
		cmocka_unit_test(a_declaration_can_be_made_again),
		cmocka_unit_test(a_draft_may_be_older_or_newer),
		cmocka_unit_test(the_bounds_are_the_kernels),
		cmocka_unit_test(a_draft_says_what_it_is_of),
		cmocka_unit_test(a_record_that_is_too_large_is_rejected),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
