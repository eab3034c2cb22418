// SPDX-License-Identifier: GPL-2.0
/* "dev export" and "type export": what endpoints of this host declare, to travel. */
#include <errno.h>

#include "cli/args.h"
#include "cli/complain.h"
#include "cli/host.h"
#include "cmd.h"
#include "export_options.h"
#include "fetch.h"
#include "format/json.h"
#include "format/keys.h"

struct exporter {
	const struct command *command;
	struct export export;
	uint32_t instance;
	uint64_t snapshot;
	/* All that is there; one that cannot be read harms only itself. */
	bool whole;
	/* Whatever was wrong was complained about. */
	int status;
};

static int add_object(const struct vdev_object *object, void *arg)
{
	struct exporter *exporter = arg;
	struct endpoint endpoint = { .handle = vdev_object_handle(object) };
	char why[VDEV_WHY_SIZE] = "";
	int err;

	exporter->instance = vdev_object_instance(object);
	exporter->snapshot = vdev_object_snapshot(object);
	err = vdev_declaration_of(object, &endpoint.declaration, why);
	if (err == -ENOMEM)
		return err;
	if (err) {
		exporter->status = complain(exporter->command, "%s: %s%s", endpoint.handle,
					    exporter->whole ? "left out: " : "", why);
		return exporter->whole ? 0 : err;
	}
	err = export_add(&exporter->export, &endpoint);
	vdev_declaration_free(endpoint.declaration);
	return err;
}

/* The generation is what a check of the target can expect. */
static int add_host(struct exporter *exporter)
{
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	struct host host = { 0 };

	host_get(&host);
	put_string(&builder, json, "machine", host.machine);
	put_string(&builder, json, "kernel-release", host.kernel_release);
	put_string(&builder, json, "vdev-version", host.vdev_version);
	if (exporter->instance)
		put_u64(&builder, json, KEY_INSTANCE, exporter->instance);
	if (exporter->snapshot)
		put_u64(&builder, json, KEY_SNAPSHOT, exporter->snapshot);
	exporter->export.keys = build_object(&builder);
	put(&builder, exporter->export.keys, "host", json);
	return builder.broken ? -ENOMEM : 0;
}

static int run(struct exporter *exporter, struct vdev_sock *sock, enum vdev_object_kind kind,
	       const struct show_args *args)
{
	int err = fetch(sock, kind, args, add_object, exporter);

	if (!err && !exporter->export.no_host)
		err = add_host(exporter);
	if (!err)
		err = export_print(&exporter->export);
	if (err && !exporter->status)
		exporter->status = fetch_status(exporter->command, sock, args->endpoint, err);
	return exporter->status;
}

static int export(const struct command *command, const struct options *options,
		  enum vdev_object_kind kind, int argc, char **argv)
{
	struct exporter exporter = { .command = command };
	struct vdev_sock *sock = vdev_sock_new();
	struct show_args args = { 0 };
	struct taken taken = { 0 };
	int status;

	status = sock ? options_take(command, &argc, argv, &taken) : complain_memory(command);
	if (!status)
		status = options_max_age(command, taken.value[EXPORT_MAX_AGE], sock);
	if (!status)
		status = export_init(command, options, &taken, &exporter.export);
	if (!status)
		status = args_parse(command, kind, argc, argv, &args);
	exporter.whole = !args.endpoint;
	if (!status)
		status = run(&exporter, sock, kind, &args);
	vdev_sock_free(sock);
	export_free(&exporter.export);
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
