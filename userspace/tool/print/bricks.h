/* SPDX-License-Identifier: GPL-2.0 */
/* The bricks of the text: words with a blank before each. */
#ifndef VDEVCTL_BRICKS_H
#define VDEVCTL_BRICKS_H

#include <stdint.h>
#include <stdio.h>

#include <vdev/vdev.h>

/* " KEY VALUE"; nothing for NULL. */
void text_word(FILE *file, const char *key, const char *value);

/* " KEY VALUE", or " VALUE" without a key; nothing for no value. */
void text_value(FILE *file, const char *key, const struct vdev_value *value);

/* " KEY WORD"; nothing for 0. */
void text_enum(FILE *file, const char *key, const char *known, uint32_t number);

/* "BEFORE WORD,WORD AFTER" without blanks; nothing for no flags. */
typedef const char *text_flag_name(unsigned int bit);
void text_flags(FILE *file, const char *before, text_flag_name *name, uint32_t flags,
		const char *after);

#endif /* VDEVCTL_BRICKS_H */
