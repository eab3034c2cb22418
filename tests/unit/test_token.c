// SPDX-License-Identifier: GPL-2.0
/* Tokens: what is written, what is read, and what is rejected. */
#include "model/declaration.h"
#include "skewed.h"
#include "test.h"

/* A device without anything, as it must always be written. */
#define BARE "vdev1.CAAGAAEAAAAEAAiACAAJAAEAAAD3NsgI"

static const struct vdev_ident model = { .value = "m", .rule = VDEV_RULE_EQUAL };
static const uint64_t bits[] = { 0x28, 1 };
static const struct vdev_feature feature = { .name = "f", .supported = { bits, 2 } };
static const struct vdev_param param = {
	.name = "p", .type = VDEV_VALUE_TYPE_U64,
	.value = { .type = VDEV_VALUE_TYPE_U64, .u64 = 1ULL << 40 },
};

static struct vdev_declaration *make(bool bare)
{
	struct vdev_draft draft = {
		.kind = VDEV_OBJECT_DEV,
		.model = bare ? NULL : &model,
		.features = &feature, .num_features = !bare,
		.params = &param, .num_params = !bare,
	};
	struct vdev_declaration *declaration;

	assert_int_equal(vdev_declaration_new(&draft, sizeof(draft), &declaration, NULL), 0);
	return declaration;
}

static void reject(const char *token, int err, const char *words)
{
	struct vdev_declaration *declaration = (void *)1;
	struct vdev_error error = { 0 };

	assert_int_equal(vdev_declaration_parse(token, &declaration, &error), err);
	assert_string_equal(error.message, words);
	assert_null(declaration);
	assert_int_equal(vdev_declaration_parse(token, &declaration, NULL), err);
}

/* The token of attributes, whatever they are; the caller frees it. */
static char *token_of(const void *attrs, size_t len)
{
	struct vdev_declaration declaration = { .attrs = attrs, .len = len };

	return vdev_declaration_format(&declaration);
}

static void a_token_is_stable(void **state)
{
	struct vdev_declaration *declaration = make(true);
	char *token = vdev_declaration_format(declaration);

	(void)state;
	assert_string_equal(token, BARE);
	free(token);
	vdev_declaration_free(declaration);
}

static void a_token_reads_back_byte_for_byte(void **state)
{
	struct vdev_declaration *declaration = make(false), *again;
	char *token = vdev_declaration_format(declaration), *second;

	(void)state;
	assert_int_equal(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				"0123456789-_."), strlen(token));
	again = skewed_parse(token);
	assert_int_equal(again->len, declaration->len);
	assert_memory_equal(again->attrs, declaration->attrs, declaration->len);
	second = vdev_declaration_format(again);
	assert_string_equal(second, token);
	free(token);
	free(second);
	vdev_declaration_free(again);
	vdev_declaration_free(declaration);
}

static void white_space_around_it_is_ignored(void **state)
{
	(void)state;
	vdev_declaration_free(skewed_parse(" \t" BARE "\r\n"));
	reject(BARE " " BARE, -EBADMSG, "damaged token: it is not base64url");
	reject("vdev1. CAAN", -EBADMSG, "damaged token: it is not base64url");
}

static void what_is_no_token_is_rejected(void **state)
{
	static const char *const texts[] = {
		"", " ", "x", "vdev", "vdev1", "vdev.", "vdev0.AAAA", "vdevx.AAAA", "VDEV1.AAAA",
		"vdev01.AAAA", "vdev1x.AAAA", "vdev1234567890.AAAA", "{}", "sim/sim0",
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(texts); i++)
		reject(texts[i], -EBADMSG, "not a token: it does not begin with vdev1.");
}

static void a_newer_format_is_reported(void **state)
{
	(void)state;
	reject("vdev2.AAAA", -EPROTO, "token of format 2, which is newer than this library");
	reject("vdev123456789.", -EPROTO,
	       "token of format 123456789, which is newer than this library");
}

static void every_damage_is_seen(void **state)
{
	struct vdev_declaration *declaration = make(false), *none;
	char *token = vdev_declaration_format(declaration);
	size_t len = strlen(token), i;

	(void)state;
	for (i = 0; i < len; i++) {
		char old = token[i];

		token[i] = old == 'A' ? 'B' : 'A';
		assert_int_equal(vdev_declaration_parse(token, &none, NULL), -EBADMSG);
		token[i] = '\0';
		assert_int_equal(vdev_declaration_parse(token, &none, NULL), -EBADMSG);
		token[i] = old;
	}
	free(token);
	vdev_declaration_free(declaration);
}

static void a_short_or_unfinished_token_is_rejected(void **state)
{
	(void)state;
	reject("vdev1.", -EBADMSG, "damaged token: it is cut short");
	reject("vdev1.AAAA", -EBADMSG, "damaged token: it is cut short");
	reject("vdev1.A", -EBADMSG, "damaged token: it is not base64url");
	reject("vdev1.AB", -EBADMSG, "damaged token: it is not base64url");
	reject("vdev1.AA+A", -EBADMSG, "damaged token: it is not base64url");
	reject("vdev1.AAA=", -EBADMSG, "damaged token: it is not base64url");
	reject("vdev1.AAAAAA", -EINVAL, "migration is missing");
	reject("vdev1.AAAAAAA", -EBADMSG, "damaged token: the checksum does not fit");
}

static void a_token_has_a_bound(void **state)
{
	size_t len = 50000;
	char *token = malloc(len + 1);

	(void)state;
	memset(token, 'A', len);
	token[len] = '\0';
	memcpy(token, "vdev1.", 6);
	reject(token, -EMSGSIZE, "larger than 32768 bytes");
	free(token);
}

/* What the attributes of a token can be, although its checksum is right. */
struct wrong {
	void (*write)(struct writer *writer);
	int err;
	const char *words;
};

static void write_bare(struct writer *writer)
{
	vdev_writer_u32(writer, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	vdev_writer_put(writer, VDEV_A_SOURCE_RECORD | NLA_F_NESTED, NULL, 0);
	vdev_writer_u32(writer, VDEV_A_SOURCE_ENDPOINT, VDEV_OBJECT_DEV);
}

static void write_garbage(struct writer *writer)
{
	write_bare(writer);
	memset(vdev_writer_reserve(writer, 8), 0xff, 8);
}

static void write_name(struct writer *writer)
{
	write_bare(writer);
	vdev_writer_string(writer, VDEV_A_SOURCE_NAME, "sim0");
}

static void write_twice(struct writer *writer)
{
	write_bare(writer);
	vdev_writer_put(writer, VDEV_A_SOURCE_RECORD | NLA_F_NESTED, NULL, 0);
}

static void write_short(struct writer *writer)
{
	write_bare(writer);
	vdev_writer_put(writer, VDEV_A_SOURCE_MIGRATION, "a", 1);
}

static void write_odd_number(struct writer *writer)
{
	size_t record, nest, value;

	write_bare(writer);
	record = vdev_writer_begin(writer, VDEV_A_SOURCE_RECORD);
	nest = vdev_writer_begin(writer, VDEV_A_RECORD_PARAM);
	value = vdev_writer_begin(writer, VDEV_A_PARAM_VALUE);
	vdev_writer_put(writer, VDEV_A_VALUE_U64, "abc", 3);
	vdev_writer_end(writer, value);
	vdev_writer_end(writer, nest);
	vdev_writer_end(writer, record);
}

static void write_blocker(struct writer *writer)
{
	size_t nest;

	write_bare(writer);
	nest = vdev_writer_begin(writer, VDEV_A_SOURCE_BLOCKER);
	vdev_writer_string(writer, VDEV_A_BLOCKER_NAME, "b");
	vdev_writer_u32(writer, VDEV_A_BLOCKER_FLAGS, 0);
	vdev_writer_end(writer, nest);
}

static void write_param(struct writer *writer, unsigned int type, unsigned int number)
{
	size_t record, nest, value;

	vdev_writer_u32(writer, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	vdev_writer_u32(writer, VDEV_A_SOURCE_ENDPOINT, VDEV_OBJECT_DEV);
	record = vdev_writer_begin(writer, VDEV_A_SOURCE_RECORD);
	nest = vdev_writer_begin(writer, VDEV_A_RECORD_PARAM);
	vdev_writer_string(writer, VDEV_A_PARAM_NAME, "p");
	vdev_writer_u32(writer, VDEV_A_PARAM_VALUE_TYPE, VDEV_VALUE_TYPE_BOOL);
	vdev_writer_u32(writer, VDEV_A_PARAM_RULE, VDEV_RULE_EQUAL);
	vdev_writer_u32(writer, VDEV_A_PARAM_FLAGS, 0);
	vdev_writer_u32(writer, VDEV_A_PARAM_ORIGIN, VDEV_ORIGIN_DEFAULT);
	value = vdev_writer_begin(writer, type);
	vdev_writer_u32(writer, number, 1);
	if (number != VDEV_A_VALUE_BOOL)
		vdev_writer_string(writer, type == VDEV_A_PARAM_ALLOWED ? VDEV_A_ALLOWED_STRING :
				   VDEV_A_VALUE_STRING, "and");
	vdev_writer_end(writer, value);
	vdev_writer_end(writer, nest);
	vdev_writer_end(writer, record);
}

/* A number that is not reported is not there. */
static void write_no_rule(struct writer *writer)
{
	size_t record, nest;

	vdev_writer_u32(writer, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	vdev_writer_u32(writer, VDEV_A_SOURCE_ENDPOINT, VDEV_OBJECT_DEV);
	record = vdev_writer_begin(writer, VDEV_A_SOURCE_RECORD);
	nest = vdev_writer_begin(writer, VDEV_A_RECORD_MODEL);
	vdev_writer_string(writer, VDEV_A_IDENT_VALUE, "m");
	vdev_writer_u32(writer, VDEV_A_IDENT_RULE, 0);
	vdev_writer_end(writer, nest);
	vdev_writer_end(writer, record);
}

static void write_two_values(struct writer *writer)
{
	write_param(writer, VDEV_A_PARAM_VALUE, 7);
	((struct nlattr *)(writer->data + writer->len - 16))->nla_type = VDEV_A_VALUE_BOOL;
}

static void write_allowed_bool(struct writer *writer)
{
	write_param(writer, VDEV_A_PARAM_ALLOWED, 7);
}

static void attributes_that_make_no_sense_are_rejected(void **state)
{
	static const struct wrong wrongs[] = {
		{ write_garbage, -EBADMSG, "the declaration is malformed" },
		{ write_name, -EINVAL, "name does not belong in a declaration" },
		{ write_twice, -EINVAL, "record is there twice" },
		{ write_short, -EBADMSG, "migration is malformed" },
		{ write_odd_number, -EBADMSG, "record.param.value.u64 is malformed" },
		{ write_blocker, -EINVAL, "blocker.reason is missing" },
		{ write_no_rule, -EINVAL, "record.model.rule is 0" },
		{ write_two_values, -EINVAL, "record.param.value is not one value" },
		{ write_allowed_bool, -EINVAL, "p: a bool with allowed values" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < TEST_ARRAY_SIZE(wrongs); i++) {
		struct writer writer = { 0 };
		char *token;

		wrongs[i].write(&writer);
		token = token_of(writer.data, writer.len);
		reject(token, wrongs[i].err, wrongs[i].words);
		free(token);
		vdev_writer_free(&writer);
	}
}

/* Behind what is known, in a nest of its own and inside of one that is known. */
static void what_is_not_known_is_kept(void **state)
{
	struct writer writer = { 0 };
	struct vdev_declaration *declaration;
	char *token, *again;
	size_t nest;

	(void)state;
	vdev_writer_u32(&writer, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	nest = vdev_writer_begin(&writer, VDEV_A_SOURCE_RECORD);
	vdev_writer_put(&writer, 77 | NLA_F_NESTED, "abcdef", 6);
	vdev_writer_put(&writer, 78, "b", 1);
	vdev_writer_put(&writer, 78, "a", 1);
	vdev_writer_end(&writer, nest);
	vdev_writer_u32(&writer, VDEV_A_SOURCE_ENDPOINT, VDEV_OBJECT_DEV);
	vdev_writer_u32(&writer, 1000, 5);
	token = token_of(writer.data, writer.len);
	vdev_writer_free(&writer);
	declaration = skewed_parse(token);
	assert_int_equal(vdev_declaration_num_unknown(declaration), 4);
	assert_string_equal(vdev_declaration_unknown(declaration, 0), "record.attribute-77");
	assert_string_equal(vdev_declaration_unknown(declaration, 1), "record.attribute-78");
	assert_string_equal(vdev_declaration_unknown(declaration, 3), "attribute-1000");
	assert_null(vdev_declaration_unknown(declaration, 4));
	again = vdev_declaration_format(declaration);
	assert_string_equal(again, token);
	free(token);
	free(again);
	vdev_declaration_free(declaration);
}

/* Any order, padding, and more than is needed behind a string. */
static void a_token_becomes_canonical(void **state)
{
	struct vdev_declaration *declaration;
	struct writer writer = { 0 };
	char *token, *again;

	(void)state;
	vdev_writer_u32(&writer, VDEV_A_SOURCE_ENDPOINT, VDEV_OBJECT_DEV);
	vdev_writer_put(&writer, VDEV_A_SOURCE_RECORD, NULL, 0);
	vdev_writer_u32(&writer, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_UNDECLARED);
	token = token_of(writer.data, writer.len);
	declaration = skewed_parse(token);
	again = vdev_declaration_format(declaration);
	assert_string_not_equal(token, BARE);
	assert_string_equal(again, BARE);
	free(token);
	free(again);
	vdev_writer_free(&writer);
	vdev_declaration_free(declaration);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_is_stable),
		cmocka_unit_test(a_token_reads_back_byte_for_byte),
		cmocka_unit_test(white_space_around_it_is_ignored),
		cmocka_unit_test(what_is_no_token_is_rejected),
		cmocka_unit_test(a_newer_format_is_reported),
		cmocka_unit_test(every_damage_is_seen),
		cmocka_unit_test(a_short_or_unfinished_token_is_rejected),
		cmocka_unit_test(a_token_has_a_bound),
		cmocka_unit_test(attributes_that_make_no_sense_are_rejected),
		cmocka_unit_test(what_is_not_known_is_kept),
		cmocka_unit_test(a_token_becomes_canonical),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
