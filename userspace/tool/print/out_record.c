// SPDX-License-Identifier: GPL-2.0
/* The compared part of an endpoint for people. */
#include <inttypes.h>
#include <stdlib.h>

#include "bricks.h"
#include "cli/text.h"
#include "common/words.h"
#include "out_record.h"

/* What the headline leaves out of an identifying string. */
static void print_ident(FILE *file, const char *key, const struct vdev_ident *ident)
{
	unsigned int i;

	if (!ident)
		return;
	fprintf(file, "  %s", key);
	if (ident->value) {
		fputc(' ', file);
		text_quoted(file, ident->value);
	}
	text_enum(file, "rule", vdev_rule_name(ident->rule), ident->rule);
	for (i = 0; i < ident->num_accept; i++) {
		fputs(i ? " " : " accept ", file);
		text_quoted(file, ident->accept[i]);
	}
	fputc('\n', file);
}

static void print_range(FILE *file, const struct vdev_semver_range *range)
{
	char buffer[WORD_SIZE];

	word_semver(&range->from, buffer);
	fprintf(file, " %s-", buffer);
	if (range->open)
		return;
	word_semver(&range->to, buffer);
	fputs(buffer, file);
}

static void print_software_version(FILE *file, const struct vdev_software_version *version,
				   bool details)
{
	char buffer[WORD_SIZE];
	unsigned int i;

	if (!version)
		return;
	fputs("  software-version", file);
	word_semver(&version->value, buffer);
	if (version->has_value)
		fprintf(file, " %s", buffer);
	text_enum(file, "rule", vdev_rule_name(version->rule), version->rule);
	if (details && version->num_accept)
		fputs(" accept", file);
	for (i = 0; details && i < version->num_accept; i++)
		print_range(file, &version->accept[i]);
	fputc('\n', file);
}

static void print_versions(FILE *file, const struct vdev_record *record)
{
	uint32_t rule = vdev_record_versions_rule(record);
	unsigned int num = vdev_record_num_versions(record);
	unsigned int i;

	if (!num && !rule)
		return;
	fputs("  versions", file);
	text_enum(file, "rule", vdev_rule_name(rule), rule);
	if (num)
		fputc(':', file);
	for (i = 0; i < num; i++) {
		const struct vdev_version *version = vdev_record_version(record, i);

		fputc(' ', file);
		text_quoted(file, version->name ? version->name : "");
		text_flags(file, "(", vdev_version_flag_name, version->flags, ")");
	}
	fputc('\n', file);
}

struct bit_printer {
	FILE *file;
	const struct vdev_feature *feature;
	const char *device_api;
};

static void print_bit(unsigned int bit, void *arg)
{
	struct bit_printer *printer = arg;
	char buffer[WORD_SIZE];

	fprintf(printer->file, " %s",
		word_bit(printer->feature->name, printer->device_api, bit, buffer));
}

static void print_bitmap(struct bit_printer *printer, const char *key,
			 const struct vdev_bitmap *bitmap)
{
	char *hex;

	if (!bitmap->words)
		return;
	hex = word_bitmap(bitmap);
	fprintf(printer->file, "    %s %s:", key, hex ? hex : "");
	free(hex);
	each_bit(bitmap, print_bit, printer);
	fputc('\n', printer->file);
}

/* The most important set of the endpoint: what it offers, or else could offer. */
static void print_main_bitmap(struct bit_printer *printer)
{
	const struct vdev_feature *feature = printer->feature;
	bool own = feature->provisioned.words;

	if (!own && !feature->supported.words) {
		fputc('\n', printer->file);
		return;
	}
	fprintf(printer->file, " %s:", own ? "provisioned" : "supported");
	each_bit(own ? &feature->provisioned : &feature->supported, print_bit, printer);
	fputc('\n', printer->file);
}

static void print_feature(FILE *file, const struct vdev_feature *feature, const char *device_api,
			  bool details)
{
	struct bit_printer printer = {
		.file = file,
		.feature = feature,
		.device_api = device_api,
	};

	fputc(' ', file);
	text_word(file, "feature", feature->name ? feature->name : "");
	text_enum(file, "rule", vdev_rule_name(feature->rule), feature->rule);
	if (!details) {
		print_main_bitmap(&printer);
		return;
	}
	fputc('\n', file);
	print_bitmap(&printer, "supported", &feature->supported);
	print_bitmap(&printer, "provisioned", &feature->provisioned);
	print_bitmap(&printer, "required", &feature->required);
	print_bitmap(&printer, "negotiated", &feature->negotiated);
}

static void print_allowed(FILE *file, const struct vdev_param *param)
{
	unsigned int i;

	if (param->num_allowed)
		fputs(" allowed", file);
	for (i = 0; i < param->num_allowed; i++) {
		const struct vdev_allowed *allowed = &param->allowed[i];

		fputc(' ', file);
		if (allowed->string)
			text_quoted(file, allowed->string);
		else if (allowed->low > allowed->high)
			fputs("unknown", file);
		else if (allowed->low == allowed->high)
			fprintf(file, "%" PRIu64, allowed->low);
		else
			fprintf(file, "%" PRIu64 "-%" PRIu64, allowed->low, allowed->high);
	}
}

static void print_param(FILE *file, const struct vdev_param *param, bool details)
{
	fputc(' ', file);
	text_word(file, "param", param->name ? param->name : "");
	text_value(file, "", &param->value);
	if (details)
		text_enum(file, "value-type", vdev_value_type_name(param->type), param->type);
	text_enum(file, "rule", vdev_rule_name(param->rule), param->rule);
	if (details) {
		text_enum(file, "origin", vdev_origin_name(param->origin), param->origin);
		text_flags(file, " flags ", vdev_param_flag_name, param->flags, "");
		text_value(file, "off-value", &param->off);
		print_allowed(file, param);
	}
	fputc('\n', file);
}

static void print_number(FILE *file, const char *key, uint64_t number)
{
	if (number)
		fprintf(file, " %s %" PRIu64, key, number);
}

static void print_aggregation(FILE *file, const struct vdev_aggregation *aggregation)
{
	if (!aggregation)
		return;
	fputs("  aggregation", file);
	text_word(file, "base", aggregation->base);
	print_number(file, "units", aggregation->units);
	print_number(file, "count", aggregation->count);
	print_number(file, "total", aggregation->total);
	print_number(file, "limit", aggregation->limit);
	text_enum(file, "rule", vdev_rule_name(aggregation->rule), aggregation->rule);
	if (aggregation->resplit)
		fputs(" resplit", file);
	fputc('\n', file);
}

static void print_limited_feature(FILE *file, const struct vdev_ceiling_feature *limit,
				  const char *device_api)
{
	const struct vdev_feature feature = { .name = limit->name };
	struct bit_printer printer = { .file = file, .feature = &feature, .device_api = device_api };
	char *hex = word_bitmap(&limit->mask);

	fputs("  ceiling", file);
	text_word(file, "feature", limit->name ? limit->name : "");
	fprintf(file, " %s:", hex ? hex : "");
	free(hex);
	each_bit(&limit->mask, print_bit, &printer);
	fputc('\n', file);
}

static void print_ceiling(FILE *file, const struct vdev_ceiling *ceiling, const char *device_api)
{
	unsigned int i;

	if (!ceiling)
		return;
	if (ceiling->max_version) {
		fputs("  ceiling", file);
		text_word(file, "max-version", ceiling->max_version);
		fputc('\n', file);
	}
	for (i = 0; i < ceiling->num_features; i++)
		print_limited_feature(file, &ceiling->features[i], device_api);
	for (i = 0; i < ceiling->num_params; i++) {
		fputs("  ceiling", file);
		text_word(file, "param", ceiling->params[i].name ? ceiling->params[i].name : "");
		fprintf(file, " %" PRIu64 "-%" PRIu64 "\n", ceiling->params[i].low,
			ceiling->params[i].high);
	}
}

void text_record(FILE *file, const struct vdev_record *record, bool details)
{
	const struct vdev_ident *api = vdev_record_device_api(record);
	unsigned int i;

	if (details) {
		print_ident(file, "device-api", api);
		print_ident(file, "model", vdev_record_model(record));
		print_ident(file, "type", vdev_record_type(record));
	}
	print_software_version(file, vdev_record_software_version(record), details);
	print_versions(file, record);
	for (i = 0; i < vdev_record_num_features(record); i++)
		print_feature(file, vdev_record_feature(record, i), api ? api->value : NULL,
			      details);
	for (i = 0; i < vdev_record_num_params(record); i++)
		print_param(file, vdev_record_param(record, i), details);
	print_aggregation(file, vdev_record_aggregation(record));
	print_ceiling(file, vdev_record_ceiling(record), api ? api->value : NULL);
}
