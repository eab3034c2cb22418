// SPDX-License-Identifier: GPL-2.0
/* What a line of a batch is cut into. */
#include "test.h"
#include "cli/split.h"

#define MOST 64

/* What the words are, each in brackets; or what is wrong. */
static void assert_split(const char *line, const char *expected)
{
	char text[MOST + 1], got[2 * MOST] = "";
	char *words[SPLIT_ROOM(MOST)];
	const char *why;
	int num, i;

	assert_true(strlen(line) <= MOST);
	strcpy(text, line);
	why = split_words(text, words, &num);
	for (i = 0; !why && i < num; i++)
		sprintf(got + strlen(got), "[%s]", words[i]);
	assert_string_equal(why ? why : got, expected);
	if (!why)
		assert_null(words[num]);
}

static void blanks_are_between_words(void **state)
{
	(void)state;
	assert_split("", "");
	assert_split("  \t ", "");
	assert_split("dev show", "[dev][show]");
	assert_split("\tdev  show ", "[dev][show]");
	assert_split("a b c d e f g h", "[a][b][c][d][e][f][g][h]");
}

static void quotes_keep_what_is_in_them(void **state)
{
	(void)state;
	assert_split("a 'b c' d", "[a][b c][d]");
	assert_split("a \"b c\"d", "[a][b cd]");
	assert_split("'' \"\"", "[][]");
	assert_split("'a\\b' \"a\\\"b\" \"'\"", "[a\\b][a\"b][']");
	assert_split("x'y'\"z\"", "[xyz]");
	assert_split("'# no' \"#\"", "[# no][#]");
	assert_split("a 'b", "a quote is not closed");
	assert_split("a \"b\\\"", "a quote is not closed");
	assert_split("\"", "a quote is not closed");
}

static void a_backslash_takes_the_meaning_from_the_next(void **state)
{
	(void)state;
	assert_split("a\\ b", "[a b]");
	assert_split("\\'a \\\\ \\#", "['a][\\][#]");
	assert_split("a \\", "nothing is behind the backslash");
}

static void comments_begin_words(void **state)
{
	(void)state;
	assert_split("# all", "");
	assert_split("  #all", "");
	assert_split("a # b 'c", "[a]");
	assert_split("a.json#vdpa/vdpa0 #", "[a.json#vdpa/vdpa0]");
	assert_split("-#sim/a", "[-#sim/a]");
}

static void lines_are_text_of_bounded_length(void **state)
{
	(void)state;
	assert_null(split_check("a\tb", 3, 3));
	assert_null(split_check("", 0, 0));
	assert_string_equal(split_check("abcd", 4, 3), "the line is too long");
	assert_string_equal(split_check("a\0b", 3, 3), "the line has control characters");
	assert_string_equal(split_check("a\r", 2, 3), "the line has control characters");
	assert_string_equal(split_check("\x7f", 1, 3), "the line has control characters");
	assert_null(split_check("\xc3\xa9", 2, 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(blanks_are_between_words),
		cmocka_unit_test(quotes_keep_what_is_in_them),
		cmocka_unit_test(a_backslash_takes_the_meaning_from_the_next),
		cmocka_unit_test(comments_begin_words),
		cmocka_unit_test(lines_are_text_of_bounded_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
