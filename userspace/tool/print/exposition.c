// SPDX-License-Identifier: GPL-2.0
/*
 * The text format of Prometheus. Values of labels come from the kernel: what would end one is
 * escaped as the format says, and what is no text, or would do something in a terminal, is
 * made visible, because one wrong byte has the whole file rejected.
 */
#include <inttypes.h>
#include <string.h>

#include "kernel/model/utf8.h"

#include "common/escape.h"
#include "exposition.h"

static void put_bytes(FILE *file, const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		fprintf(file, "\\\\x%02x", (unsigned char)text[i]);
}

static void put_value(FILE *file, const char *text)
{
	uint32_t code;
	size_t len;

	for (; *text; text += len ? len : 1) {
		len = vdev_utf8_char(text, &code);
		if (*text == '\n')
			fputs("\\n", file);
		else if (!len || text_is_control(code))
			put_bytes(file, text, len ? len : 1);
		else
			fprintf(file, "%s%.*s", strchr("\"\\", *text) ? "\\" : "", (int)len, text);
	}
}

static void put_name(FILE *file, const struct metric *metric, const struct label *labels)
{
	const char *before = "{";

	fputs(metric->name, file);
	for (; labels && labels->name; labels++) {
		fprintf(file, "%s%s=\"", before, labels->name);
		put_value(file, labels->value ? labels->value : "");
		fputc('"', file);
		before = ",";
	}
	fputs(*before == ',' ? "} " : " ", file);
}

void exposition_head(FILE *file, const struct metric *metric)
{
	fprintf(file, "# HELP %s %s\n# TYPE %s %s\n", metric->name, metric->help, metric->name,
		metric->type);
}

void exposition_number(FILE *file, const struct metric *metric, const struct label *labels,
		       uint64_t number)
{
	put_name(file, metric, labels);
	fprintf(file, "%" PRIu64 "\n", number);
}

void exposition_seconds(FILE *file, const struct metric *metric, const struct label *labels,
			uint64_t number, unsigned int per_second)
{
	int digits = 0;
	unsigned int power;

	for (power = 1; power < per_second; power *= 10)
		digits++;
	put_name(file, metric, labels);
	fprintf(file, "%" PRIu64 ".%0*" PRIu64 "\n", number / per_second, digits,
		number % per_second);
}
