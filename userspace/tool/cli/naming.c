// SPDX-License-Identifier: GPL-2.0
/*
 * What a word names. A dot or a slash begins a file's name, ".json" ends it. Where a word
 * can be read in several ways, because names of files have # and dots in them, it is the
 * way in which there is a file.
 */
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vdev/declaration.h>

#include "naming.h"

#define SUFFIX ".json"

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
	       has_suffix(word, len);
}

static bool get_status(const char *word, size_t len, struct stat *status)
{
	char path[PATH_MAX];

	if (len >= sizeof(path))
		return false;
	memcpy(path, word, len);
	path[len] = '\0';
	return stat(path, status) == 0;
}

bool naming_exists(const char *word, size_t len)
{
	struct stat status;

	return is_dash(word, len) || (get_status(word, len, &status) && !S_ISDIR(status.st_mode));
}

bool naming_is_same(const char *file, const char *word, size_t len)
{
	struct stat status, other;

	return stat(file, &status) == 0 && S_ISREG(status.st_mode) &&
	       get_status(word, len, &other) && status.st_dev == other.st_dev &&
	       status.st_ino == other.st_ino;
}

bool naming_is_stdin(const char *file)
{
	struct stat status, in;

	if (strcmp(file, "-") == 0)
		return true;
	/* A regular file is read from its start, whoever has read it before. */
	return fstat(STDIN_FILENO, &in) == 0 && !S_ISREG(in.st_mode) && stat(file, &status) == 0 &&
	       status.st_dev == in.st_dev && status.st_ino == in.st_ino;
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
	return vdev_is_token(word) && !naming_file(word);
}
