// SPDX-License-Identifier: LGPL-2.1
/* Attributes that are written one after the other into memory that grows. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "writer.h"

#define FIRST_SIZE 1024

void vdev_writer_free(struct writer *writer)
{
	free(writer->data);
	*writer = (struct writer){ 0 };
}

static int grow(struct writer *writer, size_t len)
{
	size_t size = writer->size ? writer->size : FIRST_SIZE;
	char *data;

	while (size - writer->len < len)
		size *= 2;
	data = realloc(writer->data, size);
	if (!data)
		return -ENOMEM;
	writer->data = data;
	writer->size = size;
	return 0;
}

void *vdev_writer_reserve(struct writer *writer, size_t len)
{
	void *room;

	if (!writer->error && writer->size - writer->len < len)
		writer->error = grow(writer, len);
	if (writer->error)
		return NULL;
	room = writer->data + writer->len;
	writer->len += len;
	return memset(room, 0, len);
}

static struct nlattr *begin(struct writer *writer, unsigned int type, size_t len)
{
	struct nlattr *attr;

	if (!writer->error && len > UINT16_MAX - NLA_HDRLEN)
		writer->error = -EMSGSIZE;
	attr = vdev_writer_reserve(writer, NLA_HDRLEN + (size_t)NLA_ALIGN(len));
	if (!attr)
		return NULL;
	attr->nla_type = (uint16_t)type;
	attr->nla_len = (uint16_t)(NLA_HDRLEN + len);
	return attr;
}

char *vdev_writer_bytes(struct writer *writer, unsigned int type, size_t len)
{
	struct nlattr *attr = begin(writer, type, len);

	return attr ? (char *)attr + NLA_HDRLEN : NULL;
}

void vdev_writer_put(struct writer *writer, unsigned int type, const void *data, size_t len)
{
	char *bytes = vdev_writer_bytes(writer, type, len);

	if (bytes && len)
		memcpy(bytes, data, len);
}

void vdev_writer_u32(struct writer *writer, unsigned int type, uint32_t number)
{
	vdev_writer_put(writer, type, &number, sizeof(number));
}

void vdev_writer_uint(struct writer *writer, unsigned int type, uint64_t number)
{
	if (number <= UINT32_MAX)
		vdev_writer_u32(writer, type, (uint32_t)number);
	else
		vdev_writer_put(writer, type, &number, sizeof(number));
}

void vdev_writer_string(struct writer *writer, unsigned int type, const char *string)
{
	vdev_writer_put(writer, type, string, strlen(string) + 1);
}

size_t vdev_writer_begin(struct writer *writer, unsigned int type)
{
	size_t nest = writer->len;

	begin(writer, type | NLA_F_NESTED, 0);
	return nest;
}

void vdev_writer_end(struct writer *writer, size_t nest)
{
	size_t len = writer->len - nest;

	if (!writer->error && len > UINT16_MAX)
		writer->error = -EMSGSIZE;
	if (!writer->error)
		((struct nlattr *)(writer->data + nest))->nla_len = (uint16_t)len;
}
