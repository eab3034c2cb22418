// SPDX-License-Identifier: GPL-2.0
/*
 * "dev set" and "dev del": a device of any bus is changed or removed by the words that it is
 * created with.
 */
#include <errno.h>
#include <string.h>

#include "below.h"
#include "change_options.h"
#include "cli/complain.h"
#include "cli/handle.h"
#include "cli/session.h"
#include "cmd.h"
#include "config_words.h"
#include "fetch.h"
#include "made.h"
#include "ordering.h"
#include "print/out_parent.h"
#include "print/out_suggest.h"
#include "provisioner.h"

/* A change in progress. */
struct change {
	const struct command *command;
	const struct options *options;
	struct change_options taken;
	struct vdev_sock *sock;
	struct vdev_provisioner *provisioner;
	struct config_words words;
	const char *label;
	struct vdev_handle handle;
	/* As the family reports it; NULL if it does not know it, as a physical function. */
	struct vdev_object *object;
};

/* A number is nothing without the family, and so is a device whose generation matters. */
static int change_find(struct change *change, const char *word)
{
	enum vdev_object_kind kind = VDEV_OBJECT_DEV;
	int err, status;

	change->label = word;
	status = handle_read(change->command, word, "BUS/NAME nor a number", &kind,
			     &change->handle);
	if (status)
		return status;
	err = vdev_dev_get(change->sock, &change->handle, &change->object);
	if (err == -ENODEV && !change->handle.id && !change->taken.expect.number)
		return EXIT_DONE;
	status = fetch_status(change->command, change->sock, word, err);
	if (!status && change->handle.id)
		status = change_options_handle(change->command, change->object, &change->handle);
	if (status)
		return status;
	return change_options_expect(change->command, &change->taken, change->object);
}

static int change_begin(struct change *change, int argc, char **argv)
{
	if (!argc)
		return complain_usage(change->command, "BUS/NAME is missing");
	change->sock = session_sock(change->options->session);
	if (!change->sock)
		return complain_memory(change->command);
	change->provisioner = provisioner_open(change->command);
	return change->provisioner ? change_find(change, argv[0]) : EXIT_ERROR;
}

static void change_release(struct change *change)
{
	config_words_free(&change->words);
	vdev_object_free(change->object);
	vdev_provisioner_free(change->provisioner);
}

static int print_dry(const struct change *change, const char *verb)
{
	struct command_line line = { 0 };
	int err;

	command_line_add(&line, "vdevctl", "dev", verb, change->label);
	command_line_config(&line, &change->words.config);
	err = out_commands(&line, 1, NULL, change->options);
	command_line_free(&line);
	return err == -ENOMEM ? complain_memory(change->command) : EXIT_DONE;
}

/* A function whose virtual ones have changed is a parent. */
static int show_parent(struct change *change)
{
	struct vdev_parents *parents;
	char handle[2 * VDEV_HANDLE_NAME_MAX + 2];
	int status;

	snprintf(handle, sizeof(handle), "%s/%s", change->handle.bus, change->handle.name);
	status = provisioner_status(change->command, change->provisioner, NULL,
				    vdev_parents_read(change->provisioner, &parents));
	if (status)
		return status;
	if (out_parents(parents, handle, change->options) == -ENOMEM)
		status = complain_memory(change->command);
	vdev_parents_free(parents);
	return status;
}

static int show_device(struct change *change)
{
	struct vdev_object **objects;
	int status = made_list(change->command, change->sock, &change->handle, 1, true, &objects);

	if (status)
		return status;
	status = made_print(change->command, change->options, objects, 1);
	vdev_object_list_free(objects, 1);
	return status;
}

static int show_changed(struct change *change)
{
	const struct vdev_config *config = &change->words.config;

	if (config->vfs != VDEV_UNKNOWN32)
		return show_parent(change);
	/* Without a driver the family does not know it any more. */
	if (config->driver && strcmp(config->driver, "none") == 0)
		return made_print(change->command, change->options, NULL, 0);
	return show_device(change);
}

static int order_set(struct change *change)
{
	struct ordering ordering = { 0 };
	int status = ordering_make(change->command, change->object, &change->words.config,
				   &change->taken, &ordering);

	if (!status)
		status = fetch_status(change->command, change->sock, change->label,
				      vdev_dev_set(change->sock, &change->handle, &ordering.order,
						   sizeof(ordering.order), NULL));
	ordering_free(&ordering);
	return status;
}

static int ask_set(struct change *change)
{
	int status;

	if (ordering_offered(change->object, VDEV_OPERATION_CONFIGURE))
		return order_set(change);
	if (change->taken.reset)
		return complain(change->command, "%s: --reset: its provider does not configure it",
				change->label);
	status = below_device(change->command, change->object, &change->words.config);
	if (status)
		return status;
	return provisioner_status(change->command, change->provisioner, change->label,
				  vdev_provisioner_set(change->provisioner, &change->handle,
						       &change->words.config,
						       change->taken.dry_run));
}

/* What makes no sense is said before anybody is asked. */
static int set_words(struct change *change, int argc, char **argv)
{
	int status = config_words_parse(change->command, SET_KEYWORDS, NUM_SET_KEYWORDS, argc, argv,
					&change->words);

	if (!status && !change->taken.reset && config_words_empty(&change->words))
		status = complain_usage(change->command, "nothing is to be set");
	return status;
}

static int set(struct change *change)
{
	int status = ask_set(change);

	if (status)
		return status;
	return change->taken.dry_run ? print_dry(change, "set") : show_changed(change);
}

int cmd_dev_set(const struct command *command, const struct options *options, int argc,
		char **argv)
{
	struct change change = { .command = command, .options = options };
	int status = change_options_take(command, &argc, argv, &change.taken);

	if (!status && argc)
		status = set_words(&change, argc - 1, argv + 1);
	if (!status)
		status = change_begin(&change, argc, argv);
	if (!status)
		status = set(&change);
	change_release(&change);
	return status;
}

static int ask_del(struct change *change)
{
	const struct vdev_order order = {
		.dry_run = change->taken.dry_run,
		.expect = change->taken.expect.number,
		.instance = change->taken.expect.instance,
	};

	if (ordering_offered(change->object, VDEV_OPERATION_REMOVE))
		return fetch_status(change->command, change->sock, change->label,
				    vdev_dev_del(change->sock, &change->handle, &order,
						 sizeof(order), NULL));
	return provisioner_status(change->command, change->provisioner, change->label,
				  vdev_provisioner_del(change->provisioner, &change->handle,
						       change->taken.dry_run));
}

static int del(struct change *change)
{
	int status;

	change->words.config.vfs = VDEV_UNKNOWN32;
	status = ask_del(change);
	if (status)
		return status;
	if (change->taken.dry_run)
		return print_dry(change, "del");
	return made_print(change->command, change->options, &change->object,
			  change->object ? 1 : 0);
}

int cmd_dev_del(const struct command *command, const struct options *options, int argc,
		char **argv)
{
	struct change change = { .command = command, .options = options };
	int status = change_options_take(command, &argc, argv, &change.taken);

	if (!status && argc > 1)
		status = complain_usage(command, "'%s' after BUS/NAME", argv[1]);
	if (!status)
		status = change_begin(&change, argc, argv);
	if (!status)
		status = del(&change);
	change_release(&change);
	return status;
}
