/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Following the endpoints of this host as they come, change and go. A monitor
 * keeps a mirror of those that match its filter; each event is a step of that
 * mirror, and no step is left out: where the kernel's own events were lost, the
 * loss is reported, and then the differences.
 */
#ifndef VDEV_MONITOR_H
#define VDEV_MONITOR_H

#include <vdev/error.h>
#include <vdev/object.h>
#include <vdev/profile.h>
#include <vdev/request.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Receive buffer and largest mirror, in bytes, unless set otherwise. */
#define VDEV_MONITOR_BUFFER (8 * 1024 * 1024)
#define VDEV_MONITOR_MEMORY (256 * 1024 * 1024)

/**
 * enum vdev_event_type - what happened
 * @VDEV_EVENT_NEW: an endpoint came, or matches the filter now
 * @VDEV_EVENT_DEL: an endpoint went, or no longer matches the filter
 * @VDEV_EVENT_CHANGE: an endpoint changed
 * @VDEV_EVENT_OVERRUN: events were lost; what has changed follows as
 *	differences
 * @VDEV_EVENT_GONE: the family went with its module, and all endpoints with it
 * @VDEV_EVENT_BACK: the family is back; its generations start at 1 again
 * @VDEV_EVENT_SYNCED: the mirror is what the kernel reported at the event's
 *	generation: all that is there at first, or all differences, came before. An endpoint
 *	that went while it was dumped may be missing already
 * @VDEV_EVENT_PROFILE_NEW: a profile was added
 * @VDEV_EVENT_PROFILE_DEL: a profile was removed
 * @VDEV_EVENT_PROFILE_CHANGE: a profile took the place of one with its name
 *
 * Events of profiles come if the filter lets all endpoints pass. Profiles are not
 * mirrored: after each VDEV_EVENT_SYNCED they have to be read again, as changes of
 * them may have gone unseen.
 */
enum vdev_event_type {
	VDEV_EVENT_NEW = 1,
	VDEV_EVENT_DEL = 2,
	VDEV_EVENT_CHANGE = 3,
	VDEV_EVENT_OVERRUN = 4,
	VDEV_EVENT_GONE = 5,
	VDEV_EVENT_BACK = 6,
	VDEV_EVENT_SYNCED = 7,
	VDEV_EVENT_PROFILE_NEW = 8,
	VDEV_EVENT_PROFILE_DEL = 9,
	VDEV_EVENT_PROFILE_CHANGE = 10,
};

/**
 * enum vdev_loss - how the loss of events was detected
 * @VDEV_LOSS_NONE: they were not
 * @VDEV_LOSS_JUMP: an event did not have the generation that comes next
 * @VDEV_LOSS_ENOBUFS: the kernel said that it could not deliver one
 * @VDEV_LOSS_BROKEN: an event could not be read, or contradicts the mirror
 */
enum vdev_loss {
	VDEV_LOSS_NONE = 0,
	VDEV_LOSS_JUMP = 1,
	VDEV_LOSS_ENOBUFS = 2,
	VDEV_LOSS_BROKEN = 3,
};

/**
 * struct vdev_event - one step; may grow at its end
 * @type: what happened
 * @resync: it was found by comparing with a dump, or as the family went, and
 *	not reported by an event of the kernel
 * @generation: of the change; in VDEV_EVENT_SYNCED that up to which nothing is missing in the
 *	mirror: of the first dump, or of the last event before, if endpoints kept changing while
 *	they were dumped. Types are dumped after devices, and can be newer already. Of the last
 *	event before the loss in VDEV_EVENT_OVERRUN; 0 if not known, as of an endpoint that went
 *	unseen, or if the first dump was empty
 * @loss: how the loss was detected, in VDEV_EVENT_OVERRUN
 * @before: the endpoint as it was; NULL in VDEV_EVENT_NEW
 * @after: the endpoint as it is; NULL in VDEV_EVENT_DEL
 * @profile: the profile as it is, or as it was last; NULL if it is about none
 * @instance: of which instance of the family the generation is; 0 if not known
 *
 * Objects are valid during the call that lends the event.
 */
struct vdev_event {
	enum vdev_event_type type;
	bool resync;
	uint64_t generation;
	enum vdev_loss loss;
	const struct vdev_object *before;
	const struct vdev_object *after;
	const struct vdev_profile *profile;
	uint32_t instance;
};

/**
 * typedef vdev_event_fn - what is called for each event
 * @event: the event
 * @arg: what was passed to vdev_monitor_read()
 *
 * Must not use the monitor.
 *
 * Return: 0 to go on; anything else ends the call, which returns it (-EIO for -EINPROGRESS).
 */
typedef int vdev_event_fn(const struct vdev_event *event, void *arg);

struct vdev_monitor;

/**
 * vdev_monitor_new() - make a monitor that follows nothing yet
 *
 * Return: the monitor, which the caller frees with vdev_monitor_free(); NULL if
 * there is no memory.
 */
struct vdev_monitor *vdev_monitor_new(void);

/**
 * vdev_monitor_free() - stop a monitor and free it
 * @monitor: the monitor; may be NULL
 */
void vdev_monitor_free(struct vdev_monitor *monitor);

/**
 * vdev_monitor_set_filter() - follow some endpoints only
 * @monitor: the monitor, before it is started
 * @filter: the filter, which must stay as it is until the monitor is freed;
 *	NULL for all devices and types. Its kind says which of both.
 *
 * The library applies it to the kernel's events, by the rules of a dump. An
 * endpoint that begins to match is new, one that no longer matches is gone.
 */
void vdev_monitor_set_filter(struct vdev_monitor *monitor, const struct vdev_filter *filter);

/**
 * vdev_monitor_set_buffer() - how much may wait in the kernel to be read
 * @monitor: the monitor, before it is started
 * @bytes: size of the receive buffer, VDEV_MONITOR_BUFFER by default; a process
 *	without CAP_NET_ADMIN gets no more than net.core.rmem_max
 */
void vdev_monitor_set_buffer(struct vdev_monitor *monitor, size_t bytes);

/**
 * vdev_monitor_set_memory() - how large the mirror may become
 * @monitor: the monitor, before it is started
 * @bytes: sum of its messages, VDEV_MONITOR_MEMORY by default
 *
 * The mirror holds the newest message of each endpoint that matches the filter,
 * mostly less than a kilobyte. One that would be larger than allowed makes
 * vdev_monitor_read() fail with -ENOSPC.
 */
void vdev_monitor_set_memory(struct vdev_monitor *monitor, size_t bytes);

/**
 * vdev_monitor_set_wait() - whether to wait for the module
 * @monitor: the monitor, before it is started
 * @wait: start also while the family is absent, which is reported as
 *	VDEV_EVENT_GONE
 */
void vdev_monitor_set_wait(struct vdev_monitor *monitor, bool wait);

/**
 * vdev_monitor_start() - begin to follow
 * @monitor: the monitor
 *
 * Return: 0 or a negative errno; -ENOENT if the family is absent, -EOPNOTSUPP
 * if it reports no changes, -EALREADY if the monitor was started before.
 */
int vdev_monitor_start(struct vdev_monitor *monitor);

/**
 * vdev_monitor_fd() - what to poll
 * @monitor: the monitor, started
 *
 * The descriptor is the same as long as the monitor lives, becomes readable
 * also when a pause before another attempt is over, and must not be read.
 *
 * Return: a file descriptor for POLLIN; -1 if the monitor is not started.
 */
int vdev_monitor_fd(const struct vdev_monitor *monitor);

/**
 * vdev_monitor_read() - report what happened since the last call
 * @monitor: the monitor, started
 * @fn: called for each event, in order
 * @arg: passed to @fn
 *
 * Waits for nothing: neither for events nor for the answers to dumps, which one of the next
 * calls goes on with. What is there at first comes as VDEV_EVENT_NEW,
 * marked as resync, and then VDEV_EVENT_SYNCED. Where endpoints keep changing
 * while they are dumped, the third dump is taken, and what changed meanwhile comes from the
 * events of that time, before VDEV_EVENT_SYNCED. If events are lost again, another attempt is
 * made in a later call, after a pause. One call reads at most 4,096 events of the
 * kernel, or compares as many endpoints of a dump; the descriptor then stays readable.
 *
 * After a failure the monitor can be read on: what is not reported yet will be, as
 * differences.
 *
 * Return: 0, a negative errno, or what @fn returned if that was not 0. -EAGAIN
 * if 10 attempts to dump what is there failed, one after the other; -ENOSPC if
 * the mirror would become too large.
 */
int vdev_monitor_read(struct vdev_monitor *monitor, vdev_event_fn *fn, void *arg);

/**
 * vdev_event_list() - the same as a list
 * @monitor: the monitor, started
 * @events: where to put the list, which the caller frees with vdev_event_list_free(). After a
 *	failure it has what was reported before
 * @num: where to put its length
 *
 * The objects of the events are valid as long as the list. vdev_monitor_error() has no error
 * after a success.
 *
 * Return: 0 or a negative errno, as vdev_monitor_read(). After -ENOMEM an event may be missing:
 * what vdev_monitor_list() returns has its endpoint as it is.
 */
int vdev_event_list(struct vdev_monitor *monitor, struct vdev_event ***events, size_t *num);

/**
 * vdev_event_list_free() - free a list and all events in it
 * @events: the list; may be NULL
 * @num: its length
 */
void vdev_event_list_free(struct vdev_event **events, size_t num);

/**
 * vdev_monitor_each() - walk the mirror
 * @monitor: the monitor
 * @fn: called for each endpoint that was reported and is not gone, in no order
 * @arg: passed to @fn
 *
 * Return: 0, -ENOMEM, or what @fn returned if that was not 0.
 */
int vdev_monitor_each(struct vdev_monitor *monitor, vdev_object_fn *fn, void *arg);

/**
 * vdev_monitor_list() - the mirror as a list
 * @monitor: the monitor
 * @objects: where to put the list, in no order, which the caller frees with
 *	vdev_object_list_free(); NULL after a failure
 * @num: where to put its length
 *
 * Return: 0 or -ENOMEM.
 */
int vdev_monitor_list(struct vdev_monitor *monitor, struct vdev_object ***objects, size_t *num);

/**
 * vdev_monitor_error() - why the last call failed
 * @monitor: the monitor
 *
 * Return: the error, valid until the next call on the monitor.
 */
const struct vdev_error *vdev_monitor_error(const struct vdev_monitor *monitor);

/**
 * vdev_event_name() - the word for what happened
 * @number: enum vdev_event_type
 *
 * Return: the word; NULL if there is none.
 */
const char *vdev_event_name(uint32_t number);

/**
 * vdev_loss_name() - the word for how a loss was detected
 * @number: enum vdev_loss
 *
 * Return: the word; NULL if there is none.
 */
const char *vdev_loss_name(uint32_t number);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_MONITOR_H */
