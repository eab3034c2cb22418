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

static void print_hindrance(const struct fleet *fleet, const char *model,
			    const struct span *span)
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
	for (i = 0; i < fleet->num; i++) {
		if (span->takes(fleet->hosts[i], model, span->nearest))
			continue;
		putchar(' ');
		text_quoted(stdout, document_label(fleet->hosts[i]->name));
	}
}

static void print_span(const struct fleet *fleet, const char *model, const char *key,
		       const struct span *span)
{
	if (!span->num)
		return;
	printf("  %s", key);
	if (span->oldest)
		print_ends(span);
	else
		print_hindrance(fleet, model, span);
	putchar('\n');
}

static void print_absent(const struct fleet *fleet, const char *model)
{
	bool any = false;
	size_t i;

	for (i = 0; i < fleet->num; i++) {
		if (baseline_has(fleet->hosts[i], model))
			continue;
		fputs(any ? " " : "  absent ", stdout);
		text_quoted(stdout, document_label(fleet->hosts[i]->name));
		any = true;
	}
	if (any)
		putchar('\n');
}

void baseline_print(const struct fleet *fleet, const struct baseline *baseline)
{
	text_put(stdout, baseline->model);
	printf(": hosts %zu\n", fleet->num);
	print_absent(fleet, baseline->model);
	print_span(fleet, baseline->model, "versions", &baseline->versions);
	print_span(fleet, baseline->model, "software-version", &baseline->software);
}

static void put_span(struct builder *builder, json_t *object, const char *key,
		     const struct fleet *fleet, const char *model, const struct span *span)
{
	json_t *json = build_object(builder);
	json_t *hosts = build_array(builder);
	json_t *pair = build_array(builder);
	char buffer[WORD_SIZE];
	size_t i;

	if (span->oldest) {
		put_string(builder, json, "oldest", word(span->oldest, buffer));
		put_string(builder, json, "newest", word(span->newest, buffer));
	} else if (span->disordered[0]) {
		append_string(builder, pair, word(span->disordered[0], buffer));
		append_string(builder, pair, word(span->disordered[1], buffer));
	} else if (span->nearest) {
		put_string(builder, json, "nearest", word(span->nearest, buffer));
		for (i = 0; i < fleet->num; i++)
			if (!span->takes(fleet->hosts[i], model, span->nearest))
				append_string(builder, hosts,
					      document_label(fleet->hosts[i]->name));
	}
	put_list(builder, json, "in-the-way", hosts);
	put_list(builder, json, "disordered", pair);
	if (span->num)
		put(builder, object, key, json);
	else
		json_decref(json);
}

json_t *baseline_json(const struct fleet *fleet, const struct baseline *baseline)
{
	const char *model = baseline->model;
	struct builder builder = { 0 };
	json_t *json = build_object(&builder);
	json_t *absent = build_array(&builder);
	size_t i;

	put_string(&builder, json, "model", model);
	put_u64(&builder, json, "hosts", fleet->num);
	for (i = 0; i < fleet->num; i++)
		if (!baseline_has(fleet->hosts[i], model))
			append_string(&builder, absent, document_label(fleet->hosts[i]->name));
	put_list(&builder, json, "absent", absent);
	put_span(&builder, json, "versions", fleet, model, &baseline->versions);
	put_span(&builder, json, "software-version", fleet, model, &baseline->software);
	if (!builder.broken)
		return json;
	json_decref(json);
	return NULL;
}
