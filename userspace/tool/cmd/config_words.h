/* SPDX-License-Identifier: GPL-2.0 */
/* What a device is to be, as words of the command line: the same for every bus. */
#ifndef VDEVCTL_CONFIG_WORDS_H
#define VDEVCTL_CONFIG_WORDS_H

#include <vdev/vdev.h>

#include "cli/command.h"

#define NUM_ADD_KEYWORDS 8
#define NUM_SET_KEYWORDS 6

/* Those of "dev add"; those of "dev set" begin later. */
extern const struct keyword config_keywords[];
#define SET_KEYWORDS (config_keywords + NUM_ADD_KEYWORDS - NUM_SET_KEYWORDS)

/* What was asked for; zeroed before, and freed with config_words_free(). */
struct config_words {
	struct vdev_config config;
	struct vdev_config_pair *features;
	struct vdev_config_pair *params;
	/* Texts that were made, which the pairs name. */
	char **texts;
	size_t num_texts;
};

/* Read the words. Complains; returns an exit status. */
int config_words_parse(const struct command *command, const struct keyword *keywords,
		       size_t num_keywords, int argc, char **argv, struct config_words *words);

/* Add a pair, of which the value is copied, unless the name was given. Returns 0 or -ENOMEM. */
int config_words_param(struct config_words *words, const char *name, const char *value);
int config_words_feature(struct config_words *words, const char *name, const char *value);

void config_words_free(struct config_words *words);

/* Nothing is asked for. */
bool config_words_empty(const struct config_words *words);

#endif /* VDEVCTL_CONFIG_WORDS_H */
