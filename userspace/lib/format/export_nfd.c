// SPDX-License-Identifier: LGPL-2.1
/*
 * Labels of Kubernetes, in the file that the local source of node feature discovery reads. It
 * passes over all of a file that is too large, and so that is an error here.
 */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "vocabulary.h"

#define FILE_MAX 65536
/* Of a label's name, without the prefix. */
#define NAME_MAX_SIZE 63
#define HEAD "# Written by vdevctl, for features.d of node feature discovery.\n"
#define EXPIRY "# +expiry-time=%Y-%m-%dT%H:%M:%SZ\n"
#define TRUE "=true\n"

static int add_labels(struct export *export, const struct endpoint *endpoint)
{
	static const struct spelling labels = {
		.prefix = "vdev.feature.node.kubernetes.io/", .max = NAME_MAX_SIZE,
		.separator = '.', .dash = '-', .kept = "_.",
	};

	return vocabulary_add(export, endpoint, &labels);
}

/* Empty if there is none. */
static void expiry_line(const struct vdev_document *document, char *line, size_t size)
{
	time_t expiry = (time_t)document->expiry;
	struct tm when;

	*line = '\0';
	if (expiry && gmtime_r(&expiry, &when))
		strftime(line, size, EXPIRY, &when);
}

static size_t labels_size(const struct export *export)
{
	const struct entry *entry = NULL;
	const char *label;
	size_t size = 0;

	while ((label = vocabulary_next(export, &entry)))
		size += strlen(label) + strlen(TRUE);
	return size;
}

static int print_labels(struct export *export)
{
	const struct entry *entry = NULL;
	const char *label;
	char line[64];

	expiry_line(export->document, line, sizeof(line));
	if (strlen(HEAD) + strlen(line) + labels_size(export) > FILE_MAX)
		return -EFBIG;
	fprintf(export->file, HEAD "%s", line);
	while ((label = vocabulary_next(export, &entry)))
		fprintf(export->file, "%s" TRUE, label);
	return 0;
}

const struct export_form export_nfd = { add_labels, print_labels };
