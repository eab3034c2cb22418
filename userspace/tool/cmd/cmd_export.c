// SPDX-License-Identifier: GPL-2.0
/* "dev export" and "type export": what endpoints of this host declare, to travel. */
#include <errno.h>
#include <stdio.h>

#include "cli/args.h"
#include "cli/complain.h"
#include "cli/host.h"
#include "cli/session.h"
#include "cmd.h"
#include "declared.h"
#include "export_options.h"
#include "fetch.h"

struct exporter {
	struct declared declared;
	struct export_choice choice;
	uint32_t instance;
	uint64_t snapshot;
};

static int add_object(const struct vdev_object *object, void *arg)
{
	struct exporter *exporter = arg;

	exporter->instance = vdev_object_instance(object);
	exporter->snapshot = vdev_object_snapshot(object);
	return declared_add(&exporter->declared, object);
}

/* The generation is what a check of the target can expect. */
static int set_host(const struct exporter *exporter)
{
	struct host host = { 0 };
	struct vdev_host said;

	if (exporter->choice.flags & VDEV_WRITE_NO_HOST)
		return 0;
	host_get(&host);
	said = (struct vdev_host){
		.machine = host.machine,
		.kernel_release = host.kernel_release,
		.vdev_version = host.vdev_version,
		.instance = exporter->instance,
		.snapshot = exporter->snapshot,
	};
	return vdev_document_set_host(exporter->declared.document, &said, sizeof(said));
}

static int run(struct exporter *exporter, struct vdev_sock *sock, enum vdev_object_kind kind,
	       const struct show_args *args)
{
	int err = fetch(sock, kind, args, add_object, exporter);

	if (!err)
		err = set_host(exporter);
	if (!err)
		err = vdev_document_write(exporter->declared.document, exporter->choice.form,
					  exporter->choice.flags | VDEV_WRITE_HANDLES, stdout);
	if (err && !exporter->declared.status)
		exporter->declared.status = fetch_status(exporter->declared.command, sock,
							 args->endpoint, err);
	return exporter->declared.status;
}

static int export(const struct command *command, const struct options *options,
		  enum vdev_object_kind kind, int argc, char **argv)
{
	struct exporter exporter = {
		.declared = { .command = command, .document = vdev_document_new() },
	};
	struct vdev_sock *sock = session_sock(options->session);
	struct show_args args = { 0 };
	struct taken taken = { 0 };
	int status;

	status = sock && exporter.declared.document ?
		 options_take(command, &argc, argv, &taken) : complain_memory(command);
	if (!status)
		status = options_max_age(command, taken.value[EXPORT_MAX_AGE], sock);
	if (!status)
		status = export_choose(command, options, &taken, &exporter.choice);
	if (!status)
		status = args_parse(command, kind, argc, argv, &args);
	exporter.declared.whole = !args.endpoint;
	if (!status)
		status = run(&exporter, sock, kind, &args);
	vdev_document_free(exporter.declared.document);
	args_free(&args);
	return status;
}

int cmd_dev_export(const struct command *command, const struct options *options,
		   int argc, char **argv)
{
	return export(command, options, VDEV_OBJECT_DEV, argc, argv);
}

int cmd_type_export(const struct command *command, const struct options *options,
		    int argc, char **argv)
{
	return export(command, options, VDEV_OBJECT_TYPE, argc, argv);
}
