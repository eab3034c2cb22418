// SPDX-License-Identifier: GPL-2.0
/* A ceiling in words, as "type set" takes it and a file of ceilings has it. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/words.h"
#include "ceiling_words.h"

#define DIGITS_PER_WORD 16
#define DIGITS_MAX (VDEV_FEATURE_BYTES * 2)

static const char *say(char buffer[CEILING_WHY_SIZE], const char *word, const char *why)
{
	snprintf(buffer, CEILING_WHY_SIZE, "'%.64s' %s", word, why);
	return buffer;
}

static bool read_number(const char *text, size_t len, uint64_t *number)
{
	size_t i;

	if (!len || len > 19)
		return false;
	for (*number = 0, i = 0; i < len; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		*number = *number * 10 + (uint64_t)(text[i] - '0');
	}
	return *number <= INT64_MAX;
}

/* LOW-HIGH, or one number. */
static bool read_range(const char *text, struct vdev_ceiling_param *param)
{
	size_t len = strcspn(text, "-");
	const char *high = text[len] ? text + len + 1 : text;

	return read_number(text, len, &param->low) &&
	       read_number(high, strlen(high), &param->high) && param->low <= param->high;
}

static int digit_value(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *digit = c ? strchr(digits, c >= 'A' && c <= 'F' ? c + 'a' - 'A' : c) : NULL;

	return digit ? (int)(digit - digits) : -1;
}

/* Hexadecimal digits, the most significant first. */
static bool read_mask(const char *text, size_t len, uint64_t *words)
{
	size_t i;

	for (i = 0; i < len; i++) {
		int value = digit_value(text[len - 1 - i]);

		if (value < 0)
			return false;
		words[i / DIGITS_PER_WORD] |= (uint64_t)value << i % DIGITS_PER_WORD * 4;
	}
	return true;
}

static const char *take_feature(struct ceiling_words *words, char **word, char *buffer)
{
	const char *digits = word[1] + (strncmp(word[1], "0x", 2) == 0 ? 2 : 0);
	struct vdev_ceiling_feature *feature;
	size_t len = strlen(digits);
	uint64_t *mask;

	if (words->ceiling.num_features == VDEV_FEATURES_MAX)
		return "too many feature sets";
	if (!len || len > DIGITS_MAX)
		return say(buffer, word[1], "is not a mask in hexadecimal digits");
	mask = calloc((len - 1) / DIGITS_PER_WORD + 1, sizeof(*mask));
	if (!mask)
		return "out of memory";
	feature = &words->features[words->ceiling.num_features++];
	feature->name = word[0];
	feature->mask.words = mask;
	feature->mask.num_words = (unsigned int)((len - 1) / DIGITS_PER_WORD + 1);
	if (!read_mask(digits, len, mask))
		return say(buffer, word[1], "is not a mask in hexadecimal digits");
	return NULL;
}

static const char *take_param(struct ceiling_words *words, char **word, char *buffer)
{
	struct vdev_ceiling_param *param;

	if (words->ceiling.num_params == VDEV_PARAMS_MAX)
		return "too many parameters";
	param = &words->params[words->ceiling.num_params++];
	param->name = word[0];
	if (!read_range(word[1], param))
		return say(buffer, word[1], "is not a range LOW-HIGH of numbers");
	return NULL;
}

static const char *take_version(struct ceiling_words *words, char **word, char *buffer)
{
	if (words->ceiling.max_version)
		return say(buffer, word[0], "is a second max-version");
	words->ceiling.max_version = word[0];
	return NULL;
}

static const struct part {
	const char *word;
	int values;
	const char *(*take)(struct ceiling_words *words, char **word, char *buffer);
} parts[] = {
	{ "max-version", 1, take_version },
	{ "feature", 2, take_feature },
	{ "param", 2, take_param },
};

static const struct part *find_part(const char *word)
{
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (strcmp(parts[i].word, word) == 0)
			return &parts[i];
	return NULL;
}

static const char *read_type(struct vdev_handle *type, const char *word, char *buffer)
{
	if (vdev_handle_parse(word, VDEV_OBJECT_TYPE, type) || type->id)
		return say(buffer, word, "is not a type: PARENT-BUS/PARENT/NAME");
	return NULL;
}

const char *ceiling_words_read(struct ceiling_words *words, int num, char **word,
			       char buffer[CEILING_WHY_SIZE])
{
	const char *why;

	memset(words, 0, sizeof(*words));
	words->ceiling.features = words->features;
	words->ceiling.params = words->params;
	if (!num)
		return "a type is missing";
	for (why = read_type(&words->type, *word, buffer), num--, word++; !why && num;) {
		const struct part *part = find_part(*word);

		if (!part)
			return say(buffer, *word, "is neither max-version, feature nor param");
		if (part->values >= num)
			return say(buffer, *word, "lacks its value");
		why = part->take(words, word + 1, buffer);
		num -= 1 + part->values;
		word += 1 + part->values;
	}
	return why;
}

void ceiling_words_free(struct ceiling_words *words)
{
	unsigned int i;

	for (i = 0; i < words->ceiling.num_features; i++)
		free((void *)words->features[i].mask.words);
}

int ceiling_words_write(FILE *file, const struct vdev_handle *type,
			const struct vdev_ceiling *ceiling)
{
	fprintf(file, "%s/%s/%s", type->parent_bus, type->parent, type->name);
	return ceiling_words_write_parts(file, ceiling);
}

int ceiling_words_write_parts(FILE *file, const struct vdev_ceiling *ceiling)
{
	unsigned int i;
	char *hex;

	if (ceiling->max_version)
		fprintf(file, " max-version %s", ceiling->max_version);
	for (i = 0; i < ceiling->num_features; i++) {
		hex = word_bitmap(&ceiling->features[i].mask);
		if (!hex)
			return -ENOMEM;
		fprintf(file, " feature %s %s", ceiling->features[i].name, hex);
		free(hex);
	}
	for (i = 0; i < ceiling->num_params; i++)
		fprintf(file, " param %s %" PRIu64 "-%" PRIu64, ceiling->params[i].name,
			ceiling->params[i].low, ceiling->params[i].high);
	return 0;
}
