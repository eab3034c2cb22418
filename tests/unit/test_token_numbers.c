// SPDX-License-Identifier: GPL-2.0
/* Numbers of a token: their one form, and their other byte order. */
#include <endian.h>

#include "format/swap.h"
#include "model/declaration.h"
#include "skewed.h"
#include "test.h"

static void put_number(struct writer *writer, unsigned int type, uint64_t number, bool wide)
{
	if (wide)
		vdev_writer_put(writer, type, &number, sizeof(number));
	else
		vdev_writer_uint(writer, type, number);
}

/* A parameter with numbers wherever there can be any, and a total. */
static void write_numbers(struct writer *writer, bool wide)
{
	size_t record, nest, inner;

	vdev_writer_u32(writer, VDEV_A_SOURCE_MIGRATION, VDEV_MIGRATION_SUPPORTED);
	record = vdev_writer_begin(writer, VDEV_A_SOURCE_RECORD);
	nest = vdev_writer_begin(writer, VDEV_A_RECORD_PARAM);
	vdev_writer_string(writer, VDEV_A_PARAM_NAME, "p");
	vdev_writer_u32(writer, VDEV_A_PARAM_VALUE_TYPE, VDEV_VALUE_TYPE_U64);
	vdev_writer_u32(writer, VDEV_A_PARAM_RULE, VDEV_RULE_RANGE);
	vdev_writer_u32(writer, VDEV_A_PARAM_FLAGS, 0);
	vdev_writer_u32(writer, VDEV_A_PARAM_ORIGIN, VDEV_ORIGIN_DEFAULT);
	inner = vdev_writer_begin(writer, VDEV_A_PARAM_VALUE);
	put_number(writer, VDEV_A_VALUE_U64, UINT32_MAX, wide);
	vdev_writer_end(writer, inner);
	inner = vdev_writer_begin(writer, VDEV_A_PARAM_OFF_VALUE);
	put_number(writer, VDEV_A_VALUE_U64, 0, wide);
	vdev_writer_end(writer, inner);
	inner = vdev_writer_begin(writer, VDEV_A_PARAM_ALLOWED);
	put_number(writer, VDEV_A_ALLOWED_LOW, 1, wide);
	put_number(writer, VDEV_A_ALLOWED_HIGH, 1ULL << 32, wide);
	vdev_writer_end(writer, inner);
	vdev_writer_end(writer, nest);
	nest = vdev_writer_begin(writer, VDEV_A_RECORD_AGGREGATION);
	vdev_writer_string(writer, VDEV_A_AGGREGATION_BASE, "b");
	vdev_writer_u32(writer, VDEV_A_AGGREGATION_UNITS, 3);
	vdev_writer_u32(writer, VDEV_A_AGGREGATION_COUNT, 2);
	put_number(writer, VDEV_A_AGGREGATION_TOTAL, 6, wide);
	vdev_writer_u32(writer, VDEV_A_AGGREGATION_RULE, VDEV_RULE_EQUAL);
	vdev_writer_end(writer, nest);
	vdev_writer_end(writer, record);
	vdev_writer_u32(writer, VDEV_A_SOURCE_ENDPOINT, VDEV_OBJECT_DEV);
}

/* The token as it is written from that of @wide or narrow numbers; the caller frees it. */
static char *canonical_numbers(bool wide, char **given)
{
	struct vdev_declaration raw = { 0 }, *declaration;
	struct writer writer = { 0 };
	char *token;

	write_numbers(&writer, wide);
	raw.attrs = (const struct nlattr *)writer.data;
	raw.len = writer.len;
	*given = vdev_declaration_format(&raw);
	vdev_writer_free(&writer);
	declaration = skewed_parse(*given);
	assert_int_equal(vdev_record_param(vdev_declaration_record(declaration), 0)->value.u64,
			 UINT32_MAX);
	assert_int_equal(vdev_record_param(vdev_declaration_record(declaration),
					   0)->allowed[0].high, 1ULL << 32);
	token = vdev_declaration_format(declaration);
	vdev_declaration_free(declaration);
	return token;
}

static void a_number_has_one_form_whatever_its_width_was(void **state)
{
	char *narrow, *wide, *given_narrow, *given_wide;

	(void)state;
	narrow = canonical_numbers(false, &given_narrow);
	wide = canonical_numbers(true, &given_wide);
	assert_string_equal(narrow, wide);
	assert_string_equal(narrow, given_narrow);
	assert_true(strlen(given_wide) > strlen(wide));
	free(narrow);
	free(wide);
	free(given_narrow);
	free(given_wide);
}

/* Between the migration and the endpoint it has its record alone. */
static struct vdev_declaration *make(void)
{
	struct vdev_draft draft = skewed_full;

	draft.num_blockers = 0;
	return skewed_make(&draft);
}

static uint16_t le16_at(const unsigned char *data)
{
	return (uint16_t)(data[0] | data[1] << 8);
}

static void bytes_can_be_swapped(void **state)
{
	struct vdev_declaration *declaration = make();
	size_t len = declaration->len;
	unsigned char *data = malloc(len);

	(void)state;
	memcpy(data, declaration->attrs, len);
	assert_int_equal(vdev_attrs_swap(&vdev_declaration_set, data, len, true), 0);
	/* The first attribute is the migration, of 8 bytes. */
	assert_int_equal(le16_at(data), __BYTE_ORDER == __LITTLE_ENDIAN ? 0x0800 : 8);
	assert_memory_not_equal(data, declaration->attrs, len);
	assert_int_equal(vdev_attrs_swap(&vdev_declaration_set, data, len, false), 0);
	assert_memory_equal(data, declaration->attrs, len);
	free(data);
	vdev_declaration_free(declaration);
}

static void bytes_that_are_no_attributes_cannot(void **state)
{
	struct vdev_declaration *declaration = make();
	unsigned char *data = malloc(declaration->len);
	size_t len;

	(void)state;
	for (len = 1; len < declaration->len; len++) {
		memcpy(data, declaration->attrs, len);
		/* These are whole attributes. */
		if (len != 8 && len != declaration->len - 16 && len != declaration->len - 8)
			assert_int_equal(vdev_attrs_swap(&vdev_declaration_set, data, len, true),
					 -EBADMSG);
	}
	memset(data, 0, 4);
	assert_int_equal(vdev_attrs_swap(&vdev_declaration_set, data, 4, false), -EBADMSG);
	free(data);
	vdev_declaration_free(declaration);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_number_has_one_form_whatever_its_width_was),
		cmocka_unit_test(bytes_can_be_swapped),
		cmocka_unit_test(bytes_that_are_no_attributes_cannot),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
