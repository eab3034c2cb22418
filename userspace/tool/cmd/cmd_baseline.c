// SPDX-License-Identifier: GPL-2.0
/*
 * "baseline": for each model the oldest and the newest version common to all
 * hosts that were exported, or who stands in the way.
 */
#include <errno.h>
#include <stdlib.h>

#include "cli/complain.h"
#include "cli/options.h"
#include "cmd.h"
#include "format/baseline.h"
#include "format/baseline_software.h"
#include "format/frame.h"
#include "format/naming.h"
#include "format/report.h"
#include "operand.h"
#include "print/out_baseline.h"

/* Whether all hosts have something in common, as far as they report anything. */
static bool is_common(const struct baseline *baseline)
{
	size_t i;

	for (i = 0; i < baseline->group.hosts->num; i++)
		if (!group_has(&baseline->group, i))
			return false;
	return (!baseline->versions.num || baseline->versions.oldest) &&
	       (!baseline->software.num || baseline->software.oldest);
}

static int print_one(const struct baseline *baseline, const struct options *options,
		     struct frame *frame)
{
	json_t *json;
	int err;

	if (!options->json) {
		baseline_print(baseline);
		return 0;
	}
	json = baseline_json(baseline);
	err = json ? frame_put(frame, json) : -ENOMEM;
	json_decref(json);
	return err;
}

/* Returns 0 or -ENOMEM; *common is whether every model has a baseline. */
static int print_models(const struct hosts *hosts, const struct options *options, bool *common)
{
	struct frame frame = { .key = "baseline", .pretty = options->pretty };
	size_t i;
	int err;

	err = options->json ? frame_begin(&frame, NULL) : 0;
	for (i = 0; i < hosts->num_members && !err;) {
		struct baseline baseline = { .group = hosts_group(hosts, i) };

		err = baseline_versions(&baseline.group, &baseline.versions);
		if (!err)
			err = baseline_software(&baseline.group, &baseline.software);
		if (!err)
			err = print_one(&baseline, options, &frame);
		*common = *common && is_common(&baseline);
		range_free(&baseline.versions);
		range_free(&baseline.software);
		i += baseline.group.num;
	}
	if (!err && options->json)
		err = frame_end(&frame, NULL);
	return err;
}

/* What is common by all that is known, and whether there is more. */
static int common_status(const struct hosts *hosts)
{
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; i < hosts->num; i++)
		if (hosts->documents[i]->num_unreadable)
			return EXIT_ERROR;
	for (i = 0; i < hosts->num_members; i++)
		if (vdev_declaration_num_unknown(hosts->members[i].declaration))
			status = EXIT_UNDECLARED;
	return status;
}

static int print(const struct command *command, struct hosts *hosts,
		 const struct options *options)
{
	bool common = true;
	int status;

	if (hosts_gather(hosts))
		return complain_memory(command);
	if (!hosts->num_members)
		return complain(command, "no host reports the model of anything that it can migrate");
	if (print_models(hosts, options, &common))
		return complain_memory(command);
	status = common_status(hosts);
	return status == EXIT_ERROR || common ? status : EXIT_INCOMPATIBLE;
}

static bool took_stdin(const struct hosts *hosts)
{
	size_t i;

	for (i = 0; i < hosts->num; i++)
		if (naming_is_stdin(hosts->documents[i]->name))
			return true;
	return false;
}

static int read_host(const struct command *command, const char *word, struct hosts *hosts)
{
	const char *handle = NULL;
	struct document *host;

	if (naming_is_stdin(word) && took_stdin(hosts))
		return complain_usage(command, STDIN_TWICE, word);
	host = operand_read(command, word, &handle);
	if (!host)
		return EXIT_ERROR;
	hosts->documents[hosts->num++] = host;
	if (handle)
		return complain_usage(command, "%s: a baseline is of whole hosts", word);
	document_report(command, host, CONSEQUENCE("not judged"));
	return EXIT_DONE;
}

int cmd_baseline(const struct command *command, const struct options *options, int argc,
		 char **argv)
{
	struct hosts hosts = { 0 };
	struct taken taken;
	int status;
	int i;

	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	if (!argc)
		return complain_usage(command, "FILE is missing");
	hosts.documents = calloc((size_t)argc, sizeof(*hosts.documents));
	if (!hosts.documents)
		return complain_memory(command);
	for (i = 0; i < argc && !status; i++)
		status = read_host(command, argv[i], &hosts);
	if (!status)
		status = print(command, &hosts, options);
	hosts_free(&hosts);
	return status;
}
