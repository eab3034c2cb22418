/* SPDX-License-Identifier: GPL-2.0 */
/*
 * JSON written as one line of text, without a tree of values: for what is printed very often.
 * The bytes are those that frame_dump() makes of the same values.
 */
#ifndef VDEVCTL_JSON_LINE_H
#define VDEVCTL_JSON_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "common/json.h"

struct json_line {
	/* Ends in NUL. Kept from line to line, and freed in the end. */
	char *text;
	size_t len;
	size_t room;
	/* A value stands before what comes next. */
	bool any;
	/* There was no memory. */
	bool broken;
};

/* Begin again, in the same memory. */
void json_line_reset(struct json_line *line);
void json_line_free(struct json_line *line);

/* A bracket, { or [; @key is NULL where it has none. */
void json_line_open(struct json_line *line, const char *key, char bracket);
void json_line_close(struct json_line *line, char bracket);

/* Keys are words of this tool. Nothing is put for a NULL string, for 0, or for no value. */
void json_line_string(struct json_line *line, const char *key, const char *string);
void json_line_u64(struct json_line *line, const char *key, uint64_t number);
void json_line_bool(struct json_line *line, const char *key, bool value);
void json_line_enum(struct json_line *line, const char *key, name_fn *name, uint32_t number);
void json_line_value(struct json_line *line, const char *key, const struct vdev_value *value);

/* Each key of an object that was built, which is taken over; NULL breaks the line. */
void json_line_keys(struct json_line *line, json_t *object);

#endif /* VDEVCTL_JSON_LINE_H */
