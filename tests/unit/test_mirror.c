// SPDX-License-Identifier: GPL-2.0
/* The table of messages, and where a stream of events stands. */
#include "monitor/mirror.h"
#include "monitor/sequence.h"
#include "message.h"
#include "test.h"

#define MANY 1000

static struct mirror mirror;

static int setup(void **state)
{
	(void)state;
	mirror = (struct mirror){ .limit = SIZE_MAX };
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	vdev_mirror_free(&mirror);
	return 0;
}

static struct mirror_entry *put(struct nl_msg *msg)
{
	struct mirror_entry *old = NULL;

	assert_int_equal(vdev_mirror_put(&mirror, nlmsg_hdr(msg), &old), 0);
	nlmsg_free(msg);
	return old;
}

static struct mirror_entry *find(struct nl_msg *msg)
{
	struct mirror_entry *entry = vdev_mirror_find(&mirror, nlmsg_hdr(msg));

	nlmsg_free(msg);
	return entry;
}

static void kinds_have_names_of_their_own(void **state)
{
	(void)state;
	assert_null(find(message_dev(1, "a", 1)));
	assert_null(put(message_dev(1, "a", 1)));
	assert_null(put(message_type(2, "a", 1)));
	assert_non_null(find(message_dev(0, "a", 0)));
	assert_ptr_not_equal(find(message_dev(0, "a", 0)), find(message_type(0, "a", 0)));
	assert_null(find(message_dev(1, "b", 1)));
	assert_int_equal(mirror.num, 2);
}

static void a_message_takes_the_place_of_the_one_before(void **state)
{
	struct mirror_entry *old;
	size_t bytes;

	(void)state;
	put(message_dev(1, "a", 1));
	bytes = mirror.bytes;
	old = put(message_dev(1, "a", 2));
	assert_non_null(old);
	free(old);
	assert_int_equal(mirror.num, 1);
	assert_int_equal(mirror.bytes, bytes);
}

static void many_are_found_and_walked_once(void **state)
{
	struct mirror_entry *entry = NULL;
	size_t bucket = 0, count = 0;
	char name[16];
	uint32_t i;

	(void)state;
	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "n%u", i);
		put(message_dev(i + 1, name, 1));
	}
	for (i = 0; i < MANY; i++) {
		snprintf(name, sizeof(name), "n%u", i);
		assert_non_null(find(message_dev(0, name, 0)));
	}
	while ((entry = vdev_mirror_next(&mirror, &bucket, entry)))
		count++;
	assert_int_equal(count, MANY);
}

static void what_is_taken_out_is_accounted_for(void **state)
{
	struct mirror_entry *entry;

	(void)state;
	put(message_dev(1, "a", 1));
	put(message_dev(2, "b", 1));
	entry = find(message_dev(0, "a", 0));
	vdev_mirror_take(&mirror, entry);
	free(entry);
	assert_null(find(message_dev(0, "a", 0)));
	entry = find(message_dev(0, "b", 0));
	vdev_mirror_take(&mirror, entry);
	free(entry);
	assert_int_equal(mirror.num, 0);
	assert_int_equal(mirror.bytes, 0);
}

static void the_bound_holds_and_changes_nothing(void **state)
{
	struct nl_msg *msg = message_dev(2, "b", 1);
	struct mirror_entry *old;

	(void)state;
	put(message_dev(1, "a", 1));
	mirror.limit = mirror.bytes;
	assert_int_equal(vdev_mirror_put(&mirror, nlmsg_hdr(msg), &old), -ENOSPC);
	nlmsg_free(msg);
	assert_int_equal(mirror.num, 1);
	/* As long as what it replaces. */
	free(put(message_dev(1, "a", 9)));
}

static bool same(struct nl_msg *a, struct nl_msg *b)
{
	bool equal = vdev_mirror_same(nlmsg_hdr(a), nlmsg_hdr(b));

	nlmsg_free(a);
	nlmsg_free(b);
	return equal;
}

static void only_the_snapshot_does_not_count(void **state)
{
	struct nl_msg *longer = message_dev(1, "a", 1);

	(void)state;
	assert_true(same(message_dev(1, "a", 1), message_dev(1, "a", 2)));
	assert_false(same(message_dev(1, "a", 1), message_dev(2, "a", 1)));
	assert_false(same(message_dev(1, "a", 1), message_dev(1, "aa", 1)));
	nla_put_u32(longer, VDEV_A_MIGRATION, 1);
	assert_false(same(longer, message_dev(1, "a", 1)));
}

static struct nl_msg *aged(uint32_t age, bool stale)
{
	struct nl_msg *msg = message_dev(1, "a", 1);

	nla_put_u32(msg, VDEV_A_AGE, age);
	if (stale)
		nla_put_flag(msg, VDEV_A_STALE);
	return msg;
}

static void an_age_does_not_count_and_being_stale_does(void **state)
{
	(void)state;
	assert_true(same(aged(1, false), aged(2, false)));
	assert_true(same(aged(1, false), message_dev(1, "a", 1)));
	assert_true(same(message_dev(1, "a", 2), aged(1, false)));
	assert_true(same(aged(1, true), aged(2, true)));
	assert_false(same(aged(1, true), aged(1, false)));
	assert_false(same(message_dev(1, "a", 1), aged(1, true)));
}

static void assert_steps(struct sequence *sequence, enum vdev_object_kind kind,
			 uint64_t generation, enum step step)
{
	assert_int_equal(vdev_sequence_step(sequence, kind, generation), step);
}

static void a_stream_goes_on_where_the_snapshot_ends(void **state)
{
	struct sequence sequence;

	(void)state;
	vdev_sequence_begin(&sequence);
	vdev_sequence_dumped(&sequence, VDEV_OBJECT_DEV, 10);
	vdev_sequence_dumped(&sequence, VDEV_OBJECT_TYPE, 12);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 9, STEP_OLD);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 10, STEP_OLD);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 11, STEP_NEXT);
	assert_true(vdev_sequence_sure(&sequence, VDEV_OBJECT_DEV, 11));
	assert_steps(&sequence, VDEV_OBJECT_TYPE, 12, STEP_OLD);
	assert_steps(&sequence, VDEV_OBJECT_TYPE, 13, STEP_NEXT);
	assert_steps(&sequence, VDEV_OBJECT_TYPE, 15, STEP_JUMP);
	assert_steps(&sequence, VDEV_OBJECT_TYPE, 13, STEP_JUMP);
}

static void no_generation_is_left_out(void **state)
{
	struct sequence sequence;

	(void)state;
	vdev_sequence_begin(&sequence);
	vdev_sequence_dumped(&sequence, VDEV_OBJECT_DEV, 0xfffffffeULL);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 0xffffffffULL, STEP_NEXT);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 0x100000001ULL, STEP_JUMP);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 0x100000000ULL, STEP_NEXT);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 0x100000001ULL, STEP_NEXT);
}

static void the_first_event_can_jump(void **state)
{
	struct sequence sequence;

	(void)state;
	vdev_sequence_begin(&sequence);
	vdev_sequence_dumped(&sequence, VDEV_OBJECT_DEV, 10);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 12, STEP_JUMP);
}

static void an_empty_dump_is_bounded_by_the_other(void **state)
{
	struct sequence sequence;

	(void)state;
	vdev_sequence_begin(&sequence);
	vdev_sequence_dumped(&sequence, VDEV_OBJECT_DEV, 10);
	vdev_sequence_dumped(&sequence, VDEV_OBJECT_TYPE, 0);
	assert_steps(&sequence, VDEV_OBJECT_TYPE, 10, STEP_OLD);
	assert_steps(&sequence, VDEV_OBJECT_TYPE, 11, STEP_NEXT);
	assert_false(vdev_sequence_sure(&sequence, VDEV_OBJECT_TYPE, 11));

	vdev_sequence_begin(&sequence);
	vdev_sequence_dumped(&sequence, VDEV_OBJECT_DEV, 0);
	vdev_sequence_dumped(&sequence, VDEV_OBJECT_TYPE, 10);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 9, STEP_NEXT);
	assert_false(vdev_sequence_sure(&sequence, VDEV_OBJECT_DEV, 9));
	assert_steps(&sequence, VDEV_OBJECT_TYPE, 10, STEP_OLD);
	assert_steps(&sequence, VDEV_OBJECT_DEV, 11, STEP_NEXT);
	assert_true(vdev_sequence_sure(&sequence, VDEV_OBJECT_DEV, 11));
	assert_steps(&sequence, VDEV_OBJECT_DEV, 13, STEP_JUMP);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_setup_teardown(function, setup, teardown)
	const struct CMUnitTest tests[] = {
		TEST(kinds_have_names_of_their_own),
		TEST(a_message_takes_the_place_of_the_one_before),
		TEST(many_are_found_and_walked_once),
		TEST(what_is_taken_out_is_accounted_for),
		TEST(the_bound_holds_and_changes_nothing),
		TEST(only_the_snapshot_does_not_count),
		TEST(an_age_does_not_count_and_being_stale_does),
		cmocka_unit_test(a_stream_goes_on_where_the_snapshot_ends),
		cmocka_unit_test(no_generation_is_left_out),
		cmocka_unit_test(the_first_event_can_jump),
		cmocka_unit_test(an_empty_dump_is_bounded_by_the_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
