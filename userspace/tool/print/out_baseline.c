// SPDX-License-Identifier: GPL-2.0
/* What the hosts have in common for a model, for people and as JSON. */
#include <inttypes.h>

#include "cli/text.h"
#include "format/json.h"
#include "format/keys.h"
#include "format/words.h"
#include "out_baseline.h"

/* The word for a candidate, which has no name if it is of the state stream. */
static const char *word(const struct candidate *candidate, char buffer[WORD_SIZE])
{
	if (candidate->name)
		return candidate->name;
	word_semver(&candidate->semver, buffer);
	return buffer;
}

static void print_ends(const struct version_range *range)
{
	char buffer[WORD_SIZE];

	fputs(" oldest ", stdout);
	text_quoted(stdout, word(range->oldest, buffer));
	fputs(" newest ", stdout);
	text_quoted(stdout, word(range->newest, buffer));
}

static const char *host_name(const struct group *group, size_t host)
{
	return document_label(group->hosts->documents[host]->name);
}

static void print_hindrance(const struct group *group, const struct version_range *range)
{
	char buffer[WORD_SIZE];
	size_t i;

	if (range->disordered[0]) {
		fputs(" none: hosts disagree about the order of ", stdout);
		text_quoted(stdout, word(range->disordered[0], buffer));
		fputs(" and ", stdout);
		text_quoted(stdout, word(range->disordered[1], buffer));
		return;
	}
	fputs(" none: nearest ", stdout);
	text_quoted(stdout, word(range->nearest, buffer));
	fputs(" in-the-way", stdout);
	for (i = 0; i < group->hosts->num; i++) {
		if (group_takes(group, i, range, range->nearest))
			continue;
		putchar(' ');
		text_quoted(stdout, host_name(group, i));
	}
}

static void print_version_range(const struct group *group, const char *key, const struct version_range *range)
{
	if (!range->num)
		return;
	printf("  %s", key);
	if (range->oldest)
		print_ends(range);
	else
		print_hindrance(group, range);
	putchar('\n');
}

static void print_absent(const struct group *group)
{
	bool any = false;
	size_t i;

	for (i = 0; i < group->hosts->num; i++) {
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
	printf(": hosts %zu\n", baseline->group.hosts->num);
	print_absent(&baseline->group);
	print_version_range(&baseline->group, "versions", &baseline->versions);
	print_version_range(&baseline->group, "software-version", &baseline->software);
}

static void put_hindrance(struct builder *builder, json_t *json, const struct group *group,
			  const struct version_range *range)
{
	json_t *list = build_array(builder);
	char buffer[WORD_SIZE];
	size_t i;

	if (range->disordered[0]) {
		append_string(builder, list, word(range->disordered[0], buffer));
		append_string(builder, list, word(range->disordered[1], buffer));
		put(builder, json, "disordered", list);
		return;
	}
	put_string(builder, json, "nearest", word(range->nearest, buffer));
	for (i = 0; i < group->hosts->num; i++)
		if (!group_takes(group, i, range, range->nearest))
			append_string(builder, list, host_name(group, i));
	put_list(builder, json, "in-the-way", list);
}

static void put_version_range(struct builder *builder, json_t *object, const char *key,
			      const struct group *group, const struct version_range *range)
{
	char buffer[WORD_SIZE];
	json_t *json;

	if (!range->num)
		return;
	json = build_object(builder);
	if (range->oldest) {
		put_string(builder, json, "oldest", word(range->oldest, buffer));
		put_string(builder, json, "newest", word(range->newest, buffer));
	} else {
		put_hindrance(builder, json, group, range);
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

	put_string(&builder, json, KEY_RECORD_MODEL, group->members[0].model);
	put_u64(&builder, json, "hosts", group->hosts->num);
	for (i = 0; i < group->hosts->num; i++)
		if (!group_has(group, i))
			append_string(&builder, absent, host_name(group, i));
	put_list(&builder, json, "absent", absent);
	put_version_range(&builder, json, KEY_RECORD_VERSIONS, group, &baseline->versions);
	put_version_range(&builder, json, KEY_RECORD_SOFTWARE_VERSION, group,
			  &baseline->software);
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}
