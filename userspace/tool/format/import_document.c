// SPDX-License-Identifier: GPL-2.0
/* Reading JSON of unknown origin: what all documents have in common. */
#include <errno.h>
#include <string.h>

#include "cli/complain.h"
#include "import_document.h"
#include "json_weight.h"

#define FORMAT "vdev"
#define FORMAT_VERSION 1

/* In which case nothing else is said. */
static bool lacked_memory(const json_error_t *error)
{
	return !error->text[0] || json_error_code(error) == json_error_out_of_memory;
}

json_t *import_parse(const struct command *command, const char *name, const char *text,
		     size_t size)
{
	json_error_t error;
	json_t *root;

	if (!json_weight_bounded(text, size)) {
		complain(command, "%s: has too many values for its size", name);
		return NULL;
	}
	root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &error);
	if (root)
		return root;
	if (lacked_memory(&error))
		complain_memory(command);
	else
		complain(command, "%s: line %d, column %d: %s", name, error.line, error.column,
			 error.text);
	return NULL;
}

void import_format(struct import *import, const struct node *root)
{
	struct node format_node = node_member(root, "format");
	struct node version_node = node_member(root, "format-version");
	const char *format = NULL;
	uint64_t version = 0;

	if (!import_is_object(import, root))
		return;
	import_string(import, root, "format", &format);
	import_number(import, root, "format-version", INT64_MAX, &version);
	if (!format || strcmp(format, FORMAT) != 0)
		import_reject(import, &format_node, "is not \"" FORMAT
			      "\": not a document that vdevctl exports");
	if (version > FORMAT_VERSION)
		import_reject(import, &version_node, "%llu is newer than this version of vdevctl",
			      (unsigned long long)version);
	if (!version)
		import_reject(import, &version_node, "is not 1");
}

int import_status(const struct command *command, const char *name, const struct import *import)
{
	if (import->err == -ENOMEM)
		return complain_memory(command);
	if (import->err)
		return complain(command, "%s: %s", name, import->why);
	return EXIT_DONE;
}
