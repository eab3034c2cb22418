/* SPDX-License-Identifier: LGPL-2.1 */
/* Writing a document in the forms in which declarations travel. */
#ifndef VDEV_LIB_EXPORT_H
#define VDEV_LIB_EXPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "common/listing.h"
#include "document.h"

struct export {
	const struct vdev_document *document;
	/* enum vdev_write_flag */
	uint32_t flags;
	FILE *file;
	/* The texts of the endpoints. */
	struct listing listing;
};

/* How a form is made and printed. Both return 0 or a negative errno. */
struct export_form {
	int (*add)(struct export *export, const struct endpoint *endpoint);
	int (*print)(struct export *export);
};

extern const struct export_form export_json;
extern const struct export_form export_libvirt;
extern const struct export_form export_traits;
extern const struct export_form export_nova;
extern const struct export_form export_nfd;

/*
 * Add the endpoint's text, which is taken over also if that fails; NULL fails. Returns 0 or
 * -ENOMEM.
 */
int export_add_text(struct export *export, const struct endpoint *endpoint, char *text);

/*
 * Print the texts, one on a line, each behind the handle of what it is about, if it has one and
 * @named says so. What stands there twice is printed once.
 */
int export_print_lines(struct export *export, bool named);

#endif /* VDEV_LIB_EXPORT_H */
