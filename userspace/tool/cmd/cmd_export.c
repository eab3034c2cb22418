// SPDX-License-Identifier: GPL-2.0
/* "dev export" and "type export": what endpoints of this host declare, to travel. */
#include <errno.h>
#include <stdio.h>

#include "cli/args.h"
#include "cli/complain.h"
#include "cli/host.h"
#include "cli/session.h"
#include "cmd.h"
#include "export_options.h"
#include "fetch.h"

struct exporter {
	const struct command *command;
	struct vdev_document *document;
	struct export_choice choice;
	uint32_t instance;
	uint64_t snapshot;
	/* All that is there; one that cannot be read harms only itself. */
	bool whole;
	/* Whatever was wrong was complained about. */
	int status;
};

/* One of all is left out; of the only one, the failure is that of the command. */
static int leave_out(struct exporter *exporter, const char *handle, int err, const char *why)
{
	exporter->status = complain(exporter->command, "%s: %s%s", handle,
				    exporter->whole ? "left out: " : "", why);
	return exporter->whole ? 0 : err;
}

static int add_object(const struct vdev_object *object, void *arg)
{
	struct exporter *exporter = arg;
	const char *handle = vdev_object_handle(object);
	struct vdev_declaration *declaration;
	struct vdev_error error;
	int err;

	exporter->instance = vdev_object_instance(object);
	exporter->snapshot = vdev_object_snapshot(object);
	err = vdev_declaration_of(object, &declaration, &error);
	if (err)
		return err == -ENOMEM ? err : leave_out(exporter, handle, err, error.message);
	err = vdev_document_add(exporter->document, handle, declaration);
	vdev_declaration_free(declaration);
	if (err == -EINVAL)
		return leave_out(exporter, handle, err, "no document can have that handle");
	if (err == -E2BIG)
		return leave_out(exporter, handle, err, "the document is full");
	return err;
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
	return vdev_document_set_host(exporter->document, &said, sizeof(said));
}

static int run(struct exporter *exporter, struct vdev_sock *sock, enum vdev_object_kind kind,
	       const struct show_args *args)
{
	int err = fetch(sock, kind, args, add_object, exporter);

	if (!err)
		err = set_host(exporter);
	if (!err)
		err = vdev_document_write(exporter->document, exporter->choice.form,
					  exporter->choice.flags | VDEV_WRITE_HANDLES, stdout);
	if (err && !exporter->status)
		exporter->status = fetch_status(exporter->command, sock, args->endpoint, err);
	return exporter->status;
}

static int export(const struct command *command, const struct options *options,
		  enum vdev_object_kind kind, int argc, char **argv)
{
	struct exporter exporter = { .command = command, .document = vdev_document_new() };
	struct vdev_sock *sock = session_sock(options->session);
	struct show_args args = { 0 };
	struct taken taken = { 0 };
	int status;

	status = sock && exporter.document ? options_take(command, &argc, argv, &taken) :
					     complain_memory(command);
	if (!status)
		status = options_max_age(command, taken.value[EXPORT_MAX_AGE], sock);
	if (!status)
		status = export_choose(command, options, &taken, &exporter.choice);
	if (!status)
		status = args_parse(command, kind, argc, argv, &args);
	exporter.whole = !args.endpoint;
	if (!status)
		status = run(&exporter, sock, kind, &args);
	vdev_document_free(exporter.document);
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
