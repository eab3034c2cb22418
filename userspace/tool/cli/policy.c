// SPDX-License-Identifier: GPL-2.0
/* A file with lines of the form WORD = allow or WORD = refuse, and comments behind #. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "complain.h"
#include "policy.h"

#define BLANKS " \t\r\n"

static char *strip(char *text)
{
	size_t len;

	text += strspn(text, BLANKS);
	len = strlen(text);
	while (len && strchr(BLANKS, text[len - 1]))
		text[--len] = '\0';
	return text;
}

static bool *find(struct policy *policy, const char *word)
{
	if (strcmp(word, "undeclared") == 0)
		return &policy->undeclared;
	if (strcmp(word, "missing") == 0)
		return &policy->missing;
	if (strcmp(word, "unanswered") == 0)
		return &policy->unanswered;
	return NULL;
}

/* Returns what is wrong; NULL if nothing is. */
static const char *read_line(char *line, struct policy *policy)
{
	char *value;
	bool *refuse;

	line[strcspn(line, "#")] = '\0';
	line = strip(line);
	if (!*line)
		return NULL;
	value = strchr(line, '=');
	if (!value)
		return "is not of the form WORD = allow or WORD = refuse";
	*value++ = '\0';
	refuse = find(policy, strip(line));
	value = strip(value);
	if (!refuse)
		return "the word is none of undeclared, missing and unanswered";
	if (strcmp(value, "allow") != 0 && strcmp(value, "refuse") != 0)
		return "the value is neither allow nor refuse";
	*refuse = *value == 'r';
	return NULL;
}

int policy_read(const struct command *command, const char *name, struct policy *policy)
{
	FILE *file = fopen(name, "re");
	const char *wrong = NULL;
	unsigned int number = 0;
	char *line = NULL;
	size_t size = 0;
	bool failed;

	*policy = (struct policy){ .unanswered = true };
	if (!file && errno == ENOENT)
		return EXIT_DONE;
	if (!file)
		return complain(command, "%s: %s", name, strerror(errno));
	while (!wrong && getline(&line, &size, file) >= 0) {
		wrong = read_line(line, policy);
		number++;
	}
	failed = ferror(file);
	free(line);
	fclose(file);
	if (wrong)
		return complain(command, "%s: line %u: %s", name, number, wrong);
	return failed ? complain(command, "%s: cannot be read", name) : EXIT_DONE;
}
