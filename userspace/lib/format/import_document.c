// SPDX-License-Identifier: LGPL-2.1
/* Reading text of unknown origin: what all documents have in common. */
#include <ctype.h>
#include <errno.h>
#include <string.h>

#include <vdev/declaration.h>

#include "import_document.h"
#include "internal.h"
#include "model/error.h"
#include "weight.h"

#define BYTE_ORDER_MARK "\xef\xbb\xbf"
/* Then come the digits of its format, and a dot. */
#define TOKEN_MARK "vdev"
#define FORMAT "vdev"
#define FORMAT_VERSION 1

void import_skip_mark(const char **text, size_t *size)
{
	size_t len = strlen(BYTE_ORDER_MARK);

	if (*size < len || memcmp(*text, BYTE_ORDER_MARK, len) != 0)
		return;
	*text += len;
	*size -= len;
}

bool import_is_token(const char *text, size_t size)
{
	size_t digits = 0, mark = strlen(TOKEN_MARK);

	if (size <= mark || memcmp(text, TOKEN_MARK, mark) != 0)
		return false;
	while (mark + digits < size && isdigit((unsigned char)text[mark + digits]))
		digits++;
	return digits && mark + digits < size && text[mark + digits] == '.';
}

VDEV_API bool vdev_is_token(const char *text)
{
	return import_is_token(text, strlen(text));
}

/* In which case nothing else is said. */
static bool lacked_memory(const json_error_t *error)
{
	return !error->text[0] || json_error_code(error) == json_error_out_of_memory;
}

int import_parse(const char *text, size_t size, json_t **root, struct vdev_error *error)
{
	json_error_t wrong;

	*root = NULL;
	if (!weight_bounded(text, size))
		return vdev_error_say(error, -EINVAL, "has too many values for its size");
	*root = json_loadb(text, size, JSON_REJECT_DUPLICATES, &wrong);
	if (*root)
		return 0;
	if (lacked_memory(&wrong))
		return -ENOMEM;
	return vdev_error_say(error, -EINVAL, "line %d, column %d: %s", wrong.line, wrong.column,
			   wrong.text);
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

int import_result(const struct import *import, struct vdev_error *error)
{
	return import->err == -EINVAL ? vdev_error_say(error, -EINVAL, "%s", import->why) : import->err;
}
