// SPDX-License-Identifier: GPL-2.0
/*
 * "suggest": the commands that would make a target take the state of a source. A device is
 * changed where that is enough, or else created again; of a type, another one of the same
 * parent may do. Nothing is changed here.
 */
#include <errno.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/session.h"
#include "cmd.h"
#include "fetch.h"
#include "like.h"
#include "operand.h"
#include "ordering.h"
#include "pair.h"
#include "print/answer_text.h"
#include "print/out_suggest.h"
#include "provisioner.h"

#define MAX_COMMANDS 2

struct suggestion {
	const struct command *command;
	const struct options *options;
	struct vdev_sock *sock;
	struct vdev_provisioner *provisioner;
	struct document_cache cache;
	struct operand source;
	struct operand target;
	struct vdev_judgement *judgement;
	/* The target, if it is of this host. */
	struct vdev_object *object;
	struct places places;
	struct command_line lines[MAX_COMMANDS];
	size_t num;
};

static struct command_line *next_line(struct suggestion *suggestion)
{
	struct command_line *line = &suggestion->lines[suggestion->num++];

	command_line_add(line, "vdevctl", "dev");
	return line;
}

/* Whether nothing fails but parameters that can be given a value, and the aggregation. */
static bool only_values_fail(const struct vdev_judgement *judgement,
			     const struct config_words *words)
{
	unsigned int i;
	size_t failed = 0;

	for (i = 0; i < vdev_judgement_num_findings(judgement); i++) {
		const struct vdev_finding *finding = vdev_judgement_finding(judgement, i);

		if (finding->result != VDEV_RESULT_FAIL)
			continue;
		if (finding->field != VDEV_FIELD_PARAM && finding->field != VDEV_FIELD_AGGREGATION)
			return false;
		failed += finding->field == VDEV_FIELD_PARAM;
	}
	return failed == words->config.num_params && !vdev_judgement_truncated(judgement);
}

/* Whether all of them can be configured; the values are judged by who is asked. */
static bool is_ordered(const struct suggestion *suggestion, const struct vdev_config *config)
{
	const struct vdev_record *record = vdev_object_record(suggestion->object);
	size_t i;

	for (i = 0; i < config->num_params; i++) {
		const struct vdev_param *param = like_find(record, config->params[i].name);

		if (!param || !(param->flags & VDEV_PARAM_FLAG_CONFIGURABLE))
			return false;
	}
	return record;
}

/* Whether the device takes the values, as far as that is known without a change. */
static bool is_taken(const struct suggestion *suggestion, const struct vdev_config *config)
{
	struct vdev_handle handle;

	if (ordering_offered(suggestion->object, VDEV_OPERATION_CONFIGURE))
		return is_ordered(suggestion, config);
	return !vdev_handle_parse(vdev_object_handle(suggestion->object), VDEV_OBJECT_DEV,
				  &handle) &&
	       !vdev_provisioner_set(suggestion->provisioner, &handle, config, true);
}

/* Whether the device takes them is checked, and no more. */
static int suggest_set(struct suggestion *suggestion)
{
	struct config_words words = { .config = VDEV_CONFIG_INIT };
	const char *label = vdev_object_handle(suggestion->object);
	struct command_line *line;
	int status = EXIT_DONE;

	if (like_repair(suggestion->judgement, suggestion->source.declaration,
			vdev_object_record(suggestion->object), &words))
		status = complain_memory(suggestion->command);
	if (!status && !config_words_empty(&words) &&
	    only_values_fail(suggestion->judgement, &words) &&
	    is_taken(suggestion, &words.config)) {
		line = next_line(suggestion);
		command_line_add(line, "set", label);
		command_line_config(line, &words.config);
	}
	config_words_free(&words);
	return status;
}

/* A device that is created again keeps its address, which is not judged. */
static int keep_mac(const struct vdev_object *object, struct config_words *words)
{
	unsigned int i;

	for (i = 0; i < vdev_object_num_info(object); i++) {
		const struct vdev_info *info = vdev_object_info(object, i);

		if (info->name && strcmp(info->name, "mac") == 0 &&
		    info->value.type == VDEV_VALUE_TYPE_STRING)
			return config_words_param(words, "mac", info->value.string);
	}
	return 0;
}

static void put_add(struct suggestion *suggestion, const struct place *place,
		    const struct config_words *words)
{
	struct command_line *line;

	if (suggestion->target.kind == VDEV_OBJECT_DEV) {
		line = next_line(suggestion);
		command_line_add(line, "del", vdev_object_handle(suggestion->object));
	}
	line = next_line(suggestion);
	command_line_add(line, "add", place->label);
	command_line_config(line, &words->config);
}

/* Whether a device of the place would do. */
static int suggest_place(struct suggestion *suggestion, const struct place *place)
{
	const struct vdev_declaration *source = suggestion->source.declaration;
	bool device = suggestion->target.kind == VDEV_OBJECT_DEV;
	struct config_words words = { .config = VDEV_CONFIG_INIT };
	struct vdev_judgement *judgement = NULL;
	int status = EXIT_DONE;

	if (device)
		words.config.name = vdev_object_name(suggestion->object);
	if (like_work_out(place, source, &words) ||
	    (device && place_method(place) == VDEV_PARENT_VDPA &&
	     keep_mac(suggestion->object, &words)))
		status = complain_memory(suggestion->command);
	if (!status)
		status = like_judge(suggestion->command, suggestion->sock, place, source, &words,
				    &judgement);
	if (!status && like_holds(judgement) && (device || place_has_room(place)))
		put_add(suggestion, place, &words);
	vdev_judgement_free(judgement);
	config_words_free(&words);
	return status;
}

static const char *type_name(const struct place *place)
{
	return place->type ? place->type->name : vdev_object_name(place->object);
}

/* When a device is gone there is room for one of its type; for another one, only perhaps. */
static bool is_sure(const struct suggestion *suggestion, const struct place *place)
{
	const struct vdev_record *record = vdev_object_record(suggestion->object);
	const struct vdev_ident *type = record ? vdev_record_type(record) : NULL;

	return place_has_room(place) ||
	       (type && type->value && strcmp(type->value, type_name(place)) == 0);
}

static int suggest_among(struct suggestion *suggestion, bool sure)
{
	const struct places *places = &suggestion->places;
	int status = EXIT_DONE;
	size_t i;

	for (i = 0; i < places->num && !status && !suggestion->num; i++)
		if (is_sure(suggestion, &places->list[i]) == sure)
			status = suggest_place(suggestion, &places->list[i]);
	return status;
}

/* The name of a virtual function is its place: another one has another name. */
static int suggest_places(struct suggestion *suggestion)
{
	const char *bus = vdev_object_parent_bus(suggestion->object);
	const char *parent = vdev_object_parent(suggestion->object);
	char word[2 * VDEV_HANDLE_NAME_MAX + 2];
	int status;

	if (!parent || strcmp(vdev_object_bus(suggestion->object) ?: "", "pci") == 0)
		return EXIT_DONE;
	snprintf(word, sizeof(word), "%s%s%s", bus ? bus : "", bus ? "/" : "", parent);
	status = places_find(suggestion->command, suggestion->sock, suggestion->provisioner, word,
			     &suggestion->places);
	if (!status)
		status = suggest_among(suggestion, true);
	return status || suggestion->num ? status : suggest_among(suggestion, false);
}

static int suggest_live(struct suggestion *suggestion)
{
	const struct operand *target = &suggestion->target;
	int status = operand_fetch(suggestion->command, suggestion->sock, &suggestion->source);

	if (!status)
		status = fetch_status(suggestion->command, suggestion->sock, target->label,
				      fetch_one(suggestion->sock, target->kind, &target->handle,
						&suggestion->object));
	if (status)
		return status;
	suggestion->target.kind = vdev_object_kind(suggestion->object);
	if (suggestion->target.kind == VDEV_OBJECT_DEV)
		status = suggest_set(suggestion);
	return status || suggestion->num ? status : suggest_places(suggestion);
}

static int suggest_print(const struct suggestion *suggestion)
{
	struct answer answer;

	answer_init(&answer, suggestion->judgement, suggestion->source.declaration);
	answer.source = suggestion->source.label;
	answer.target = suggestion->target.label;
	answer.offline = !suggestion->target.live;
	answer.strict = suggestion->options->strict;
	if (out_commands(suggestion->lines, suggestion->num, &answer, suggestion->options) ==
	    -ENOMEM)
		return complain_memory(suggestion->command);
	if (!suggestion->num && !suggestion->options->json && answer_status(&answer)) {
		answer_verdict(stdout, &answer);
		answer_reasons(stdout, &answer);
		answer_doubt(stdout, &answer);
		puts("no command of vdevctl on this host changes that");
	}
	return answer_status(&answer);
}

static int suggest_parse(struct suggestion *suggestion, int argc, char **argv)
{
	const struct command *command = suggestion->command;
	int status;

	if (argc < 2)
		return complain_usage(command, "%s is missing", argc ? "TARGET" : "SOURCE");
	if (argc > 2)
		return complain_usage(command, "'%s' after SOURCE and TARGET", argv[2]);
	suggestion->sock = session_sock(suggestion->options->session);
	if (!suggestion->sock)
		return complain_memory(command);
	suggestion->provisioner = provisioner_open(command);
	if (!suggestion->provisioner)
		return EXIT_ERROR;
	vdev_sock_set_max_age(suggestion->sock, DEFAULT_MAX_AGE);
	status = operand_parse(command, suggestion->sock, &suggestion->cache, argv[0],
			       &suggestion->source);
	return status ? status : operand_parse(command, suggestion->sock, &suggestion->cache,
					       argv[1], &suggestion->target);
}

/* What cannot be migrated at all no target takes. */
static int suggest_run(struct suggestion *suggestion)
{
	static const struct generation any = { 0 };
	int status = pair_judge(suggestion->command, suggestion->sock, &suggestion->source,
				&suggestion->target, &any, &suggestion->judgement);

	if (!status && suggestion->target.live &&
	    vdev_judgement_verdict(suggestion->judgement) == VDEV_VERDICT_INCOMPATIBLE)
		status = suggest_live(suggestion);
	return status ? status : suggest_print(suggestion);
}

static void suggest_release(struct suggestion *suggestion)
{
	size_t i;

	for (i = 0; i < suggestion->num; i++)
		command_line_free(&suggestion->lines[i]);
	places_free(&suggestion->places);
	vdev_object_free(suggestion->object);
	vdev_judgement_free(suggestion->judgement);
	operand_free(&suggestion->target);
	operand_free(&suggestion->source);
	document_cache_free(&suggestion->cache);
	vdev_provisioner_free(suggestion->provisioner);
}

int cmd_suggest(const struct command *command, const struct options *options, int argc,
		char **argv)
{
	struct suggestion suggestion = { .command = command, .options = options };
	struct taken taken;
	int status = options_take(command, &argc, argv, &taken);

	if (!status)
		status = suggest_parse(&suggestion, argc, argv);
	if (!status)
		status = suggest_run(&suggestion);
	suggest_release(&suggestion);
	return status;
}
