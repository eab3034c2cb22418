// SPDX-License-Identifier: GPL-2.0
/* "dev show" and "type show": one endpoint, or all that pass the conditions. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "args.h"
#include "out.h"
#include "tool.h"

static int show_one(struct vdev_sock *sock, enum vdev_object_kind kind,
		    const struct vdev_handle *handle, struct output *output)
{
	struct vdev_object *object;
	int err;

	if (kind == VDEV_OBJECT_TYPE)
		err = vdev_type_get(sock, handle, &object);
	else
		err = vdev_dev_get(sock, handle, &object);
	if (err)
		return err;
	out_begin(output);
	err = out_object(object, output);
	vdev_object_free(object);
	return err;
}

/* The frame is begun by the first endpoint, so that a failure prints nothing. */
static int begin_and_show(const struct vdev_object *object, void *arg)
{
	struct output *output = arg;

	if (!output->any)
		out_begin(output);
	return out_object(object, output);
}

static int show_many(struct vdev_sock *sock, enum vdev_object_kind kind,
		     const struct vdev_filter *filter, struct output *output)
{
	int err;

	if (kind == VDEV_OBJECT_TYPE)
		err = vdev_type_dump(sock, filter, begin_and_show, output);
	else
		err = vdev_dev_dump(sock, filter, begin_and_show, output);
	if (!err && !output->any)
		out_begin(output);
	return err;
}

/*
 * The name of the endpoint is said unless the kernel's words have it, and the
 * attribute to blame unless it is that name.
 */
static int complain_error(const struct command *command, const char *endpoint,
			  const struct vdev_error *error)
{
	bool named = !endpoint || strstr(error->message, endpoint) ||
		error->kind == VDEV_ERROR_ABSENT;
	const char *attr = error->code == ENODEV ? NULL : error->attr;

	complain(command, "%s%s%s%s%s%s", named ? "" : endpoint, named ? "" : ": ",
		 error->message, attr ? " (" : "", attr ? attr : "", attr ? ")" : "");
	if (error->kind == VDEV_ERROR_INCONSISTENT || error->code == ESTALE)
		return EXIT_STALE;
	return EXIT_ERROR;
}

/* @err: of the library, whose socket then tells more, or of the output. */
static int finish(const struct command *command, const struct vdev_sock *sock,
		  const struct show_args *args, const struct output *output, int err)
{
	const struct vdev_error *error = vdev_sock_error(sock);

	if (err && error->kind != VDEV_ERROR_NONE)
		return complain_error(command, args->endpoint, error);
	if (err == -ENOMEM)
		return complain(command, "cannot allocate memory");
	if (!err)
		out_end(output);
	/* That stdout takes no more is told when it is closed. */
	return EXIT_DONE;
}

static int show(const struct command *command, const struct options *options,
		enum vdev_object_kind kind, int argc, char **argv)
{
	struct output output = { .options = options, .key = command->object };
	struct vdev_sock *sock;
	struct show_args args;
	int status;
	int err;

	status = args_parse(command, kind, argc, argv, &args);
	if (status)
		goto out_args;
	sock = vdev_sock_new();
	if (!sock) {
		status = complain(command, "cannot allocate memory");
		goto out_args;
	}
	if (args.endpoint)
		err = show_one(sock, kind, &args.handle, &output);
	else
		err = show_many(sock, kind, args.filter, &output);
	status = finish(command, sock, &args, &output, err);
	vdev_sock_free(sock);
out_args:
	args_free(&args);
	return status;
}

int cmd_dev_show(const struct command *command, const struct options *options,
		 int argc, char **argv)
{
	return show(command, options, VDEV_OBJECT_DEV, argc, argv);
}

int cmd_type_show(const struct command *command, const struct options *options,
		  int argc, char **argv)
{
	return show(command, options, VDEV_OBJECT_TYPE, argc, argv);
}
