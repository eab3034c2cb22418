// SPDX-License-Identifier: GPL-2.0
/* "export", "dev export" and "type export": what endpoints of this host declare, to travel. */
#include <errno.h>

#include "cli/args.h"
#include "cli/complain.h"
#include "cli/host.h"
#include "cli/session.h"
#include "cmd.h"
#include "declared.h"
#include "export_options.h"
#include "fetch.h"

/* What is exported. */
enum {
	KIND_DEV = 1 << 0,
	KIND_TYPE = 1 << 1,
	KIND_ALL = KIND_DEV | KIND_TYPE,
};

struct exporter {
	struct declared declared;
	struct export_choice choice;
	uint32_t instance;
	uint64_t snapshot;
	/* They are of several generations. */
	bool mixed;
};

static int add_object(const struct vdev_object *object, void *arg)
{
	struct exporter *exporter = arg;

	exporter->instance = vdev_object_instance(object);
	if (exporter->snapshot && exporter->snapshot != vdev_object_snapshot(object))
		exporter->mixed = true;
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
		.snapshot = exporter->mixed ? 0 : exporter->snapshot,
	};
	return vdev_document_set_host(exporter->declared.document, &said, sizeof(said));
}

/* Everything that this host has can be of more than one kind. */
static int fetch_kinds(struct exporter *exporter, struct vdev_sock *sock, unsigned int kinds,
		       const struct show_args *args)
{
	int err = 0;

	if (kinds & KIND_DEV)
		err = fetch(sock, VDEV_OBJECT_DEV, args, add_object, exporter);
	if (!err && kinds & KIND_TYPE)
		err = fetch(sock, VDEV_OBJECT_TYPE, args, add_object, exporter);
	return err;
}

static int run(struct exporter *exporter, struct vdev_sock *sock, unsigned int kinds,
	       const struct show_args *args)
{
	struct declared *declared = &exporter->declared;
	int err = fetch_kinds(exporter, sock, kinds, args);

	if (!err)
		err = set_host(exporter);
	if (err && !declared->status)
		declared->status = fetch_status(declared->command, sock, args->endpoint, err);
	if (err)
		return declared->status;
	exporter->choice.flags |= VDEV_WRITE_HANDLES;
	return export_write(declared->command, declared->document, &exporter->choice,
			    declared->status);
}

static int export(const struct command *command, const struct options *options,
		  unsigned int kinds, int argc, char **argv)
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
	if (!status && kinds == KIND_ALL && argc)
		status = complain_usage(command, "'%s' is too much: all of this host is exported",
					argv[0]);
	if (!status)
		status = args_parse(command, kinds == KIND_TYPE ? VDEV_OBJECT_TYPE : VDEV_OBJECT_DEV,
				    argc, argv, &args);
	exporter.declared.whole = !args.endpoint;
	if (!status)
		status = run(&exporter, sock, kinds, &args);
	vdev_document_free(exporter.declared.document);
	args_free(&args);
	return status;
}

int cmd_export(const struct command *command, const struct options *options, int argc, char **argv)
{
	return export(command, options, KIND_ALL, argc, argv);
}

int cmd_dev_export(const struct command *command, const struct options *options,
		   int argc, char **argv)
{
	return export(command, options, KIND_DEV, argc, argv);
}

int cmd_type_export(const struct command *command, const struct options *options,
		    int argc, char **argv)
{
	return export(command, options, KIND_TYPE, argc, argv);
}
