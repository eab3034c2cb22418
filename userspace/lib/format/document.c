// SPDX-License-Identifier: LGPL-2.1
/* A document as a list: its life, what is added to it and what it has. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "common/json.h"
#include "common/keys.h"
#include "document.h"
#include "internal.h"

#define FIRST_ROOM 16
/* The end of the last year with four digits. */
#define EXPIRY_MAX 253402300799ULL

VDEV_API struct vdev_document *vdev_document_new(void)
{
	return calloc(1, sizeof(struct vdev_document));
}

static void free_endpoint(struct endpoint *endpoint)
{
	vdev_declaration_free(endpoint->declaration);
	free(endpoint->handle);
}

static void free_rejected(struct vdev_document *document)
{
	while (document->num_rejected)
		free(document->rejected[--document->num_rejected]);
	free(document->rejected);
	document->rejected = NULL;
}

VDEV_API void vdev_document_free(struct vdev_document *document)
{
	if (!document)
		return;
	while (document->num_endpoints)
		free_endpoint(&document->endpoints[--document->num_endpoints]);
	free(document->endpoints);
	free_rejected(document);
	json_decref(document->root);
	free(document);
}

int document_reserve(struct vdev_document *document, size_t num)
{
	size_t room = document->num_endpoints + num;
	struct endpoint *endpoints;

	if (num > VDEV_DOCUMENT_ENDPOINTS_MAX || room > VDEV_DOCUMENT_ENDPOINTS_MAX)
		return -E2BIG;
	if (room <= document->room)
		return 0;
	if (room < 2 * document->room)
		room = 2 * document->room;
	if (room < FIRST_ROOM)
		room = FIRST_ROOM;
	endpoints = realloc(document->endpoints, room * sizeof(*endpoints));
	if (!endpoints)
		return -ENOMEM;
	document->endpoints = endpoints;
	document->room = room;
	return 0;
}

int document_reject(struct vdev_document *document, const char *why)
{
	size_t num = document->num_rejected;
	char **rejected = document->rejected;

	/* It is full where its length is a power of two. */
	if (!(num & (num - 1)))
		rejected = realloc(rejected, (num ? 2 * num : 1) * sizeof(*rejected));
	if (!rejected)
		return -ENOMEM;
	document->rejected = rejected;
	rejected[num] = strdup(why);
	if (!rejected[num])
		return -ENOMEM;
	document->num_rejected++;
	return 0;
}

/* It is a part of command lines. */
bool document_takes_handle(enum vdev_object_kind kind, const char *text)
{
	struct vdev_handle handle;
	const char *pos;

	for (pos = text; *pos > 0x20 && *pos < 0x7f; pos++)
		;
	return !*pos && !vdev_handle_parse(text, kind, &handle) && !handle.id;
}

VDEV_API int vdev_document_add(struct vdev_document *document, const char *handle,
			       const struct vdev_declaration *declaration)
{
	struct endpoint endpoint = { 0 };
	int err;

	if (handle && !document_takes_handle(vdev_declaration_kind(declaration), handle))
		return -EINVAL;
	err = document_reserve(document, 1);
	if (err)
		return err;
	if (handle) {
		endpoint.handle = strdup(handle);
		if (!endpoint.handle)
			return -ENOMEM;
	}
	endpoint.declaration = vdev_declaration_dup(declaration);
	document->endpoints[document->num_endpoints++] = endpoint;
	return 0;
}

VDEV_API void vdev_document_choose(struct vdev_document *document, size_t index)
{
	struct endpoint chosen;

	if (index >= document->num_endpoints)
		return;
	chosen = document->endpoints[index];
	document->endpoints[index] = document->endpoints[--document->num_endpoints];
	while (document->num_endpoints)
		free_endpoint(&document->endpoints[--document->num_endpoints]);
	document->endpoints[document->num_endpoints++] = chosen;
	free_rejected(document);
}

static json_t *build_host(struct builder *builder, const struct vdev_host *host)
{
	json_t *json = build_object(builder);

	put_string(builder, json, "machine", host->machine);
	put_string(builder, json, "kernel-release", host->kernel_release);
	put_string(builder, json, "vdev-version", host->vdev_version);
	if (host->instance)
		put_u64(builder, json, KEY_INSTANCE, host->instance);
	if (host->snapshot)
		put_u64(builder, json, KEY_SNAPSHOT, host->snapshot);
	return json;
}

VDEV_API int vdev_document_set_host(struct vdev_document *document, const struct vdev_host *host,
				    size_t size)
{
	struct vdev_host known = { 0 };
	struct builder builder = { 0 };

	if (size > sizeof(known))
		return -EINVAL;
	memcpy(&known, host, size);
	if (!document->root)
		document->root = json_object();
	put(&builder, document->root, "host", build_host(&builder, &known));
	return builder.broken ? -ENOMEM : 0;
}

VDEV_API int vdev_document_set_expiry(struct vdev_document *document, uint64_t seconds)
{
	if (seconds > EXPIRY_MAX)
		return -EINVAL;
	document->expiry = seconds;
	return 0;
}

VDEV_API enum vdev_form vdev_document_form(const struct vdev_document *document)
{
	return document->form;
}

VDEV_API size_t vdev_document_num_endpoints(const struct vdev_document *document)
{
	return document->num_endpoints;
}

VDEV_API const struct vdev_declaration *
vdev_document_declaration(const struct vdev_document *document, size_t index)
{
	return index < document->num_endpoints ? document->endpoints[index].declaration : NULL;
}

VDEV_API const char *vdev_document_handle(const struct vdev_document *document, size_t index)
{
	return index < document->num_endpoints ? document->endpoints[index].handle : NULL;
}

VDEV_API size_t vdev_document_num_rejected(const struct vdev_document *document)
{
	return document->num_rejected;
}

VDEV_API const char *vdev_document_rejected(const struct vdev_document *document, size_t index)
{
	return index < document->num_rejected ? document->rejected[index] : NULL;
}
