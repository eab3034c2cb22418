// SPDX-License-Identifier: LGPL-2.1
/* Reading a document: tokens, or JSON. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "import_document.h"
#include "import_endpoint.h"
#include "internal.h"
#include "model/error.h"

#define WHITE_SPACE " \t\r\n"

/* One that cannot be read harms no other. */
static int read_endpoint(struct vdev_document *document, const struct node *node)
{
	struct endpoint *endpoint = &document->endpoints[document->num_endpoints];
	struct import import = { 0 };

	*endpoint = (struct endpoint){ .json = node->json };
	import_endpoint(&import, node, endpoint);
	import_free(&import);
	if (!import.err)
		document->num_endpoints++;
	return import.err == -EINVAL ? document_reject(document, import.why) : import.err;
}

static int reserve(struct vdev_document *document, size_t num, struct vdev_error *error)
{
	int err = document_reserve(document, num);

	return err == -E2BIG ? vdev_error_say(error, -EINVAL, "has more than %d endpoints",
					   VDEV_DOCUMENT_ENDPOINTS_MAX) : err;
}

static int read_json(struct vdev_document *document, const char *text, size_t size,
		     struct vdev_error *error)
{
	struct import import = { 0 };
	struct node root = { 0 }, list;
	size_t num, i;
	int err;

	document->form = VDEV_FORM_JSON;
	err = import_parse(text, size, &document->root, error);
	if (err)
		return err;
	root.json = document->root;
	import_format(&import, &root);
	num = import_contents(&import, &root, "endpoints", &list);
	err = import_result(&import, error);
	if (!err)
		err = reserve(document, num, error);
	for (i = 0; !err && i < num; i++) {
		struct node node = node_element(&list, i);

		err = read_endpoint(document, &node);
	}
	return err;
}

/* The next word, and its length; 0 if there is none. */
static size_t next_word(const char **text, const char *end)
{
	const char *pos;

	while (*text < end && strchr(WHITE_SPACE, **text))
		(*text)++;
	for (pos = *text; pos < end && !strchr(WHITE_SPACE, *pos); pos++)
		;
	return (size_t)(pos - *text);
}

/* Whether a word of @len bytes is the handle before a token: a tab is between them. */
static bool is_handle(const char *word, size_t len, const char *end)
{
	const char *token = word + len + 1;

	return token < end && token[-1] == '\t' && !import_is_token(word, len) &&
	       import_is_token(token, (size_t)(end - token));
}

static size_t count_tokens(const char *text, const char *end)
{
	size_t len, num = 0;

	for (; (len = next_word(&text, end)); text += len)
		num += !is_handle(text, len, end);
	return num;
}

static int reject_token(struct vdev_document *document, size_t number, const char *message)
{
	struct vdev_error error;
	char why[sizeof(error.message) + 32];

	snprintf(why, sizeof(why), "token %zu: %s", number, message);
	return document_reject(document, why);
}

/* The handle, which may be NULL, is taken over. */
static int read_token(struct vdev_document *document, char *handle, const char *token)
{
	struct endpoint *endpoint = &document->endpoints[document->num_endpoints];
	size_t number = document->num_endpoints + document->num_rejected + 1;
	struct vdev_declaration *declaration;
	struct vdev_error error;
	int err = vdev_declaration_parse(token, &declaration, &error);

	if (!err && handle &&
	    !document_takes_handle(vdev_declaration_kind(declaration), handle)) {
		vdev_declaration_free(declaration);
		err = vdev_error_say(&error, -EINVAL, "what stands before it is not its handle");
	}
	if (err) {
		free(handle);
		return err == -ENOMEM ? err : reject_token(document, number, error.message);
	}
	*endpoint = (struct endpoint){
		.handle = handle, .declaration = declaration, .number = number,
	};
	document->num_endpoints++;
	return 0;
}

/* The token at *text, behind its handle if it has one; *text is at its end then. */
static int read_next_token(struct vdev_document *document, const char **text, size_t len,
			   const char *end)
{
	char *handle = NULL, *token;
	int err = -ENOMEM;

	if (is_handle(*text, len, end)) {
		handle = strndup(*text, len);
		if (!handle)
			return -ENOMEM;
		*text += len;
		len = next_word(text, end);
	}
	token = strndup(*text, len);
	*text += len;
	if (token)
		err = read_token(document, handle, token);
	else
		free(handle);
	free(token);
	return err;
}

static int read_tokens(struct vdev_document *document, const char *text, const char *end,
		       struct vdev_error *error)
{
	int err = reserve(document, count_tokens(text, end), error);
	size_t len;

	document->form = VDEV_FORM_TOKEN;
	while (!err && (len = next_word(&text, end)))
		err = read_next_token(document, &text, len, end);
	return err;
}

static int read_text(struct vdev_document *document, const char *text, size_t size,
		     struct vdev_error *error)
{
	bool plain = !memchr(text, '\0', size);
	const char *first = text;
	size_t len = 0;

	if (size > VDEV_DOCUMENT_SIZE_MAX)
		return vdev_error_say(error, -EFBIG, "larger than %u MiB",
				   VDEV_DOCUMENT_SIZE_MAX >> 20);
	import_skip_mark(&text, &size);
	first = text;
	if (plain)
		len = next_word(&first, text + size);
	if (plain && !len)
		return vdev_error_say(error, -EINVAL, "empty");
	if (plain && (import_is_token(first, (size_t)(text + size - first)) ||
		      is_handle(first, len, text + size)))
		return read_tokens(document, first, text + size, error);
	return read_json(document, text, size, error);
}

VDEV_API int vdev_document_parse(const char *text, size_t size, struct vdev_document **document,
				 struct vdev_error *error)
{
	struct vdev_document *new = vdev_document_new();
	int err = new ? read_text(new, text, size, error) : -ENOMEM;

	*document = NULL;
	if (!err)
		*document = new;
	else
		vdev_document_free(new);
	return err == -ENOMEM ? vdev_error_errno(error, ENOMEM) : err;
}
