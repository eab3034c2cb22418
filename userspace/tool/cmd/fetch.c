// SPDX-License-Identifier: GPL-2.0
/* Asking the kernel for endpoints, and what is said when that fails. */
#include <errno.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/progress.h"
#include "fetch.h"

static int get(struct vdev_sock *sock, enum vdev_object_kind kind,
	       const struct vdev_handle *handle, struct vdev_object **object)
{
	if (kind == VDEV_OBJECT_TYPE)
		return vdev_type_get(sock, handle, object);
	return vdev_dev_get(sock, handle, object);
}

int fetch_one(struct vdev_sock *sock, enum vdev_object_kind kind,
	      const struct vdev_handle *handle, struct vdev_object **object)
{
	int err = get(sock, kind, handle, object);

	if (err != -ENODEV || !handle->id)
		return err;
	return get(sock, kind == VDEV_OBJECT_TYPE ? VDEV_OBJECT_DEV : VDEV_OBJECT_TYPE, handle,
		   object);
}

static int fetch_and_call(struct vdev_sock *sock, enum vdev_object_kind kind,
			  const struct vdev_handle *handle, vdev_object_fn *fn, void *arg)
{
	struct vdev_object *object;
	int err = get(sock, kind, handle, &object);

	if (err)
		return err;
	err = fn(object, arg);
	vdev_object_free(object);
	return err;
}

struct printer {
	const struct show_args *args;
	vdev_object_fn *fn;
	void *arg;
};

static int print_object(const struct vdev_object *object, void *arg)
{
	const struct printer *printer = arg;

	if (!args_available(printer->args, vdev_object_kind(object), vdev_object_capacity(object)))
		return 0;
	progress_pause();
	return printer->fn(object, printer->arg);
}

int fetch(struct vdev_sock *sock, enum vdev_object_kind kind, const struct show_args *args,
	  vdev_object_fn *fn, void *arg)
{
	struct printer printer = { args, fn, arg };
	int err;

	progress_begin(PROGRESS_KERNEL, 0);
	if (args->endpoint)
		err = fetch_and_call(sock, kind, &args->handle, print_object, &printer);
	else if (kind == VDEV_OBJECT_TYPE)
		err = vdev_type_dump(sock, args->filter, print_object, &printer);
	else
		err = vdev_dev_dump(sock, args->filter, print_object, &printer);
	progress_end();
	return err;
}

bool fetch_is_absent(int code)
{
	return code == ENODEV || code == ENOENT || code == EPERM || code == EACCES;
}

static int error_status(const struct vdev_error *error)
{
	if (error->type == VDEV_ERROR_INCONSISTENT || error->code == ESTALE)
		return EXIT_STALE;
	return fetch_is_absent(error->code) ? EXIT_ABSENT : EXIT_ERROR;
}

/*
 * The name of the endpoint is said unless the kernel's words have it, and the
 * attribute to blame unless it is that name.
 */
static int complain_error(const struct command *command, const char *endpoint,
			  const struct vdev_error *error)
{
	bool named = !endpoint || strstr(error->message, endpoint) ||
		error->type == VDEV_ERROR_ABSENT;
	bool absent = error->code == ENODEV || error->code == ENOENT;
	const char *attr = absent ? "" : error->attr;

	complain(command, "%s%s%s%s%s%s", named ? "" : endpoint, named ? "" : ": ",
		 error->message, attr[0] ? " (" : "", attr, attr[0] ? ")" : "");
	return error_status(error);
}

int fetch_error_status(const struct command *command, const struct vdev_error *error,
		       const char *endpoint, int err)
{
	if (err && error->type != VDEV_ERROR_NONE)
		return complain_error(command, endpoint, error);
	if (err == -ENOMEM)
		return complain_memory(command);
	return EXIT_DONE;
}

int fetch_status(const struct command *command, const struct vdev_sock *sock,
		 const char *endpoint, int err)
{
	return fetch_error_status(command, vdev_sock_error(sock), endpoint, err);
}

int fetch_without(const struct command *command, const struct vdev_sock *sock,
		  const char *without, int err)
{
	const struct vdev_error *error = vdev_sock_error(sock);

	if (err && error->type == VDEV_ERROR_NONE)
		return complain_memory(command);
	if (!err)
		return EXIT_DONE;
	complain(command, "%s: %s", without, error->message);
	return error_status(error);
}
