// SPDX-License-Identifier: GPL-2.0
/* What keeps a dump until it is known to be good. */
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/arena.h"
#include "netlink/spool.h"
#include "test.h"

/* Message number i is i % 997 bytes longer than its header. */
static void fill(struct nlmsghdr *nlh, unsigned int number)
{
	size_t payload = number % 997;

	memset(nlh, 0, sizeof(*nlh));
	nlh->nlmsg_len = (uint32_t)(sizeof(*nlh) + payload);
	nlh->nlmsg_seq = number;
	memset(nlh + 1, (int)(number & 0xff), payload);
}

static int add(struct spool *spool, unsigned int first, unsigned int num)
{
	union {
		struct nlmsghdr nlh;
		char data[1024];
	} message;
	int err = 0;

	for (; num && !err; num--, first++) {
		fill(&message.nlh, first);
		err = vdev_spool_add(spool, &message.nlh);
	}
	return err;
}

static void expect(struct spool *spool, unsigned int first, unsigned int num)
{
	union {
		struct nlmsghdr nlh;
		char data[1024];
	} message;
	const struct nlmsghdr *nlh;

	for (; num; num--, first++) {
		fill(&message.nlh, first);
		assert_int_equal(vdev_spool_next(spool, &nlh), 1);
		assert_memory_equal(nlh, &message, message.nlh.nlmsg_len);
	}
	assert_int_equal(vdev_spool_next(spool, &nlh), 0);
	assert_int_equal(vdev_spool_next(spool, &nlh), 0);
}

static void nothing_comes_out_of_nothing(void **state)
{
	struct spool spool;

	(void)state;
	vdev_spool_init(&spool);
	expect(&spool, 0, 0);
	vdev_spool_free(&spool);
}

static void few_messages_make_no_file(void **state)
{
	struct spool spool;

	(void)state;
	vdev_spool_init(&spool);
	assert_int_equal(add(&spool, 0, 1000), 0);
	assert_int_equal(spool.fd, -1);
	expect(&spool, 0, 1000);
	vdev_spool_free(&spool);
}

static void many_messages_come_back_in_order(void **state)
{
	struct spool spool;

	(void)state;
	vdev_spool_init(&spool);
	assert_int_equal(add(&spool, 0, 20000), 0);
	assert_true(spool.fd >= 0);
	assert_int_equal(spool.size, SPOOL_MEMORY);
	expect(&spool, 0, 20000);
	vdev_spool_free(&spool);
}

static void another_attempt_begins_from_nothing(void **state)
{
	struct spool spool;

	(void)state;
	vdev_spool_init(&spool);
	assert_int_equal(add(&spool, 0, 5000), 0);
	vdev_spool_reset(&spool);
	assert_int_equal(add(&spool, 7, 3), 0);
	expect(&spool, 7, 3);
	vdev_spool_reset(&spool);
	assert_int_equal(add(&spool, 100, 9000), 0);
	expect(&spool, 100, 9000);
	vdev_spool_free(&spool);
}

static void the_file_has_no_name(void **state)
{
	struct spool spool;
	struct stat st;

	(void)state;
	vdev_spool_init(&spool);
	assert_int_equal(add(&spool, 0, 5000), 0);
	assert_int_equal(fstat(spool.fd, &st), 0);
	assert_int_equal(st.st_nlink, 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	vdev_spool_free(&spool);
}

static void without_a_file_the_messages_stay_in_memory(void **state)
{
	struct rlimit old, none;
	struct spool spool;
	int err;

	(void)state;
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &old), 0);
	none = old;
	none.rlim_cur = 0;
	vdev_spool_init(&spool);
	setrlimit(RLIMIT_NOFILE, &none);
	err = add(&spool, 0, 9000);
	setrlimit(RLIMIT_NOFILE, &old);
	assert_int_equal(err, 0);
	assert_int_equal(spool.fd, -1);
	assert_true(spool.size > SPOOL_MEMORY);
	expect(&spool, 0, 9000);
	vdev_spool_free(&spool);
}

/* Only while the spool writes: the results of the test go to a file, too. */
static int add_within(struct spool *spool, rlim_t limit, const struct nlmsghdr **first)
{
	struct rlimit old, small;
	int err;

	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = limit;
	signal(SIGXFSZ, SIG_IGN);
	setrlimit(RLIMIT_FSIZE, &small);
	err = add(spool, 0, 9000);
	if (!err)
		err = vdev_spool_next(spool, first);
	setrlimit(RLIMIT_FSIZE, &old);
	signal(SIGXFSZ, SIG_DFL);
	return err;
}

static size_t size_of(unsigned int num)
{
	union {
		struct nlmsghdr nlh;
		char data[1024];
	} message;
	size_t size = 0;

	while (num--) {
		fill(&message.nlh, num);
		size += NLMSG_ALIGN(message.nlh.nlmsg_len);
	}
	return size;
}

static void what_finds_no_room_in_the_file_stays_in_memory(void **state)
{
	/* The last bytes are written when reading begins. */
	const rlim_t limits[] = { 0, 4096, SPOOL_MEMORY + 1, size_of(9000) - 1, size_of(9000) };
	const struct nlmsghdr *first;
	struct spool spool;
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++) {
		vdev_spool_init(&spool);
		assert_int_equal(add_within(&spool, limits[i], &first), 1);
		assert_int_equal(first->nlmsg_seq, 0);
		assert_int_equal(spool.fd < 0, i < 4);
		expect(&spool, 1, 8999);
		vdev_spool_free(&spool);
	}
}

static void a_file_that_shrank_is_an_error(void **state)
{
	const struct nlmsghdr *nlh;
	struct spool spool;
	int ret;

	(void)state;
	vdev_spool_init(&spool);
	assert_int_equal(add(&spool, 0, 20000), 0);
	assert_int_equal(ftruncate(spool.fd, 100), 0);
	spool.end = 0;
	do
		ret = vdev_spool_next(&spool, &nlh);
	while (ret > 0);
	assert_int_equal(ret, -EIO);
	vdev_spool_free(&spool);
}

static void an_arena_gives_zeroed_and_aligned_memory(void **state)
{
	struct arena arena = { 0 };
	unsigned char *memory;
	size_t size, i;
	int round;

	(void)state;
	for (round = 0; round < 3; round++) {
		for (size = 0; size < 20000; size = size * 2 + 1) {
			memory = vdev_arena_alloc(&arena, 1, size);
			assert_non_null(memory);
			assert_int_equal((uintptr_t)memory % _Alignof(max_align_t), 0);
			for (i = 0; i < size; i++)
				assert_int_equal(memory[i], 0);
			memset(memory, 0xaa, size);
		}
		vdev_arena_reset(&arena);
	}
	assert_null(vdev_arena_alloc(&arena, SIZE_MAX / 2, 3));
	vdev_arena_free(&arena);
	vdev_arena_reset(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_comes_out_of_nothing),
		cmocka_unit_test(few_messages_make_no_file),
		cmocka_unit_test(many_messages_come_back_in_order),
		cmocka_unit_test(another_attempt_begins_from_nothing),
		cmocka_unit_test(the_file_has_no_name),
		cmocka_unit_test(without_a_file_the_messages_stay_in_memory),
		cmocka_unit_test(what_finds_no_room_in_the_file_stays_in_memory),
		cmocka_unit_test(a_file_that_shrank_is_an_error),
		cmocka_unit_test(an_arena_gives_zeroed_and_aligned_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
