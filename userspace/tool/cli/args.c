// SPDX-License-Identifier: GPL-2.0
/*
 * Words of the command line that say which endpoints are meant: one handle, or
 * conditions. A word with a slash, of digits alone, or that is a UUID or a PCI address
 * names one endpoint, any other must be a keyword; nothing is abbreviated.
 */
#include <errno.h>
#include <string.h>

#include "args.h"
#include "complain.h"
#include "handle.h"
#include "known.h"
#include "options.h"

enum {
	WORD_AVAILABLE,
	WORD_BUS,
	WORD_PARENT_BUS,
	WORD_PARENT,
	WORD_TYPE,
	WORD_MODEL,
	WORD_DEVICE_API,
	WORD_MIGRATABLE,
	WORD_SINCE,
	WORD_KIND,
	WORD_AT_LEAST,
};

/* Without the last two for show, which knows of which kind its object is. */
const struct keyword find_keywords[] = {
	[WORD_AVAILABLE] = { "available", NULL,
		"of types only those that have room for one more now" },
	[WORD_BUS] = { "bus", "NAME", "the bus is this one" },
	[WORD_PARENT_BUS] = { "parent-bus", "NAME", "the bus of the parent is this one" },
	[WORD_PARENT] = { "parent", "[BUS/]NAME", "the parent is this one" },
	[WORD_TYPE] = { "type", "NAME", "the type is this one" },
	[WORD_MODEL] = { "model", "NAME", "the device model is this one, byte for byte" },
	[WORD_DEVICE_API] = { "device-api", "NAME", "the interface to the guest is this one" },
	[WORD_MIGRATABLE] = { "migratable", NULL,
		"the driver declares migration and nothing blocks it" },
	[WORD_SINCE] = { "since", "GENERATION",
		"something changed after this generation, INSTANCE:NUMBER" },
	[WORD_KIND] = { "kind", "device|type", "it is this" },
	[WORD_AT_LEAST] = { "at-least", "VERDICT",
		"the verdict is this one or a better one, such as compatible" },
};

_Static_assert(ARRAY_SIZE(find_keywords) == NUM_FIND_KEYWORDS, "keywords are counted");
_Static_assert(WORD_KIND == NUM_TYPE_KEYWORDS, "the last two are not of show");
_Static_assert(WORD_BUS == NUM_TYPE_KEYWORDS - NUM_SHOW_KEYWORDS, "the first is of types");
_Static_assert(WORD_AT_LEAST == WORD_BUS + NUM_MONITOR_KEYWORDS, "the last is of find alone");

typedef int set_string_fn(struct vdev_filter *filter, const char *string);

static int set_string(const struct command *command, struct show_args *args, set_string_fn *set,
		      const char *value)
{
	return set(args->filter, value) ? complain_memory(command) : EXIT_DONE;
}

static int parse_parent(const struct command *command, struct show_args *args, const char *value)
{
	const char *slash = strchr(value, '/');
	char bus[VDEV_HANDLE_NAME_MAX + 1];
	size_t len;
	int status;

	if (!slash)
		return set_string(command, args, vdev_filter_set_parent, value);
	len = (size_t)(slash - value);
	if (!len || len > VDEV_HANDLE_NAME_MAX || !slash[1] || strchr(slash + 1, '/'))
		return complain_usage(command, "parent: '%s' is neither NAME nor BUS/NAME", value);
	if (args->given & 1U << WORD_PARENT_BUS)
		return complain_usage(command, "parent: the bus is given twice");
	args->given |= 1U << WORD_PARENT_BUS;
	memcpy(bus, value, len);
	bus[len] = '\0';
	status = set_string(command, args, vdev_filter_set_parent_bus, bus);
	return status ? status : set_string(command, args, vdev_filter_set_parent, slash + 1);
}

static int parse_since(const struct command *command, struct show_args *args, const char *value)
{
	struct generation generation = { 0 };
	int status = options_generation(command, "since", value, &generation);

	vdev_filter_set_since(args->filter, generation.number, generation.instance);
	return status;
}

static int parse_kind(const struct command *command, struct show_args *args, const char *value)
{
	uint32_t kind = vdev_endpoint_kind_from_name(value);

	if (!kind)
		return complain_usage(command, "kind: '%s' is neither device nor type", value);
	vdev_filter_set_kind(args->filter, (enum vdev_object_kind)kind);
	return EXIT_DONE;
}

static int complain_verdict(const struct command *command, const char *value)
{
	char text[KNOWN_TEXT];
	struct known known = { 0 };
	uint32_t verdict;

	for (verdict = 1; vdev_verdict_name(verdict); verdict++)
		known_add(&known, vdev_verdict_name(verdict));
	return complain_usage(command, "at-least: '%s' is no verdict; there are: %s", value,
			      known_text(&known, value, text));
}

static int parse_at_least(const struct command *command, struct show_args *args,
			  const char *value)
{
	uint32_t verdict = vdev_verdict_from_name(value);

	if (!verdict)
		return complain_verdict(command, value);
	vdev_filter_set_at_least(args->filter, verdict);
	args->at_least = verdict;
	return EXIT_DONE;
}

static int apply_condition(const struct command *command, struct show_args *args,
			   size_t word, const char *value)
{
	switch (word) {
	case WORD_AVAILABLE:
		args->available = true;
		break;
	case WORD_BUS:
		return set_string(command, args, vdev_filter_set_bus, value);
	case WORD_PARENT_BUS:
		return set_string(command, args, vdev_filter_set_parent_bus, value);
	case WORD_PARENT:
		return parse_parent(command, args, value);
	case WORD_TYPE:
		return set_string(command, args, vdev_filter_set_type, value);
	case WORD_MODEL:
		return set_string(command, args, vdev_filter_set_model, value);
	case WORD_DEVICE_API:
		return set_string(command, args, vdev_filter_set_device_api, value);
	case WORD_MIGRATABLE:
		vdev_filter_set_migratable(args->filter, true);
		break;
	case WORD_SINCE:
		return parse_since(command, args, value);
	case WORD_KIND:
		return parse_kind(command, args, value);
	case WORD_AT_LEAST:
		return parse_at_least(command, args, value);
	}
	return 0;
}

/* The condition that the word names; NULL if the command has none of that name. */
static const struct keyword *find_word(const struct command *command, const char *word)
{
	size_t i;

	for (i = 0; i < command->num_keywords; i++)
		if (strcmp(command->keywords[i].word, word) == 0)
			return &command->keywords[i];
	return NULL;
}

static int complain_condition(const struct command *command, const struct show_args *args,
			      const char *word)
{
	char text[KNOWN_TEXT];
	struct known known = { 0 };
	size_t i;

	for (i = 0; i < command->num_keywords; i++)
		known_add(&known, command->keywords[i].word);
	return complain_usage(command, "'%s' is %s a condition, which are: %s", word,
			      args->conditions_only ? "not" : "neither a handle nor",
			      known_text(&known, word, text));
}

/* Returns an exit status; *used says how many words the condition took. */
static int parse_condition(const struct command *command, struct show_args *args,
			   int argc, char **argv, int *used)
{
	const struct keyword *keyword = find_word(command, argv[0]);
	const char *value = "";
	size_t word;

	if (!keyword)
		return complain_condition(command, args, argv[0]);
	word = (size_t)(keyword - find_keywords);
	if (args->given & 1U << word)
		return complain_usage(command, "%s: given twice", argv[0]);
	args->given |= 1U << word;
	*used = 1;
	if (keyword->value) {
		if (argc < 2 || !argv[1][0])
			return complain_usage(command, "%s: %s is missing", argv[0],
					      keyword->value);
		value = argv[1];
		*used = 2;
	}
	return apply_condition(command, args, word, value);
}

static bool looks_like_handle(const char *word)
{
	return strchr(word, '/') || (*word && strspn(word, "0123456789") == strlen(word)) ||
	       handle_is_device_name(word);
}

static int parse_endpoint(const struct command *command, enum vdev_object_kind kind,
			  int argc, char **argv, struct show_args *args)
{
	int status = handle_read(command, argv[0], kind == VDEV_OBJECT_TYPE ?
				 "PARENT-BUS/PARENT/NAME nor a number from 1" :
				 "BUS/NAME nor a number from 1", &kind, &args->handle);

	if (status)
		return status;
	if (argc > 1)
		return complain_usage(command, "'%s' after the handle of one endpoint", argv[1]);
	args->endpoint = argv[0];
	return 0;
}

static int parse_conditions(const struct command *command, int argc, char **argv,
			    struct show_args *args)
{
	int used = 0;
	int status;

	args->filter = vdev_filter_new();
	if (!args->filter)
		return complain_memory(command);
	for (; argc; argc -= used, argv += used) {
		status = parse_condition(command, args, argc, argv, &used);
		if (status)
			return status;
	}
	return 0;
}

int args_parse(const struct command *command, enum vdev_object_kind kind,
	       int argc, char **argv, struct show_args *args)
{
	*args = (struct show_args){ 0 };
	if (argc && looks_like_handle(argv[0]))
		return parse_endpoint(command, kind, argc, argv, args);
	return parse_conditions(command, argc, argv, args);
}

int args_conditions(const struct command *command, int argc, char **argv,
		    struct show_args *args)
{
	*args = (struct show_args){ .conditions_only = true };
	return parse_conditions(command, argc, argv, args);
}

int args_condition_words(const struct command *command, const char *text)
{
	const struct keyword *keyword = find_word(command, text);

	return keyword && keyword->value ? 2 : 1;
}

bool args_available(const struct show_args *args, enum vdev_object_kind kind,
		    const struct vdev_capacity *capacity)
{
	return !args->available || kind != VDEV_OBJECT_TYPE ||
	       (capacity && capacity->state == VDEV_CAPACITY_STATE_SUFFICIENT);
}

bool args_given_other(const struct show_args *args)
{
	return args->given & ~(1U << WORD_AT_LEAST);
}

void args_free(struct show_args *args)
{
	vdev_filter_free(args->filter);
	args->filter = NULL;
}
