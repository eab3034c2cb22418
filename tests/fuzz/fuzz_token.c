// SPDX-License-Identifier: GPL-2.0
/*
 * Tokens. The input is a byte, and then a text, or attributes that are made a
 * token with the right checksum: bytes that are mutated blindly never have it.
 * What is read is canonical: it is written, and read again, as it is.
 */
#include <stdlib.h>
#include <string.h>

#include <vdev/vdev.h>

#include "model/declaration.h"
#include "draft_again.h"
#include "fuzz.h"

/* Of the input's first byte. */
#define ATTRIBUTES 1

static char *text_of(const struct input *input)
{
	char *text = malloc(input->size + 1);

	if (!text)
		abort();
	memcpy(text, input->data, input->size);
	text[input->size] = '\0';
	return text;
}

/* Attributes are aligned in memory, and the second byte of the input is not. */
static char *token_of(const struct input *input)
{
	char *attrs = text_of(input), *token;
	struct vdev_declaration raw = {
		.attrs = (const struct nlattr *)attrs, .len = input->size,
	};

	token = vdev_declaration_format(&raw);
	free(attrs);
	return token;
}

static struct vdev_declaration *parse(const char *token)
{
	struct vdev_declaration *declaration = NULL;
	struct vdev_error error = { 0 };
	int err = vdev_declaration_parse(token, &declaration, &error);

	MUST(!err == !!declaration, error.message);
	MUST(!err == !error.message[0], error.message);
	must_be_printable(error.message, strlen(error.message));
	return declaration;
}

static void must_be_same(const struct vdev_declaration *a, const struct vdev_declaration *b)
{
	MUST(a->len == b->len, NULL);
	MUST(!memcmp(a->attrs, b->attrs, a->len), NULL);
}

/* Made of what it reports, it is the same, unless there is more to it. */
static void make_again(const struct vdev_declaration *declaration)
{
	struct vdev_draft draft = draft_again(declaration);
	struct vdev_declaration *again;
	struct vdev_error error = { 0 };

	if (vdev_declaration_num_unknown(declaration))
		return;
	MUST(!vdev_declaration_new(&draft, sizeof(draft), &again, &error), error.message);
	must_be_same(again, declaration);
	vdev_declaration_free(again);
}

/* What is judged by its own rules is at worst blocked or not declared. */
static void judge(const struct vdev_declaration *declaration)
{
	struct vdev_judgement *judgement = vdev_judge(declaration, declaration);

	MUST(vdev_judgement_verdict(judgement) != VDEV_VERDICT_COMPATIBLE, NULL);
	MUST(vdev_judgement_verdict(judgement) != VDEV_VERDICT_INCOMPATIBLE, NULL);
	/* What cannot be judged is never called compatible. */
	MUST(!vdev_declaration_num_unknown(declaration) ||
	     vdev_judgement_verdict(judgement) >= VDEV_VERDICT_UNDECLARED, NULL);
	vdev_judgement_free(judgement);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	char *token = take_byte(&input) & ATTRIBUTES ? token_of(&input) : text_of(&input);
	struct vdev_declaration *declaration = parse(token), *again;

	free(token);
	if (!declaration)
		return 0;
	token = vdev_declaration_format(declaration);
	again = parse(token);
	MUST(again, token);
	must_be_same(again, declaration);
	MUST(vdev_declaration_num_unknown(again) == vdev_declaration_num_unknown(declaration),
	     token);
	make_again(declaration);
	judge(declaration);
	free(token);
	vdev_declaration_free(again);
	vdev_declaration_free(declaration);
	return 0;
}
