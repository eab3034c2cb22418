// SPDX-License-Identifier: GPL-2.0
/*
 * "baseline": for each model the oldest and the newest version common to all
 * hosts that were exported, or who stands in the way.
 */
#include <errno.h>
#include <stdlib.h>

#include "baseline.h"
#include "frame.h"
#include "options.h"
#include "side.h"

/* Whether all hosts have something in common, as far as they tell anything. */
static bool is_common(const struct baseline *baseline)
{
	size_t i;

	for (i = 0; i < baseline->group.fleet->num_hosts; i++)
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
static int print_models(const struct fleet *fleet, const struct options *options, bool *common)
{
	struct frame frame = { .key = "baseline", .pretty = options->pretty };
	size_t i;
	int err;

	err = options->json ? frame_begin(&frame, NULL) : 0;
	for (i = 0; i < fleet->num_members && !err;) {
		struct baseline baseline = { .group = fleet_group(fleet, i) };

		err = baseline_versions(&baseline.group, &baseline.versions);
		if (!err)
			err = baseline_software(&baseline.group, &baseline.software);
		if (!err)
			err = print_one(&baseline, options, &frame);
		*common = *common && is_common(&baseline);
		free(baseline.versions.candidates);
		free(baseline.software.candidates);
		i += baseline.group.num;
	}
	if (!err && options->json)
		err = frame_end(&frame, NULL);
	return err;
}

static int print(const struct command *command, struct fleet *fleet,
		 const struct options *options)
{
	bool common = true;

	if (fleet_gather(fleet))
		return complain_memory(command);
	if (!fleet->num_members)
		return complain(command, "no host tells the model of anything that it can migrate");
	if (print_models(fleet, options, &common))
		return complain_memory(command);
	return common ? EXIT_DONE : EXIT_INCOMPATIBLE;
}

static int read_host(const struct command *command, const char *word, struct fleet *fleet)
{
	const char *handle = NULL;
	struct document *host = side_read(command, word, &handle);

	if (!host)
		return EXIT_ERROR;
	fleet->hosts[fleet->num_hosts++] = host;
	if (handle)
		return complain_usage(command, "%s: a baseline is of whole hosts", word);
	document_report(command, host, "not judged");
	return EXIT_DONE;
}

int cmd_baseline(const struct command *command, const struct options *options, int argc,
		 char **argv)
{
	struct fleet fleet = { 0 };
	struct taken taken;
	int status;
	int i;

	status = options_take(command, &argc, argv, &taken);
	if (status)
		return status;
	if (!argc)
		return complain_usage(command, "FILE is missing");
	fleet.hosts = calloc((size_t)argc, sizeof(*fleet.hosts));
	if (!fleet.hosts)
		return complain_memory(command);
	for (i = 0; i < argc && !status; i++)
		status = read_host(command, argv[i], &fleet);
	if (!status)
		status = print(command, &fleet, options);
	fleet_free(&fleet);
	return status;
}
