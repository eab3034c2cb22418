// SPDX-License-Identifier: GPL-2.0
/*
 * "baseline": for each model the oldest and the newest version common to all
 * hosts that were exported, or who stands in the way.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli/complain.h"
#include "cli/options.h"
#include "cli/progress.h"
#include "cmd.h"
#include "common/frame.h"
#include "exports.h"
#include "print/out_baseline.h"

static int print_one(const struct vdev_baseline_model *model, const struct host_names *names,
		     const struct options *options, struct frame *frame)
{
	json_t *json;
	int err;

	if (!options->json) {
		baseline_print(model, names);
		return 0;
	}
	json = baseline_json(model, names);
	err = json ? frame_put(frame, json) : -ENOMEM;
	json_decref(json);
	return err;
}

static int print_models(const struct vdev_baseline *baseline, const struct host_names *names,
			const struct options *options)
{
	struct frame frame = { .file = stdout, .key = "baseline", .pretty = options->pretty };
	size_t i;
	int err;

	err = options->json ? frame_begin(&frame, NULL) : 0;
	for (i = 0; !err && i < vdev_baseline_num_models(baseline); i++)
		err = print_one(vdev_baseline_model(baseline, i), names, options, &frame);
	if (!err && options->json)
		err = frame_end(&frame, NULL);
	return err;
}

/* What is common by all that is known, and whether there is more. */
static int baseline_status(const struct vdev_baseline *baseline, const struct exports *exports)
{
	bool common = true, unknown = false;
	size_t i;

	for (i = 0; i < exports->num; i++)
		if (vdev_document_num_rejected(exports->contents[i]))
			return EXIT_ERROR;
	for (i = 0; i < vdev_baseline_num_models(baseline); i++) {
		common = common && vdev_baseline_model(baseline, i)->common;
		unknown = unknown || vdev_baseline_model(baseline, i)->unknown;
	}
	return !common ? EXIT_INCOMPATIBLE : unknown ? EXIT_UNDECLARED : EXIT_DONE;
}

static int print(const struct command *command, const struct exports *exports,
		 const struct options *options)
{
	const struct host_names names = { exports->labels, exports->num };
	struct vdev_baseline *baseline;
	int err, status;

	progress_begin("comparing", 0);
	err = vdev_baseline_new(exports->contents, exports->num, &baseline);
	progress_end();
	if (err)
		return complain_memory(command);
	if (!vdev_baseline_num_models(baseline))
		status = complain(command,
				  "no host reports the model of anything that it can migrate");
	else if (print_models(baseline, &names, options))
		status = complain_memory(command);
	else
		status = baseline_status(baseline, exports);
	vdev_baseline_free(baseline);
	return status;
}

int cmd_baseline(const struct command *command, const struct options *options, int argc,
		 char **argv)
{
	struct exports exports;
	struct taken taken;
	int status;

	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	if (!argc)
		return complain_usage(command, "FILE is missing");
	status = exports_read(command, argc, argv, "a baseline is of whole hosts", &exports);
	if (!status)
		status = print(command, &exports, options);
	exports_free(&exports);
	return status;
}
