// SPDX-License-Identifier: GPL-2.0
/* What a device is to be, as words of the command line: the same for every bus. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/complain.h"
#include "cli/known.h"
#include "config_words.h"

enum word {
	WORD_NAME,
	WORD_UUID,
	WORD_VERSION,
	WORD_FEATURE,
	WORD_AGGREGATION,
	WORD_PARAM,
	WORD_VFS,
	WORD_DRIVER,
};

const struct keyword config_keywords[] = {
	[WORD_NAME] = { "name", "NAME", "the name of the device on its bus; else a free one" },
	[WORD_UUID] = { "uuid", "UUID", "the same, as mediated devices are named" },
	[WORD_VERSION] = { "version", "VERSION", "the device version" },
	[WORD_FEATURE] = { "feature", "NAME on|off",
		"a feature that is needed, or not to be offered; repeated" },
	[WORD_AGGREGATION] = { "aggregation", "COUNT", "how many instances are aggregated" },
	[WORD_PARAM] = { "param", "NAME VALUE", "the value of a parameter; repeated" },
	[WORD_VFS] = { "vfs", "COUNT", "how many virtual functions there are" },
	[WORD_DRIVER] = { "driver", "DRIVER",
		"the driver of a virtual function, or none (default of a new one: vfio-pci)" },
};

_Static_assert(ARRAY_SIZE(config_keywords) == NUM_ADD_KEYWORDS, "keywords are counted");

/* @unset is what *number is before it is given. */
static int set_number(const struct command *command, const char *word, const char *value,
		      uint32_t least, uint32_t unset, uint32_t *number)
{
	unsigned long long parsed;

	if (*number != unset)
		return complain_usage(command, "%s: given twice", word);
	errno = 0;
	parsed = strtoull(value, NULL, 10);
	if (!*value || value[strspn(value, "0123456789")] || errno || parsed < least ||
	    parsed >= VDEV_UNKNOWN32)
		return complain_usage(command, "%s: '%s' is not a number from %u on", word, value,
				      least);
	*number = (uint32_t)parsed;
	return EXIT_DONE;
}

static int set_text(const struct command *command, const char *word, const char *value,
		    const char **text)
{
	if (*text)
		return complain_usage(command, "%s: given twice", word);
	if (!*value)
		return complain_usage(command, "%s: empty", word);
	*text = value;
	return EXIT_DONE;
}

/* An array that grows by one; NULL if there is no memory, and *list is as it was. */
static void *grow(void *list, size_t num, size_t size)
{
	return realloc(list, (num + 1) * size);
}

static int add_pair(struct vdev_config_pair **list, size_t *num, const char *name,
		    const char *value)
{
	struct vdev_config_pair *larger = grow(*list, *num, sizeof(*larger));

	if (!larger)
		return -ENOMEM;
	*list = larger;
	larger[(*num)++] = (struct vdev_config_pair){ .name = name, .value = value };
	return 0;
}

static int add_param(struct config_words *words, const char *name, const char *value)
{
	int err = add_pair(&words->params, &words->config.num_params, name, value);

	words->config.params = words->params;
	return err;
}

static int add_feature(struct config_words *words, const char *name, const char *value)
{
	int err = add_pair(&words->features, &words->config.num_features, name, value);

	words->config.features = words->features;
	return err;
}

static int take_word(const struct command *command, enum word word, char **argv,
		     struct config_words *words)
{
	struct vdev_config *config = &words->config;
	const char *name = argv[0];
	int err;

	switch (word) {
	case WORD_NAME:
	case WORD_UUID:
		return set_text(command, name, argv[1], &config->name);
	case WORD_VERSION:
		return set_text(command, name, argv[1], &config->version);
	case WORD_DRIVER:
		return set_text(command, name, argv[1], &config->driver);
	case WORD_VFS:
		return set_number(command, name, argv[1], 0, VDEV_UNKNOWN32, &config->vfs);
	case WORD_AGGREGATION:
		return set_number(command, name, argv[1], 1, 0, &config->aggregation);
	case WORD_FEATURE:
		err = add_feature(words, argv[1], argv[2]);
		break;
	default:
		err = add_param(words, argv[1], argv[2]);
	}
	return err ? complain_memory(command) : EXIT_DONE;
}

static int num_values(const struct keyword *keyword)
{
	return strchr(keyword->value, ' ') ? 2 : 1;
}

static int complain_word(const struct command *command, const struct keyword *keywords,
			 size_t num_keywords, const char *word)
{
	char text[KNOWN_TEXT];
	struct known known = { 0 };
	size_t i;

	for (i = 0; i < num_keywords; i++)
		known_add(&known, keywords[i].word);
	return complain_usage(command, "'%s' is none of its words, which are: %s", word,
			      known_text(&known, word, text));
}

int config_words_parse(const struct command *command, const struct keyword *keywords,
		       size_t num_keywords, int argc, char **argv, struct config_words *words)
{
	int status = EXIT_DONE;
	size_t i;

	words->config.vfs = VDEV_UNKNOWN32;
	while (argc && !status) {
		for (i = 0; i < num_keywords && strcmp(keywords[i].word, argv[0]) != 0; i++)
			;
		if (i == num_keywords)
			return complain_word(command, keywords, num_keywords, argv[0]);
		if (argc <= num_values(&keywords[i]))
			return complain_usage(command, "%s: %s is missing", argv[0],
					      keywords[i].value);
		status = take_word(command, (enum word)(&keywords[i] - config_keywords), argv,
				   words);
		argc -= 1 + num_values(&keywords[i]);
		argv += 1 + num_values(&keywords[i]);
	}
	return status;
}

static const char *keep_text(struct config_words *words, const char *text)
{
	char **larger = grow(words->texts, words->num_texts, sizeof(*larger));
	char *copy;

	if (!larger)
		return NULL;
	words->texts = larger;
	copy = strdup(text);
	if (copy)
		words->texts[words->num_texts++] = copy;
	return copy;
}

static bool has_pair(const struct vdev_config_pair *list, size_t num, const char *name)
{
	size_t i;

	for (i = 0; i < num; i++)
		if (strcmp(list[i].name, name) == 0)
			return true;
	return false;
}

int config_words_param(struct config_words *words, const char *name, const char *value)
{
	const char *own_name, *own_value;

	if (has_pair(words->params, words->config.num_params, name))
		return 0;
	own_name = keep_text(words, name);
	own_value = keep_text(words, value);
	return own_name && own_value ? add_param(words, own_name, own_value) : -ENOMEM;
}

int config_words_feature(struct config_words *words, const char *name, const char *value)
{
	const char *own_name;

	if (has_pair(words->features, words->config.num_features, name))
		return 0;
	own_name = keep_text(words, name);
	return own_name ? add_feature(words, own_name, value) : -ENOMEM;
}

bool config_words_empty(const struct config_words *words)
{
	const struct vdev_config *config = &words->config;

	return !config->version && !config->num_features && !config->num_params &&
	       !config->aggregation && config->vfs == VDEV_UNKNOWN32 && !config->driver;
}

void config_words_free(struct config_words *words)
{
	while (words->num_texts)
		free(words->texts[--words->num_texts]);
	free(words->texts);
	free(words->features);
	free(words->params);
	*words = (struct config_words){ 0 };
}
