// SPDX-License-Identifier: GPL-2.0
/* What the hosts have in common for a model, for people and as JSON. */
#include <inttypes.h>

#include "baseline.h"
#include "json.h"
#include "text.h"
#include "words.h"

/* The word for a candidate, which has no name if it is of the state stream. */
static const char *word(const struct candidate *candidate, char buffer[WORD_SIZE])
{
	if (candidate->name)
		return candidate->name;
	word_semver(&candidate->semver, buffer);
	return buffer;
}

static void print_ends(const struct span *span)
{
	char buffer[WORD_SIZE];

	fputs(" oldest ", stdout);
	text_quoted(stdout, word(span->oldest, buffer));
	fputs(" newest ", stdout);
	text_quoted(stdout, word(span->newest, buffer));
}

static const char *host_name(const struct group *group, size_t host)
{
	return document_label(group->fleet->hosts[host]->name);
}

static void print_hindrance(const struct group *group, const struct span *span)
{
	char buffer[WORD_SIZE];
	size_t i;

	if (span->disordered[0]) {
		fputs(" none: hosts disagree about the order of ", stdout);
		text_quoted(stdout, word(span->disordered[0], buffer));
		fputs(" and ", stdout);
		text_quoted(stdout, word(span->disordered[1], buffer));
		return;
	}
	fputs(" none: nearest ", stdout);
	text_quoted(stdout, word(span->nearest, buffer));
	fputs(" in-the-way", stdout);
	for (i = 0; i < group->fleet->num_hosts; i++) {
		if (group_takes(group, i, span, span->nearest))
			continue;
		putchar(' ');
		text_quoted(stdout, host_name(group, i));
	}
}

static void print_span(const struct group *group, const char *key, const struct span *span)
{
	if (!span->num)
		return;
	printf("  %s", key);
	if (span->oldest)
		print_ends(span);
	else
		print_hindrance(group, span);
	putchar('\n');
}

static void print_absent(const struct group *group)
{
	bool any = false;
	size_t i;

	for (i = 0; i < group->fleet->num_hosts; i++) {
		if (group_has(group, i))
			continue;
		fputs(any ? " " : "  absent ", stdout);
		text_quoted(stdout, host_name(group, i));
		any = true;
	}
	if (any)
		putchar('\n');
}

void baseline_print(const struct baseline *baseline)
{
	text_put(stdout, baseline->group.members[0].model);
	printf(": hosts %zu\n", baseline->group.fleet->num_hosts);
	print_absent(&baseline->group);
	print_span(&baseline->group, "versions", &baseline->versions);
	print_span(&baseline->group, "software-version", &baseline->software);
}

static void put_hindrance(struct builder *builder, json_t *json, const struct group *group,
			  const struct span *span)
{
	json_t *list = build_array(builder);
	char buffer[WORD_SIZE];
	size_t i;

	if (span->disordered[0]) {
		append_string(builder, list, word(span->disordered[0], buffer));
		append_string(builder, list, word(span->disordered[1], buffer));
		put(builder, json, "disordered", list);
		return;
	}
	put_string(builder, json, "nearest", word(span->nearest, buffer));
	for (i = 0; i < group->fleet->num_hosts; i++)
		if (!group_takes(group, i, span, span->nearest))
			append_string(builder, list, host_name(group, i));
	put_list(builder, json, "in-the-way", list);
}

static void put_span(struct builder *builder, json_t *object, const char *key,
		     const struct group *group, const struct span *span)
{
	char buffer[WORD_SIZE];
	json_t *json;

	if (!span->num)
		return;
	json = build_object(builder);
	if (span->oldest) {
		put_string(builder, json, "oldest", word(span->oldest, buffer));
		put_string(builder, json, "newest", word(span->newest, buffer));
	} else {
		put_hindrance(builder, json, group, span);
	}
	put(builder, object, key, json);
}

json_t *baseline_json(const struct baseline *baseline)
{
	const struct group *group = &baseline->group;
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	json_t *absent = build_array(&builder);
	size_t i;

	put_string(&builder, json, "model", group->members[0].model);
	put_u64(&builder, json, "hosts", group->fleet->num_hosts);
	for (i = 0; i < group->fleet->num_hosts; i++)
		if (!group_has(group, i))
			append_string(&builder, absent, host_name(group, i));
	put_list(&builder, json, "absent", absent);
	put_span(&builder, json, "versions", group, &baseline->versions);
	put_span(&builder, json, "software-version", group, &baseline->software);
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}
