// SPDX-License-Identifier: GPL-2.0
/* What is asked of the kernel about a source and its target, and its answer. */
#include "test.h"

#include "asked.h"

static const struct vdev_handle device = { .bus = "sim", .name = "sim3" };

static int check(struct vdev_judgement **judgement)
{
	return vdev_check(sock, source, VDEV_OBJECT_DEV, &device, 0, 0, judgement);
}

/* The judgement that comes of a reply; the caller frees it. */
static struct vdev_judgement *judgement_of(struct nl_msg *msg)
{
	struct vdev_judgement *judgement;

	fake_reset(respond_with, &reply);
	reply = msg;
	assert_int_equal(check(&judgement), 0);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_NONE);
	return judgement;
}

static void a_declaration_is_sent_as_source(void **state)
{
	struct vdev_judgement *judgement;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = message_findings(VDEV_CMD_CHECK);
	assert_int_equal(vdev_check(sock, source, VDEV_OBJECT_DEV, &device, 1ULL << 40,
				    MESSAGE_INSTANCE, &judgement), 0);
	assert_string_equal(nla_data(sent(VDEV_A_BUS)), "sim");
	assert_string_equal(nla_data(sent(VDEV_A_NAME)), "sim3");
	assert_null(sent(VDEV_A_ID));
	assert_int_equal(nla_len(sent(VDEV_A_EXPECT)), 8);
	assert_int_equal(nla_get_u64(sent(VDEV_A_EXPECT)), 1ULL << 40);
	assert_int_equal(nla_get_u32(sent(VDEV_A_INSTANCE)), MESSAGE_INSTANCE);
	assert_int_equal(nla_get_u32(in_source(VDEV_A_SOURCE_MIGRATION)),
			 VDEV_MIGRATION_SUPPORTED);
	assert_non_null(in_source(VDEV_A_SOURCE_BLOCKER));
	assert_non_null(nla_find(nla_data(in_source(VDEV_A_SOURCE_RECORD)),
				 nla_len(in_source(VDEV_A_SOURCE_RECORD)), VDEV_A_RECORD_MODEL));
	assert_null(in_source(VDEV_A_SOURCE_ID));
	vdev_judgement_free(judgement);
}

static void a_source_of_this_host_is_sent_by_name(void **state)
{
	struct vdev_handle type = { .parent_bus = "pci", .parent = "p", .name = "t" };
	struct vdev_handle number = { .id = 12 };
	struct vdev_judgement *judgement;

	(void)state;
	fake_reset(respond_with, &reply);
	reply = message_findings(VDEV_CMD_CHECK);
	assert_int_equal(vdev_check_local(sock, VDEV_OBJECT_TYPE, &type, VDEV_OBJECT_TYPE, &number,
					  0, 0, &judgement), 0);
	assert_string_equal(nla_data(in_source(VDEV_A_SOURCE_PARENT_BUS)), "pci");
	assert_string_equal(nla_data(in_source(VDEV_A_SOURCE_PARENT)), "p");
	assert_string_equal(nla_data(in_source(VDEV_A_SOURCE_NAME)), "t");
	assert_null(in_source(VDEV_A_SOURCE_BUS));
	assert_null(in_source(VDEV_A_SOURCE_RECORD));
	assert_int_equal(nla_get_u32(sent(VDEV_A_ID)), 12);
	assert_null(sent(VDEV_A_NAME));
	assert_null(sent(VDEV_A_EXPECT));
	vdev_judgement_free(judgement);
	reply = message_findings(VDEV_CMD_CHECK);
	assert_int_equal(vdev_check_local(sock, VDEV_OBJECT_DEV, &device, VDEV_OBJECT_TYPE, &type,
					  0, 0, &judgement), 0);
	assert_string_equal(nla_data(in_source(VDEV_A_SOURCE_BUS)), "sim");
	assert_string_equal(nla_data(sent(VDEV_A_PARENT)), "p");
	vdev_judgement_free(judgement);
}

static void the_target_is_reported(void **state)
{
	struct vdev_judgement *judgement = judgement_of(message_findings(VDEV_CMD_CHECK));

	(void)state;
	assert_int_equal(vdev_judgement_kind(judgement), VDEV_OBJECT_TYPE);
	assert_string_equal(vdev_judgement_target(judgement), "pci/0000:65:00.1/net");
	assert_int_equal(vdev_judgement_id(judgement), 9);
	assert_int_equal(vdev_judgement_instance(judgement), MESSAGE_INSTANCE);
	assert_int_equal(vdev_judgement_generation(judgement), 40);
	assert_int_equal(vdev_judgement_snapshot(judgement), 41);
	assert_int_equal(vdev_judgement_capacity(judgement)->state, VDEV_CAPACITY_STATE_BUSY);
	assert_int_equal(vdev_judgement_age(judgement), 56);
	assert_true(vdev_judgement_stale(judgement));
	assert_true(vdev_judgement_truncated(judgement));
	vdev_judgement_free(judgement);
	judgement = judgement_of(message_judgement(VDEV_CMD_CHECK, 3, "a", 1, NULL));
	assert_int_equal(vdev_judgement_kind(judgement), VDEV_OBJECT_DEV);
	assert_string_equal(vdev_judgement_target(judgement), "sim/a");
	assert_null(vdev_judgement_capacity(judgement));
	assert_int_equal(vdev_judgement_age(judgement), VDEV_UNKNOWN32);
	assert_false(vdev_judgement_stale(judgement));
	assert_false(vdev_judgement_truncated(judgement));
	assert_int_equal(vdev_judgement_instance(judgement), 0);
	vdev_judgement_free(judgement);
	vdev_judgement_free(NULL);
}

static void a_number_may_have_more_bytes_than_it_needs(void **state)
{
	struct vdev_judgement *judgement;
	struct nl_msg *wide;

	(void)state;
	message_wide = true;
	wide = message_findings(VDEV_CMD_CHECK);
	message_wide = false;
	judgement = judgement_of(wide);
	assert_int_equal(vdev_judgement_generation(judgement), 40);
	assert_int_equal(vdev_judgement_snapshot(judgement), 41);
	assert_int_equal(vdev_judgement_finding(judgement, 1)->source.u64, 1500);
	vdev_judgement_free(judgement);
}

static void check_findings(const struct vdev_judgement *judgement)
{
	const struct vdev_finding *finding = vdev_judgement_finding(judgement, 0);

	assert_int_equal(vdev_judgement_num_findings(judgement), 3);
	assert_int_equal(finding->field, VDEV_FIELD_FEATURE);
	assert_string_equal(finding->name, "virtio");
	assert_int_equal(finding->rule, VDEV_RULE_SUBSET);
	assert_int_equal(finding->result, VDEV_RESULT_FAIL);
	assert_int_equal(finding->code, VDEV_CODE_FEATURE_MISSING);
	assert_int_equal(finding->source.type, 0);
	assert_true(vdev_bitmap_test(&finding->missing, 127));
	assert_int_equal(finding->unmet.num_words, 1);
	finding = vdev_judgement_finding(judgement, 1);
	assert_int_equal(finding->rule, 0);
	assert_int_equal(finding->source.u64, 1500);
	assert_string_equal(finding->target.string, "9000");
	assert_null(finding->missing.words);
	assert_null(finding->reason);
	finding = vdev_judgement_finding(judgement, 2);
	assert_null(finding->name);
	assert_string_equal(finding->reason, "not on a Tuesday");
	assert_null(vdev_judgement_finding(judgement, 3));
}

static void the_answer_is_decoded(void **state)
{
	struct vdev_judgement *judgement = judgement_of(message_findings(VDEV_CMD_CHECK));

	(void)state;
	assert_int_equal(vdev_judgement_verdict(judgement), VDEV_VERDICT_INCOMPATIBLE);
	assert_int_equal(vdev_judgement_rank(judgement)->preference, 3);
	assert_true(vdev_judgement_rank(judgement)->same_version);
	assert_int_equal(vdev_judgement_rank(judgement)->bugfix, 7);
	assert_int_equal(vdev_judgement_rank(judgement)->surplus, 2);
	check_findings(judgement);
	vdev_judgement_free(judgement);
}

static void a_copy_outlives_its_original(void **state)
{
	struct vdev_judgement *judgement = judgement_of(message_findings(VDEV_CMD_CHECK));
	struct vdev_judgement *copy = vdev_judgement_dup(judgement);

	(void)state;
	vdev_judgement_free(judgement);
	check_findings(copy);
	assert_string_equal(vdev_judgement_target(copy), "pci/0000:65:00.1/net");
	vdev_judgement_free(copy);
}

static int ignore(const struct vdev_judgement *judgement, void *arg)
{
	(void)judgement;
	(void)arg;
	return 0;
}

static void an_age_is_asked_for_if_there_is_a_bound(void **state)
{
	struct reason reason = { .error = ENODEV };
	struct vdev_judgement *judgement;

	(void)state;
	fake_reset(respond_rejection, &reason);
	assert_int_equal(check(&judgement), -ENODEV);
	assert_null(sent(VDEV_A_MAX_AGE));
	assert_int_equal(vdev_find(sock, source, NULL, ignore, NULL), -ENODEV);
	assert_null(sent(VDEV_A_MAX_AGE));
	vdev_sock_set_max_age(sock, 250);
	assert_int_equal(check(&judgement), -ENODEV);
	assert_int_equal(nla_get_u32(sent(VDEV_A_MAX_AGE)), 250);
	assert_int_equal(vdev_check_local(sock, VDEV_OBJECT_DEV, &device, VDEV_OBJECT_DEV, &device,
					  0, 0, &judgement), -ENODEV);
	assert_int_equal(nla_get_u32(sent(VDEV_A_MAX_AGE)), 250);
	assert_int_equal(vdev_find(sock, source, NULL, ignore, NULL), -ENODEV);
	assert_int_equal(nla_get_u32(sent(VDEV_A_MAX_AGE)), 250);
	vdev_sock_set_max_age(sock, VDEV_MAX_AGE_ANY);
}

static void a_module_that_is_too_old_is_named(void **state)
{
	struct reason reason = { .error = EOPNOTSUPP };
	struct vdev_judgement *judgement;

	(void)state;
	fake_reset(respond_rejection, &reason);
	assert_int_equal(check(&judgement), -EOPNOTSUPP);
	assert_null(judgement);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_KERNEL);
	assert_string_equal(vdev_sock_error(sock)->message,
			    "the kernel's vdev module is too old to check");
	assert_int_equal(vdev_find(sock, source, NULL, ignore, NULL), -EOPNOTSUPP);
	assert_string_equal(vdev_sock_error(sock)->message,
			    "the kernel's vdev module is too old to check");
	reason.words = "not this one";
	assert_int_equal(check(&judgement), -EOPNOTSUPP);
	assert_string_equal(vdev_sock_error(sock)->message, "not this one");
}

static void a_rejection_points_into_the_source(void **state)
{
	/* Behind both headers, the source's, and its migration. */
	struct reason reason = { .error = EINVAL, .offset = 16 + 4 + 4 + 8 };
	struct vdev_judgement *judgement;

	(void)state;
	fake_reset(respond_rejection, &reason);
	assert_int_equal(check(&judgement), -EINVAL);
	assert_string_equal(vdev_sock_error(sock)->attr, "source.blocker");
	reason = (struct reason){ .error = ESTALE, .words = "it has changed" };
	assert_int_equal(check(&judgement), -ESTALE);
	assert_string_equal(vdev_sock_error(sock)->message, "it has changed");
}

/* A reply to which this is done breaks the specification. */
static void assert_broken(struct nl_msg *msg, const char *attr)
{
	struct vdev_judgement *judgement;

	fake_reset(respond_with, &reply);
	reply = msg;
	assert_int_equal(check(&judgement), -EBADMSG);
	assert_null(judgement);
	assert_int_equal(vdev_sock_error(sock)->type, VDEV_ERROR_REPLY);
	if (attr)
		assert_string_equal(vdev_sock_error(sock)->attr, attr);
	else
		assert_string_equal(vdev_sock_error(sock)->attr, "");
}

static struct nl_msg *renamed(struct nl_msg *msg, int type)
{
	struct nlattr *attr = nlmsg_find_attr(nlmsg_hdr(msg), GENL_HDRLEN, type);

	attr->nla_type = 3000;
	return msg;
}

static struct nl_msg *of_kind(uint32_t kind)
{
	struct nl_msg *msg = message_judgement(VDEV_CMD_CHECK, 3, "a", 1, NULL);

	memcpy(nla_data(nlmsg_find_attr(nlmsg_hdr(msg), GENL_HDRLEN, VDEV_A_ENDPOINT)), &kind,
	       sizeof(kind));
	return msg;
}

/* With a number of three bytes. */
static struct nl_msg *misshapen(int type)
{
	struct nl_msg *msg = message_findings(VDEV_CMD_CHECK);

	nla_put(msg, type, 3, "xxx");
	return msg;
}

static void broken_replies_are_rejected(void **state)
{
	(void)state;
	assert_broken(NULL, NULL);
	assert_broken(message_dev(1, "a", 1), NULL);
	assert_broken(renamed(message_findings(VDEV_CMD_CHECK), VDEV_A_VERDICT), "verdict");
	assert_broken(renamed(message_findings(VDEV_CMD_CHECK), VDEV_A_ENDPOINT), "endpoint");
	assert_broken(renamed(message_findings(VDEV_CMD_CHECK), VDEV_A_PARENT), "parent");
	assert_broken(renamed(message_judgement(VDEV_CMD_CHECK, 1, "a", 1, NULL), VDEV_A_BUS),
		      "bus");
	assert_broken(misshapen(VDEV_A_INSTANCE), "instance");
	assert_broken(misshapen(VDEV_A_GENERATION), "generation");
	assert_broken(misshapen(VDEV_A_SNAPSHOT), "snapshot");
	assert_broken(of_kind(3), "endpoint");
	assert_broken(of_kind(2), "parent-bus");
}

/* The kind that counts is the first, with which the names were read. */
static void a_second_kind_does_no_harm(void **state)
{
	struct nl_msg *msg = message_judgement(VDEV_CMD_CHECK, 3, "a", 1, NULL);
	struct vdev_judgement *judgement;

	(void)state;
	nla_put_u32(msg, VDEV_A_ENDPOINT, VDEV_ENDPOINT_KIND_TYPE);
	judgement = judgement_of(msg);
	assert_int_equal(vdev_judgement_kind(judgement), VDEV_OBJECT_DEV);
	assert_string_equal(vdev_judgement_target(judgement), "sim/a");
	vdev_judgement_free(judgement);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		ASKED_SOURCE_TEST(a_declaration_is_sent_as_source),
		ASKED_SOURCE_TEST(a_source_of_this_host_is_sent_by_name),
		ASKED_SOURCE_TEST(the_target_is_reported),
		ASKED_SOURCE_TEST(a_number_may_have_more_bytes_than_it_needs),
		ASKED_SOURCE_TEST(the_answer_is_decoded),
		ASKED_SOURCE_TEST(a_copy_outlives_its_original),
		ASKED_SOURCE_TEST(an_age_is_asked_for_if_there_is_a_bound),
		ASKED_SOURCE_TEST(a_module_that_is_too_old_is_named),
		ASKED_SOURCE_TEST(a_rejection_points_into_the_source),
		ASKED_SOURCE_TEST(broken_replies_are_rejected),
		ASKED_SOURCE_TEST(a_second_kind_does_no_harm),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
