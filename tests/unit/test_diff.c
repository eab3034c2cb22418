// SPDX-License-Identifier: GPL-2.0
/* What two endpoints in JSON differ in. */
#include "test.h"
#include "print/diff.h"

static char found[1024];
/* Words that were added and removed. */
static char sets[1024];
static int stop_with;

static void write_down_words(const char *before, const json_t *words)
{
	size_t len = strlen(sets), i;
	json_t *word;

	json_array_foreach(words, i, word)
		len += (size_t)snprintf(sets + len, sizeof(sets) - len, "%s%s; ", before,
					json_string_value(word));
	assert_true(!words || json_array_size(words));
	assert_true(len < sizeof(sets));
}

static int write_down(const struct change *change, void *arg)
{
	size_t len = strlen(found);

	(void)arg;
	snprintf(found + len, sizeof(found) - len, "%s|%s|%s|%s|%s; ", change->field,
		 change->name ? change->name : "-", change->place,
		 change->before ? change->before : "-", change->after ? change->after : "-");
	write_down_words(change->whole ? "whole +" : "+", change->added);
	write_down_words(change->whole ? "whole -" : "-", change->removed);
	return stop_with;
}

static int diff(const char *before, const char *after)
{
	json_t *old = json_loads(before, 0, NULL);
	json_t *new = json_loads(after, 0, NULL);
	int err;

	assert_non_null(old);
	assert_non_null(new);
	found[0] = '\0';
	sets[0] = '\0';
	err = diff_objects(old, new, write_down, NULL);
	json_decref(old);
	json_decref(new);
	return err;
}

static void assert_diff(const char *before, const char *after, const char *expected)
{
	assert_int_equal(diff(before, after), 0);
	assert_string_equal(found, expected);
}

static void equal_objects_differ_in_nothing(void **state)
{
	(void)state;
	assert_diff("{}", "{}", "");
	assert_diff("{\"a\":[1,{\"name\":\"x\"}],\"generation\":1}",
		    "{\"generation\":2,\"a\":[1,{\"name\":\"x\"}]}", "");
	assert_diff("{\"generation\":1}", "{}", "");
	assert_diff("{\"instance\":1,\"generation\":1}", "{\"instance\":2,\"generation\":1}", "");
}

static void an_age_is_no_difference_and_being_stale_is(void **state)
{
	(void)state;
	assert_diff("{\"age\":1}", "{\"age\":2}", "");
	assert_diff("{\"age\":1}", "{}", "");
	assert_diff("{}", "{\"age\":0}", "");
	assert_diff("{\"age\":1}", "{\"age\":2,\"stale\":true}", "stale|-|stale|-|true; ");
	assert_diff("{\"stale\":true}", "{\"age\":2}", "stale|-|stale|true|-; ");
	assert_diff("{\"a\":{\"age\":1}}", "{\"a\":{\"age\":2}}", "a.age|-|a.age|1|2; ");
}

static void a_key_is_set_cleared_or_another(void **state)
{
	(void)state;
	assert_diff("{\"a\":\"x\",\"b\":true,\"c\":3}", "{\"a\":\"y\",\"b\":false,\"d\":4}",
		    "a|-|a|x|y; b|-|b|true|false; c|-|c|3|-; d|-|d|-|4; ");
}

static void a_part_is_compared_also_if_it_is_new(void **state)
{
	(void)state;
	assert_diff("{}", "{\"capacity\":{\"state\":\"busy\",\"limit\":4}}",
		    "capacity.state|-|capacity.state|-|busy; "
		    "capacity.limit|-|capacity.limit|-|4; ");
}

static void elements_are_compared_by_name(void **state)
{
	(void)state;
	assert_diff("{\"record\":{\"params\":[{\"name\":\"a\",\"value\":{\"u64\":1}},"
		    "{\"name\":\"b\",\"value\":{\"string\":\"x\"}}]}}",
		    "{\"record\":{\"params\":[{\"name\":\"c\",\"value\":{\"bool\":true}},"
		    "{\"name\":\"a\",\"value\":{\"u64\":2}}]}}",
		    "record.params.value|a|params.a.value|1|2; "
		    "record.params|b|params.b|x|-; record.params|c|params.c|-|true; ");
}

static void an_order_is_no_difference(void **state)
{
	(void)state;
	assert_diff("{\"l\":[{\"name\":\"a\"},{\"name\":\"b\"}]}",
		    "{\"l\":[{\"name\":\"b\"},{\"name\":\"a\"}]}", "");
}

static void a_list_of_named_ones_may_be_on_one_side(void **state)
{
	(void)state;
	assert_diff("{}", "{\"blockers\":[{\"name\":\"n\",\"reason\":\"r\"},{\"name\":\"m\"}]}",
		    "blockers|n|blockers.n|-|r; blockers|m|blockers.m|-|; ");
}

static void bitmaps_and_lists_are_one_value(void **state)
{
	(void)state;
	assert_diff("{\"b\":{\"hex\":\"0x1\",\"names\":[\"X\"]},\"l\":[\"x\"],\"r\":[{\"from\":\"1\"}]}",
		    "{\"b\":{\"hex\":\"0x3\",\"names\":[\"X\",\"Y\"]},\"l\":[\"x\",\"y\"],\"r\":[]}",
		    "b|-|b|0x1|0x3; l|-|l|x|x,y; r|-|r|[{\"from\":\"1\"}]|; ");
}

static void assert_sets(const char *before, const char *after, const char *expected)
{
	assert_int_equal(diff(before, after), 0);
	assert_string_equal(sets, expected);
}

static void bits_are_added_and_removed_by_name(void **state)
{
	(void)state;
	assert_sets("{\"b\":{\"hex\":\"0x5\",\"names\":[\"X\",\"Z\"]}}",
		    "{\"b\":{\"hex\":\"0x6\",\"names\":[\"Y\",\"Z\"]}}", "+Y; -X; ");
	assert_sets("{}", "{\"b\":{\"hex\":\"0x1\",\"names\":[\"X\"]}}", "+X; ");
	assert_sets("{\"b\":{\"hex\":\"0x1\",\"names\":[\"X\"]}}", "{}", "-X; ");
	assert_sets("{}", "{\"b\":{\"hex\":\"0x0\",\"names\":[]}}", "");
}

static void lists_and_ranges_are_sets_of_words(void **state)
{
	(void)state;
	assert_sets("{\"l\":[\"x\",\"y\"]}", "{\"l\":[\"y\",\"z\"]}", "+z; -x; ");
	assert_sets("{\"l\":[\"x\",\"y\"]}", "{\"l\":[\"y\",\"x\"]}", "");
	assert_sets("{\"l\":[{\"low\":1,\"high\":4},{\"string\":\"a\"}]}",
		    "{\"l\":[{\"low\":1,\"high\":8},{\"low\":9,\"high\":9}]}",
		    "+1-8; +9; -1-4; -a; ");
	assert_sets("{\"l\":[{\"from\":\"1.0.0\",\"to\":\"1.2.0\"}]}",
		    "{\"l\":[{\"from\":\"2.1.0\"}]}", "+2.1.0-; -1.0.0-1.2.0; ");
}

static void what_is_no_set_has_no_words(void **state)
{
	(void)state;
	assert_sets("{\"l\":[\"x\"]}", "{\"l\":[1]}", "");
	assert_sets("{\"l\":[\"x\"]}", "{\"l\":\"x\"}", "");
	assert_sets("{\"l\":[{}]}", "{\"l\":[\"x\"]}", "");
	assert_sets("{\"l\":[{\"low\":1}]}", "{\"l\":[\"x\"]}", "");
	assert_sets("{\"a\":{\"u64\":1}}", "{\"a\":{\"u64\":2}}", "");
}

static void a_named_element_comes_and_goes_whole(void **state)
{
	(void)state;
	assert_sets("{\"l\":[{\"name\":\"v1\",\"flags\":[\"accept\"]},{\"name\":\"v2\"}]}",
		    "{\"l\":[{\"name\":\"v2\",\"flags\":[\"create\"]},{\"name\":\"v3\","
		    "\"supported\":{\"hex\":\"0x1\",\"names\":[\"X\"]}}]}",
		    "whole -accept; +create; whole +X; ");
}

static void kinds_may_differ(void **state)
{
	(void)state;
	assert_diff("{\"a\":{\"b\":1},\"l\":[{\"name\":\"x\"}]}", "{\"a\":\"t\",\"l\":[1]}",
		    "a|-|a|{\"b\":1}|t; l|-|l|[{\"name\":\"x\"}]|[1]; ");
}

static void the_caller_can_stop(void **state)
{
	(void)state;
	stop_with = 7;
	assert_int_equal(diff("{\"a\":1,\"b\":1}", "{\"a\":2,\"b\":2}"), 7);
	stop_with = 0;
	assert_string_equal(found, "a|-|a|1|2; ");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(equal_objects_differ_in_nothing),
		cmocka_unit_test(an_age_is_no_difference_and_being_stale_is),
		cmocka_unit_test(a_key_is_set_cleared_or_another),
		cmocka_unit_test(a_part_is_compared_also_if_it_is_new),
		cmocka_unit_test(elements_are_compared_by_name),
		cmocka_unit_test(an_order_is_no_difference),
		cmocka_unit_test(a_list_of_named_ones_may_be_on_one_side),
		cmocka_unit_test(bitmaps_and_lists_are_one_value),
		cmocka_unit_test(bits_are_added_and_removed_by_name),
		cmocka_unit_test(lists_and_ranges_are_sets_of_words),
		cmocka_unit_test(what_is_no_set_has_no_words),
		cmocka_unit_test(a_named_element_comes_and_goes_whole),
		cmocka_unit_test(kinds_may_differ),
		cmocka_unit_test(the_caller_can_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
