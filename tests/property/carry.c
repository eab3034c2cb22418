// SPDX-License-Identifier: GPL-2.0
/* Random sides as what travels between hosts. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../unit/draft_again.h"
#include "carry.h"

#define CHOICES 3
#define LONG_16 "0123456789abcdef"
#define LONG_48 LONG_16 LONG_16 LONG_16
#define LONG_240 LONG_48 LONG_48 LONG_48 LONG_48 LONG_48

/* No text stands for two words. */
static const char *const texts[CARRY_WORDS][CHOICES] = {
	{ "a", "example.org/nic/v1", "A" LONG_240 "0123456789abcd" },
	{ "b", "b\303\244\342\202\254\360\237\230\200", "two words" },
	{ "c", "%41,=;/\\\"'<>&$`", "c:d" },
	{ "d", "vfio-D", " d " },
};

static const char *const names[CARRY_WORDS][CHOICES] = {
	{ "a", "mac", "a.b:c;d%41,e=f\\g\"h'i<j>k&l$m`n" },
	{ "b", "B", "b" LONG_48 "0123456789abcd" },
	{ "c", "max-vqp", "c_" },
	{ "d", "0", "~" },
};

void carry_words_random(struct carry_words *words, struct random *random)
{
	unsigned int i;

	for (i = 0; i < CARRY_WORDS; i++) {
		words->texts[i] = texts[i][random_below(random, CHOICES)];
		words->names[i] = names[i][random_below(random, CHOICES)];
	}
}

static void translate(const char **word, const char *const *dictionary)
{
	if (*word)
		*word = dictionary[**word - 'a'];
}

static void translate_value(struct vdev_value *value, const char *const *dictionary)
{
	if (value->type == VDEV_VALUE_TYPE_STRING)
		translate(&value->string, dictionary);
}

static void translate_param(struct made *made, unsigned int at, const struct carry_words *words)
{
	struct vdev_param *param = &made->params[at];
	struct vdev_allowed *allowed = (struct vdev_allowed *)param->allowed;
	unsigned int i;

	translate(&param->name, words->names);
	translate_value(&param->value, words->texts);
	translate_value(&param->off, words->texts);
	for (i = 0; i < param->num_allowed; i++)
		translate(&allowed[i].string, words->texts);
}

void carry_translate(struct made *made, const struct carry_words *words)
{
	struct vdev_record *record = &made->record;
	struct vdev_ident *idents[] = { &record->device_api, &record->model, &record->type };
	unsigned int i, j;

	for (i = 0; i < 3; i++) {
		translate(&idents[i]->value, words->texts);
		for (j = 0; j < idents[i]->num_accept; j++)
			translate(&made->accept[i][j], words->texts);
	}
	for (i = 0; i < record->num_versions; i++)
		translate(&made->versions[i].name, words->names);
	for (i = 0; i < record->num_features; i++)
		translate(&made->features[i].name, words->names);
	for (i = 0; i < record->num_params; i++)
		translate_param(made, i, words);
	for (i = 0; i < made->operand.num_blockers; i++)
		translate(&made->blockers[i].name, words->names);
	translate(&record->aggregation.base, words->names);
}

static struct vdev_declaration *must_declare(const struct vdev_draft *draft)
{
	struct vdev_declaration *declaration;
	struct vdev_error error = { 0 };

	if (vdev_declaration_new(draft, sizeof(*draft), &declaration, &error)) {
		fprintf(stderr, "not declared: %s\n", error.message);
		abort();
	}
	return declaration;
}

struct vdev_declaration *carry_declare(const struct made *made)
{
	const struct vdev_record *record = &made->record;
	const struct vdev_draft draft = {
		.kind = (enum vdev_object_kind)made->operand.kind,
		.migration = made->operand.migration,
		.capabilities = made->operand.capabilities,
		.blockers = made->operand.blockers,
		.num_blockers = made->operand.num_blockers,
		.device_api = &record->device_api,
		.model = &record->model,
		.type = &record->type,
		.software_version = record->software_version,
		.versions = record->versions,
		.num_versions = record->num_versions,
		.versions_rule = record->versions_rule,
		.features = record->features,
		.num_features = record->num_features,
		.params = record->params,
		.num_params = record->num_params,
		.aggregation = &record->aggregation,
		.unknown = made->operand.unknown,
		.num_unknown = made->operand.num_unknown,
	};

	return must_declare(&draft);
}

struct vdev_declaration *carry_again(const struct vdev_declaration *declaration)
{
	const char *unknown[MADE_UNKNOWN];
	struct vdev_draft draft = draft_again(declaration);
	unsigned int i;

	draft.unknown = unknown;
	draft.num_unknown = vdev_declaration_num_unknown(declaration);
	for (i = 0; i < draft.num_unknown; i++)
		unknown[i] = vdev_declaration_unknown(declaration, i);

	return must_declare(&draft);
}

struct vdev_declaration *carry_over(const struct vdev_declaration *declaration)
{
	char *token = vdev_declaration_format(declaration);
	struct vdev_declaration *carried;
	struct vdev_error error = { 0 };

	if (!token || vdev_declaration_parse(token, &carried, &error)) {
		fprintf(stderr, "token rejected: %s\n%s\n", error.message, token ? token : "none");
		abort();
	}
	free(token);
	return carried;
}

/* Whether the next finding of a judgement, of which @num were seen, is this one. */
static bool has_next(const struct vdev_judgement *judgement, unsigned int *num,
		     const struct vdev_finding *expected, bool terse)
{
	const struct vdev_finding *finding;

	if (terse && expected->result != VDEV_RESULT_FAIL &&
	    expected->result != VDEV_RESULT_NOTE)
		return true;
	finding = vdev_judgement_finding(judgement, (*num)++);
	return finding && same_finding(finding, expected);
}

bool same_answer(const struct judged *judged, const struct vdev_judgement *judgement,
		 bool terse)
{
	unsigned int i, num = 0;

	for (i = 0; i < judged->num; i++) {
		if (!has_next(judgement, &num, &judged->findings[i], terse))
			return false;
	}
	return num == vdev_judgement_num_findings(judgement) &&
	       judged->check.verdict == vdev_judgement_verdict(judgement) &&
	       same_rank(&judged->check.rank, vdev_judgement_rank(judgement));
}

bool same_report(const struct vdev_judgement *whole, const struct vdev_judgement *judgement,
		 bool terse)
{
	unsigned int i, num = 0, reported = vdev_judgement_num_findings(judgement);
	bool truncated = vdev_judgement_truncated(judgement);

	if (truncated && reported >= vdev_judgement_num_findings(whole))
		return false;
	for (i = 0; i < vdev_judgement_num_findings(whole); i++) {
		/* What comes last is left out, after all that decides nothing. */
		if (truncated && num == reported)
			break;
		if (!has_next(judgement, &num, vdev_judgement_finding(whole, i),
			      terse || truncated))
			return false;
	}
	return num == reported &&
	       vdev_judgement_verdict(whole) == vdev_judgement_verdict(judgement) &&
	       same_rank(vdev_judgement_rank(whole), vdev_judgement_rank(judgement));
}
