// SPDX-License-Identifier: GPL-2.0
/*
 * Tokens. The input is a byte, and then a text, or attributes that are made a
 * token with the right checksum: bytes that are mutated blindly never have it.
 * What is read is canonical: it is written, and read again, as it is.
 */
#include <stdlib.h>
#include <string.h>

#include <vdev/vdev.h>

#include "declaration.h"
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

static char *token_of(const struct input *input)
{
	struct vdev_declaration raw = {
		.attrs = (const struct nlattr *)input->data, .len = input->size,
	};

	return vdev_declaration_format(&raw);
}

static struct vdev_declaration *parse(const char *token)
{
	struct vdev_declaration *declaration = NULL;
	char why[VDEV_WHY_SIZE] = "";
	int err = vdev_declaration_parse(token, &declaration, why);

	MUST(!err == !!declaration, why);
	MUST(!err == !why[0], why);
	must_be_printable(why, strlen(why));
	return declaration;
}

static void must_be_same(const struct vdev_declaration *a, const struct vdev_declaration *b)
{
	MUST(a->len == b->len, NULL);
	MUST(!memcmp(a->attrs, b->attrs, a->len), NULL);
}

/* Made of what it tells, it is the same, unless there is more to it. */
static void make_anew(const struct vdev_declaration *declaration)
{
	const struct vdev_record *record = vdev_declaration_record(declaration);
	struct vdev_draft draft = {
		.kind = vdev_declaration_kind(declaration),
		.migration = vdev_declaration_migration(declaration),
		.blockers = vdev_declaration_blocker(declaration, 0),
		.num_blockers = vdev_declaration_num_blockers(declaration),
		.device_api = vdev_record_device_api(record),
		.model = vdev_record_model(record),
		.type = vdev_record_type(record),
		.software_version = vdev_record_software_version(record),
		.versions = vdev_record_version(record, 0),
		.num_versions = vdev_record_num_versions(record),
		.versions_rule = vdev_record_versions_rule(record),
		.features = vdev_record_feature(record, 0),
		.num_features = vdev_record_num_features(record),
		.params = vdev_record_param(record, 0),
		.num_params = vdev_record_num_params(record),
		.aggregation = vdev_record_aggregation(record),
	};
	struct vdev_declaration *anew;
	char why[VDEV_WHY_SIZE];

	if (vdev_declaration_num_unknown(declaration))
		return;
	MUST(!vdev_declaration_new(&draft, sizeof(draft), &anew, why), why);
	must_be_same(anew, declaration);
	vdev_declaration_free(anew);
}

/* What is judged by its own rules is at worst blocked or not declared. */
static void judge(const struct vdev_declaration *declaration)
{
	struct vdev_judgement *judgement = vdev_judge(declaration, declaration);

	MUST(vdev_judgement_verdict(judgement) != VDEV_VERDICT_COMPATIBLE, NULL);
	MUST(vdev_judgement_verdict(judgement) != VDEV_VERDICT_INCOMPATIBLE, NULL);
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
	make_anew(declaration);
	judge(declaration);
	free(token);
	vdev_declaration_free(again);
	vdev_declaration_free(declaration);
	return 0;
}
