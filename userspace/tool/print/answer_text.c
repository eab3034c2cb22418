// SPDX-License-Identifier: GPL-2.0
/*
 * A judgement for people: the verdict on one line, then a line for each finding
 * that is against it or that says who does not declare anything.
 */
#include <inttypes.h>

#include "answer_text.h"
#include "cli/text.h"
#include "colours.h"
#include "common/words.h"
#include "out_text.h"

/* What the codes mean; those of findings that speak for the target are absent. */
static const char *const sentences[] = {
	[VDEV_CODE_SOURCE_UNDECLARED] = "the source's driver publishes no migration contract",
	[VDEV_CODE_TARGET_UNDECLARED] = "the target's driver publishes no migration contract",
	[VDEV_CODE_SOURCE_UNSUPPORTED] =
		"the source's driver declares that its state cannot be moved",
	[VDEV_CODE_TARGET_UNSUPPORTED] =
		"the target's driver declares that its state cannot be moved",
	[VDEV_CODE_SOURCE_BLOCKED] = "the source is blocked",
	[VDEV_CODE_TARGET_BLOCKED] = "the target is blocked",
	[VDEV_CODE_DEVICE_API] = "the target shows another interface",
	[VDEV_CODE_MODEL] = "the target accepts no such model",
	[VDEV_CODE_TYPE] = "the target accepts no such type",
	[VDEV_CODE_VERSION_DIFFERS] = "the versions must be the same",
	[VDEV_CODE_VERSION_MAJOR] = "the major numbers differ",
	[VDEV_CODE_VERSION_MINOR] = "the target's minor number is smaller",
	[VDEV_CODE_VERSION_RANGE] = "the target accepts other versions",
	[VDEV_CODE_VERSION_NOT_ACCEPTED] = "the target does not accept this version",
	[VDEV_CODE_FEATURE_MISSING] = "the target lacks what the source has",
	[VDEV_CODE_FEATURE_REQUIRED] = "the source lacks what the target requires",
	[VDEV_CODE_FEATURE_DIFFERS] = "the bits must be the same",
	[VDEV_CODE_VALUE_TYPE_DIFFERS] = "the values are of different types",
	[VDEV_CODE_VALUE_DIFFERS] = "the values must be the same",
	[VDEV_CODE_VALUE_NOT_ALLOWED] = "the target does not accept this value",
	[VDEV_CODE_TOO_SMALL] = "the target's value is too small",
	[VDEV_CODE_TOO_LARGE] = "the target's value is too large",
	[VDEV_CODE_PARAM_UNKNOWN] = "the target does not know it",
	[VDEV_CODE_AGGREGATION_BASE] = "the base units are not the same",
	[VDEV_CODE_AGGREGATION_TOTAL] = "the numbers of base units are not the same",
	[VDEV_CODE_AGGREGATION_SPLIT] = "the same total, of other instances",
	[VDEV_CODE_AGGREGATION_LIMIT] = "the target cannot aggregate as many",
	[VDEV_CODE_RESOURCE_IMPOSSIBLE] = "what is needed can never exist at the target",
	[VDEV_CODE_SOURCE_UNKNOWN] = "this part of the source is not known here",
	[VDEV_CODE_TARGET_UNKNOWN] = "this part of the target is not known here",
	[VDEV_CODE_DRIVER_VETO] = "the target's driver rejects it",
	[VDEV_CODE_NO_DIRTY_TRACKING] = "neither the source's driver nor its IOMMU reports "
					"what the device writes to memory",
	[VDEV_CODE_CEILING] = "the administrator of the target's host does not allow it",
};

void answer_value(FILE *file, const struct vdev_value *value)
{
	if (value->type == VDEV_VALUE_TYPE_U64)
		fprintf(file, "%" PRIu64, value->u64);
	else if (value->type == VDEV_VALUE_TYPE_STRING)
		text_quoted(file, value->string);
	else if (value->type == VDEV_VALUE_TYPE_BOOL)
		fputs(value->boolean ? "true" : "false", file);
	else
		fputc('-', file);
}

struct bit_printer {
	FILE *file;
	const char *set;
	const char *device_api;
};

static void print_bit(unsigned int bit, void *arg)
{
	struct bit_printer *printer = arg;
	char buffer[WORD_SIZE];

	fprintf(printer->file, " %s",
		word_bit(printer->set, printer->device_api, bit, buffer));
}

void answer_bits(FILE *file, const struct answer *answer, const struct vdev_finding *finding,
		 const struct vdev_bitmap *bitmap)
{
	struct bit_printer printer = {
		.file = file,
		.set = finding->name,
		.device_api = answer->device_api,
	};

	each_bit(bitmap, print_bit, &printer);
}

/* Which operand does not report a value follows from the other's. */
static const char *silent_operand(const struct vdev_finding *finding)
{
	if (finding->source.type && !finding->target.type)
		return "the target does not report it";
	if (finding->target.type && !finding->source.type)
		return "the source does not report it";
	return "the source or the target does not report it";
}

static const char *sentence(const struct vdev_finding *finding, char buffer[WORD_SIZE])
{
	if (finding->code == VDEV_CODE_MISSING || finding->code == VDEV_CODE_NOT_REPORTED)
		return silent_operand(finding);
	if (finding->code < ARRAY_SIZE(sentences) && sentences[finding->code])
		return sentences[finding->code];
	return word_or_number(vdev_code_name(finding->code), finding->code, buffer);
}

void answer_code(FILE *file, uint32_t code)
{
	const struct vdev_finding finding = { .code = code };
	char buffer[WORD_SIZE];

	fputs(sentence(&finding, buffer), file);
	fprintf(file, " (%s)", word_or_number(vdev_code_name(code), code, buffer));
}

/* A part of the line, with what stands between it and the one before. */
static void begin_part(FILE *file, bool *any, const char *key)
{
	fprintf(file, "%s %s", *any ? "," : ":", key);
	*any = true;
}

static void print_value(FILE *file, bool *any, const char *key, const struct vdev_value *value)
{
	if (!value->type)
		return;
	begin_part(file, any, key);
	fputc(' ', file);
	answer_value(file, value);
}

static void print_parts(FILE *file, const struct answer *answer,
			const struct vdev_finding *finding)
{
	bool any = false;

	if (finding->reason) {
		begin_part(file, &any, "");
		text_put(file, finding->reason);
	}
	print_value(file, &any, "source", &finding->source);
	print_value(file, &any, "target", &finding->target);
	if (finding->missing.words) {
		begin_part(file, &any, "missing");
		answer_bits(file, answer, finding, &finding->missing);
	}
	if (finding->unmet.words) {
		begin_part(file, &any, "unmet");
		answer_bits(file, answer, finding, &finding->unmet);
	}
}

static void print_field(FILE *file, const struct vdev_finding *finding)
{
	char buffer[WORD_SIZE];

	fputs(word_or_number(vdev_field_name(finding->field), finding->field, buffer), file);
	if (finding->name) {
		fputc(' ', file);
		text_quoted(file, finding->name);
	}
}

/* What is found, behind the field that it is about. */
static void print_found(FILE *file, const struct answer *answer,
			const struct vdev_finding *finding)
{
	char buffer[WORD_SIZE];

	fprintf(file, ": %s", sentence(finding, buffer));
	print_parts(file, answer, finding);
	fprintf(file, " (%s", word_or_number(vdev_code_name(finding->code), finding->code,
					     buffer));
	if (finding->field == VDEV_FIELD_BLOCKER && finding->result == VDEV_RESULT_FAIL)
		fputs(", permanent", file);
	if (finding->rule)
		fprintf(file, ", rule %s", word_or_number(vdev_rule_name(finding->rule),
							  finding->rule, buffer));
	fputc(')', file);
}

static void print_finding(FILE *file, const struct answer *answer,
			  const struct vdev_finding *finding)
{
	fputs("  ", file);
	colour_begin(file, colour_of_result(finding->result));
	print_field(file, finding);
	colour_end(file, colour_of_result(finding->result));
	print_found(file, answer, finding);
	fputc('\n', file);
}

/* With all that leaves a doubt about a good verdict. */
static bool wants_notes(const struct answer *answer)
{
	return answer->strict &&
	       verdict_status(vdev_judgement_verdict(answer->judgement)) == EXIT_DONE;
}

/* Notes about single fields are many where nothing is declared: in the table. */
static bool is_reason(const struct answer *answer, const struct vdev_finding *finding)
{
	if (finding->result == VDEV_RESULT_FAIL)
		return true;
	if (finding->result != VDEV_RESULT_NOTE)
		return false;
	return wants_notes(answer) || finding->field == VDEV_FIELD_MIGRATION ||
	       finding->field == VDEV_FIELD_BLOCKER || finding->field == VDEV_FIELD_UNKNOWN;
}

static void print_verdict(FILE *file, const struct answer *answer)
{
	uint32_t verdict = vdev_judgement_verdict(answer->judgement);
	char buffer[WORD_SIZE];

	if (answer->source) {
		text_put(file, answer->source);
		fputs(" -> ", file);
	}
	text_put(file, answer->target);
	fputs(": ", file);
	colour_puts(file, colour_of_verdict(verdict),
		    word_or_number(vdev_verdict_name(verdict), verdict, buffer));
}

void answer_verdict(FILE *file, const struct answer *answer)
{
	print_verdict(file, answer);
	fputc('\n', file);
}

/* What fails comes before what is noted. */
static const struct vdev_finding *first_reason(const struct answer *answer)
{
	const struct vdev_finding *first = NULL;
	unsigned int i;

	for (i = 0; i < vdev_judgement_num_findings(answer->judgement); i++) {
		const struct vdev_finding *finding = vdev_judgement_finding(answer->judgement, i);

		if (!is_reason(answer, finding))
			continue;
		if (finding->result == VDEV_RESULT_FAIL)
			return finding;
		first = first ? first : finding;
	}
	return first;
}

void answer_plain(FILE *file, const struct answer *answer)
{
	const struct vdev_finding *reason = first_reason(answer);
	uint32_t verdict = vdev_judgement_verdict(answer->judgement);
	char buffer[WORD_SIZE];

	text_put(file, answer->target);
	fprintf(file, ", is %s", word_or_number(vdev_verdict_name(verdict), verdict, buffer));
	if (!reason)
		return;
	fputs(": ", file);
	print_field(file, reason);
	print_found(file, answer, reason);
}

void answer_brief(FILE *file, const struct answer *answer)
{
	const struct vdev_finding *reason = first_reason(answer);
	char buffer[WORD_SIZE];

	print_verdict(file, answer);
	if (wants_notes(answer) && answer_doubtful(answer))
		fputs(", in doubt", file);
	if (reason) {
		fprintf(file, " (%s", word_or_number(vdev_field_name(reason->field),
						     reason->field, buffer));
		if (reason->name) {
			fputc(' ', file);
			text_quoted(file, reason->name);
		}
		fprintf(file, ": %s)", word_or_number(vdev_code_name(reason->code), reason->code,
						      buffer));
	}
	fputc('\n', file);
}

void answer_doubt(FILE *file, const struct answer *answer)
{
	const struct vdev_capacity *capacity = vdev_judgement_capacity(answer->judgement);

	if (!wants_notes(answer) || !answer_doubtful(answer))
		return;
	if (capacity && capacity->state > VDEV_CAPACITY_STATE_SUFFICIENT)
		fputs("  capacity: the target has no room now\n", file);
	fputs("  in doubt, which --strict does not accept\n", file);
}

void answer_stale(FILE *file, const struct answer *answer)
{
	if (vdev_judgement_stale(answer->judgement))
		text_stale(file, "target", vdev_judgement_age(answer->judgement));
}

void answer_reasons(FILE *file, const struct answer *answer)
{
	unsigned int i;

	for (i = 0; i < vdev_judgement_num_findings(answer->judgement); i++) {
		const struct vdev_finding *finding = vdev_judgement_finding(answer->judgement, i);

		if (is_reason(answer, finding))
			print_finding(file, answer, finding);
	}
}

void answer_truncated(FILE *file, const struct answer *answer)
{
	if (vdev_judgement_truncated(answer->judgement))
		fputs("  findings are left out: with all of them the answer would be too large\n",
		      file);
}
