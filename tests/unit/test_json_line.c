// SPDX-License-Identifier: GPL-2.0
/* That JSON which is written as a line is what a tree of the same values becomes. */
#include "test.h"
#include "common/frame.h"
#include "print/json_line.h"

/* A name that is not known, and one that is. */
static const char *name_of(uint32_t number)
{
	return number == 1 ? "one" : NULL;
}

static void put_line(struct json_line *line, const char *string, uint64_t number)
{
	const struct vdev_value values[] = {
		{ .type = 0 },
		{ .type = VDEV_VALUE_TYPE_STRING, .string = string },
		{ .type = VDEV_VALUE_TYPE_U64, .u64 = number },
		{ .type = VDEV_VALUE_TYPE_BOOL, .boolean = true },
	};
	size_t i;

	json_line_reset(line);
	json_line_open(line, NULL, '{');
	json_line_string(line, "a", string);
	json_line_string(line, "none", NULL);
	json_line_u64(line, "b", number);
	json_line_bool(line, "c", false);
	json_line_enum(line, "d", name_of, 1);
	json_line_enum(line, "e", name_of, 7);
	json_line_enum(line, "zero", name_of, 0);
	json_line_open(line, "f", '[');
	for (i = 0; i < TEST_ARRAY_SIZE(values); i++) {
		json_line_open(line, NULL, '{');
		json_line_value(line, "v", &values[i]);
		json_line_close(line, '}');
	}
	json_line_close(line, ']');
	json_line_keys(line, json_pack("{s:[i,i], s:s}", "g", 1, 2, "h", "x\x7f"));
	json_line_open(line, "i", '[');
	json_line_close(line, ']');
	json_line_close(line, '}');
}

static char *dump_tree(const char *string, uint64_t number)
{
	const struct vdev_value values[] = {
		{ .type = 0 },
		{ .type = VDEV_VALUE_TYPE_STRING, .string = string },
		{ .type = VDEV_VALUE_TYPE_U64, .u64 = number },
		{ .type = VDEV_VALUE_TYPE_BOOL, .boolean = true },
	};
	const struct frame compact = { 0 };
	struct builder builder = { 0 };
	json_t *json = build_object(&builder), *list = build_array(&builder);
	char *text;
	size_t i;

	put_string(&builder, json, "a", string);
	put_u64(&builder, json, "b", number);
	put(&builder, json, "c", json_false());
	put_enum(&builder, json, "d", name_of, 1);
	put_enum(&builder, json, "e", name_of, 7);
	for (i = 0; i < TEST_ARRAY_SIZE(values); i++) {
		json_t *value = build_object(&builder);

		put_value(&builder, value, "v", &values[i]);
		append(&builder, list, value);
	}
	put(&builder, json, "f", list);
	put(&builder, json, "g", json_pack("[i,i]", 1, 2));
	put_string(&builder, json, "h", "x\x7f");
	put(&builder, json, "i", json_array());
	assert_false(builder.broken);
	text = frame_dump(&compact, json);
	json_decref(json);
	return text;
}

static void assert_same(struct json_line *line, const char *string, uint64_t number)
{
	char *text = dump_tree(string, number);

	put_line(line, string, number);
	assert_false(line->broken);
	assert_int_equal(strlen(line->text), line->len);
	assert_string_equal(line->text, text);
	free(text);
}

static void each_byte_is_written_alike(void **state)
{
	struct json_line line = { 0 };
	char string[] = "a?b";
	int byte;

	(void)state;
	for (byte = 1; byte < 256; byte++) {
		string[1] = (char)byte;
		assert_same(&line, string, (uint64_t)byte);
	}
	json_line_free(&line);
}

static void each_character_is_written_alike(void **state)
{
	struct json_line line = { 0 };

	(void)state;
	assert_same(&line, "", 0);
	assert_same(&line, "\"\\/\b\f\n\r\t", 9);
	assert_same(&line, "\xc2\x80 \xc3\xa9 \xe2\x80\xae \xe2\x81\xa6 \xf0\x9f\x98\x80", UINT64_MAX);
	assert_same(&line, "\xef\xbb\xbf \xd8\x9c \xe2\x80\x8b \xf4\x8f\xbf\xbf", INT64_MAX);
	assert_same(&line, "\xe2\x82 \xc0\xaf \xed\xa0\x80 \xff", 10);
	json_line_free(&line);
}

static void a_line_grows(void **state)
{
	static char string[100000];
	struct json_line line = { 0 };

	(void)state;
	memset(string, 'a', sizeof(string) - 1);
	assert_same(&line, string, 1);
	memset(string, '"', sizeof(string) - 1);
	assert_same(&line, string, 1);
	json_line_free(&line);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_byte_is_written_alike),
		cmocka_unit_test(each_character_is_written_alike),
		cmocka_unit_test(a_line_grows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
