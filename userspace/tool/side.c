// SPDX-License-Identifier: GPL-2.0
/*
 * What a word means as a side of a check. Its form alone decides, not what
 * exists: a dot or a slash begins a file's name, ".json" ends it; other words
 * with one or two slashes, and numbers, are endpoints of this host.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fetch.h"
#include "side.h"

#define SUFFIX ".json"
/* How many handles are named where one must be chosen. */
#define NAMED 5

/* Length of the file's name in the word; 0 if it names none. */
static size_t file_length(const char *word)
{
	size_t len = strcspn(word, "#");
	size_t suffix = strlen(SUFFIX);

	if (len == 1 && word[0] == '-')
		return len;
	if (word[0] == '.' || word[0] == '/')
		return len;
	return len > suffix && strncmp(word + len - suffix, SUFFIX, suffix) == 0 ? len : 0;
}

void shelf_free(struct shelf *shelf)
{
	while (shelf->num)
		document_free(shelf->documents[--shelf->num]);
}

/* "a, b and 3 more" of the endpoints that have a handle. */
static void list_handles(const struct document *document, char *text, size_t size)
{
	size_t i, len = 0, named = 0;

	text[0] = '\0';
	for (i = 0; i < document->num_endpoints && named < NAMED; i++) {
		const char *handle = document->endpoints[i].handle;

		if (!handle || len + strlen(handle) + 3 > size)
			continue;
		len += (size_t)snprintf(text + len, size - len, "%s%s", named ? ", " : "", handle);
		named++;
	}
	if (named && named < document->num_endpoints)
		snprintf(text + len, size - len, ", ...");
}

static const struct endpoint *choose_only(const struct command *command,
					  const struct document *document)
{
	const char *label = document_label(document->name);
	char handles[512];

	if (document->num_endpoints == 1)
		return &document->endpoints[0];
	list_handles(document, handles, sizeof(handles));
	if (!document->num_endpoints)
		complain(command, "%s: has no endpoint", label);
	else if (handles[0])
		complain(command, "%s: has %zu endpoints; choose one as %s#HANDLE: %s", label,
			 document->num_endpoints, label, handles);
	else
		complain(command, "%s: has %zu endpoints and no handle to choose one by", label,
			 document->num_endpoints);
	return NULL;
}

const struct endpoint *side_choose(const struct command *command,
				   const struct document *document, const char *handle)
{
	const struct endpoint *found = NULL;
	size_t i, num = 0;

	if (!handle)
		return choose_only(command, document);
	for (i = 0; i < document->num_endpoints; i++) {
		const struct endpoint *endpoint = &document->endpoints[i];

		if (endpoint->handle && strcmp(endpoint->handle, handle) == 0) {
			found = endpoint;
			num++;
		}
	}
	if (num == 1)
		return found;
	if (num)
		complain(command, "%s: has %zu endpoints '%s'", document->name, num, handle);
	else
		complain(command, "%s: has no endpoint '%s'", document->name, handle);
	return NULL;
}

/* Tokens have no handles, and no # either. */
static size_t declared_length(const char *word)
{
	return document_is_token(word) ? strlen(word) : file_length(word);
}

struct document *side_read(const struct command *command, const char *word,
			   const char **handle)
{
	size_t len = declared_length(word);
	struct document *document;
	char *name;

	if (!len) {
		complain_usage(command, "'%s' is neither a file (./NAME or NAME" SUFFIX
			       ") nor a token", word);
		return NULL;
	}
	name = strndup(word, len);
	if (!name) {
		complain_memory(command);
		return NULL;
	}
	document = document_read(command, name);
	free(name);
	*handle = word[len] ? word + len + 1 : NULL;
	return document;
}

static struct document *shelf_get(const struct command *command, struct shelf *shelf,
				  const char *word, const char **handle)
{
	size_t len = declared_length(word);
	struct document *document;
	size_t i;

	for (i = 0; i < shelf->num; i++) {
		const char *name = shelf->documents[i]->name;

		if (strlen(name) == len && strncmp(name, word, len) == 0) {
			*handle = word[len] ? word + len + 1 : NULL;
			return shelf->documents[i];
		}
	}
	document = side_read(command, word, handle);
	if (!document)
		return NULL;
	document_report(command, document, "not judged");
	shelf->documents[shelf->num++] = document;
	return document;
}

static int parse_declared(const struct command *command, struct shelf *shelf, const char *word,
			  struct side *side)
{
	const struct endpoint *endpoint = NULL;
	struct document *document;
	const char *handle = NULL;

	document = shelf_get(command, shelf, word, &handle);
	if (document)
		endpoint = side_choose(command, document, handle);
	if (!endpoint)
		return EXIT_ERROR;
	side->declaration = endpoint->declaration;
	return EXIT_DONE;
}

static int parse_live(const struct command *command, const char *word, struct side *side)
{
	const char *slash = strchr(word, '/');
	int err;

	side->live = true;
	side->kind = slash && strchr(slash + 1, '/') ? VDEV_OBJECT_TYPE : VDEV_OBJECT_DEV;
	err = vdev_handle_parse(word, side->kind, &side->handle);
	if (err == -ERANGE)
		return complain(command, "%s: the number is too large", word);
	if (err == -ENAMETOOLONG)
		return complain(command, "%s: a name is longer than %d bytes", word, VDEV_HANDLE_NAME_MAX);
	if (err)
		return complain_usage(command, "'%s' is neither an endpoint nor a file (./NAME or "
				      "NAME" SUFFIX ") nor a token", word);
	side->id = side->handle.id;
	return EXIT_DONE;
}

int side_parse(const struct command *command, struct shelf *shelf, const char *word,
	       struct side *side)
{
	*side = (struct side){ .label = document_label(word) };
	if (declared_length(word))
		return parse_declared(command, shelf, word, side);
	return parse_live(command, word, side);
}

int side_fetch(const struct command *command, struct vdev_sock *sock, struct side *side)
{
	char why[VDEV_WHY_SIZE] = "";
	struct vdev_object *object;
	int err;

	if (side->declaration)
		return EXIT_DONE;
	err = fetch_one(sock, side->kind, &side->handle, &object);
	if (err)
		return fetch_status(command, sock, side->label, err);
	side->kind = vdev_object_kind(object);
	side->id = vdev_object_id(object);
	err = vdev_declaration_of(object, &side->fetched, why);
	vdev_object_free(object);
	side->declaration = side->fetched;
	if (err == -ENOMEM)
		return complain_memory(command);
	return err ? complain(command, "%s: %s", side->label, why) : EXIT_DONE;
}

void side_free(struct side *side)
{
	vdev_declaration_free(side->fetched);
	side->fetched = NULL;
}
