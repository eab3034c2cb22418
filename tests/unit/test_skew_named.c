// SPDX-License-Identifier: GPL-2.0
/*
 * What is named: how much of it is judged, and what drafts and objects of a newer kernel
 * name.
 */
#include "kernel/include/linux/vdev_limits.h"
#include "model/declaration.h"
#include "model/object.h"
#include "message.h"
#include "skewed.h"
#include "test.h"

#define MANY (VDEV_UNKNOWN_MAX + 6)

static unsigned int count_findings(const struct vdev_declaration *declaration)
{
	struct vdev_judgement *judgement = vdev_judge(declaration, declaration);
	unsigned int i, num = 0;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++)
		num += vdev_judgement_finding(judgement, i)->code == VDEV_CODE_SOURCE_UNKNOWN;
	assert_int_equal(vdev_judgement_verdict(judgement), VDEV_VERDICT_UNDECLARED);
	vdev_judgement_free(judgement);
	return num;
}

static void all_are_named_and_the_first_are_judged(void **state)
{
	struct vdev_declaration *declaration;
	struct writer writer = { 0 };
	unsigned int i;
	char path[32];

	(void)state;
	vdev_writer_u32(&writer, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	vdev_writer_put(&writer, VDEV_A_SOURCE_RECORD | NLA_F_NESTED, NULL, 0);
	vdev_writer_u32(&writer, VDEV_A_SOURCE_ENDPOINT, VDEV_OBJECT_DEV);
	for (i = 0; i < MANY; i++)
		vdev_writer_put(&writer, 100 + i, NULL, 0);
	declaration = skewed_carry(writer.data, writer.len);
	vdev_writer_free(&writer);
	assert_int_equal(vdev_declaration_num_unknown(declaration), MANY);
	for (i = 0; i < MANY; i++) {
		snprintf(path, sizeof(path), "attribute-%u", 100 + i);
		assert_string_equal(vdev_declaration_unknown(declaration, i), path);
	}
	assert_int_equal(count_findings(declaration), VDEV_UNKNOWN_MAX);
	vdev_declaration_free(declaration);
}

static void a_draft_names_what_it_cannot_express(void **state)
{
	static const char *const paths[] = { "record.later", "migration", "record.later" };
	struct vdev_declaration *declaration, *again;
	struct vdev_draft draft = skewed_full;
	char *token;

	(void)state;
	draft.num_blockers = 0;
	draft.unknown = paths;
	draft.num_unknown = TEST_ARRAY_SIZE(paths);
	declaration = skewed_make(&draft);
	token = vdev_declaration_format(declaration);
	again = skewed_parse(token);
	free(token);
	assert_int_equal(again->len, declaration->len);
	assert_memory_equal(again->attrs, declaration->attrs, declaration->len);
	assert_int_equal(vdev_declaration_num_unknown(again), 3);
	assert_string_equal(vdev_declaration_unknown(again, 0), "migration");
	assert_string_equal(vdev_declaration_unknown(again, 1), "record.later");
	assert_string_equal(vdev_declaration_unknown(again, 2), "record.later");
	assert_int_equal(vdev_declaration_migration(again), VDEV_MIGRATION_SUPPORTED);
	assert_int_equal(count_findings(again), 3);
	vdev_declaration_free(again);
	vdev_declaration_free(declaration);
}

/* It has a bound, and nothing that would control a terminal or a log. */
static void what_a_draft_names_is_plain_text(void **state)
{
	char longest[VDEV_STRING_LEN + 10], *odd = "a\nb\x1b[1m\x7f\xc3\xa9 c";
	const char *paths[2] = { odd, longest };
	struct vdev_declaration *declaration;
	struct vdev_draft draft = skewed_full;

	(void)state;
	memset(longest, 'z', sizeof(longest) - 1);
	longest[sizeof(longest) - 1] = '\0';
	draft.unknown = paths;
	draft.num_unknown = 2;
	declaration = skewed_make(&draft);
	assert_string_equal(vdev_declaration_unknown(declaration, 0), "a?b?[1m??? c");
	assert_int_equal(strlen(vdev_declaration_unknown(declaration, 1)), VDEV_STRING_LEN);
	vdev_declaration_free(declaration);
}

static void a_draft_names_no_more_than_is_judged(void **state)
{
	struct vdev_declaration *declaration;
	struct vdev_draft draft = skewed_full;
	const char *paths[MANY];
	unsigned int i;

	(void)state;
	for (i = 0; i < MANY; i++)
		paths[i] = "record.later";
	draft.unknown = paths;
	draft.num_unknown = MANY;
	declaration = skewed_make(&draft);
	assert_int_equal(vdev_declaration_num_unknown(declaration), VDEV_UNKNOWN_MAX);
	vdev_declaration_free(declaration);
}

static void an_older_draft_names_nothing(void **state)
{
	struct vdev_declaration *declaration;
	struct vdev_draft draft = skewed_full;

	(void)state;
	draft.unknown = (const char *const *)1;
	draft.num_unknown = 1;
	assert_int_equal(vdev_declaration_new(&draft, offsetof(struct vdev_draft, unknown),
					      &declaration, NULL), 0);
	assert_int_equal(vdev_declaration_num_unknown(declaration), 0);
	vdev_declaration_free(declaration);
}

static struct vdev_declaration *declare(struct nl_msg *msg)
{
	struct vdev_object *object = calloc(1, sizeof(*object));
	struct vdev_declaration *declaration;
	struct vdev_error error = { 0 };
	char path[ATTR_PATH_SIZE];

	assert_int_equal(vdev_object_check(nlmsg_hdr(msg), path), 0);
	assert_int_equal(vdev_object_decode_copy(object, nlmsg_hdr(msg)), 0);
	nlmsg_free(msg);
	assert_int_equal(vdev_declaration_of(object, &declaration, &error), 0);
	assert_string_equal(error.message, "");
	vdev_object_free(object);
	return declaration;
}

/* In which order depends on the byte order. */
static bool lists(const struct vdev_declaration *declaration, const char *path)
{
	unsigned int i;

	for (i = 0; i < vdev_declaration_num_unknown(declaration); i++)
		if (!strcmp(vdev_declaration_unknown(declaration, i), path))
			return true;
	return false;
}

/* As a newer kernel reports it: it can be exported, and is judged where it is known. */
static void an_object_of_a_newer_kernel_is_carried(void **state)
{
	struct nl_msg *msg = message_dev(1, "a", 1);
	struct nlattr *record, *nest;
	struct vdev_declaration *declaration, *again;
	char *token;

	(void)state;
	nla_put_u32(msg, VDEV_A_MIGRATION, NEWER);
	record = nla_nest_start(msg, VDEV_A_RECORD);
	nest = nla_nest_start(msg, VDEV_A_RECORD_MODEL);
	nla_put_string(msg, VDEV_A_IDENT_VALUE, "m");
	nla_put_u32(msg, VDEV_A_IDENT_RULE, NEWER);
	nla_nest_end(msg, nest);
	nla_put_string(msg, NEWER, "news");
	nla_nest_end(msg, record);
	nla_put_u32(msg, NEWER, 1);
	declaration = declare(msg);
	assert_int_equal(vdev_declaration_kind(declaration), VDEV_OBJECT_DEV);
	assert_int_equal(vdev_declaration_migration(declaration), VDEV_MIGRATION_UNDECLARED);
	assert_int_equal(vdev_declaration_num_unknown(declaration), 3);
	assert_true(lists(declaration, "record.attribute-77"));
	assert_true(lists(declaration, "migration"));
	assert_true(lists(declaration, "record.model.rule"));
	token = vdev_declaration_format(declaration);
	again = skewed_parse(token);
	assert_int_equal(again->len, declaration->len);
	assert_memory_equal(again->attrs, declaration->attrs, declaration->len);
	free(token);
	vdev_declaration_free(again);
	vdev_declaration_free(declaration);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_are_named_and_the_first_are_judged),
		cmocka_unit_test(a_draft_names_what_it_cannot_express),
		cmocka_unit_test(what_a_draft_names_is_plain_text),
		cmocka_unit_test(a_draft_names_no_more_than_is_judged),
		cmocka_unit_test(an_older_draft_names_nothing),
		cmocka_unit_test(an_object_of_a_newer_kernel_is_carried),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
