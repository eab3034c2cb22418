// SPDX-License-Identifier: GPL-2.0
/* Which of the forms is asked for in which declarations travel. */
#include "cli/complain.h"
#include "export_options.h"

const struct keyword export_options[] = {
	{ "--token", NULL, "print a token for each endpoint, one on a line" },
	{ "--libvirt", NULL, "print XML for libvirt, with the token as metadata" },
	{ "--traits", NULL, "print traits for a placement service, one on a line" },
	[EXPORT_NO_HOST] = { "--no-host", NULL,
		"leave out where it was exported: equal endpoints are equal bytes" },
	[EXPORT_MAX_AGE] = MAX_AGE_OPTION,
};

_Static_assert(ARRAY_SIZE(export_options) == NUM_LIVE_EXPORT_OPTIONS, "options are counted");

/* In the order of the options; the last one is that of none. */
static const enum vdev_form forms[] = {
	VDEV_FORM_TOKEN, VDEV_FORM_LIBVIRT, VDEV_FORM_TRAITS, VDEV_FORM_JSON,
};

int export_choose(const struct command *command, const struct options *options,
		  const struct taken *taken, struct export_choice *choice)
{
	size_t form = NUM_EXPORT_FORMS;
	size_t i;

	for (i = 0; i < NUM_EXPORT_FORMS; i++) {
		if (!taken->value[i])
			continue;
		if (form != NUM_EXPORT_FORMS)
			return complain_usage(command, "%s and %s exclude each other",
					      export_options[form].word, export_options[i].word);
		if (options->json)
			return complain_usage(command, "%s and JSON exclude each other",
					      export_options[i].word);
		if (taken->value[EXPORT_NO_HOST])
			return complain_usage(command, "%s and %s exclude each other",
					      export_options[i].word,
					      export_options[EXPORT_NO_HOST].word);
		form = i;
	}
	choice->form = forms[form];
	choice->flags = (options->pretty ? VDEV_WRITE_PRETTY : 0) |
		(taken->value[EXPORT_NO_HOST] ? VDEV_WRITE_NO_HOST : 0);
	return EXIT_DONE;
}
