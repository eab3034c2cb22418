// SPDX-License-Identifier: GPL-2.0
/*
 * What a word means as an operand of a check: a token or a file (cli/naming.h), or
 * else an endpoint of this host, by its handle or another name. A handle that ends as the
 * name of a file does is one if there is no such file, and there is such an endpoint.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/handle.h"
#include "fetch.h"
#include "cli/naming.h"
#include "operand.h"

/* How many handles are named where one must be chosen. */
#define NAMED 5

void document_cache_free(struct document_cache *cache)
{
	while (cache->num)
		document_free(cache->documents[--cache->num]);
}

/* "a, b and 3 more" of the endpoints that have a handle. */
static void list_handles(const struct vdev_document *content, char *text, size_t size)
{
	size_t i, num = vdev_document_num_endpoints(content);
	size_t len = 0, named = 0;

	text[0] = '\0';
	for (i = 0; i < num && named < NAMED; i++) {
		const char *handle = vdev_document_handle(content, i);

		if (!handle || len + strlen(handle) + 3 > size)
			continue;
		len += (size_t)snprintf(text + len, size - len, "%s%s", named ? ", " : "", handle);
		named++;
	}
	if (named && named < num)
		snprintf(text + len, size - len, ", ...");
}

static int choose_only(const struct command *command, const struct document *document,
		       size_t *index)
{
	const struct vdev_document *content = document->content;
	const char *label = document_label(document->name);
	size_t num = vdev_document_num_endpoints(content) + vdev_document_num_rejected(content);
	char handles[512];

	*index = 0;
	if (num == 1)
		return EXIT_DONE;
	list_handles(content, handles, sizeof(handles));
	if (!num)
		return complain(command, "%s: has no endpoint", label);
	if (!handles[0])
		return complain(command, "%s: has %zu endpoints and no handle to choose one by",
				label, num);
	return complain(command, "%s: has %zu endpoints; choose one as %s#HANDLE: %s", label, num,
			label, handles);
}

int operand_choose(const struct command *command, const struct document *document,
		   const char *handle, size_t *index)
{
	const struct vdev_document *content = document->content;
	size_t i, num = 0;

	if (!handle)
		return choose_only(command, document, index);
	for (i = 0; i < vdev_document_num_endpoints(content); i++) {
		const char *other = vdev_document_handle(content, i);

		if (other && strcmp(other, handle) == 0) {
			*index = i;
			num++;
		}
	}
	if (num == 1)
		return EXIT_DONE;
	if (num)
		return complain(command, "%s: has %zu endpoints '%s'", document->name, num, handle);
	return complain_absent(command, "%s: has no endpoint '%s'%s", document->name, handle,
			       vdev_document_num_rejected(content) ? " that can be read" : "");
}

/* Tokens have no handles, and no # either. */
static size_t declared_length(const char *word)
{
	return naming_is_token(word) ? strlen(word) : naming_file(word);
}

struct document *operand_read(const struct command *command, const char *word,
			      const char **handle, int *status)
{
	size_t len = declared_length(word);
	struct document *document;
	char *name;

	if (!len) {
		*status = complain_usage(command, "'%s' is neither a file (./NAME or NAME.json) "
					 "nor a token", word);
		return NULL;
	}
	*status = EXIT_ERROR;
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

static struct document *document_cache_find(const struct document_cache *cache, const char *word,
					    size_t len)
{
	size_t i;

	for (i = 0; i < cache->num; i++) {
		const char *name = cache->documents[i]->name;

		if ((strlen(name) == len && strncmp(name, word, len) == 0) ||
		    naming_is_same(name, word, len))
			return cache->documents[i];
	}
	return NULL;
}

/* Whether the document comes from where one that was read before did, and is gone. */
static bool document_cache_took(const struct document_cache *cache, const char *word, size_t len)
{
	char *name = strndup(word, len);
	bool took = false;
	size_t i;

	for (i = 0; name && i < cache->num && naming_is_stdin(name); i++)
		took = took || naming_is_stdin(cache->documents[i]->name);
	free(name);
	return took;
}

/* Complains and returns NULL if that fails; *status is the exit status then. */
static struct document *document_cache_get(const struct command *command,
					   struct document_cache *cache, const char *word,
					   const char **handle, int *status)
{
	size_t len = declared_length(word);
	struct document *document = document_cache_find(cache, word, len);

	*handle = word[len] ? word + len + 1 : NULL;
	/* Two endpoints of one document have handles. */
	if (!(document && *handle) && document_cache_took(cache, word, len)) {
		*status = complain_usage(command, STDIN_TWICE, word);
		return NULL;
	}
	if (document)
		return document;
	document = operand_read(command, word, handle, status);
	if (!document)
		return NULL;
	document_report(command, document, CONSEQUENCE("not judged"));
	cache->documents[cache->num++] = document;
	return document;
}

static int parse_live(const struct command *command, const char *word, struct operand *operand)
{
	int status;

	operand->live = true;
	operand->kind = 0;
	status = handle_read(command, word, "an endpoint nor a file (./NAME or NAME.json) nor a "
			     "token", &operand->kind, &operand->handle);
	if (status)
		return status;
	operand->id = operand->handle.id;
	return EXIT_DONE;
}

/* Both a handle, by its form, and the name of a file that is not there. */
static bool is_ambiguous(const char *word, struct operand *operand)
{
	size_t len = naming_file(word);

	operand->kind = handle_kind(word);
	return len && !strchr("./-", word[0]) && naming_path(word) == word &&
	       !naming_exists(word, len) && !vdev_handle_parse(word, operand->kind, &operand->handle);
}

/* *live is whether there is such an endpoint. */
static int find_live(const struct command *command, struct vdev_sock *sock,
		     const struct operand *operand, bool *live)
{
	struct vdev_object *object;
	int err = fetch_one(sock, operand->kind, &operand->handle, &object);

	*live = !err;
	if (!err)
		vdev_object_free(object);
	return err == -ENOMEM ? complain_memory(command) : EXIT_DONE;
}

/* A node of a device can be the standard input too, such as that of a serial line. */
static bool names_device(const char *word)
{
	return handle_is_device_name(word) && !naming_is_stdin(word);
}

int operand_open(const struct command *command, struct vdev_sock *sock,
		 struct document_cache *cache, const char *word, struct operand *operand,
		 struct document **document, const char **handle)
{
	bool live = !declared_length(word) || names_device(word);
	int status = EXIT_DONE;

	*document = NULL;
	*operand = (struct operand){ .label = document_label(word) };
	if (!live && sock && is_ambiguous(word, operand))
		status = find_live(command, sock, operand, &live);
	if (status)
		return status;
	if (live)
		return parse_live(command, word, operand);
	*document = document_cache_get(command, cache, word, handle, &status);
	return *document ? EXIT_DONE : status;
}

int operand_parse(const struct command *command, struct vdev_sock *sock,
		  struct document_cache *cache, const char *word, struct operand *operand)
{
	struct document *document;
	const char *handle;
	size_t index = 0;
	int status = operand_open(command, sock, cache, word, operand, &document, &handle);

	if (status || !document)
		return status;
	status = operand_choose(command, document, handle, &index);
	if (!status)
		operand->declaration = vdev_document_declaration(document->content, index);
	return status;
}

int operand_fetch(const struct command *command, struct vdev_sock *sock, struct operand *operand)
{
	struct vdev_object *object;
	struct vdev_error error;
	int err;

	if (operand->declaration)
		return EXIT_DONE;
	err = fetch_one(sock, operand->kind, &operand->handle, &object);
	if (err)
		return fetch_status(command, sock, operand->label, err);
	operand->kind = vdev_object_kind(object);
	operand->id = vdev_object_id(object);
	err = vdev_declaration_of(object, &operand->fetched, &error);
	vdev_object_free(object);
	operand->declaration = operand->fetched;
	if (err == -ENOMEM)
		return complain_memory(command);
	return err ? complain(command, "%s: %s", operand->label, error.message) : EXIT_DONE;
}

void operand_free(struct operand *operand)
{
	vdev_declaration_free(operand->fetched);
	operand->fetched = NULL;
	free(operand->named);
	operand->named = NULL;
}
