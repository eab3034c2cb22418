// SPDX-License-Identifier: GPL-2.0
/* What the tool makes of strings, numbers and bitmaps from anywhere. */
#include "test.h"
#include "cli/text.h"
#include "common/escape.h"
#include "common/words.h"

static void assert_valid(const char *text, const char *expected)
{
	char *got = text_valid(text);

	assert_string_equal(got, expected);
	free(got);
}

static void valid_text_stays_as_it_is(void **state)
{
	(void)state;
	assert_valid("", "");
	assert_valid("plain", "plain");
	assert_valid("\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80",
		     "\xc3\xa9 \xe2\x82\xac \xf0\x9f\x98\x80");
	assert_valid("\xf4\x8f\xbf\xbf", "\xf4\x8f\xbf\xbf");
}

#define R "\xef\xbf\xbd"

static void invalid_bytes_are_replaced(void **state)
{
	(void)state;
	assert_valid("a\xff" "b", "a" R "b");
	assert_valid("\x80", R);
	assert_valid("\xc0\xaf", R R);
	assert_valid("\xe2\x82", R R);
	assert_valid("\xe2\x82" "A", R R "A");
	assert_valid("\xed\xa0\x80", R R R);
	assert_valid("\xe0\x80\x80", R R R);
	assert_valid("\xf4\x90\x80\x80", R R R R);
	assert_valid("\xf0\x80\x80\x80", R R R R);
	assert_valid("\xf8\x88\x80\x80\x80", R R R R R);
}

static void assert_printed(const char *text, const char *expected)
{
	char *got = NULL;
	size_t size;
	FILE *file = open_memstream(&got, &size);

	text_put(file, text);
	fclose(file);
	assert_string_equal(got, expected);
	free(got);
}

static void nothing_printed_controls_the_terminal(void **state)
{
	(void)state;
	assert_printed("plain \xc3\xa9", "plain \xc3\xa9");
	assert_printed("a\x1b[31mb\n\t\x7f", "a\\x1b[31mb\\x0a\\x09\\x7f");
	assert_printed("\xff\xc3", "\\xff\\xc3");
	assert_printed("\xc2\x9b" "2J", "?2J");
	assert_printed("\xe2\x80\xae" "evil", "?evil");
	/* Marks of direction, what takes no room, and ends of lines. */
	assert_printed("\xd8\x9c\xe2\x80\x8e\xe2\x80\x8f", "???");
	assert_printed("a\xe2\x80\x8b" "b\xe2\x81\xa0\xef\xbb\xbf", "a?b??");
	assert_printed("\xe2\x80\xa8\xe2\x80\xa9", "??");
	/* Letters are shown in whichever direction they are written. */
	assert_printed("\xd7\xa9\xd7\x9c \xd8\xb9", "\xd7\xa9\xd7\x9c \xd8\xb9");
}

static void assert_escaped(const char *json, const char *expected)
{
	char *got = text_escaped(strdup(json));

	assert_string_equal(got, expected);
	free(got);
}

static void json_holds_no_control_character(void **state)
{
	(void)state;
	assert_escaped("{\n  \"a\": \"\xc3\xa9\"\n}", "{\n  \"a\": \"\xc3\xa9\"\n}");
	assert_escaped("[\"a\x7f" "b\xc2\x80\xc2\x9f\xc2\xa0\"]",
		       "[\"a\\u007Fb\\u0080\\u009F\xc2\xa0\"]");
	assert_escaped("\xe2\x80\xae\xe2\x81\xa6", "\\u202E\\u2066");
	assert_escaped("\xd8\x9c\xe2\x80\x8f\xe2\x80\x8b", "\\u061C\\u200F\\u200B");
	assert_escaped("", "");
	assert_null(text_escaped(NULL));
}

static void unknown_numbers_are_reported(void **state)
{
	char buffer[WORD_SIZE];

	(void)state;
	assert_string_equal(word_or_number("known", 7, buffer), "known");
	assert_string_equal(word_or_number(NULL, 7, buffer), "unknown-7");
	assert_string_equal(word_or_number(NULL, UINT32_MAX, buffer), "unknown-4294967295");
}

static void a_semver_is_three_numbers(void **state)
{
	struct vdev_semver semver = { UINT32_MAX, 0, UINT32_MAX };
	char buffer[WORD_SIZE];

	(void)state;
	word_semver(&semver, buffer);
	assert_string_equal(buffer, "4294967295.0.4294967295");
}

static void assert_bitmap(const uint64_t *words, unsigned int num, const char *expected)
{
	struct vdev_bitmap bitmap = { words, num };
	char *got = word_bitmap(&bitmap);

	assert_string_equal(got, expected);
	free(got);
}

static void a_bitmap_is_one_number(void **state)
{
	static const uint64_t zero[3];
	static const uint64_t small[] = { 0x28 };
	static const uint64_t large[] = { 1, 0, 0xf, 0 };
	static const uint64_t full[] = { UINT64_MAX, UINT64_MAX };

	(void)state;
	assert_bitmap(zero, 0, "0x0");
	assert_bitmap(zero, 3, "0x0");
	assert_bitmap(small, 1, "0x28");
	assert_bitmap(large, 4, "0xf00000000000000000000000000000001");
	assert_bitmap(full, 2, "0xffffffffffffffffffffffffffffffff");
}

static void sum_bits(unsigned int bit, void *arg)
{
	*(unsigned int *)arg += bit + 1;
}

static void each_set_bit_is_visited(void **state)
{
	static const uint64_t words[] = { 1, 1ULL << 63 };
	struct vdev_bitmap bitmap = { words, 2 };
	unsigned int sum = 0;

	(void)state;
	each_bit(&bitmap, sum_bits, &sum);
	assert_int_equal(sum, 1 + 128);
	sum = 0;
	each_flag(0x80000001, sum_bits, &sum);
	assert_int_equal(sum, 1 + 32);
}

static void bits_are_written_as_their_users_write_them(void **state)
{
	char buffer[WORD_SIZE];

	(void)state;
	assert_string_equal(word_bit("virtio", "vdpa-net", 3, buffer), "MTU");
	assert_string_equal(word_bit("virtio", "vdpa-net", 4, buffer), "bit-4");
	assert_string_equal(word_bit("adapters", "vfio-ap", 5, buffer), "05");
	assert_string_equal(word_bit("control-domains", "vfio-ap", 0xab, buffer), "00ab");
	assert_string_equal(word_bit(NULL, NULL, 16383, buffer), "bit-16383");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(valid_text_stays_as_it_is),
		cmocka_unit_test(invalid_bytes_are_replaced),
		cmocka_unit_test(nothing_printed_controls_the_terminal),
		cmocka_unit_test(json_holds_no_control_character),
		cmocka_unit_test(unknown_numbers_are_reported),
		cmocka_unit_test(a_semver_is_three_numbers),
		cmocka_unit_test(a_bitmap_is_one_number),
		cmocka_unit_test(each_set_bit_is_visited),
		cmocka_unit_test(bits_are_written_as_their_users_write_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
