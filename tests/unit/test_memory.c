// SPDX-License-Identifier: GPL-2.0
/*
 * Every allocation fails once: the call says so, nothing is used that is not
 * there, and nothing leaks. The linker puts the functions below in the place
 * of the C library's, for the objects of library and tool.
 */
#include <stdio.h>

#include "test.h"
#include "message.h"
#include "out.h"
#include "words.h"

void *__real_malloc(size_t size);
void *__real_calloc(size_t num, size_t size);
void *__real_realloc(void *memory, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t num, size_t size);
void *__wrap_realloc(void *memory, size_t size);

/* The allocation with this number, counted down, fails; 0 for none. */
static unsigned int countdown;

static bool fails(void)
{
	return countdown && !fake.allocating && --countdown == 0;
}

void *__wrap_malloc(size_t size)
{
	return fails() ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t num, size_t size)
{
	return fails() ? NULL : __real_calloc(num, size);
}

void *__wrap_realloc(void *memory, size_t size)
{
	return fails() ? NULL : __real_realloc(memory, size);
}

/* jansson is a library of its own, but takes the functions it is given. */
static void *json_allocate(size_t size)
{
	return __wrap_malloc(size);
}

static void answer(const struct nlmsghdr *request, void *arg)
{
	(void)arg;
	message_send(message_full());
	if (request->nlmsg_flags & NLM_F_DUMP)
		send_done(0, 0, NULL);
	else
		send_ack(&(struct refusal){ 0 });
}

static int copy(const struct vdev_object *object, void *arg)
{
	struct vdev_object **copied = arg;

	*copied = vdev_object_dup(object);
	return *copied ? 0 : -ENOMEM;
}

/* All that allocates, from a new socket to JSON. */
static int work(void)
{
	struct vdev_sock *sock = vdev_sock_new();
	struct vdev_filter *filter = vdev_filter_new();
	struct vdev_object *dumped = NULL, *got = NULL;
	struct vdev_handle handle = { .id = 7 };
	json_t *json = NULL;
	int err = -ENOMEM;

	if (sock && filter) {
		vdev_filter_set_bus(filter, "sim");
		err = vdev_dev_dump(sock, filter, copy, &dumped);
	}
	if (!err)
		err = vdev_dev_get(sock, &handle, &got);
	if (!err)
		json = json_from_object(got);
	if (!err && !json)
		err = -ENOMEM;
	json_decref(json);
	vdev_object_free(got);
	vdev_object_free(dumped);
	vdev_filter_free(filter);
	vdev_sock_free(sock);
	return err;
}

static void every_allocation_may_fail(void **state)
{
	unsigned int number;
	int err = -ENOMEM;

	(void)state;
	json_set_alloc_funcs(json_allocate, free);
	for (number = 1; err; number++) {
		fake_reset(answer, NULL);
		countdown = number;
		err = work();
		if (err)
			assert_int_equal(err, -ENOMEM);
		countdown = 0;
	}
	assert_true(number > 100);
	fake_reset(NULL, NULL);
}

static void what_is_printed_may_lack_its_bitmap(void **state)
{
	static const uint64_t word = 5;
	struct vdev_bitmap bitmap = { &word, 1 };

	(void)state;
	countdown = 1;
	assert_null(word_bitmap(&bitmap));
	countdown = 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_allocation_may_fail),
		cmocka_unit_test(what_is_printed_may_lack_its_bitmap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) != 0;
}
