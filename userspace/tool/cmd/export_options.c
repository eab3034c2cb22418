// SPDX-License-Identifier: GPL-2.0
/* Which of the forms is asked for in which declarations travel, and writing them. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/complain.h"
#include "cli/output.h"
#include "export_options.h"

const struct keyword export_options[] = {
	{ "--token", NULL, "print a token for each endpoint, one on a line" },
	{ "--libvirt", NULL, "print XML for libvirt, with the token as metadata" },
	{ "--traits", NULL, "print traits for a placement service, one on a line" },
	{ "--nova-provider", NULL, "print a provider configuration file of OpenStack's Nova" },
	{ "--nfd", NULL, "print labels of Kubernetes, for node feature discovery" },
	[EXPORT_NO_HOST] = { "--no-host", NULL,
		"leave out where it was exported: equal endpoints are equal bytes" },
	[EXPORT_EXPIRES] = { "--expires", "DURATION",
		"with --nfd, say that labels expire: a number and s, m, h or d" },
	[EXPORT_OUTPUT] = OUTPUT_OPTION,
	[EXPORT_MAX_AGE] = MAX_AGE_OPTION,
};

_Static_assert(ARRAY_SIZE(export_options) == NUM_LIVE_EXPORT_OPTIONS, "options are counted");
_Static_assert(NUM_LIVE_EXPORT_OPTIONS <= MAX_OPTIONS, "there is room for all");

/* In the order of the options; the last one is that of none. */
static const enum vdev_form forms[] = {
	VDEV_FORM_TOKEN, VDEV_FORM_LIBVIRT, VDEV_FORM_TRAITS, VDEV_FORM_NOVA_PROVIDER,
	VDEV_FORM_NFD, VDEV_FORM_JSON,
};

/* From now on. Longer than 100 years is no sensible time to expire. */
static int choose_expiry(const struct command *command, const char *value, uint64_t *expiry)
{
	static const struct {
		char unit;
		unsigned long seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	const unsigned long most = 36525UL * 86400;
	unsigned long number;
	char *end;
	size_t i;

	errno = 0;
	number = strtoul(value, &end, 10);
	for (i = 0; i < ARRAY_SIZE(units); i++) {
		if (*value < '0' || *value > '9' || errno || *end != units[i].unit || end[1] ||
		    !number || number > most / units[i].seconds)
			continue;
		*expiry = (uint64_t)time(NULL) + (uint64_t)number * units[i].seconds;
		return EXIT_DONE;
	}
	return complain_usage(command, "--expires: '%s' is not a duration from 1s to 36525d, a "
			      "number and one of s, m, h, d", value);
}

static int choose_form(const struct command *command, const struct options *options,
		       const struct taken *taken, size_t *form)
{
	size_t i;

	*form = NUM_EXPORT_FORMS;
	for (i = 0; i < NUM_EXPORT_FORMS; i++) {
		if (!taken->value[i])
			continue;
		if (*form != NUM_EXPORT_FORMS)
			return complain_usage(command, "%s and %s exclude each other",
					      export_options[*form].word, export_options[i].word);
		if (options->json)
			return complain_usage(command, "%s and JSON exclude each other",
					      export_options[i].word);
		if (taken->value[EXPORT_NO_HOST])
			return complain_usage(command, "%s and %s exclude each other",
					      export_options[i].word,
					      export_options[EXPORT_NO_HOST].word);
		*form = i;
	}
	return EXIT_DONE;
}

int export_choose(const struct command *command, const struct options *options,
		  const struct taken *taken, struct export_choice *choice)
{
	const char *expires = taken->value[EXPORT_EXPIRES];
	const char *output = taken->value[EXPORT_OUTPUT];
	size_t form;
	int status;

	status = choose_form(command, options, taken, &form);
	if (status)
		return status;
	*choice = (struct export_choice){
		.form = forms[form],
		.flags = (options->pretty ? VDEV_WRITE_PRETTY : 0) |
			(taken->value[EXPORT_NO_HOST] ? VDEV_WRITE_NO_HOST : 0),
		.output = output ? output : "-",
	};
	if (!expires)
		return EXIT_DONE;
	if (choice->form != VDEV_FORM_NFD)
		return complain_usage(command, "--expires goes with --nfd alone");
	return choose_expiry(command, expires, &choice->expiry);
}

struct written {
	struct vdev_document *document;
	const struct export_choice *choice;
};

static int write_document(const struct command *command, FILE *file, void *arg)
{
	const struct written *written = arg;
	int err;

	err = vdev_document_set_expiry(written->document, written->choice->expiry);
	if (!err)
		err = vdev_document_write(written->document, written->choice->form,
					  written->choice->flags, file);
	if (err == -EFBIG)
		return complain(command, "the labels take more than the 64 KiB that node feature "
				"discovery reads");
	if (err == -EINVAL)
		return complain(command, "--expires: the labels would expire after the year 9999");
	return err ? complain_memory(command) : EXIT_DONE;
}

int export_write(const struct command *command, struct vdev_document *document,
		 const struct export_choice *choice, int status)
{
	struct written written = { document, choice };
	int failed;

	if (status && strcmp(choice->output, "-") != 0)
		return status;
	failed = output_write(command, choice->output, write_document, &written);
	return failed ? failed : status;
}
