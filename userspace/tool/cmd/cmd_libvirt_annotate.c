// SPDX-License-Identifier: GPL-2.0
/* "libvirt annotate": what the devices of a domain declare, to travel in its metadata. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/domain.h"
#include "cli/input.h"
#include "cli/options.h"
#include "cmd.h"
#include "fetch.h"

/* Devices that vdev does not know are named, and left out. */
struct annotator {
	const struct command *command;
	struct vdev_sock *sock;
	struct domain domain;
	char *handles[DOMAIN_DEVICES_MAX];
	unsigned int num_left_out;
};

static int leave_out(struct annotator *annotator, const char *name, const char *why)
{
	annotator->num_left_out++;
	complain(annotator->command, "%s: left out: %s", name, why);
	return 0;
}

static int declare(struct annotator *annotator, unsigned int number,
		   const struct vdev_object *object)
{
	struct domain_device *device = &annotator->domain.devices[number];
	struct vdev_error error;
	int err;

	err = vdev_declaration_of(object, &device->declaration, &error);
	if (err && err != -ENOMEM)
		return leave_out(annotator, device->name, error.message);
	annotator->handles[number] = strdup(vdev_object_handle(object));
	return annotator->handles[number] ? err : -ENOMEM;
}

/* Returns 0 or a negative errno. */
static int annotate_device(struct annotator *annotator, unsigned int number)
{
	const char *name = annotator->domain.devices[number].name;
	enum vdev_object_kind kind;
	struct vdev_handle handle;
	struct vdev_object *object;
	int err;

	err = vdev_handle_from_path(name, &kind, &handle);
	if (err)
		return leave_out(annotator, name, strerror(-err));
	err = vdev_dev_get(annotator->sock, &handle, &object);
	if (err == -ENODEV)
		return leave_out(annotator, name, vdev_sock_error(annotator->sock)->message);
	if (err)
		return err;
	err = declare(annotator, number, object);
	vdev_object_free(object);
	return err;
}

static int print(struct annotator *annotator)
{
	char *text = domain_annotation(&annotator->domain,
				       (const char *const *)annotator->handles);

	if (!text)
		return complain_memory(annotator->command);
	puts(text);
	free(text);
	return annotator->num_left_out ? EXIT_ERROR : EXIT_DONE;
}

static int annotate(struct annotator *annotator, const char *text, size_t size, const char *name)
{
	struct vdev_error error;
	unsigned int i;
	int err;

	err = domain_read(&annotator->domain, text, size, &error);
	if (err == -ENOMEM)
		return complain_memory(annotator->command);
	if (err)
		return complain(annotator->command, "%s: %s", name, error.message);
	for (i = 0; !err && i < annotator->domain.num_devices; i++) {
		vdev_declaration_free(annotator->domain.devices[i].declaration);
		annotator->domain.devices[i].declaration = NULL;
		err = annotate_device(annotator, i);
	}
	return err ? fetch_status(annotator->command, annotator->sock, name, err) :
		     print(annotator);
}

static void release(struct annotator *annotator)
{
	unsigned int i;

	for (i = 0; i < DOMAIN_DEVICES_MAX; i++)
		free(annotator->handles[i]);
	domain_free(&annotator->domain);
	vdev_sock_free(annotator->sock);
	free(annotator);
}

static int run(const struct command *command, const char *name)
{
	struct annotator *annotator = calloc(1, sizeof(*annotator));
	size_t size = 0;
	char *text;
	int status;

	if (annotator)
		annotator->sock = vdev_sock_new();
	if (!annotator || !annotator->sock) {
		free(annotator);
		return complain_memory(command);
	}
	annotator->command = command;
	text = input_read(command, name, &size);
	status = text ? annotate(annotator, text, size, name) : EXIT_ERROR;
	free(text);
	release(annotator);
	return status;
}

int cmd_libvirt_annotate(const struct command *command, const struct options *options, int argc,
			 char **argv)
{
	struct taken taken;
	int status;

	(void)options;
	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	if (argc != 1)
		return argc ? complain_usage(command, "'%s' after the domain", argv[1]) :
			      complain_usage(command, "DOMAIN-XML is missing");
	return run(command, argv[0]);
}
