// SPDX-License-Identifier: GPL-2.0
/*
 * What a word names. A dot or a slash begins a file's name, ".json" ends it. Where a word
 * can be read in several ways, because names of files have # and dots in them, it is the
 * way in which there is a file. "file:" and "token:" before a word decide what it is.
 */
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vdev/declaration.h>

#include "naming.h"

#define SUFFIX ".json"
#define FILE_PREFIX "file:"
#define TOKEN_PREFIX "token:"

static bool has_prefix(const char *word, size_t len, const char *prefix)
{
	size_t own = strlen(prefix);

	return len > own && memcmp(word, prefix, own) == 0;
}

static bool is_dash(const char *word, size_t len)
{
	return len == 1 && word[0] == '-';
}

static bool has_suffix(const char *word, size_t len)
{
	size_t suffix = strlen(SUFFIX);

	return len > suffix && memcmp(word + len - suffix, SUFFIX, suffix) == 0;
}

/* By its form, whether or not there is one. */
static bool is_file(const char *word, size_t len)
{
	return is_dash(word, len) || (len && (word[0] == '.' || word[0] == '/')) ||
	       has_suffix(word, len) || has_prefix(word, len, FILE_PREFIX);
}

const char *naming_path(const char *file)
{
	return has_prefix(file, strlen(file), FILE_PREFIX) ? file + strlen(FILE_PREFIX) : file;
}

static bool get_status(const char *word, size_t len, struct stat *status)
{
	char path[PATH_MAX];

	if (len >= sizeof(path))
		return false;
	memcpy(path, word, len);
	path[len] = '\0';
	return stat(naming_path(path), status) == 0;
}

bool naming_exists(const char *word, size_t len)
{
	struct stat status;

	return is_dash(word, len) || (get_status(word, len, &status) && !S_ISDIR(status.st_mode));
}

bool naming_is_same(const char *file, const char *word, size_t len)
{
	struct stat status, other;

	return stat(naming_path(file), &status) == 0 && S_ISREG(status.st_mode) &&
	       get_status(word, len, &other) && status.st_dev == other.st_dev &&
	       status.st_ino == other.st_ino;
}

bool naming_is_regular(const char *file)
{
	struct stat status;

	return strcmp(file, "-") != 0 && stat(naming_path(file), &status) == 0 &&
	       S_ISREG(status.st_mode);
}

bool naming_is_stdin(const char *file)
{
	struct stat status, in;

	if (strcmp(file, "-") == 0)
		return true;
	/* A regular file is read from its start, whoever has read it before. */
	return fstat(STDIN_FILENO, &in) == 0 && !S_ISREG(in.st_mode) &&
	       stat(naming_path(file), &status) == 0 && status.st_dev == in.st_dev && status.st_ino == in.st_ino;
}

/* The last # before the place; NULL if there is none. */
static const char *last_mark(const char *word, size_t len)
{
	return memrchr(word, '#', len);
}

size_t naming_file(const char *word)
{
	size_t whole = strlen(word);
	const char *mark;
	size_t len;

	if (has_prefix(word, whole, TOKEN_PREFIX))
		return 0;
	for (len = whole; len; len = mark ? (size_t)(mark - word) : 0) {
		if (is_file(word, len) && naming_exists(word, len))
			return len;
		mark = last_mark(word, len);
	}
	/* There is none: what is said about it names what was most likely meant. */
	if (has_suffix(word, whole))
		return whole;
	for (mark = last_mark(word, whole); mark; mark = last_mark(word, (size_t)(mark - word)))
		if (has_suffix(word, (size_t)(mark - word)))
			return (size_t)(mark - word);
	return is_file(word, whole) ? whole : 0;
}

bool naming_is_token(const char *word)
{
	return has_prefix(word, strlen(word), TOKEN_PREFIX) ||
	       (vdev_is_token(word) && !naming_file(word));
}

const char *naming_token(const char *word)
{
	return has_prefix(word, strlen(word), TOKEN_PREFIX) ? word + strlen(TOKEN_PREFIX) : word;
}
