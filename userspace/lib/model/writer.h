/* SPDX-License-Identifier: LGPL-2.1 */
/*
 * Attributes that are written one after the other into memory that grows. A
 * failure is remembered, so that only the end result has to be checked.
 */
#ifndef VDEV_WRITER_H
#define VDEV_WRITER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <netlink/attr.h>

struct writer {
	char *data;
	size_t len;
	size_t size;
	/* Of a record only what is given is written, see encode.h. */
	bool partial;
	/* 0, -ENOMEM, or -EMSGSIZE if an attribute is longer than any can be. */
	int error;
};

void vdev_writer_free(struct writer *writer);

/* Room for @len bytes at the end, zeroed; NULL after a failure. */
void *vdev_writer_reserve(struct writer *writer, size_t len);

/* An attribute of @len bytes, zeroed, to be written by the caller; NULL after a failure. */
char *vdev_writer_bytes(struct writer *writer, unsigned int type, size_t len);

void vdev_writer_put(struct writer *writer, unsigned int type, const void *data, size_t len);
void vdev_writer_u32(struct writer *writer, unsigned int type, uint32_t number);
void vdev_writer_uint(struct writer *writer, unsigned int type, uint64_t number);
void vdev_writer_string(struct writer *writer, unsigned int type, const char *string);

/* What is written between begin and end, which gets what begin returned. */
size_t vdev_writer_begin(struct writer *writer, unsigned int type);
void vdev_writer_end(struct writer *writer, size_t nest);

#endif /* VDEV_WRITER_H */
