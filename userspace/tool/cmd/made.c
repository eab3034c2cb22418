// SPDX-License-Identifier: GPL-2.0
/* Devices that were created or changed, as "dev show" prints them. */
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <time.h>

#include "cli/complain.h"
#include "fetch.h"
#include "made.h"
#include "print/out.h"

/* The bridges follow at once what is created; what they read of it takes a poll. */
#define WAIT_STEP_MS 20
#define WAIT_STEPS 250

static int64_t milliseconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Facts of no age are those that events report. */
static bool is_read(const struct vdev_object *object, int64_t since)
{
	uint32_t age = vdev_object_age(object);

	return !vdev_object_stale(object) &&
	       (age == VDEV_UNKNOWN32 || (int64_t)age <= milliseconds() - since);
}

static void wait_step(void)
{
	const struct timespec step = { .tv_nsec = WAIT_STEP_MS * 1000000L };

	nanosleep(&step, NULL);
}

int made_fetch(const struct command *command, struct vdev_sock *sock,
	       const struct vdev_handle *handle, bool changed, struct vdev_object **object)
{
	int64_t since = changed ? milliseconds() : 0;
	unsigned int i;
	int err = -ENODEV;

	*object = NULL;
	vdev_sock_set_max_age(sock, 0);
	for (i = 0; i < WAIT_STEPS; i++) {
		vdev_object_free(*object);
		err = vdev_dev_get(sock, handle, object);
		if (err != -ENODEV && (err || !*object || is_read(*object, since)))
			break;
		wait_step();
	}
	if (err == -ENODEV)
		return complain(command, "%s/%s: done, but vdev does not report the device; load "
				"the bridges: modprobe -a vdev_vdpa vdev_mdev vdev_vfio",
				handle->bus, handle->name);
	return fetch_status(command, sock, handle->name, err);
}

int made_list(const struct command *command, struct vdev_sock *sock,
	      const struct vdev_handle *handles, size_t num, bool changed,
	      struct vdev_object ***objects)
{
	struct vdev_object **list = calloc(num + 1, sizeof(*list));
	int status = EXIT_DONE;
	size_t i, got = 0;

	*objects = NULL;
	if (!list)
		return complain_memory(command);
	for (i = 0; i < num && !status; i++) {
		status = made_fetch(command, sock, &handles[i], changed, &list[i]);
		got += !status;
	}
	if (status)
		vdev_object_list_free(list, got);
	else
		*objects = list;
	return status;
}

int made_print(const struct command *command, const struct options *options,
	       struct vdev_object *const *objects, size_t num)
{
	struct output output;
	size_t i;
	int err;

	out_init(&output, options, "dev");
	err = out_begin(&output);
	for (i = 0; i < num && !err; i++)
		err = out_object(objects[i], &output);
	if (!err)
		err = out_end(&output);
	return err == -ENOMEM ? complain_memory(command) : EXIT_DONE;
}
