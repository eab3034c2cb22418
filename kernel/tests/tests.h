/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the KUnit suites share.
 */
#ifndef _VDEV_TESTS_H
#define _VDEV_TESTS_H

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/workqueue.h>

#include "core/core.h"
#include "model/bounds.h"

/* The check must have accepted. */
#define VDEV_EXPECT_ACCEPTED(test, reason, err) \
	KUNIT_EXPECT_EQ_MSG(test, err, 0, "%s", (reason)->why)

/* The check must have ended with the errno @want, in these words. */
void vdev_expect_verdict(struct kunit *test, const struct vdev_reason *reason,
			 int err, int want, const char *words);

/* A string of @len bytes @c; freed with the test. */
char *vdev_test_string(struct kunit *test, char c, size_t len);

/* fixture.c: what a test makes goes when it is over. */
struct vdev_provider *vdev_test_provider(struct kunit *test, const char *name,
					 const struct vdev_provider_ops *ops);
void vdev_test_drop_provider(struct kunit *test,
			     struct vdev_provider *provider);
struct vdev_endpoint *vdev_test_device(struct kunit *test,
				       struct vdev_provider *provider,
				       const char *name,
				       const struct vdev_facts *facts,
				       void *priv);
struct vdev_endpoint *vdev_test_find(const char *name);
bool vdev_test_wait(bool (*condition)(const void *arg), const void *arg);

/**
 * struct vdev_test_end - the unregistration of an endpoint, by another thread
 * @work: who does it
 * @endpoint: which
 * @done: it has ended
 */
struct vdev_test_end {
	struct work_struct work;
	struct vdev_endpoint *endpoint;
	bool done;
};

struct vdev_test_end *vdev_test_begin_end(struct kunit *test,
					  struct vdev_endpoint *endpoint);
void vdev_test_expect_end(struct kunit *test, struct vdev_test_end *end);

/* subscriber.c: a member of the group. */

/**
 * struct vdev_heard - what came next on a socket
 * @err: 0, or the errno that it ended with
 * @cmd: VDEV_CMD_DEV_CREATE_NTF or another one
 * @id: VDEV_A_ID
 * @generation: VDEV_A_GENERATION
 * @stale: VDEV_A_STALE is there
 * @provider: VDEV_A_PROVIDER
 * @driver: VDEV_A_DRIVER; empty if it is not there
 * @profile: VDEV_A_PROFILE; empty if it is not there
 */
struct vdev_heard {
	int err;
	u8 cmd;
	u32 id;
	u64 generation;
	bool stale;
	char provider[VDEV_NAME_LEN + 1];
	char driver[VDEV_NAME_LEN + 1];
	char profile[VDEV_NAME_LEN + 1];
};

struct vdev_subscriber;

/* Events of profiles are passed over; the last is remembered. */
struct vdev_heard vdev_heard_profile(const struct vdev_subscriber *subscriber);
struct vdev_subscriber *vdev_test_subscribe(struct kunit *test);
void vdev_test_unsubscribe(struct kunit *test, struct vdev_subscriber *subscriber);
struct vdev_heard vdev_hear(struct kunit *test, struct vdev_subscriber *subscriber);
struct vdev_heard vdev_hear_next(struct kunit *test,
				 struct vdev_subscriber *subscriber);
struct vdev_heard vdev_hear_event(struct kunit *test,
				  struct vdev_subscriber *subscriber, u8 cmd,
				  u32 id);
void vdev_expect_silence(struct kunit *test, struct vdev_subscriber *subscriber);

/* polled.c: devices that are polled. */

/**
 * struct vdev_polled - a device that is polled, and how it answers
 * @polls: polls that have begun
 * @ended: those of them that have ended
 * @last: when the last one began
 * @gap: the shortest time from one to the next
 * @err: what a poll ends with
 * @held: a poll ends only when this is over
 * @hold: it does
 * @release: ends that
 */
struct vdev_polled {
	unsigned int polls;
	unsigned int ended;
	u64 last;
	u64 gap;
	int err;
	struct completion held;
	bool hold;
	struct delayed_work release;
};

/*
 * Two polls of a device are so far apart, in milliseconds, unless a test says: more than
 * a machine is held up for.
 */
#define VDEV_TEST_INTERVAL	300

extern const struct vdev_provider_ops vdev_test_poll_ops;
struct vdev_polled *vdev_test_polled(struct kunit *test);
struct vdev_provider *vdev_test_poll_provider(struct kunit *test, struct vdev_polled **polled);
void vdev_test_hold(struct vdev_polled *polled);
void vdev_test_release(struct vdev_polled *polled, unsigned int ms);
bool vdev_test_wait_polls(struct vdev_polled *polled, unsigned int polls);
void vdev_test_set_interval(struct kunit *test, unsigned int ms);
void vdev_test_sleep(unsigned int intervals);

/* declare.c: profiles. */
struct vdev_profile *vdev_test_profile(struct kunit *test, const char *name,
				       const char *driver);
struct vdev_profile_change vdev_test_set_profile(struct kunit *test,
						 const char *name,
						 const char *driver);
int vdev_test_del_profile(const char *name);

/* attrs.c: the serialised form; an attribute that is not there is NULL. */
const struct vdev_blob *vdev_test_blob(struct kunit *test,
				       const struct vdev_handle *handle,
				       const struct vdev_facts *facts);
const struct nlattr *vdev_attr(const struct vdev_blob *blob, int type);
const struct nlattr *vdev_attr_in(struct kunit *test,
				  const struct nlattr *nest, int type);
void vdev_expect_string(struct kunit *test, const struct nlattr *attr,
			const char *want);
void vdev_expect_u32(struct kunit *test, const struct nlattr *attr, u32 want);
void vdev_expect_uint(struct kunit *test, const struct nlattr *attr, u64 want);

extern struct kunit_suite vdev_bounds_suite;
extern struct kunit_suite vdev_facts_suite;
extern struct kunit_suite vdev_record_suite;
extern struct kunit_suite vdev_blob_suite;
extern struct kunit_suite vdev_blob_record_suite;
extern struct kunit_suite vdev_blob_size_suite;
extern struct kunit_suite vdev_blocker_suite;
extern struct kunit_suite vdev_counters_suite;
extern struct kunit_suite vdev_registry_suite;
extern struct kunit_suite vdev_filter_suite;
extern struct kunit_suite vdev_match_suite;
extern struct kunit_suite vdev_merge_suite;
extern struct kunit_suite vdev_notify_suite;
extern struct kunit_suite vdev_parse_suite;
extern struct kunit_suite vdev_contract_suite;
extern struct kunit_suite vdev_outcomes_suite;
extern struct kunit_suite vdev_generation_suite;
extern struct kunit_suite vdev_pin_suite;
extern struct kunit_suite vdev_poll_suite;
extern struct kunit_suite vdev_poll_wait_suite;
extern struct kunit_suite vdev_stale_suite;
extern struct kunit_suite vdev_precedence_suite;
extern struct kunit_suite vdev_rebuild_suite;
extern struct kunit_suite vdev_ceiling_suite;
extern struct kunit_suite vdev_dump_suite;
extern struct kunit_suite vdev_skew_suite;
extern struct kunit_suite vdev_order_suite;
extern struct kunit_suite vdev_order_ceiling_suite;
extern struct kunit_suite vdev_request_suite;

#endif /* _VDEV_TESTS_H */
