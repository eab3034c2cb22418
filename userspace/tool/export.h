/* SPDX-License-Identifier: GPL-2.0 */
/* Declarations in the forms in which they travel. */
#ifndef VDEVCTL_EXPORT_H
#define VDEVCTL_EXPORT_H

#include <jansson.h>
#include <vdev/vdev.h>

#include "document.h"
#include "listing.h"
#include "options.h"
#include "tool.h"

#define NUM_EXPORT_OPTIONS 3
#define NUM_LIVE_EXPORT_OPTIONS 4

/* Forms; and the last one, how old facts may be, of endpoints of this host. */
extern const struct keyword export_options[];
#define EXPORT_MAX_AGE NUM_EXPORT_OPTIONS

struct export;

/* Add an endpoint in that form; returns 0 or -ENOMEM. */
typedef int export_fn(struct export *export, const struct endpoint *endpoint);

struct export {
	/* How the form is added to and printed. */
	export_fn *add;
	int (*print)(struct export *export);
	struct listing listing;
	bool pretty;
	/* Keys of the document beside the endpoints: the host, and what is kept. */
	json_t *keys;
};

/*
 * The form that the options ask for, JSON unless there is one. Complains and
 * returns an exit status other than 0 if they contradict each other.
 */
int export_init(const struct command *command, const struct options *options,
		const struct taken *taken, struct export *export);

/*
 * Add the endpoint's text, which is taken over also if it fails; NULL fails.
 * Returns 0 or -ENOMEM.
 */
int export_add_text(struct export *export, const struct endpoint *endpoint, char *text);

/* Print all that was added, in the order of kinds and handles. */
int export_print(struct export *export);
void export_free(struct export *export);

/* export_json.c */
int export_add_json(struct export *export, const struct endpoint *endpoint);
int export_print_json(struct export *export);

/* export_libvirt.c */
int export_add_libvirt(struct export *export, const struct endpoint *endpoint);
int export_print_libvirt(struct export *export);

/* export_traits.c */
int export_add_traits(struct export *export, const struct endpoint *endpoint);

#endif /* VDEVCTL_EXPORT_H */
