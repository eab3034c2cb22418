// SPDX-License-Identifier: GPL-2.0
/*
 * Sides as endpoints of the simulator: its words for all that a side says.
 * Documentation/simulator.rst has the language.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "control.h"

#define FOLDER "/sys/kernel/debug/vdev_sim/"
/* The longest line that the simulator takes. */
#define LINE_SIZE 131072

struct line {
	char text[LINE_SIZE];
	size_t len;
};

static void add_list(struct line *line, const char *format, va_list args)
{
	size_t room = sizeof(line->text) - line->len;
	int len = vsnprintf(line->text + line->len, room, format, args);

	if (len < 0 || (size_t)len >= room)
		abort();
	line->len += (size_t)len;
}

__attribute__((format(printf, 2, 3)))
static void add(struct line *line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	add_list(line, format, args);
	va_end(args);
}

static void add_escaped(struct line *line, const char *before, const char *text)
{
	add(line, "%s", before);
	for (; *text; text++)
		add(line, "%%%02x", (unsigned char)*text);
}

static void add_ident(struct line *line, const char *key, const struct vdev_ident *ident)
{
	unsigned int i;

	if (!ident->value)
		return;
	add(line, " %s=", key);
	add_escaped(line, "", ident->value);
	add(line, ",rule=%u", ident->rule);
	for (i = 0; i < ident->num_accept; i++)
		add_escaped(line, ",accept=", ident->accept[i]);
}

static void add_semver(struct line *line, const char *before, const struct vdev_semver *version)
{
	add(line, "%s%u.%u.%u", before, version->major, version->minor, version->bugfix);
}

static void add_software_version(struct line *line, const struct vdev_software_version *version)
{
	unsigned int i;

	if (!version)
		return;
	add_semver(line, " software-version=", &version->value);
	add(line, ",rule=%u", version->rule);
	for (i = 0; i < version->num_accept; i++) {
		add_semver(line, ",accept=", &version->accept[i].from);
		add(line, "-");
		if (!version->accept[i].open)
			add_semver(line, "", &version->accept[i].to);
	}
}

static void add_versions(struct line *line, const struct vdev_record *record)
{
	unsigned int i;

	if (record->num_versions)
		add(line, " versions-rule=%u", record->versions_rule);
	for (i = 0; i < record->num_versions; i++) {
		add_escaped(line, " version+=", record->versions[i].name);
		add(line, ",flags=%u", record->versions[i].flags);
	}
}

static void add_bitmap(struct line *line, const char *field, const struct vdev_bitmap *bitmap)
{
	unsigned int i;

	if (!bitmap->words)
		return;
	add(line, ",%s=", field);
	for (i = bitmap->num_words; i--;)
		add(line, "%016llx", (unsigned long long)bitmap->words[i]);
	add(line, "/%u", 64 * bitmap->num_words);
}

static void add_feature(struct line *line, const struct vdev_feature *feature)
{
	add_escaped(line, " feature+=", feature->name);
	add(line, ",rule=%u", feature->rule);
	add_bitmap(line, "supported", &feature->supported);
	add_bitmap(line, "provisioned", &feature->provisioned);
	add_bitmap(line, "required", &feature->required);
	add_bitmap(line, "negotiated", &feature->negotiated);
}

static void add_value(struct line *line, const char *field, const struct vdev_value *value)
{
	switch (value->type) {
	case VDEV_VALUE_TYPE_U64:
		add(line, ",%s=u64:%llu", field, (unsigned long long)value->u64);
		break;
	case VDEV_VALUE_TYPE_STRING:
		add(line, ",%s=string:", field);
		add_escaped(line, "", value->string);
		break;
	case VDEV_VALUE_TYPE_BOOL:
		add(line, ",%s=bool:%s", field, value->boolean ? "true" : "false");
		break;
	}
}

static void add_param(struct line *line, const struct vdev_param *param)
{
	unsigned int i;

	add_escaped(line, " param+=", param->name);
	add(line, ",value-type=%u,rule=%u,flags=%u,origin=%u", param->type, param->rule, param->flags,
	    param->origin);
	add_value(line, "value", &param->value);
	add_value(line, "off", &param->off);
	for (i = 0; i < param->num_allowed; i++) {
		const struct vdev_allowed *allowed = &param->allowed[i];

		if (param->type == VDEV_VALUE_TYPE_STRING)
			add_escaped(line, ",allow=string:", allowed->string);
		else
			add(line, ",allow=u64:%llu-%llu", (unsigned long long)allowed->low,
			    (unsigned long long)allowed->high);
	}
}

static void add_aggregation(struct line *line, const struct vdev_aggregation *aggregation)
{
	if (!aggregation->base)
		return;
	add_escaped(line, " aggregation=", aggregation->base);
	add(line, ",units=%u,count=%u,limit=%u,rule=%u,resplit=%s", aggregation->units,
	    aggregation->count, aggregation->limit, aggregation->rule,
	    aggregation->resplit ? "true" : "false");
}

static void add_record(struct line *line, const struct vdev_record *record)
{
	unsigned int i;

	add_ident(line, "device-api", &record->device_api);
	add_ident(line, "model", &record->model);
	add_ident(line, "type", &record->type);
	add_software_version(line, record->software_version);
	add_versions(line, record);
	for (i = 0; i < record->num_features; i++)
		add_feature(line, &record->features[i]);
	for (i = 0; i < record->num_params; i++)
		add_param(line, &record->params[i]);
	add_aggregation(line, &record->aggregation);
}

static void add_operand(struct line *line, const struct vdev_operand *operand)
{
	unsigned int i;

	add(line, " migration=%u capabilities=%u", operand->migration, operand->capabilities);
	for (i = 0; i < operand->num_blockers; i++) {
		add_escaped(line, " blocker+=", operand->blockers[i].name);
		add_escaped(line, ",reason=", operand->blockers[i].reason);
		add(line, ",flags=%u", operand->blockers[i].flags);
	}
	if (operand->capacity)
		add(line, " capacity=%u", operand->capacity);
	add_record(line, operand->record);
}

static void why_rejected(const char *line)
{
	char reason[512];
	int fd = open(FOLDER "last_error", O_RDONLY | O_CLOEXEC);
	ssize_t len = fd < 0 ? 0 : read(fd, reason, sizeof(reason));

	fprintf(stderr, "the simulator rejected: %.*s%s", (int)len, reason, line);
	exit(1);
}

static void write_line(struct line *line)
{
	int fd = open(FOLDER "control", O_WRONLY | O_CLOEXEC);

	add(line, "\n");
	if (fd < 0 || write(fd, line->text, line->len) != (ssize_t)line->len)
		why_rejected(line->text);
	close(fd);
}

void control_do(const char *format, ...)
{
	static struct line line;
	va_list args;

	line.len = 0;
	va_start(args, format);
	add_list(&line, format, args);
	va_end(args);
	write_line(&line);
}

void control_facts(const struct vdev_operand *operand, const char *format, ...)
{
	static struct line line;
	va_list args;

	line.len = 0;
	va_start(args, format);
	add_list(&line, format, args);
	va_end(args);
	add_operand(&line, operand);
	write_line(&line);
}
