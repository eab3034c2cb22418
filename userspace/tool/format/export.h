/* SPDX-License-Identifier: GPL-2.0 */
/* Declarations in the forms in which they travel. */
#ifndef VDEVCTL_EXPORT_H
#define VDEVCTL_EXPORT_H

#include <jansson.h>
#include <vdev/vdev.h>

#include "document.h"
#include "listing.h"

struct export;

/* How a form is added to and printed. Both return 0 or a negative errno. */
struct export_form {
	int (*add)(struct export *export, const struct endpoint *endpoint);
	int (*print)(struct export *export);
};

struct export {
	const struct export_form *form;
	struct listing listing;
	bool pretty;
	/* Of the document: not where it was exported. */
	bool no_host;
	/* Keys of the document beside the endpoints: the host, and what is kept. */
	json_t *keys;
};

/* A token for each endpoint, one on a line. */
extern const struct export_form export_token;

int export_add(struct export *export, const struct endpoint *endpoint);

/* Print all that was added, in the order of kinds and handles. */
int export_print(struct export *export);
void export_free(struct export *export);

/*
 * For the forms: add the endpoint's text, which is taken over also if that fails; NULL
 * fails. Returns 0 or -ENOMEM.
 */
int export_add_text(struct export *export, const struct endpoint *endpoint, char *text);

/* For the forms: print the texts, one on a line. What stands there twice is printed once. */
int export_print_lines(struct export *export);

#endif /* VDEVCTL_EXPORT_H */
