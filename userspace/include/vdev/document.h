/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Documents: declarations as they travel between hosts, any number of them, with the handles
 * that they had where they were exported. They are read from JSON or from tokens, whoever
 * wrote them, and written in any of the forms below. No module is needed.
 */
#ifndef VDEV_DOCUMENT_H
#define VDEV_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <vdev/declaration.h>
#include <vdev/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Largest text that is read, in bytes, and most endpoints of a document. */
#define VDEV_DOCUMENT_SIZE_MAX (64U << 20)
#define VDEV_DOCUMENT_ENDPOINTS_MAX 262144

struct vdev_document;

/**
 * enum vdev_form - in which form declarations travel
 * @VDEV_FORM_JSON: a JSON document, canonical: keys are sorted, and lists whose order means
 *	nothing. vdevctl.schema.json describes it
 * @VDEV_FORM_TOKEN: a token for each endpoint, one on a line; see vdev_declaration_format()
 * @VDEV_FORM_LIBVIRT: an XML element of a name space of its own, fit for the metadata of a
 *	domain, with a token for each endpoint
 * @VDEV_FORM_TRAITS: flat words of A-Z, 0-9 and _ for placement services, one on a line.
 *	They make a choice smaller; whether a migration is possible they do not say
 * @VDEV_FORM_NOVA_PROVIDER: a provider configuration file of OpenStack's Nova, which gives the
 *	compute node the same traits, each with ``CUSTOM_`` before it. There can be one for a node
 * @VDEV_FORM_NFD: a feature file of Kubernetes' node feature discovery, of what the traits
 *	say, as labels of the node; see vdev_document_set_expiry()
 *
 * Those that are read are JSON and tokens.
 */
enum vdev_form {
	VDEV_FORM_JSON = 1,
	VDEV_FORM_TOKEN = 2,
	VDEV_FORM_LIBVIRT = 3,
	VDEV_FORM_TRAITS = 4,
	VDEV_FORM_NOVA_PROVIDER = 5,
	VDEV_FORM_NFD = 6,
};

/**
 * enum vdev_write_flag - how a document is written, or-ed
 * @VDEV_WRITE_PRETTY: JSON for people, with a layout
 * @VDEV_WRITE_NO_HOST: JSON without where it was exported, so that equal endpoints are equal
 *	bytes
 * @VDEV_WRITE_HANDLES: if there are several tokens, each behind the handle of its endpoint, if
 *	it has one, and a tab
 */
enum vdev_write_flag {
	VDEV_WRITE_PRETTY = 1 << 0,
	VDEV_WRITE_NO_HOST = 1 << 1,
	VDEV_WRITE_HANDLES = 1 << 2,
};

/**
 * vdev_document_new() - make a document without endpoints
 *
 * Return: the document, which the caller frees with vdev_document_free(); NULL if there is no
 * memory.
 */
struct vdev_document *vdev_document_new(void);

/**
 * vdev_document_parse() - read a document
 * @text: JSON, or tokens with white space between them, each behind the handle of its
 *	endpoint and a tab if it has one; a byte order mark before it is ignored. Not modified, and no longer needed when it returns
 * @size: its length in bytes
 * @document: where to put the document, which the caller frees with vdev_document_free();
 *	NULL after a failure
 * @error: where to put what is rejected, and why; may be NULL
 *
 * An endpoint that cannot be read harms no other: see vdev_document_rejected(). JSON is kept
 * until the document is freed and can take 28 times its size, or 64 MiB if that is more; what
 * would take more is rejected before it is read.
 *
 * Return: 0; -ENOMEM; -EFBIG if the text is larger than VDEV_DOCUMENT_SIZE_MAX; -EINVAL if it
 * is no document, or a newer one than this library knows.
 */
int vdev_document_parse(const char *text, size_t size, struct vdev_document **document,
			struct vdev_error *error);

/**
 * vdev_document_free() - free a document and all that was got from it
 * @document: the document; may be NULL
 */
void vdev_document_free(struct vdev_document *document);

/**
 * vdev_document_form() - in which form it was read
 * @document: the document
 *
 * Return: VDEV_FORM_JSON or VDEV_FORM_TOKEN; 0 if it was not read.
 */
enum vdev_form vdev_document_form(const struct vdev_document *document);

/**
 * vdev_document_num_endpoints() - how many endpoints it has
 * @document: the document
 *
 * Return: the number of those that could be read or were added.
 */
size_t vdev_document_num_endpoints(const struct vdev_document *document);

/**
 * vdev_document_declaration() - what an endpoint declares
 * @document: the document
 * @index: from 0 to vdev_document_num_endpoints() - 1
 *
 * Return: the declaration, which belongs to the document; NULL if there is none with this
 * index.
 */
const struct vdev_declaration *vdev_document_declaration(const struct vdev_document *document,
							 size_t index);

/**
 * vdev_document_handle() - how an endpoint was named where it was exported
 * @document: the document
 * @index: from 0 to vdev_document_num_endpoints() - 1
 *
 * Return: BUS/NAME or PARENT-BUS/PARENT/NAME, which belongs to the document; NULL if it is
 * not reported, as of most tokens.
 */
const char *vdev_document_handle(const struct vdev_document *document, size_t index);

/**
 * vdev_document_num_rejected() - how many endpoints could not be read
 * @document: the document
 *
 * Return: the number.
 */
size_t vdev_document_num_rejected(const struct vdev_document *document);

/**
 * vdev_document_rejected() - why an endpoint could not be read
 * @document: the document
 * @index: from 0 to vdev_document_num_rejected() - 1
 *
 * Return: the place and what is wrong there, such as "endpoints[1].record.params[0].rule: is
 * not a string" or "token 3: damaged token: it is cut short", which belongs to the document;
 * NULL if there is none with this index.
 */
const char *vdev_document_rejected(const struct vdev_document *document, size_t index);

/**
 * enum vdev_unknown_kind - what it is that this library does not know
 * @VDEV_UNKNOWN_DOCUMENT_KEY: a key of a JSON document, which is about no endpoint
 * @VDEV_UNKNOWN_KEY: a key of an endpoint in JSON
 * @VDEV_UNKNOWN_WORD: a word in JSON, or whatever a token has
 */
enum vdev_unknown_kind {
	VDEV_UNKNOWN_DOCUMENT_KEY = 1,
	VDEV_UNKNOWN_KEY = 2,
	VDEV_UNKNOWN_WORD = 3,
};

/**
 * typedef vdev_unknown_fn - what is called for each part of a document that is not known
 * @kind: what it is
 * @path: where it stands, such as "endpoints[0].record.params[1].rule"; valid during the
 *	call. Keys of others may have any characters of UTF-8 in them
 * @arg: what was passed to vdev_document_each_unknown()
 */
typedef void vdev_unknown_fn(enum vdev_unknown_kind kind, const char *path, void *arg);

/**
 * vdev_document_each_unknown() - what a document has that this library does not know
 * @document: the document
 * @fn: called for each part
 * @arg: passed to @fn
 *
 * What an endpoint says and nobody here understands makes it undeclared at best; see
 * vdev_declaration_num_unknown(). In JSON it is kept where it is, and written again.
 */
void vdev_document_each_unknown(const struct vdev_document *document, vdev_unknown_fn *fn,
				void *arg);

/**
 * struct vdev_unknown - a part of a document that is not known; may grow at its end
 * @kind: what it is
 * @path: where it stands
 */
struct vdev_unknown {
	enum vdev_unknown_kind kind;
	const char *path;
};

/**
 * vdev_unknown_list() - the same as a list
 * @document: the document
 * @unknown: where to put the list, which the caller frees with vdev_unknown_list_free(); NULL
 *	after a failure
 * @num: where to put its length
 *
 * Return: 0 or -ENOMEM.
 */
int vdev_unknown_list(const struct vdev_document *document, struct vdev_unknown ***unknown,
		      size_t *num);

/**
 * vdev_unknown_list_free() - free a list and all that is in it
 * @unknown: the list; may be NULL
 * @num: its length
 */
void vdev_unknown_list_free(struct vdev_unknown **unknown, size_t num);

/**
 * vdev_document_add() - add an endpoint
 * @document: the document
 * @handle: how it is named, as vdev_object_handle() returns it, copied; NULL if that is not to
 *	be reported
 * @declaration: what it declares, which stays the caller's
 *
 * Return: 0; -ENOMEM; -EINVAL if @handle is none of such an endpoint; -E2BIG if there are
 * VDEV_DOCUMENT_ENDPOINTS_MAX.
 */
int vdev_document_add(struct vdev_document *document, const char *handle,
		      const struct vdev_declaration *declaration);

/**
 * vdev_document_choose() - keep one endpoint, and forget the others
 * @document: the document
 * @index: from 0 to vdev_document_num_endpoints() - 1; nothing happens with another one
 */
void vdev_document_choose(struct vdev_document *document, size_t index);

/**
 * struct vdev_host - where a document was exported; may grow at its end
 * @machine: as uname() has it; NULL if it is not to be reported, as all strings
 * @kernel_release: as uname() has it
 * @vdev_version: what exported it
 * @instance: the instance of the family; 0 if it is not to be reported
 * @snapshot: the generation that the endpoints are of; 0 if it is not to be reported
 */
struct vdev_host {
	const char *machine;
	const char *kernel_release;
	const char *vdev_version;
	uint32_t instance;
	uint64_t snapshot;
};

/**
 * vdev_document_set_host() - say where a document was exported
 * @document: the document
 * @host: the host, copied; in strings what is no UTF-8 is replaced
 * @size: sizeof(*host), as the caller was compiled
 *
 * Return: 0; -ENOMEM; -EINVAL if the caller knows more of a host than this library.
 */
int vdev_document_set_host(struct vdev_document *document, const struct vdev_host *host,
			   size_t size);

/**
 * vdev_document_set_expiry() - say when the labels that are written expire
 * @document: the document
 * @seconds: since the beginning of 1970, UTC; 0 for never, which is the default
 *
 * Return: 0; -EINVAL if it is after the year 9999.
 */
int vdev_document_set_expiry(struct vdev_document *document, uint64_t seconds);

/**
 * vdev_document_write() - write a document
 * @document: the document
 * @form: in which form
 * @flags: enum vdev_write_flag, or-ed
 * @file: where to; the caller flushes it
 *
 * Endpoints are sorted by kind and handle. In tokens, traits and labels what is there twice is
 * written once.
 *
 * Return: 0; -ENOMEM; -EINVAL if there is no such form; -EIO if @file takes no more; -EFBIG
 * if a file of node feature discovery would be larger than the 64 KiB that it reads, and then
 * nothing is written.
 */
int vdev_document_write(const struct vdev_document *document, enum vdev_form form,
			uint32_t flags, FILE *file);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_DOCUMENT_H */
