/* SPDX-License-Identifier: LGPL-2.1 */
/* The file in which OpenStack's Nova reads what else its host has. */
#ifndef VDEV_LIB_NOVA_FILE_H
#define VDEV_LIB_NOVA_FILE_H

#include <stdbool.h>

/* What stands before the traits. */
#define NOVA_FILE_HEAD \
	"# Written by vdevctl, for [compute] provider_config_location of nova-compute.\n" \
	"meta:\n" \
	"  schema_version: '1.0'\n" \
	"providers:\n" \
	"  - identification:\n" \
	"      uuid: '$COMPUTE_NODE'\n" \
	"    traits:\n" \
	"      additional:"
#define NOVA_FILE_NONE " []\n"
#define NOVA_FILE_TRAIT "        - '%s'\n"

/*
 * Would nova-compute start with this file? Any error in it stops the service, and so the file is
 * read again before anybody gets it: the head, and then no trait at all, or one on a line, each
 * a custom one in the alphabet of placement, sorted and none of them twice.
 */
bool nova_file_valid(const char *text);

#endif /* VDEV_LIB_NOVA_FILE_H */
