// SPDX-License-Identifier: GPL-2.0
/* Commands of vdevctl, as a shell takes them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "out_command.h"

#define PLAIN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=:,./@%"

static void append(struct command_line *line, const char *text, size_t len)
{
	char *larger = line->broken ? NULL : realloc(line->text, line->len + len + 1);

	if (!larger) {
		line->broken = true;
		return;
	}
	line->text = larger;
	memcpy(larger + line->len, text, len);
	line->len += len;
	larger[line->len] = '\0';
}

/* Within single quotes all but themselves is as it is. */
static void append_quoted(struct command_line *line, const char *word)
{
	size_t len;

	append(line, "'", 1);
	for (;; word += len + 1) {
		len = strcspn(word, "'");
		append(line, word, len);
		if (!word[len])
			break;
		append(line, "'\\''", 4);
	}
	append(line, "'", 1);
}

static void append_word(struct command_line *line, const char *word)
{
	if (line->len)
		append(line, " ", 1);
	if (*word && !word[strspn(word, PLAIN)])
		append(line, word, strlen(word));
	else
		append_quoted(line, word);
}

void command_line_words(struct command_line *line, const char *const *words)
{
	for (; *words; words++)
		append_word(line, *words);
}

static void add_number(struct command_line *line, const char *word, uint32_t number)
{
	char text[16];

	snprintf(text, sizeof(text), "%u", number);
	command_line_add(line, word, text);
}

void command_line_config(struct command_line *line, const struct vdev_config *config)
{
	size_t i;

	if (config->name)
		command_line_add(line, "name", config->name);
	if (config->version)
		command_line_add(line, "version", config->version);
	for (i = 0; i < config->num_features; i++)
		command_line_add(line, "feature", config->features[i].name,
				 config->features[i].value);
	if (config->aggregation)
		add_number(line, "aggregation", config->aggregation);
	for (i = 0; i < config->num_params; i++)
		command_line_add(line, "param", config->params[i].name, config->params[i].value);
	if (config->vfs != VDEV_UNKNOWN32)
		add_number(line, "vfs", config->vfs);
	if (config->driver)
		command_line_add(line, "driver", config->driver);
}

void command_line_free(struct command_line *line)
{
	free(line->text);
	*line = (struct command_line){ 0 };
}
