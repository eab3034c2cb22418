// SPDX-License-Identifier: LGPL-2.1
/*
 * From attributes to a declaration, wherever they came from: they end in their
 * canonical form, and keep the kernel's bounds.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <vdev/names.h>

#include "kernel/model/bounds.h"
#include "kernel/model/skew.h"
#include "attr.h"
#include "canon.h"
#include "declare.h"
#include "decode.h"
#include "schema.h"

/* What is known to the specification, but says where an endpoint is. */
static int check_belongs(const struct nlattr *head, int len, struct vdev_error *error)
{
	const struct nlattr *pos;
	int rem;

	nla_for_each_attr(pos, head, len, rem) {
		unsigned int type = (unsigned int)nla_type(pos);
		const struct attr_def *def = vdev_attr_def(&vdev_source_set, type);

		if (def && !vdev_attr_def(&vdev_declaration_set, type))
			return vdev_error_say(error, -EINVAL, "%s does not belong in a declaration",
					def->name);
	}
	return 0;
}

static int make_canonical(struct writer *writer, const struct nlattr *head, int len, struct vdev_error *error)
{
	struct canon canon = { .out = writer };
	int err;

	if (vdev_attrs_check(&vdev_declaration_set, head, len, canon.path))
		return vdev_error_say(error, -EBADMSG, "%s is malformed",
				canon.path[0] ? canon.path : "the declaration");
	err = check_belongs(head, len, error);
	if (err)
		return err;
	err = vdev_canon(&canon, &vdev_declaration_set, head, len);
	if (err == -EINVAL)
		vdev_error_say(error, err, "%s %s", canon.path, canon.wrong);
	return err;
}

static int decode(struct vdev_declaration *declaration)
{
	const struct nlattr *pos, *head = declaration->attrs;
	int len = (int)declaration->len;
	struct vdev_blocker *blockers;
	int rem;

	if (vdev_decode_list(&declaration->arena, head, len, VDEV_A_SOURCE_BLOCKER, sizeof(*blockers),
			     (void **)&blockers, &declaration->num_blockers))
		return -ENOMEM;
	nla_for_each_attr(pos, head, len, rem) {
		switch (nla_type(pos)) {
		case VDEV_A_SOURCE_ENDPOINT:
			declaration->kind = vdev_decode_u32(pos);
			break;
		case VDEV_A_SOURCE_MIGRATION:
			declaration->migration = vdev_decode_u32(pos);
			break;
		case VDEV_A_SOURCE_CAPABILITIES:
			declaration->capabilities = vdev_decode_u32(pos);
			break;
		case VDEV_A_SOURCE_BLOCKER:
			vdev_decode_blocker(pos, &blockers[declaration->num_blockers++]);
			break;
		case VDEV_A_SOURCE_RECORD:
			declaration->record = vdev_record_decode(&declaration->arena, pos);
			if (!declaration->record)
				return -ENOMEM;
			break;
		}
	}
	declaration->blockers = blockers;
	return 0;
}

/* Keep the path of a part that is not known. */
static int note(struct vdev_declaration *declaration, const char *path)
{
	unsigned int num = declaration->num_unknown;
	const char **list = declaration->unknown;
	char *copy = vdev_arena_alloc(&declaration->arena, strlen(path) + 1, 1);

	if (!copy)
		return -ENOMEM;
	/* There is room up to the next power of two. */
	if (!(num & (num - 1))) {
		list = vdev_arena_alloc(&declaration->arena, num ? 2 * (size_t)num : 1,
					sizeof(*list));
		if (!list)
			return -ENOMEM;
		if (num)
			memcpy(list, declaration->unknown, num * sizeof(*list));
	}
	list[num] = strcpy(copy, path);
	declaration->unknown = list;
	declaration->num_unknown++;
	return 0;
}

/* How many of the same kind are before it. */
static unsigned int count_before(const struct nlattr *head, const struct nlattr *attr, int len)
{
	const struct nlattr *pos;
	unsigned int count = 0;
	int rem;

	nla_for_each_attr(pos, head, len, rem) {
		if (pos == attr)
			break;
		count += nla_type(pos) == nla_type(attr);
	}
	return count;
}

static int note_attributes(struct vdev_declaration *declaration, const struct attr_set *set,
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
		char index[16] = "";

		if (!def) {
			snprintf(path + end, ATTR_PATH_SIZE - end, "%sattribute-%u", dot, type);
			err = note(declaration, path);
		} else if (def->nest) {
			if ((set->sorted | set->ordered) & ATTR_BIT(type))
				snprintf(index, sizeof(index), "[%u]",
					 count_before(head, pos, len));
			snprintf(path + end, ATTR_PATH_SIZE - end, "%s%s%s", dot, def->name, index);
			err = note_attributes(declaration, def->nest, nla_data(pos), nla_len(pos),
					      path);
		}
		path[end] = '\0';
		if (err)
			return err;
	}
	return 0;
}

struct words {
	struct vdev_declaration *declaration;
	int err;
};

static void note_word(const struct vdev_skew *skew, const char *path)
{
	struct words *words = skew->arg;

	if (!words->err)
		words->err = note(words->declaration, path);
}

/* Words and flags; what judges nothing takes their place in what was decoded. */
static int note_words(struct vdev_declaration *declaration)
{
	struct words words = { .declaration = declaration };
	struct vdev_skew skew = { .note = note_word, .arg = &words };
	struct vdev_operand operand = vdev_declaration_operand(declaration);

	vdev_skew_operand(&skew, &operand, declaration->record);
	declaration->kind = operand.kind;
	declaration->migration = operand.migration;
	declaration->capabilities = operand.capabilities;
	return words.err;
}

/* Those that the sender could not express. */
static int note_named(struct vdev_declaration *declaration)
{
	const struct nlattr *pos;
	int err = 0;
	int rem;

	nla_for_each_attr(pos, declaration->attrs, (int)declaration->len, rem)
		if (!err && nla_type(pos) == VDEV_A_SOURCE_UNKNOWN)
			err = note(declaration, vdev_decode_string(pos));
	return err;
}

/* In the order in which the kernel finds them. */
static int note_unknown(struct vdev_declaration *declaration)
{
	char path[ATTR_PATH_SIZE] = "";
	int err;

	err = note_attributes(declaration, &vdev_declaration_set, declaration->attrs,
			      (int)declaration->len, path);
	declaration->num_attributes = declaration->num_unknown;
	if (!err)
		err = note_words(declaration);
	return err ? err : note_named(declaration);
}

/* A ceiling has a bound of its own. */
static int ceiling_size(const struct nlattr *record)
{
	const struct nlattr *ceiling = nla_find(nla_data(record), nla_len(record),
						VDEV_A_RECORD_CEILING);

	return ceiling ? min(nla_total_size(nla_len(ceiling)), VDEV_CEILING_BYTES) : 0;
}

static int check_size(const struct vdev_declaration *declaration, struct vdev_error *error)
{
	const struct nlattr *record = nla_find(declaration->attrs, (int)declaration->len,
					       VDEV_A_SOURCE_RECORD);

	if (nla_len(record) > VDEV_OBJECT_BYTES + ceiling_size(record))
		return vdev_error_say(error, -EMSGSIZE, "record: larger than %d bytes", VDEV_OBJECT_BYTES);
	if (declaration->len > DECLARATION_BYTES)
		return vdev_error_say(error, -EMSGSIZE, "larger than %d bytes", DECLARATION_BYTES);
	return 0;
}

static int check_aggregation(const struct vdev_aggregation *aggregation, struct vdev_error *error)
{
	if (aggregation->base &&
	    aggregation->total != (uint64_t)aggregation->units * aggregation->count)
		return vdev_error_say(error, -EINVAL, "aggregation: total is not units times count");
	return 0;
}

/* The parts that the sender could not express are findings as they are. */
static int check_named(struct vdev_reason *reason, const struct vdev_declaration *declaration)
{
	const struct nlattr *pos;
	int err = 0;
	int rem;

	nla_for_each_attr(pos, declaration->attrs, (int)declaration->len, rem)
		if (!err && nla_type(pos) == VDEV_A_SOURCE_UNKNOWN)
			err = vdev_text_check(reason, "unknown", vdev_decode_string(pos));
	return err;
}

/* The bounds are the kernel's own. */
static int check(const struct vdev_declaration *declaration, struct vdev_error *error)
{
	struct vdev_reason reason = { .why = "" };
	int err;

	if (declaration->kind != VDEV_OBJECT_DEV && declaration->kind != VDEV_OBJECT_TYPE)
		return vdev_error_say(error, -EINVAL, "endpoint: %u is not known", declaration->kind);
	if (!vdev_migration_name(declaration->migration))
		return vdev_error_say(error, -EINVAL, "migration: %u is not known",
				declaration->migration);
	err = vdev_blockers_check(&reason, declaration->blockers, declaration->num_blockers) ?:
	      check_named(&reason, declaration) ?:
	      vdev_record_check(&reason, declaration->record);
	if (err)
		return vdev_error_say(error, err, "%s", reason.why);
	err = check_aggregation(&declaration->record->aggregation, error);
	return err ? err : check_size(declaration, error);
}

/* Take over what was written. */
static int fill(struct vdev_declaration *declaration, const struct writer *writer, struct vdev_error *error)
{
	void *attrs = vdev_arena_alloc(&declaration->arena, writer->len, 1);
	int err;

	if (!attrs)
		return -ENOMEM;
	declaration->attrs = memcpy(attrs, writer->data, writer->len);
	declaration->len = writer->len;
	err = decode(declaration);
	if (!err)
		err = note_unknown(declaration);
	return err ? err : check(declaration, error);
}

int vdev_declaration_make(const void *attrs, size_t len, struct vdev_declaration **declaration,
			  struct vdev_error *error)
{
	struct writer writer = { 0 };
	struct vdev_declaration *new = calloc(1, sizeof(*new));
	int err = -ENOMEM;

	*declaration = NULL;
	if (new)
		err = make_canonical(&writer, attrs, (int)len, error);
	if (!err)
		err = fill(new, &writer, error);
	vdev_writer_free(&writer);
	if (err == -ENOMEM)
		vdev_error_say(error, err, "out of memory");
	if (err)
		vdev_declaration_free(new);
	else
		*declaration = new;
	return err;
}
