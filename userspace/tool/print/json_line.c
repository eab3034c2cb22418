// SPDX-License-Identifier: GPL-2.0
/* JSON as one line of text, which grows in memory that is kept. */
#include <stdlib.h>
#include <string.h>

#include "common/escape.h"
#include "common/frame.h"
#include "common/keys.h"
#include "common/words.h"
#include "json_line.h"

#define FIRST_ROOM 4096

static bool json_line_grow(struct json_line *line, size_t len)
{
	size_t room = line->room ? line->room : FIRST_ROOM;
	char *text;

	while (room <= line->len + len)
		room *= 2;
	text = realloc(line->text, room);
	if (!text) {
		line->broken = true;
		return false;
	}
	line->text = text;
	line->room = room;
	return true;
}

/* One more than these is left for the end. */
static bool json_line_reserve(struct json_line *line, size_t len)
{
	if (line->broken)
		return false;
	return line->len + len < line->room || json_line_grow(line, len);
}

static void json_line_add(struct json_line *line, const char *text, size_t len)
{
	if (!json_line_reserve(line, len))
		return;
	memcpy(line->text + line->len, text, len);
	line->len += len;
}

static void json_line_key(struct json_line *line, const char *key)
{
	size_t len = key ? strlen(key) : 0;
	char *end;

	if (!json_line_reserve(line, len + strlen(",\"\":")))
		return;
	end = line->text + line->len;
	if (line->any)
		*end++ = ',';
	line->any = true;
	if (key) {
		*end++ = '"';
		end = mempcpy(end, key, len);
		*end++ = '"';
		*end++ = ':';
	}
	line->len = (size_t)(end - line->text);
}

/* How many characters follow that JSON has as they are, and that take one byte. */
static size_t plain_length(const char *text)
{
	size_t len = 0;

	while (text[len] >= ' ' && text[len] < 0x7f && text[len] != '"' && text[len] != '\\')
		len++;
	return len;
}

static void json_line_quoted(struct json_line *line, const char *text)
{
	char json[TEXT_JSON_CHAR];
	size_t len;

	json_line_add(line, "\"", 1);
	for (len = plain_length(text); text[len]; len = plain_length(text)) {
		json_line_add(line, text, len);
		text += len;
		text += text_json_char(text, json, &len);
		json_line_add(line, json, len);
	}
	json_line_add(line, text, len);
	json_line_add(line, "\"", 1);
}

void json_line_reset(struct json_line *line)
{
	line->len = 0;
	line->any = false;
}

void json_line_free(struct json_line *line)
{
	free(line->text);
	*line = (struct json_line){ 0 };
}

void json_line_open(struct json_line *line, const char *key, char bracket)
{
	json_line_key(line, key);
	json_line_add(line, &bracket, 1);
	line->any = false;
}

void json_line_close(struct json_line *line, char bracket)
{
	json_line_add(line, &bracket, 1);
	if (!line->broken)
		line->text[line->len] = '\0';
	line->any = true;
}

void json_line_string(struct json_line *line, const char *key, const char *string)
{
	if (!string)
		return;
	json_line_key(line, key);
	json_line_quoted(line, string);
}

void json_line_u64(struct json_line *line, const char *key, uint64_t number)
{
	char digits[20], *end = digits + sizeof(digits), *first = end;

	number = json_number(number);
	do {
		*--first = (char)('0' + number % 10);
		number /= 10;
	} while (number);
	json_line_key(line, key);
	json_line_add(line, first, (size_t)(end - first));
}

void json_line_bool(struct json_line *line, const char *key, bool value)
{
	const char *text = value ? "true" : "false";

	json_line_key(line, key);
	json_line_add(line, text, strlen(text));
}

void json_line_enum(struct json_line *line, const char *key, name_fn *name, uint32_t number)
{
	char buffer[WORD_SIZE];

	if (number)
		json_line_string(line, key, word_or_number(name(number), number, buffer));
}

void json_line_value(struct json_line *line, const char *key, const struct vdev_value *value)
{
	if (!value->type)
		return;
	json_line_open(line, key, '{');
	if (value->type == VDEV_VALUE_TYPE_U64)
		json_line_u64(line, KEY_VALUE_U64, value->u64);
	else if (value->type == VDEV_VALUE_TYPE_STRING)
		json_line_string(line, KEY_VALUE_STRING, value->string);
	else
		json_line_bool(line, KEY_VALUE_BOOL, value->boolean);
	json_line_close(line, '}');
}

void json_line_keys(struct json_line *line, json_t *object)
{
	const struct frame compact = { 0 };
	const char *key;
	json_t *value;

	line->broken = line->broken || !object;
	json_object_foreach(object, key, value) {
		char *text = frame_dump(&compact, value);

		line->broken = line->broken || !text;
		json_line_key(line, key);
		if (text)
			json_line_add(line, text, strlen(text));
		free(text);
	}
	json_decref(object);
}
