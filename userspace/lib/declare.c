// SPDX-License-Identifier: LGPL-2.1
/*
 * Making declarations, of an object, of a draft, or of attributes that came
 * from anywhere: all end as canonical attributes that keep the kernel's bounds.
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vdev/names.h>

#include "kernel/bounds.h"
#include "canon.h"
#include "declaration.h"
#include "encode.h"
#include "internal.h"
#include "object.h"

int vdev_why(char *why, int err, const char *format, ...)
{
	va_list args;

	if (!why)
		return err;
	va_start(args, format);
	vsnprintf(why, VDEV_WHY_SIZE, format, args);
	va_end(args);
	return err;
}

/* What is known to the specification, but says where an endpoint is. */
static int check_belongs(const struct nlattr *head, int len, char *why)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_attr(pos, head, len, rem) {
		unsigned int type = (unsigned int)nla_type(pos);
		const struct attr_def *def = vdev_attr_def(&vdev_attr_set, type);

		if (def && !vdev_attr_def(&vdev_declaration_set, type))
			return vdev_why(why, -EINVAL, "%s does not belong in a declaration",
					def->name);
	}
	return 0;
}

static int make_canonical(struct writer *writer, const struct nlattr *head, int len, bool unknown,
			  char *why)
{
	struct canon canon = { .out = writer, .unknown = unknown };
	int err;

	if (vdev_attrs_check(&vdev_declaration_set, head, len, canon.path))
		return vdev_why(why, -EBADMSG, "%s is malformed",
				canon.path[0] ? canon.path : "the declaration");
	err = check_belongs(head, len, why);
	if (err)
		return err;
	err = vdev_canon(&canon, &vdev_declaration_set, head, len);
	if (err == -EINVAL)
		vdev_why(why, err, "%s %s", canon.path, canon.wrong);
	return err;
}

static int decode(struct vdev_declaration *declaration)
{
	const struct nlattr *pos, *head = declaration->attrs;
	int len = (int)declaration->len;
	struct vdev_blocker *blockers;
	int rem;

	if (vdev_decode_list(&declaration->arena, head, len, VDEV_A_BLOCKER, sizeof(*blockers),
			     (void **)&blockers, &declaration->num_blockers))
		return -ENOMEM;
	nla_for_each_attr(pos, head, len, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_ENDPOINT:
			declaration->kind = vdev_decode_u32(pos);
			break;
		case VDEV_A_MIGRATION:
			declaration->migration = vdev_decode_u32(pos);
			break;
		case VDEV_A_BLOCKER:
			vdev_decode_blocker(pos, &blockers[declaration->num_blockers++]);
			break;
		case VDEV_A_RECORD:
			declaration->record = vdev_record_decode(&declaration->arena, pos);
			if (!declaration->record)
				return -ENOMEM;
			break;
		}
	}
	declaration->blockers = blockers;
	return 0;
}

/* Count an attribute that is not known, and keep its path once there is room. */
static int note(struct vdev_declaration *declaration, const char *path)
{
	unsigned int index = declaration->num_unknown++;
	char *copy;

	if (!declaration->unknown)
		return 0;
	copy = vdev_arena_alloc(&declaration->arena, strlen(path) + 1, 1);
	if (!copy)
		return -ENOMEM;
	declaration->unknown[index] = strcpy(copy, path);
	return 0;
}

static int note_unknown(struct vdev_declaration *declaration, const struct attr_set *set,
			const struct nlattr *head, int len, char path[ATTR_PATH_SIZE])
{
	size_t end = strlen(path);
	const struct nlattr *pos;
	int err = 0;
	int rem;

	nla_for_each_attr(pos, head, len, rem) {
		unsigned int type = (unsigned int)nla_type(pos);
		const struct attr_def *def = vdev_attr_def(set, type);
		const char *dot = end ? "." : "";

		if (!def) {
			snprintf(path + end, ATTR_PATH_SIZE - end, "%sattribute-%u", dot, type);
			err = note(declaration, path);
		} else if (def->nest) {
			snprintf(path + end, ATTR_PATH_SIZE - end, "%s%s", dot, def->name);
			err = note_unknown(declaration, def->nest, nla_data(pos), nla_len(pos),
					   path);
		}
		path[end] = '\0';
		if (err)
			return err;
	}
	return 0;
}

/* Once to count them, and once more if there are any. */
static int find_unknown(struct vdev_declaration *declaration)
{
	char path[ATTR_PATH_SIZE] = "";

	note_unknown(declaration, &vdev_declaration_set, declaration->attrs,
		     (int)declaration->len, path);
	if (!declaration->num_unknown)
		return 0;
	declaration->unknown = vdev_arena_alloc(&declaration->arena, declaration->num_unknown,
						sizeof(*declaration->unknown));
	declaration->num_unknown = 0;
	if (!declaration->unknown)
		return -ENOMEM;
	return note_unknown(declaration, &vdev_declaration_set, declaration->attrs,
			    (int)declaration->len, path);
}

static int check_size(const struct vdev_declaration *declaration, char *why)
{
	const struct nlattr *record = nla_find(declaration->attrs, (int)declaration->len,
					       VDEV_A_RECORD);

	if (nla_len(record) > VDEV_OBJECT_BYTES)
		return vdev_why(why, -EMSGSIZE, "record: larger than %d bytes", VDEV_OBJECT_BYTES);
	if (declaration->len > DECLARATION_BYTES)
		return vdev_why(why, -EMSGSIZE, "larger than %d bytes", DECLARATION_BYTES);
	return 0;
}

static int check_aggregation(const struct vdev_aggregation *aggregation, char *why)
{
	if (aggregation->base &&
	    aggregation->total != (uint64_t)aggregation->units * aggregation->count)
		return vdev_why(why, -EINVAL, "aggregation: total is not units times count");
	return 0;
}

/* The bounds are the kernel's own. */
static int check(const struct vdev_declaration *declaration, char *why)
{
	struct vdev_refusal refusal = { .why = "" };
	int err;

	if (declaration->kind != VDEV_OBJECT_DEV && declaration->kind != VDEV_OBJECT_TYPE)
		return vdev_why(why, -EINVAL, "endpoint: %u is not known", declaration->kind);
	if (!vdev_migration_name(declaration->migration))
		return vdev_why(why, -EINVAL, "migration: %u is not known",
				declaration->migration);
	err = vdev_blockers_check(&refusal, declaration->blockers, declaration->num_blockers) ?:
	      vdev_record_check(&refusal, declaration->record);
	if (err)
		return vdev_why(why, err, "%s", refusal.why);
	err = check_aggregation(&declaration->record->aggregation, why);
	return err ? err : check_size(declaration, why);
}

/* Take over what was written. */
static int fill(struct vdev_declaration *declaration, const struct writer *writer, char *why)
{
	void *attrs = vdev_arena_alloc(&declaration->arena, writer->len, 1);
	int err;

	if (!attrs)
		return -ENOMEM;
	declaration->attrs = memcpy(attrs, writer->data, writer->len);
	declaration->len = writer->len;
	err = decode(declaration);
	if (!err)
		err = check(declaration, why);
	return err ? err : find_unknown(declaration);
}

/* The numbers of the attributes in the source of a request. */
static unsigned int source_type(unsigned int type)
{
	switch (type) {
	case VDEV_A_MIGRATION:
		return VDEV_A_SOURCE_MIGRATION;
	case VDEV_A_BLOCKER:
		return VDEV_A_SOURCE_BLOCKER | NLA_F_NESTED;
	case VDEV_A_RECORD:
		return VDEV_A_SOURCE_RECORD | NLA_F_NESTED;
	}
	return 0;
}

void vdev_declaration_put(struct writer *writer, const struct vdev_declaration *declaration)
{
	size_t nest = vdev_writer_begin(writer, VDEV_A_SOURCE);
	const struct nlattr *pos;
	unsigned int type;
	int rem;

	nla_for_each_attr(pos, declaration->attrs, (int)declaration->len, rem) {
		type = source_type((unsigned int)nla_type(pos));
		if (type)
			vdev_writer_put(writer, type, nla_data(pos), (size_t)nla_len(pos));
	}
	vdev_writer_end(writer, nest);
}

int vdev_declaration_make(const void *attrs, size_t len, bool unknown,
			  struct vdev_declaration **declaration, char *why)
{
	struct writer writer = { 0 };
	struct vdev_declaration *new = calloc(1, sizeof(*new));
	int err = -ENOMEM;

	*declaration = NULL;
	if (new)
		err = make_canonical(&writer, attrs, (int)len, unknown, why);
	if (!err)
		err = fill(new, &writer, why);
	vdev_writer_free(&writer);
	if (err == -ENOMEM)
		vdev_why(why, err, "out of memory");
	if (err)
		vdev_declaration_free(new);
	else
		*declaration = new;
	return err;
}
