// SPDX-License-Identifier: GPL-2.0
/*
 * How the text of one field is read. Every number that a field can hold can
 * be written as a number, also where it has a name.
 */
#include <linux/bits.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/string.h>

#include "fields.h"

/* Longest bitmap, in bits: four times what the core takes. */
#define BITMAP_MAX	65536

/**
 * sim_list_grow() - add an entry to a list
 * @parse: the word that does it
 * @at: address of the pointer to the first entry
 * @num: address of the length of the list
 * @size: size of an entry
 *
 * A list has room for the next power of two of its length.
 *
 * Return: the entry, zeroed; NULL if there is no room for it.
 */
void *sim_list_grow(struct sim_parse *parse, void *at, unsigned int *num,
		    size_t size)
{
	void **items = at;
	void *grown;

	if (*num >= SIM_LIST_MAX)
		return NULL;
	if (!*num || is_power_of_2(*num)) {
		grown = sim_arena_alloc(&parse->facts->arena,
					(*num ?: 1) * 2 * size);
		if (!grown)
			return NULL;
		if (*num)
			memcpy(grown, *items, *num * size);
		*items = grown;
	}
	return memset(*items + (*num)++ * size, 0, size);
}

/* The first entry that a word writes into a list empties it. */
static void *sim_list_restart(struct sim_parse *parse, void *at, unsigned int *num,
			      size_t size, const char *text)
{
	void *entry;

	if (parse->emptied != at)
		*num = 0;
	parse->emptied = at;
	entry = sim_list_grow(parse, at, num, size);
	if (!entry)
		sim_reject(parse->error, -ENOSPC, text,
			   "no room for a further value");
	return entry;
}

int sim_field_text(struct sim_parse *parse, const struct sim_field *field,
		   void *at, char *text)
{
	*(const char **)at = text;
	return sim_unescape(parse->error, text);
}

int sim_field_u32(struct sim_parse *parse, const struct sim_field *field,
		  void *at, char *text)
{
	u64 number;
	int err;

	err = sim_number(parse->error, text, U32_MAX, &number);
	if (!err)
		*(u32 *)at = number;
	return err;
}

int sim_field_u64(struct sim_parse *parse, const struct sim_field *field,
		  void *at, char *text)
{
	return sim_number(parse->error, text, U64_MAX, at);
}

int sim_field_bool(struct sim_parse *parse, const struct sim_field *field,
		   void *at, char *text)
{
	bool value = !strcmp(text, "true");

	if (!value && strcmp(text, "false"))
		return sim_reject(parse->error, -EINVAL, text,
				  "neither true nor false");
	*(bool *)at = value;
	return 0;
}

static int sim_find_name(const char *const *names, const char *text)
{
	unsigned int i;

	for (i = 0; names[i]; i++) {
		if (!strcmp(names[i], text))
			return i;
	}
	return -1;
}

int sim_field_enum(struct sim_parse *parse, const struct sim_field *field,
		   void *at, char *text)
{
	int number = sim_find_name(field->names, text);

	if (number >= 0) {
		*(u32 *)at = number;
		return 0;
	}
	return sim_field_u32(parse, field, at, text);
}

/* FLAG+FLAG...; the names are those of bit 0, bit 1 and so on. */
int sim_field_flags(struct sim_parse *parse, const struct sim_field *field,
		    void *at, char *text)
{
	u32 flags = 0;
	char *piece;
	u32 number;
	int bit;
	int err;

	while ((piece = strsep(&text, "+"))) {
		bit = sim_find_name(field->names, piece);
		if (bit >= 0) {
			flags |= BIT(bit);
			continue;
		}
		err = sim_field_u32(parse, field, &number, piece);
		if (err)
			return err;
		flags |= number;
	}
	*(u32 *)at = flags;
	return 0;
}

/* MAJOR.MINOR.BUGFIX */
static int sim_parse_semver(struct sim_parse *parse, struct vdev_semver *version,
			    char *text)
{
	u32 *const numbers[] = {
		&version->major, &version->minor, &version->bugfix
	};
	unsigned int i;
	char *piece;
	int err;

	for (i = 0; i < ARRAY_SIZE(numbers); i++) {
		piece = strsep(&text, ".");
		if (!piece || !text != (i == ARRAY_SIZE(numbers) - 1))
			return sim_reject(parse->error, -EINVAL, piece,
					  "a version is MAJOR.MINOR.BUGFIX");
		err = sim_field_u32(parse, NULL, numbers[i], piece);
		if (err)
			return err;
	}
	return 0;
}

int sim_field_semver(struct sim_parse *parse, const struct sim_field *field,
		     void *at, char *text)
{
	return sim_parse_semver(parse, at, text);
}

/* FROM-TO, or FROM- for a range without end */
int sim_field_semver_accept(struct sim_parse *parse,
			    const struct sim_field *field, void *at, char *text)
{
	struct vdev_software_version *version = at;
	struct vdev_semver_range *range;
	char *from = strsep(&text, "-");
	int err;

	if (!text)
		return sim_reject(parse->error, -EINVAL, from,
				  "a range is FROM-TO or FROM-");
	range = sim_list_restart(parse, &version->accept, &version->num_accept,
				 sizeof(*range), from);
	if (!range)
		return -ENOSPC;
	range->open = !*text;
	err = sim_parse_semver(parse, &range->from, from);
	if (err || range->open)
		return err;
	return sim_parse_semver(parse, &range->to, text);
}

int sim_field_ident_accept(struct sim_parse *parse,
			   const struct sim_field *field, void *at, char *text)
{
	struct vdev_ident *ident = at;
	const char **accept;

	accept = sim_list_restart(parse, &ident->accept, &ident->num_accept,
				  sizeof(*accept), text);
	if (!accept)
		return -ENOSPC;
	return sim_field_text(parse, field, accept, text);
}

/* Digits, most significant first, into zeroed words. */
static int sim_fill_bitmap(struct sim_parse *parse, u64 *words, const char *digits,
			   unsigned int len)
{
	unsigned int i;
	int digit;

	for (i = 0; i < len; i++) {
		digit = sim_digit(digits[len - 1 - i]);
		if (digit < 0)
			return sim_reject(parse->error, -EINVAL, digits,
					  "a bitmap is hexadecimal digits");
		words[i / 16] |= (u64)digit << i % 16 * 4;
	}
	return 0;
}

/* HEX[/BITS]; nothing at all for a bitmap that is not known */
int sim_field_bitmap(struct sim_parse *parse, const struct sim_field *field,
		     void *at, char *text)
{
	struct vdev_bitmap *bitmap = at;
	char *digits = strsep(&text, "/");
	size_t len = strlen(digits);
	u64 bits = len * 4;
	u64 *words;
	int err;

	*bitmap = (struct vdev_bitmap){ };
	if (!len && !text)
		return 0;
	err = text ? sim_number(parse->error, text, BITMAP_MAX, &bits) : 0;
	if (err)
		return err;
	if (len * 4 > round_up(bits, 4) || bits > BITMAP_MAX)
		return sim_reject(parse->error, -ERANGE, digits,
				  "more digits than bits");
	bitmap->num_words = DIV_ROUND_UP(bits, 64);
	words = sim_arena_alloc(&parse->facts->arena,
				bitmap->num_words * sizeof(u64));
	if (!words)
		return sim_reject(parse->error, -ENOSPC, digits,
				  "no room for the bitmap");
	bitmap->words = words;
	return sim_fill_bitmap(parse, words, digits, len);
}

/* The content of a value whose type is stored already. */
static int sim_parse_content(struct sim_parse *parse, struct vdev_value *value,
			     char *text)
{
	switch (value->type) {
	case VDEV_VALUE_TYPE_U64:
		return sim_field_u64(parse, NULL, &value->u64, text);
	case VDEV_VALUE_TYPE_STRING:
		return sim_field_text(parse, NULL, &value->string, text);
	case VDEV_VALUE_TYPE_BOOL:
		return sim_field_bool(parse, NULL, &value->boolean, text);
	default:
		return 0;
	}
}

/* TYPE:CONTENT; nothing at all for no value */
int sim_field_value(struct sim_parse *parse, const struct sim_field *field,
		    void *at, char *text)
{
	struct vdev_value *value = at;
	char *type = strsep(&text, ":");
	int err;

	memset(value, 0, sizeof(*value));
	if (!text && !*type)
		return 0;
	if (!text)
		return sim_reject(parse->error, -EINVAL, type,
				  "a value is TYPE:CONTENT");
	err = sim_field_enum(parse, field, &value->type, type);
	return err ?: sim_parse_content(parse, value, text);
}

/* LOW or LOW-HIGH */
static int sim_parse_range(struct sim_parse *parse, struct vdev_allowed *allowed,
			   char *text)
{
	char *low = strsep(&text, "-");

	return sim_field_u64(parse, NULL, &allowed->low, low) ?:
	       sim_field_u64(parse, NULL, &allowed->high, text ?: low);
}

/* u64:LOW[-HIGH] or string:TEXT */
int sim_field_allowed(struct sim_parse *parse, const struct sim_field *field,
		      void *at, char *text)
{
	struct vdev_param *param = at;
	struct vdev_allowed *allowed;
	char *type = strsep(&text, ":");
	int number = sim_find_name(field->names, type);

	if (!text ||
	    (number != VDEV_VALUE_TYPE_U64 && number != VDEV_VALUE_TYPE_STRING))
		return sim_reject(parse->error, -EINVAL, type,
				  "what is allowed is u64:LOW[-HIGH] or string:TEXT");
	allowed = sim_list_restart(parse, &param->allowed, &param->num_allowed,
				   sizeof(*allowed), text);
	if (!allowed)
		return -ENOSPC;
	if (number == VDEV_VALUE_TYPE_STRING)
		return sim_field_text(parse, field, &allowed->string, text);
	return sim_parse_range(parse, allowed, text);
}
