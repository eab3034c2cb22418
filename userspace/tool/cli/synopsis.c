// SPDX-License-Identifier: GPL-2.0
/*
 * The synopsis of a command, read as a grammar. Words in small letters and options are typed as
 * they are; names in capitals stand for what is typed there. Names behind a word up to the end
 * of its brackets are its values. "--" and "-" are typed, too, and are no parts.
 */
#include <string.h>

#include "command.h"
#include "synopsis.h"

static const struct {
	const char *name;
	unsigned int operands;
} operands[] = {
	{ "BUS/NAME", OPERAND_DEV },
	{ "PARENT-BUS/PARENT/NAME", OPERAND_TYPE },
	{ "PARENT", OPERAND_PARENT },
	{ "PARENT[/TYPE]", OPERAND_PARENT | OPERAND_TYPE },
	{ "NAME", OPERAND_PROFILE },
	{ "FILE", OPERAND_FILE },
	{ "DIRECTORY", OPERAND_FILE },
	{ "HOST", OPERAND_FILE | OPERAND_HOST },
	{ "DOMAIN-XML", OPERAND_FILE },
	{ "FILE[#HANDLE]", OPERAND_FILE | OPERAND_DOCUMENT },
	{ "SOURCE", OPERAND_DEV | OPERAND_TYPE | OPERAND_FILE | OPERAND_DOCUMENT },
	{ "TARGET", OPERAND_DEV | OPERAND_TYPE | OPERAND_FILE | OPERAND_DOCUMENT },
};

unsigned int synopsis_operand(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(operands); i++)
		if (strlen(operands[i].name) == len && memcmp(operands[i].name, name, len) == 0)
			return operands[i].operands;
	return 0;
}

bool synopsis_is(const struct synopsis_part *part, const char *text)
{
	return strlen(text) == part->len && memcmp(text, part->text, part->len) == 0;
}

bool synopsis_is_word(const struct synopsis_part *part)
{
	return (part->text[0] >= 'a' && part->text[0] <= 'z') || part->text[0] == '-';
}

/* Without the brackets around it and the dots behind. */
static void trim(struct synopsis_part *part)
{
	while (part->len && part->text[0] == '[') {
		part->text++;
		part->len--;
	}
	while (part->len && (part->text[part->len - 1] == '.' ||
			     (part->text[part->len - 1] == ']' &&
			      !memchr(part->text, '[', part->len))))
		part->len--;
}

/* Whether the part is a value, and of which word, by the part before it. */
static void follow(struct synopsis_part *part, const struct synopsis_part *last, bool opens)
{
	bool closed = last->len && last->text[last->len] && last->text[last->len] != ' ';

	part->word = NULL;
	if (opens || closed || !last->len || synopsis_is_word(part))
		return;
	if (synopsis_is_word(last)) {
		part->word = last->text;
		part->word_len = last->len;
		part->number = 0;
	} else if (last->word) {
		part->word = last->word;
		part->number = last->number + 1;
	}
}

bool synopsis_next(const char **rest, struct synopsis_part *part)
{
	struct synopsis_part last = *part;
	bool opens = false;

	do {
		*rest += strspn(*rest, " ");
		if (!**rest)
			return false;
		opens = opens || strchr("[|-", **rest);
		part->text = *rest;
		part->len = strcspn(*rest, " ");
		*rest += part->len;
		trim(part);
	} while (!part->len || synopsis_is(part, "|") || synopsis_is(part, "-") ||
		 synopsis_is(part, "--"));
	follow(part, &last, opens);
	return true;
}
