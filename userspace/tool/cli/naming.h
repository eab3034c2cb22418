/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What a word of the command line names: a file, which may be the standard input; a file
 * and one of its endpoints, as FILE#HANDLE; or a token.
 */
#ifndef VDEVCTL_NAMING_H
#define VDEVCTL_NAMING_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Length of the file's name in the word; 0 if it names none. What is behind it, if it is
 * not the whole word, is # and a handle.
 */
size_t naming_file(const char *word);

/* Whether there is such a file, of which the name has that length. */
bool naming_exists(const char *word, size_t len);

/* Whether it is this regular file, by whatever name. */
bool naming_is_same(const char *file, const char *word, size_t len);

/* Whether reading it waits for nobody: it is a regular file. */
bool naming_is_regular(const char *file);

/* Whether a file is what the standard input is: reading one leaves nothing in the other. */
bool naming_is_stdin(const char *file);
#define STDIN_TWICE "%s: the standard input is named twice"

/* What is opened: the name without "file:". */
const char *naming_path(const char *file);

/* Whether a word is a token; the token without "token:". */
bool naming_is_token(const char *word);
const char *naming_token(const char *word);

#endif /* VDEVCTL_NAMING_H */
