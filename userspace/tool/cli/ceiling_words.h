/* SPDX-License-Identifier: GPL-2.0 */
/* A ceiling in words, as "type set" takes it and a file of ceilings has it. */
#ifndef VDEVCTL_CEILING_WORDS_H
#define VDEVCTL_CEILING_WORDS_H

#include <stdio.h>

#include <vdev/vdev.h>

#include "kernel/include/linux/vdev_limits.h"

/* One that was read; the names are those of the words. */
struct ceiling_words {
	struct vdev_handle type;
	struct vdev_ceiling ceiling;
	struct vdev_ceiling_feature features[VDEV_FEATURES_MAX];
	struct vdev_ceiling_param params[VDEV_PARAMS_MAX];
};

/*
 * Read the handle of a type, and what follows it. Returns NULL, or what is wrong: a
 * sentence, in @buffer if it names a word. In any case the caller frees it.
 */
#define CEILING_WHY_SIZE 160
const char *ceiling_words_read(struct ceiling_words *words, int num, char **word,
			       char buffer[CEILING_WHY_SIZE]);
void ceiling_words_free(struct ceiling_words *words);

/* Write them, without the end of the line; or only what follows the handle. 0 or -ENOMEM. */
int ceiling_words_write_parts(FILE *file, const struct vdev_ceiling *ceiling);
int ceiling_words_write(FILE *file, const struct vdev_handle *type,
			const struct vdev_ceiling *ceiling);

#endif /* VDEVCTL_CEILING_WORDS_H */
