/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Profiles in files: a JSON document with any number of them, as drivers' vendors and
 * administrators write it.
 */
#ifndef VDEV_PROFILE_DOCUMENT_H
#define VDEV_PROFILE_DOCUMENT_H

#include <stddef.h>

#include <vdev/error.h>
#include <vdev/profile.h>

#ifdef __cplusplus
extern "C" {
#endif

struct vdev_profile_document;

/**
 * vdev_profile_document_parse() - read profiles, and hold them against the kernel's bounds
 * @text: JSON; a byte order mark before it is ignored. Not modified, and no longer needed when
 *	it returns
 * @size: its length in bytes
 * @document: where to put the profiles, which the caller frees with
 *	vdev_profile_document_free(); NULL after a failure
 * @error: where to put what is rejected, and why; may be NULL
 *
 * What is not understood is rejected: who declares that declares something else.
 *
 * Return: 0; -ENOMEM; -EFBIG if the text is larger than VDEV_DOCUMENT_SIZE_MAX; -ENODATA if
 * there is nothing in it; -EINVAL if any of it is wrong.
 */
int vdev_profile_document_parse(const char *text, size_t size,
				struct vdev_profile_document **document,
				struct vdev_error *error);

/**
 * vdev_profile_document_free() - free profiles and all that was got from them
 * @document: the profiles; may be NULL
 */
void vdev_profile_document_free(struct vdev_profile_document *document);

/**
 * vdev_profile_document_num() - how many profiles there are
 * @document: the profiles
 *
 * Return: the number.
 */
size_t vdev_profile_document_num(const struct vdev_profile_document *document);

/**
 * vdev_profile_document_draft() - a profile, as vdev_profile_set() takes it
 * @document: the profiles
 * @index: from 0 to vdev_profile_document_num() - 1
 *
 * Return: the draft, which belongs to the document; NULL if there is none with this index.
 */
const struct vdev_profile_draft *
vdev_profile_document_draft(const struct vdev_profile_document *document, size_t index);

#ifdef __cplusplus
}
#endif

#endif /* VDEV_PROFILE_DOCUMENT_H */
